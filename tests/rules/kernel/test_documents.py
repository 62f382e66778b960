import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.documents import (
    CITIZEN_CHECK_CHARACTERS,
    DocumentFault,
    DocumentKind,
    DocumentWarning,
    check_character,
    check_document,
    normalise_number,
)
from chengxin.kernel.practice import practice_number, practice_passport, practice_permit, practice_residence_card

TODAY = date(2026, 11, 21)
QUICK = settings(max_examples=80, deadline=None, database=None)
CITIZEN = DocumentKind.CITIZEN
RESIDENCE = DocumentKind.PERMANENT_RESIDENCE


def fault(kind: DocumentKind, number: str) -> DocumentFault | None:
    found = check_document(kind, number, today=TODAY)
    assert found.ok == (found.reason is None)
    return found.reason


@pytest.mark.parametrize(
    ("number", "birth_date"),
    [("11010519491231002X", date(1949, 12, 31)), ("440524188001010014", date(1880, 1, 1))],
)
def test_the_vectors_of_the_standard_pass(number: str, birth_date: date) -> None:
    found = check_document(CITIZEN, number, today=TODAY)
    assert (found.ok, found.number, found.warnings, found.birth_date) == (True, number, (), birth_date)
    assert not found.practice


@pytest.mark.parametrize(
    ("number", "birth_date"),
    [("932682198501010017", date(1985, 1, 1)), ("911124198108030024", date(1981, 8, 3))],
)
def test_the_specimens_of_the_card_of_2023_pass(number: str, birth_date: date) -> None:
    found = check_document(RESIDENCE, number, today=TODAY)
    assert (found.ok, found.birth_date, found.warnings, found.practice) == (True, birth_date, (), False)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", DocumentFault.MISSING),
        (" \u3000-\ufeff", DocumentFault.MISSING),
        ("110105491231002", DocumentFault.OLD_15_DIGITS),
        ("11010549123100X", DocumentFault.WRONG_LENGTH),
        ("11010519491231002", DocumentFault.WRONG_LENGTH),
        ("11010519491231002X0", DocumentFault.WRONG_LENGTH),
        ("1101051949123100XX", DocumentFault.WRONG_CHARACTERS),
        ("11010519491231002Y", DocumentFault.WRONG_CHARACTERS),
        ("1101051949123100\u0662X", DocumentFault.WRONG_CHARACTERS),
        ("110105194902300021", DocumentFault.BIRTH_DATE_IMPOSSIBLE),
        ("110105190002290021", DocumentFault.BIRTH_DATE_IMPOSSIBLE),
        ("110105000001010021", DocumentFault.BIRTH_DATE_IMPOSSIBLE),
        ("110105202611220021", DocumentFault.BIRTH_DATE_IN_FUTURE),
        ("110105194912310021", DocumentFault.WRONG_CHECK_DIGIT),
        ("11010519491230002X", DocumentFault.WRONG_CHECK_DIGIT),
    ],
)
def test_a_citizens_number_is_refused_with_its_reason(number: str, reason: DocumentFault) -> None:
    assert fault(CITIZEN, number) == reason
    assert check_document(CITIZEN, number, today=TODAY).birth_date is None


def test_born_today_is_not_the_future() -> None:
    number = practice_number(random.Random(1), TODAY)
    assert check_document(CITIZEN, number, today=TODAY).ok
    assert check_document(CITIZEN, number, today=date(2026, 11, 20)).reason == DocumentFault.BIRTH_DATE_IN_FUTURE


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "330113", "133100", "710000"])
def test_residence_permits_and_young_regions_are_without_warning(region: str) -> None:
    first17 = region + "19900101" + "004"
    found = check_document(CITIZEN, first17 + check_character(first17), today=TODAY)
    assert (found.ok, found.warnings, found.practice) == (True, (), False)


@pytest.mark.parametrize("region", ["100000", "161234", "560000", "840000"])
def test_an_unknown_region_is_only_a_warning(region: str) -> None:
    first17 = region + "19900101" + "004"
    found = check_document(CITIZEN, first17 + check_character(first17), today=TODAY)
    assert (found.ok, found.warnings) == (True, (DocumentWarning.REGION_UNKNOWN,))


def test_a_residence_card_under_the_citizens_kind_is_pointed_out() -> None:
    found = check_document(CITIZEN, "911124198108030024", today=TODAY)
    assert found.ok
    assert DocumentWarning.LOOKS_LIKE_PERMANENT_RESIDENCE in found.warnings


