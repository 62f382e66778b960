import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.orgcodes import ALPHABET, OrgCodeFault, check_org_code, org_check_char
from chengxin.kernel.practice import practice_org_code

QUICK = settings(max_examples=80, deadline=None, database=None)


def test_the_vector_of_the_standard_passes() -> None:
    found = check_org_code("91350100M000100Y43")
    assert (found.ok, found.reason, found.practice) == (True, None, False)
    assert org_check_char("91350100M000100Y4") == "3"


def test_letters_may_stand_first() -> None:
    first17 = "N2110105MA01ABCD0"
    assert check_org_code(first17 + org_check_char(first17)).ok


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", OrgCodeFault.MISSING),
        ("91350100M000100Y4", OrgCodeFault.WRONG_LENGTH),
        ("91350100M000100I43", OrgCodeFault.WRONG_CHARACTERS),
        ("91350100M000100S43", OrgCodeFault.WRONG_CHARACTERS),
        ("91350100M000100Y44", OrgCodeFault.WRONG_CHECK_CHARACTER),
        ("91350100M000010Y43", OrgCodeFault.WRONG_CHECK_CHARACTER),
    ],
)
def test_refused_with_its_reason(code: str, reason: OrgCodeFault) -> None:
    found = check_org_code(code)
    assert (found.ok, found.reason) == (False, reason)


def test_width_case_and_blanks_are_forgiven() -> None:
    assert check_org_code(" 91350100ｍ000100y43 ").code == "91350100M000100Y43"


@QUICK
@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_the_sum_is_zero_and_one_wrong_character_never_passes(first17: str, place: int, other: str) -> None:
    code = first17 + org_check_char(first17)
    assert sum(ALPHABET.index(character) * 3**i for i, character in enumerate(first17)) % 31 == (
        -ALPHABET.index(code[17]) % 31
    )
    wrong = code[:place] + other + code[place + 1 :]
    assert (wrong == code) == check_org_code(wrong).ok


def test_the_check_character_of_nonsense_is_an_error() -> None:
    with pytest.raises(ValueError, match="alphabet"):
        org_check_char("O" * 17)
    with pytest.raises(ValueError, match="zip"):
        org_check_char("9")


@pytest.mark.parametrize("seed", range(20))
def test_practice_codes_pass_and_are_flagged(seed: int) -> None:
    found = check_org_code(practice_org_code(random.Random(seed)))
    assert (found.ok, found.practice) == (True, True)
