"""What holds on a day: the national edition, narrowed and filled in its slots by the city's.

The merge is narrow by construction: a city edition approved under an older national edition can never widen a newer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from chengxin.catalogue.rules.narrow import apply_narrowing, narrowest, slot_excesses, widened
from chengxin.catalogue.rules.sharing import shares_with
from chengxin.catalogue.terms import Edition, Item, Level, MergedEdition, Operation, PurposeSpec


@dataclass(frozen=True)
class Dated:
    """An approved edition and its public id."""

    edition: Edition
    uid: UUID | None = None


@dataclass(frozen=True)
class Segment:
    """A stretch of days (until: first day after it, None for open) in which the same editions hold."""

    in_force_from: date
    in_force_until: date | None
    national: Dated
    city: Dated | None

    @property
    def merged(self) -> MergedEdition:
        """What holds in it."""
        return merge(self.national, self.city, self.in_force_from, self.in_force_until)


def merge(
    national: Dated, city: Dated | None, in_force_from: date | None = None, in_force_until: date | None = None
) -> MergedEdition:
    """Items of the national edition, each narrowed where the city narrows it, and the city's own in their slots."""
    items = dict(national.edition.items)
    if city is not None:
        for code, narrowing in city.edition.narrowings.items():
            upper = items.get(code)
            if upper is not None:
                lower = apply_narrowing(upper, narrowing)
                items[code] = lower if not widened(upper, lower) else narrowest(upper, lower)
        for code, item in _own(national.edition, city.edition):
            items.setdefault(code, item)
    return MergedEdition(
        national=national.edition,
        city=None if city is None else city.edition,
        items=items,
        purposes=_purposes(national.edition, None if city is None else city.edition, items),
        uid=(city or national).uid,
        in_force_from=in_force_from or national.edition.in_force_from,
        in_force_until=in_force_until,
    )


def _purposes(national: Edition, city: Edition | None, items: Mapping[str, Item]) -> dict[str, PurposeSpec]:
    """The national purposes less those the city drops, and the city's own, which rest on consent. Each keeps the items and
    fields that still exist and are still shared with it; one left with nothing to answer is gone."""
    own = {} if city is None else {code: one for code, one in city.purposes.items() if one.on_consent}
    dropped = () if city is None else city.purposes_dropped
    found = {}
    for code, purpose in (own | dict(national.purposes)).items():
        if code in dropped:
            continue
        kept = {
            name: fields & items[name].by_code.keys()
            for name, fields in purpose.items.items()
            if name in items and items[name].is_open and shares_with(items[name], purpose)
        }
        if kept or not purpose.items:
            found[code] = purpose if kept == purpose.items else _cut_back(purpose, kept)
    return found


def _cut_back(purpose: PurposeSpec, kept: Mapping[str, frozenset[str]]) -> PurposeSpec:
    """A question about an item that is no longer shared cannot be asked: half an answer would be a wrong one."""
    if all(code in kept for code in purpose.about):
        return replace(purpose, items=kept)
    return replace(
        purpose, items=kept, operations=purpose.operations - {Operation.CHECK}, question=None, rule=None, about=()
    )


def _own(national: Edition, city: Edition) -> Iterable[tuple[str, Item]]:
    taken: dict[str, int] = {}
    for code, item in city.items.items():
        slot = national.slots.get(item.slot or "")
        if slot is None or slot_excesses(slot, item):
            continue
        taken[slot.code] = taken.get(slot.code, 0) + 1
        if taken[slot.code] <= slot.most_items:
            yield code, item


def in_force(editions: Iterable[Dated], level: Level, day: date) -> Dated | None:
    """Of one level, the edition that began last among those in force on the day; the later approved wins a tie."""
    found: Dated | None = None
    for dated in editions:
        edition = dated.edition
        if edition.level is not level or edition.in_force_from > day:
            continue
        if edition.in_force_until is not None and edition.in_force_until <= day:
            continue
        if found is None or edition.in_force_from >= found.edition.in_force_from:
            found = dated
    return found


def merged_on(editions: Iterable[Dated], day: date) -> MergedEdition | None:
    """What holds on the day, or None where no national edition is in force: then nothing may be collected."""
    known = list(editions)
    national = in_force(known, Level.NATIONAL, day)
    return None if national is None else merge(national, in_force(known, Level.CITY, day))


def segments(editions: Iterable[Dated]) -> tuple[Segment, ...]:
    """The whole course of time as stretches without change, in order; days without a national edition are left out.

    `editions` in the order of their approval."""
    known = list(editions)
    turns = sorted(
        {turn for dated in known for turn in (dated.edition.in_force_from, dated.edition.in_force_until) if turn}
    )
    found: list[Segment] = []
    for place, start in enumerate(turns):
        end = turns[place + 1] if place + 1 < len(turns) else None
        national = in_force(known, Level.NATIONAL, start)
        if national is not None:
            found.append(Segment(start, end, national, in_force(known, Level.CITY, start)))
    return tuple(found)
