"""One cell: what was typed -> what is meant, the first thing wrong with it, and what had to be tidied up.

Each function is the whole rule of one type of cell and knows nothing of the row. Bulk screening calls the same functions
once for every different value of a column, after passing by expression what is plainly right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from chengxin.catalogue.terms import CodeValue, FieldRole, FieldSpec
from chengxin.collection.rules.dates import read_day
from chengxin.collection.terms import Note, Reason
from chengxin.kernel.money import NARROW_DIGITS, BadAmount, parse_wan
from chengxin.kernel.names import BLANKS
from chengxin.kernel.orgcodes import OrgCodeFault, check_org_code

EDGE: Final = "".join(map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)))) + (
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What is cut from both ends of every cell: exactly Unicode's White_Space, as Polars' `strip_chars` has it."""

EMPTY_WORDS: Final = frozenset(
    ("NULL", "null", "Null", "None", "N/A", "n/a", "#N/A", "\\N", "/", "-", "--", "—", "——", "无", "暂无", "空")
)
"""What people and databases write into a cell that has nothing to say."""

SHORT: Final = 6
"""Cells of at most so many UTF-8 bytes are looked at for empty words and for nothing but invisible characters."""

DAMAGED: Final = "\ufffd"
LOST_DIGITS: Final = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{2}")
"""A long number that a spreadsheet took for a figure: `1.10101E+17`. Its last digits are gone."""

KEY_PLAIN: Final = "^[\u4e00-\u9fffA-Z0-9\u3014\u3015-]+$"
"""Texts that `key_text` returns unchanged; the same in Python and in Polars."""

_FIGURES: Final = frozenset("0123456789")
_BEYOND_WIDTH: Final = re.compile("[^\x00-\x7f\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\u2010-\u2015\u2212]")
"""Signs beside ASCII, Chinese, its punctuation and full width: rare, and looked at one by one."""

_BRACKETS: Final = str.maketrans("([{<《〈【「", "〔" * 8) | str.maketrans(")]}>》〉】」", "〕" * 8)
_HYPHENS: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"), ord("-"))
_KEY: Final[dict[int, int | str | None]] = {**_BRACKETS, **_HYPHENS, **dict.fromkeys(BLANKS)}

_ORG_FAULTS: Final = {
    OrgCodeFault.WRONG_LENGTH: Reason.ORG_CODE_WRONG_LENGTH,
    OrgCodeFault.WRONG_CHARACTERS: Reason.ORG_CODE_WRONG_CHARACTERS,
    OrgCodeFault.WRONG_CHECK_CHARACTER: Reason.ORG_CODE_WRONG_CHECK_CHARACTER,
}
_WIDTH: Final = {0xFEE0 + point: point for point in range(0x21, 0x7F)}

_FIGURE = re.compile(r"([0-9]+)(?:\.([0-9]*))?")
_AMOUNT_FAULTS: Final = {
    "not_a_number": Reason.FIGURE_UNREADABLE,
    "too_many_decimals": Reason.FIGURE_TOO_MANY_DECIMALS,
    "too_large": Reason.FIGURE_TOO_LARGE,
}
_SEPARATORS = re.compile("[;；]")


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is the canonical text, None where the cell is empty or wrong; `flag` marks a practice organisation."""

    value: str | None
    fault: Reason | None = None
    detail: str | None = None
    note: Note | None = None
    flag: bool = False


EMPTY: Final = Cell(None)


def trimmed(raw: str | None) -> tuple[str | None, Note | None]:
    """The cell without blanks at its ends, None where nothing is said; and whether anything was tidied up."""
    if raw is None:
        return None, None
    text = raw.strip(EDGE)
    if not text:
        return None, None
    if is_short(text) and says_nothing(text):
        return None, Note.READ_AS_EMPTY
    return text, None if text == raw else Note.BLANKS_TRIMMED


def is_short(text: str) -> bool:
    """Whether a cell is looked at for words that say nothing."""
    return len(text) <= SHORT and len(text.encode("utf-8", "replace")) <= SHORT


def says_nothing(text: str) -> bool:
    """True for an empty word, and for invisible characters alone."""
    return text in EMPTY_WORDS or all(ord(character) in BLANKS for character in text)


def read_text(text: str, spec: FieldSpec) -> Cell:
    """Text as written: not damaged by a wrong encoding, not longer than the column."""
    if DAMAGED in text:
        return Cell(None, Reason.TEXT_DAMAGED)
    if spec.length is not None and len(text) > spec.length:
        return Cell(None, Reason.CELL_TOO_LONG, str(spec.length))
    return Cell(text)


def read_identifier(text: str, spec: FieldSpec) -> Cell:
    """A number of a decision: text, but not one that a spreadsheet took for a figure."""
    if LOST_DIGITS.fullmatch(text):
        return Cell(None, Reason.NUMBER_LOST_DIGITS)
    return read_text(text, spec)


def read_date(text: str, spec: FieldSpec) -> Cell:
    """A day in one of the five written forms; its value is the ISO form."""
    found = read_day(text)
    if isinstance(found, Reason):
        return Cell(None, found)
    iso = found.isoformat()
    return Cell(iso, note=None if iso == text else Note.DATE_REWRITTEN)


def read_decimal(text: str, spec: FieldSpec) -> Cell:
    """An exact figure in its shortest form: `0.200000` is `0.2`. No signs, units or separators of thousands."""
    scale = spec.scale or 0
    whole_digits = (spec.length or 18) - scale
    if spec.unit == "wan_yuan":
        try:
            parse_wan(text)
        except BadAmount as bad:
            return Cell(
                None, _AMOUNT_FAULTS[str(bad.data["why"])], _figure_limit(str(bad.data["why"]), scale, whole_digits)
            )
    found = _FIGURE.fullmatch(text.translate(NARROW_DIGITS))
    if found is None or (found[2] == "" and "." in text):
        return Cell(None, Reason.FIGURE_UNREADABLE)
    whole, decimals = found[1].lstrip("0"), found[2] or ""
    if len(decimals) > scale:
        return Cell(None, Reason.FIGURE_TOO_MANY_DECIMALS, str(scale))
    if len(whole) > whole_digits:
        return Cell(None, Reason.FIGURE_TOO_LARGE, str(whole_digits))
    decimals = decimals.rstrip("0")
    value = (whole or "0") + (f".{decimals}" if decimals else "")
    return Cell(value, note=None if value == text else Note.FIGURE_REWRITTEN)


def _figure_limit(why: str, scale: int, whole_digits: int) -> str | None:
    return {"too_many_decimals": str(scale), "too_large": str(whole_digits)}.get(why)


def read_integer(text: str, spec: FieldSpec) -> Cell:
    """A whole number without sign."""
    digits = text.translate(NARROW_DIGITS)
    if not (digits.isascii() and digits.isdigit()):
        return Cell(None, Reason.FIGURE_UNREADABLE)
    value = digits.lstrip("0") or "0"
    most = spec.length or 9
    if len(value) > most:
        return Cell(None, Reason.FIGURE_TOO_LARGE, str(most))
    return Cell(value, note=None if value == text else Note.FIGURE_REWRITTEN)


def read_code(text: str, spec: FieldSpec) -> Cell:
    """A value of the column's code list, by its code, its words or another known spelling; several where it has many."""
    table = _spellings(spec.codes)
    whole = _spelled(text, table)
    parts = (
        [whole]
        if whole or not spec.many
        else [_spelled(part, table) for part in _SEPARATORS.split(text) if part.strip(EDGE)]
    )
    found = [part for part in parts if part is not None]
    if not found or len(found) < len(parts):
        return Cell(None, Reason.CODE_UNKNOWN, _offered(spec.codes))
    for code in found:
        if code.refused is not None:
            return Cell(None, refusal_of(code), code.value)
    value = ";".join(code.value for code in spec.codes if code in found)
    return Cell(value, note=None if value == text else Note.CODE_REWRITTEN)


