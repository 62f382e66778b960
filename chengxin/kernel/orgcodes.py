"""Unified social credit codes of organisations, GB 32100-2015, in the full alphabet."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chengxin.kernel.documents import PRACTICE_REGION, normalise_number

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: no I, O, S, V, Z."""

WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))

_CODE = re.compile(f"[{ALPHABET}]{{18}}")
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}


class OrgCodeFault(StrEnum):
    """Why a code is refused; stable for ever."""

    MISSING = "org_code_missing"
    WRONG_LENGTH = "org_code_wrong_length"
    WRONG_CHARACTERS = "org_code_wrong_characters"
    WRONG_CHECK_CHARACTER = "org_code_wrong_check_character"


@dataclass(frozen=True, slots=True)
class OrgCodeCheck:
    """What `check_org_code` found; `code` is normalised, `practice` tells region 00 (places 3 and 4)."""

    code: str
    ok: bool
    reason: OrgCodeFault | None
    practice: bool = False


def org_check_char(first17: str) -> str:
    """The 18th character. Raises ValueError for a character outside the alphabet or another length."""
    try:
        total = sum(weight * _VALUE[character] for weight, character in zip(WEIGHTS, first17, strict=True))
    except KeyError as missing:
        raise ValueError(f"{missing.args[0]!r} is not in the alphabet of GB 32100") from None
    return ALPHABET[-total % 31]


def check_org_code(code: str) -> OrgCodeCheck:
    """Is this a unified social credit code? Letters may stand in every place: rural collectives begin with one."""
    code = normalise_number(code)
    if not code:
        return OrgCodeCheck(code, ok=False, reason=OrgCodeFault.MISSING)
    if len(code) != 18:
        return OrgCodeCheck(code, ok=False, reason=OrgCodeFault.WRONG_LENGTH)
    if not _CODE.fullmatch(code):
        return OrgCodeCheck(code, ok=False, reason=OrgCodeFault.WRONG_CHARACTERS)
    if org_check_char(code[:17]) != code[17]:
        return OrgCodeCheck(code, ok=False, reason=OrgCodeFault.WRONG_CHECK_CHARACTER)
    return OrgCodeCheck(code, ok=True, reason=None, practice=code[2:4] == PRACTICE_REGION)
