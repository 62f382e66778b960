"""Everybody who was shown what is no longer right is told in the transaction that puts it right, and heard until the last."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from chengxin.access.terms.asking import Answered
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions.facts import entry_of
from chengxin.remedies.actions.taken_back import recall_batch
from chengxin.remedies.jobs import recall_withdrawn_entry
from chengxin.remedies.models import Event
from chengxin.remedies.terms.cases import Case, Deed, Turn
from chengxin.remedies.terms.desks import RecallLine
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.asking import SOON, ask, consented, machine_of, make_bank, make_client, question
from tests.making import make_official
from tests.people import NOW
from tests.remedies import FOR, later, object_to, step
from tests.residents import FOUNDED, Resident

DONE = "已从贷款资料中删除。"


@pytest.fixture
def banks(in_town: None) -> tuple[Actor, Actor]:
    first, other = (machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED)) for _ in range(2))
    return first, other


@pytest.fixture
def shown(entry: tuple[Resident, UUID], banks: tuple[Actor, Actor]) -> tuple[Resident, UUID]:
    """Somebody with a fine that two banks were told of, as they had agreed."""
    resident, _ = entry
    for bank in banks:
        consented(resident, bank, days=30)
        assert isinstance(ask(bank, question(resident)), Answered)
    return entry


def corrections(resident: Resident, *, at: datetime = SOON) -> list[Case]:
    found = remedies.cases_of(actor=resident.someone.actor, at=at)
    return [one for one in found if one.workflow == "correction"]


def told(bank: Actor) -> RecallLine:
    """What the bank was told last and has not acknowledged."""
    return next(one for one in remedies.recalls_for(bank, SOON) if one.acknowledged_at is None)


def acknowledge(bank: Actor, line: RecallLine, *, at: datetime = SOON) -> RecallLine:
    return remedies.acknowledge_recall(actor=bank, uid=line.uid, at=at, reason=DONE)


def admitted(shown: tuple[Resident, UUID], caseworker: Actor, answerer: Actor) -> Case:
    case = object_to(*shown, at=SOON)
    step(caseworker, case, Act.FORWARD, at=SOON)
    return step(answerer, case, Act.ADMIT, Deed(reason="录入有误。"), at=SOON)


def test_an_admitted_fault_awaits_each_recipient_and_the_last_closes_it_with_a_letter(
    shown: tuple[Resident, UUID], banks: tuple[Actor, Actor], caseworker: Actor, answerer: Actor
) -> None:
    resident, _ = shown
    admitted(shown, caseworker, answerer)
    (case,) = corrections(resident)
    assert (case.state, case.turn, case.outcome) == ("effective", Turn.RECIPIENT, None)
    assert [(one.act, one.reason) for one in case.events] == [(Act.RECALL, "录入有误。")]
    lines = [told(bank) for bank in banks]
    assert {(one.what, one.due_on) for one in lines} == {("withdrawn", case.clocks[0].due.day)}

    with pytest.raises(Refusal, match=Reason.REASON_MISSING.value):
        remedies.acknowledge_recall(actor=banks[0], uid=lines[0].uid, at=SOON, reason=" ")
    acknowledge(banks[0], lines[0])
    assert acknowledge(banks[0], lines[0]).acknowledged_at == SOON
    (half,) = corrections(resident)
    assert (half.state, half.events[-1].act, half.events[-1].organisation_id) == (
        "effective", Act.ACKNOWLEDGE, banks[0].organisation_id,
    )  # fmt: skip
    acknowledge(banks[1], lines[1])
    (whole,) = corrections(resident)
    assert (whole.outcome, whole.closed_at) == (Outcome.FOR, SOON)
    assert [one.act for one in whole.events] == [Act.RECALL, Act.ACKNOWLEDGE, Act.ACKNOWLEDGE_LAST]
    (letter,) = whole.letters
    assert letter.kind is LetterKind.OUTCOME
    assert len(letter.draft.told or ()) == len(banks)
    assert not [one for one in remedies.recalls_open(SOON) if one.organisation_id == banks[0].organisation_id]


def test_the_answer_names_whom_it_was_told_to_and_opens_no_second_case(
    shown: tuple[Resident, UUID], caseworker: Actor, answerer: Actor
) -> None:
    case = admitted(shown, caseworker, answerer)
    closed = step(caseworker, case, Act.UPHOLD, Deed(reason="已撤下。", letter=FOR), at=SOON)
    assert len(closed.letters[0].draft.told or ()) == 2
    assert len(corrections(shown[0])) == 1


def test_whoever_upholds_at_once_tells_them_in_the_same_letter(shown: tuple[Resident, UUID], caseworker: Actor) -> None:
    closed = step(caseworker, object_to(*shown, at=SOON), Act.UPHOLD, Deed(reason="已撤下。", letter=FOR), at=SOON)
    assert len(closed.letters[0].draft.told or ()) == 2
    assert len(corrections(shown[0])) == 1


def test_what_nobody_was_shown_awaits_nobody(entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor) -> None:
    admitted(entry, caseworker, answerer)
    assert corrections(entry[0]) == []


def test_who_is_late_is_listed_and_may_still_acknowledge(
    shown: tuple[Resident, UUID], banks: tuple[Actor, Actor], caseworker: Actor, answerer: Actor
) -> None:
    admitted(shown, caseworker, answerer)
    for bank in banks:
        acknowledge(bank, told(bank), at=later(30))
    (case,) = corrections(shown[0], at=later(30))
    assert [one.act for one in case.events] == [Act.RECALL, Act.LAPSE, Act.ACKNOWLEDGE, Act.ACKNOWLEDGE_LAST]
    assert case.events[-1].source == "listed"


def test_a_batch_taken_back_reaches_who_was_shown_it_once(
    shown: tuple[Resident, UUID], answerer: Actor, banks: tuple[Actor, Actor]
) -> None:
    resident, uid = shown
    with as_person(resident.person_id):
        found = entry_of(resident.person_id, uid, SOON)
    assert found is not None
    reason = "来源单位已撤回这条记录。"
    first, again = (recall_batch(actor=answerer, batch_id=found.batch_id, at=SOON, reason=reason) for _ in range(2))
    assert (first, again) == (1, 0)
    (case,) = corrections(resident)
    with as_person(resident.person_id):
        (event,) = Event.objects.filter(person_id=resident.person_id, case_id=case.case_id)
    assert (event.act, event.who, event.actor) == ("recall", "supplier", answerer.official_id)
    assert told(banks[0]).told_at == SOON


def test_an_identity_officer_who_moved_the_decision_lets_them_be_told(
    shown: tuple[Resident, UUID], banks: tuple[Actor, Actor]
) -> None:
    resident, uid = shown
    officer = make_official(role=Role.IDENTITY_OFFICER)
    given = {"organisation_id": str(officer.organisation_id), "withdrawn_by": str(officer.official_id)}
    with clock.set_for_tests(SOON):
        assert recall_withdrawn_entry(str(resident.person_id), str(uid), at=SOON.isoformat(), **given)
    assert [one.state for one in corrections(resident)] == ["effective"]
    assert told(banks[0]).told_at == SOON


def test_a_fault_in_telling_leaves_nothing_of_the_act(
    shown: tuple[Resident, UUID], caseworker: Actor, answerer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = object_to(*shown, at=NOW)
    step(caseworker, case, Act.FORWARD, at=SOON)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("chengxin.remedies.actions.correcting.write_step", broken)
    with pytest.raises(RuntimeError):
        step(answerer, case, Act.ADMIT, Deed(reason="录入有误。"), at=SOON)
    assert remedies.case_of(actor=shown[0].someone.actor, uid=case.uid, at=SOON).state == "forwarded"
