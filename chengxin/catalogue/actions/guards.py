"""What every write of this room begins with: one at a time, with a reason."""

from __future__ import annotations

from django.db import connections

from chengxin.foundation.database import WEB
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Reason as OfficeReason

_LOCK = 0x6361_7461_6C6F_6775
"""Key of the advisory lock that lines up decisions on editions: their rows cannot be locked, nobody may change them."""


def one_at_a_time() -> None:
    """Wait until no other transaction decides on editions; until the end of this one none will."""
    with connections[WEB].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def require_reason(reason: str) -> None:
    """Raise `Refusal` for an act that does not say why."""
    if not reason.strip():
        raise Refusal(Refused(OfficeReason.REASON_MISSING, "F10"))
