"""What a person can do about an entry, each with its earliest or last day (民法典 201-204, F15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.doors.portal.presenters.around import ADVERSE, GOOD, Around
from chengxin.doors.wording import date_in_words
from chengxin.kernel.clocks import Deadline, Length, ends_on
from chengxin.kernel.remedies import LAWSUIT, RECONSIDERATION
from chengxin.records.terms import EntryView, MarkKind, Status
from chengxin.remedies import facade as remedies

LIVE = frozenset(
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
"""Statuses in which an entry counts now."""


class WayKind(StrEnum):
    OBJECT = "object"
    OBJECTED = "objected"
    REPAIR = "repair"
    MORE_TIME = "more_time"
    STATE = "state"
    STATED = "stated"
    RECONSIDERATION = "reconsideration"
    LAWSUIT = "lawsuit"
    COURT = "court"
    DECLINE = "decline"
    TAKE_BACK = "take_back"


class When(StrEnum):
    """``NOW``: open today; ``LATER``: from ``day`` on; ``UNTIL``: up to and with ``day``; ``OVER``: that day has passed;
    ``NEEDLESS``: the entry ends first."""

    NOW = "now"
    LATER = "later"
    UNTIL = "until"
    OVER = "over"
    NEEDLESS = "needless"


@dataclass(frozen=True, slots=True)
class Way:
    """One thing the person can do. ``short`` stands on the card; ``more`` a tap further; ``provisional``: the day may move."""

    kind: WayKind
    when: When
    title: str
    short: str
    more: str
    day: date | None = None
    provisional: bool = False


def ways(entry: EntryView, around: Around, working: frozenset[MarkKind]) -> tuple[Way, ...]:
    """All ways open, coming or closed, the nearest first. ``working``: the marks of the entry that still work."""
    found: list[Way | None] = [_objection(around, working)]
    if entry.nature == ADVERSE and entry.status in LIVE:
        if around.of_a_court:
            found.append(_plain(WayKind.COURT, around))
        else:
            found += [_repair(entry, around), *_appeals(entry, around), _plain(WayKind.MORE_TIME, around)]
    if entry.status in LIVE:
        found.append(_plain(WayKind.STATED if MarkKind.STATED in working else WayKind.STATE, around))
    if entry.nature == GOOD and entry.status in LIVE:
        found.append(_plain(WayKind.DECLINE, around))
    if entry.status is Status.DECLINED:
        found.append(_plain(WayKind.TAKE_BACK, around))
    return tuple(way for way in found if way is not None)


def _objection(around: Around, working: frozenset[MarkKind]) -> Way:
    return _plain(WayKind.OBJECTED if MarkKind.OBJECTED in working else WayKind.OBJECT, around)


def _plain(kind: WayKind, around: Around) -> Way:
    return _way(kind, When.NOW, around)


def repair_from(entry: EntryView, around: Around) -> date | None:
    """The first day on which repair may be asked for: the earliest by every rule that holds. None where nothing is known."""
    outlook = remedies.outlook_of(entry, around.item, around.today)
    return None if outlook is None else outlook.earliest


def _repair(entry: EntryView, around: Around) -> Way | None:
    outlook = remedies.outlook_of(entry, around.item, around.today)
    if outlook is None:
        return None
    if outlook.earliest <= around.today:
        return _way(WayKind.REPAIR, When.NOW, around, outlook.earliest)
    if outlook.by_itself:
        return _way(WayKind.REPAIR, When.NEEDLESS, around, outlook.ends_on)
    return _way(WayKind.REPAIR, When.LATER, around, outlook.earliest)


def served_day(entry: EntryView) -> date | None:
    """The day of service: the supplier's dated receipt, else our own proof; None where nobody proved any."""
    return entry.served_on or entry.told_on


def _appeals(entry: EntryView, around: Around) -> list[Way | None]:
    return [
        _appeal(WayKind.RECONSIDERATION, RECONSIDERATION, entry, around),
        _appeal(WayKind.LAWSUIT, LAWSUIT, entry, around),
    ]


def _appeal(kind: WayKind, length: Length, entry: EntryView, around: Around) -> Way:
    served = served_day(entry)
    if served is None:
        return _way(kind, When.NOW, around)
    # told as the earliest day that a notice yet to come can lead to: organ and court are not bound by what we told. Over it is
    # only when by no notice it can still run
    last: Deadline = ends_on(served, length, around.holidays, "office")
    latest = ends_on(served, length, around.holidays, "person")
    when = When.OVER if latest.day < around.today else When.UNTIL
    return _way(kind, when, around, last.day, provisional=last.provisional)


def _way(kind: WayKind, when: When, around: Around, day: date | None = None, *, provisional: bool = False) -> Way:
    said = date_in_words(day, around.language) if day else ""
    key = f"way.{kind.value}"
    return Way(
        kind=kind,
        when=when,
        title=around.say(f"{key}.title"),
        short=around.say(f"{key}.{when.value}", day=said),
        more=around.say(f"{key}.more"),
        day=day,
        provisional=provisional,
    )
