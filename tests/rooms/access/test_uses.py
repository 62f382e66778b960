"""Uses on PostgreSQL: what an asker decided on an answer stays with the person, who is told; nobody learns anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.access.models import Use
from chengxin.access.terms.asking import Answered
from chengxin.access.terms.reviews import LookUnknown
from chengxin.access.terms.uses import UseReport
from chengxin.foundation import actors, clock, journal, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.foundation.outbox import NoticeView
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices.terms import OrganisationView, Role
from tests.asking import ask, consented, machine_of, make_bank, make_case, make_client, put_on_the_courts_list, question
from tests.making import WHY, make_inquirer, make_official, make_organisation
from tests.people import NOW, invented_identity
from tests.residents import FOUNDED, Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier
from tests.sources import confirm_name

TODAY = shanghai_day(NOW)
DECISION = "云财采决〔2026〕7号"


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def bank(supplier: OrganisationView) -> Actor:
    return machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))


@pytest.fixture
def resident(supplier: OrganisationView) -> Resident:
    made = make_resident()
    give_penalty(made, supplier)
    return made


def answered(who: Resident, by: Actor) -> UUID:
    """The look of an answer that the person agreed to."""
    consented(who, by)
    answer = ask(by, question(who), at=NOW)
    assert isinstance(answer, Answered)
    return answer.look


def of(who: Resident, look: UUID, decision: str = DECISION, decided_on: date = TODAY) -> UseReport:
    return UseReport("01", who.someone.number, look, decision, decided_on)


def report(by: Actor, what: UseReport) -> UUID:
    return access.report_use(actor=by, report=what, at=NOW, reason=WHY)


def told(who: Resident) -> list[NoticeView]:
    with as_person(who.person_id):
        return [one for one in outbox.notices_of(who.person_id) if one.kind == access.USED_AGAINST]


def test_a_reported_use_stays_with_its_person_who_is_told(resident: Resident, bank: Actor) -> None:
    look = answered(resident, bank)
    uid = report(bank, of(resident, look, f" {DECISION} "))
    (notice,) = told(resident)
    with as_person(resident.person_id):
        use = access.uses_of(resident.person_id)[look]
        assert access.use_told(resident.person_id, notice.subject_id) == use
    assert (use.uid, use.decision, use.decided_on, use.organisation_id) == (uid, DECISION, TODAY, bank.organisation_id)
    assert use.look.uid == look
    assert use.entries, "it names the entries that were answered"
    row = Journal.objects.get(act="report_use", thing_uid=uid)
    assert row.organisation_id == bank.organisation_id


def test_of_one_answer_one_use_is_told(resident: Resident, bank: Actor) -> None:
    look = answered(resident, bank)
    report(bank, of(resident, look))
    with pytest.raises(access.UseReported):
        report(bank, of(resident, look, "云财采决〔2026〕8号"))
    assert len(told(resident)) == 1


def test_whoever_was_not_answered_learns_nothing_by_reporting(resident: Resident, bank: Actor) -> None:
    """A number of nobody, another person, another asker's look, a refusal and no look at all are told alike (F13)."""
    look, stranger = answered(resident, bank), make_resident()
    other = machine_of(make_client(make_bank()))
    assert not isinstance(ask(other, question(resident), at=NOW), Answered)
    with as_person(resident.person_id):
        refusal = next(
            one.uid
            for one in access.looks_of(resident.person_id, at=NOW)
            if one.organisation_id == other.organisation_id
        )
    tries = [
        (bank, replace(of(resident, look), number=invented_identity()[0])),
        (bank, of(stranger, look)),
        (other, of(resident, look)),
        (other, of(resident, refusal)),
        (bank, of(resident, uuid4())),
    ]
    for by, what in tries:
        with pytest.raises(LookUnknown):
            report(by, what)
    assert told(resident) == told(stranger) == []


@pytest.mark.parametrize(
    ("decision", "decided_on", "reason"),
    [
        ("  ", TODAY, "decision_number_missing"),
        ("七" * 101, TODAY, "decision_number_missing"),
        (DECISION, TODAY - timedelta(days=1), "decision_day_impossible"),
        (DECISION, TODAY + timedelta(days=1), "decision_day_impossible"),
    ],
)
def test_a_report_is_whole_and_its_day_lies_between_look_and_today(
    resident: Resident, bank: Actor, decision: str, decided_on: date, reason: str
) -> None:
    look = answered(resident, bank)
    with pytest.raises(Refusal, match=reason):
        report(bank, of(resident, look, decision, decided_on))


def test_a_decision_that_names_somebody_is_not_kept(resident: Resident, bank: Actor) -> None:
    look = answered(resident, bank)
    with pytest.raises(journal.ReasonNamesSomebody):
        report(bank, of(resident, look, resident.someone.number))


def test_officials_report_who_may_look(supplier: OrganisationView) -> None:
    listed = make_resident()
    confirm_name(listed.someone, supplier.id)
    put_on_the_courts_list(listed.someone, supplier=supplier)
    office = make_organisation(kind="fiscal")
    inquirer = make_inquirer(organisation=office)
    case = make_case(inquirer)
    answer = ask(inquirer, question(listed, purpose=case.purpose, case_ref=case.ref), at=NOW)
    assert isinstance(answer, Answered)
    with pytest.raises(Refusal):
        report(make_official(role=Role.CLERK, organisation=office), of(listed, answer.look))
    report(inquirer, of(listed, answer.look))
    assert len(told(listed)) == 1


@pytest.mark.parametrize("change", ["UPDATE access_use SET decision = 'x'", "DELETE FROM access_use"])
def test_nobody_rewrites_a_use(resident: Resident, bank: Actor, change: str) -> None:
    report(bank, of(resident, answered(resident, bank)))
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        as_person(resident.person_id),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(change)


def test_another_person_does_not_see_it(resident: Resident, bank: Actor) -> None:
    report(bank, of(resident, answered(resident, bank)))
    with as_person(make_resident().person_id):
        assert access.uses_of(resident.person_id) == {}


def test_uses_end_with_looks(resident: Resident, bank: Actor) -> None:
    young = report(bank, of(resident, answered(resident, bank)))
    row = Use.objects.using("owner").get(uid=young)
    old = NOW.replace(year=NOW.year - 10) - timedelta(days=1)
    row.pk, row.uid, row.look_uid, row.at = (row.person_id, new_id(old)), uuid4(), uuid4(), old
    with as_person(resident.person_id):
        row.save(using="default", force_insert=True)
    access.dispose_looks(actor=actors.system("dispose"), today=TODAY, at=NOW, reason="retention_ended")
    left = Use.objects.using("owner").filter(person_id=resident.person_id)
    assert [one.uid for one in left] == [young]
