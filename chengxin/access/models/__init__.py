"""Tables of the room access."""

from chengxin.access.models.erasure import ErasureRequest
from chengxin.access.models.log import LogCheckpoint, LogCosignature, LogTile, LogWaiting
from chengxin.access.models.looks import Look

__all__ = ["ErasureRequest", "LogCheckpoint", "LogCosignature", "LogTile", "LogWaiting", "Look"]
