"""Which field each heading of a file means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from chengxin.catalogue.terms import FieldSpec, Item

IGNORED: Final = ""
"""What a clerk maps a heading to whose column is of no use here."""

_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class HeadingMap:
    """`fields`: heading -> field code, or "" for a column left out. `missing`: required fields no heading means.
    `unknown`: headings that mean none. `doubled`: field codes that several headings mean; the first one counts."""

    fields: Mapping[str, str]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the file can be read without asking anybody."""
        return not (self.missing or self.unknown or self.doubled)


def map_headings(item: Item, headings: Iterable[str], kept: Mapping[str, str]) -> HeadingMap:
    """Map headings by what the clerk kept, then by code, then by Chinese and English name, with or without the code.

    Case, width, blanks and signs are forgiven. A column without heading means nothing.
    """
    names = _names(item)
    fields: dict[str, str] = {}
    unknown: list[str] = []
    doubled: list[str] = []
    for heading in headings:
        if not heading:
            continue
        code = kept.get(heading)
        if code is None or (code != IGNORED and code not in item.by_code):
            code = names.get(folded(heading))
        if code is None:
            unknown.append(heading)
        elif code != IGNORED and code in fields.values():
            doubled.append(code)
        else:
            fields[heading] = code
    meant = set(fields.values())
    missing = tuple(spec.code for spec in item.fields if spec.is_required and spec.code not in meant)
    return HeadingMap(fields, missing, tuple(unknown), tuple(dict.fromkeys(doubled)))


def folded(heading: str) -> str:
    """A heading without what clerks and systems write differently."""
    return _NOT_A_WORD.sub("", unicodedata.normalize("NFKC", heading).casefold())


def _names(item: Item) -> dict[str, str]:
    """Folded names -> field code; a name that two fields share names neither."""
    found: dict[str, set[str]] = {}
    for spec in item.fields:
        for name in _names_of(spec):
            found.setdefault(name, set()).add(spec.code)
    names = {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
    # A code is always its own field's, whatever others are called.
    return names | {folded(spec.code): spec.code for spec in item.fields}


def _names_of(spec: FieldSpec) -> set[str]:
    code, zh, en = folded(spec.code), folded(spec.zh), folded(spec.en)
    return {zh, en, code + zh, zh + code, code + en, en + code, code + zh + en, zh + en} - {""}
