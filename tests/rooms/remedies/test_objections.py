"""An objection from both sides: marked and frozen at once, answered by two people or for the person, out by silence."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel import ids
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import OrganisationView, Role
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions.sweeping import sweep_siblings
from chengxin.remedies.models import Event
from chengxin.remedies.terms.cases import About, AboutKind, Case, CaseUnknown, Channel, Deed, Turn
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.making import make_official
from tests.mandates import acting, help_by_code
from tests.people import NOW, make_person
from tests.remedies import AGAINST, FOR, OWN_WORDS, later, object_to, paper, status_of, step
from tests.residents import Resident, give_licence, give_penalty, make_resident

REASON = Deed(reason="经核对，记录与决定书一致。")


def refused(reason: Reason) -> AbstractContextManager[object]:
    return pytest.raises(Refusal, match=reason.value)


def heard(entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor) -> Case:
    """Forwarded to the source, which stands by its entry."""
    resident, uid = entry
    case = object_to(resident, uid)
    step(caseworker, case, Act.FORWARD)
    return step(answerer, case, Act.STAND_BY, REASON)


def test_it_is_marked_and_frozen_at_once_with_a_receipt_and_a_clock(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    assert status_of(resident, uid) is Status.IN_FORCE
    case = object_to(resident, uid)
    assert case.number.startswith("YY20260601-")
    assert (case.state, case.turn, case.words) == ("checking", Turn.PLATFORM, OWN_WORDS)
    assert case.due is not None
    assert case.due.clock.matter.value == "objection_platform"
    assert status_of(resident, uid) is Status.FROZEN
    (line,) = [one for one in remedies.open_cases(case.organisation_id) if one.uid == case.uid]
    assert (line.due_on, line.turn, line.number) == (case.due.due.day, Turn.PLATFORM, case.number)


def test_a_repeat_joins_the_open_one_with_the_same_receipt(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    first = object_to(resident, uid)
    again = object_to(resident, uid, words="照片也寄给了他们。")
    assert (again.uid, again.number) == (first.uid, first.number)
    assert [one.act for one in again.events] == [Act.SUBMIT, Act.JOIN]
    assert again.events[1].reason == "照片也寄给了他们。"


def test_the_same_words_sent_twice_are_said_once(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    first = object_to(resident, uid)
    more = "照片也寄给了他们。"
    for words in (OWN_WORDS, more, more, f" {OWN_WORDS} "):
        assert object_to(resident, uid, words=words).uid == first.uid
    case = remedies.case_of(actor=resident.someone.actor, uid=first.uid, at=NOW)
    assert [(one.act, one.reason) for one in case.events] == [(Act.SUBMIT, OWN_WORDS), (Act.JOIN, more)]


def test_a_repeat_that_says_not_me_marks_that_too(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    first = object_to(resident, uid)
    assert object_to(resident, uid, kind=AboutKind.IDENTITY).uid == first.uid
    with as_person(resident.person_id):
        marks = [mark.kind for found in records.marks_of(resident.person_id, known_at=NOW).values() for mark in found]
    assert marks.count(MarkKind.OBJECTED) == marks.count(MarkKind.NOT_MINE) == 1


def taken_in(actor: Actor, resident: Resident, uid: UUID, workflow: str = "objection", act: Act = Act.SUBMIT) -> Case:
    return remedies.open_case(
        actor=actor, person_id=resident.person_id, workflow=workflow, about=About(AboutKind.ENTRY, uid), act=act,
        channel=Channel.COUNTER, deed=Deed(reason="窗口补充。"), at=NOW, reason="facts_wrong",
    )  # fmt: skip


def test_a_repeat_at_the_counter_of_an_office_that_works_no_cases_joins_too(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    first = object_to(resident, uid)
    clerk = make_official(role=Role.CLERK, at=NOW)
    again = taken_in(clerk, resident, uid)
    assert (again.uid, again.events[-1].act, again.events[-1].actor) == (first.uid, Act.JOIN, clerk.official_id)


@pytest.mark.parametrize(("workflow", "act"), [("correction", Act.WITHDRAW), ("sibling", Act.SWEEP_IN)])
def test_who_takes_in_does_nothing_of_the_offices_own(
    entry: tuple[Resident, UUID], caseworker: Actor, workflow: str, act: Act
) -> None:
    resident, uid = entry
    with pytest.raises(Refusal, match="permission_missing"):
        taken_in(make_official(role=Role.CLERK, at=NOW), resident, uid, workflow, act)
    assert status_of(resident, uid) is Status.IN_FORCE
    with refused(Reason.WRONG_STATE):
        taken_in(caseworker, resident, uid, workflow, Act.AGREE)
    assert taken_in(caseworker, resident, uid, workflow, act).workflow == workflow


def test_cases_of_one_moment_stand_in_the_order_in_which_they_came(
    supplier: OrganisationView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where each was opened by a process of its own, whose ids of that moment begin anywhere."""
    resident = make_resident()
    came = []
    for _ in range(8):
        monkeypatch.setattr(ids, "_by_moment", ids._Sequence())
        came.append(object_to(resident, give_penalty(resident, supplier)[1]).uid)
    found = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    assert [one.uid for one in reversed(found)] == came


