"""Numbers that people read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.kernel.days import shanghai_day

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def objection_number(uid: UUID, at: datetime) -> str:
    """The number on the receipt of an objection: ``YY20260601-1A2B3C4D``, its day in Shanghai and the head of its uid.

    The same for the person and the officer; an address or a key is never made from it.
    """
    return f"YY{shanghai_day(at):%Y%m%d}-{uid.hex[:8].upper()}"
