"""Words of workflows: a case moves by acts, and each (state, act) is one step or none. Pages, diagrams and tests come from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from chengxin.kernel.clocks import Deadline
from chengxin.kernel.decisions import Decision
from chengxin.kernel.errors import ChengxinError
from chengxin.remedies.terms.clocks import Matter, RunningClock
from chengxin.remedies.terms.words import Who

State: TypeAlias = StrEnum
"""Each workflow has an enum of its own; its first member is the state before the case."""


class Act(StrEnum):
    """Everything that may be done to a case, in the order of a page's buttons. A word means the same in each workflow."""

    SUBMIT = "submit"
    WRITE = "write"
    PROMISE = "promise"
    INVITE = "invite"
    SWEEP_IN = "sweep_in"
    ASK_BACK = "ask_back"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RECALL = "recall"
    """Who received what is no longer right is told of it; something else put it right."""
    TELL_RECONSIDERATION = "tell_reconsideration"
    TELL_LAWSUIT = "tell_lawsuit"
    JOIN = "join"
    ADD_PAPER = "add_paper"
    FIND = "find"
    """Say which entry, or which look, a case is about that came in without its number."""
    FORWARD = "forward"
    SKIP_SUPPLIER = "skip_supplier"
    EXTEND = "extend"
    STAND_BY = "stand_by"
    ADMIT = "admit"
    ASK_PAPERS = "ask_papers"
    ACCEPT = "accept"
    HOLD = "hold"
    SIGN = "sign"
    SIGN_LAST = "sign_last"
    REPORT = "report"
    ACKNOWLEDGE = "acknowledge"
    ACKNOWLEDGE_LAST = "acknowledge_last"
    UPHOLD = "uphold"
    REPAIR = "repair"
    GRANT = "grant"
    CONFIRM = "confirm"
    TAKE_ANNULLED = "take_annulled"
    TAKE_CHANGED = "take_changed"
    KEEP_OUT = "keep_out"
    PROPOSE_AGAINST = "propose_against"
    AGREE = "agree"
    DISAGREE = "disagree"
    FOLLOW_UP = "follow_up"
    CLOSE_UNSIGNED = "close_unsigned"
    CANCEL = "cancel"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    LAPSE = "lapse"
    """The clock's own: a term has run out. It is so without anybody recording it."""


class Guard(StrEnum):
    """What must hold before a step. Each is one function of the facts (``rules/guards.py``), with a reason and a basis."""

    IMPARTIAL = "impartial"
    TWO_PEOPLE = "two_people"
    REASON = "reason"
    PAPERS_OPENED = "papers_opened"
    LETTER_COMPLETE = "letter_complete"
    NOBODY_TO_ASK = "nobody_to_ask"
    STILL_TO_FIND = "still_to_find"
    EXTENSION_ALLOWED = "extension_allowed"
    CERTIFIED = "certified"
    ALL_ACKNOWLEDGED = "all_acknowledged"
    MAY_BE_REPAIRED = "may_be_repaired"
    NOTHING_BEYOND_LAW = "nothing_beyond_law"
    FETCHED = "fetched"
    """What an office holds is fetched there, and not asked of the person."""
    ASKED_ONCE = "asked_once"
    RIGHTS_TOLD = "rights_told"
    MINUTES = "minutes"
    MINUTES_READ = "minutes_read"
    """Whoever signs was shown the minutes that count now."""
    BOTH_SIGNED = "both_signed"
    RULING = "ruling"
    OTHERS_ALONE = "others_alone"
    """Word for word what a statement says about other people, and never all of it."""
    FILED_OUTSIDE = "filed_outside"
    DATED = "dated"
    """The day from which an organ's, a court's or the person's next term runs: its paper bears it."""
    TERM_OVER = "term_over"


class Effect(StrEnum):
    """What a step brings elsewhere, by name; the room's actions carry it out in the step's own transaction."""

    MARK = "mark"
    """Marked as contested in every output."""
    UNMARK = "unmark"
    FREEZE = "freeze"
    """No use by anybody: adverse entries at once, others where the person asks."""
    UNFREEZE = "unfreeze"
    HIDE = "hide"
    """Out of every output, until a reasoned act of two people lets it back."""
    READMIT = "readmit"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REPAIR = "repair"
    """Display, sharing and restriction end together."""
    RECALL_VERSIONS = "recall_versions"
    """Everyone who received the old version is told and acknowledges."""
    SWEEP_SIBLINGS = "sweep_siblings"
    """Entries of the same batch, rule or operator go into review."""
    MARK_APPEALED = "mark_appealed"
    UNMARK_APPEALED = "unmark_appealed"
    FETCH_PAPERS = "fetch_papers"
    """What the person said an office holds stands in the case to be fetched there, and is not asked of them."""
    SHOW_BESIDE = "show_beside"
    """Stands beside the entry and travels with it in every output."""
    HIDE_BESIDE = "hide_beside"
    MASK = "mask"
    """What it says about other people is covered."""
    RECEIPT = "receipt"
    TELL = "tell"
    """The person is told, and whoever's turn it is."""
    TELL_CHIEF = "tell_chief"
    """Its office is reminded every day, by message to its head, until somebody answers."""
    LIST_PUBLICLY = "list_publicly"
    """On the public page, by office and number, without identity."""
    SEND_LETTER = "send_letter"


