"""The people of the city: person number `i` is the same for the same seed, however many there are and in whatever order.

Numbers lie in the region that belongs to nobody; each is given once. People are adults on the city's day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chengxin.doors.demo.city.dice import Dice
from chengxin.doors.demo.city.names import chinese_name, foreign_name
from chengxin.kernel.documents import PRACTICE_ISSUE, PRACTICE_PASSPORT, PRACTICE_REGION, check_character

MOST_PEOPLE = 1_000_000
_PLACES = 10_000_000
"""Seven free places in a citizen's number: four of the district, three of the order; more than `MOST_PEOPLE`."""
_STEP = 7_654_321
"""Has no factor in common with `_PLACES`, so that every person gets a place of their own."""
YOUNGEST, OLDEST = 21, 88


@dataclass(frozen=True, slots=True)
class Citizen:
    """One invented person. `kind` is the code of the document; `birth_date` also where the number does not tell it."""

    index: int
    kind: str
    number: str
    name: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class People:
    """`count` people as of `today`."""

    seed: int
    count: int
    today: date

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Citizen:
        if not 0 <= index < MOST_PEOPLE:
            raise IndexError(index)
        dice = Dice(self.seed, "people", index)
        birth = dice.day(_years_before(self.today, OLDEST), _years_before(self.today, YOUNGEST))
        kind = _kind(dice)
        name = foreign_name(dice) if kind in {"02", "05"} else chinese_name(dice)
        return Citizen(index, kind, document_number(kind, index, birth), name, birth)


def citizen_number(index: int, birth_date: date) -> str:
    """The citizen's number that belongs to place `index`: never the same for two."""
    place = (index * _STEP + 1_357_911) % _PLACES
    first17 = f"{PRACTICE_REGION}{place // 1000:04}{birth_date:%Y%m%d}{place % 1000:03}"
    return first17 + check_character(first17)


def document_number(kind: str, index: int, birth_date: date) -> str:
    """The number of a document of this kind for place `index`, of a form that is never issued."""
    match kind:
        case "02":
            return f"{PRACTICE_PASSPORT}{index:07}"
        case "03":
            return f"{'HM'[index % 2]}{index:08}{PRACTICE_ISSUE}"
        case "04":
            return f"{index:08}{PRACTICE_ISSUE}{'ABCDEFGH'[index % 8]}"
        case "05":
            first17 = f"9{PRACTICE_REGION}{index // 1000:03}{birth_date:%Y%m%d}{index % 1000:03}"
            return first17 + check_character(first17)
    return citizen_number(index, birth_date)


def _kind(dice: Dice) -> str:
    throw = dice.below(1000)
    for kind, share in (("02", 8), ("03", 6), ("04", 4), ("05", 2)):
        if throw < share:
            return kind
        throw -= share
    return "01"


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))
