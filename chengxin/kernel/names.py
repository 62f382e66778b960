"""The one normaliser of people's names (F3).

A normalised name is only ever hashed together with a number, to see whether two sources mean one person; it is never
shown and never stored. So it may forget what clerks type differently (width, dots, blanks, case), and must keep what
tells people apart: 简 and 繁 forms are never converted, a different character is a different name.

Bulk code repeats it with the same two parts: names matching `PLAIN_NAME` are already normal (nearly all are), the
others go through NFKC, `TRANSLATION`, NFKC.
"""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MIDDLE_DOT: Final = 0x00B7

# Dots met between the parts of a name; the full stop is what a keyboard without a middle dot gives.
_DOTS: Final = (
    ".\u0387\u119e\u1427\u16eb\u2022\u2024\u2027\u2219\u22c5\u25cf\u25e6"
    "\u2e31\u2e33\u3002\u30fb\u318d\ua78f\uff0e\uff61\uff65"
)

# Blanks of every width, and what is invisible: joiners, direction marks, variation selectors, fillers, tags.
_BLANK_CATEGORIES: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_INVISIBLE: Final = (
    *(0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0),
    *range(0x180B, 0x180E),
    *range(0xFE00, 0xFE10),
    *range(0xE0000, 0xE01F0),
)
_SCANNED: Final = range(0x20000)  # no blank but the tags above and no cased letter lies beyond

PLAIN_NAME: Final = "^[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002f7ff\u00b7]+$"
"""A pattern (the same in Python and in Polars): the names it matches are those that need no normalising."""

BLANKS: Final = frozenset(
    {point for point in _SCANNED if unicodedata.category(chr(point)) in _BLANK_CATEGORIES}.union(_INVISIBLE)
)
"""Code points that no name and no number of a document holds on purpose."""


def _small_letters() -> dict[int, int | None]:
    """Case folding where it gives one character; the few that give two stay: this shape of table cannot hold them."""
    folded = ((point, chr(point).casefold()) for point in _SCANNED)
    return {point: ord(small) for point, small in folded if len(small) == 1 and ord(small) != point}


def _translation() -> dict[int, int | None]:
    table = _small_letters()
    table.update({ord(dot): MIDDLE_DOT for dot in _DOTS})
    table.update(dict.fromkeys(BLANKS))
    table[0x0130] = ord("i")  # I with a dot, of Turkish papers: the machine-readable line has a plain I
    return table


TRANSLATION: Final[Mapping[int, int | None]] = MappingProxyType(_translation())
"""Code point to code point, or to None where it is dropped; applied between two NFKC passes."""


def normalise_name(raw: str) -> str:
    """The form of a name that two sources must agree on; empty where nothing but blanks was given."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", raw).translate(TRANSLATION))