class Outcome(StrEnum):
    """How a closed case ended for its person."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Step:
    """One cell of the matrix. ``terms``: for LAPSE, the clocks of which the first that has run out brings it."""

    source: State
    act: Act
    target: State
    who: frozenset[Who]
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    starts: tuple[Matter, ...] = ()
    stops: tuple[Matter, ...] = ()
    extends: Matter | None = None
    terms: tuple[Matter, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """A table (state, act) -> step. ``closed``: the states that nothing leaves, and how they end for the person."""

    code: str
    states: type[State] = field(repr=False)
    steps: tuple[Step, ...] = field(repr=False)
    closed: Mapping[State, Outcome] = field(repr=False)
    basis: str
    table: Mapping[tuple[State, Act], Step] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        table = {(step.source, step.act): step for step in self.steps}
        if len(table) != len(self.steps):
            raise WorkflowBroken(workflow=self.code, why="a cell holds two steps")
        object.__setattr__(self, "table", MappingProxyType(table))
        object.__setattr__(self, "closed", MappingProxyType(dict(self.closed)))

    @property
    def first(self) -> State:
        """The state before the case."""
        return next(iter(self.states))

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts it knows, in the order of ``Act``."""
        known = {step.act for step in self.steps}
        return tuple(act for act in Act if act in known)


class WorkflowBroken(ChengxinError):
    """A workflow contradicts itself."""

    code = "workflow_broken"


class HistoryBroken(ChengxinError):
    """The events of a case hold an act that was not open in its state."""

    code = "history_broken"


class Asked(StrEnum):
    """What an office may want of somebody who asks for repair. Only the first two are in the law (国办发〔2025〕22号)."""

    PERFORMANCE = "performance"
    COMMITMENT = "commitment"
    MONEY = "money"
    VOLUNTEERING = "volunteering"
    DONATION = "donation"
    COURSE = "course"
    OTHER = "other"


TWO_PAPERS = frozenset({Asked.PERFORMANCE, Asked.COMMITMENT})


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What the decision on a step may know. Whatever is not shown counts as not so.

    ``took_part``: who recorded, supplied or decided what is contested. ``lacking``: what the letter still lacks (None: there is
    no letter). ``certified``: the deciding body put its certificate in, and whoever acts opened it. ``over``: the term has run
    out. ``may_extend``, ``may_repair``, ``may_cover``: answers of the rules on clocks, on repair, and on what of a statement may
    be covered; ``may_count``: on the day from which a term outside the house runs.
    ``to_find``: nobody had said which entry or look it is about, and now it is said.
    ``to_fetch``: papers of which the person said that an office holds them, and that were not fetched yet.
    ``filing``: the receipt, or the number, of what was filed with an organ or a court.
    """

    who: Who
    actor: UUID | None = None
    mandated: bool = False
    took_part: frozenset[UUID] = frozenset()
    proposed_by: UUID | None = None
    reason: str = ""
    papers: int = 0
    papers_opened: int = 0
    lacking: tuple[str, ...] | None = None
    nobody_to_ask: bool = False
    to_find: bool = False
    may_extend: Decision | None = None
    certified: bool = False
    open_recipients: int | None = None
    may_repair: Decision | None = None
    asked: frozenset[Asked] = frozenset()
    asked_before: bool = False
    to_fetch: frozenset[Asked] = frozenset()
    rights_told: bool = False
    minutes: bool = False
    minutes_read: bool = False
    both_signed: bool = False
    ruling: bool = False
    may_cover: Decision | None = None
    filing: str = ""
    may_count: Decision | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The step that follows, and its state."""

    state: State
    step: Step


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One act as it was recorded. ``told``: the ends that people were told of the clocks it set going; ``source``: the state it
    met, where that is known: what met it so had not run out, however long the law's terms are said to be since; ``on``: the day
    from which clocks outside the house run."""

    act: Act
    at: datetime
    who: Who
    told: Mapping[Matter, Deadline] = field(default_factory=dict)
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A term that ran out: from which state, of which clock, after which day."""

    source: State
    target: State
    clock: RunningClock


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case is at a moment, with every job stopped. ``clocks``: those that run, the earliest end first."""

    state: State
    outcome: Outcome | None
    clocks: tuple[RunningClock, ...]
    lapsed: tuple[Lapsed, ...]
