"""Documents of identity: what a valid number looks like, and how one is shown.

`check_document` is the plain reference; bulk screening repeats it column by column and is tested against it. Nothing is
derived from a number but the birth date that the law needs (F11): no sex, no home.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from chengxin.kernel.names import BLANKS


class DocumentKind(StrEnum):
    """Codes of the national templates (双公示)."""

    CITIZEN = "01"
    """居民身份证, and the residence permits (居住证) of Hong Kong, Macau, Taiwan residents: one system of numbers."""
    PASSPORT = "02"
    """护照, Chinese or foreign."""
    HK_MACAU_PERMIT = "03"
    """港澳居民来往内地通行证."""
    TAIWAN_PERMIT = "04"
    """台湾居民来往大陆通行证."""
    PERMANENT_RESIDENCE = "05"
    """外国人永久居留身份证."""


class DocumentFault(StrEnum):
    """Why a number is refused; stable for ever."""

    MISSING = "number_missing"
    OLD_15_DIGITS = "number_old_15_digits"
    WRONG_LENGTH = "number_wrong_length"
    WRONG_CHARACTERS = "number_wrong_characters"
    PLACEHOLDER = "number_placeholder"
    BIRTH_DATE_IMPOSSIBLE = "number_birth_date_impossible"
    BIRTH_DATE_IN_FUTURE = "number_birth_date_in_future"
    WRONG_CHECK_DIGIT = "number_wrong_check_digit"


class DocumentWarning(StrEnum):
    """What is odd about a number that is accepted all the same."""

    REGION_UNKNOWN = "number_region_unknown"
    LOOKS_LIKE_PERMANENT_RESIDENCE = "number_looks_like_permanent_residence"


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """What `check_document` found. `birth_date` is given only where the number is right and holds one."""

    kind: DocumentKind
    number: str
    ok: bool
    reason: DocumentFault | None
    warnings: tuple[DocumentWarning, ...] = ()
    birth_date: date | None = None
    practice: bool = False


_HYPHENS: Final = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_BRACKETS: Final = "()\uff08\uff09"


def _number_translation() -> dict[int, int | None]:
    table: dict[int, int | None] = {0xFEE0 + point: point for point in range(0x21, 0x7F)}
    for small in range(ord("a"), ord("z") + 1):
        table[small] = table[0xFEE0 + small] = small - 32
    table.update({0x2169: ord("X"), 0x2179: ord("X")})  # the Roman ten that some keyboards offer for the check digit
    table.update(dict.fromkeys(map(ord, _HYPHENS + _BRACKETS)))
    table.update(dict.fromkeys(BLANKS))
    return table


NUMBER_TRANSLATION: Final = MappingProxyType(_number_translation())
"""Code point to code point, or to None where it is dropped; bulk code uses the same table."""

CITIZEN_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CITIZEN_CHECK_CHARACTERS: Final = "10X98765432"
"""GB 11643-1999 with ISO 7064 MOD 11-2: the character at (weighted sum mod 11)."""

_PROVINCES = (
    range(11, 16),
    range(21, 24),
    range(31, 38),
    range(41, 47),
    range(50, 55),
    range(61, 66),
    (71, 81, 82, 83),
)

PROVINCES: Final = frozenset(str(code) for codes in _PROVINCES for code in codes)
"""First two digits ever assigned (GB/T 2260); a region is only a warning, for its codes change every year."""

PRACTICE_REGION: Final = "00"
PRACTICE_ISSUE: Final = "99"
PRACTICE_PASSPORT: Final = "PRACTICE"
"""Numbers that belong to no one: region 00; a permit issued for the 99th time; a passport longer than any real one."""

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_PASSPORT = re.compile(r"(?=.*[0-9])[0-9A-Z]{5,17}")
_HK_MACAU = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")
_TAIWAN = re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]")
_RESIDENCE_15 = re.compile(r"[A-Z]{3}[0-9]{12}")


def normalise_number(raw: str) -> str:
    """Full-width characters to ASCII, letters to capitals; blanks, hyphens and brackets dropped."""
    return raw.translate(NUMBER_TRANSLATION)


def check_character(first17: str) -> str:
    """The last character of a number of 18 places whose first 17 are digits (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(CITIZEN_WEIGHTS, first17, strict=True))
    return CITIZEN_CHECK_CHARACTERS[total % 11]


