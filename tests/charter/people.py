"""People with something to find: what stands about them, so that an attack can be seen to succeed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse

from chengxin.access import facade as access
from chengxin.access.terms import LookView
from chengxin.doors.entrance import Who
from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Account
from chengxin.foundation.outbox import notices_of
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance, ContactKind
from chengxin.records import facade as records
from chengxin.records.terms import Audience, EntryView
from tests.charter.routes import routes
from tests.doors.signing import signed_in
from tests.making import make_account
from tests.people import NOW
from tests.rooms.collection.making import Decision, Supplier, hand_in, make_decision, person_of

NAMED = {"token": "nobodys-link", "step": "words", "act": "take_back", "flow": "complaint", "n": 1}
"""What stands for the parameters of a person's address that name no entry, letter or case."""
FACTS = "在集市出售未经检疫的腊肉一批，货值八百元。"


@dataclass(frozen=True)
class Target:
    """Somebody whose penalty came in through the real intake, with an account of their own."""

    decision: Decision
    person_id: UUID
    account: Account
    email: str

    @property
    def actor(self) -> Actor:
        """The person at their own pages."""
        return Actor(kind="person", account_id=self.account.id, person_id=self.person_id)

    @property
    def secrets(self) -> list[str]:
        """Whatever of this tells somebody something."""
        one = self.decision
        return [one.name, one.document, one.number, one.facts, self.email, str(self.person_id)]

    def told_by(self, text: str, *, but: Sequence[str] = ()) -> list[str]:
        """Which of them stand in a text."""
        return [secret for secret in self.secrets if secret in text and secret not in but]

    def entries(self, at: datetime = NOW) -> list[EntryView]:
        """Every version of everything, by the facade."""
        with as_person(self.person_id):
            return records.entries_with_any_status(self.person_id, shown_at=at, known_at=at)

    @property
    def uid(self) -> UUID:
        """Public uid of the first entry."""
        return self.entries()[0].uid

    @property
    def letter(self) -> UUID:
        """Public uid of the newest letter."""
        with as_person(self.person_id):
            return notices_of(self.person_id)[0].uid

    def looks(self) -> list[LookView]:
        """Who looked, newest first."""
        with as_person(self.person_id):
            return access.looks_of(self.person_id, at=NOW, limit=10_000)


def pages_of(target: Target) -> Iterator[tuple[str, HttpResponse]]:
    """Every page of their own, opened: its pattern, and the answer."""
    client = signed_in(target.account)
    for route in routes():
        if route.entrance.who is Who.RESIDENT:
            uid = target.letter if route.pattern.startswith("my/letters/") else target.uid
            yield route.pattern, client.get(route.address({"uid": uid, **NAMED}))


def make_target(supplier: Supplier, number: int, *, at: datetime = NOW) -> Target:
    """A new one; ``number`` parts them by their facts and address."""
    decision = make_decision(supplier, facts=f"{FACTS[:-1]}，第{number}批。")
    hand_in(supplier, decision, at=at)
    target = Target(decision, person_of(decision), make_account(kind="resident"), f"someone{number}@mail.example")
    persons.link_account(
        account_id=target.account.id,
        person_id=target.person_id,
        assurance=Assurance.COUNTER,
        actor=actors.system("test"),
        at=at,
        reason="made for a test",
    )
    persons.set_contact(
        actor=target.actor,
        person_id=target.person_id,
        kind=ContactKind.EMAIL,
        address=target.email,
        at=at,
        reason="asked",
    )
    return target


def shown(person: UUID, audience: Audience, at: datetime) -> list[UUID]:
    """Public uids of the entries that an audience is shown at a moment."""
    with as_person(person):
        return [entry.uid for entry in records.entries_for(person, audience, at=at)]