@pytest.mark.parametrize(
    ("kind", "number", "reason"),
    [
        (RESIDENCE, "CAN110081080310", None),
        (RESIDENCE, "CA1110081080310", DocumentFault.WRONG_CHARACTERS),
        (RESIDENCE, "11010519491231002X", DocumentFault.WRONG_CHARACTERS),
        (RESIDENCE, "911124198108030025", DocumentFault.WRONG_CHECK_DIGIT),
        (RESIDENCE, "911124198113030024", DocumentFault.BIRTH_DATE_IMPOSSIBLE),
        (RESIDENCE, "CAN11008108031", DocumentFault.WRONG_LENGTH),
        (DocumentKind.PASSPORT, "E12345678", None),
        (DocumentKind.PASSPORT, "ea1234567", None),
        (DocumentKind.PASSPORT, "C01X00T47", None),
        (DocumentKind.PASSPORT, "141234567", None),
        (DocumentKind.PASSPORT, "AB12", DocumentFault.WRONG_LENGTH),
        (DocumentKind.PASSPORT, "11010519491231002X", DocumentFault.WRONG_LENGTH),
        (DocumentKind.PASSPORT, "PASSPORT", DocumentFault.WRONG_CHARACTERS),
        (DocumentKind.PASSPORT, "E1234/678", DocumentFault.WRONG_CHARACTERS),
        (DocumentKind.PASSPORT, "E00000000", DocumentFault.PLACEHOLDER),
        (DocumentKind.PASSPORT, "111111111", DocumentFault.PLACEHOLDER),
        (DocumentKind.HK_MACAU_PERMIT, "H12345678", None),
        (DocumentKind.HK_MACAU_PERMIT, "m1234567801", None),
        (DocumentKind.HK_MACAU_PERMIT, "H1234567890A", DocumentFault.WRONG_LENGTH),
        (DocumentKind.HK_MACAU_PERMIT, "H123456789", DocumentFault.WRONG_LENGTH),
        (DocumentKind.HK_MACAU_PERMIT, "T12345678", DocumentFault.WRONG_CHARACTERS),
        (DocumentKind.HK_MACAU_PERMIT, "H00000000", DocumentFault.PLACEHOLDER),
        (DocumentKind.TAIWAN_PERMIT, "12345678", None),
        (DocumentKind.TAIWAN_PERMIT, "1234567890(B)", None),
        (DocumentKind.TAIWAN_PERMIT, "1234567890", DocumentFault.WRONG_LENGTH),
        (DocumentKind.TAIWAN_PERMIT, "1234567B", DocumentFault.WRONG_CHARACTERS),
        (DocumentKind.TAIWAN_PERMIT, "12345678901", DocumentFault.WRONG_CHARACTERS),
        (DocumentKind.TAIWAN_PERMIT, "00000000", DocumentFault.PLACEHOLDER),
    ],
)
def test_other_documents(kind: DocumentKind, number: str, reason: DocumentFault | None) -> None:
    assert fault(kind, number) == reason


def test_an_older_card_gives_no_birth_date() -> None:
    assert check_document(RESIDENCE, "CAN110081080310", today=TODAY).birth_date is None


@pytest.mark.parametrize(
    "raw",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002X\t",
        "110105-19491231-002\uff38",
        "\ufeff110105\u200b19491231002X\u3000",
        "110105—19491231−002X",
        "11010519491231002\u2169",
    ],
)
def test_what_clerks_type_becomes_one_number(raw: str) -> None:
    assert normalise_number(raw) == "11010519491231002X"


@QUICK
@given(st.text(max_size=30))
def test_any_text_gets_a_verdict_and_normalising_twice_changes_nothing(raw: str) -> None:
    once = normalise_number(raw)
    assert normalise_number(once) == once
    for kind in DocumentKind:
        found = check_document(kind, raw, today=TODAY)
        assert found.number == once
        assert found.ok == (found.reason is None)


@QUICK
@given(
    seed=st.integers(),
    birth_date=st.dates(date(1900, 1, 1), TODAY),
    place=st.integers(0, 17),
    other=st.sampled_from("0123456789X"),
)
def test_one_wrong_character_never_passes(seed: int, birth_date: date, place: int, other: str) -> None:
    number = practice_number(random.Random(seed), birth_date)
    wrong = number[:place] + other + number[place + 1 :]
    assert (wrong == number) == check_document(CITIZEN, wrong, today=TODAY).ok


@QUICK
@given(seed=st.integers(), birth_date=st.dates(date(1900, 1, 1), TODAY), place=st.integers(0, 16))
def test_two_neighbours_exchanged_never_pass(seed: int, birth_date: date, place: int) -> None:
    number = practice_number(random.Random(seed), birth_date)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (swapped == number) == check_document(CITIZEN, swapped, today=TODAY).ok


@QUICK
@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_character_makes_the_weighted_sum_one(first17: str) -> None:
    """ISO 7064 in its own words: the sum of a_i * 2^(i-1), read from the right, is 1 modulo 11."""
    number = first17 + check_character(first17)
    values = [10 if character == "X" else int(character) for character in reversed(number)]
    assert sum(value * pow(2, place, 11) for place, value in enumerate(values)) % 11 == 1
    assert set(number[17]) <= set(CITIZEN_CHECK_CHARACTERS)


@pytest.mark.parametrize("seed", range(20))
def test_practice_documents_pass_and_are_flagged(seed: int) -> None:
    rng = random.Random(seed)
    born = date(1990, 1, 1)
    made = [
        (CITIZEN, practice_number(rng, born)),
        (RESIDENCE, practice_residence_card(rng, born)),
        (DocumentKind.PASSPORT, practice_passport(rng)),
        (DocumentKind.HK_MACAU_PERMIT, practice_permit(rng, DocumentKind.HK_MACAU_PERMIT)),
        (DocumentKind.TAIWAN_PERMIT, practice_permit(rng, DocumentKind.TAIWAN_PERMIT)),
    ]
    for kind, number in made:
        found = check_document(kind, number, today=TODAY)
        assert (found.ok, found.warnings, found.practice) == (True, (), True)


def test_a_practice_number_can_be_of_either_parity() -> None:
    rng = random.Random(5)
    born = date(1990, 1, 1)
    assert {int(practice_number(rng, born, "m")[16]) % 2 for _ in range(50)} == {1}
    assert {int(practice_number(rng, born, "f")[16]) % 2 for _ in range(50)} == {0}


def test_there_is_no_practice_permit_of_another_kind() -> None:
    with pytest.raises(ValueError, match="03 or 04"):
        practice_permit(random.Random(1), DocumentKind.PASSPORT)
