"""Every read of the room access."""

from chengxin.access.queries.log import (
    consistency_proof,
    inclusion_proof,
    log_keys,
    log_origin,
    log_state,
    look_proof,
    public_entries,
    public_tile,
    signed_checkpoint,
)
from chengxin.access.queries.looks import (
    all_looks,
    bound_through,
    erasures_waiting,
    looker_of,
    looks_at,
    looks_by_entry,
    looks_of,
    received_before,
    received_by,
)
from chengxin.access.queries.verifying import verify_log

__all__ = [
    "all_looks",
    "bound_through",
    "consistency_proof",
    "erasures_waiting",
    "inclusion_proof",
    "log_keys",
    "log_origin",
    "log_state",
    "look_proof",
    "looker_of",
    "looks_at",
    "looks_by_entry",
    "looks_of",
    "public_entries",
    "public_tile",
    "received_before",
    "received_by",
    "signed_checkpoint",
    "verify_log",
]
