"""An entry in words: each standing, mark, way and look has its sentence in both languages, and days come out right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from chengxin.access.terms import Purpose
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.rules.loading import load
from chengxin.catalogue.terms import BasisRef, FieldType, Item
from chengxin.doors.portal.forms.objection import NOT_ME, WRONG_ADVERSE, WRONG_OTHER
from chengxin.doors.portal.presenters.around import Around, basis_in_words
from chengxin.doors.portal.presenters.entry import entry_card, entry_page, mark_line
from chengxin.doors.portal.presenters.headline import headline
from chengxin.doors.portal.presenters.notice import render_notice
from chengxin.doors.portal.presenters.notice_draft import entry_draft
from chengxin.doors.portal.presenters.standing import standing
from chengxin.doors.portal.presenters.summary import Adverse, summary_of
from chengxin.doors.portal.presenters.ways import LIVE, WayKind, When, repair_from, ways
from chengxin.doors.wording import LANGUAGES, Language, date_in_words, has, text
from chengxin.foundation.outbox import ChannelKind, State
from chengxin.kernel.days import shipped_holidays
from chengxin.offices.terms import OrganisationView, Tier
from chengxin.records.facade import MATRIX
from chengxin.records.rules.marking import MAY_BE_SET
from chengxin.records.terms import Audience, EntryView, MarkKind, MarkView, Status
from chengxin.remedies.terms.letters import NoticeDraft, NoticeNeed, RemedyLine, RepairLine

TODAY = date(2026, 6, 1)
NONE: frozenset[MarkKind] = frozenset()
LOADED = load("national", catalogue.shipped_files()["national"].read_text(encoding="utf-8")).edition
assert LOADED is not None
PENALTY: Item = LOADED.items["penalty"]
COURT: Item = LOADED.items["court_defaulter"]
OFFICE = OrganisationView(
    uuid4(), uuid4(), "云川市市场监督管理局", "Yunchuan Market Bureau", "00X", None, Tier.LEAD, "market_regulation", "000-1", True
)  # fmt: skip


def entry_with(**given: Any) -> EntryView:
    fields: dict[str, Any] = {
        "person_id": uuid4(),
        "entry_id": uuid4(),
        "uid": uuid4(),
        "version": 1,
        "item": "penalty",
        "supplier": OFFICE.id,
        "status": Status.IN_FORCE,
        "nature": 2,
        "act_class": 2,
        "decided_on": date(2026, 3, 2),
        "act_on": None,
        "final_on": date(2026, 9, 4),
        "served_on": date(2026, 3, 4),
        "valid_from": None,
        "valid_to": None,
        "known_from": datetime(2026, 3, 9, tzinfo=UTC),
        "display_until": date(2027, 3, 2),
        "retain_until": date(2029, 3, 2),
        "commitment": b"",
        "batch_id": uuid4(),
        "content": {"CF_WSH": "云市监罚〔2026〕17号", "CF_CFLB": "罚款", "CF_NR_FK": "0.3"},
    }
    return EntryView(**(fields | given))


def around(language: Language = "zh", *, item: Item | None = PENALTY, today: date = TODAY) -> Around:
    return Around(item, OFFICE, OFFICE, OFFICE, today, shipped_holidays(), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("nature", [0, 1, 2])
def test_every_standing_of_every_nature_is_said(status: Status, nature: int, language: Language) -> None:
    page = entry_page([entry_with(status=status, nature=nature)], around(language), "")
    assert page.card.standing.why
    assert page.card.standing.seen_by
    assert page.card.chips


@pytest.mark.parametrize("status", list(Status))
def test_who_can_see_agrees_with_the_ledgers_matrix(status: Status) -> None:
    """The page says "only you" exactly where the ledger shows an entry to no asker."""
    said = standing(entry_with(status=status), around("en")).seen_by
    assert (said[0].words == "Only you at present.") is not MATRIX[status, Audience.ASKER]


def test_the_way_that_counts_now_are_the_statuses_the_subject_sees_as_now() -> None:
    assert {status for status in Status if MATRIX[status, Audience.SUBJECT_NOW]} == LIVE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(MAY_BE_SET))
def test_every_mark_is_said(kind: MarkKind, language: Language) -> None:
    mark = MarkView(kind, datetime(2026, 3, 19, 17, 0, tzinfo=UTC), "own_wish", uuid4())
    line = mark_line(mark, around(language))
    assert ("2026年3月20日" if language == "zh" else "20 March 2026") in line.sentence
    assert line.reason is None
    assert mark_line(replace(mark, reason="facts_wrong"), around(language)).reason is not None
    assert mark_line(replace(mark, reason="决定已被撤销"), around("en")).reason.foreign  # type: ignore[union-attr]


@pytest.mark.parametrize(("language", "said"), [("zh", "最迟2026年4月7日"), ("en", "by 7 April 2026 at the latest")])
def test_a_clock_that_was_moved_tells_its_day_and_one_that_was_stopped_none(language: Language, said: str) -> None:
    moved = MarkView(MarkKind.CLOCK_MOVED, datetime(2026, 3, 19, tzinfo=UTC), "passed_on", uuid4(), date(2026, 4, 8))
    assert said in mark_line(moved, around(language)).sentence
    assert "4" not in mark_line(replace(moved, lapses_on=None), around(language)).sentence.replace("2026", "")


@pytest.mark.parametrize("status", [Status.FROZEN, Status.OBJECTED, Status.SILENT])
@pytest.mark.parametrize(("language", "said"), [("zh", "2026年4月8日"), ("en", "8 April 2026")])
def test_the_person_is_told_the_day_on_which_silence_takes_the_entry_out(
    status: Status, language: Language, said: str
) -> None:
    entry = entry_with(status=status, lapses_on=date(2026, 4, 8))
    assert said in standing(entry, around(language)).why
    if status is not Status.SILENT:
        assert said not in standing(replace(entry, lapses_on=None), around(language)).why


def test_every_code_of_other_rooms_that_these_pages_say_has_its_words() -> None:
    keys = [f"resident.purpose.{purpose.value}" for purpose in Purpose]
    keys += [f"resident.channel.{kind.value}" for kind in ChannelKind]
    keys += [f"resident.delivery.{state.value}" for state in State]
    keys += [f"resident.about.{code}.word" for code in (NOT_ME, *WRONG_ADVERSE, *WRONG_OTHER)]
    assert [key for key in keys if not has(key)] == []


@pytest.mark.parametrize(
    ("act_class", "decided_on", "day"),
    [(1, date(2026, 3, 2), date(2026, 3, 2)), (2, date(2026, 3, 2), date(2026, 6, 2)), (3, date(2026, 3, 2), date(2027, 3, 2)),
     (2, date(2025, 11, 30), date(2026, 2, 28))],
)  # fmt: skip
def test_repair_opens_after_the_shortest_display_of_its_class(act_class: int, decided_on: date, day: date) -> None:
    assert repair_from(entry_with(act_class=act_class, decided_on=decided_on), around()) == day


def way_of(kind: WayKind, entry: EntryView, of: Around) -> Any:
    return next((way for way in ways(entry, of, NONE) if way.kind is kind), None)


def test_repair_is_later_then_now_then_needless() -> None:
    entry = entry_with()
    assert way_of(WayKind.REPAIR, entry, around(today=date(2026, 6, 1))).when is When.LATER
    assert way_of(WayKind.REPAIR, entry, around(today=date(2026, 6, 2))).when is When.NOW
    needless = way_of(WayKind.REPAIR, entry_with(display_until=date(2026, 6, 2)), around(today=date(2026, 6, 1)))
    assert needless.when is When.NEEDLESS


def test_the_ways_to_contest_end_on_their_days() -> None:
    """60 days from 4 March are over on Sunday 3 May, within the holiday to 5 May, so the last day is 6 May 2026."""
    entry = entry_with()
    reconsider = way_of(WayKind.RECONSIDERATION, entry, around(today=date(2026, 5, 6)))
    assert (reconsider.when, reconsider.day, reconsider.provisional) == (When.UNTIL, date(2026, 5, 6), False)
    assert way_of(WayKind.RECONSIDERATION, entry, around(today=date(2026, 5, 7))).when is When.OVER
    assert way_of(WayKind.LAWSUIT, entry, around()).day == date(2026, 9, 4)


def test_a_day_that_no_notice_settles_is_said_to_be_provisional() -> None:
    lawsuit = way_of(WayKind.LAWSUIT, entry_with(served_on=date(2026, 8, 10)), around())
    assert lawsuit.provisional
    # six months end within Spring Festival: the notice can move it later alone, and the court is not bound by what is told here
    assert lawsuit.day == date(2027, 2, 10)
    after = way_of(WayKind.LAWSUIT, entry_with(served_on=date(2026, 8, 10)), around(today=date(2027, 2, 11)))
    assert after.when is When.UNTIL


def test_our_own_proof_of_service_counts_where_the_supplier_gave_none() -> None:
    entry = entry_with(served_on=None, told_on=date(2026, 3, 4))
    assert way_of(WayKind.RECONSIDERATION, entry, around()).day == date(2026, 5, 6)
    assert way_of(WayKind.RECONSIDERATION, entry_with(served_on=None), around()).day is None


def test_a_court_entry_has_the_courts_way_and_its_persons_own_words() -> None:
    kinds = {way.kind for way in ways(entry_with(item="court_defaulter", act_class=3), around(item=COURT), NONE)}
    assert kinds == {WayKind.OBJECT, WayKind.STATE, WayKind.COURT}


def test_what_is_over_can_only_be_contested() -> None:
    for status in set(Status) - LIVE - {Status.DECLINED}:
        assert {way.kind for way in ways(entry_with(status=status), around(), NONE)} == {WayKind.OBJECT}


def test_an_open_objection_shows_its_receipt_instead() -> None:
    kinds = {way.kind for way in ways(entry_with(), around(), frozenset({MarkKind.OBJECTED}))}
    assert WayKind.OBJECTED in kinds
    assert WayKind.OBJECT not in kinds


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        ({"CF_CFLB": "罚款", "CF_NR_FK": "0.3"}, "罚款 3,000 元", "Fine 3,000 yuan"),
        ({"CF_CFLB": "警告;罚款", "CF_NR_FK": "0.30005"}, "警告、罚款 3,000.50 元", "Warning, fine 3,000.50 yuan"),
        ({"CF_CFLB": "警告"}, "警告", "Warning"),
    ],
)
def test_a_penalty_in_a_few_words(content: dict[str, str], zh: str, en: str) -> None:
    assert headline(PENALTY, content, "zh").words == zh  # type: ignore[union-attr]
    assert headline(PENALTY, content, "en").words == en  # type: ignore[union-attr]


def test_an_item_that_no_edition_names_is_still_told() -> None:
    page = entry_page([entry_with(item="lost", content={"X_1": "旧内容"})], around(item=None), "")
    assert "lost" in page.card.title
    assert [(line.term, line.value.words) for line in page.fields] == [("X_1", "旧内容")]
    assert render_notice("entry_new", entry_with(item="lost"), around(item=None), name="某人", made_at=NOW).sections


def test_articles_between_articles_are_named_as_laws_name_them() -> None:
    assert basis_in_words(BasisRef("刑法", "37-1"), "zh") == "《刑法》第37条之一"
    assert basis_in_words(BasisRef("会计法", "47"), "en") == "《会计法》 art. 47"


def test_the_summary_says_in_force_only_of_what_others_can_see() -> None:
    for status in LIVE:
        told = summary_of([entry_with(status=status)], []).adverse
        assert (told is Adverse.IN_FORCE) is MATRIX[status, Audience.ASKER]
    assert summary_of([entry_with(nature=1)], []).adverse is Adverse.NONE
    assert summary_of([], []).nothing


NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind", ["entry_new", "entry_changed", "entry_withdrawn", "entry_moved", "entry_recalled", "unheard_of"]
)
def test_a_letter_is_whole_in_text_and_html(kind: str, language: Language) -> None:
    letter = render_notice(kind, entry_with(), around(language), name="<b>某人</b>", made_at=NOW)
    assert len(letter.sections) == 7
    assert "<b>" not in letter.html
    for section in letter.sections:
        assert section.paragraphs
        assert section.heading in letter.text
        assert section.heading in letter.html


def filled(item: Item) -> dict[str, str]:
    """Something in each field."""
    typed = {FieldType.DATE: "2026-03-02", FieldType.DECIMAL: "0.3", FieldType.INTEGER: "3"}
    return {spec.code: typed.get(spec.type, "某事") for spec in item.fields}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("served_on", [None, date(2026, 5, 6)])
@pytest.mark.parametrize("item", [PENALTY, COURT])
def test_the_letter_says_all_that_the_checklist_saw(item: Item, served_on: date | None, language: Language) -> None:
    content = filled(item)
    entry = entry_with(item=item.code, served_on=served_on, content=content)
    of = around(language, item=item)
    draft, letter = entry_draft(entry, of), render_notice("entry_new", entry, of, name="某人", made_at=NOW)
    assert letter.lacks == ()
    said = list(_words_of(draft, language))
    assert len(said) > 15
    assert [words for words in said if words not in letter.text] == []


def _words_of(draft: NoticeDraft, language: Language) -> Iterator[str]:
    """Every word and day of a draft that its reader is to find in the letter."""
    for field in fields(draft):
        given = getattr(draft, field.name)
        for one in given if isinstance(given, tuple) else (given,):
            if isinstance(one, RemedyLine):
                yield from (one.where, date_in_words(one.last_on, language) if one.last_on else "")
            elif isinstance(one, RepairLine):
                yield from (one.conditions, date_in_words(one.earliest, language))
            elif isinstance(one, date):
                yield date_in_words(one, language)
            elif isinstance(one, str) and field.name not in ("kind", "decider_code"):
                yield from one.split("\n")


@pytest.mark.parametrize("code", [code for code, item in LOADED.items.items() if item.is_adverse and item.is_open])
def test_no_adverse_item_of_the_shipped_edition_leaves_its_notice_incomplete(code: str) -> None:
    item = LOADED.items[code]
    content = filled(item)
    for act_class in item.display:
        entry = entry_with(item=code, act_class=int(act_class), content=content, served_on=None)
        assert render_notice("entry_new", entry, around(item=item), name="某人", made_at=NOW).lacks == ()


GAPS: dict[NoticeNeed, dict[str, Any]] = {
    NoticeNeed.CONTACT: {"decider": None},
    NoticeNeed.SOURCE: {"supplier": None},
    NoticeNeed.PERSON_TO_TALK_TO: {"office": None},
    NoticeNeed.DOCUMENT: {"content": {"CF_CFLB": "罚款"}},
    NoticeNeed.FACTS: {"content": {"CF_WSH": "云市监罚〔2026〕17号"}},
    NoticeNeed.ACT_CLASS: {"act_class": 0},
    NoticeNeed.DISPLAY_END: {"display_until": None},
}


@pytest.mark.parametrize("need", GAPS)
def test_a_notice_that_lacks_something_says_so_and_any_other_does_not(need: NoticeNeed) -> None:
    of_around = {key: value for key, value in GAPS[need].items() if key in ("decider", "supplier", "office")}
    entry = entry_with(**{key: value for key, value in GAPS[need].items() if key not in of_around})
    letter = render_notice("entry_new", entry, replace(around(), **of_around), name="某人", made_at=NOW)
    assert need in letter.lacks
    assert "这封通知还没有写全" in letter.text
    assert text(f"needs.{need}.word", "zh") in letter.text
    ended = replace(entry, status=Status.ENDED)
    for kind, other in (("entry_withdrawn", entry), ("entry_new", ended), ("entry_new", replace(entry, nature=1))):
        told = render_notice(kind, other, replace(around(), **of_around), name="某人", made_at=NOW)
        assert told.lacks == (), "nothing is served by it"


def test_what_ends_with_its_documents_validity_needs_no_day() -> None:
    item = replace(PENALTY, ends_with_validity=True)
    told = render_notice("entry_new", entry_with(display_until=None), around(item=item), name="某人", made_at=NOW)
    assert told.lacks == ()


def test_before_service_the_days_are_counted_from_today_and_after_it_they_stay() -> None:
    """60 days from 1 June end on 31 July; from 4 March they ended on 6 May, after the holiday."""
    unserved = entry_with(served_on=None)
    told = render_notice("entry_new", unserved, around(), name="某人", made_at=NOW).text
    assert "今天（2026年6月1日）才收到的，最后一天是2026年7月31日" in told
    later = around(today=date(2026, 6, 20))
    proven = render_notice("entry_new", replace(unserved, told_on=TODAY), later, name="某人", made_at=NOW)
    assert (proven.lacks, "2026年7月31日以前（含当天）可以申请复议" in proven.text) == ((), True)
    assert "期限到2026年5月6日已满" in render_notice("entry_new", entry_with(), around(), name="某人", made_at=NOW).text


def test_a_letter_of_a_lost_entry_says_so() -> None:
    letter = render_notice("entry_new", None, around(item=None), name="某人", made_at=NOW)
    assert letter.sections == ()
    assert "没有内容可以告诉您" in letter.text


def test_the_reason_of_a_minor_entry_is_that_it_ends_before_it_is_final() -> None:
    entry = entry_with(status=Status.NOT_FINAL, act_class=1, display_until=date(2026, 6, 2))
    assert "自始至终只有您能看到" in standing(entry, around()).why
    assert entry_card(entry, around(), "").chips[0].word == "轻微"
