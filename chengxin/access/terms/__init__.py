"""Words of the room access."""

from chengxin.access.terms.log import (
    CheckpointUnknown,
    CosignaturesFull,
    CosignatureUnreadable,
    Cosigned,
    LogBroken,
    LogFault,
    LogState,
    LookProof,
    NotYetInTheLog,
)
from chengxin.access.terms.looks import (
    GROUNDS,
    ErasureView,
    Ground,
    Looker,
    LookView,
    PersonErased,
    PersonUnknown,
    Purpose,
    Received,
)

__all__ = [
    "GROUNDS",
    "CheckpointUnknown",
    "CosignatureUnreadable",
    "CosignaturesFull",
    "Cosigned",
    "ErasureView",
    "Ground",
    "LogBroken",
    "LogFault",
    "LogState",
    "LookProof",
    "LookView",
    "Looker",
    "NotYetInTheLog",
    "PersonErased",
    "PersonUnknown",
    "Purpose",
    "Received",
]