def test_words_that_come_once_a_fault_is_admitted_are_taken_in(
    entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    step(caseworker, case, Act.FORWARD)
    step(answerer, case, Act.ADMIT, Deed(reason="录入有误。"))
    joined = object_to(resident, uid, words="还有一张照片。")
    assert (joined.uid, joined.state) == (case.uid, "admitted")
    assert (joined.events[-1].act, joined.events[-1].reason) == (Act.JOIN, "还有一张照片。")


def swept(resident: Resident) -> list[Case]:
    found = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    return sorted((one for one in found if one.workflow == "sibling"), key=lambda one: one.opened_at)


def test_a_proven_error_sweeps_its_batch_into_review_and_its_own_persons_entries_too(
    supplier: OrganisationView, caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    """What was found right is not paused again by the next error of the same batch."""
    first, other, batch = make_resident(), make_resident(), uuid4()
    wrong, own, wrong_too = (give_penalty(first, supplier, batch_id=batch)[1] for _ in range(3))
    _, stranger = give_penalty(other, supplier, batch_id=batch)
    _, elsewhere = give_penalty(other, supplier, batch_id=uuid4())

    def proven_wrong(uid: UUID) -> int:
        case = object_to(first, uid)
        step(caseworker, case, Act.FORWARD)
        step(answerer, case, Act.ADMIT, Deed(reason="录入有误。"))
        return sweep_siblings(actor=answerer, uid=case.uid, at=NOW, reason="same_cause")

    assert proven_wrong(wrong) == 3
    assert {one.about.uid for one in swept(first)} == {own, wrong_too}
    (review,) = swept(other)
    assert (review.about.uid, status_of(other, stranger), status_of(other, elsewhere)) == (
        stranger, Status.FROZEN, Status.IN_FORCE,
    )  # fmt: skip
    step(caseworker, review, Act.PROPOSE_AGAINST, Deed(reason="与决定书一致。", letter=AGAINST))
    step(second, review, Act.AGREE)
    assert status_of(other, stranger) is Status.IN_FORCE
    assert proven_wrong(wrong_too) == 0
    assert status_of(other, stranger) is Status.IN_FORCE


def test_the_source_admits_and_the_entry_is_out_at_once(
    entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    assert step(caseworker, case, Act.FORWARD).turn is Turn.SUPPLIER
    step(answerer, case, Act.ADMIT, Deed(reason="录入有误。"))
    assert status_of(resident, uid) is Status.WITHDRAWN
    closed = step(caseworker, case, Act.UPHOLD, Deed(reason="已撤下。", letter=FOR))
    assert (closed.outcome, closed.closed_at) == (Outcome.FOR, NOW)
    (letter,) = closed.letters
    assert letter.kind is LetterKind.FOR
    assert letter.draft.changed == FOR.changed


def test_an_answer_against_the_person_takes_another_official_and_a_whole_letter(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    case = heard(entry, caseworker, answerer)
    step(caseworker, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持。", letter=AGAINST))
    with refused(Reason.NOT_YOUR_ACT):
        step(caseworker, case, Act.AGREE)
    closed = step(second, case, Act.AGREE)
    assert (closed.state, closed.outcome) == ("rejected", Outcome.AGAINST)
    (letter,) = closed.letters
    assert letter.draft.deciders == {caseworker.official_id, second.official_id}
    assert [one.kind.value for one in letter.draft.remedies] == ["review", "reconsideration", "lawsuit"]
    assert status_of(resident, uid) is Status.IN_FORCE


def test_a_letter_that_lacks_something_does_not_go(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    case = heard(entry, caseworker, answerer)
    step(caseworker, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持。"))
    with refused(Reason.LETTER_INCOMPLETE):
        step(second, case, Act.AGREE)


def test_the_source_opens_each_paper_before_it_answers(
    entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    handed = paper(resident.someone.actor, case)
    step(caseworker, case, Act.FORWARD)
    with refused(Reason.PAPERS_UNOPENED):
        step(answerer, case, Act.STAND_BY, REASON)
    with refused(Reason.PAPERS_UNOPENED):
        step(answerer, case, Act.ADMIT, REASON)
    assert status_of(resident, uid) is Status.FROZEN
    remedies.open_paper(actor=answerer, uid=case.uid, paper_id=handed.paper_id, at=NOW, reason="read")
    assert step(answerer, case, Act.STAND_BY, REASON).state == "heard"


def test_silence_takes_the_entry_out_with_every_job_stopped(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    assert case.due is not None
    days = (case.due.due.day - NOW.date()).days
    assert status_of(resident, uid, at=later(days)) is Status.FROZEN
    assert status_of(resident, uid, at=later(days + 1)) is Status.SILENT
    silent = remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=later(days + 1))
    assert (silent.state, silent.silent) == ("removed", True)


def test_it_is_taken_back_by_its_person_alone(entry: tuple[Resident, UUID], caseworker: Actor) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    with refused(Reason.NOT_YOUR_ACT):
        step(caseworker, case, Act.TAKE_BACK)
    closed = step(resident.someone.actor, case, Act.TAKE_BACK)
    assert closed.outcome is Outcome.NEITHER
    assert status_of(resident, uid) is Status.IN_FORCE


def test_not_me_upheld_takes_the_entry_out(entry: tuple[Resident, UUID], caseworker: Actor) -> None:
    resident, uid = entry
    case = object_to(resident, uid, kind=AboutKind.IDENTITY)
    step(caseworker, case, Act.UPHOLD, Deed(reason="身份不符。", letter=FOR))
    assert status_of(resident, uid) is Status.WITHDRAWN


def test_a_good_entry_is_marked_and_not_frozen(resident: Resident, supplier: OrganisationView) -> None:
    _, uid = give_licence(resident, supplier)
    object_to(resident, uid)
    assert status_of(resident, uid) is Status.OBJECTED


def test_somebody_elses_case_is_not_there(entry: tuple[Resident, UUID], supplier: OrganisationView) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    other = make_resident()
    with pytest.raises(CaseUnknown):
        remedies.case_of(actor=other.someone.actor, uid=case.uid, at=NOW)
    with pytest.raises(CaseUnknown):
        step(other.someone.actor, case, Act.TAKE_BACK)


def test_a_bank_is_told_nothing_of_who_works_it(entry: tuple[Resident, UUID], answerer: Actor) -> None:
    """The answerer of another supplier does not find the case."""
    resident, uid = entry
    case = object_to(resident, uid)
    stranger = make_official(role=Role.SUPERVISOR_CLERK, at=NOW)
    with pytest.raises(CaseUnknown):
        remedies.case_for(actor=stranger, uid=case.uid, at=NOW)
    worked = remedies.case_for(actor=answerer, uid=case.uid, at=NOW)
    assert worked.entry is not None


def test_a_second_penalty_keeps_its_own_case(resident: Resident, supplier: OrganisationView) -> None:
    uids = [give_penalty(resident, supplier)[1] for _ in range(2)]
    first, other = (object_to(resident, uid) for uid in uids)
    assert first.uid != other.uid


# ---- who acts for the person ---------------------------------------------------------------------------------------


def helped(case: Case, mandate_id: UUID | None, **given: Any) -> dict[str, Any]:
    """The columns of words that somebody adds to an open case for its person."""
    return {
        "person_id": case.person_id, "case_id": case.case_id, "seq": len(case.events) + 1, "workflow": "objection",
        "source": case.state, "act": "join", "target": case.state, "letter_kind": "", "second": False, "at": NOW,
        "who": "helper", "actor": uuid4(), "mandate_id": mandate_id, "sealed": b"x", **given,
    }  # fmt: skip


def write(values: Mapping[str, Any]) -> None:
    with as_person(values["person_id"]):
        Event.objects.create(**values)


def test_nobody_acts_for_the_person_without_a_mandate_of_theirs_in_force(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    mine, helper = resident.someone.actor, make_person()
    good = help_by_code(mine, helper.actor, scopes=frozenset({Scope.READ, Scope.REMEDIES}))
    reading = help_by_code(mine, make_person().actor, scopes=frozenset({Scope.READ}))
    ended = help_by_code(mine, make_person().actor)
    persons.end_mandate(actor=mine, uid=ended.uid, at=NOW, reason="own_wish")
    others = help_by_code(make_person().actor, helper.actor)
    for attempt in (
        helped(case, None),
        helped(case, uuid4()),
        helped(case, reading.mandate_id),
        helped(case, ended.mandate_id),
        helped(case, others.mandate_id),
        helped(case, good.mandate_id, who="person"),
        helped(case, good.mandate_id, at=NOW + timedelta(days=30)),
    ):
        with pytest.raises(DatabaseError, match="without a mandate"), transaction.atomic():
            write(attempt)
    write(helped(case, good.mandate_id))


def test_the_holder_acts_in_every_step_and_the_third_in_none(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    holder = make_person()
    given = help_by_code(resident.someone.actor, holder.actor)
    actor = acting(holder.actor, given.uid)
    with pytest.raises(Refusal, match="not_your_file"):
        remedies.open_case(
            actor=holder.actor, person_id=resident.person_id, workflow="objection", about=About(AboutKind.ENTRY, uid),
            at=NOW, reason="facts_wrong",
        )  # fmt: skip
    case = remedies.open_case(
        actor=actor, person_id=resident.person_id, workflow="objection", about=About(AboutKind.ENTRY, uid),
        deed=Deed(reason="金额写错了。"), at=NOW, reason="facts_wrong",
    )  # fmt: skip
    paper(actor, case)
    case = step(resident.someone.actor, case, Act.JOIN, Deed(reason="我自己补充。"))
    capacities = [(one.who, one.acted_as, one.acted_by) for one in case.events]
    by_helper = (Who.HELPER, "helper", holder.name)
    assert capacities == [by_helper, by_helper, (Who.PERSON, "", "")]
    assert case.papers[0].by is Who.HELPER
    remedies.open_case(
        actor=actor, person_id=resident.person_id, workflow="statement", about=About(AboutKind.ENTRY, uid), act=Act.WRITE,
        deed=Deed(reason="当天没有开店。"), at=NOW, reason="own_words",
    )  # fmt: skip
    with as_person(resident.person_id):
        (shown,) = records.entries_for(resident.person_id, Audience.SUBJECT_NOW, at=NOW)
    assert shown.statement is not None
    assert shown.statement.text == "当天没有开店。"
    persons.end_mandate(actor=resident.someone.actor, uid=given.uid, at=NOW, reason="own_wish")
    with pytest.raises(CaseUnknown):
        step(actor, case, Act.JOIN, Deed(reason="再说一句。"))
    with pytest.raises(Refusal, match="mandate_over"):
        remedies.case_of(actor=actor, uid=case.uid, at=NOW)
