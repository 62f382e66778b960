"""The counter of the room access."""

from chengxin.access.actions.erasing import approve_erasure, ask_erasure
from chengxin.access.actions.officials import QuarantinedRow, hand_binding_code, quarantined_row_for
from chengxin.access.actions.reading import OwnFile, log_look, own_entry, own_file, own_file_as_of
from chengxin.access.actions.sequencing import sequence_log
from chengxin.access.actions.witnessing import add_cosignature
from chengxin.access.queries import (
    all_looks,
    bound_through,
    consistency_proof,
    erasures_waiting,
    inclusion_proof,
    log_keys,
    log_origin,
    log_state,
    look_proof,
    looks_at,
    looks_by_entry,
    looks_of,
    public_entries,
    public_tile,
    signed_checkpoint,
    verify_log,
)
from chengxin.access.rules.proving import proof_fault, proof_of, proof_text
from chengxin.access.rules.tiles import number_of as tile_number

__all__ = [
    "OwnFile",
    "QuarantinedRow",
    "add_cosignature",
    "all_looks",
    "approve_erasure",
    "ask_erasure",
    "bound_through",
    "consistency_proof",
    "erasures_waiting",
    "hand_binding_code",
    "inclusion_proof",
    "log_keys",
    "log_look",
    "log_origin",
    "log_state",
    "look_proof",
    "looks_at",
    "looks_by_entry",
    "looks_of",
    "own_entry",
    "own_file",
    "own_file_as_of",
    "proof_fault",
    "proof_of",
    "proof_text",
    "public_entries",
    "public_tile",
    "quarantined_row_for",
    "sequence_log",
    "signed_checkpoint",
    "tile_number",
    "verify_log",
]
