"""Words of legal clocks: a term that a law or this product sets, the book of them, and one that runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from chengxin.catalogue.terms import Mark, Words
from chengxin.kernel.clocks import Deadline, Length, Side
from chengxin.kernel.errors import ChengxinError
from chengxin.remedies.terms.words import Who

EVERYWHERE: Final = "全国"
"""The reach of a national law."""


class Matter(StrEnum):
    """What a clock is about. Several clocks may hold in one matter: then F15 decides."""

    OBJECTION_FLAG = "objection_flag"
    OBJECTION_ACCEPTANCE = "objection_acceptance"
    OBJECTION_PLATFORM = "objection_platform"
    OBJECTION_SUPPLIER = "objection_supplier"
    OBJECTION_ANSWER = "objection_answer"
    OBJECTION_ANSWER_SOURCED = "objection_answer_sourced"
    OBJECTION_STILL_OWED = "objection_still_owed"
    COURT_CORRECTION = "court_correction"
    COURT_CORRECTED = "court_corrected"
    COURT_REVIEW_REQUEST = "court_review_request"
    COURT_REVIEW = "court_review"
    COURT_REMOVAL = "court_removal"
    REMOVAL_AFTER_SOURCE = "removal_after_source"
    PENALTY_TAKEN_OFF = "penalty_taken_off"
    RECIPIENT_ACKNOWLEDGES = "recipient_acknowledges"
    READMISSION_DECISION = "readmission_decision"
    SIBLING_REVIEW = "sibling_review"
    REPAIR_ACCEPTANCE = "repair_acceptance"
    REPAIR_DECISION = "repair_decision"
    REPAIR_RESULT = "repair_result"
    REPAIR_EXECUTION = "repair_execution"
    MORE_TIME_ANSWER = "more_time_answer"
    STATEMENT_MASKING = "statement_masking"
    INTERVIEW_ANSWER = "interview_answer"
    COMMITMENT_FOLLOW_UP = "commitment_follow_up"
    COMMITMENT_CHECK = "commitment_check"
    RECONSIDERATION = "reconsideration"
    RECONSIDERATION_UNTOLD = "reconsideration_untold"
    RECONSIDERATION_LATEST = "reconsideration_latest"
    RECONSIDERATION_ACCEPTANCE = "reconsideration_acceptance"
    RECONSIDERATION_PAPERS = "reconsideration_papers"
    RECONSIDERATION_DECISION = "reconsideration_decision"
    RECONSIDERATION_DECISION_SIMPLE = "reconsideration_decision_simple"
    LAWSUIT = "lawsuit"
    LAWSUIT_LATEST = "lawsuit_latest"
    LAWSUIT_AFTER_RECONSIDERATION = "lawsuit_after_reconsideration"
    LAWSUIT_FIRST_INSTANCE = "lawsuit_first_instance"
    LAWSUIT_FIRST_INSTANCE_SIMPLE = "lawsuit_first_instance_simple"
    LAWSUIT_APPEAL = "lawsuit_appeal"
    LAWSUIT_SECOND_INSTANCE = "lawsuit_second_instance"
    SILENT_OFFICE = "silent_office"
    APPEAL_RESULT_TAKEN = "appeal_result_taken"
    COMPLAINT_ANSWER = "complaint_answer"
    COMPLAINT_LOOK = "complaint_look"
    OFFICE_CHECK = "office_check"
    ANNOUNCED_SERVICE = "announced_service"


class Starts(StrEnum):
    """What sets a clock going. The day it happens is not counted (民法典 201)."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    FORWARDED = "forwarded"
    SOURCE_CHANGE = "source_change"
    GROUND_ARISES = "ground_arises"
    FOUND_RIGHT = "found_right"
    SERVICE = "service"
    KNOWLEDGE = "knowledge"
    ACT_OF_OFFICE = "act_of_office"
    RULING = "ruling"
    TERM_OVER = "term_over"
    FILING = "filing"
    CONDITIONS_MET = "conditions_met"
    TOLD = "told"
    INVITATION = "invitation"
    ANNOUNCEMENT = "announcement"
    PROMISE = "promise"
    REPORT = "report"


