"""Questions by machine: a ground or no answer, the look that stays, and nothing told of anybody who did not agree."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from chengxin.access import facade as access
from chengxin.access.terms.consent import Choice
from chengxin.foundation.database import as_person
from tests.charter.people import Target, make_target
from tests.doors.machine.calling import Machine, code_of, make_machine, told
from tests.entries import give_entry
from tests.making import WHY
from tests.people import NOW, Someone, invented_identity
from tests.rooms.collection.making import Supplier
from tests.sources import confirm_name

PURPOSE = "credit_on_consent"
_counted = iter(range(1, 1000))


@pytest.fixture(scope="module")
def bank(supplier: Supplier) -> Machine:
    return make_machine()


@pytest.fixture
def target(supplier: Supplier) -> Target:
    return make_target(supplier, next(_counted))


def question(target: Target, **more: Any) -> dict[str, Any]:
    return {"purpose": PURPOSE, "kind": "01", "number": target.decision.document, **more}


def consented(machine: Machine, target: Target, *, once: bool = True, items: tuple[str, ...] = ()) -> UUID:
    """The bank asks, the person agrees to all that was asked, or to these items of it."""
    asked = question(target, name=target.decision.name, reason="a loan they applied for")
    assert told(machine.post("/v1/consent-requests", asked), 202) == {"state": "asked"}
    with as_person(target.person_id):
        consent = access.consents_of(target.person_id)[0]
    scope = {item: fields for item, fields in consent.asked.items() if not items or item in items}
    choice = Choice(scope, once, None if once else NOW.replace(month=7))
    access.give_consent(
        actor=target.actor, person_id=target.person_id, uid=consent.uid, choice=choice, address="", at=NOW, reason=WHY
    )
    return consent.uid


def newest_look(target: Target) -> Any:
    return target.looks()[0]


def test_a_look_up_answers_the_consented_fields_and_the_person_sees_it(
    bank: Machine, target: Target, supplier: Supplier
) -> None:
    someone = Someone(target.person_id, target.decision.document, target.decision.name)
    give_entry(
        someone,
        item="penalty",
        supplier=supplier.office.id,
        decided_on=date(2026, 3, 1),
        served_on=date(2026, 3, 2),
        final_on=date(2026, 5, 10),
        content={"CF_WFXW": "未按规定公示价格", "CF_NR_FK": "0.3", "CF_WSH": "云测罚1号"},
    )
    # two offices that know the number under this name: an adverse entry of one alone shows to nobody else (F2)
    confirm_name(someone, uuid4())
    consent = consented(bank, target, items=("penalty",))
    answer = told(bank.post("/v1/look-ups", question(target)))
    assert answer["consent"] == str(consent)
    (entry,) = answer["entries"]
    assert entry["item"] == "penalty"
    assert entry["supplier"] == supplier.office.org_code
    assert entry["fields"] == {"CF_WFXW": "未按规定公示价格", "CF_NR_FK": "0.3"}
    assert UUID(answer["look"]) == newest_look(target).uid
    assert newest_look(target).purpose == PURPOSE


def test_consent_for_one_use_is_used_up(bank: Machine, target: Target) -> None:
    consented(bank, target, once=True)
    first = bank.post("/v1/checks", question(target))
    assert told(first)["answer"] is True
    assert code_of(bank.post("/v1/checks", question(target))) == (403, "no_answer")


def test_what_is_taken_back_is_worth_nothing_in_the_next_request(bank: Machine, target: Target) -> None:
    consent = consented(bank, target, once=False)
    told(bank.post("/v1/checks", question(target)))
    access.withdraw_consent(actor=target.actor, person_id=target.person_id, uid=consent, at=NOW, reason=WHY)
    assert code_of(bank.post("/v1/checks", question(target))) == (403, "no_answer")
    assert newest_look(target).outcome == "consent_withdrawn"


def test_a_refusal_is_told_alike_whoever_it_is_about(bank: Machine, target: Target) -> None:
    """Nobody of that number, somebody who was never asked, somebody who said no: one answer, to the letter (F13)."""
    nobody = invented_identity()[0]
    refusing = consented(bank, target, once=False)
    access.withdraw_consent(actor=target.actor, person_id=target.person_id, uid=refusing, at=NOW, reason=WHY)
    other = make_machine()
    answers = [
        machine.post(address, {"purpose": PURPOSE, "kind": "01", "number": number})
        for machine, number in ((bank, target.decision.document), (bank, nobody), (other, target.decision.document))
        for address in ("/v1/look-ups", "/v1/checks")
    ]
    assert {code_of(answer) for answer in answers} == {(403, "no_answer")}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_denial_stays_in_the_persons_log(bank: Machine, target: Target) -> None:
    before = len(target.looks())
    assert code_of(bank.post("/v1/look-ups", question(target))) == (403, "no_answer")
    assert len(target.looks()) == before + 1
    assert newest_look(target).outcome == "no_consent"


def test_number_and_name_belong_together_or_do_not(bank: Machine, target: Target) -> None:
    asked = question(target, name=target.decision.name, reason="an account") | {"purpose": "account_identity"}
    assert told(bank.post("/v1/consent-requests", asked), 202)
    with as_person(target.person_id):
        (consent,) = access.consents_of(target.person_id)
    access.give_consent(
        actor=target.actor, person_id=target.person_id, uid=consent.uid, choice=Choice({}, False, NOW.replace(month=7)),
        address="", at=NOW, reason=WHY,
    )  # fmt: skip
    asked = question(target, name=target.decision.name) | {"purpose": "account_identity"}
    assert told(bank.post("/v1/verifications", asked))["answer"] is True
    assert told(bank.post("/v1/verifications", asked | {"name": "别人"}))["answer"] is False


def test_asking_for_consent_tells_nothing(bank: Machine, target: Target) -> None:
    nobody, name = invented_identity()
    ask = {"purpose": PURPOSE, "kind": "01", "reason": "a loan"}
    known = bank.post("/v1/consent-requests", ask | {"number": target.decision.document, "name": target.decision.name})
    unknown = bank.post("/v1/consent-requests", ask | {"number": nobody, "name": name})
    again = bank.post("/v1/consent-requests", ask | {"number": target.decision.document, "name": target.decision.name})
    assert {(one.status_code, one.content) for one in (known, unknown, again)} == {(202, known.content)}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"purpose": "nothing_like_it"}, "purpose_not_in_force"),
        ({"purpose": "licence_review"}, "not_for_this_organisation"),
        ({"purpose": "account_identity"}, "operation_not_allowed"),
        ({"items": {"penalty": ["CF_WSH"]}}, "nothing_asked_is_allowed"),
    ],
)
def test_what_concerns_the_asker_is_told_with_its_reason(
    asked: dict[str, Any], code: str, bank: Machine, target: Target
) -> None:
    if "items" in asked:
        consented(bank, target)
    assert code_of(bank.post("/v1/look-ups", question(target) | asked)) == (403, code)


def test_a_problem_speaks_the_callers_language(bank: Machine, target: Target) -> None:
    for language, words in (
        ("en", "There is no answer."),
        ("zh", "没有可以答复的内容。"),
        ("zh-CN, en", "没有可以答复的内容。"),
    ):
        answer = bank.post("/v1/checks", question(target), language=language)
        assert json.loads(answer.content)["title"] == words
        assert json.loads(answer.content)["type"].endswith("/v1/problems/no_answer")


WRONG: dict[str, tuple[Any, tuple[int, str], str]] = {
    "no json": (b"{", (400, "body_unreadable"), ""),
    "not utf-8": (b'{"purpose": "\xff"}', (400, "body_unreadable"), ""),
    "a list": ([], (422, "body_not_valid"), ""),
    "a missing part": ({"purpose": PURPOSE, "kind": "01"}, (422, "body_not_valid"), "/number"),
    "another kind": ({"purpose": PURPOSE, "kind": "9", "number": "1"}, (422, "body_not_valid"), "/kind"),
    "more than is read": ({"purpose": PURPOSE, "kind": "01", "number": "1", "x": 1}, (422, "body_not_valid"), "/x"),
    "a zero": ({"purpose": PURPOSE, "kind": "01", "number": "1\x00"}, (422, "body_not_valid"), "/number"),
    "half a character": (b'{"purpose":"a","kind":"01","number":"\\ud800"}', (422, "body_not_valid"), "/number"),
    "too long": ({"purpose": PURPOSE, "kind": "01", "number": "1" * 41}, (422, "body_not_valid"), "/number"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_body_at_fault_is_told_where(what: str, bank: Machine) -> None:
    content, expected, at = WRONG[what]
    answer = bank.post("/v1/checks", content)
    assert code_of(answer) == expected
    if at:
        assert at in [error["at"] for error in json.loads(answer.content)["errors"]]


def test_a_body_larger_than_a_question_is_not_read(bank: Machine) -> None:
    answer = bank.post("/v1/checks", {"purpose": "x" * 70_000})
    assert code_of(answer) == (413, "body_too_large")


def test_whatever_fails_on_the_way_is_no_answer(bank: Machine, target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    consented(bank, target)

    def lost(*_: object, **__: object) -> None:
        raise RuntimeError("the key store is gone")

    monkeypatch.setattr("chengxin.access.actions.asking.decide", lost)
    assert code_of(bank.post("/v1/checks", question(target))) == (403, "no_answer")


def test_a_question_sent_again_under_its_key_counts_once(bank: Machine, target: Target) -> None:
    consented(bank, target, once=False)
    key = uuid4().hex
    told(bank.post("/v1/checks", question(target), key=key))
    for _ in range(2):
        told(bank.post("/v1/checks", question(target)))
    assert code_of(bank.post("/v1/checks", question(target))) == (403, "no_answer")
    assert newest_look(target).outcome == "too_often"
    told(bank.post("/v1/checks", question(target), key=key))
