import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.clocks import BadLength, Deadline, Length, Unit, add_months, ends_on, kept, period_end
from chengxin.kernel.days import Holidays, HolidayYear, shipped_holidays

QUICK = settings(max_examples=100, deadline=None, database=None)
TABLE = shipped_holidays()


def wd(n: int) -> Length:
    return Length(n, Unit.WORKING_DAYS)


def office(start: str, length: Length, table: Holidays = TABLE) -> Deadline:
    return ends_on(date.fromisoformat(start), length, table, "office")


def person(start: str, length: Length, table: Holidays = TABLE) -> Deadline:
    return ends_on(date.fromisoformat(start), length, table, "person")


def settled(day: str) -> Deadline:
    return Deadline(date.fromisoformat(day), provisional=False)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-03-02", wd(1), "2026-03-03"),
        ("2026-03-06", wd(1), "2026-03-09"),
        ("2026-02-13", wd(1), "2026-02-14"),  # a Saturday that is worked
        ("2026-02-14", wd(3), "2026-02-26"),  # over the Spring Festival
        ("2026-09-30", wd(2), "2026-10-09"),
        ("2026-03-02", Length(15, Unit.DAYS), "2026-03-17"),
        ("2026-09-16", Length(15, Unit.DAYS), "2026-10-08"),  # 1 October: moves past the holiday
        ("2026-03-06", Length(15, Unit.DAYS), "2026-03-23"),  # a Saturday moves to Monday
        ("2026-02-26", Length(2, Unit.DAYS), "2026-02-28"),  # a Saturday that is worked stays
        ("2026-03-30", Length(1, Unit.MONTHS), "2026-04-30"),
        ("2026-03-31", Length(1, Unit.MONTHS), "2026-04-30"),
        ("2026-01-30", Length(1, Unit.MONTHS), "2026-02-28"),
        ("2024-02-29", Length(1, Unit.YEARS), "2025-02-28"),
        ("2025-03-31", Length(6, Unit.MONTHS), "2025-09-30"),
        ("2025-04-01", Length(6, Unit.MONTHS), "2025-10-09"),
        ("2025-11-21", Length(1, Unit.YEARS), "2026-11-23"),
    ],
)
def test_both_sides_agree_where_the_notices_stand(start: str, length: Length, end: str) -> None:
    assert office(start, length) == person(start, length) == settled(end)


@pytest.mark.parametrize(
    ("start", "weekends_only", "statutory", "one_notice"),
    [
        ("2026-12-17", "2026-12-31", "2026-12-31", "2026-12-31"),
        ("2026-12-18", "2027-01-01", "2027-01-04", "2027-01-04"),
        ("2027-01-22", "2027-02-05", "2027-02-09", "2027-02-03"),
        ("2027-02-04", "2027-02-18", "2027-02-22", "2027-02-25"),
    ],
)
def test_ten_working_days_past_the_last_notice(start: str, weekends_only: str, statutory: str, one_notice: str) -> None:
    possible = [date.fromisoformat(day) for day in (weekends_only, statutory, one_notice)]
    early, late = office(start, wd(10)), person(start, wd(10))
    assert early.provisional
    assert late.provisional
    assert early.day <= min(possible)
    assert max(possible) <= late.day


def test_the_plausible_notice_of_2027_gives_the_day_of_the_table() -> None:
    """10 working days from 22 January 2027, were 5 to 12 February off and 30, 31 January and 20 February worked."""
    table = _with_2027()
    assert office("2027-01-22", wd(10), table) == person("2027-01-22", wd(10), table) == settled("2027-02-03")
    assert office("2027-02-04", wd(10), table) == settled("2027-02-25")


def _with_2027() -> Holidays:
    known = TABLE.years[2027]
    run = {date(2027, 2, 5) + timedelta(days=n) for n in range(8)}
    worked = {date(2027, 1, 30), date(2027, 1, 31), date(2027, 2, 20)}
    noticed = HolidayYear(
        2027, "for this test", "M", True, frozenset(run.union(known.statutory)), frozenset(worked), ()
    )
    return Holidays({**TABLE.years, 2027: noticed})


def test_past_the_notice_exactly() -> None:
    """The two rules, worked by hand on a calendar of 2027."""
    assert office("2027-01-22", wd(10)).day == date(
        2027, 2, 1
    )  # 25-29 January, then 23 and 24 too: all near 5 February
    assert person("2027-01-22", wd(10)).day == date(2027, 2, 16)  # 5 and 8 February off, five more
    assert office("2027-07-05", wd(5)) == Deadline(date(2027, 7, 12), provisional=True)  # no holiday is near
    assert person("2027-07-05", wd(5)) == Deadline(date(2027, 7, 12), provisional=True)


