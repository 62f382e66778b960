"""The matrix of visibility is complete, and the order of precedence is the law's (F5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chengxin.kernel.decisions import Refused, is_allowed
from chengxin.records.rules.marking import MAY_BE_SET, may_mark, may_set
from chengxin.records.rules.visible import (
    MATRIX,
    appealed_until,
    effective,
    status,
    statuses_shown_to,
    visible,
    working,
)
from chengxin.records.terms import ENDS, REMOVALS, Audience, EntryFacts, MarkKind, Status
from tests.records import day, mark_on

_A, _E = MarkKind.APPEALED, MarkKind.APPEAL_ENDED
TODAY = date(2026, 6, 1)
PLAIN = EntryFacts(
    adverse=True,
    published_by_law=False,
    newest=True,
    erased=False,
    recalled=False,
    confirmed=True,
    catalogued=True,
    display_until=TODAY + timedelta(days=1),
    retain_until=TODAY + timedelta(days=400),
    served_on=TODAY,
    final_on=TODAY,
    marks=frozenset(),
)
# For each status: the one change that brings a plain entry in force into it.
INTO: dict[Status, EntryFacts] = {
    Status.ERASED: replace(PLAIN, erased=True),
    Status.DISPOSED: replace(PLAIN, marks=frozenset({MarkKind.DISPOSED})),
    Status.SUPERSEDED: replace(PLAIN, newest=False),
    Status.RECALLED: replace(PLAIN, recalled=True),
    Status.WITHDRAWN: replace(PLAIN, marks=frozenset({MarkKind.WITHDRAWN})),
    Status.REPAIRED: replace(PLAIN, marks=frozenset({MarkKind.REPAIRED})),
    Status.EXPIRED_EARLY: replace(PLAIN, marks=frozenset({MarkKind.EXPIRED_EARLY})),
    Status.SILENT: replace(PLAIN, marks=frozenset({MarkKind.OBJECTED}), lapses_on=TODAY),
    Status.HIDDEN: replace(PLAIN, marks=frozenset({MarkKind.HIDDEN})),
    Status.ENDED: replace(PLAIN, display_until=TODAY),
    Status.UNCATALOGUED: replace(PLAIN, catalogued=False),
    Status.DECLINED: replace(PLAIN, marks=frozenset({MarkKind.DECLINED})),
    Status.UNCONFIRMED: replace(PLAIN, confirmed=False),
    Status.UNSERVED: replace(PLAIN, served_on=None),
    Status.NOT_FINAL: replace(PLAIN, final_on=TODAY + timedelta(days=1)),
    Status.APPEALED: replace(PLAIN, marks=frozenset({MarkKind.APPEALED})),
    Status.FROZEN: replace(PLAIN, marks=frozenset({MarkKind.FROZEN, MarkKind.OBJECTED})),
    Status.OBJECTED: replace(PLAIN, marks=frozenset({MarkKind.OBJECTED})),
    Status.IN_FORCE: PLAIN,
}
INTO_BY = {
    MarkKind.WITHDRAWN: Status.WITHDRAWN,
    MarkKind.REPAIRED: Status.REPAIRED,
    MarkKind.EXPIRED_EARLY: Status.EXPIRED_EARLY,
    MarkKind.HIDDEN: Status.HIDDEN,
}
# Written out by hand from F5 and charter 8, not derived from the code: who sees what.
SUBJECT_SEES_NOW = {"unconfirmed", "unserved", "not_final", "appealed", "frozen", "objected", "in_force"}
NOBODY_SEES = {"erased", "disposed"}
ASKER_SEES = {"objected", "in_force"}


def test_the_matrix_has_every_pair_and_no_other() -> None:
    assert set(MATRIX) == {(one, other) for one in Status for other in Audience}


@pytest.mark.parametrize("found", list(Status))
def test_the_matrix_says_what_the_decisions_say(found: Status) -> None:
    assert MATRIX[found, Audience.SUBJECT_NOW] is (found.value in SUBJECT_SEES_NOW)
    assert MATRIX[found, Audience.ASKER] is (found.value in ASKER_SEES)
    assert MATRIX[found, Audience.PUBLIC] is (found.value == "in_force")
    assert MATRIX[found, Audience.SUPPLIER] is (found.value not in NOBODY_SEES)
    assert MATRIX[found, Audience.ARCHIVE] is (found.value not in NOBODY_SEES)
    held = found.value not in NOBODY_SEES and found.value not in SUBJECT_SEES_NOW
    assert MATRIX[found, Audience.SUBJECT_HELD] is held


def test_the_subject_sees_every_kept_entry_in_exactly_one_list() -> None:
    now, held = set(statuses_shown_to(Audience.SUBJECT_NOW)), set(statuses_shown_to(Audience.SUBJECT_HELD))
    assert not now & held
    assert now | held == set(Status) - {Status.ERASED, Status.DISPOSED}


@pytest.mark.parametrize("found", list(Status))
def test_each_status_is_reached(found: Status) -> None:
    assert status(INTO[found], TODAY) is found


def test_the_earlier_of_two_statuses_wins() -> None:
    order = list(Status)
    for earlier in order[2:]:
        for later in order[order.index(earlier) + 1 :]:
            merged = _both(INTO[earlier], INTO[later])
            assert order.index(status(merged, TODAY)) <= order.index(earlier)


def _both(one: EntryFacts, other: EntryFacts) -> EntryFacts:
    return EntryFacts(
        adverse=True,
        published_by_law=False,
        newest=one.newest and other.newest,
        erased=one.erased or other.erased,
        recalled=one.recalled or other.recalled,
        confirmed=one.confirmed and other.confirmed,
        catalogued=one.catalogued and other.catalogued,
        display_until=min(filter(None, (one.display_until, other.display_until)), default=None),
        retain_until=min(one.retain_until, other.retain_until),
        served_on=None if None in (one.served_on, other.served_on) else TODAY,
        final_on=max(filter(None, (one.final_on, other.final_on)), default=None),
        told_final=max(filter(None, (one.told_final, other.told_final)), default=None),
        marks=one.marks | other.marks,
        lapses_on=min(filter(None, (one.lapses_on, other.lapses_on)), default=None),
    )


def test_an_appeal_ends_on_its_day_without_any_further_mark() -> None:
    """After a ruling the person's next term runs, and the entry is theirs alone until it is over; going on takes the day away."""
    appealed, ended = (mark_on(n, kind, lapses) for n, kind, lapses in ((1, _A, None), (2, _E, 10)))
    again, over = mark_on(5, _A), mark_on(6, _E)
    said = {
        (appealed,): None, (appealed, ended): day(10), (appealed, ended, again): None, (appealed, ended, over): None,
        (appealed, ended, again, over): None,
    }  # fmt: skip
    assert {marks: appealed_until(marks) for marks in said} == said
    known = (appealed, ended)
    facts = replace(
        PLAIN, display_until=None, marks=effective([one.kind for one in known]), appealed_until=appealed_until(known)
    )
    assert [status(facts, day(n)) for n in (9, 10)] == [Status.APPEALED, Status.IN_FORCE]
    assert [MarkKind.APPEALED in working(known, day(n)) for n in (9, 10)] == [True, False]
    # an honour is contested nowhere: nobody decided it against anybody
    assert status(replace(facts, adverse=False), day(9)) is Status.IN_FORCE


