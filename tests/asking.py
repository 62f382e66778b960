"""Askers for tests: a bank's machine, a trained official with a case, and people who consent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from chengxin.access import facade as access
from chengxin.access.terms import LookView
from chengxin.access.terms.asking import OUTSIDE, Answered, CaseView, Question
from chengxin.access.terms.consent import Choice
from chengxin.catalogue.terms import Operation
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.offices import facade as offices
from chengxin.offices.models import Official
from chengxin.offices.terms import ClientView, OrganisationView, Role, Tier
from tests.entries import give_entry
from tests.making import WHY, heads, make_official, make_organisation
from tests.people import NOW, Someone, invented_identity
from tests.residents import Resident

LOAN = "credit_on_consent"
TENDER = "tender_review"
HERE = "https://credit.example"


def make_bank(*, at: datetime = NOW) -> OrganisationView:
    """A bank: it asks and supplies nothing."""
    return make_organisation(tier=Tier.ASKER, kind="bank", at=at)


def make_client(
    organisation: OrganisationView, *, public_key: bytes | None = None, may_supply: bool = False, at: datetime = NOW
) -> ClientView:
    """A machine of an organisation, registered by one head and approved by another."""
    first, second = heads(at=at)
    today = shanghai_day(at)
    client = offices.propose_client(
        actor=first,
        organisation_id=organisation.id,
        name=f"machine {uuid4().hex[:6]}",
        public_key=public_key,
        may_ask=True,
        may_supply=may_supply,
        starts_on=today,
        ends_on=today + timedelta(days=300),
        at=at,
        reason=WHY,
    )
    return offices.approve_client(actor=second, client_uid=client.uid, at=at, reason=WHY)


def machine_of(client: ClientView) -> Actor:
    """The actor that a machine is."""
    return Actor(kind="client", organisation_id=client.organisation_id, client_id=client.id, name=client.name)


def make_inquirer(organisation: OrganisationView, *, number: str = "", at: datetime = NOW) -> Actor:
    """An official who may look: mandate, training, own document on record."""
    actor = make_official(role=Role.INQUIRER, organisation=organisation, at=at)
    head = heads(at=at)[0]
    row = Official.objects.get(id=actor.official_id)
    today = shanghai_day(at)
    offices.record_training(
        actor=head, official_id=row.id, course="access", passed_on=today, valid_until=today + timedelta(days=300),
        at=at, reason=WHY,
    )  # fmt: skip
    offices.record_own_document(
        actor=head, official_id=row.id, kind="01", number=number or invented_identity()[0], at=at, reason=WHY
    )
    return actor


def make_case(actor: Actor, *, purpose: str = TENDER, persons_most: int = 3, at: datetime = NOW) -> CaseView:
    """An open case of the actor's office."""
    return access.open_case(
        actor=actor, ref=f"2026-{uuid4().hex[:8]}", purpose=purpose, persons_most=persons_most, at=at, reason=WHY
    )


def consented(
    resident: Resident,
    machine: Actor,
    *,
    purpose: str = LOAN,
    scope: dict[str, frozenset[str]] | None = None,
    once: bool = False,
    days: int = 10,
    at: datetime = NOW,
) -> None:
    """The person was asked by this machine's organisation and agreed, to all that was asked unless the test says what."""
    access.ask_consent(
        actor=machine, asker=access.asker_of(machine, at=at), kind="01", number=resident.someone.number,
        name=resident.someone.name, purpose=purpose, scope=None, at=at, reason=WHY,
    )  # fmt: skip
    with as_person(resident.person_id):
        asked = next(
            one
            for one in access.consents_of(resident.person_id)
            if one.answered_at is None and one.organisation_id == machine.organisation_id
        )
    access.give_consent(
        actor=resident.someone.actor,
        person_id=resident.person_id,
        uid=asked.uid,
        choice=Choice(asked.asked if scope is None else scope, once, None if once else at + timedelta(days=days)),
        address=HERE,
        at=at,
        reason=WHY,
    )


def question(
    who: Resident | Someone, *, purpose: str = LOAN, operation: Operation = Operation.LOOK_UP, **more: object
) -> Question:
    """A question about somebody by their number."""
    someone = who.someone if isinstance(who, Resident) else who
    return Question(purpose=purpose, operation=operation, kind="01", number=someone.number, **more)  # type: ignore[arg-type]


def put_on_the_courts_list(someone: Someone, *, supplier: OrganisationView) -> None:
    """A court's entry that askers may be told of."""
    give_entry(
        someone, item="court_defaulter", supplier=supplier.id, act_class=3, decided_on=date(2026, 1, 5),
        served_on=date(2026, 1, 6), final_on=date(2026, 1, 6), display_until=date(2028, 1, 5), retain_until=date(2031, 1, 5),
        content={"caseCode": "（2026）云01执1号", "courtName": "云川市人民法院", "CX_FYDM": supplier.org_code,
                 "publishDate": "2026-01-05", "disruptTypeName": "有履行能力而拒不履行", "duty": "还款"},
    )  # fmt: skip


SOON = NOW + timedelta(minutes=1)
NOTHING = Refused(OUTSIDE, "charter 5")
"""What an outside asker is told of whatever concerns the person."""


def ask(actor: Actor, asked: Question, at: datetime = SOON) -> Answered | Refused:
    """Put one question."""
    return access.ask(actor=actor, question=asked, at=at)


def looks(who: Resident | Someone) -> list[LookView]:
    """Questions asked about somebody, newest first."""
    with as_person(who.person_id):
        return [look for look in access.looks_of(who.person_id, at=NOW, own=False) if look.operation]
