"""Everybody who was shown what is no longer right is told in the transaction that puts it right, and heard until the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered
from chengxin.catalogue.terms import Operation
from chengxin.collection import facade as collection
from chengxin.collection.terms import Channel, TakenBack
from chengxin.foundation import clock, jobs
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models.outbox import Notice
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import OrganisationView, Role
from chengxin.records import facade as records
from chengxin.records.rules.visible import MATRIX
from chengxin.records.terms import Audience, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions.facts import entry_of
from chengxin.remedies.actions.taken_back import recall_batch
from chengxin.remedies.jobs import (
    PUT_OTHERWISE,
    recall_withdrawn_entry,
    tell_of_corrected_entry,
    tell_of_whole_batch,
)
from chengxin.remedies.models import Event
from chengxin.remedies.terms.cases import Case, Deed, Turn
from chengxin.remedies.terms.desks import RecallLine
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.asking import SOON, ask, consented, put_on_the_courts_list, question
from tests.making import make_official, make_organisation
from tests.people import NOW
from tests.remedies import FOR, later, object_to, step
from tests.residents import FOUNDED, Resident, give_penalty, make_resident
from tests.rooms.collection.making import Decision, hand_in
from tests.rooms.remedies.supplied import Supplied, lines
from tests.sources import confirm_name

DONE = "已从贷款资料中删除。"


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
    shown: tuple[Resident, UUID], answerer: Actor, chief: Actor, banks: tuple[Actor, Actor]
) -> None:
    resident, uid = shown
    with as_person(resident.person_id):
        found = entry_of(resident.person_id, uid, SOON)
    assert found is not None
    assert answerer.official_id
    assert answerer.organisation_id
    assert chief.official_id
    records.recall_batch(
        actor=answerer, batch_id=found.batch_id, organisation_id=answerer.organisation_id, at=SOON, reason="wrong list",
        asked_by=chief.official_id, approved_by=answerer.official_id,
    )  # fmt: skip
    asked = {
        "actor": answerer,
        "batch_id": found.batch_id,
        "since": SOON,
        "at": SOON,
        "reason": "来源单位已撤回这条记录。",
    }
    assert [recall_batch(**asked) for _ in range(2)] == [1, 0]  # type: ignore[arg-type]
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
        # what was let back before the job came is told of to nobody
        assert not recall_withdrawn_entry(str(resident.person_id), str(uid), at=SOON.isoformat(), **given)
    records.withdraw_entry(actor=officer, person_id=resident.person_id, uid=uid, at=SOON, reason="identity_change")
    with clock.set_for_tests(SOON):
        assert recall_withdrawn_entry(str(resident.person_id), str(uid), at=SOON.isoformat(), **given)
    assert [one.state for one in corrections(resident)] == ["effective"]
    assert told(banks[0]).told_at == SOON
    for bank in banks:
        acknowledge(bank, told(bank))
    with clock.set_for_tests(later(1)):
        assert not recall_withdrawn_entry(str(resident.person_id), str(uid), at=SOON.isoformat(), **given)


# --- another version from its source ----------------------------------------------------------------------------------


def letters_on_the_way(resident: Resident) -> list[str]:
    with as_person(resident.person_id):
        made = Notice.objects.filter(person_id=resident.person_id).order_by("made_at", "notice_id")
        return [one.kind for one in made if one.kind != "consent_asked"]


def test_another_version_reaches_who_was_told_of_an_older_one_and_nobody_else(
    supplied: Supplied, banks: tuple[Actor, Actor]
) -> None:
    resident, (first, other) = supplied.resident, banks
    for bank in banks:
        consented(resident, bank, days=30)
    assert isinstance(ask(first, question(resident)), Answered)
    supplied.hand_in(later(1), amount="0.2")
    (case,) = corrections(resident, at=later(1))
    assert (case.state, case.about.uid, case.about.version) == ("effective", supplied.uid, 2)
    assert [(one.act, one.reason, one.organisation_id) for one in case.events] == [
        (Act.RECALL, PUT_OTHERWISE, supplied.source.office.id)
    ]
    assert (lines(first, later(1)), lines(other, later(1))) == ([("corrected", False)], [])
    # the person has the letter about the entry, and none about the case until it is closed
    assert letters_on_the_way(resident) == ["entry_new", "entry_changed"]

    # who asks by now has what holds
    assert isinstance(ask(other, question(resident), later(2)), Answered)
    acknowledge(first, remedies.recalls_for(first, later(2))[0], at=later(2))
    (case,) = corrections(resident, at=later(2))
    assert (case.outcome, [one.kind for one in case.letters]) == (Outcome.FOR, [LetterKind.OUTCOME])

    # the next one, by the source's machine, concerns both, and who acknowledged the one before is told again
    supplied.hand_in(later(3), amount="0.1", channel=Channel.API)
    assert lines(first, later(3)) == [("corrected", True), ("corrected", False)]
    assert lines(other, later(3)) == [("corrected", False)]
    assert len(corrections(resident, at=later(3))) == 2


def test_whoever_waits_is_told_once_and_whoever_asked_meanwhile_again(
    supplied: Supplied, banks: tuple[Actor, Actor]
) -> None:
    resident = supplied.resident
    for bank in banks:
        consented(resident, bank, days=30)
        assert isinstance(ask(bank, question(resident)), Answered)
    supplied.hand_in(later(1), amount="0.2")
    assert isinstance(ask(banks[1], question(resident), later(2)), Answered)
    batch = supplied.hand_in(later(3), amount="0.1")
    assert [lines(bank, later(3)) for bank in banks] == [[("corrected", False)], [("corrected", False)] * 2]
    assert [one.state for one in corrections(resident, at=later(3))] == ["effective"]
    clerk = supplied.source.clerk
    by = {"organisation_id": str(clerk.organisation_id), "sent_by": str(clerk.official_id), "sent_by_kind": "official"}
    with clock.set_for_tests(later(4)):
        assert tell_of_whole_batch(str(batch), at=later(3).isoformat(), **by) == 0
    for bank in banks:
        for line in remedies.recalls_for(bank, later(4)):
            acknowledge(bank, line, at=later(4))
    with clock.set_for_tests(later(5)):
        assert tell_of_whole_batch(str(batch), at=later(3).isoformat(), **by) == 0


def test_what_is_taken_back_while_another_version_is_awaited_is_told_too(
    supplied: Supplied, banks: tuple[Actor, Actor], caseworker: Actor
) -> None:
    resident, bank = supplied.resident, banks[0]
    consented(resident, bank, days=30)
    assert isinstance(ask(bank, question(resident)), Answered)
    supplied.hand_in(later(1), amount="0.2")
    case = object_to(resident, supplied.uid, at=later(2))
    step(caseworker, case, Act.UPHOLD, Deed(reason="已撤下。", letter=FOR), at=later(2))
    assert lines(bank, later(2)) == [("corrected", False), ("withdrawn", False)]
    assert len(corrections(resident, at=later(2))) == 1


def test_another_office_s_same_words_are_no_correction(
    shown: tuple[Resident, UUID], supplier: OrganisationView
) -> None:
    resident, uid = shown
    with as_person(resident.person_id):
        entry = entry_of(resident.person_id, uid, SOON)
    assert entry is not None
    numbered = {code: str(value) for code, value in entry.content.items()}
    again = give_penalty(
        resident, supplier, version=2, entry=(entry.entry_id, uid), known_from=SOON, more=numbered, batch_id=uuid4()
    )
    assert again == (entry.entry_id, uid)
    official = make_official(role=Role.IDENTITY_OFFICER)
    given = {"organisation_id": str(official.organisation_id), "corrected_by": str(official.official_id)}
    with clock.set_for_tests(later(1)):
        assert not tell_of_corrected_entry(str(resident.person_id), str(uid), at=SOON.isoformat(), **given)
        give_penalty(resident, supplier, version=3, entry=again, known_from=later(1), more={"CF_WFXW": "标价不清"})
        assert tell_of_corrected_entry(str(resident.person_id), str(uid), at=SOON.isoformat(), **given)
    (case,) = corrections(resident, at=later(1))
    assert (case.about.version, case.events[0].organisation_id) == (3, official.organisation_id)


def test_who_had_only_a_yes_or_no_is_told_when_what_it_rested_on_ends(
    resident: Resident, banks: tuple[Actor, Actor], supplier: OrganisationView
) -> None:
    """A bank that heard yes before there was anything has nothing to put right."""
    for bank in banks:
        consented(resident, bank, days=30)
    before = ask(banks[1], question(resident, operation=Operation.CHECK))
    confirm_name(resident.someone, supplier.id)
    put_on_the_courts_list(resident.someone, supplier=supplier)
    after = ask(banks[0], question(resident, operation=Operation.CHECK))
    assert [one.yes for one in (before, after) if isinstance(one, Answered)] == [True, False]
    with as_person(resident.person_id):
        (entry,) = records.entries_with_any_status(resident.person_id, shown_at=SOON, known_at=SOON)
        (look,) = access.looks_at(resident.person_id, entry.uid, at=SOON, since=FOUNDED)
    officer = make_official(role=Role.IDENTITY_OFFICER)
    records.withdraw_entry(
        actor=officer, person_id=resident.person_id, uid=entry.uid, at=SOON, reason="identity_change"
    )
    given = {"organisation_id": str(officer.organisation_id), "withdrawn_by": str(officer.official_id)}
    with clock.set_for_tests(SOON):
        assert recall_withdrawn_entry(str(resident.person_id), str(entry.uid), at=SOON.isoformat(), **given)
    assert (told(banks[0]).look, lines(banks[1], SOON)) == (look.uid, [])


# --- why its source took it back --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("because", "reviews"), [(TakenBack.WRONG, 1), (TakenBack.ENDED, 0)])
def test_what_came_with_a_wrong_entry_goes_into_review(supplied: Supplied, because: TakenBack, reviews: int) -> None:
    other = make_resident()
    sibling = replace(supplied.decision, number=f"云市监罚〔2025〕{uuid4().hex[:6]}号", name=other.someone.name,
                      document=other.someone.number)  # fmt: skip
    source = supplied.source
    batch = hand_in(source, supplied.cells(amount="0.2"), {**supplied.cells(amount="0.2"), **_of(sibling)}, at=later(1))
    assert batch.counts.accepted == 2
    collection.withdraw_row(
        actor=source.clerk, batch_uid=batch.uid, row_no=1, because=because, at=later(2), reason="金额录错"
    )
    with clock.set_for_tests(later(2)):
        jobs.run_waiting(queues=["default"])
    found = remedies.cases_of(actor=other.someone.actor, at=later(2))
    assert [(one.workflow, one.events[0].act, one.events[0].organisation_id) for one in found] == [
        ("sibling", Act.SWEEP_IN, source.office.id)
    ] * reviews
    assert remedies.cases_of(actor=supplied.resident.someone.actor, at=later(2)) == []


def _of(decision: Decision) -> dict[str, str]:
    cells = decision.cells()
    return {code: cells[code] for code in ("CF_WSH", "CF_XDR_MC", "CF_XDR_ZJHM")}


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


def test_a_yes_or_no_follows_the_status_of_the_entry(banks: tuple[Actor, Actor], caseworker: Actor) -> None:
    resident, court = make_resident(), make_organisation()
    consented(resident, banks[0], days=30)
    confirm_name(resident.someone, court.id)
    put_on_the_courts_list(resident.someone, supplier=court)
    with as_person(resident.person_id):
        (entry,) = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)

    def told(at: datetime, wanted: Status) -> bool | None:
        with as_person(resident.person_id):
            (now,) = records.entries_with_any_status(resident.person_id, shown_at=at, known_at=at)
        assert now.status is wanted
        answer = access.ask(actor=banks[0], question=question(resident, operation=Operation.CHECK), at=at)
        assert isinstance(answer, Answered)
        assert answer.yes is not MATRIX[wanted, Audience.ASKER]
        return answer.yes

    assert told(SOON, Status.IN_FORCE) is False
    case = object_to(resident, entry.uid, at=SOON)
    assert told(SOON + timedelta(seconds=1), Status.FROZEN) is True
    step(caseworker, case, Act.UPHOLD, Deed(reason="说明", letter=FOR), at=SOON)
    assert told(SOON + timedelta(seconds=2), Status.WITHDRAWN) is True