def test_an_entry_ends_on_its_day_without_any_mark() -> None:
    long_ago = date(2026, 1, 1)
    facts = replace(PLAIN, display_until=TODAY, served_on=long_ago, final_on=long_ago)
    assert status(facts, TODAY - timedelta(days=1)) is Status.IN_FORCE
    assert status(facts, TODAY) is Status.ENDED
    assert visible(facts, Audience.ASKER, TODAY) == Refused("entry_ended", "F5")


def test_nothing_is_shown_from_the_retention_end_on() -> None:
    facts = replace(PLAIN, display_until=TODAY, retain_until=TODAY)
    assert status(facts, TODAY) is Status.DISPOSED
    assert not any(is_allowed(visible(facts, audience, TODAY)) for audience in Audience)


def test_an_honour_needs_neither_service_nor_finality() -> None:
    honour = replace(PLAIN, adverse=False, served_on=None, final_on=None, confirmed=False)
    assert status(honour, TODAY) is Status.IN_FORCE


@pytest.mark.parametrize(
    ("served_on", "told_on", "found"),
    [
        (None, None, Status.UNSERVED),
        (None, TODAY, Status.IN_FORCE),
        (None, TODAY + timedelta(days=1), Status.UNSERVED),
        (TODAY, TODAY + timedelta(days=1), Status.IN_FORCE),
        (TODAY + timedelta(days=1), TODAY, Status.IN_FORCE),
        (TODAY + timedelta(days=1), None, Status.UNSERVED),
    ],
)
def test_the_suppliers_proof_of_service_counts_and_so_does_ours(
    served_on: date | None, told_on: date | None, found: Status
) -> None:
    assert status(replace(PLAIN, served_on=served_on, told_on=told_on), TODAY) is found