def check_document(kind: DocumentKind, number: str, *, today: date) -> DocumentCheck:
    """Is this a number that such a document can have? `number` as typed; `today` is the day in Shanghai.

    Faults are sought in this order: missing, form, birth date, check digit. Sources: GB 11643-1999; the 2023 card
    for foreign permanent residents by the notice of the National Immigration Administration; passports by ICAO Doc
    9303 (letters and digits) with room for longer ones; permits by their printed form.
    """
    number = normalise_number(number)
    if not number:
        return _refused(kind, number, DocumentFault.MISSING)
    match kind:
        case DocumentKind.CITIZEN:
            return _check_citizen(number, today)
        case DocumentKind.PERMANENT_RESIDENCE:
            return _check_permanent_residence(number, today)
        case DocumentKind.PASSPORT:
            return _check_printed(kind, number, _PASSPORT, range(5, 18), practice=number.startswith(PRACTICE_PASSPORT))
        case DocumentKind.HK_MACAU_PERMIT:
            again = len(number) == 11 and number.endswith(PRACTICE_ISSUE)
            return _check_printed(kind, number, _HK_MACAU, (9, 11), practice=again)
        case DocumentKind.TAIWAN_PERMIT:
            again = len(number) == 11 and number[8:10] == PRACTICE_ISSUE
            return _check_printed(kind, number, _TAIWAN, (8, 11), practice=again)


def _refused(kind: DocumentKind, number: str, fault: DocumentFault) -> DocumentCheck:
    return DocumentCheck(kind, number, ok=False, reason=fault)


def _check_citizen(number: str, today: date) -> DocumentCheck:
    kind = DocumentKind.CITIZEN
    if len(number) == 15 and number.isascii() and number.isdigit():
        # Numbers of 15 digits ended on 2013-01-01 (居民身份证法 23) and cannot be told from typing errors.
        return _refused(kind, number, DocumentFault.OLD_15_DIGITS)
    found = _check_eighteen(kind, number, today)
    if isinstance(found, DocumentFault):
        return _refused(kind, number, found)
    region = number[:2]
    warnings: tuple[DocumentWarning, ...] = ()
    if region[0] == "9":
        warnings = (DocumentWarning.REGION_UNKNOWN, DocumentWarning.LOOKS_LIKE_PERMANENT_RESIDENCE)
    elif region not in PROVINCES and region != PRACTICE_REGION:
        warnings = (DocumentWarning.REGION_UNKNOWN,)
    return DocumentCheck(kind, number, True, None, warnings, found, practice=region == PRACTICE_REGION)


def _check_permanent_residence(number: str, today: date) -> DocumentCheck:
    """2023 card: 9, region 2, nationality 3 (ISO 3166-1), birth date 8, order 3, check 1. Before: 3 letters, 12 digits.

    The older number holds only two digits of the birth year, so no birth date is read from it.
    """
    kind = DocumentKind.PERMANENT_RESIDENCE
    if len(number) == 15:
        return _check_printed(kind, number, _RESIDENCE_15, (15,), practice=number[3:5] == PRACTICE_REGION)
    if len(number) == 18 and number[0] != "9":
        return _refused(kind, number, DocumentFault.WRONG_CHARACTERS)
    found = _check_eighteen(kind, number, today)
    if isinstance(found, DocumentFault):
        return _refused(kind, number, found)
    region = number[1:3]
    known = region in PROVINCES or region == PRACTICE_REGION
    warnings = () if known else (DocumentWarning.REGION_UNKNOWN,)
    return DocumentCheck(kind, number, True, None, warnings, found, practice=region == PRACTICE_REGION)


def _check_eighteen(kind: DocumentKind, number: str, today: date) -> date | DocumentFault:
    """The birth date in places 7 to 14 of a number of 18 places that is right, or what is wrong with it."""
    if len(number) != 18:
        return DocumentFault.WRONG_LENGTH
    if not _EIGHTEEN.fullmatch(number):
        return DocumentFault.WRONG_CHARACTERS
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return DocumentFault.BIRTH_DATE_IMPOSSIBLE
    if birth_date > today:
        return DocumentFault.BIRTH_DATE_IN_FUTURE
    if check_character(number[:17]) != number[17]:
        return DocumentFault.WRONG_CHECK_DIGIT
    return birth_date


def _check_printed(
    kind: DocumentKind, number: str, form: re.Pattern[str], lengths: range | tuple[int, ...], *, practice: bool
) -> DocumentCheck:
    """Numbers without a check digit that we could verify: form only, and no filling-in such as 000000000."""
    if len(number) not in lengths:
        return _refused(kind, number, DocumentFault.WRONG_LENGTH)
    if not form.fullmatch(number):
        return _refused(kind, number, DocumentFault.WRONG_CHARACTERS)
    digits = {character for character in number if character.isdigit()}
    if digits == {"0"} or len(set(number)) == 1:
        return _refused(kind, number, DocumentFault.PLACEHOLDER)
    return DocumentCheck(kind, number, ok=True, reason=None, practice=practice)
