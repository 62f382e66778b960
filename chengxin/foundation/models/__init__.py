"""Tables of the plumbing, by noun."""

from chengxin.foundation.models.account import Account
from chengxin.foundation.models.journal import Journal
from chengxin.foundation.models.outbox import Delivery, Dispatch, Letter, Notice

__all__ = ["Account", "Delivery", "Dispatch", "Journal", "Letter", "Notice"]
