"""Two at once: one wins, nothing is lost, and each refusal says why."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connections

from chengxin.access.terms.asking import Answered
from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import day_starts_at
from chengxin.kernel.errors import ChengxinError, Refusal
from chengxin.offices.terms import OrganisationView
from chengxin.records import facade as records
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Case, CaseMoved, Deed
from chengxin.remedies.terms.workflows import Act
from tests.asking import ask, consented, machine_of, make_bank, make_client, question
from tests.people import NOW
from tests.remedies import AGAINST, FOR, later, object_to, status_of, step
from tests.residents import FOUNDED, Resident, give_penalty, make_resident

REPAIR = Deed(reason="罚款已经交清，两份材料都在。")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act came to, all begun together: its result, or its refusal."""
    gate, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait()
            ends[place] = act()  # type: ignore[call-overload]
        except ChengxinError as refused:
            ends[place] = refused  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(ends)


def seen(resident: Resident, case: Case) -> Case:
    return remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=NOW)


def heard(resident: Resident, uid: UUID, caseworker: Actor, answerer: Actor) -> Case:
    case = object_to(resident, uid)
    step(caseworker, case, Act.FORWARD)
    return step(answerer, case, Act.STAND_BY, Deed(reason="记录与决定书一致。"))


def test_of_two_caseworkers_who_answer_one_case_one_wins(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    case = heard(resident, uid, caseworker, answerer)
    ends = at_once(
        lambda: step(caseworker, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持。", letter=AGAINST)),
        lambda: step(second, case, Act.UPHOLD, Deed(reason="撤下。", letter=FOR)),
    )
    refused = [one for one in ends if isinstance(one, (Refusal, CaseMoved))]
    now = seen(resident, case)
    acts = [one.act for one in now.events]
    # an answer for the person is open from a proposal too: then both happened, one after the other
    assert (acts.count(Act.PROPOSE_AGAINST), acts.count(Act.UPHOLD), len(refused)) in {(1, 1, 0), (0, 1, 1)}
    assert all("wrong_state" in str(one) for one in refused)
    assert now.state == "upheld"
    assert len(now.letters) == 1


def test_of_two_seconds_who_agree_one_wins_and_one_letter_goes(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    case = heard(resident, uid, caseworker, answerer)
    step(caseworker, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持。", letter=AGAINST))
    ends = at_once(*[lambda: step(second, case, Act.AGREE)] * 2)
    (refused,) = [one for one in ends if isinstance(one, Refusal)]
    assert refused.refused.reason == "wrong_state"
    assert len(seen(resident, case).letters) == 1


def test_two_objections_of_one_person_at_once_are_one_case(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    words = {"价签一直在。", "照片也寄给了他们。"}
    first, other = at_once(*[partial(object_to, resident, uid, words=one) for one in words])
    assert isinstance(first, Case)
    assert isinstance(other, Case)
    assert first.uid == other.uid
    events = seen(resident, first).events
    assert [one.act for one in events] == [Act.SUBMIT, Act.JOIN]
    assert {one.reason for one in events} == words


def test_the_same_objection_sent_twice_at_once_is_said_once(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    first, other = at_once(*[lambda: object_to(resident, uid)] * 2)
    assert isinstance(first, Case)
    assert isinstance(other, Case)
    assert first.uid == other.uid
    assert [one.act for one in seen(resident, first).events] == [Act.SUBMIT]


def ask_repair(resident: Resident, uid: UUID) -> Case:
    return remedies.open_case(
        actor=resident.someone.actor,
        person_id=resident.person_id,
        workflow="repair",
        about=About(AboutKind.ENTRY, uid),
        deed=REPAIR,
        at=NOW,
        reason="performed",
    )


def test_repair_while_an_objection_is_open_takes_the_entry_out_and_the_objection_goes_on(
    entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    objection, repair = object_to(resident, uid), ask_repair(resident, uid)
    letter = Deed(reason="已经履行。", letter=FOR)
    ends = at_once(lambda: step(caseworker, objection, Act.FORWARD), lambda: step(answerer, repair, Act.REPAIR, letter))
    assert all(isinstance(one, Case) for one in ends)
    assert status_of(resident, uid) is Status.REPAIRED
    assert seen(resident, objection).state == "forwarded"
    assert seen(resident, repair).state == "repaired"


def test_a_recall_during_repair_loses_neither(entry: tuple[Resident, UUID], answerer: Actor) -> None:
    resident, uid = entry
    repair = ask_repair(resident, uid)
    with as_person(resident.person_id):
        (found,) = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)
    ends = at_once(
        lambda: records.recall_batch(
            actor=actors.system("test"),
            batch_id=found.batch_id,
            organisation_id=found.supplier,
            asked_by=uuid4(),
            approved_by=uuid4(),
            at=NOW,
            reason="wrong_file",
        ),
        lambda: step(answerer, repair, Act.REPAIR, Deed(reason="已经履行。", letter=FOR)),
    )
    assert not [one for one in ends if isinstance(one, Exception)]
    assert status_of(resident, uid) is Status.RECALLED
    assert seen(resident, repair).outcome is not None


@pytest.mark.parametrize(("seconds", "in_time"), [(-1, True), (0, False)])
def test_at_midnight_an_answer_is_in_time_or_too_late_and_nothing_between(
    entry: tuple[Resident, UUID], caseworker: Actor, seconds: int, in_time: bool
) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    assert case.due is not None
    at = day_starts_at(case.due.due.day + timedelta(days=1)) + timedelta(seconds=seconds)
    if in_time:
        assert step(caseworker, case, Act.FORWARD, at=at).state == "forwarded"
        assert status_of(resident, uid, at=at) is Status.FROZEN
        return
    with pytest.raises(Refusal, match="wrong_state") as refused:
        step(caseworker, case, Act.FORWARD, at=at)
    assert refused.value.refused.data["state"] == "removed"
    assert status_of(resident, uid, at=at) is Status.SILENT


@pytest.mark.parametrize(("seconds", "wanted"), [(-1, {Status.WITHDRAWN, Status.REPAIRED}), (0, {Status.WITHDRAWN})])
def test_an_entry_that_ends_at_midnight_while_it_is_answered_loses_no_answer(
    supplier: OrganisationView, caseworker: Actor, answerer: Actor, seconds: int, wanted: set[Status]
) -> None:
    """A second before, the one that was first counts; once it has ended there is nothing to repair, and it was wrong all the
    same. Both cases get their letter."""
    resident = make_resident()
    _, uid = give_penalty(resident, supplier, display_until=NOW.date() + timedelta(days=1))
    objection, repair = object_to(resident, uid), ask_repair(resident, uid)
    at = day_starts_at(NOW.date() + timedelta(days=1)) + timedelta(seconds=seconds)
    ends = at_once(
        lambda: step(caseworker, objection, Act.UPHOLD, Deed(reason="撤下。", letter=FOR), at=at),
        lambda: step(answerer, repair, Act.REPAIR, Deed(reason="已经履行。", letter=FOR), at=at),
    )
    assert {(one.workflow, one.state, len(one.letters)) for one in ends if isinstance(one, Case)} == {
        ("objection", "upheld", 1),
        ("repair", "repaired", 1),
    }
    assert status_of(resident, uid, at=at) in wanted


def test_a_repair_that_breaks_off_after_its_mark_leaves_nothing_of_it(
    entry: tuple[Resident, UUID], answerer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Display, use and whoever was told are one transaction: the mark, the line of a recipient and the letter go together."""
    resident, uid = entry
    bank = machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))
    consented(resident, bank, days=30)
    assert shown_to(bank, resident)
    case, seen_by = ask_repair(resident, uid), list[tuple[Status, int]]()

    def broken(*_: object, **__: object) -> None:
        seen_by.append((status_of(resident, uid), len(remedies.recalls_for(bank, NOW))))
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("chengxin.remedies.actions.correcting.RecipientTold", broken)
        with pytest.raises(RuntimeError):
            step(answerer, case, Act.REPAIR, Deed(reason="已经履行。", letter=FOR))
    assert seen_by == [(Status.REPAIRED, 1)], "it broke off after the mark and after the line"
    assert status_of(resident, uid) is Status.IN_FORCE
    assert shown_to(bank, resident)
    assert remedies.recalls_for(bank, NOW) == []
    assert (seen(resident, case).state, seen(resident, case).letters) == ("filed", ())
    step(answerer, case, Act.REPAIR, Deed(reason="已经履行。", letter=FOR))
    assert len(remedies.recalls_for(bank, NOW)) == 1
    assert not shown_to(bank, resident)


def shown_to(bank: Actor, resident: Resident) -> bool:
    answer = ask(bank, question(resident), at=NOW)
    return isinstance(answer, Answered) and bool(answer.entries)


def test_what_is_said_twice_about_a_demand_or_an_office_is_one_case_until_it_is_answered(
    city: None,
) -> None:
    resident = make_resident()

    def said(workflow: str, kind: AboutKind, words: str, by: date | None = None) -> Case:
        act = Act.PROMISE if workflow == "commitment" else Act.SUBMIT
        return remedies.open_case(
            actor=resident.someone.actor, person_id=resident.person_id, workflow=workflow, about=About(kind), act=act,
            deed=Deed(reason=words, by=by), at=NOW, reason="own_wish",
        )  # fmt: skip

    for workflow, kind in (("objection", AboutKind.DEMAND), ("complaint", AboutKind.OFFICE)):
        tap = partial(said, workflow, kind, " 房东要看我的报告。\n")
        first, again = at_once(tap, tap)
        assert isinstance(first, Case)
        assert isinstance(again, Case)
        assert (again.uid, len(again.events)) == (first.uid, 1)
        assert said(workflow, kind, "雇主也要看。").uid != first.uid
        step(resident.someone.actor, first, Act.TAKE_BACK)
        assert said(workflow, kind, "房东要看我的报告。").uid != first.uid
    soon, late = (said("commitment", AboutKind.OFFICE, "按时交费。", later(days).date()) for days in (5, 9))
    assert soon.uid != late.uid
    assert said("commitment", AboutKind.OFFICE, "按时交费。", later(5).date()).uid == soon.uid
