"""Words of the offices' desks: queues, what was told to recipients, figures, and what comes in at a counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from chengxin.kernel.errors import NotFound
from chengxin.remedies.terms.cases import AboutKind, Channel, DocketLine, Turn
from chengxin.remedies.terms.workflows import Act, Outcome


class RecallUnknown(NotFound):
    """There is no such recall, or it is not your organisation's."""

    code = "recall_unknown"


@dataclass(frozen=True, slots=True)
class RecipientTold:
    """Event: an organisation was told that what it was shown is no longer right. ``recall``: the uid of its own line."""

    name: ClassVar[str] = "remedies.recipient_told"

    recall: UUID
    organisation_id: UUID


class Desk(StrEnum):
    """Which of the cases in reach somebody wants to see."""

    ALL = "all"
    MINE = "mine"
    UNASSIGNED = "unassigned"


class Due(StrEnum):
    """How near the last day is, most pressing first. ``soon``: one or two working days are left.

    ``overdue`` is one of us; ``passed`` is a day that somebody outside let go by: a person, another organ, a court.
    """

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    PASSED = "passed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class QueueAsk:
    """What of the queue is wanted. ``workflow`` empty and ``turn`` None: whatever there is."""

    desk: Desk = Desk.ALL
    turn: Turn | None = None
    workflow: str = ""
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the open cases of an office, the earliest last day first; ``counts`` of all that were asked for.

    Counting stops at ``COUNTED``. ``works``: whether the reader handles these cases, and so may put them on desks.
    """

    lines: tuple[DocketLine, ...]
    counts: Mapping[Due, int]
    more: bool
    works: bool


@dataclass(frozen=True, slots=True)
class RecallLine:
    """An organisation was told that what it was shown is no longer right. Nobody is named; ``look``: its own look."""

    uid: UUID
    what: str
    look: UUID
    told_at: datetime
    due_on: date
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenRecalls:
    """How many recalls one recipient has not acknowledged, and since which day the oldest of them is overdue or due."""

    organisation_id: UUID
    count: int
    overdue: int
    due_on: date


@dataclass(frozen=True, slots=True)
class OfficeLate:
    """An office that let the terms of ``count`` open cases pass, the first of them after ``since``; no case and no person."""

    organisation_id: UUID
    count: int
    since: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases of one kind are open, and the moment at which the oldest of them was opened."""

    cases: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases of one kind in a time: opened, closed by outcome, open now, open past their last day, ended by silence.

    ``late``: closed, or open still, in which an office acted after its last day.
    """

    opened: int = 0
    closed: Mapping[Outcome, int] = field(default_factory=dict)
    open: int = 0
    overdue: int = 0
    silent: int = 0
    late: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            opened=self.opened + other.opened,
            closed={one: self.closed.get(one, 0) + other.closed.get(one, 0) for one in Outcome},
            open=self.open + other.open,
            overdue=self.overdue + other.overdue,
            silent=self.silent + other.silent,
            late=self.late + other.late,
        )

    @property
    def worked(self) -> int:
        """How many were closed or are open: of them ``late`` is a part."""
        return self.open + sum(self.closed.values())

    @property
    def decided(self) -> int:
        """How many were closed for or against the person."""
        return self.closed.get(Outcome.FOR, 0) + self.closed.get(Outcome.AGAINST, 0)

    @property
    def found_right(self) -> int:
        """How many of these were closed for the person."""
        return self.closed.get(Outcome.FOR, 0)


@dataclass(frozen=True, slots=True)
class Overturned:
    """Of what one source supplied, of one item, or for one reason: how many cases were decided whether an entry was right, and
    how many of them for the person."""

    decided: int
    found_right: int


@dataclass(frozen=True, slots=True)
class Load:
    """What lies on one desk: plain counts, nobody is ranked. ``official_id`` None: on nobody's."""

    official_id: UUID | None
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """An office's figures. ``ages``: open cases by the most days they are old (None: older than all).

    ``by_item``: the rule by which an entry was taken in is the item of the catalogue. ``by_reason``: what an objection said.
    """

    by_workflow: Mapping[str, Tally]
    ages: tuple[tuple[int | None, int], ...]
    by_supplier: Mapping[UUID, Overturned]
    by_item: Mapping[str, Overturned]
    by_reason: Mapping[AboutKind, Overturned]
    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a case may be about, as it is chosen: an entry by its item, the number and day of its decision and its source; a look
    by whose it was and its moment (``at``), without what it was for."""

    uid: UUID
    by: UUID | None
    item: str = ""
    number: str = ""
    on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A case of which nobody has said yet what it is about, and all that may be meant, the newest first. Nothing else of it."""

    uid: UUID
    number: str
    kind: AboutKind
    meant: tuple[Meant, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings to a counter, a telephone desk or in a letter.

    ``number`` and ``name`` are the document's. ``act``: how it opens its workflow; ``filing``: the number under which an organ
    or a court has it, and ``on``: the day on which it took it in. ``decision``: the number on the paper that they contest,
    where they know it. ``about``: what of it; of a look, its use or a demand ``by`` names the office, as they call it, and
    ``seen_on`` the day of the look, where they know it.
    """

    kind: str
    number: str
    name: str
    workflow: str
    channel: Channel
    words: str
    decision: str = ""
    filing: str = ""
    on: date | None = None
    act: Act = Act.SUBMIT
    about: AboutKind = AboutKind.ENTRY
    by: str = ""
    seen_on: date | None = None
