"""Numbers of cases, as people read them aloud."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.kernel.days import shanghai_day

PREFIXES: Final[Mapping[str, str]] = {
    "objection": "YY",
    "correction": "GZ",
    "sibling": "FC",
    "readmission": "HF",
    "repair": "XF",
    "more_time": "YQ",
    "statement": "SM",
    "interview": "YT",
    "commitment": "CN",
    "appeal": "SS",
    "complaint": "TS",
}
"""The first sounds of what each is called in Chinese. Complete by test."""


def case_number(workflow: str, uid: UUID, opened_at: datetime) -> str:
    """The number on a receipt: ``YY20260601-1A2B3C4D``, what it is, its day in Shanghai, the head of its uid.

    The same for the person and every office; an address or a key is never made from it.
    """
    return f"{PREFIXES[workflow]}{shanghai_day(opened_at):%Y%m%d}-{uid.hex[:8].upper()}"