def test_a_calendar_clock_that_ends_past_the_notice() -> None:
    saturday_in_july = Length(1, Unit.MONTHS)
    assert office("2027-06-10", saturday_in_july) == Deadline(date(2027, 7, 12), provisional=True)
    assert person("2027-06-10", saturday_in_july) == Deadline(date(2027, 7, 12), provisional=True)
    assert office("2027-09-01", saturday_in_july).day == date(2027, 10, 1)
    assert person("2027-09-01", saturday_in_july).day == date(2027, 10, 11)  # 1-3 off, 4 October and five more


def test_a_year_without_any_table_still_has_an_answer() -> None:
    assert office("2031-02-01", wd(10)) == Deadline(date(2031, 2, 11), provisional=True)
    late = person("2031-02-01", wd(10))
    assert late.provisional
    assert late.day == date(2031, 2, 27)


PAST = st.dates(date(2004, 12, 1), date(2026, 10, 1))
LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 45), st.just(Unit.WORKING_DAYS)),
    st.builds(Length, st.integers(1, 200), st.just(Unit.DAYS)),
    st.builds(Length, st.integers(1, 7), st.just(Unit.MONTHS)),
)


@settings(max_examples=250, deadline=None, database=None)
@given(start=PAST, length=LENGTHS, held_back=st.integers(0, 1))
def test_with_notices_withheld_the_office_is_never_late_and_the_person_never_early(
    start: date, length: Length, held_back: int
) -> None:
    """The rule past the last notice, tried against what the State Council then decided."""
    then = TABLE.without_notices_from(start.year + held_back)
    assert ends_on(start, length, then, "office").day <= ends_on(start, length, TABLE, "office").day
    assert ends_on(start, length, TABLE, "person").day <= ends_on(start, length, then, "person").day


def test_ten_working_days_from_every_second_day_with_that_years_notice_withheld() -> None:
    day = date(2005, 1, 1)
    table = {year: TABLE.without_notices_from(year) for year in range(2005, 2028)}
    while day < date(2026, 12, 1):
        actual = ends_on(day, wd(10), TABLE, "office").day
        assert ends_on(day, wd(10), table[day.year], "office").day <= actual, day
        assert actual <= ends_on(day, wd(10), table[day.year], "person").day, day
        day += timedelta(days=2)


@QUICK
@given(start=st.dates(date(2026, 1, 1), date(2033, 1, 1)), length=LENGTHS)
def test_the_office_never_has_longer_than_the_person(start: date, length: Length) -> None:
    early = ends_on(start, length, TABLE, "office")
    late = ends_on(start, length, TABLE, "person")
    assert start < early.day <= late.day
    assert early.provisional or early == late


def test_when_the_notice_comes_each_keeps_what_serves_the_person() -> None:
    told, again = Deadline(date(2027, 2, 1), provisional=True), settled("2027-02-03")
    assert kept(told, again, "office") == settled("2027-02-01")
    assert kept(told, again, "person") == settled("2027-02-03")
    assert kept(Deadline(date(2027, 2, 16), provisional=True), again, "person") == settled("2027-02-16")


@pytest.mark.parametrize(
    ("start", "n", "unit", "gone"),
    [
        ("2026-03-02", 1, Unit.YEARS, "2027-03-02"),
        ("2026-03-02", 3, Unit.MONTHS, "2026-06-02"),
        ("2026-11-30", 3, Unit.MONTHS, "2027-02-28"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2024-02-29", 4, Unit.YEARS, "2028-02-29"),
        ("2026-08-31", 1, Unit.MONTHS, "2026-09-30"),
        ("2026-02-14", 3, Unit.DAYS, "2026-02-17"),  # no holiday moves it
    ],
)
def test_the_first_day_on_which_something_is_no_longer_shown(start: str, n: int, unit: Unit, gone: str) -> None:
    assert period_end(date.fromisoformat(start), Length(n, unit)) == date.fromisoformat(gone)


def test_nothing_is_shown_by_working_days_and_no_clock_is_empty() -> None:
    with pytest.raises(BadLength) as broken:
        period_end(date(2026, 3, 2), wd(3))
    assert broken.value.data == {"n": 3, "unit": "working_days"}
    for n in (0, -1):
        with pytest.raises(BadLength) as broken:
            Length(n, Unit.DAYS)
        assert broken.value.data == {"n": n, "unit": "days"}


@QUICK
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_are_added_as_the_civil_code_says(day: date, n: int) -> None:
    moved = add_months(day, n)
    assert (moved.year - day.year) * 12 + moved.month - day.month == n
    last = calendar.monthrange(moved.year, moved.month)[1]
    assert moved.day == min(day.day, last)
