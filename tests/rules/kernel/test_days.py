from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.days import (
    HolidayTableBroken,
    MomentWithoutZone,
    day_starts_at,
    parse_holidays,
    shanghai_day,
    shipped_holidays,
)
from chengxin.kernel.own_holidays import HolidayFileBroken, own_years, with_own_years
from chengxin.kernel.seasons import is_certainly_off, seasons_near

QUICK = settings(max_examples=80, deadline=None, database=None)
TABLE = shipped_holidays()
EVERY_DAY = [date(2004, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]


def test_every_day_from_2004_to_2026_is_as_the_oracle_says() -> None:
    differing = [day for day in EVERY_DAY if TABLE.is_working(day) != chinese_calendar.is_workday(day)]
    assert differing == []


def test_every_run_off_and_every_make_up_day_is_needed() -> None:
    """Nothing in the table is idle: work days are weekend days, and each run off holds a weekday or a statutory day."""
    assert all(day.weekday() >= 5 for day in TABLE.work)
    assert {day.year for day in TABLE.off} == set(range(2004, 2027))
    for year in TABLE.years.values():
        for day in year.statutory:
            assert not year.noticed or not TABLE.is_working(day)


@pytest.mark.parametrize(("year", "number"), [(2025, "国办发明电〔2024〕12号"), (2026, "国办发明电〔2025〕7号")])
def test_the_notices_we_know_by_number_are_named(year: int, number: str) -> None:
    assert number in TABLE.years[year].source
    assert TABLE.years[year].confidence == "A"


def test_2026_day_by_day() -> None:
    def days(*texts: str) -> set[date]:
        return {date.fromisoformat(f"2026-{text}") for text in texts}

    year = TABLE.years[2026]
    assert year.work == days("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
    runs = [("01-01", 3), ("02-15", 9), ("04-04", 3), ("05-01", 5), ("06-19", 3), ("09-25", 3), ("10-01", 7)]
    expected = {first + timedelta(days=n) for text, length in runs for first in days(text) for n in range(length)}
    assert year.off == expected


def test_2027_has_its_statutory_days_and_no_notice() -> None:
    year = TABLE.years[2027]
    texts = "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"
    assert " ".join(f"{day:%m-%d}" for day in year.statutory) == texts
    assert not year.noticed
    assert sum(day.weekday() >= 5 for day in year.statutory) == 6
    assert TABLE.last_noticed_year == 2026


def test_where_the_settled_days_end() -> None:
    assert TABLE.is_settled(date(2026, 12, 28))
    assert not TABLE.is_settled(date(2026, 12, 29))
    assert not TABLE.is_settled(date(2027, 3, 1))
    assert not TABLE.is_settled(date(2003, 12, 1))
    assert TABLE.is_settled(date(2025, 12, 31))


def test_no_notice_reached_further_back_than_the_settled_days() -> None:
    before_its_year = [day for y in TABLE.years.values() for day in y.off | y.work if day.year < y.year]
    assert min((day.month, day.day) for day in before_its_year) == (12, 29)


def test_make_up_days_lie_near_a_statutory_day() -> None:
    """What the office's clock past the last notice rests on: each was near a holiday whose day was known before."""
    withheld = TABLE.without_notices_from(2004)
    assert not withheld.off
    assert not withheld.work
    assert [day for day in TABLE.work if not seasons_near(day, withheld)] == []


def test_a_year_that_is_not_in_the_table_has_wide_seasons() -> None:
    assert is_certainly_off(date(2031, 10, 3), TABLE)
    assert not is_certainly_off(date(2031, 2, 5), TABLE)
    assert {season.further_working_days for season in seasons_near(date(2031, 2, 1), TABLE)} == {9}
    assert seasons_near(date(2031, 7, 20), TABLE) == ()
    assert [season.first for season in seasons_near(date(2030, 12, 20), TABLE)] == [date(2031, 1, 1)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("work = [2026-01-04]", "work = [2026-01-05]"), "work_not_weekend"),
        (("work = [2026-01-04]", "work = [2026-01-03]"), "off_and_worked"),
        (("work = [2026-01-04]", "work = [2024-01-06]"), "outside_year"),
        (("work = [2026-01-04]", "work = [2025-12-27]"), "reaches_too_far_back"),
        (("statutory = [2026-01-01]", "statutory = [2026-01-06]"), "statutory_not_off"),
        (("statutory = [2026-01-01]", "statutory = [2025-01-01]"), "statutory_outside_year"),
        (('confidence = "M"', 'confidence = "sure"'), "source"),
        (("off = [[2026-01-01, 2026-01-03]]", ""), "days_without_notice"),
        (("# twice", "[[year]]\nyear=2026\nsource='x'\nconfidence='M'\nstatutory=[]"), "year_twice"),
    ],
)
def test_a_table_that_contradicts_itself_does_not_load(change: tuple[str, str], why: str) -> None:
    sound = (
        '[[year]]\nyear = 2026\nsource = "notice"\nconfidence = "M"\noff = [[2026-01-01, 2026-01-03]]\n'
        "work = [2026-01-04]\nstatutory = [2026-01-01]\n# twice\n"
    )
    assert not parse_holidays(sound).is_working(date(2026, 1, 2))
    with pytest.raises(HolidayTableBroken) as broken:
        parse_holidays(sound.replace(*change))
    assert broken.value.data["why"] == why


