"""What somebody means who does not come by web: an entry by the number of its decision, a look by its office and its day.

Where that names none, or one of several, it is chosen afterwards from what may be meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import FieldRole
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.records import facade as records
from chengxin.records.terms import EntryView, Status
from chengxin.remedies import models
from chengxin.remedies.actions.facts import GONE, entry_of
from chengxin.remedies.terms.appeals import APPEAL
from chengxin.remedies.terms.cases import OF_A_LOOK, About, AboutKind, Deed
from chengxin.remedies.terms.desks import Brought, Meant
from chengxin.remedies.terms.objections import OBJECTION
from chengxin.remedies.terms.repairs import REPAIR
from chengxin.remedies.terms.wishes import MORE_TIME

OF_ADVERSE: Final = frozenset({flow.code for flow in (OBJECTION, REPAIR, MORE_TIME, APPEAL)})
"""What is asked for of an adverse entry, so that no number is needed where its person has one and no more."""
IN_USE: Final = frozenset(
    {
        Status.IN_FORCE,
        Status.OBJECTED,
        Status.FROZEN,
        Status.APPEALED,
        Status.NOT_FINAL,
        Status.UNSERVED,
        Status.UNCONFIRMED,
    }
)
MOST_LOOKS: Final = 50
"""As many as are chosen from; an older one is named by its office and its day."""
OF_NOTHING_HELD: Final = frozenset({AboutKind.DEMAND, AboutKind.OFFICE})


def what_is_meant(person_id: UUID, brought: Brought, at: datetime) -> About | None:
    """What it is about. An objection whose thing is not found is about one that is still to be found; of all else None, as
    nobody can answer it before. The person must be set."""
    kind = brought.about
    if kind in OF_NOTHING_HELD:
        return About(kind)
    found = _look(person_id, brought, at) if kind in OF_A_LOOK else _entry(person_id, brought, at)
    return None if found is None and brought.workflow != OBJECTION.code else About(kind, found)


def _entry(person_id: UUID, brought: Brought, at: datetime) -> UUID | None:
    """The entry that rests on the decision, or the only adverse one. A number that finds nothing may be another office's:
    nothing is taken for it."""
    wanted = plain(brought.decision)
    held = [
        one for one in records.entries_with_any_status(person_id, shown_at=at, known_at=at) if one.status not in GONE
    ]
    if wanted:
        numbered = [one for one in held if plain(number_of(one, at)) == wanted]
        if brought.workflow == MORE_TIME.code:
            # what nobody decided against somebody has no term that could be longer
            numbered = [one for one in numbered if is_adverse(one, at)]
        return max(numbered, key=_version).uid if numbered else None
    if brought.workflow not in OF_ADVERSE:
        return None
    adverse = {one.uid for one in held if is_adverse(one, at)}
    return adverse.pop() if len(adverse) == 1 else None


def _look(person_id: UUID, brought: Brought, at: datetime) -> UUID | None:
    """The only look by the office that is named, on the day where one is; None where there is none, or several."""
    named = {
        one.id
        for one in offices.organisations(closed=True)
        if plain(brought.by) in {plain(one.name_zh), plain(one.name_en)}
    }
    looks = [
        one.uid
        for one in access.looks_of(person_id, at=at, own=False)
        if one.organisation_id in named and brought.seen_on in {None, shanghai_day(one.at)}
    ]
    return looks[0] if len(looks) == 1 else None


@dataclass(frozen=True, slots=True)
class Found:
    """What a case turned out to be about, and the batch that brought it."""

    about: About
    batch_id: UUID | None = None


def found_as(row: models.Case, deed: Deed, at: datetime) -> Found:
    """The entry or the look that was chosen, of those that may be meant. Raises NotFound. The person must be set."""
    kind = AboutKind(row.about_kind)
    if deed.found is None or deed.found not in {one.uid for one in all_meant(row, at)}:
        raise NotFound(thing="meant")
    if kind in OF_A_LOOK:
        whose = access.looker_of(row.person_id, deed.found, at=at)
        return Found(About(kind, deed.found, supplier=whose[0] if whose else None))
    entry = entry_of(row.person_id, deed.found, at)
    assert entry is not None
    return Found(About(kind, entry.uid, entry.version, entry.item, entry.supplier), entry.batch_id)


def all_meant(row: models.Case, at: datetime) -> tuple[Meant, ...]:
    """What a case may be about, the newest first: no more than is in use, or looked, today, and nothing that an open case of the
    same kind is about already. What has ended is named by its person, by its number."""
    taken = set(
        models.Case.objects.filter(
            person_id=row.person_id, workflow=row.workflow, closed_at__isnull=True, about_uid__isnull=False
        ).values_list("about_uid", flat=True)
    )
    if AboutKind(row.about_kind) in OF_A_LOOK:
        looks = access.looks_of(row.person_id, at=at, own=False, limit=MOST_LOOKS)
        found = [Meant(one.uid, one.organisation_id, at=one.at) for one in looks]
    else:
        newest = {one.uid: one for one in sorted(in_use(row.person_id, at), key=_version)}
        found = [
            Meant(one.uid, one.supplier, one.item, number_of(one, at), one.decided_on)
            for one in sorted(newest.values(), key=lambda one: one.decided_on, reverse=True)
        ]
    return tuple(one for one in found if one.uid not in taken)


def in_use(person_id: UUID, at: datetime) -> list[EntryView]:
    """The entries that count today, or wait to. The person must be set."""
    held = records.entries_with_any_status(person_id, shown_at=at, known_at=at)
    return [one for one in held if one.status in IN_USE]


def is_adverse(entry: EntryView, at: datetime) -> bool:
    """Whether it is against its person, by today's edition."""
    item = catalogue.item(entry.item, shanghai_day(at))
    return item is not None and item.is_adverse


def number_of(entry: EntryView, at: datetime) -> str:
    """The number of the decision it rests on; empty where it bears none."""
    item = catalogue.item(entry.item, shanghai_day(at))
    spec = item.field_of(FieldRole.DECISION_NUMBER) if item else None
    return str(entry.content.get(spec.code, "")) if spec else ""


def plain(name: str) -> str:
    """A number or a name as it is compared: brackets of any kind alike, no blanks."""
    return "".join(name.translate(_ALIKE).split()).casefold()


def _version(entry: EntryView) -> int:
    return entry.version


_ALIKE: Final = str.maketrans("（）〔〕【】[]", "()()()()")