def refusal_of(code: CodeValue) -> Reason:
    """The reason a known value is never accepted; `value_refused` where the catalogue names one of its own."""
    return next((reason for reason in Reason if reason == code.refused), Reason.VALUE_REFUSED)


def _spelled(text: str, table: dict[str, CodeValue]) -> CodeValue | None:
    return table.get(text) or table.get(_folded(text))


@lru_cache(maxsize=512)
def _spellings(codes: tuple[CodeValue, ...]) -> dict[str, CodeValue]:
    """Every spelling, and its folded form where that is nobody else's; a lost leading zero is forgiven likewise."""
    table = {word: code for code in codes for word in (code.value, code.zh, code.en, *code.aliases)}
    folded: dict[str, set[CodeValue]] = {}
    for word, code in table.items():
        for form in {_folded(word), _folded(word).lstrip("0")} - {""}:
            folded.setdefault(form, set()).add(code)
    for form, owners in folded.items():
        if len(owners) == 1:
            table.setdefault(form, *owners)
    return table


def _folded(text: str) -> str:
    # width alone: NFKC would read a raised figure as one more digit of a code
    flat = text.translate(_WIDTH).casefold()
    return "".join(character for character in flat if ord(character) not in BLANKS)


def _offered(codes: Iterable[CodeValue]) -> str:
    return "; ".join(
        code.value if code.value == code.zh else f"{code.value} {code.zh}" for code in codes if not code.refused
    )


def read_org_code(text: str, spec: FieldSpec) -> Cell:
    """A unified social credit code, normalised; `flag` tells one of region 00."""
    if LOST_DIGITS.fullmatch(text):
        return Cell(None, Reason.NUMBER_LOST_DIGITS)
    found = check_org_code(text)
    if found.reason is not None:
        fault = _ORG_FAULTS.get(found.reason, Reason.ORG_CODE_WRONG_CHARACTERS)
        return Cell(None, fault)
    return Cell(found.code, note=None if found.code == text else Note.NUMBER_REWRITTEN, flag=found.practice)


def key_text(text: str) -> str:
    """The form of a text by which two rows are known to speak of one decision: width, brackets, case, blanks forgotten.

    A figure is a figure of ASCII or of full width: ``17²号`` has a mark behind its number, and is not ``172号``.
    """
    if _BEYOND_WIDTH.search(text):
        folded = "".join(char if _stands_for_figures(char) else unicodedata.normalize("NFKC", char) for char in text)
    else:
        folded = unicodedata.normalize("NFKC", text)
    return folded.upper().translate(_KEY)


@lru_cache(maxsize=1024)
def _stands_for_figures(char: str) -> bool:
    """Whether a sign (², ①, ½) would be taken for figures that nobody wrote."""
    if char.isascii() or "\uff10" <= char <= "\uff19":
        return False
    return any(figure in _FIGURES for figure in unicodedata.normalize("NFKC", char))


ORG_ROLES: Final = frozenset({FieldRole.DECIDER_CODE, FieldRole.SOURCE_CODE})
