"""Tables of the room access."""

from chengxin.access.models.consent import Consent, ConsentStep
from chengxin.access.models.erasure import ErasureRequest
from chengxin.access.models.log import LogCheckpoint, LogCosignature, LogTile, LogWaiting
from chengxin.access.models.looks import Look

__all__ = [
    "Consent",
    "ConsentStep",
    "ErasureRequest",
    "LogCheckpoint",
    "LogCosignature",
    "LogTile",
    "LogWaiting",
    "Look",
]
