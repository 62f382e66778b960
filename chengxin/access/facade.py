"""The counter of the room access."""

from chengxin.access.actions.erasing import approve_erasure, ask_erasure
from chengxin.access.actions.reading import OwnFile, log_look, own_entry, own_file, own_file_as_of
from chengxin.access.queries import all_looks, looks_at, looks_by_entry, looks_of

__all__ = [
    "OwnFile",
    "all_looks",
    "approve_erasure",
    "ask_erasure",
    "log_look",
    "looks_at",
    "looks_by_entry",
    "looks_of",
    "own_entry",
    "own_file",
    "own_file_as_of",
]
