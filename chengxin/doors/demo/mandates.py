"""Who acts for whom in the city: an old woman's neighbour, by a code; a child's father, noted at the counter by two officials."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from chengxin.access import facade as access
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.founding import WHY, Staff
from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance, MandateKind, Proof, Scope

HELPED, NEIGHBOUR = "helped", "not_final"
CHILD, FATHER = "child", "repaired"
COUNTER: Final = ("identity", "identity_second")
"""Who notes it, and who types the same from the papers."""
_A_WHILE: Final = timedelta(days=180)


def let_others_act(staff: Staff, at: datetime) -> None:
    """Each as they would: by the person's own code, and by two officials at the counter."""
    code = persons.offer_mandate(
        actor=_signed_in(HELPED, at),
        scopes=frozenset({Scope.READ, Scope.REMEDIES}),
        ends_on=shanghai_day(at) + _A_WHILE,
        at=at,
        reason=WHY,
    )
    persons.accept_mandate(actor=_signed_in(NEIGHBOUR, at), code=code, at=at, reason=WHY)
    for login in COUNTER:
        access.note_mandate(
            actor=staff.acting(login, at),
            principal=_seen(CHILD),
            holder=_seen(FATHER),
            kind=MandateKind.PARENT,
            scopes=frozenset(Scope),
            ends_on=None,
            proof=Proof.BIRTH_CERTIFICATE,
            proof_number="演示0001",
            at=at,
            reason="双方持证件原件到窗口 / both came with their documents",
        )


def _seen(key: str) -> persons.Named:
    """One of the cast at a counter, with their document."""
    citizen = cast.citizen(cast.resident(key))
    return persons.Named(citizen.kind, citizen.number, citizen.name)


def _signed_in(key: str, at: datetime) -> Actor:
    """One of the cast with an account of theirs, made where there is none yet."""
    citizen, door = cast.citizen(cast.resident(key)), actors.system("demo")
    person_id = persons.person_for_verified_identity(
        kind=citizen.kind, number=citizen.number, name=citizen.name, assurance=Assurance.HIGH, source="demonstration",
        actor=door, at=at,
    )  # fmt: skip
    with as_person(person_id):
        known = persons.accounts_of(person_id)
    if known:
        return Actor(kind="person", account_id=known[0], person_id=person_id)
    account = Account.objects.create_user(f"resident-{secrets.token_hex(6)}", kind="resident")
    persons.link_account(
        account_id=account.id, person_id=person_id, assurance=Assurance.HIGH, actor=door, at=at, reason=WHY
    )
    return Actor(kind="person", account_id=account.id, person_id=person_id)
