"""Words of cases as they are kept: what one is about, how it came in, whose turn it is, what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import ONE_DAY, day_starts_at
from chengxin.kernel.errors import Conflict, NotFound
from chengxin.remedies.terms.clocks import Matter, RunningClock
from chengxin.remedies.terms.letters import LetterDraft, LetterKind
from chengxin.remedies.terms.words import FOR_THE_PERSON, OFFICIALS, Who
from chengxin.remedies.terms.workflows import Act, Asked, Outcome


class CaseUnknown(NotFound):
    """There is no such case, or it is not for you."""

    code = "remedy_case_unknown"


class PaperUnknown(NotFound):
    """There is no such paper in this case."""

    code = "paper_unknown"


class CaseMoved(Conflict):
    """Somebody else acted on this case a moment before: what was tried rests on a state that is no more."""

    code = "remedy_case_moved"


class AboutKind(StrEnum):
    """What a case contests, or is for. All but the last three name an entry of its person."""

    ENTRY = "entry"
    IDENTITY = "identity"
    PERIOD = "period"
    USE = "use"
    LOOK = "look"
    DEMAND = "demand"
    """A demand to show one's own report."""
    OFFICE = "office"


OF_AN_ENTRY: Final = frozenset({AboutKind.ENTRY, AboutKind.IDENTITY, AboutKind.PERIOD})
OF_A_LOOK: Final = frozenset({AboutKind.LOOK, AboutKind.USE})
"""Whoever looked answers for it: ``About.uid`` is the look's, also where what they did with it is contested."""


class Channel(StrEnum):
    """How a case came in: the same receipt, the same clock."""

    WEB = "web"
    COUNTER = "counter"
    TELEPHONE = "telephone"
    PAPER = "paper"
    OFFICE = "office"
    """By an office of its own motion."""


TAKEN_IN: Final = frozenset({Channel.COUNTER, Channel.TELEPHONE, Channel.PAPER})
"""Written down by an office for somebody who does not come by web."""


class PaperKind(StrEnum):
    """What a paper in a case is."""

    EVIDENCE = "evidence"
    PERFORMANCE = "performance"
    COMMITMENT = "commitment"
    CERTIFICATE = "certificate"
    """The deciding body certifies in writing that it is right after all (F9)."""
    RULING = "ruling"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Handed:
    """A paper as it is handed in: what it is, how its file was called, its bytes; the office that an official fetched it from."""

    kind: PaperKind
    title: str
    content: bytes
    fetched_from: str = ""


ASKED_PAPERS: Final[Mapping[Asked, PaperKind]] = MappingProxyType(
    {Asked.PERFORMANCE: PaperKind.PERFORMANCE, Asked.COMMITMENT: PaperKind.COMMITMENT}
)


