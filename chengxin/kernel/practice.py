"""Numbers that pass every check and belong to no one, for tests, sandboxes and the demo city.

All are flagged `practice` by `check_document` and `check_org_code`, so that a real instance can refuse them.
"""

import random
from datetime import date
from typing import Literal

from chengxin.kernel.documents import PRACTICE_ISSUE, PRACTICE_PASSPORT, PRACTICE_REGION, DocumentKind, check_character
from chengxin.kernel.orgcodes import ALPHABET, org_check_char


def practice_number(rng: random.Random, birth_date: date, sex: Literal["f", "m"] | None = None) -> str:
    """A citizen's number of region 00; `sex` fixes the parity of the order number (odd for m)."""
    order = rng.randrange(1000) if sex is None else rng.randrange(500) * 2 + (sex == "m")
    first17 = f"{PRACTICE_REGION}{rng.randrange(10_000):04}{birth_date:%Y%m%d}{order:03}"
    return first17 + check_character(first17)


def practice_residence_card(rng: random.Random, birth_date: date, nationality: int = 124) -> str:
    """A number of the 2023 card for foreign permanent residents; `nationality` is the ISO 3166-1 number."""
    first17 = f"9{PRACTICE_REGION}{nationality:03}{birth_date:%Y%m%d}{rng.randrange(1000):03}"
    return first17 + check_character(first17)


def practice_passport(rng: random.Random) -> str:
    """A passport number longer than any that is issued."""
    return f"{PRACTICE_PASSPORT}{rng.randrange(1, 1_000_000):06}"


def practice_permit(rng: random.Random, kind: DocumentKind) -> str:
    """A permit of kind 03 or 04 issued for the 99th time; raises ValueError for another kind."""
    order = f"{rng.randrange(100_000_000):08}{PRACTICE_ISSUE}"
    match kind:
        case DocumentKind.HK_MACAU_PERMIT:
            return rng.choice("HM") + order
        case DocumentKind.TAIWAN_PERMIT:
            return order + rng.choice("ABCDEFGH")
    raise ValueError("a permit is of kind 03 or 04")


def practice_org_code(rng: random.Random) -> str:
    """A unified social credit code of region 00: an organ of state registered by the office for establishment (11)."""
    first17 = f"11{PRACTICE_REGION}{rng.randrange(10_000):04}" + "".join(rng.choice(ALPHABET) for _ in range(9))
    return first17 + org_check_char(first17)
