"""Tables of the plumbing, by noun."""

from chengxin.foundation.models.account import Account
from chengxin.foundation.models.journal import Journal

__all__ = ["Account", "Journal"]
