"""What goes wrong when clerks type: each kind of mess spoils one row, and says what screening is to make of it.

`verdict` is the reason code the row comes back with, or ACCEPTED: the test of the city holds screening to it, and the city
to its word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chengxin.catalogue.terms import FieldRole, FieldType, Item
from chengxin.collection.terms import Reason
from chengxin.doors.demo.city.dice import Dice
from chengxin.doors.demo.city.offices import offices
from chengxin.doors.demo.city.people import citizen_number
from chengxin.doors.demo.city.rows import Row, again
from chengxin.kernel.documents import check_character

ACCEPTED: Final = "accepted"
_WIDE: Final = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"}
_CHECKS: Final = "0123456789X"
_YOUNG: Final = 2_000_000
"""Places of numbers beyond the people of the city: for the young ones that no file may hold."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The row to spoil, the item it belongs to, the day it is handed in, its number in all files, and the dice."""

    row: Row
    item: Item
    today: date
    serial: int
    dice: Dice

    def code(self, role: FieldRole) -> str | None:
        """The column with this role, None where the item has none."""
        spec = self.item.field_of(role)
        return spec.code if spec else None

    def cell(self, role: FieldRole) -> str:
        """What stands in it, "" where there is none."""
        code = self.code(role)
        return self.row[code] if code else ""

    def put(self, role: FieldRole, value: str) -> Row | None:
        """The row with another value there; None where the item has no such column."""
        code = self.code(role)
        return again(self.row, **{code: value}) if code else None

    @property
    def has_citizen_number(self) -> bool:
        return self.cell(FieldRole.DOCUMENT_KIND) == "01"


@dataclass(frozen=True, slots=True)
class Mess:
    """One kind of mess: its share of all rows, what it does (None: not to this row), and what becomes of the row."""

    name: str
    share: float
    spoil: Callable[[Spot], Row | None]
    verdict: str


def _wide_digits(spot: Spot) -> Row | None:
    return spot.put(FieldRole.DOCUMENT_NUMBER, spot.cell(FieldRole.DOCUMENT_NUMBER).translate(_WIDE))


def _stray_blanks(spot: Spot) -> Row | None:
    number = spot.cell(FieldRole.DOCUMENT_NUMBER)
    named = spot.put(FieldRole.PERSON_NAME, f"\u3000{spot.cell(FieldRole.PERSON_NAME)} ")
    code = spot.code(FieldRole.DOCUMENT_NUMBER)
    return again(named, **{code: f" {number}\t"}) if named and code else named


def _blank_in_name(spot: Spot) -> Row | None:
    name = spot.cell(FieldRole.PERSON_NAME)
    return spot.put(FieldRole.PERSON_NAME, f"{name[0]}　{name[1:]}") if len(name) == 2 else None


def _small_x(spot: Spot) -> Row | None:
    number = spot.cell(FieldRole.DOCUMENT_NUMBER)
    return spot.put(FieldRole.DOCUMENT_NUMBER, number.lower()) if number.endswith("X") else None


def _other_date(spot: Spot) -> Row | None:
    day = date.fromisoformat(spot.cell(FieldRole.DECIDED_ON))
    return spot.put(FieldRole.DECIDED_ON, DATE_FORMS[spot.dice.below(len(DATE_FORMS))](day))


def _kind_in_words(spot: Spot) -> Row | None:
    return spot.put(FieldRole.DOCUMENT_KIND, "居民身份证") if spot.has_citizen_number else None


def _display_end(spot: Spot) -> Row | None:
    return spot.put(FieldRole.COMPUTED_IGNORED, (spot.today + timedelta(days=5 * 365)).isoformat())


def _wrong_check(spot: Spot) -> Row | None:
    number = spot.cell(FieldRole.DOCUMENT_NUMBER)
    wrong = _CHECKS[(_CHECKS.index(check_character(number[:17])) + 1) % 11] if spot.has_citizen_number else ""
    return spot.put(FieldRole.DOCUMENT_NUMBER, number[:17] + wrong) if wrong else None


def _old_number(spot: Spot) -> Row | None:
    number = spot.cell(FieldRole.DOCUMENT_NUMBER)
    return spot.put(FieldRole.DOCUMENT_NUMBER, number[:6] + number[8:17]) if spot.has_citizen_number else None


def _masked(spot: Spot) -> Row | None:
    number = spot.cell(FieldRole.DOCUMENT_NUMBER)
    return spot.put(FieldRole.DOCUMENT_NUMBER, f"{number[:6]}********{number[-4:]}")


def _lost_digits(spot: Spot) -> Row | None:
    number = spot.cell(FieldRole.DOCUMENT_NUMBER)
    return spot.put(FieldRole.DOCUMENT_NUMBER, f"{number[2]}.{number[3:8]}E+17") if spot.has_citizen_number else None


def _minor(spot: Spot) -> Row | None:
    act = spot.cell(FieldRole.ACT_ON)
    if not act or not spot.has_citizen_number:
        return None
    born = date.fromisoformat(act) - timedelta(days=spot.dice.between(15 * 365, 17 * 365))
    return spot.put(FieldRole.DOCUMENT_NUMBER, citizen_number(_YOUNG + spot.serial % 5_000_000, born))


