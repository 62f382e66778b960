"""Mandates for tests: who may act for whom, made the way the product makes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.persons import facade as persons
from chengxin.persons.terms import MandateKind, MandateView, Proof, Scope
from tests.people import NOW, Someone, invented_identity, make_person

ALL = frozenset(Scope)
BIRTHDAY = date(2026, 9, 10)
"""Of the child that `make_child` makes: 18 on this day."""


def make_child() -> Someone:
    """Somebody of 17, who comes of age on `BIRTHDAY`."""
    number, name = invented_identity(BIRTHDAY.replace(year=BIRTHDAY.year - 18))
    return make_person(identity=(number, name))


def official() -> Actor:
    """Somebody at a counter, for rules that ask no office."""
    return Actor(kind="official", official_id=uuid4(), organisation_id=uuid4(), account_id=uuid4(), role="clerk")


def named(someone: Someone) -> persons.Named:
    return persons.Named("01", someone.number, someone.name)


def help_by_code(
    principal: Actor, holder: Actor, *, scopes: frozenset[Scope] = ALL, days: int = 30, at: datetime = NOW
) -> MandateView:
    """The person hands a code on, and the helper agrees."""
    code = persons.offer_mandate(
        actor=principal, scopes=scopes, ends_on=shanghai_day(at) + timedelta(days=days), at=at, reason="own_wish"
    )
    return persons.accept_mandate(actor=holder, code=code, at=at, reason="own_wish")


def note(principal: Someone, holder: Someone, *, by: Actor, at: datetime = NOW, **other: object) -> persons.Noted:
    """A parent's mandate, as one official types it from the papers."""
    given = {
        "kind": MandateKind.PARENT, "scopes": frozenset({Scope.READ, Scope.REMEDIES}), "ends_on": None,
        "proof": Proof.BIRTH_CERTIFICATE, "proof_number": "出生0001", **other,
    }  # fmt: skip
    return persons.note_mandate(
        actor=by,
        principal=named(principal),
        holder=named(holder),
        at=at,
        reason="both came",
        **given,  # type: ignore[arg-type]
    )


def acting(holder: Actor, uid: UUID, *, at: datetime = NOW) -> Actor:
    """The holder, as every request of theirs has them while they act for the other."""
    found = persons.acting_for(holder.person_id, uid, at=at) if holder.person_id else None
    assert isinstance(found, tuple)
    return Actor(
        kind="person",
        account_id=holder.account_id,
        person_id=holder.person_id,
        role=found[1].kind.value,
        mandate=found[0],
    )
