"""The counter of the room access."""

from chengxin.access.actions.asking import ask
from chengxin.access.actions.batches import ask_many
from chengxin.access.actions.cases import close_case, open_case
from chengxin.access.actions.consenting import (
    CONSENT_ASKED,
    ConsentAnswered,
    ask_consent,
    give_consent,
    refuse_consent,
    withdraw_consent,
)
from chengxin.access.actions.disposing import dispose_looks
from chengxin.access.actions.erasing import approve_erasure, ask_erasure
from chengxin.access.actions.mandating import end_mandates, note_mandate
from chengxin.access.actions.officials import QuarantinedRow, hand_binding_code, quarantined_row_for
from chengxin.access.actions.reading import OwnFile, log_look, own_entry, own_file, own_file_as_of, what_askers_see
from chengxin.access.actions.reviewing import (
    LOOK_REVIEWED,
    LOOKED_IN_EMERGENCY,
    OF_A_REVIEW,
    ask_about_look,
    decide_review,
)
from chengxin.access.actions.sealing import ask_seal, decide_seal
from chengxin.access.actions.sequencing import sequence_log
from chengxin.access.actions.using import OF_A_USE, USED_AGAINST, UseReported, report_use
from chengxin.access.actions.watching import sweep_operator_looks, watch_operators
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
    looker_of,
    looks_at,
    looks_by_entry,
    looks_of,
    public_entries,
    public_tile,
    received_before,
    received_by,
    signed_checkpoint,
    verify_log,
)
from chengxin.access.queries.cases import case_for, cases_for
from chengxin.access.queries.consents import consent_of, consents_of
from chengxin.access.queries.grounds import asker_of
from chengxin.access.queries.reviews import review_for, review_told, reviews_for, reviews_of
from chengxin.access.queries.seals import (
    seal_laws_open,
    seal_to_decide,
    seals_asked_by,
    seals_by_month,
    seals_of,
    seals_to_decide,
)
from chengxin.access.queries.uses import use_told, uses_of
from chengxin.access.rules.consenting import PEACE_DAYS
from chengxin.access.rules.consenting import standing as consent_standing
from chengxin.access.rules.deciding import decide, outward
from chengxin.access.rules.proving import proof_fault, proof_of, proof_text
from chengxin.access.rules.receipts import verify_receipt
from chengxin.access.rules.retention import shipped_retention, years_kept
from chengxin.access.rules.tiles import number_of as tile_number

__all__ = [
    "CONSENT_ASKED",
    "LOOKED_IN_EMERGENCY",
    "LOOK_REVIEWED",
    "OF_A_REVIEW",
    "OF_A_USE",
    "PEACE_DAYS",
    "USED_AGAINST",
    "ConsentAnswered",
    "OwnFile",
    "QuarantinedRow",
    "UseReported",
    "add_cosignature",
    "all_looks",
    "approve_erasure",
    "ask",
    "ask_about_look",
    "ask_consent",
    "ask_erasure",
    "ask_many",
    "ask_seal",
    "asker_of",
    "bound_through",
    "case_for",
    "cases_for",
    "close_case",
    "consent_of",
    "consent_standing",
    "consents_of",
    "consistency_proof",
    "decide",
    "decide_review",
    "decide_seal",
    "dispose_looks",
    "end_mandates",
    "erasures_waiting",
    "give_consent",
    "hand_binding_code",
    "inclusion_proof",
    "log_keys",
    "log_look",
    "log_origin",
    "log_state",
    "look_proof",
    "looker_of",
    "looks_at",
    "looks_by_entry",
    "looks_of",
    "note_mandate",
    "open_case",
    "outward",
    "own_entry",
    "own_file",
    "own_file_as_of",
    "proof_fault",
    "proof_of",
    "proof_text",
    "public_entries",
    "public_tile",
    "quarantined_row_for",
    "received_before",
    "received_by",
    "refuse_consent",
    "report_use",
    "review_for",
    "review_told",
    "reviews_for",
    "reviews_of",
    "seal_laws_open",
    "seal_to_decide",
    "seals_asked_by",
    "seals_by_month",
    "seals_of",
    "seals_to_decide",
    "sequence_log",
    "shipped_retention",
    "signed_checkpoint",
    "sweep_operator_looks",
    "tile_number",
    "use_told",
    "uses_of",
    "verify_log",
    "verify_receipt",
    "watch_operators",
    "what_askers_see",
    "withdraw_consent",
    "years_kept",
]
