"""Tables of the ledger."""

from chengxin.records.models.ledger import Content, DecisionKey, Entry, Mark, Recall, Tombstone
from chengxin.records.models.statements import Statement

__all__ = ["Content", "DecisionKey", "Entry", "Mark", "Recall", "Statement", "Tombstone"]
