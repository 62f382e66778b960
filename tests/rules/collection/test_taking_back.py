"""Why an entry was taken back: kept in one code, read again, and whether it proves an error."""

from __future__ import annotations

import pytest

from chengxin.catalogue.terms import FieldRole
from chengxin.collection.rules.taking_back import because_and_words, kept_reason, proves_an_error, removed_reason
from chengxin.collection.terms.taking_back import WRONGLY_LISTED, TakenBack
from tests.rules.collection.screened import items


@pytest.mark.parametrize("because", TakenBack)
def test_code_and_words_are_read_as_they_were_kept(because: TakenBack) -> None:
    assert because_and_words(kept_reason(because, "金额：录错")) == (because, "金额：录错")


@pytest.mark.parametrize(
    "reason", ["identity_change", "objection_uphold", "录入有误", "wrong", "other:x", removed_reason("9")]
)
def test_what_another_hand_wrote_has_no_code(reason: str) -> None:
    assert because_and_words(reason) == (None, reason)


PROVES = {
    kept_reason(TakenBack.WRONG, "录入有误"): True,
    kept_reason(TakenBack.ENDED, "录入有误"): False,
    removed_reason("9"): True,
    removed_reason("1"): False,
    removed_reason("10"): False,
    "identity_change": False,
    "": False,
}


@pytest.mark.parametrize(("reason", "proves"), PROVES.items())
def test_what_was_wrong_from_the_first_proves_an_error(reason: str, proves: bool) -> None:
    assert proves_an_error(reason) is proves


def test_the_courts_code_is_the_one_of_the_shipped_edition() -> None:
    spec = items()["court_defaulter"].field_of(FieldRole.COURT_REASON)
    assert spec is not None
    assert {one.value: one.zh for one in spec.codes}[WRONGLY_LISTED] == "不应纳入或者记载不准确"
