"""Whole rows: whom they are about and how old these were; by the plain form."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chengxin.catalogue.terms import AgeRule
from chengxin.collection.rules.identity import PLAIN_NAME, has_reached
from chengxin.collection.terms import Note, Reason
from chengxin.kernel.clocks import add_months
from chengxin.kernel.documents import DocumentKind
from chengxin.kernel.names import normalise_name
from chengxin.kernel.practice import practice_number, practice_passport, practice_permit
from tests.rules.collection.screened import (
    TODAY,
    items,
    judged,
    reasons,
    right_row,
)

PENALTY = items()["penalty"]
COURT = items()["court_defaulter"]
LICENCE = items()["licence"]
RNG = random.Random(20)


def number_of(born: date) -> str:
    return practice_number(RNG, born)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("000101199001011", Reason.NUMBER_OLD_15_DIGITS),
        ("0001011990010112", Reason.NUMBER_WRONG_LENGTH),
        ("00010119900101A234", Reason.NUMBER_WRONG_CHARACTERS),
        ("000101********1234", Reason.NUMBER_MASKED),
        ("000101199013011234", Reason.NUMBER_BIRTH_DATE_IMPOSSIBLE),
        ("000101209901011234", Reason.NUMBER_BIRTH_DATE_IN_FUTURE),
        ("1.10101E+17", Reason.NUMBER_LOST_DIGITS),
    ],
)
def test_numbers_refused(number: str, reason: Reason) -> None:
    assert reasons(PENALTY, right_row(PENALTY, CF_XDR_ZJHM=number)) == {(reason, "CF_XDR_ZJHM")}


def test_every_wrong_check_digit_is_found() -> None:
    right = number_of(date(1980, 5, 17))
    for last in set("0123456789X") - {right[-1]}:
        assert reasons(PENALTY, right_row(PENALTY, CF_XDR_ZJHM=right[:-1] + last)) == {
            (Reason.NUMBER_WRONG_CHECK_DIGIT, "CF_XDR_ZJHM")
        }


def test_numbers_are_put_right_before_they_are_judged() -> None:
    number = next(n for n in iter(lambda: number_of(date(1981, 3, 9)), None) if n[-1] == "X")
    typed = f"{number[:6]} {number[6:14]}-{number[14:-1]}ｘ"
    verdict = judged(PENALTY, right_row(PENALTY, CF_XDR_ZJHM=typed))
    assert verdict.values is not None
    assert verdict.values.number == number
    assert (Note.NUMBER_REWRITTEN, "CF_XDR_ZJHM") in {(note.note, note.field) for note in verdict.notes}


def test_numbers_of_nobody_stay_in_practice() -> None:
    found = reasons(PENALTY, right_row(PENALTY), practice=False)
    assert (Reason.NUMBER_OF_PRACTICE, "CF_XDR_ZJHM") in found
    assert (Reason.ORG_CODE_OF_PRACTICE, "CF_CFJGDM") in found


@pytest.mark.parametrize("name", ["张*", "李某", "王某某", "＊小明"])
def test_masked_names(name: str) -> None:
    assert reasons(PENALTY, right_row(PENALTY, CF_XDR_MC=name)) == {(Reason.NAME_MASKED, "CF_XDR_MC")}


def test_names_are_kept_as_written_and_compared_as_meant() -> None:
    verdict = judged(PENALTY, right_row(PENALTY, CF_XDR_MC=" 阿依古丽•买买提 "))
    assert verdict.values is not None
    assert verdict.values.name == "阿依古丽•买买提"
    assert verdict.values.name_norm == normalise_name("阿依古丽·买买提")
    assert reasons(PENALTY, right_row(PENALTY, CF_XDR_MC="123")) == {(Reason.NAME_UNREADABLE, "CF_XDR_MC")}


def test_a_plain_name_needs_no_normalising() -> None:
    """Every character that the fast form passes as it is: the normaliser leaves it, and it is a letter."""
    first, last = 0x3400, 0x9FFC
    for point in (*range(first, 0x4DC0), *range(0x4E00, last + 1)):
        if point != ord("某"):
            assert normalise_name(chr(point)) == chr(point)
            assert chr(point).isalpha()
    assert "某" not in PLAIN_NAME


# --- birth date and age (F11)


def test_a_passport_needs_a_birth_date() -> None:
    row = right_row(PENALTY, CF_XDR_ZJLX="护照", CF_XDR_ZJHM=practice_passport(RNG))
    assert reasons(PENALTY, row) == {(Reason.BIRTH_DATE_UNKNOWN, "CX_CSRQ")}
    assert not reasons(PENALTY, {**row, "CX_CSRQ": "1980-01-01"})
    assert reasons(PENALTY, {**row, "CX_CSRQ": "2999-01-01"}) == {(Reason.BIRTH_DATE_IN_FUTURE, "CX_CSRQ")}
    assert reasons(PENALTY, {**row, "CX_CSRQ": "1980-13-01"}) == {(Reason.DATE_IMPOSSIBLE, "CX_CSRQ")}


def test_a_neutral_row_does_without() -> None:
    row = right_row(LICENCE, XK_XDR_ZJLX="03", XK_XDR_ZJHM=practice_permit(RNG, DocumentKind.HK_MACAU_PERMIT))
    assert not reasons(LICENCE, row)


def test_a_stated_birth_date_must_agree_with_the_number() -> None:
    number = number_of(date(1980, 5, 17))
    assert not reasons(PENALTY, right_row(PENALTY, CF_XDR_ZJHM=number, CX_CSRQ="1980年5月17日"))
    assert reasons(PENALTY, right_row(PENALTY, CF_XDR_ZJHM=number, CX_CSRQ="1980-05-18")) == {
        (Reason.BIRTH_DATE_DISAGREES, "CX_CSRQ")
    }


def test_years_are_counted_from_the_day_after_the_birthday() -> None:
    born = date(2004, 2, 29)
    assert not has_reached(born, 18, date(2022, 2, 28))
    assert has_reached(born, 18, date(2022, 3, 1))
    assert not has_reached(date(2004, 5, 1), 18, date(2022, 5, 1))
    assert has_reached(date(2004, 5, 1), 18, date(2022, 5, 2))


@pytest.mark.parametrize(("days", "refused"), [(0, True), (1, False), (-1, True)])
def test_under_age_at_the_act(days: int, refused: bool) -> None:
    act = date(2024, 6, 10)
    born = add_months(act, -12 * 18) - timedelta(days=days)
    row = right_row(
        PENALTY, CF_XDR_ZJHM=number_of(born), CX_XWRQ=act.isoformat(), CF_JDRQ="2026-06-10", CX_SDRQ="2026-06-11"
    )
    assert ((Reason.UNDER_AGE, "CX_XWRQ") in reasons(PENALTY, row)) is refused


@pytest.mark.parametrize(("days", "refused"), [(0, True), (1, False)])
def test_without_an_act_date_at_25(days: int, refused: bool) -> None:
    decided = date(2026, 6, 10)
    born = add_months(decided, -12 * 25) - timedelta(days=days)
    row = right_row(
        PENALTY, CF_XDR_ZJHM=number_of(born), CX_XWRQ=None, CF_JDRQ=decided.isoformat(), CX_SDRQ="2026-06-11"
    )
    assert ((Reason.ACT_DATE_MISSING, "CX_XWRQ") in reasons(PENALTY, row)) is refused
    criminal = replace(PENALTY, age_rule=AgeRule.CRIMINAL)
    assert (Reason.ACT_DATE_MISSING, "CX_XWRQ") in reasons(criminal, row)


def test_court_rows_ask_the_age_at_listing() -> None:
    young = number_of(TODAY - timedelta(days=365 * 17))
    assert (Reason.UNDER_AGE, "publishDate") in reasons(COURT, right_row(COURT, cardNum=young))


def test_no_row_at_all_of_somebody_under_age() -> None:
    young = number_of(TODAY - timedelta(days=365 * 15))
    assert (Reason.UNDER_AGE, "XK_JDRQ") in reasons(LICENCE, right_row(LICENCE, XK_XDR_ZJHM=young))
