"""Rules over operators: each against the operator's own history, and none over whom they looked at."""

from __future__ import annotations

import inspect
from collections import Counter
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from chengxin.access.rules import watching
from chengxin.access.rules.watching import (
    MANY_A_DAY,
    NO_CASE,
    ODD_HOURS,
    SAME_PERSON,
    WAITING_DAYS,
    WITHOUT_CASE,
    watched,
)
from chengxin.access.terms.asking import NoAnswer
from chengxin.access.terms.reviews import WatchRule
from chengxin.access.terms.watching import CaseEnd, OperatorFacts, OperatorLook, Raised
from chengxin.kernel.days import SHANGHAI, shanghai_day, shipped_holidays

NOON = datetime(2026, 6, 3, 4, tzinfo=UTC)  # a Wednesday, noon in Shanghai
TODAY = date(2026, 6, 3)
DAY = timedelta(days=1)
NIGHT = timedelta(hours=11)


def look(
    at: datetime = NOON, *, person: UUID | None = None, outcome: str = "shown", case_ref: str = "1"
) -> OperatorLook:
    return OperatorLook(at, "licence_review", case_ref, person or uuid4(), outcome, uuid4())


def facts_of(looks: list[OperatorLook], day: date) -> OperatorFacts:
    """As the room reads them (``tests/rooms/access/test_watching.py`` holds that it does)."""
    local = [one.at.astimezone(SHANGHAI) for one in looks]
    return OperatorFacts(
        hours=Counter((at.date(), at.hour) for at in local),
        today=[one for one in looks if shanghai_day(one.at) == day],
        stopped=[one for one in looks if one.outcome in {NoAnswer.OWN_FILE, *NO_CASE}],
        again=looks,
    )


def raised(
    looks: list[OperatorLook],
    cases: tuple[CaseEnd, ...] = (),
    *,
    official: bool = True,
    at: datetime = NOON + DAY,
    day: date = TODAY,
) -> list[Raised]:
    return watched(facts_of(looks, day), cases, day=day, official=official, at=at, holidays=shipped_holidays())


def rules_of(found: list[Raised]) -> list[WatchRule]:
    return [one.rule for one in found]


def test_quiet_work_raises_nothing() -> None:
    looks = [look(NOON - n * DAY) for n in range(1, 20) if (NOON - n * DAY).weekday() < 5]
    assert raised([*looks, look()]) == []


@pytest.mark.parametrize(("count", "found"), [(MANY_A_DAY, []), (MANY_A_DAY + 1, [WatchRule.VOLUME])])
def test_many_looks_in_a_day(count: int, found: list[WatchRule]) -> None:
    assert rules_of(raised([look() for _ in range(count)])) == found


@pytest.mark.parametrize(("count", "found"), [(120, []), (121, [WatchRule.VOLUME])])
def test_many_is_beside_the_operators_own_usual_day(count: int, found: list[WatchRule]) -> None:
    """40 on every day of the week before: three times that is 120."""
    before = [look(NOON - n * DAY) for n in (1, 2, 5, 6, 7) for _ in range(40)]
    (*_, last) = [*before, *(look() for _ in range(count))]
    assert last.at == NOON
    assert rules_of(raised([*before, *(look() for _ in range(count))])) == found


@pytest.mark.parametrize(("count", "found"), [(ODD_HOURS - 1, []), (ODD_HOURS, [WatchRule.HOURS])])
def test_looks_at_night(count: int, found: list[WatchRule]) -> None:
    assert rules_of(raised([look(NOON + NIGHT) for _ in range(count)])) == found


def test_looks_on_a_holiday_are_odd_and_on_a_worked_saturday_are_not() -> None:
    national_day, worked = datetime(2026, 10, 1, 4, tzinfo=UTC), datetime(2026, 10, 10, 4, tzinfo=UTC)
    for at, found in ((national_day, [WatchRule.HOURS]), (worked, [])):
        looks = [look(at) for _ in range(ODD_HOURS)]
        assert rules_of(raised(looks, day=at.date(), at=at)) == found


