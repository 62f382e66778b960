"""Words of the proof log: its state, the proof of one look, a fault found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chengxin.kernel.errors import BadInput, Conflict, NotFound, Unavailable

if TYPE_CHECKING:
    from datetime import datetime, timedelta


class LogBroken(Unavailable):
    """What is stored of the log does not lead to its last checkpoint: nothing more is signed until somebody has looked."""

    code = "log_broken"


class CheckpointUnknown(NotFound):
    """The log has signed no checkpoint of this size and text."""

    code = "checkpoint_unknown"


class CosignatureUnreadable(BadInput):
    """What was sent is no checkpoint of ours with a cosignature of the key that was named."""

    code = "cosignature_unreadable"


class CosignaturesFull(Conflict):
    """This checkpoint has as many cosignatures of unknown witnesses as are kept; the next one takes them again."""

    code = "cosignatures_full"


class NotYetInTheLog(NotFound):
    """The look is recorded, and its leaf waits for the next checkpoint."""

    code = "not_yet_in_the_log"


@dataclass(frozen=True, slots=True)
class LogState:
    """How the log stands. ``late``: something waits for longer than it may."""

    origin: str
    size: int
    at: datetime | None
    waiting: int
    oldest: timedelta | None
    late: bool


@dataclass(frozen=True, slots=True)
class LookProof:
    """Everything that proves that one look is in the log: to be checked without asking us again.

    ``text`` and ``salt`` give the entry, ``index`` and ``path`` lead from it to the root of ``checkpoint`` (a signed note).
    """

    text: bytes
    salt: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    checkpoint: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogFault:
    """One thing that does not agree: ``kind`` a code, ``where`` its place in the log or the look's public uid."""

    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A cosignature was taken: of which key, under the checkpoint of which size."""

    witness: str
    size: int
