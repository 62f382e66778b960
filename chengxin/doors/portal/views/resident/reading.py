"""What every page of a person's own starts with: who asks, what stands around their entries, and the look it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.terms import LookView, Purpose
from chengxin.doors.portal.presenters.look import LookLine, look_line, looked_lately
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.request import Request
from chengxin.foundation.actors import Actor
from chengxin.persons import facade as persons
from chengxin.records.terms import EntryView

LATELY = timedelta(days=30)
"""So far back goes the line "who looked" beside an entry; the page of looks goes back to the first."""


def person_of(request: Request) -> tuple[Actor, UUID]:
    """Who asks, and whose page it is: their own, or that of whom they act for. The page's entrance let nobody else in.

    The one place where it is decided whose file ``/my/`` is.
    """
    actor = request.actor
    assert actor is not None
    assert actor.subject_id is not None
    return actor, actor.subject_id


def surroundings_of(request: Request) -> Surroundings:
    """What the request's entries are shown with."""
    return Surroundings(at=request.at, language=request.language)


def note_reading(request: Request, what: str) -> None:
    """Leave the look of a page that shows personal data and no entry; ``what``: looks, letters, identity, contact."""
    actor, person_id = person_of(request)
    access.log_look(actor=actor, person_id=person_id, purpose=Purpose.OWN_FILE, fields=(what,), at=request.at)


def look_lines(request: Request, looks: list[LookView]) -> list[LookLine]:
    """Looks at this person's file in words, each with its reviews and with the law that delayed it."""
    _, person_id = person_of(request)
    offices = surroundings_of(request).offices_of(looks)
    reviews, seals, uses = access.reviews_of(person_id, request.at), access.seals_of(looks), access.uses_of(person_id)
    holders = _holders(person_id, looks, request)
    return [
        look_line(
            look,
            offices,
            request.language,
            reviews=reviews.get(look.uid, ()),
            seal=seals.get(look.uid),
            use=uses.get(look.uid),
            holders=holders,
        )
        for look in looks
    ]


def _holders(person_id: UUID, looks: list[LookView], request: Request) -> dict[str, str]:
    """Who holds the mandates by which these looks were taken."""
    if all(look.own or look.actor_kind != "person" for look in looks):
        return {}
    given = persons.mandates_given(person_id, at=request.at)
    return {str(one.uid): persons.name_of_person(one.holder) for one in given}


class Lately:
    """Who else looked at which entry lately, in one sentence an entry."""

    def __init__(self, request: Request, around: Surroundings) -> None:
        _, person_id = person_of(request)
        self._around = around
        self._looks = access.looks_by_entry(person_id, at=request.at, since=request.at - LATELY)
        self._offices = around.offices_of(look for looks in self._looks.values() for look in looks)

    def of(self, entry: EntryView) -> str:
        """The sentence of one entry."""
        return looked_lately(self._looks.get(entry.uid, []), self._offices, self._around.language)


def newest_only(entries: Iterable[EntryView], *, but: frozenset[UUID] = frozenset()) -> list[EntryView]:
    """Of each entry its newest version, in the order given; entries whose uid is in ``but`` are left out.

    Earlier versions stand on the page of their entry.
    """
    given = list(entries)
    newest: dict[UUID, int] = {}
    for entry in given:
        newest[entry.uid] = max(entry.version, newest.get(entry.uid, 0))
    return [entry for entry in given if entry.uid not in but and entry.version == newest[entry.uid]]


def looks_at_entry(request: Request, uid: UUID) -> list[LookView]:
    """Who else saw this entry, from the first look on, newest first."""
    _, person_id = person_of(request)
    return access.looks_by_entry(person_id, at=request.at).get(uid, [])
