"""Words of a batch: its states and acts and the table that joins them, what may stop it, what becomes of a row."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType


class BatchState(StrEnum):
    """Where a batch stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    SCREENING = "screening"
    STOPPED = "stopped"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


class BatchAct(StrEnum):
    """What may be done to a batch. ``start`` and ``finish`` are the worker's, ``stop`` too; the others are people's."""

    MAP = "map"
    SEND = "send"
    START = "start"
    STOP = "stop"
    FINISH = "finish"
    RETRY = "retry"
    CANCEL = "cancel"


_S, _A = BatchState, BatchAct
WORKFLOW: Mapping[tuple[BatchState, BatchAct], BatchState] = MappingProxyType(
    {
        (_S.DRAFT, _A.MAP): _S.DRAFT,
        (_S.DRAFT, _A.SEND): _S.WAITING,
        (_S.DRAFT, _A.CANCEL): _S.CANCELLED,
        (_S.WAITING, _A.START): _S.SCREENING,
        (_S.WAITING, _A.CANCEL): _S.CANCELLED,
        # a worker died: the next one goes on where the last finished chunk ended
        (_S.SCREENING, _A.START): _S.SCREENING,
        (_S.SCREENING, _A.FINISH): _S.ANSWERED,
        (_S.SCREENING, _A.STOP): _S.STOPPED,
        (_S.SCREENING, _A.CANCEL): _S.CANCELLED,
        (_S.STOPPED, _A.RETRY): _S.WAITING,
        (_S.STOPPED, _A.CANCEL): _S.CANCELLED,
    }
)
"""(state, act) -> the state that follows. A pair that is not here is refused."""

OPEN_STATES = frozenset({_S.WAITING, _S.SCREENING, _S.STOPPED})
"""States in which work is still owed."""

CLOSED_STATES = frozenset({_S.ANSWERED, _S.CANCELLED})
"""States nothing follows. What a cancelled batch had already put into the ledger stays there, and is in its totals."""


class Channel(StrEnum):
    """How the file came in; the same action runs under each."""

    UPLOAD = "upload"
    FORM = "form"
    COMMAND = "command"
    API = "api"


class Problem(StrEnum):
    """Why a batch stopped. Stable for ever; what to do about each is said by the doors."""

    DISK_FULL = "disk_full"
    FILE_UNREADABLE = "file_unreadable"
    FILE_DAMAGED = "file_damaged"
    FILE_GONE = "file_gone"
    ITEM_CLOSED = "item_closed"
    EDITION_GONE = "edition_gone"
    DATABASE_AWAY = "database_away"
    CONTENDED = "contended"
    MISMATCHES_CAPPED = "mismatches_capped"
    FAULT = "fault"


class Outcome(IntEnum):
    """What became of a row. Stored one byte a row in its chunk's marker: never re-use a number.

    ``SOURCE``: another office's entry stands for this decision, and this row is kept as a second source of it.
    ``NOT_READ``: the batch was cancelled before the row was reached; never stored.
    ``KEPT_OUT``: the corrected row of an entry that is out became its newest version, and is out with it until two people let
    it back.
    """

    NEW = 0
    CHANGED = 1
    SAME = 2
    QUARANTINED = 3
    REFUSED = 4
    SOURCE = 5
    NOT_READ = 6
    KEPT_OUT = 7


ACCEPTED = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.SOURCE, Outcome.KEPT_OUT})


class HeldState(StrEnum):
    """Where a quarantined row stands. ``joined``: the same row waits already, from an earlier file."""

    WAITING = "waiting"
    JOINED = "joined"
    RELEASED = "released"
    SENT_BACK = "sent_back"
    ENDED = "ended"


class HeldAct(StrEnum):
    """What may be done to a quarantined row."""

    RELEASE = "release"
    SEND_BACK = "send_back"
    END = "end"


HELD_WORKFLOW: Mapping[tuple[HeldState, HeldAct], HeldState] = MappingProxyType(
    {
        (HeldState.WAITING, HeldAct.RELEASE): HeldState.RELEASED,
        (HeldState.WAITING, HeldAct.SEND_BACK): HeldState.SENT_BACK,
        (HeldState.WAITING, HeldAct.END): HeldState.ENDED,
        (HeldState.JOINED, HeldAct.END): HeldState.ENDED,
    }
)
"""(state, act) -> the state that follows for a quarantined row."""


class RecallState(StrEnum):
    """Where the recall of a batch stands: asked for by one person, agreed to or refused by another (F9)."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class RecallAct(StrEnum):
    """What the second person may do."""

    APPROVE = "approve"
    REFUSE = "refuse"


RECALL_WORKFLOW: Mapping[tuple[RecallState, RecallAct], RecallState] = MappingProxyType(
    {
        (RecallState.ASKED, RecallAct.APPROVE): RecallState.APPROVED,
        (RecallState.ASKED, RecallAct.REFUSE): RecallState.REFUSED,
    }
)
"""(state, act) -> the state that follows for a recall."""
