"""The counter of collection: what other rooms may use, besides its terms."""

from chengxin.collection.actions.closing import cancel_batch, retry_batch
from chengxin.collection.actions.drying import dry_run, dry_run_of
from chengxin.collection.actions.erasing import end_rows_of_numbers
from chengxin.collection.actions.held import end_held_rows, release_row, send_back_row
from chengxin.collection.actions.recalls import approve_recall, ask_recall, refuse_recall
from chengxin.collection.actions.receiving import map_headings, receive_file, send_batch, send_row
from chengxin.collection.actions.reindexing import Reindexed, reindex_page
from chengxin.collection.actions.reports import report_nothing
from chengxin.collection.actions.sweeping import destroy_files, destroy_quarantine_keys, sweep_orphans
from chengxin.collection.actions.withdrawing import batch_of_decision, withdraw_decision, withdraw_row
from chengxin.collection.queries.answers import AnswerFile, answer_for
from chengxin.collection.queries.batches import (
    batch_by_uid,
    batch_for,
    batches_for,
    batches_stuck,
    held_by_reason,
    kept_mapping,
    people_of_batches,
    refusals_of,
    refused_by_reason,
    why_cancelled,
)
from chengxin.collection.queries.copies import copies_end_at
from chengxin.collection.queries.held import held_of_batch, held_opened, held_row, held_waiting, under_check
from chengxin.collection.queries.promises import PromiseFigures, promise_figures
from chengxin.collection.queries.recalls import recall_by_uid, recalls_of_batch, recalls_waiting
from chengxin.collection.queries.superseded import superseded_by_batch
from chengxin.collection.queries.supply import duties_of, supply_figures
from chengxin.collection.rules.taking_back import because_and_words, proves_an_error

__all__ = [
    "AnswerFile",
    "PromiseFigures",
    "Reindexed",
    "answer_for",
    "approve_recall",
    "ask_recall",
    "batch_by_uid",
    "batch_for",
    "batch_of_decision",
    "batches_for",
    "batches_stuck",
    "because_and_words",
    "cancel_batch",
    "copies_end_at",
    "destroy_files",
    "destroy_quarantine_keys",
    "dry_run",
    "dry_run_of",
    "duties_of",
    "end_held_rows",
    "end_rows_of_numbers",
    "held_by_reason",
    "held_of_batch",
    "held_opened",
    "held_row",
    "held_waiting",
    "kept_mapping",
    "map_headings",
    "people_of_batches",
    "promise_figures",
    "proves_an_error",
    "recall_by_uid",
    "recalls_of_batch",
    "recalls_waiting",
    "receive_file",
    "refusals_of",
    "refuse_recall",
    "refused_by_reason",
    "reindex_page",
    "release_row",
    "report_nothing",
    "retry_batch",
    "send_back_row",
    "send_batch",
    "send_row",
    "superseded_by_batch",
    "supply_figures",
    "sweep_orphans",
    "under_check",
    "why_cancelled",
    "withdraw_decision",
    "withdraw_row",
]
