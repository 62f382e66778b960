"""Consent on PostgreSQL: asked once, told to its person, answered by nobody else, taken back at once; receipts that verify."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connections, transaction

from chengxin.access import facade as access
from chengxin.access.models import Consent
from chengxin.access.rules.consenting import LAPSES_DAYS, PEACE_DAYS, standing
from chengxin.access.rules.receipts import ReceiptBroken, verify_receipt
from chengxin.access.terms.asking import Answered, Asker
from chengxin.access.terms.consent import Choice, ConsentStanding, ConsentUnknown, ConsentView
from chengxin.foundation import clock, keyring, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, no_person
from chengxin.kernel.errors import Refusal
from chengxin.persons.terms import Scope
from tests.asking import NOTHING, SOON, consented, machine_of, make_client, question
from tests.making import WHY, make_asker, make_organisation
from tests.mandates import acting, help_by_code
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, give_licence, make_resident, make_supplier

LOAN = "credit_on_consent"
ONE = {"licence": frozenset({"XK_XKZS"})}
HERE = "https://credit.example"
READING = frozenset({Scope.READ})
ONCE = Choice(ONE, True, None)


@pytest.fixture(scope="module", autouse=True)
def in_town(city: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


def make_bank() -> tuple[Actor, Asker]:
    bank = make_organisation(kind="bank", at=NOW)
    actor = Actor(kind="client", organisation_id=bank.id, role="asker", client_id=uuid4())
    return actor, Asker(bank.id, bank.org_code, bank.kind, True, False, False, True, None, None)


def ask(resident: Resident, bank: tuple[Actor, Asker], *, name: str = "", at: datetime = NOW) -> None:
    access.ask_consent(
        actor=bank[0], asker=bank[1], kind="01", number=resident.someone.number, name=name or resident.someone.name,
        purpose=LOAN, scope=None, at=at, reason=WHY,
    )  # fmt: skip


def requests_of(resident: Resident) -> list[ConsentView]:
    with as_person(resident.person_id):
        return access.consents_of(resident.person_id)


def give(resident: Resident, consent: ConsentView, choice: Choice = ONCE, *, at: datetime = NOW) -> str:
    return access.give_consent(
        actor=actor_of(resident),
        person_id=resident.person_id,
        uid=consent.uid,
        choice=choice,
        address=HERE,
        at=at,
        reason=WHY,
    )


def actor_of(resident: Resident) -> Actor:
    return Actor(kind="person", account_id=resident.account.id, person_id=resident.person_id)


def worth(resident: Resident, *, at: datetime = NOW) -> ConsentStanding:
    return standing(requests_of(resident)[0], at)


def test_a_request_reaches_its_person_with_what_would_be_shown() -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank)
    (consent,) = requests_of(resident)
    assert consent.organisation_id == bank[1].organisation_id
    assert consent.asked["penalty"] >= {"CF_WFXW", "CF_NR_FK"}
    assert standing(consent, NOW) is ConsentStanding.ASKED
    assert standing(consent, NOW + timedelta(days=LAPSES_DAYS)) is ConsentStanding.LAPSED
    with as_person(resident.person_id):
        (notice,) = outbox.notices_of(resident.person_id)
    assert notice.kind == "consent_asked"
    assert notice.subject_id == consent.consent_id


def test_a_wrong_name_and_an_unknown_number_reach_nobody_and_nothing_comes_back() -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank, name="另一个人")
    assert requests_of(resident) == []
    before = Consent.objects.using("owner").count()
    access.ask_consent(
        actor=bank[0], asker=bank[1], kind="01", number="000101199001010015", name="无此人", purpose=LOAN,
        scope=None, at=NOW, reason=WHY,
    )  # fmt: skip
    assert Consent.objects.using("owner").count() == before


def test_whoever_is_asked_already_or_said_no_is_not_asked_again_for_a_while() -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank)
    ask(resident, bank)
    (consent,) = requests_of(resident)
    access.refuse_consent(actor=actor_of(resident), person_id=resident.person_id, uid=consent.uid, at=NOW, reason=WHY)
    ask(resident, bank, at=NOW + timedelta(days=PEACE_DAYS) - timedelta(seconds=1))
    assert len(requests_of(resident)) == 1
    ask(resident, make_bank())
    ask(resident, bank, at=NOW + timedelta(days=PEACE_DAYS))
    assert len(requests_of(resident)) == 3


def test_the_receipt_verifies_without_us_and_names_no_value_and_no_number() -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank)
    receipt = give(resident, requests_of(resident)[0])
    content = verify_receipt(json.loads(receipt), keyring.current().verifying_keys())
    assert content["pii_information"] == [{"item": "licence", "fields": ["XK_XKZS"]}]
    assert content["validity"] == {"once": True, "until": None}
    assert resident.someone.number not in receipt
    assert resident.someone.name not in receipt
    assert str(resident.person_id) not in receipt
    assert requests_of(resident)[0].receipt == receipt


@pytest.mark.parametrize("change", ["content", "signature", "key", "stranger"])
def test_a_changed_receipt_does_not_verify(change: str) -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank)
    receipt = json.loads(give(resident, requests_of(resident)[0]))
    keys = dict(keyring.current().verifying_keys())
    if change == "content":
        receipt["content"]["pii_information"].append({"item": "penalty", "fields": ["CF_SY"]})
    elif change == "signature":
        receipt["signature"] = receipt["signature"][:-4] + "AAA="
    elif change == "key":
        receipt["key"] = 99
    else:
        keys[receipt["key"]] = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(ReceiptBroken):
        verify_receipt(receipt, keys)


def test_two_askers_know_one_person_by_two_names() -> None:
    resident = make_resident()
    principals = set()
    for bank in (make_bank(), make_bank()):
        ask(resident, bank)
        newest = requests_of(resident)[0]
        principals.add(json.loads(give(resident, newest))["content"]["pii_principal_id"])
    assert len(principals) == 2


def test_taken_back_it_is_worth_nothing_the_same_second() -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank)
    consent = requests_of(resident)[0]
    give(resident, consent, Choice(ONE, False, NOW + timedelta(days=3)))
    assert worth(resident) is ConsentStanding.GIVEN
    access.withdraw_consent(actor=actor_of(resident), person_id=resident.person_id, uid=consent.uid, at=NOW, reason=WHY)
    assert worth(resident) is ConsentStanding.WITHDRAWN
    with pytest.raises(Refusal):
        give(resident, consent)


def test_nobody_answers_for_another() -> None:
    resident, stranger, bank = make_resident(), make_resident(), make_bank()
    ask(resident, bank)
    uid = requests_of(resident)[0].uid
    with pytest.raises(ConsentUnknown):
        access.refuse_consent(actor=actor_of(stranger), person_id=stranger.person_id, uid=uid, at=NOW, reason=WHY)
    with pytest.raises(Refusal):
        access.give_consent(
            actor=actor_of(stranger), person_id=resident.person_id, uid=uid, choice=ONCE, address=HERE, at=NOW, reason=WHY
        )  # fmt: skip
    assert worth(resident) is ConsentStanding.ASKED


def test_a_receipt_says_that_another_agreed_and_only_where_their_mandate_covers_it() -> None:
    resident, helper, bank = make_resident(), make_resident(), make_bank()
    ask(resident, bank)
    uid = requests_of(resident)[0].uid
    reading = acting(actor_of(helper), help_by_code(actor_of(resident), actor_of(helper), scopes=READING).uid)
    given = help_by_code(actor_of(resident), actor_of(helper))
    whole = {"person_id": resident.person_id, "uid": uid, "choice": ONCE, "address": HERE, "at": NOW, "reason": WHY}
    with pytest.raises(Refusal, match="mandate_other_scope"):
        access.give_consent(actor=reading, **whole)
    receipt = json.loads(access.give_consent(actor=acting(actor_of(helper), given.uid), **whole))
    assert receipt["content"]["given_by"] == {"role": "helper", "mandate": str(given.uid)}


def test_of_using_and_taking_back_the_first_stands() -> None:
    resident, machine = make_resident(), machine_of(make_client(make_asker()))
    give_licence(resident, make_supplier())
    consented(resident, machine, once=True)
    looked = question(resident)
    assert isinstance(access.ask(actor=machine, question=looked, at=SOON), Answered)
    with pytest.raises(Refusal):
        access.withdraw_consent(
            actor=actor_of(resident), person_id=resident.person_id, uid=requests_of(resident)[0].uid, at=NOW, reason=WHY
        )
    assert access.ask(actor=machine, question=looked, at=SOON) == NOTHING
    assert worth(resident) is ConsentStanding.USED


@pytest.mark.parametrize("table", ["access_consent", "access_consent_step"])
def test_consents_are_seen_by_their_person_alone_and_never_changed(table: str) -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank)
    give(resident, requests_of(resident)[0])
    with no_person(), connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)
    for change in (f"UPDATE {table} SET consent_id = consent_id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute(change)


def test_a_consent_for_ever_is_refused_by_the_database_too() -> None:
    resident, bank = make_resident(), make_bank()
    ask(resident, bank)
    consent = requests_of(resident)[0]
    row = [resident.person_id, consent.consent_id, 1, NOW, "{}", False, None, "x"]
    with (
        pytest.raises(DatabaseError, match="access_consent_step_has_an_end"),
        as_person(resident.person_id),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO access_consent_step (person_id, consent_id, act, at, scope, once, ends_at, receipt)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            row,
        )


def test_an_employer_cannot_ask() -> None:
    office = make_organisation(kind="labour", at=NOW)
    asker = Asker(office.id, office.org_code, office.kind, True, False, False, True, None, None)
    actor = Actor(kind="client", organisation_id=office.id, role="asker", client_id=uuid4())
    for purpose in (LOAN, "account_identity", "licence_review", uuid4().hex):
        with pytest.raises(Refusal):
            access.ask_consent(
                actor=actor, asker=asker, kind="01", number="000101199001010015", name="某人", purpose=purpose,
                scope=None, at=NOW, reason=WHY,
            )  # fmt: skip
