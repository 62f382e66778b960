"""What the database itself holds about cases, as the application's role: nobody alone decides against the person, and nothing
closes without its letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records import facade as records
from chengxin.records.terms import Audience
from chengxin.remedies import facade as remedies
from chengxin.remedies.models import Case as Row
from chengxin.remedies.models import Event, Letter, StepRow
from chengxin.remedies.rules.letters import NEEDS
from chengxin.remedies.rules.steps import step_rows
from chengxin.remedies.terms.cases import About, AboutKind, Case, CaseUnknown, Deed
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act
from tests.mandates import acting, help_by_code
from tests.people import NOW, make_person
from tests.remedies import AGAINST, object_to, paper, step
from tests.residents import Resident


@pytest.fixture
def proposed(entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor) -> Case:
    """A case in which one official proposed to answer against the person, with a whole letter."""
    resident, uid = entry
    case = object_to(resident, uid)
    step(caseworker, case, Act.FORWARD)
    step(answerer, case, Act.STAND_BY, Deed(reason="记录与决定书一致。"))
    return step(caseworker, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持。", letter=AGAINST))


def letter(case: Case, **given: Any) -> UUID:
    """A letter as any statement of the application could write it."""
    values: dict[str, Any] = {
        "person_id": case.person_id,
        "letter_id": new_id(NOW),
        "case_id": case.case_id,
        "kind": "against",
        "number": "YY-1",
        "dated_on": NOW.date(),
        "needs": [need.value for need in NEEDS[LetterKind(given.get("kind", "against"))]],
        "decider": uuid4(),
        "second": uuid4(),
        "organisation_id": case.organisation_id,
        "sealed": b"x",
        **given,
    }
    with as_person(case.person_id):
        Letter.objects.create(**values)
    return values["letter_id"]  # type: ignore[no-any-return]


def agreeing(case: Case, **given: Any) -> dict[str, Any]:
    """The columns of an agreement by a second official, whole and right but for what is given."""
    proposal = case.events[-1]
    values: dict[str, Any] = {
        "person_id": case.person_id,
        "case_id": case.case_id,
        "seq": len(case.events) + 1,
        "workflow": "objection",
        "source": "proposed",
        "act": "agree",
        "target": "rejected",
        "letter_kind": "against",
        "second": True,
        "at": NOW,
        "who": "second_caseworker",
        "actor": uuid4(),
        "proposal": proposal.seq,
        "proposed_by": proposal.actor,
        "proposed_act": "propose_against",
        "sealed": b"x",
        **given,
    }
    if "letter_id" not in values:
        values["letter_id"] = letter(case) if values["letter_kind"] else None
    return values


def write(values: Mapping[str, Any]) -> None:
    with as_person(values["person_id"]):
        Event.objects.create(**values)


def test_a_second_official_with_a_whole_letter_closes_it(proposed: Case) -> None:
    """Else the attacks below would prove nothing."""
    write(agreeing(proposed))
    with as_person(proposed.person_id):
        row = Row.objects.get(person_id=proposed.person_id, case_id=proposed.case_id)
    assert (row.state, row.outcome, row.closed_at) == ("rejected", "against", NOW)


def alone(case: Case) -> dict[str, Any]:
    return agreeing(case, actor=case.events[-1].actor)


def by_nobody(case: Case) -> dict[str, Any]:
    return agreeing(case, actor=None)


def without_a_proposal(case: Case) -> dict[str, Any]:
    return agreeing(case, proposal=None, proposed_by=None, proposed_act="")


def with_somebody_elses_words(case: Case) -> dict[str, Any]:
    """Said to agree with the person's own objection."""
    return agreeing(case, proposal=1, proposed_by=case.events[0].actor)


def by_a_name_that_proposed_nothing(case: Case) -> dict[str, Any]:
    return agreeing(case, proposed_by=uuid4())


def as_if_one_were_enough(case: Case) -> dict[str, Any]:
    return agreeing(case, second=False, proposal=None, proposed_by=None, proposed_act="")


def by_a_clock(case: Case) -> dict[str, Any]:
    return agreeing(case, who="clock")


def without_a_letter(case: Case) -> dict[str, Any]:
    return agreeing(case, letter_kind="", letter_id=None)


def naming_no_letter(case: Case) -> dict[str, Any]:
    return agreeing(case, letter_id=None)


def with_a_letter_of_another_kind(case: Case) -> dict[str, Any]:
    return agreeing(case, letter_id=letter(case, kind="for"))


def with_a_letter_that_is_not_there(case: Case) -> dict[str, Any]:
    return agreeing(case, letter_id=uuid4())


def to_a_state_that_does_not_follow(case: Case) -> dict[str, Any]:
    return agreeing(case, target="upheld")


def from_another_state(case: Case) -> dict[str, Any]:
    return agreeing(case, source="restoring", letter_kind="readmitted", letter_id=letter(case, kind="readmitted"))


def of_another_workflow(case: Case) -> dict[str, Any]:
    return agreeing(case, workflow="repair", target="refused")


def once_more(case: Case) -> dict[str, Any]:
    return agreeing(case, seq=1)


