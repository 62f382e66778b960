"""Every refusal of the room's rules, whole: its reason, the article it rests on, and what it tells with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from uuid import UUID

import pytest

from chengxin.catalogue.terms import ActClass
from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import ONE_DAY
from chengxin.kernel.decisions import ALLOWED, Refused
from chengxin.remedies.rules.clock_book import parse_clocks, shipped_clocks
from chengxin.remedies.rules.clocks import may_extend
from chengxin.remedies.rules.guards import GUARDS, mandated, may_count_from
from chengxin.remedies.rules.papers import MOST_BYTES, MOST_PAPERS, certificates, may_hand_in, media_type_of
from chengxin.remedies.rules.repair import may_ask_repair, parse_repair, shipped_repair
from chengxin.remedies.terms.cases import PaperKind, PaperView
from chengxin.remedies.terms.clocks import Extension, Matter
from chengxin.remedies.terms.reasons import Reason as R
from chengxin.remedies.terms.repair_periods import RepairFacts
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import TWO_PAPERS, ActFacts, Asked, Guard
from tests.rules.remedies.cases import FIRST, OTHER, RECORDER

NOTHING = ActFacts(who=Who.CASEWORKER)
BEYOND = frozenset({Asked.DONATION, Asked.MONEY, Asked.COMMITMENT})
GUARDED = [
    (Guard.IMPARTIAL, NOTHING, Refused(R.NOT_IMPARTIAL, "charter 7")),
    (
        Guard.IMPARTIAL,
        replace(NOTHING, actor=RECORDER, took_part=frozenset({RECORDER})),
        Refused(R.NOT_IMPARTIAL, "charter 7"),
    ),
    (Guard.TWO_PEOPLE, NOTHING, Refused(R.SECOND_PERSON_NEEDED, "F9")),
    (Guard.TWO_PEOPLE, replace(NOTHING, actor=FIRST), Refused(R.SECOND_PERSON_NEEDED, "F9")),
    (Guard.TWO_PEOPLE, replace(NOTHING, proposed_by=FIRST), Refused(R.SECOND_PERSON_NEEDED, "F9")),
    (Guard.TWO_PEOPLE, replace(NOTHING, actor=FIRST, proposed_by=FIRST), Refused(R.SECOND_PERSON_NEEDED, "F9")),
    (Guard.REASON, NOTHING, Refused(R.REASON_MISSING, "个人信息保护法 50")),
    (
        Guard.PAPERS_OPENED,
        replace(NOTHING, papers=5, papers_opened=2),
        Refused(R.PAPERS_UNOPENED, "charter 7", {"count": 3}),
    ),
    (Guard.LETTER_COMPLETE, NOTHING, Refused(R.LETTER_INCOMPLETE, "个人信息保护法 50", {"lacking": "letter"})),
    (
        Guard.LETTER_COMPLETE,
        replace(NOTHING, lacking=("reason", "law")),
        Refused(R.LETTER_INCOMPLETE, "个人信息保护法 50", {"lacking": "reason, law"}),
    ),
    (Guard.NOBODY_TO_ASK, NOTHING, Refused(R.SUPPLIER_NOT_ASKED, "本平台规则")),
    (Guard.STILL_TO_FIND, NOTHING, Refused(R.NOTHING_TO_FIND, "本平台规则")),
    (Guard.EXTENSION_ALLOWED, NOTHING, Refused(R.EXTENSION_UNKNOWN, "F15")),
    (
        Guard.EXTENSION_ALLOWED,
        replace(NOTHING, may_extend=Refused("extended_before", "a law", {"times": 1})),
        Refused("extended_before", "a law", {"times": 1}),
    ),
    (Guard.CERTIFIED, NOTHING, Refused(R.UNCERTIFIED, "F9")),
    (Guard.ALL_ACKNOWLEDGED, NOTHING, Refused(R.RECIPIENTS_OPEN, "个人信息保护法 46", {"count": 0})),
    (
        Guard.ALL_ACKNOWLEDGED,
        replace(NOTHING, open_recipients=2),
        Refused(R.RECIPIENTS_OPEN, "个人信息保护法 46", {"count": 2}),
    ),
    (Guard.MAY_BE_REPAIRED, NOTHING, Refused(R.REPAIR_UNCHECKED, "本平台规则")),
    (
        Guard.NOTHING_BEYOND_LAW,
        replace(NOTHING, asked=BEYOND),
        Refused(R.ASKED_BEYOND_LAW, "国办发〔2025〕22号", {"asked": "donation, money"}),
    ),
    (
        Guard.FETCHED,
        replace(NOTHING, asked=frozenset(Asked), to_fetch=TWO_PAPERS),
        Refused(R.FETCH_IT, "国办发〔2025〕22号", {"asked": "commitment, performance"}),
    ),
    (Guard.ASKED_ONCE, NOTHING, Refused(R.ASKED_BEFORE, "本平台规则")),
    (
        Guard.ASKED_ONCE,
        replace(NOTHING, asked=frozenset({Asked.COMMITMENT}), asked_before=True),
        Refused(R.ASKED_BEFORE, "本平台规则"),
    ),
    (Guard.RIGHTS_TOLD, NOTHING, Refused(R.RIGHTS_UNTOLD, "个人信息保护法 17")),
    (Guard.MINUTES, NOTHING, Refused(R.MINUTES_MISSING, "本平台规则")),
    (Guard.MINUTES_READ, NOTHING, Refused(R.MINUTES_CHANGED, "本平台规则")),
    (Guard.BOTH_SIGNED, NOTHING, Refused(R.MINUTES_UNSIGNED, "本平台规则")),
    (Guard.RULING, NOTHING, Refused(R.RULING_MISSING, "行政复议法 75")),
    (Guard.OTHERS_ALONE, NOTHING, Refused(R.COVER_UNCHECKED, "本平台规则")),
    (
        Guard.OTHERS_ALONE,
        replace(NOTHING, may_cover=Refused("cover_leaves_nothing", "a law")),
        Refused("cover_leaves_nothing", "a law"),
    ),
    (Guard.FILED_OUTSIDE, NOTHING, Refused(R.FILING_UNSHOWN, "行政复议法 22")),
    (Guard.DATED, NOTHING, Refused(R.DAY_UNTOLD, "民法典 201")),
    (Guard.TERM_OVER, NOTHING, Refused(R.STILL_IN_TIME, "民法典 203")),
]


@pytest.mark.parametrize(
    ("guard", "facts", "refusal"), GUARDED, ids=[f"{n} {guard.value}" for n, (guard, _, _) in enumerate(GUARDED)]
)
def test_a_guard_refuses_with_its_law_and_what_is_missing(guard: Guard, facts: ActFacts, refusal: Refused) -> None:
    assert GUARDS[guard](facts) == refusal


def test_every_guard_is_among_them_and_each_lets_pass_what_it_asks_for() -> None:
    assert {guard for guard, _, _ in GUARDED} == set(Guard)
    shown = ActFacts(
        who=Who.CASEWORKER, actor=FIRST, proposed_by=OTHER, reason="x", papers=1, papers_opened=1, lacking=(),
        nobody_to_ask=True, to_find=True, may_extend=ALLOWED, certified=True, open_recipients=0, may_repair=ALLOWED,
        asked=frozenset({Asked.COMMITMENT}), rights_told=True, minutes=True, minutes_read=True, both_signed=True,
        ruling=True, filing="x", over=True, may_cover=ALLOWED, may_count=ALLOWED,
    )  # fmt: skip
    assert {guard: GUARDS[guard](shown) for guard in Guard} == dict.fromkeys(Guard, ALLOWED)
    helper = Refused(R.MANDATE_NEEDED, "民法典 165")
    assert mandated(replace(shown, who=Who.HELPER)) == helper
    assert mandated(shown) is ALLOWED


def test_the_day_from_which_a_term_runs_is_told_is_not_to_come_and_is_not_before_what_it_follows() -> None:
    today, decided = date(2026, 3, 4), date(2026, 2, 1)
    said = {on: may_count_from(on, today, decided) for on in (None, decided - ONE_DAY, decided, today, today + ONE_DAY)}
    assert said == {
        None: Refused("day_untold", "民法典 201"),
        decided - ONE_DAY: Refused("day_too_early", "民法典 201", {"earliest": "2026-02-01"}),
        decided: ALLOWED,
        today: ALLOWED,
        today + ONE_DAY: Refused("day_to_come", "民法典 201"),
    }
    assert may_count_from(decided, today, None) is ALLOWED


BOOK = shipped_clocks()
DUE = Deadline(date(2026, 3, 4), provisional=False)


def test_an_extension_is_refused_with_the_law_of_its_clock() -> None:
    clock = next(
        one
        for one in BOOK.clocks.values()
        if one.matter is Matter.OBJECTION_SUPPLIER and one.extension is not None and one.extension.used
    )
    assert clock.extension is not None
    basis = f"{clock.law} {clock.article}".strip()
    good = Extension(date(2026, 3, 4), clock.extension.by, told=True)
    assert may_extend(clock, good, DUE, 0) is ALLOWED
    assert may_extend(replace(clock, extension=None), good, DUE, 0) == Refused("extension_unknown", basis)
    unused = replace(clock, extension=replace(clock.extension, used=False))
    assert may_extend(unused, good, DUE, 0) == Refused("extension_unknown", basis)
    assert may_extend(clock, replace(good, by=Who.SUPPLIER), DUE, 0) == Refused("extension_not_by_chief", basis)
    times = clock.extension.times
    assert may_extend(clock, good, DUE, times) == Refused("extended_before", basis, {"times": times})
    late = Refused("extension_too_late", basis, {"due": "2026-03-04"})
    assert may_extend(clock, replace(good, granted_on=date(2026, 3, 5)), DUE, 0) == late
    told_before = replace(clock, extension=replace(clock.extension, told_before=True))
    assert may_extend(told_before, replace(good, told=False), DUE, 0) == Refused("extension_untold", basis)


PENALTY = RepairFacts(
    item="penalty_consumer",
    act_class=ActClass.GENERAL,
    decided_on=date(2026, 5, 6),
    by_edition=date(2027, 5, 6),
    shown=True,
    display_until=date(2029, 5, 6),
)


def test_repair_is_refused_with_its_law_and_its_day() -> None:
    book = shipped_repair()
    sure = frozenset(book.sources)
    assert may_ask_repair(replace(PENALTY, shown=False), date(2026, 9, 1), book) == Refused(
        R.NOTHING_TO_REPAIR, "charter 8"
    )
    assert may_ask_repair(PENALTY, date(2026, 8, 5), book) == Refused(
        R.REPAIR_TOO_EARLY, "本平台规则", {"on": "2026-08-06"}
    )
    listed = replace(PENALTY, item="court_defaulter")
    assert may_ask_repair(listed, date(2026, 9, 1), book) == Refused(
        R.REPAIRED_BY_COURT, "最高人民法院关于公布失信被执行人名单信息的若干规定 10"
    )
    false = replace(PENALTY, false_on=date(2026, 6, 1))
    barred = Refused(R.REPAIR_BARRED, "信用修复管理办法", {"on": "2029-06-01"})
    assert may_ask_repair(false, date(2026, 9, 1), book, sure) == barred
    assert may_ask_repair(false, date(2029, 6, 1), book, sure) == Refused(R.NOTHING_TO_REPAIR, "charter 8")
    assert may_ask_repair(false, date(2026, 9, 1), book) is ALLOWED


def test_papers_are_told_by_their_first_bytes_and_refused_with_what_is_the_most() -> None:
    ours = "本平台规则"
    for head, kind in ((b"%PDF-1.4", "application/pdf"), (b"\xff\xd8\xff\xe0", "image/jpeg")):
        assert media_type_of(head) == kind
        assert may_hand_in(head, 0) is ALLOWED
    png = b"\x89PNG\r\n\x1a\n"
    assert media_type_of(png) == "image/png"
    assert may_hand_in(b"", 0) == Refused(R.PAPER_EMPTY, ours)
    assert media_type_of(b"MZ\x90") == ""
    assert may_hand_in(b"MZ\x90", 0) == Refused(R.PAPER_UNREADABLE, ours)
    assert may_hand_in(png.ljust(MOST_BYTES, b"x"), MOST_PAPERS - 1) is ALLOWED
    assert may_hand_in(png.ljust(MOST_BYTES + 1, b"x"), 0) == Refused(R.PAPER_TOO_LARGE, ours, {"most": MOST_BYTES})
    assert may_hand_in(png, MOST_PAPERS) == Refused(R.PAPERS_TOO_MANY, ours, {"most": MOST_PAPERS})


def test_a_certificate_counts_that_its_source_put_in_after_the_entry_went_out() -> None:
    went_out = date(2026, 6, 20)
    day = datetime(2026, 6, 20, 4, tzinfo=UTC)

    def handed(kind: PaperKind, by: Who, days: int = 0) -> PaperView:
        at = day + timedelta(days=days)
        return PaperView(UUID(int=1), kind, "书面证明.pdf", "application/pdf", 9, b"x", at, by)

    true, early = handed(PaperKind.CERTIFICATE, Who.SUPPLIER), handed(PaperKind.CERTIFICATE, Who.SUPPLIER, -1)
    others = [handed(PaperKind.CERTIFICATE, who) for who in Who if who is not Who.SUPPLIER]
    ruling = handed(PaperKind.RULING, Who.SUPPLIER)
    assert certificates([early, ruling, *others, true], went_out) == (true,)
    # where no silence took it out there is no day to wait for
    assert certificates([early, ruling, *others, true], None) == (early, true)
    # of the version that would come back: put in with it or after it
    for newest, counted in ((true.at, (true,)), (true.at + timedelta(microseconds=1), ())):
        assert certificates([early, true], went_out, newest=newest) == counted


def test_the_tables_read_anew_are_those_that_were_read() -> None:
    data = files("chengxin.remedies") / "data"
    assert parse_repair((data / "repair.toml").read_text("utf-8")) == shipped_repair()
    assert parse_clocks((data / "clocks.toml").read_text("utf-8")) == BOOK