def test_whoever_is_on_night_duty_is_not_seen_for_it_nor_is_a_machine() -> None:
    tonight = [look(NOON + NIGHT) for _ in range(ODD_HOURS)]
    nights = [look(NOON + NIGHT - n * DAY) for n in range(1, 11)]
    assert raised([*nights, *tonight]) == []
    assert raised(tonight, official=False) == []
    days = [look(NOON - n * DAY) for n in (1, 2, 5, 6, 7)]
    assert rules_of(raised([*days, *nights[:1], *tonight])) == [WatchRule.HOURS]


def test_the_own_document_once_is_enough_and_a_machine_has_none() -> None:
    (found,) = raised([look(outcome=NoAnswer.OWN_FILE)])
    assert (found.rule, found.figures) == (WatchRule.OWN_DOCUMENT, {"tries": 1})
    assert raised([look(NOON - DAY, outcome=NoAnswer.OWN_FILE)]) == [], "told on its own day"


@pytest.mark.parametrize("outcome", [NoAnswer.CASE_MISSING, NoAnswer.CASE_OF_OTHERS, NoAnswer.CASE_NOT_OPEN])
def test_questions_without_a_case_again_and_again(outcome: NoAnswer) -> None:
    tries = [look(NOON - n * DAY, outcome=outcome) for n in range(WITHOUT_CASE)]
    assert rules_of(raised(tries)) == [WatchRule.NO_CASE]
    assert raised(tries[:-1]) == []
    assert raised(tries[1:]) == [], "nothing new today"
    assert raised([look(outcome=NoAnswer.PERSON_UNKNOWN) for _ in range(WITHOUT_CASE)]) == []


def test_the_same_person_again_and_again() -> None:
    person = uuid4()
    seen = [look(NOON - n * DAY, person=person, case_ref=str(n % 2)) for n in range(SAME_PERSON)]
    (found,) = raised(seen)
    assert found.rule is WatchRule.SAME_PERSON
    assert found.figures == {"looks": SAME_PERSON, "days": 30, "cases": 2}
    assert {one.look for one in found.looks} == {one.look for one in seen}
    assert raised(seen[:-1]) == []
    assert raised([look() for _ in range(SAME_PERSON)]) == []
    assert raised([look(person=person, outcome=NoAnswer.TOO_OFTEN) for _ in range(SAME_PERSON)]) == []
    once_more = [*seen, look(NOON + timedelta(hours=1), person=person)]
    assert raised(once_more)[0].about == found.about, "the next look of the same kind is the same finding"


@pytest.mark.parametrize(
    ("waited", "closed", "found"),
    [(WAITING_DAYS - 1, False, []), (WAITING_DAYS, False, [WatchRule.NO_DECISION]), (WAITING_DAYS, True, [])],
)
def test_a_case_that_was_looked_for_comes_to_an_end(waited: int, closed: bool, found: list[WatchRule]) -> None:
    last = NOON - waited * DAY
    case = CaseEnd("云审批〔2026〕3号", last, NOON if closed else None)
    assert rules_of(raised([], (case,), at=NOON)) == found


def test_no_rule_knows_more_of_a_person_than_that_it_is_the_same_one() -> None:
    """Nothing about kin, addresses or fame: there is no such fact to begin with, and the one there is has no content."""
    assert {one.name for one in fields(OperatorLook)} == {"at", "purpose", "case_ref", "person", "outcome", "look"}
    source = inspect.getsource(watching)
    for word in ("name_", "address_", "famil", "records.", "persons."):
        assert word not in source


def test_the_figures_are_counts_of_the_operators_own_looks() -> None:
    """No degree and no sum over rules: each finding has its own few figures, and there is no place for another."""
    everything = [look(outcome=NoAnswer.OWN_FILE), *(look(NOON + NIGHT) for _ in range(MANY_A_DAY + 1))]
    found = raised(everything)
    assert rules_of(found) == [WatchRule.VOLUME, WatchRule.HOURS, WatchRule.OWN_DOCUMENT]
    assert all(isinstance(value, int) and value >= 0 for one in found for value in one.figures.values())
