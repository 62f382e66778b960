"""Every way in which something of an entry leaves the platform, by name: a new one registers here, and is asked like the others.

Each tells one thing of an entry at a moment: its status where it says one, else whether it is told there at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered
from chengxin.catalogue.terms import Operation
from chengxin.doors.wording import Language
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction, see_persons
from chengxin.records import facade as records
from chengxin.records.terms import Audience, Status
from tests.asking import question
from tests.doors.signing import signed_in
from tests.residents import Resident

ZH: Final[Language] = "zh"


@dataclass(frozen=True)
class Told:
    """Whose entry it is, by which words it is known on paper, who supplied it, and who asks with the person's consent."""

    resident: Resident
    uid: UUID
    number: str
    fact: str
    supplier: UUID
    bank: Actor


def _pages(told: Told, address: str, at: datetime) -> str:
    with clock.set_for_tests(at):
        answer = signed_in(told.resident.account).get(address)
    return answer.content.decode()


def page(told: Told, at: datetime) -> bool:
    return told.number in _pages(told, "/my/record/", at)


def page_of_one(told: Told, at: datetime) -> bool:
    return told.number in _pages(told, f"/my/record/{told.uid}/", at)


def page_to_print(told: Told, at: datetime) -> bool:
    return told.number in _pages(told, "/my/record/print/", at)


def file_to_carry_away(told: Told, at: datetime) -> Status | None:
    with clock.set_for_tests(at):
        entries = signed_in(told.resident.account).get("/my/record/download/").json()["file"]["entries"]
    return next((Status(one["status"]) for one in entries if one["uid"] == str(told.uid)), None)


def as_of(told: Told, at: datetime) -> bool:
    actor, person_id = told.resident.someone.actor, told.resident.person_id
    found = access.own_file_as_of(actor=actor, person_id=person_id, shown_at=at, known_at=at, at=at)
    return str(told.uid) in found.decode()


def own_now(told: Told, at: datetime) -> bool:
    own = access.own_file(actor=told.resident.someone.actor, person_id=told.resident.person_id, at=at)
    return told.uid in {one.uid for one in own.now}


def own_held(told: Told, at: datetime) -> bool:
    own = access.own_file(actor=told.resident.someone.actor, person_id=told.resident.person_id, at=at)
    return told.uid in {one.uid for one in own.held}


def what_consent_would_show(told: Told, at: datetime) -> bool:
    found = access.what_askers_see(actor=told.resident.someone.actor, person_id=told.resident.person_id, at=at)
    return told.uid in {one.uid for one in found}


def look_up(told: Told, at: datetime) -> bool:
    answer = access.ask(actor=told.bank, question=question(told.resident), at=at)
    # an asker to whom nothing can be told is not told why (F13)
    return isinstance(answer, Answered) and any(told.fact in one.fields.values() for one in answer.entries)


def batch(told: Told, at: datetime) -> bool:
    (answer,) = access.ask_many(
        actor=told.bank, questions=[question(told.resident, operation=Operation.LOOK_UP)], at=at
    )
    # an asker to whom nothing can be told is not told why (F13)
    return isinstance(answer, Answered) and any(told.fact in one.fields.values() for one in answer.entries)


def sealed_for_askers(told: Told, at: datetime) -> bool:
    person = told.resident.person_id
    with in_transaction():
        see_persons([person])
        found = records.shown_to_askers({person: [told.supplier]}, items=["penalty"], at=at)
    return told.uid in {one.uid for one in found.get(person, [])}


def _for(audience: Audience) -> Callable[[Told, datetime], bool]:
    def told_to(told: Told, at: datetime) -> bool:
        named = {"supplier": told.supplier} if audience is Audience.SUPPLIER else {}
        with as_person(told.resident.person_id):
            found = records.entries_for(told.resident.person_id, audience, at=at, **named)
        return told.uid in {one.uid for one in found}

    return told_to


ALWAYS_THEIRS: Final[Mapping[str, Callable[[Told, datetime], bool]]] = {
    "page": page,
    "page of one": page_of_one,
    "page to print": page_to_print,
    "as of": as_of,
}
"""The person's own, now or held: whatever is still kept is told there."""

BY_AUDIENCE: Final[Mapping[str, tuple[Audience, Callable[[Told, datetime], bool]]]] = {
    "own file, now": (Audience.SUBJECT_NOW, own_now),
    "own file, held": (Audience.SUBJECT_HELD, own_held),
    "what a consent would show": (Audience.ASKER, what_consent_would_show),
    "look-up": (Audience.ASKER, look_up),
    "batch": (Audience.ASKER, batch),
    "entries to be opened for askers": (Audience.ASKER, sealed_for_askers),
    "asker": (Audience.ASKER, _for(Audience.ASKER)),
    "supplier": (Audience.SUPPLIER, _for(Audience.SUPPLIER)),
    "public": (Audience.PUBLIC, _for(Audience.PUBLIC)),
    "archive": (Audience.ARCHIVE, _for(Audience.ARCHIVE)),
}
"""Outputs with the audience whose column of the matrix says what they tell."""