def test_the_day_in_shanghai() -> None:
    assert shanghai_day(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    assert shanghai_day(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert day_starts_at(date(2026, 3, 2)) == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)


def test_summer_time_of_1988_is_known() -> None:
    assert day_starts_at(date(1988, 7, 1)) == datetime(1988, 6, 30, 15, 0, tzinfo=UTC)


def test_a_naive_moment_has_no_day() -> None:
    with pytest.raises(MomentWithoutZone):
        shanghai_day(datetime(2026, 3, 1))  # noqa: DTZ001 - the fault under test


@QUICK
@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_day_begins_where_the_one_before_ends(day: date) -> None:
    start = day_starts_at(day)
    assert shanghai_day(start) == day
    assert shanghai_day(start - timedelta(microseconds=1)) == day - timedelta(days=1)


NOTICE_2027 = """
[[year]]
year = 2027
source = "国务院办公厅关于2027年部分节假日安排的通知"
dated = 2026-11-12
confidence = "A"
off = [[2027-01-01, 2027-01-03], [2027-02-04, 2027-02-12], [2027-04-03, 2027-04-05], [2027-05-01, 2027-05-05],
  [2027-06-07, 2027-06-09], [2027-09-13, 2027-09-15], [2027-10-01, 2027-10-07]]
work = [2027-02-20, 2027-09-26]
"""


def test_an_operator_adds_the_year_whose_notice_came() -> None:
    here = with_own_years(TABLE, NOTICE_2027)
    assert (TABLE.settled_until, here.settled_until) == (date(2026, 12, 28), date(2027, 12, 28))
    assert not TABLE.is_settled(date(2026, 12, 31))
    assert here.is_settled(date(2026, 12, 31))
    assert here.is_working(date(2027, 9, 26))
    assert here.years[2027].statutory == TABLE.years[2027].statutory
    assert [one.year for one in own_years(here)] == [2027]
    assert {year: row for year, row in here.years.items() if year != 2027} == {
        year: row for year, row in TABLE.years.items() if year != 2027
    }


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (("dated = 2026-11-12", ""), "year 2027, dated: missing"),
        (("dated = 2026-11-12", 'dated = "soon"'), "year 2027, dated: wrong_kind"),
        (('confidence = "A"', 'confidence = "B"'), "year 2027, confidence: wrong_kind"),
        (("[[2027-01-01, 2027-01-03]", "[[2027-01-03, 2027-01-01]"), "year 2027, off: wrong_kind"),
        (("work =", "wrok = 1\nwork ="), "year 2027, wrok: unknown_key"),
        (("work = [2027-02-20", "work = [2027-02-22"), "year 2027: work_not_weekend"),
        (("[2027-05-01, 2027-05-05]", "[2027-05-03, 2027-05-05]"), "year 2027: statutory_not_off"),
        (("[[year]]", "[[yaer]]"), "yaer: unknown_key"),
        (
            ("[[year]]", "[[year]"),
            "file: not_toml (Expected ']]' at the end of an array declaration (at line 2, column 7))",
        ),
        (("year = 2027", "year = 2028"), "year 2028, statutory: missing"),
        (("year = 2027", "year = 2026"), "year 2026, corrects: in_the_shipped_table"),
        (("work =", "corrects = true\nwork ="), "year 2027, corrects: nothing_to_correct"),
    ],
)
def test_a_file_of_holidays_with_a_fault_is_not_taken_at_all(change: tuple[str, str], faults: str) -> None:
    with pytest.raises(HolidayFileBroken) as broken:
        with_own_years(TABLE, NOTICE_2027.replace(*change, 1))
    assert broken.value.data == {"file": "CHENGXIN_HOLIDAYS", "count": 1, "faults": faults}


def test_every_fault_is_named_and_a_year_of_the_release_is_corrected_where_the_file_says_so() -> None:
    with pytest.raises(HolidayFileBroken) as broken:
        with_own_years(TABLE, NOTICE_2027.replace("dated =", "daetd =") + NOTICE_2027)
    assert broken.value.data["count"] == 3
    changed = """
[[year]]
year = 2026
source = "国务院办公厅关于2026年国庆节假日安排的补充通知"
dated = 2026-09-01
confidence = "A"
corrects = true
off = [[2026-01-01, 2026-01-03], [2026-02-15, 2026-02-23], [2026-04-04, 2026-04-06], [2026-05-01, 2026-05-05],
  [2026-06-19, 2026-06-21], [2026-09-25, 2026-09-27], [2026-10-01, 2026-10-08]]
work = [2026-01-04, 2026-02-14, 2026-02-28, 2026-05-09, 2026-09-20, 2026-10-10]
"""
    assert TABLE.is_working(date(2026, 10, 8))
    assert not with_own_years(TABLE, changed).is_working(date(2026, 10, 8))
