"""The rules over operators on PostgreSQL: what they read, what they raise, once; and that it ends after ninety days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengxin.access import facade as access
from chengxin.access.actions.watching import forget_person_asked_about
from chengxin.access.models import OperatorLook
from chengxin.access.queries.operators import MOST_LISTED
from chengxin.access.rules.watching import KEPT_DAYS, SAME_PERSON, WAITING_DAYS
from chengxin.access.terms.asking import Answered
from chengxin.access.terms.reviews import Finding, ReviewKind, ReviewView, WatchRule
from chengxin.foundation import actors, clock, jobs, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction, no_person
from chengxin.kernel.decisions import Refused
from chengxin.offices.terms import OrganisationView, Role
from tests.asking import TENDER, make_case, put_on_the_courts_list, question
from tests.making import WHY, make_inquirer, make_official, make_organisation
from tests.people import NOW, invented_identity
from tests.residents import Resident, found_city_with_catalogue, make_resident, make_supplier
from tests.sources import confirm_name

NIGHTLY = actors.system("access.watch_operators")
TODAY = date(2026, 6, 1)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def court(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier("court", "云川市中级人民法院")


@pytest.fixture(scope="module")
def supervisor(court: OrganisationView) -> Actor:
    return make_official(role=Role.ACCESS_SUPERVISOR)


@pytest.fixture
def inquirer(court: OrganisationView) -> Actor:
    return make_inquirer(organisation=make_organisation(kind="fiscal"))


@pytest.fixture
def resident(court: OrganisationView) -> Resident:
    made = make_resident()
    confirm_name(made.someone, court.id)
    put_on_the_courts_list(made.someone, supplier=court)
    return made


def watch(*, day: date = TODAY, at: object = TOMORROW) -> int:
    return access.watch_operators(actor=NIGHTLY, day=day, at=at, reason="nightly")  # type: ignore[arg-type]


def reviews(supervisor: Actor, of: Actor, *, at: object = TOMORROW) -> list[ReviewView]:
    found = access.reviews_for(supervisor, at)  # type: ignore[arg-type]
    return [access.review_for(supervisor, one.uid, TOMORROW) for one in found if one.official_id == of.official_id]


def look_often(inquirer: Actor, who: Resident, times: int = SAME_PERSON) -> None:
    case = make_case(inquirer)
    for minute in range(times):
        at = NOW + timedelta(minutes=minute)
        answer = access.ask(actor=inquirer, question=question(who, purpose=TENDER, case_ref=case.ref), at=at)
        assert isinstance(answer, Answered), answer


def test_the_same_person_again_and_again_is_seen_decided_and_told(
    resident: Resident, inquirer: Actor, supervisor: Actor
) -> None:
    look_often(inquirer, resident)
    assert watch() >= 1
    (review,) = reviews(supervisor, inquirer)
    assert (review.kind, review.rule, review.about) == (ReviewKind.WATCH, WatchRule.SAME_PERSON, SAME_PERSON)
    assert review.figures == {"looks": SAME_PERSON, "days": 30, "cases": 1}
    watch()
    assert len(reviews(supervisor, inquirer)) == 1, "the same finding is raised once"
    access.decide_review(
        actor=supervisor, uid=review.uid, finding=Finding.NOT_JUSTIFIED, told="没有必要一再查看，已经纠正。",
        suspending=None, at=TOMORROW, reason=WHY,
    )  # fmt: skip
    with as_person(resident.person_id):
        kinds = [notice.kind for notice in outbox.notices_of(resident.person_id)]
        mine = access.reviews_of(resident.person_id, TOMORROW)
    assert kinds == ["look_reviewed"], "told once, however many looks it was about"
    assert len(mine) == SAME_PERSON
    assert {one.told for found in mine.values() for one in found} == {"没有必要一再查看，已经纠正。"}


def test_quiet_work_is_not_seen(resident: Resident, inquirer: Actor, supervisor: Actor) -> None:
    look_often(inquirer, resident, SAME_PERSON - 1)
    watch()
    assert reviews(supervisor, inquirer) == []


def test_the_own_document_is_seen_though_nobody_is_held_under_it(court: OrganisationView, supervisor: Actor) -> None:
    number, _ = invented_identity()
    curious = make_inquirer(organisation=make_organisation(kind="fiscal"), document=("01", number))
    case = make_case(curious)
    asked = question(make_resident(), purpose=TENDER, case_ref=case.ref)
    own = type(asked)(**{name: getattr(asked, name) for name in asked.__slots__} | {"number": number})
    assert isinstance(access.ask(actor=curious, question=own, at=NOW), Refused)
    watch()
    (review,) = reviews(supervisor, curious)
    assert (review.rule, review.figures, review.about) == (WatchRule.OWN_DOCUMENT, {"tries": 1}, 0)


def test_a_case_that_was_looked_for_and_left_is_seen(resident: Resident, inquirer: Actor, supervisor: Actor) -> None:
    case = make_case(inquirer)
    access.ask(actor=inquirer, question=question(resident, purpose=TENDER, case_ref=case.ref), at=NOW)
    long_after = NOW + timedelta(days=WAITING_DAYS + 1)
    watch(day=long_after.date(), at=long_after)
    mine = [one for one in reviews(supervisor, inquirer, at=long_after) if one.rule is WatchRule.NO_DECISION]
    assert [one.case_ref for one in mine] == [case.ref]
    other = make_case(inquirer)
    access.ask(actor=inquirer, question=question(resident, purpose=TENDER, case_ref=other.ref), at=NOW)
    access.close_case(actor=inquirer, uid=other.uid, at=NOW, reason="已准予")
    watch(day=long_after.date(), at=long_after)
    mine = [one for one in reviews(supervisor, inquirer, at=long_after) if one.rule is WatchRule.NO_DECISION]
    assert [one.case_ref for one in mine] == [case.ref]


def test_the_nightly_job_watches_the_day_that_is_over(resident: Resident, inquirer: Actor, supervisor: Actor) -> None:
    look_often(inquirer, resident)
    with clock.set_for_tests(TOMORROW):
        assert jobs.known_jobs()["access.watch_operators"].every
        jobs.known_jobs()["access.watch_operators"].run()
    assert len(reviews(supervisor, inquirer)) == 1


def test_many_looks_at_night_are_counted_in_the_database_and_a_few_are_listed(
    court: OrganisationView, supervisor: Actor
) -> None:
    """However much a machine asks, the rules read counts by hour, and a review lists no more than it may."""
    busy, persons = make_inquirer(organisation=make_organisation(kind="fiscal")), [uuid4() for _ in range(3)]
    night = NOW + timedelta(hours=14)
    OperatorLook.objects.using("owner").bulk_create(
        OperatorLook(
            id=uuid4(), at=night + timedelta(seconds=second), organisation_id=busy.organisation_id,
            official_id=busy.official_id, purpose=TENDER, outcome="shown", person_id=persons[second % 3], look_uid=uuid4(),
        )
        for second in range(MOST_LISTED + 100)
    )  # fmt: skip
    watch(day=date(2026, 6, 2), at=NOW + timedelta(days=2))
    found = {one.rule: one for one in reviews(supervisor, busy, at=NOW + timedelta(days=2))}
    assert set(found) == {WatchRule.VOLUME, WatchRule.HOURS, WatchRule.SAME_PERSON}
    assert found[WatchRule.VOLUME].figures == {"looks": MOST_LISTED + 100, "usual": 0}
    assert found[WatchRule.HOURS].figures == {"looks": MOST_LISTED + 100, "before": 0, "of": 0}
    assert found[WatchRule.VOLUME].about == MOST_LISTED


def test_what_operators_asked_is_closed_to_pages_and_ends(resident: Resident, inquirer: Actor) -> None:
    look_often(inquirer, resident, 1)
    with no_person():
        assert OperatorLook.objects.count() == 0
    kept = OperatorLook.objects.using("owner").filter(person_id=resident.person_id)
    assert kept.count() == 1
    sweep = {"actor": actors.system("access.sweep_operator_looks"), "reason": "ninety_days_over"}
    access.sweep_operator_looks(at=NOW + timedelta(days=KEPT_DAYS), **sweep)  # type: ignore[arg-type]
    assert kept.count() == 1
    access.sweep_operator_looks(at=NOW + timedelta(days=KEPT_DAYS, seconds=1), **sweep)  # type: ignore[arg-type]
    assert kept.count() == 0
    with as_person(resident.person_id):
        assert len(access.looks_of(resident.person_id, at=NOW, own=False)) == 1, "the person's own log keeps it"


def test_an_erased_person_is_gone_from_it(resident: Resident, inquirer: Actor) -> None:
    look_often(inquirer, resident, 1)
    with in_transaction():
        forget_person_asked_about(resident.person_id)
    assert not OperatorLook.objects.using("owner").filter(person_id=resident.person_id).exists()


def test_every_look_of_an_operator_stands_on_the_operators_side_too(resident: Resident, inquirer: Actor) -> None:
    """Answered or not: what is not there is not watched."""
    case = make_case(inquirer)
    for ref in (case.ref, "no such case"):
        access.ask(actor=inquirer, question=question(resident, purpose=TENDER, case_ref=ref), at=NOW)
    kept = OperatorLook.objects.using("owner").filter(person_id=resident.person_id).order_by("case_ref")
    with as_person(resident.person_id):
        looks = access.looks_of(resident.person_id, at=NOW, own=False)
    assert {(one.look_uid, one.outcome) for one in kept} == {(one.uid, one.outcome) for one in looks}
    assert len(looks) == 2
