"""Who asks, read at each question: it says the same as the rules, and each change works at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import read
from chengxin.foundation.models import Account, Journal
from chengxin.kernel.days import day_starts_at
from chengxin.kernel.decisions import ALLOWED
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.models import Official, Organisation
from chengxin.offices.terms import Permission, Reason, Role, Tier
from tests.making import (
    WHY,
    client_actor,
    heads,
    make_asker,
    make_client,
    make_inquirer,
    make_official,
    make_organisation,
    mandate_of,
    official_of,
)
from tests.people import NOW, invented_identity, of_a_region_that_exists
from tests.rooms.offices.acting import TODAY, refused

YEAR_END = day_starts_at(TODAY + timedelta(days=366))


def supervisor() -> Actor:
    return make_official(role=Role.ACCESS_SUPERVISOR)


def suspend(at: datetime = NOW, **of: UUID | None) -> None:
    offices.suspend_access(
        actor=supervisor(), **of, ends_at=at + timedelta(days=30), notice="越权查询", at=at, reason=WHY
    )


def test_an_inquirer_as_the_decision_is_told_of_them() -> None:
    document = ("01", invented_identity()[0])
    bank = make_asker()
    standing = offices.asker_standing(make_inquirer(organisation=bank, document=document), NOW)
    assert (standing.organisation_id, standing.org_code, standing.org_kind) == (bank.id, bank.org_code, "bank")
    assert standing.is_active
    assert not standing.is_suspended
    assert standing.official
    assert standing.in_office
    assert standing.trained_until == YEAR_END
    assert standing.own_document == offices.own_document_mark(*document)


def test_a_machine_as_the_decision_is_told_of_it() -> None:
    client = make_client()
    standing = offices.asker_standing(client_actor(client), NOW)
    assert standing.organisation_id == client.organisation_id
    assert (standing.official, standing.in_office, standing.trained_until, standing.own_document) == (
        False, True, None, None,
    )  # fmt: skip


def test_it_takes_one_statement() -> None:
    for actor in (make_inquirer(), client_actor(make_client())):
        with CaptureQueriesContext(connection) as beside_it:
            assert read(offices.standing_of(actor, NOW)) == offices.asker_standing(actor, NOW)
        assert not len(beside_it)


def test_nobody_else_is_an_asker() -> None:
    client = make_client()
    elsewhere = Actor(kind="client", organisation_id=make_asker().id, client_id=client.id)
    unknown = Actor(kind="official", official_id=uuid4(), organisation_id=client.organisation_id, role="inquirer")
    for actor in (actors.system("job"), Actor(kind="person", person_id=uuid4()), elsewhere, unknown):
        assert refused(lambda actor=actor: offices.asker_standing(actor, NOW)) == Reason.NOT_AN_ASKER  # type: ignore[misc]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_asks_where_the_table_lets_it_look_up(role: Role) -> None:
    actor = make_official(role=role)
    allowed = offices.may(actor, Permission.LOOK_UP, NOW) == ALLOWED
    assert offices.asker_standing(actor, NOW).in_office is allowed is (role is Role.INQUIRER)


def _account_closed(actor: Actor) -> None:
    Account.objects.filter(id=official_of(actor).account_id).update(is_active=False)


def _dismissed(actor: Actor) -> None:
    offices.dismiss_official(actor=heads()[0], official_id=official_of(actor).id, at=NOW, reason=WHY)


def _mandate_suspended(actor: Actor) -> None:
    offices.suspend_mandate(actor=heads()[0], mandate_uid=mandate_of(actor).uid, at=NOW, reason=WHY)


def _mandate_ended(actor: Actor) -> None:
    offices.end_mandate(actor=heads()[0], mandate_uid=mandate_of(actor).uid, at=NOW, reason=WHY)


def _organisation_closed(actor: Actor) -> None:
    Organisation.objects.filter(id=actor.organisation_id).update(is_active=False, closed_at=NOW, closed_by=uuid4())


def _suspended(actor: Actor) -> None:
    suspend(official_id=actor.official_id)


@pytest.mark.parametrize(
    "stop", [_account_closed, _dismissed, _mandate_suspended, _mandate_ended, _organisation_closed, _suspended]
)
def test_what_stops_an_inquirer_stops_them_at_the_next_question(stop: Callable[[Actor], None]) -> None:
    actor = make_inquirer()
    assert offices.asker_standing(actor, NOW).in_office
    assert offices.may(actor, Permission.LOOK_UP, NOW) == ALLOWED
    stop(actor)
    assert not offices.asker_standing(actor, NOW).in_office
    assert offices.may(actor, Permission.LOOK_UP, NOW) != ALLOWED


def test_the_calendar_says_the_same_as_the_rules_on_every_day_that_matters() -> None:
    actor = make_inquirer()
    row = mandate_of(actor)
    assert row.reapproval_due_on is not None
    for day in (row.starts_on, row.reapproval_due_on, row.ends_on):
        for at in (day_starts_at(day) + timedelta(seconds=n) for n in (-1, 0, 86_399, 86_400)):
            expected = offices.may(actor, Permission.LOOK_UP, at) == ALLOWED
            assert offices.asker_standing(actor, at).in_office is expected, at


def test_a_suspended_organisation_is_told_apart_and_stops_its_inquirers_and_machines() -> None:
    bank = make_asker()
    actor, client = make_inquirer(organisation=bank), make_client(organisation=bank)
    other = make_inquirer()
    suspend(organisation_id=bank.id)
    assert offices.asker_standing(actor, NOW).is_suspended
    assert offices.asker_standing(client_actor(client), NOW).is_suspended
    assert refused(lambda: offices.require_permission(actor, Permission.LOOK_UP, NOW)) == Reason.ACCESS_SUSPENDED
    assert not offices.asker_standing(other, NOW).is_suspended
    after = NOW + timedelta(days=30)
    assert not offices.asker_standing(actor, after).is_suspended
    assert offices.may(actor, Permission.LOOK_UP, after) == ALLOWED


def test_a_machine_is_stopped_by_its_end_its_days_and_its_suspension() -> None:
    ended, stopped, supplier = make_client(), make_client(), make_organisation()
    supplies = make_client(organisation=supplier, may_ask=False, may_supply=True)
    offices.end_client(actor=heads()[0], client_uid=ended.uid, at=NOW, reason=WHY)
    suspend(client_id=stopped.id)
    for client in (ended, stopped, supplies):
        assert not offices.asker_standing(client_actor(client), NOW).in_office
    runs = make_client()
    for day, works in ((-1, False), (0, True), (365, True), (366, False)):
        assert offices.asker_standing(client_actor(runs), NOW + timedelta(days=day)).in_office is works, day


def test_training_is_the_last_that_was_passed_by_then() -> None:
    actor = make_inquirer(trained=False)
    assert offices.asker_standing(actor, NOW).trained_until is None
    for days in (10, 300):
        offices.record_training(
            actor=heads()[0], official_id=official_of(actor).id, course=f"第 {days} 课", passed_on=TODAY,
            valid_until=TODAY + timedelta(days=days), at=NOW, reason=WHY,
        )  # fmt: skip
    assert offices.asker_standing(actor, NOW).trained_until == day_starts_at(TODAY + timedelta(days=301))
    assert offices.asker_standing(actor, NOW - timedelta(days=1)).trained_until is None
    told = offices.trainings_of(actor, official_of(actor).id, NOW)
    assert {(one.course, one.counts) for one in told} == {("第 10 课", True), ("第 300 课", True)}


def test_a_training_is_recorded_once_by_another_in_reach() -> None:
    first, second = heads()

    def record(by: Actor, of: Official) -> object:
        return offices.record_training(
            actor=by, official_id=of.id, course="查询培训", passed_on=TODAY, valid_until=TODAY, at=NOW, reason=WHY
        )

    inquirer = official_of(make_inquirer(trained=False))
    record(first, inquirer)
    assert refused(lambda: record(second, inquirer)) == Reason.TRAINING_KNOWN
    assert refused(lambda: record(first, official_of(first))) == Reason.OWN_TRAINING
    assert refused(lambda: record(make_inquirer(), inquirer)) == Reason.PERMISSION_MISSING
    district_head = make_official(
        role=Role.OFFICE_HEAD, organisation=make_organisation(tier=Tier.DISTRICT, kind="government")
    )
    assert refused(lambda: record(district_head, inquirer)) == Reason.OUT_OF_REACH
    assert Journal.objects.filter(act="record_training", thing_uid=inquirer.uid).count() == 1


def test_an_own_document_is_kept_as_a_mark_alone() -> None:
    number, _ = invented_identity()
    actor = make_inquirer()
    official = official_of(actor)

    def record(by: Actor, typed: str, of: Official = official) -> object:
        return offices.record_own_document(actor=by, official_id=of.id, kind="01", number=typed, at=NOW, reason=WHY)

    head = heads()[0]
    record(head, f" {number[:6]} {number[6:]} ")
    official.refresh_from_db()
    assert official.own_document is not None
    assert bytes(official.own_document) == offices.own_document_mark("01", number)
    assert number.encode() not in bytes(official.own_document)
    assert offices.own_document_mark("02", number) != offices.own_document_mark("01", number)
    assert refused(lambda: record(head, number, official_of(head))) == Reason.OWN_DOCUMENT_BY_ANOTHER
    assert refused(lambda: record(actor, number)) == Reason.PERMISSION_MISSING
    assert refused(lambda: record(head, number[:-1])) == "number_wrong_length"
    assert refused(lambda: record(head, f"11{number[2:]}")) == "number_wrong_check_digit"
    assert offices.official_for(head, official.uid, NOW).document_known
    journalled = Journal.objects.filter(act="record_own_document", thing_uid=official.uid)
    assert not [row for row in journalled if number in row.reason]


def test_a_number_that_may_be_somebodys_is_refused_in_practice() -> None:
    number = of_a_region_that_exists(invented_identity()[0])
    official = official_of(make_inquirer())
    with pytest.raises(Refusal) as refusal:
        offices.record_own_document(
            actor=heads()[0], official_id=official.id, kind="01", number=number, at=NOW, reason=WHY
        )
    assert refusal.value.refused.reason == "number_not_of_practice"
