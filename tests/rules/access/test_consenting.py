"""Consent: to something, for once or until a day, never for ever; and what it is worth at each moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chengxin.access.rules.consenting import (
    LAPSES_DAYS,
    PEACE_DAYS,
    longest,
    may_answer,
    may_ask,
    may_choose,
    may_withdraw,
    standing,
    worth_asking,
)
from chengxin.access.terms.asking import Asker
from chengxin.access.terms.consent import Choice, ConsentStanding, ConsentView
from chengxin.kernel.decisions import Decision, Refused, is_allowed
from tests.rules.catalogue.files import edition

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
SOON = timedelta(days=1)
PURPOSES = edition("national").purposes
LOAN, NAMES, BY_LAW = PURPOSES["credit_on_consent"], PURPOSES["account_identity"], PURPOSES["licence_review"]
BANK = Asker(uuid4(), "91", "bank", True, False, False, True, None, None)
PERSON = uuid4()
ONE = {"licence": frozenset({"XK_XKZS"})}
REQUEST = ConsentView(
    uuid4(), uuid4(), PERSON, BANK.organisation_id, LOAN.code, LOAN.items, AT - SOON, AT + SOON,
    None, False, {}, False, None, None, None, "",
)  # fmt: skip
GIVEN = replace(REQUEST, answered_at=AT - SOON, given=ONE, ends_at=AT + SOON)


def _reason(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Refused) else "allowed"


@pytest.mark.parametrize(
    ("asker", "purpose", "scope", "reason"),
    [
        (BANK, LOAN, LOAN.items, "allowed"),
        (BANK, LOAN, ONE, "allowed"),
        (BANK, NAMES, {}, "allowed"),
        (BANK, None, ONE, "purpose_not_in_force"),
        (replace(BANK, org_kind="approval"), BY_LAW, BY_LAW.items, "purpose_not_in_force"),
        (replace(BANK, org_kind="labour"), LOAN, ONE, "not_for_this_organisation"),
        (replace(BANK, is_active=False), LOAN, ONE, "not_for_this_organisation"),
        (replace(BANK, in_office=False), LOAN, ONE, "not_for_this_organisation"),
        (replace(BANK, is_suspended=True), LOAN, ONE, "organisation_suspended"),
        (BANK, LOAN, {}, "nothing_asked_is_allowed"),
        (BANK, LOAN, {"licence": frozenset()}, "nothing_asked_is_allowed"),
        (BANK, LOAN, {"licence": frozenset({"XK_NR"})}, "nothing_asked_is_allowed"),
        (BANK, LOAN, {"honour_state": frozenset({"RY_MC"})}, "nothing_asked_is_allowed"),
    ],
)
def test_who_may_ask_for_what(asker: Asker, purpose: object, scope: object, reason: str) -> None:
    assert _reason(may_ask(asker, purpose, scope)) == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (Choice(ONE, True, None), "allowed"),
        (Choice(ONE, False, AT + SOON), "allowed"),
        (Choice(ONE, False, longest(LOAN, AT)), "allowed"),
        (Choice(ONE, False, longest(LOAN, AT) + timedelta(seconds=1)), "consent_too_long"),
        (Choice(ONE, False, AT), "consent_too_long"),
        (Choice(ONE, False, None), "consent_needs_an_end"),
        (Choice(ONE, True, AT + SOON), "consent_needs_an_end"),
        (Choice({}, True, None), "consent_chooses_nothing"),
        (Choice({"licence": frozenset({"XK_NR"})}, True, None), "consent_chooses_nothing"),
        (Choice({"honour_state": frozenset({"RY_MC"})}, True, None), "consent_chooses_nothing"),
    ],
)
def test_what_may_be_agreed_to(choice: Choice, reason: str) -> None:
    assert _reason(may_choose(REQUEST, choice, LOAN, AT)) == reason


def test_nothing_is_agreed_to_for_a_purpose_that_is_gone() -> None:
    assert _reason(may_choose(REQUEST, Choice(ONE, True, None), None, AT)) == "purpose_not_in_force"


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        (REQUEST, ConsentStanding.ASKED),
        (replace(REQUEST, lapses_at=AT), ConsentStanding.LAPSED),
        (replace(REQUEST, answered_at=AT, refused=True), ConsentStanding.REFUSED),
        (GIVEN, ConsentStanding.GIVEN),
        (replace(GIVEN, ends_at=AT), ConsentStanding.ENDED),
        (replace(GIVEN, ends_at=None, once=True), ConsentStanding.GIVEN),
        (replace(GIVEN, ends_at=None, once=True, used_at=AT), ConsentStanding.USED),
        (replace(GIVEN, withdrawn_at=AT), ConsentStanding.WITHDRAWN),
        (replace(GIVEN, lapses_at=AT - SOON), ConsentStanding.GIVEN),
    ],
)
def test_what_a_request_is_worth(consent: ConsentView, expected: ConsentStanding) -> None:
    assert standing(consent, AT) is expected
    assert is_allowed(may_answer(consent, PERSON, AT)) is (expected is ConsentStanding.ASKED)
    assert is_allowed(may_withdraw(consent, PERSON, AT)) is (expected is ConsentStanding.GIVEN)


def test_nobody_answers_or_takes_back_for_another() -> None:
    assert _reason(may_answer(REQUEST, uuid4(), AT)) == "not_your_file"
    assert _reason(may_withdraw(GIVEN, uuid4(), AT)) == "not_your_file"


def test_a_person_who_said_no_is_left_in_peace() -> None:
    peace = timedelta(days=PEACE_DAYS)
    assert worth_asking(None, AT)
    assert not worth_asking(REQUEST, AT)
    refused = replace(REQUEST, refused=True, answered_at=AT)
    for before in (refused, replace(GIVEN, withdrawn_at=AT), replace(REQUEST, lapses_at=AT)):
        assert not worth_asking(before, AT + peace - timedelta(seconds=1))
        assert worth_asking(before, AT + peace)
    assert worth_asking(replace(GIVEN, ends_at=AT), AT)
    assert worth_asking(GIVEN, AT)


def test_silence_is_no_consent() -> None:
    assert LAPSES_DAYS <= 14
    assert standing(replace(REQUEST, lapses_at=AT), AT) is ConsentStanding.LAPSED
