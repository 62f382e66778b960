"""Who acts for whom in the city: an old woman's neighbour, by a code; a child's father, noted at the counter by two officials."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from chengxin.access import facade as access
from chengxin.doors.demo.casting import signed_in
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.founding import WHY, Staff
from chengxin.kernel.days import shanghai_day
from chengxin.persons import facade as persons
from chengxin.persons.terms import MandateKind, Proof, Scope

HELPED, NEIGHBOUR = "helped", "not_final"
CHILD, FATHER = "child", "repaired"
COUNTER: Final = ("identity", "identity_second")
"""Who notes it, and who types the same from the papers."""
_A_WHILE: Final = timedelta(days=180)


def let_others_act(staff: Staff, at: datetime) -> None:
    """Each as they would: by the person's own code, and by two officials at the counter."""
    code = persons.offer_mandate(
        actor=signed_in(HELPED, at),
        scopes=frozenset({Scope.READ, Scope.REMEDIES}),
        ends_on=shanghai_day(at) + _A_WHILE,
        at=at,
        reason=WHY,
    )
    persons.accept_mandate(actor=signed_in(NEIGHBOUR, at), code=code, at=at, reason=WHY)
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