@pytest.mark.parametrize(
    ("final_on", "told_final", "found"),
    [
        (None, None, Status.NOT_FINAL),
        (None, TODAY, Status.IN_FORCE),
        (None, TODAY + timedelta(days=1), Status.NOT_FINAL),
        (TODAY - timedelta(days=1), TODAY + timedelta(days=1), Status.NOT_FINAL),
        (TODAY + timedelta(days=1), TODAY - timedelta(days=1), Status.NOT_FINAL),
        (TODAY, TODAY - timedelta(days=1), Status.IN_FORCE),
    ],
)
def test_by_our_proof_a_decision_is_final_when_its_terms_have_run_out_and_not_before_the_suppliers_day(
    final_on: date | None, told_final: date | None, found: Status
) -> None:
    long_ago = TODAY - timedelta(days=300)
    facts = replace(PLAIN, served_on=None, told_on=long_ago, final_on=final_on, told_final=told_final)
    assert status(facts, TODAY) is found


def test_the_public_sees_only_what_a_law_orders_published() -> None:
    assert visible(PLAIN, Audience.PUBLIC, TODAY) == Refused("not_published", "国办发〔2020〕49号")
    assert is_allowed(visible(replace(PLAIN, published_by_law=True), Audience.PUBLIC, TODAY))


def test_a_minor_entry_never_reaches_an_asker() -> None:
    decided = date(2026, 1, 10)
    minor = replace(PLAIN, display_until=date(2026, 4, 10), final_on=date(2026, 7, 10), retain_until=date(2030, 1, 1))
    days = [decided + timedelta(days=n) for n in range(400)]
    assert not any(is_allowed(visible(minor, Audience.ASKER, day)) for day in days)


def test_the_newest_of_a_pair_of_marks_counts() -> None:
    frozen, unfrozen = MarkKind.FROZEN, MarkKind.UNFROZEN
    assert effective([frozen, unfrozen]) == frozenset()
    assert effective([frozen, unfrozen, frozen]) == {frozen}


def test_a_readmission_lifts_removals_until_the_next_one() -> None:
    removed, back = MarkKind.WITHDRAWN, MarkKind.READMITTED
    assert status(replace(PLAIN, marks=effective([removed, back])), TODAY) is Status.IN_FORCE
    assert status(replace(PLAIN, marks=effective([removed, back, MarkKind.REPAIRED])), TODAY) is Status.REPAIRED


@pytest.mark.parametrize("removed", REMOVALS)
def test_what_was_readmitted_can_be_removed_again(removed: MarkKind) -> None:
    told = effective([removed, MarkKind.READMITTED])
    assert is_allowed(may_mark(removed, Status.IN_FORCE, told, good=False))
    assert is_allowed(
        may_mark(MarkKind.READMITTED, INTO_BY[removed], effective([removed, MarkKind.READMITTED, removed]), good=False)
    )


@pytest.mark.parametrize("kind", list(MarkKind))
def test_every_mark_has_its_statuses(kind: MarkKind) -> None:
    assert MAY_BE_SET[kind]
    assert Status.ERASED not in MAY_BE_SET[kind]


@pytest.mark.parametrize("kind", list(MarkKind))
@pytest.mark.parametrize("found", list(Status))
def test_a_mark_is_refused_outside_its_statuses(kind: MarkKind, found: Status) -> None:
    working = frozenset({ENDS[kind]}) if kind in ENDS else frozenset({MarkKind.OBJECTED} - {kind})
    assert is_allowed(may_mark(kind, found, working, good=True)) is (found in MAY_BE_SET[kind])


def test_what_does_not_work_cannot_be_ended_and_what_works_is_not_set_again() -> None:
    assert may_mark(MarkKind.UNFROZEN, Status.IN_FORCE, frozenset(), good=False) == Refused("nothing_to_end", "F5")
    again = may_mark(MarkKind.FROZEN, Status.FROZEN, frozenset({MarkKind.FROZEN}), good=False)
    assert again == Refused("already_marked", "F5")


def test_only_honours_can_be_declined() -> None:
    assert not is_allowed(may_mark(MarkKind.DECLINED, Status.IN_FORCE, frozenset(), good=False))


@pytest.mark.parametrize("kind", list(MarkKind))
def test_a_person_sets_wishes_on_their_own_entries_and_nothing_else(kind: MarkKind) -> None:
    # a statement is taken back by its person, and removed by nobody
    assert is_allowed(may_set(kind, by_person=False, own=False)) is (kind is not MarkKind.STATEMENT_ENDED)
    assert may_set(kind, by_person=True, own=False) == Refused("not_your_file", "个人信息保护法 45")
    wishes = {"objected", "not_mine", "frozen", "declined", "undeclined", "stated", "statement_ended"}
    assert is_allowed(may_set(kind, by_person=True, own=True)) is (kind.name.lower() in wishes)
