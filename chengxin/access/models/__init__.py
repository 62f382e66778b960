"""Tables of the room access."""

from chengxin.access.models.asking import Case, CasePerson, Unheld
from chengxin.access.models.consent import Consent, ConsentStep
from chengxin.access.models.erasure import ErasureRequest
from chengxin.access.models.log import LogCheckpoint, LogCosignature, LogTile, LogWaiting
from chengxin.access.models.looks import Look
from chengxin.access.models.reviews import OperatorLook, Review, ReviewLook
from chengxin.access.models.seals import SealOrder
from chengxin.access.models.uses import Use

__all__ = [
    "Case",
    "CasePerson",
    "Consent",
    "ConsentStep",
    "ErasureRequest",
    "LogCheckpoint",
    "LogCosignature",
    "LogTile",
    "LogWaiting",
    "Look",
    "OperatorLook",
    "Review",
    "ReviewLook",
    "SealOrder",
    "Unheld",
    "Use",
]
