"""Local tables of collection: batches and their chunks, what was refused or held, kept mappings, reports, recalls."""

from chengxin.collection.models.batch import Batch, Chunk, Refusal
from chengxin.collection.models.held import HeldRow
from chengxin.collection.models.supply import Mapping, RecallRequest, Report

__all__ = ["Batch", "Chunk", "HeldRow", "Mapping", "RecallRequest", "Refusal", "Report"]
