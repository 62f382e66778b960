"""The counter of the room access."""

from chengxin.access.actions.erasing import approve_erasure, ask_erasure
from chengxin.access.actions.officials import QuarantinedRow, hand_binding_code, quarantined_row_for
from chengxin.access.actions.reading import OwnFile, log_look, own_entry, own_file, own_file_as_of
from chengxin.access.queries import all_looks, bound_through, erasures_waiting, looks_at, looks_by_entry, looks_of

__all__ = [
    "OwnFile",
    "QuarantinedRow",
    "all_looks",
    "approve_erasure",
    "ask_erasure",
    "bound_through",
    "erasures_waiting",
    "hand_binding_code",
    "log_look",
    "looks_at",
    "looks_by_entry",
    "looks_of",
    "own_entry",
    "own_file",
    "own_file_as_of",
    "quarantined_row_for",
]
