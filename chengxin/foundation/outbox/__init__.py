"""The one outbox: what persons must be told, kept as rows, sent by channels, proven by deliveries.

A notice is written in the transaction of what it tells of. A batch writes all of its own by COPY and asks once that they
be sent (F14).
"""

from chengxin.foundation.outbox.notices import EVERY, NOTICE_ROWS, dispatch_batch, tell

__all__ = ["EVERY", "NOTICE_ROWS", "dispatch_batch", "tell"]