class Brings(StrEnum):
    """What the end of a clock brings by itself. Silence by an office never counts against the person (charter 7)."""

    OUT_OF_EVERY_OUTPUT = "out_of_every_output"
    DEEMED_ACCEPTED = "deemed_accepted"
    DEEMED_FULFILLED = "deemed_fulfilled"
    HELD_OFF = "held_off"
    STAYS_OUT = "stays_out"
    STAYS_SHOWN_AS_WRITTEN = "stays_shown_as_written"
    PUBLIC_LIST = "public_list"
    CHIEF_TOLD = "chief_told"
    OPENS_THE_COURT = "opens_the_court"
    RIGHT_ENDS = "right_ends"
    NOTHING = "nothing"
    """It binds another house: its lateness is told, and brings nothing here."""


class PausedBy(StrEnum):
    """What stops a clock for a time."""

    TESTING = "testing"
    """Inspection, testing, appraisal, expert review."""
    OBSTACLE = "obstacle"
    """Force majeure, or another reason that is not the person's own."""


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """By how much, by whom, how often. ``used`` false: the law allows it and this platform does not (F15)."""

    length: Length
    by: Who
    times: int
    told_before: bool
    used: bool


@dataclass(frozen=True, slots=True)
class PauseRule:
    """What stops the clock. A law's pause that lengthens the person's wait is known and not used (F15)."""

    by: PausedBy
    used: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures were read, and how well that is known."""

    code: str
    words: Words
    mark: Mark


@dataclass(frozen=True, slots=True)
class Clock:
    """One legal term. ``length`` None: on the same day. ``until``: the first day on which it no longer holds.

    ``reach``: where its law holds. ``taken``: this platform binds itself to it everywhere, for nobody's loss.
    """

    code: str
    matter: Matter
    words: Words
    law: str
    article: str
    length: Length | None
    side: Side
    starts: Starts
    brings: Brings
    reach: str
    taken: bool
    source: str
    mark: Mark
    since: date
    until: date | None
    extension: ExtensionRule | None = None
    pause: PauseRule | None = None

    def holds(self, day: date, places: frozenset[str]) -> bool:
        """Whether it holds on a day in these places (names of provinces and cities), or wherever we are."""
        there = self.taken or self.reach == EVERYWHERE or self.reach in places
        return there and self.since <= day and (self.until is None or day < self.until)

    def promised(self, places: frozenset[str], confirmed: frozenset[str] = frozenset()) -> bool:
        """Whether a law that does not bind in these places, or that nobody has read, holds by this platform's own promise."""
        read = self.mark is Mark.A or self.source in confirmed
        binds = self.reach in places or (self.reach == EVERYWHERE and read)
        return self.taken and self.mark is not Mark.OWN and not binds


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An operator's word that somebody read the text of a source and found every figure of it here as it says."""

    source: str
    by: str
    on: date
    read: str
    """Where the official text was read."""


@dataclass(frozen=True, slots=True)
class ClockBook:
    """Every clock, the sources they rest on, and what the operator confirmed of these, by their codes."""

    clocks: Mapping[str, Clock]
    sources: Mapping[str, Source]
    confirmations: Mapping[str, Confirmation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("clocks", "sources", "confirmations"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: where it is (``clock objection_answer_henan, length``), its code, and the values it speaks of."""

    where: str
    code: str
    data: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.where}: {self.code}" + (f" ({told})" if told else "")


class LawDataBroken(ChengxinError):
    """A file of legal terms has faults, all of which are named."""

    code = "law_data_broken"


class NoClockHolds(ChengxinError):
    """No clock of this matter holds on that day."""

    code = "no_clock_holds"


@dataclass(frozen=True, slots=True)
class Extension:
    """A recorded extension: the day it was granted, in what capacity, and whether the person was told that day."""

    granted_on: date
    by: Who
    told: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which something stood in the way, both included; ``last`` None: it still does."""

    by: PausedBy
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that was set going. ``also``: codes of the others that hold in its matter and gave way by F15.

    ``safe``: of a right before another organ or a court, the last day that no notice of holidays yet to come can take away.
    """

    clock: Clock
    started_on: date
    due: Deadline
    extended: int = 0
    paused_days: int = 0
    also: tuple[str, ...] = ()
    safe: Deadline | None = None

    @property
    def said(self) -> Deadline:
        """The last day as people are told it: whoever trusts it is in time. ``due`` is the day that we go by ourselves."""
        return self.safe or self.due

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed: it ends at 24:00 in Shanghai."""
        return today > self.due.day


class LeftWord(StrEnum):
    """How the time that is left is said; the sentence stands in the wording under ``remedies.left``."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a clock on a day: the word, how many, and whether a notice yet to come may move it."""

    word: LeftWord
    count: int
    provisional: bool
