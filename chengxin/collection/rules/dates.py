"""Days as suppliers write them: `2026-03-02`, `2026/3/2`, `20260302`, `2026年3月2日`, `2026.3.2`.

Full-width digits and signs, and blanks anywhere, are forgiven; a time of day after the date is left out. Year first
always: `3/2/2026` could be March or February. A bare number of five digits is what a spreadsheet keeps a date as; two
calendars of spreadsheets, 1,462 days apart, read it differently and nothing in the file tells which, so it is never
guessed. Years before 1900 are slips.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from chengxin.collection.terms import Reason
from chengxin.kernel.names import BLANKS

_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_NARROW: Final = {0xFEE0 + point: point for point in range(0x21, 0x7F)} | dict.fromkeys(map(ord, _HYPHENS), ord("-"))
_NO_BLANKS: Final[dict[int, None]] = dict.fromkeys(BLANKS)

_TIME = re.compile(r"(.*[0-9日])(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?", re.ASCII | re.DOTALL)
_FORMS = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})"
    r"|年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_FIRST_YEAR: Final = 1900


@lru_cache(maxsize=1 << 15)
def read_day(text: str) -> date | Reason:
    """The day, or why it cannot be told."""
    flat = text.translate(_NARROW)
    timed = _TIME.fullmatch(flat)
    flat = (timed[1] if timed else flat).translate(_NO_BLANKS)
    found = _FORMS.fullmatch(flat)
    if found is None:
        return Reason.DATE_IS_SERIAL_NUMBER if _SERIAL.fullmatch(flat) else Reason.DATE_UNREADABLE
    year, month, day = (int(part) for part in found.groups() if part is not None)
    if year < _FIRST_YEAR:
        return Reason.DATE_IMPOSSIBLE
    try:
        return date(year, month, day)
    except ValueError:
        return Reason.DATE_IMPOSSIBLE
