"""The one decision: every check refuses by itself, all of them together answer, and nothing is told outside of a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.access.rules.deciding import CHECKS, allowed_fields, decide, outward
from chengxin.access.terms.asking import (
    ABOUT_THE_PERSON,
    OUTSIDE,
    Asked,
    Asker,
    CaseFacts,
    CaseState,
    ConsentFacts,
    ConsentState,
    Grounds,
    HeldEntry,
    Identified,
    NoAnswer,
    Permitted,
)
from chengxin.catalogue.terms import CheckRule, Operation, PurposeSpec
from chengxin.kernel.decisions import Refused
from tests.rules.catalogue.files import edition

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
BANK, OFFICE, PERSON = uuid4(), uuid4(), uuid4()
BY_CONSENT = edition("national").purposes["credit_on_consent"]
BY_LAW = edition("national").purposes["licence_review"]
VERIFYING = edition("national").purposes["account_identity"]
EMERGENCIES = {
    "shipped, never with a case": edition("national").purposes["rescue_on_site"],
    "else with a case": replace(BY_LAW, code="emergency", emergency=True),
}

CONSENT = ConsentFacts(
    uuid4(), BANK, BY_CONSENT.code, BY_CONSENT.items, ConsentState.GIVEN, AT - timedelta(days=1), AT + timedelta(days=1)
)
ASKER = Asker(BANK, "91", "bank", True, False, False, True, None, None)
OFFICIAL = Asker(OFFICE, "11", "approval", True, False, True, True, AT + timedelta(days=1), b"o" * 16)
CASE = CaseFacts(OFFICE, BY_LAW.code, CaseState.OPEN, AT - timedelta(days=3), True, False)
DOCUMENT = b"d" * 16
ENTRIES = tuple(HeldEntry(uuid4(), 1, item) for item in ("penalty", "licence", "court_defaulter", "work_safety_list"))

Facts = tuple[Asked, Asker, Grounds]
CONSENTED: Facts = (
    Asked(BY_CONSENT.code, Operation.LOOK_UP, Identified.DOCUMENT),
    ASKER,
    Grounds(BY_CONSENT, True, None, CONSENT, 0, PERSON, DOCUMENT, True, ENTRIES),
)
LAWFUL: Facts = (
    Asked(BY_LAW.code, Operation.LOOK_UP, Identified.DOCUMENT, case_ref="2026-7"),
    OFFICIAL,
    Grounds(BY_LAW, True, CASE, None, 0, PERSON, DOCUMENT, True, ENTRIES),
)


def _asked(**change: object) -> Callable[[Facts], Facts]:
    return lambda facts: (replace(facts[0], **change), facts[1], facts[2])  # type: ignore[arg-type]


def _asker(**change: object) -> Callable[[Facts], Facts]:
    return lambda facts: (facts[0], replace(facts[1], **change), facts[2])  # type: ignore[arg-type]


def _grounds(**change: object) -> Callable[[Facts], Facts]:
    return lambda facts: (facts[0], facts[1], replace(facts[2], **change))  # type: ignore[arg-type]


def _consent(**change: object) -> Callable[[Facts], Facts]:
    return _grounds(consent=replace(CONSENT, **change))  # type: ignore[arg-type]


def _case(**change: object) -> Callable[[Facts], Facts]:
    return _grounds(case=replace(CASE, **change))  # type: ignore[arg-type]


LONG_AGO = AT - timedelta(days=200)
FAULTS: list[tuple[NoAnswer, Facts, Callable[[Facts], Facts]]] = [
    (NoAnswer.PURPOSE_NOT_IN_FORCE, LAWFUL, _grounds(purpose=None)),
    (NoAnswer.OPERATION_NOT_ALLOWED, LAWFUL, _asked(operation=Operation.VERIFY)),
    (NoAnswer.BATCH_TOO_LARGE, LAWFUL, _asked(persons=2)),
    (NoAnswer.NOT_FOR_THIS_ORGANISATION, LAWFUL, _asker(org_kind="labour")),
    (NoAnswer.NOT_FOR_THIS_ORGANISATION, LAWFUL, _asker(is_active=False)),
    (NoAnswer.ORGANISATION_SUSPENDED, LAWFUL, _asker(is_suspended=True)),
    (NoAnswer.OPERATOR_NOT_IN_OFFICE, LAWFUL, _asker(in_office=False)),
    (NoAnswer.TRAINING_NOT_VALID, LAWFUL, _asker(trained_until=None)),
    (NoAnswer.TRAINING_NOT_VALID, LAWFUL, _asker(trained_until=AT)),
    (NoAnswer.IDENTIFIED_BY_NAME, LAWFUL, _asked(identified=Identified.NAME)),
    (NoAnswer.CASE_MISSING, LAWFUL, _asked(case_ref="")),
    (NoAnswer.CASE_MISSING, LAWFUL, _grounds(case=None)),
    (NoAnswer.CASE_OF_OTHERS, LAWFUL, _case(organisation_id=BANK)),
    (NoAnswer.CASE_NOT_OPEN, LAWFUL, _case(state=CaseState.CLOSED)),
    (NoAnswer.CASE_NOT_OPEN, LAWFUL, _case(opened_at=AT + timedelta(seconds=1))),
    (NoAnswer.CASE_TOO_OLD, LAWFUL, _case(opened_at=LONG_AGO)),
    (NoAnswer.LAW_NOT_IN_FORCE, LAWFUL, _grounds(law_in_force=False)),
    (NoAnswer.OWN_FILE, LAWFUL, _asker(own_document=DOCUMENT)),
    (NoAnswer.OWN_DOCUMENT_UNKNOWN, LAWFUL, _asker(own_document=None)),
    (NoAnswer.CASE_FOR_ANOTHER_PURPOSE, LAWFUL, _case(purpose="tender_review")),
    (NoAnswer.CASE_FULL, LAWFUL, _case(named=False)),
    (NoAnswer.TOO_OFTEN, LAWFUL, _grounds(answered_before=BY_LAW.frequency.times)),
    (NoAnswer.NOTHING_ASKED_IS_ALLOWED, LAWFUL, _asked(items={"penalty": frozenset({"CF_WFXW"})})),
    (NoAnswer.NOTHING_ASKED_IS_ALLOWED, LAWFUL, _asked(items={"court_defaulter": frozenset({"duty"})})),
    (NoAnswer.PERSON_UNKNOWN, LAWFUL, _grounds(person_id=None, entries=())),
    (NoAnswer.NOTHING_TO_SHOW, LAWFUL, _grounds(entries=())),
    (NoAnswer.NOTHING_TO_SHOW, LAWFUL, _grounds(entries=ENTRIES[:2])),
    (NoAnswer.NO_CONSENT, CONSENTED, _grounds(consent=None)),
    (NoAnswer.NO_CONSENT, CONSENTED, _consent(organisation_id=OFFICE)),
    (NoAnswer.NO_CONSENT, CONSENTED, _consent(purpose="another")),
    (NoAnswer.NO_CONSENT, CONSENTED, _consent(given_at=AT + timedelta(seconds=1))),
    (NoAnswer.CONSENT_REFUSED, CONSENTED, _consent(state=ConsentState.REFUSED)),
    (NoAnswer.CONSENT_WITHDRAWN, CONSENTED, _consent(state=ConsentState.WITHDRAWN)),
    (NoAnswer.CONSENT_USED, CONSENTED, _consent(state=ConsentState.USED)),
    (NoAnswer.CONSENT_ENDED, CONSENTED, _consent(ends_at=AT)),
    (NoAnswer.CONSENT_TOO_OLD, CONSENTED, _consent(given_at=LONG_AGO)),
    (NoAnswer.NOTHING_ASKED_IS_ALLOWED, CONSENTED, _consent(items={})),
]  # fmt: skip


def _decided(facts: Facts) -> Permitted | Refused:
    return decide(*facts, AT)


@pytest.mark.parametrize("facts", [CONSENTED, LAWFUL], ids=["on consent", "by law"])
def test_a_question_that_keeps_every_rule_is_answered(facts: Facts) -> None:
    found = _decided(facts)
    assert isinstance(found, Permitted)
    purpose = facts[2].purpose
    assert purpose is not None
    assert {one.item: one.fields for one in found.entries} == purpose.items


@pytest.mark.parametrize(("reason", "facts", "change"), FAULTS, ids=[f"{one[0]}-{n}" for n, one in enumerate(FAULTS)])
def test_each_check_refuses_by_itself(reason: NoAnswer, facts: Facts, change: Callable[[Facts], Facts]) -> None:
    found = _decided(change(facts))
    assert isinstance(found, Refused)
    assert found.reason == reason
    assert found.basis


def test_at_least_ten_checks_and_every_reason_is_tried() -> None:
    assert len(CHECKS) >= 10
    assert {one[0] for one in FAULTS} | {NoAnswer.REASON_MISSING, NoAnswer.FAILED} == set(NoAnswer)


def test_two_faults_never_make_an_answer() -> None:
    lawful = [change for _, facts, change in FAULTS if facts is LAWFUL]
    for one, other in combinations(lawful, 2):
        assert isinstance(_decided(other(one(LAWFUL))), Refused)


@pytest.mark.parametrize("reason", sorted(ABOUT_THE_PERSON))
def test_outside_nothing_tells_of_a_person(reason: NoAnswer) -> None:
    told = outward(Refused(reason, "law", {"days": 3}))
    assert told == outward(Refused(NoAnswer.PERSON_UNKNOWN, "another law"))
    assert told.reason == OUTSIDE


def test_a_fault_of_the_asker_is_told_to_the_asker() -> None:
    refused = Refused(NoAnswer.CASE_NOT_OPEN, "law")
    assert outward(refused) is refused


def test_a_fault_of_the_asker_is_found_before_any_fact_of_the_person() -> None:
    nobody = _grounds(person_id=None, entries=(), consent=None, answered_before=99)
    for reason, facts, change in FAULTS:
        if reason not in ABOUT_THE_PERSON and reason is not NoAnswer.NOTHING_ASKED_IS_ALLOWED:
            found = _decided(nobody(change(facts)))
            assert isinstance(found, Refused)
            assert found.reason == reason


@pytest.mark.parametrize("purpose", EMERGENCIES.values(), ids=EMERGENCIES)
def test_an_emergency_needs_no_case_an_official_and_a_written_reason(purpose: PurposeSpec) -> None:
    asked = _asked(case_ref="", reason="flood, evacuation of the quay")(LAWFUL)
    facts = _asker(org_kind=purpose.askers[0])(_grounds(purpose=purpose, case=None)(asked))
    assert isinstance(_decided(facts), Permitted)
    for change, reason in (
        (_asked(reason="  "), NoAnswer.REASON_MISSING),
        (_asked(case_ref="made up"), NoAnswer.CASE_MISSING),
        (_asker(official=False), NoAnswer.CASE_MISSING),
    ):
        refused = _decided(change(facts))
        assert isinstance(refused, Refused)
        assert refused.reason == reason


def test_a_purpose_without_emergency_law_is_never_broken_open() -> None:
    found = _decided(_asked(case_ref="", reason="urgent")(LAWFUL))
    assert isinstance(found, Refused)
    assert found.reason == NoAnswer.CASE_MISSING


@pytest.mark.parametrize(
    ("rule", "entries", "answer"),
    [
        (CheckRule.HOLDS_NONE, (), True),
        (CheckRule.HOLDS_NONE, ENTRIES[2:3], False),
        (CheckRule.HOLDS_NONE, ENTRIES[:2], True),
        (CheckRule.HOLDS_ONE, ENTRIES[2:3], True),
        (CheckRule.HOLDS_ONE, ENTRIES[:2], False),
    ],
)
def test_a_check_answers_its_own_question_alone(rule: CheckRule, entries: tuple[HeldEntry, ...], answer: bool) -> None:
    purpose = replace(BY_LAW, rule=rule)
    facts = _asked(operation=Operation.CHECK)(_grounds(purpose=purpose, entries=entries)(LAWFUL))
    found = _decided(facts)
    assert isinstance(found, Permitted)
    assert found.answer is answer
    assert not [one for one in found.entries if one.fields]


def test_a_check_answers_alike_for_somebody_unknown_and_somebody_without_entries() -> None:
    check = _asked(operation=Operation.CHECK)(LAWFUL)
    unknown = _decided(_grounds(person_id=None, entries=())(check))
    assert unknown == _decided(_grounds(entries=())(check))


def test_a_check_needs_consent_for_every_item_it_speaks_of() -> None:
    check = _asked(operation=Operation.CHECK)(CONSENTED)
    assert isinstance(_decided(check), Permitted)
    kept_back = {item: fields for item, fields in BY_CONSENT.items.items() if item not in BY_CONSENT.about}
    found = _decided((check[0], check[1], replace(check[2], consent=replace(CONSENT, items=kept_back))))
    assert isinstance(found, Refused)
    assert found.reason == NoAnswer.NO_CONSENT


@pytest.mark.parametrize(("agrees", "answer"), [(True, True), (False, False), (None, False)])
def test_a_verification_tells_an_unknown_person_from_a_wrong_name_to_nobody(agrees: bool | None, answer: bool) -> None:
    consent = replace(CONSENT, purpose=VERIFYING.code)
    facts = (
        Asked(VERIFYING.code, Operation.VERIFY, Identified.DOCUMENT),
        ASKER,
        Grounds(VERIFYING, True, None, consent, 0, PERSON, DOCUMENT, agrees, ENTRIES),
    )
    found = _decided(facts)
    assert found == Permitted((), answer, consent.uid, False)


def test_a_consent_for_one_use_is_used_up() -> None:
    found = _decided(_consent(ends_at=None)(CONSENTED))
    assert isinstance(found, Permitted)
    assert found.uses_up
    assert found.consent == CONSENT.uid


_fields = st.sets(st.sampled_from(sorted({"CF_WFXW", "CF_CFLB", "CF_CFJG", "CF_XDR_ZJHM", "XK_XKZS", "caseCode"})))
_scopes = st.dictionaries(
    st.sampled_from(["penalty", "licence", "court_defaulter", "honour_state"]), _fields.map(frozenset)
)


@settings(max_examples=200, deadline=None)
@given(asked=st.none() | _scopes, consented=_scopes)
def test_no_field_is_answered_outside_question_consent_and_purpose(
    asked: dict[str, frozenset[str]] | None, consented: dict[str, frozenset[str]]
) -> None:
    facts = _asked(items=asked)(_consent(items=consented)(CONSENTED))
    found = _decided(facts)
    told = {(one.item, name) for one in found.entries for name in one.fields} if isinstance(found, Permitted) else set()
    for item, name in told:
        assert name in BY_CONSENT.items[item]
        assert name in consented[item]
        assert asked is None or name in asked[item]
    purpose: PurposeSpec = BY_CONSENT
    assert {one for one, fields in allowed_fields(facts[0], facts[2], purpose).items() for _ in fields} == {
        item for item, _ in told
    } or isinstance(found, Refused)


def test_ids_of_the_entries_are_the_held_ones() -> None:
    found = _decided(LAWFUL)
    assert isinstance(found, Permitted)
    held: set[tuple[UUID, int]] = {(one.uid, one.version) for one in ENTRIES}
    assert {(one.uid, one.version) for one in found.entries} <= held
