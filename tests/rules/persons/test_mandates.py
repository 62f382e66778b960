"""Mandates: who may be given one, until when, and by the clock alone whether one works (民法典 17, 18, 27, 28, 161, 165)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from chengxin.kernel.decisions import Refused, is_allowed
from chengxin.persons.rules.mandates import comes_of_age_on, covers, ends_on, is_in_force, may_be_given, may_offer
from chengxin.persons.terms import MandateFacts, MandateKind, MandateStanding, Proof, Scope

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
BIRTHDAY = date(2026, 11, 22)
CHILD = MandateFacts(
    principal=UUID(int=1),
    holder=UUID(int=2),
    kind=MandateKind.PARENT,
    scopes=frozenset({Scope.READ, Scope.REMEDIES}),
    starts_on=TODAY,
    ends_on=BIRTHDAY,
    proof=Proof.BIRTH_CERTIFICATE,
    proof_number="出生0001",
    born_on=date(2008, 11, 22),
    holder_born_on=date(1980, 1, 1),
)
RULED = replace(
    CHILD, kind=MandateKind.GUARDIAN, proof=Proof.RULING, born_on=date(1950, 1, 1), ends_on=date(2029, 1, 1)
)
HELPED = replace(RULED, kind=MandateKind.HELPER, proof=Proof.OWN_ACT, proof_number="", ends_on=date(2027, 6, 1))


def why(facts: MandateFacts) -> str:
    decision = may_be_given(facts, TODAY)
    return decision.reason if isinstance(decision, Refused) else ""


def standing(facts: MandateFacts) -> MandateStanding:
    return MandateStanding(facts, confirmed_at=NOW, ended_at=None)


@pytest.mark.parametrize(
    ("born_on", "of_age_on"),
    [
        (date(2008, 11, 22), date(2026, 11, 22)),
        # 2026 has no 29 February: the last day of the month stands for it (民法典 202)
        (date(2008, 2, 29), date(2026, 2, 28)),
        # 18 years after a leap day are never a leap year, except over a century that is one less
        (date(2010, 2, 28), date(2028, 2, 28)),
    ],
)
def test_somebody_is_of_age_from_the_first_second_of_their_birthday(born_on: date, of_age_on: date) -> None:
    assert comes_of_age_on(born_on) == of_age_on


def test_a_parents_mandate_ends_at_midnight_in_shanghai_before_the_birthday() -> None:
    # 2026-11-22 00:00 in Shanghai is 16:00 UTC of the day before
    midnight = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    assert is_allowed(is_in_force(standing(CHILD), midnight - timedelta(microseconds=1)))
    assert is_in_force(standing(CHILD), midnight) == Refused("mandate_over", "民法典 173")


def test_a_later_end_written_down_lengthens_no_parents_mandate() -> None:
    longer = standing(replace(CHILD, ends_on=date(2030, 1, 1)))
    assert not is_allowed(is_in_force(longer, datetime(2026, 11, 21, 16, 0, tzinfo=UTC)))
    assert not is_allowed(is_in_force(standing(replace(CHILD, born_on=None)), NOW))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (CHILD, ""),
        (RULED, ""),
        (HELPED, ""),
        (replace(CHILD, holder=CHILD.principal), "mandate_for_oneself"),
        (replace(CHILD, born_on=None), "birth_date_unknown_of_child"),
        (replace(CHILD, born_on=date(2008, 6, 1)), "child_of_age"),
        (replace(CHILD, born_on=date(2008, 6, 2), ends_on=date(2026, 6, 2)), ""),
        (replace(CHILD, ends_on=BIRTHDAY + timedelta(days=1)), "mandate_too_long"),
        (replace(CHILD, holder_born_on=date(2010, 1, 1)), "holder_under_age"),
        (replace(CHILD, proof=Proof.WRITTEN), "mandate_other_proof"),
        (replace(CHILD, proof_number=" "), "mandate_proof_number_missing"),
        (replace(RULED, proof_number=""), "mandate_proof_number_missing"),
        (replace(RULED, proof=Proof.HOUSEHOLD_REGISTER), "mandate_other_proof"),
        (replace(RULED, ends_on=None), "mandate_end_missing"),
        (replace(RULED, ends_on=date(2031, 6, 1)), ""),
        (replace(RULED, ends_on=date(2031, 6, 2)), "mandate_too_long"),
        # of a minor, a guardian's ends with the minority too (民法典 27)
        (replace(RULED, born_on=date(2010, 1, 1)), "mandate_too_long"),
        (replace(HELPED, ends_on=date(2027, 6, 2)), "mandate_too_long"),
        (replace(HELPED, ends_on=TODAY), "mandate_end_past"),
        (replace(HELPED, scopes=frozenset({Scope.CONSENT})), "mandate_without_reading"),
    ],
)
def test_what_may_come_to_be(facts: MandateFacts, reason: str) -> None:
    assert why(facts) == reason


def test_a_parents_end_follows_from_the_birth_date() -> None:
    assert ends_on(replace(CHILD, ends_on=None)) == BIRTHDAY


def test_it_works_from_its_confirmation_until_its_end_and_for_its_scope_alone() -> None:
    works = standing(HELPED)
    assert is_allowed(covers(works, Scope.REMEDIES, NOW))
    assert covers(works, Scope.CONSENT, NOW) == Refused("mandate_other_scope", "民法典 165")
    assert not is_allowed(is_in_force(replace(works, confirmed_at=None), NOW))
    assert not is_allowed(is_in_force(replace(works, confirmed_at=NOW + timedelta(seconds=1)), NOW))
    assert not is_allowed(is_in_force(replace(works, ended_at=NOW), NOW))
    last = datetime(2027, 5, 31, 15, 59, 59, tzinfo=UTC)
    assert is_allowed(is_in_force(works, last))
    assert not is_allowed(is_in_force(works, last + timedelta(seconds=1)))


def test_a_mandate_is_not_passed_on_and_codes_have_a_measure() -> None:
    assert is_allowed(may_offer(9, acts_for_another=False))
    assert may_offer(10, acts_for_another=False) == Refused("mandate_codes_used", "民法典 165", {"most": "10"})
    assert may_offer(0, acts_for_another=True) == Refused("mandate_not_passed_on", "民法典 169")