ATTACKS = (
    (alone, "remedies_event_two_people"),
    (by_nobody, "remedies_event_(two_people|somebody_acts)"),
    (without_a_proposal, "(remedies_event_two_people|agrees with what was proposed before)"),
    (with_somebody_elses_words, "(remedies_event_of_a_proposal|agrees with what was proposed before)"),
    (by_a_name_that_proposed_nothing, "remedies_event_of_a_proposal"),
    (as_if_one_were_enough, "remedies_event_is_a_step"),
    (by_a_clock, "remedies_event_(a_clock_only_lapses|somebody_acts)"),
    (without_a_letter, "remedies_event_is_a_step"),
    (naming_no_letter, "remedies_event_letter_goes_with_it"),
    (with_a_letter_of_another_kind, "remedies_event_with_its_letter"),
    (with_a_letter_that_is_not_there, "remedies_event_with_its_letter"),
    (to_a_state_that_does_not_follow, "remedies_event_is_a_step"),
    (from_another_state, "is not in state"),
    (of_another_workflow, "remedies_event_(of_a_case|is_a_step)"),
    (once_more, "remedies_event_(pkey|proposed_before)"),
)


@pytest.mark.parametrize(("attack", "refusal"), ATTACKS, ids=[attack.__name__ for attack, _ in ATTACKS])
def test_no_event_decides_alone_or_closes_without_a_letter(proposed: Case, attack: Any, refusal: str) -> None:
    values = attack(proposed)
    with pytest.raises(DatabaseError, match=refusal):
        write(values)
    with as_person(proposed.person_id):
        row = Row.objects.get(person_id=proposed.person_id, case_id=proposed.case_id)
    assert (row.state, row.closed_at) == ("proposed", None)


def test_what_was_proposed_before_something_new_came_in_is_not_agreed_to(
    proposed: Case, caseworker: Actor, second: Actor
) -> None:
    step(second, proposed, Act.DISAGREE, Deed(reason="证据不足。"))
    again = step(caseworker, proposed, Act.PROPOSE_AGAINST, Deed(reason="补充后再拟维持。", letter=AGAINST))
    with pytest.raises(DatabaseError, match="agrees with what was proposed before"):
        write(agreeing(proposed, seq=len(again.events) + 1))


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind is not LetterKind.OUTCOME])
@pytest.mark.parametrize("left_out", [0, -1])
def test_no_letter_lacks_anything(proposed: Case, kind: LetterKind, left_out: int) -> None:
    needs = [need.value for need in NEEDS[kind]]
    needs.pop(left_out)
    with pytest.raises(DatabaseError, match="remedies_letter_is_whole"):
        letter(proposed, kind=kind.value, needs=needs)


@pytest.mark.parametrize(
    "names", [{"second": None}, {"decider": None}, {"decider": UUID(int=1), "second": UUID(int=1)}]
)
@pytest.mark.parametrize("kind", ["against", "readmitted"])
def test_a_letter_against_the_person_has_two_names(proposed: Case, kind: str, names: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match="remedies_letter_two_names"):
        letter(proposed, kind=kind, **names)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE remedies_case SET state = 'rejected'",
        "UPDATE remedies_case SET closed_at = now(), outcome = 'against'",
        "DELETE FROM remedies_case",
        "UPDATE remedies_event SET actor = NULL",
        "DELETE FROM remedies_event",
        "UPDATE remedies_letter SET needs = '{}'",
        "DELETE FROM remedies_letter",
        "DELETE FROM remedies_opening",
        "UPDATE remedies_step SET second = false",
        "INSERT INTO remedies_step (id, workflow, source, act, target, letter_kind, second, outcome)"
        " VALUES ('x', 'objection', 'proposed', 'keep_out', 'rejected', '', false, 'against')",
        "DELETE FROM remedies_docket",
    ],
)
def test_nothing_that_was_written_is_changed_or_taken_away(proposed: Case, statement: str) -> None:
    with (
        as_person(proposed.person_id),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("given", [{"state": "rejected"}, {"closed_at": NOW, "outcome": "against"}])
def test_a_case_begins_open_and_where_its_workflow_begins(proposed: Case, given: dict[str, Any]) -> None:
    with as_person(proposed.person_id), pytest.raises(DatabaseError, match="begins open"), transaction.atomic():
        Row.objects.create(
            person_id=proposed.person_id,
            case_id=new_id(NOW),
            uid=uuid4(),
            workflow="objection",
            about_kind="entry",
            about_uid=uuid4(),
            organisation_id=proposed.organisation_id,
            channel="web",
            opened_at=NOW,
            **{"state": "new", **given},
        )


def test_the_steps_are_those_of_the_workflows() -> None:
    wanted = set(step_rows())
    assert len(wanted) > 150
    found = {tuple(row) for row in StepRow.objects.values_list(*step_rows()[0]._fields)}
    assert found == {tuple(row) for row in wanted}


# ---- who acts for the person ---------------------------------------------------------------------------------------


def helped(case: Case, mandate_id: UUID | None, **given: Any) -> dict[str, Any]:
    """The columns of words that somebody adds to an open case for its person."""
    return {
        "person_id": case.person_id, "case_id": case.case_id, "seq": len(case.events) + 1, "workflow": "objection",
        "source": case.state, "act": "join", "target": case.state, "letter_kind": "", "second": False, "at": NOW,
        "who": "helper", "actor": uuid4(), "mandate_id": mandate_id, "sealed": b"x", **given,
    }  # fmt: skip


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