class Turn(StrEnum):
    """Whose turn it is."""

    PERSON = "person"
    PLATFORM = "platform"
    SECOND = "second"
    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    OUTSIDE = "outside"
    """Another organ's, or the court's."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class About:
    """What a case is about. ``version``: of the entry, when the case was opened; ``supplier``: its source."""

    kind: AboutKind
    uid: UUID | None = None
    version: int | None = None
    item: str = ""
    supplier: UUID | None = None

    @property
    def to_find(self) -> bool:
        """An entry or a look is meant, and nobody has said yet which."""
        return self.uid is None and self.kind in OF_AN_ENTRY | OF_A_LOOK

    @property
    def of_entry(self) -> bool:
        """It is about an entry that is known."""
        return self.uid is not None and self.kind in OF_AN_ENTRY


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a caseworker writes into a letter; number, date, deciders and last days come from the case."""

    result: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    contact: str = ""
    changed: str = ""
    review_where: str = ""
    reconsideration_where: str = ""
    lawsuit_where: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody brings to an act besides themself: words for the person, and what its guards ask for.

    ``reason``: why, in words that the person reads. ``letter``: the answer, where the act sends one or proposes one.
    ``asked``: the papers wanted. ``filing``: receipt or number of what was filed outside. ``rights_told``: of an invitation.
    ``passages``: of a statement, what it says about other people, word for word.
    ``freeze``: of an objection to what is not adverse, that nobody uses it meanwhile.
    ``by``: the day by which its person means to keep a commitment.
    ``on``: the day that a paper from outside bears: on which an organ or a court took it in, or its ruling reached the person.
    ``held_by``: the office that holds the proof of performance, as the person says. ``minutes``: of a signature, the SHA-256
    of the minutes that the signer was shown, in hex. ``found``: which entry, or which look, a case is about that came in without
    saying so.
    """

    reason: str = ""
    letter: LetterWords | None = None
    asked: frozenset[Asked] = frozenset()
    filing: str = ""
    rights_told: bool = False
    passages: tuple[str, ...] = ()
    by: date | None = None
    freeze: bool = False
    on: date | None = None
    held_by: str = ""
    minutes: str = ""
    found: UUID | None = None


NO_DEED: Final = Deed()


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a case's history: who did what, in which capacity, and what they said. ``acted_as``: parent, guardian or
    helper, of who acted for the person; ``acted_by``: their name, for the person's own pages."""

    seq: int
    act: Act
    source: str
    target: str
    at: datetime
    who: Who
    actor: UUID | None
    organisation_id: UUID | None
    reason: str
    asked: tuple[str, ...] = ()
    filing: str = ""
    letter_id: UUID | None = None
    helper: bool = False
    acted_as: str = ""
    acted_by: str = ""
    told: Mapping[Matter, Deadline] = field(default_factory=dict)
    on: date | None = None
    draft: LetterWords | None = None
    passages: tuple[str, ...] = ()
    held_by: str = ""
    minutes: str = ""

    @property
    def happened(self) -> datetime:
        """When it came about: what a clock brought, as the day it names was over, whenever that was written down."""
        if self.act is not Act.LAPSE or not self.told:
            return self.at
        return day_starts_at(min(ended.day for ended in self.told.values()) + ONE_DAY)


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper handed in. ``opened_by``: the officials who opened it; ``fetched_from``: the office it was fetched from for the
    person, by whoever handed it in."""

    paper_id: UUID
    kind: PaperKind
    name: str
    media_type: str
    size: int
    digest: bytes
    at: datetime
    by: Who
    opened_by: frozenset[UUID] = frozenset()
    fetched_from: str = ""


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as it was sent."""

    letter_id: UUID
    kind: LetterKind
    number: str
    dated_on: date
    draft: LetterDraft
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands at a moment, with every job stopped. ``number``: the receipt's.

    ``state`` is that of its workflow; ``clocks`` run, the earliest end first; ``silent``: a term ran out without an answer;
    ``late``: an office let a term pass, which the clocks tell until an act stops them; ``out_since``: the first day on which
    silence had taken the entry out.
    """

    person_id: UUID
    case_id: UUID
    uid: UUID
    number: str
    workflow: str
    about: About
    organisation_id: UUID
    channel: Channel
    opened_at: datetime
    state: str
    outcome: Outcome | None
    turn: Turn
    clocks: tuple[RunningClock, ...]
    silent: bool
    events: tuple[EventView, ...]
    papers: tuple[PaperView, ...]
    letters: tuple[LetterView, ...]
    closed_at: datetime | None = None
    late: bool = False
    out_since: date | None = None

    @property
    def due(self) -> RunningClock | None:
        """The clock that ends first."""
        return self.clocks[0] if self.clocks else None

    @property
    def minutes(self) -> PaperView | None:
        """The minutes that count: the newest that an official put in. What was signed before them is not signed."""
        found = [one for one in self.papers if one.kind is PaperKind.MINUTES and one.by in OFFICIALS]
        return found[-1] if found else None

    def is_signed(self, *, by_person: bool) -> bool:
        """Whether that side signed the minutes that count."""
        return self.minutes is not None and any(
            one.act is Act.SIGN
            and (one.who in FOR_THE_PERSON) is by_person
            and one.minutes == self.minutes.digest.hex()
            for one in self.events
        )

    @property
    def to_fetch(self) -> str:
        """The office from which the proof of performance is still to be fetched; empty where none is, or it lies here."""
        if any(paper.kind is PaperKind.PERFORMANCE for paper in self.papers):
            return ""
        return next((one.held_by for one in reversed(self.events) if one.held_by), "")

    @property
    def words(self) -> str:
        """The person's own words when it was opened."""
        return self.events[0].reason if self.events else ""


@dataclass(frozen=True, slots=True)
class DocketLine:
    """A case in an office's list: dates and codes, nobody's name. ``due_on``: the last day of the clock that ends first."""

    uid: UUID
    number: str
    workflow: str
    about_kind: AboutKind
    item: str
    organisation_id: UUID
    supplier: UUID | None
    state: str
    turn: Turn
    opened_at: datetime
    due_on: date | None
    matter: Matter | None
    provisional: bool
    assigned_to: UUID | None
    closed_at: datetime | None
    outcome: Outcome | None