def _future(spot: Spot) -> Row | None:
    return spot.put(FieldRole.DECIDED_ON, (spot.today + timedelta(days=spot.dice.between(10, 60))).isoformat())


def _another_office(spot: Spot) -> Row | None:
    return spot.put(FieldRole.SOURCE_CODE, offices()[0].code)


def _detention(spot: Spot) -> Row | None:
    return again(spot.row, CF_CFLB="行政拘留") if "CF_CFLB" in spot.row else None


def _fine_in_words(spot: Spot) -> Row | None:
    return again(spot.row, CF_NR_FK="叁仟元整") if spot.row.get("CF_NR_FK") else None


def _illness(spot: Spot) -> Row | None:
    spec = next((one for one in spot.item.fields if one.element in {"act.facts", "list.facts"}), None)
    return again(spot.row, **{spec.code: spot.row[spec.code] + "当事人自述患有糖尿病。"}) if spec else None


def _put(role: FieldRole, value: str) -> Callable[[Spot], Row | None]:
    return lambda spot: spot.put(role, value)


def _wide_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日".translate(_WIDE)


DATE_FORMS: Final[tuple[Callable[[date], str], ...]] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    _wide_day,
    lambda day: f"{day.isoformat()} 00:00:00",
)
"""The forms that days come in; a file keeps to one of the first five."""

MESSES: Final = (
    Mess("wide_digits", 0.03, _wide_digits, ACCEPTED),
    Mess("stray_blanks", 0.04, _stray_blanks, ACCEPTED),
    Mess("blank_in_name", 0.02, _blank_in_name, ACCEPTED),
    Mess("small_x", 0.02, _small_x, ACCEPTED),
    Mess("other_date", 0.03, _other_date, ACCEPTED),
    Mess("kind_in_words", 0.02, _kind_in_words, ACCEPTED),
    Mess("display_end", 0.01, _display_end, ACCEPTED),
    Mess("wrong_check", 0.008, _wrong_check, Reason.NUMBER_WRONG_CHECK_DIGIT),
    Mess("old_number", 0.003, _old_number, Reason.NUMBER_OLD_15_DIGITS),
    Mess("masked_number", 0.002, _masked, Reason.NUMBER_MASKED),
    Mess("lost_digits", 0.002, _lost_digits, Reason.NUMBER_LOST_DIGITS),
    Mess("decider_missing", 0.004, _put(FieldRole.DECIDER_NAME, ""), Reason.CELL_MISSING),
    Mess("simplified", 0.005, _put(FieldRole.PROCEDURE, "简易程序"), Reason.SIMPLIFIED_PROCEDURE),
    Mess("minor", 0.004, _minor, Reason.UNDER_AGE),
    Mess("remark", 0.003, _put(FieldRole.REMARK_REFUSED, "当事人态度较差"), Reason.REMARK_NOT_ACCEPTED),
    Mess("no_such_day", 0.003, _put(FieldRole.DECIDED_ON, "2026-02-30"), Reason.DATE_IMPOSSIBLE),
    Mess("future", 0.002, _future, Reason.DECIDED_IN_FUTURE),
    Mess("another_office", 0.002, _another_office, Reason.NOT_YOUR_CODE),
    Mess("class_unknown", 0.003, _put(FieldRole.ACT_CLASS, "较重"), Reason.CODE_UNKNOWN),
    Mess("detention", 0.003, _detention, Reason.PUBLIC_SECURITY_PENALTY),
    Mess("fine_in_words", 0.003, _fine_in_words, Reason.FIGURE_UNREADABLE),
    Mess("illness", 0.002, _illness, Reason.FREE_TEXT_FORBIDDEN_MATTER),
    Mess("unknown_law", 0.002, _put(FieldRole.LEGAL_BASIS, "《云川市摊贩管理细则》第三条"), Reason.LAW_UNKNOWN),
    Mess(
        "repealed_law",
        0.003,
        _put(FieldRole.LEGAL_BASIS, "《中华人民共和国执业医师法》第三十九条"),
        Reason.LAW_REPEALED,
    ),
)


def spoil(spot: Spot) -> tuple[Row, Mess | None]:
    """The row as it leaves the clerk's hands, and the mess made of it, if any."""
    throw = spot.dice.below(1_000_000) / 1_000_000
    for mess in MESSES:
        if throw < mess.share:
            spoilt = mess.spoil(spot)
            return (spot.row, None) if spoilt is None else (spoilt, mess)
        throw -= mess.share
    return spot.row, None


def restyle(row: Row, item: Item, form: Callable[[date], str]) -> Row:
    """The days of a row in the form that the whole file keeps to; a cell that is no day stays as it is."""
    days = [spec.code for spec in item.fields if spec.type is FieldType.DATE]
    return again(row, **{code: _restyled(row[code], form) for code in days if row[code]})


def _restyled(cell: str, form: Callable[[date], str]) -> str:
    try:
        return form(date.fromisoformat(cell)) if len(cell) == 10 else cell
    except ValueError:
        return cell
