"""What the database itself holds about cases, as the application's role: nobody alone decides against the person, and nothing
closes without its letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.ids import new_id
from chengxin.offices.terms import OrganisationView, Role
from chengxin.records.models import Mark
from chengxin.records.terms import MarkKind
from chengxin.remedies import facade as remedies
from chengxin.remedies.models import Case as Row
from chengxin.remedies.models import Event, Letter, StepRow
from chengxin.remedies.rules.letters import NEEDS
from chengxin.remedies.rules.steps import step_rows
from chengxin.remedies.terms.cases import About, AboutKind, Case, Deed
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.workflows import Act
from tests.making import make_city, make_official
from tests.people import NOW
from tests.remedies import AGAINST, appeal, confirmed, object_to, step
from tests.residents import FOUNDED, Resident


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


def colleague(office: OrganisationView | None = None) -> Actor:
    """Another official in office, of the city where no office is named."""
    return make_official(role=Role.CASE_OFFICER, organisation=office or make_city(at=FOUNDED), at=FOUNDED)


def agreeing(case: Case, **given: Any) -> dict[str, Any]:
    """The columns of an agreement by a second official, whole and right but for what is given."""
    proposal, agreer = case.events[-1], colleague()
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
        "actor": agreer.official_id,
        "organisation_id": agreer.organisation_id,
        "proposal": proposal.seq,
        "proposed_by": proposal.actor,
        "proposed_act": "propose_against",
        "sealed": b"x",
        **given,
    }
    if "letter_id" not in values:
        signed = {"decider": values["proposed_by"] or uuid4(), "second": values["actor"] or uuid4()}
        values["letter_id"] = letter(case, **signed) if values["letter_kind"] == "against" else None
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
    return agreeing(case, actor=case.events[-1].actor, letter_id=letter(case))


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


def with_a_letter_that_others_decided(case: Case) -> dict[str, Any]:
    agreer = colleague()
    return agreeing(
        case,
        actor=agreer.official_id,
        organisation_id=agreer.organisation_id,
        letter_id=letter(case, second=agreer.official_id),
    )


def with_a_letter_that_others_agreed_to(case: Case) -> dict[str, Any]:
    return agreeing(case, letter_id=letter(case, decider=case.events[-1].actor))


def to_a_state_that_does_not_follow(case: Case) -> dict[str, Any]:
    return agreeing(case, target="upheld")


def from_another_state(case: Case) -> dict[str, Any]:
    return agreeing(case, source="restoring", letter_kind="readmitted", letter_id=letter(case, kind="readmitted"))


def of_another_workflow(case: Case) -> dict[str, Any]:
    return agreeing(case, workflow="repair", target="refused")


def by_somebody_made_up(case: Case) -> dict[str, Any]:
    return agreeing(case, actor=uuid4())


def for_another_office(case: Case) -> dict[str, Any]:
    return agreeing(case, organisation_id=uuid4())


def after_their_last_day(case: Case) -> dict[str, Any]:
    return agreeing(case, at=NOW + timedelta(days=4000))


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
    (with_a_letter_that_others_decided, "a letter that others signed"),
    (with_a_letter_that_others_agreed_to, "a letter that others signed"),
    (to_a_state_that_does_not_follow, "remedies_event_is_a_step"),
    (from_another_state, "is not in state"),
    (of_another_workflow, "remedies_event_(of_a_case|is_a_step)"),
    (by_somebody_made_up, "not in office"),
    (for_another_office, "not in office"),
    (after_their_last_day, "not in office"),
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


def test_a_letter_that_went_once_does_not_go_for_another_decision(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor
) -> None:
    """The same two cover a statement again: what they signed of the first is no letter of the second."""
    resident, uid = entry
    case = state_beside(resident, uid)
    cover = Deed(reason="遮盖。", letter=AGAINST, passages=("贺小满",))
    step(caseworker, case, Act.PROPOSE_AGAINST, cover)
    (old,) = step(second, case, Act.AGREE).letters
    state_beside(resident, uid)
    case = step(caseworker, case, Act.PROPOSE_AGAINST, cover)
    with pytest.raises(DatabaseError, match="remedies_event_has_its_own_letter"):
        write(
            agreeing(
                case, workflow="statement", target="masked", letter_id=old.letter_id,
                actor=second.official_id, organisation_id=second.organisation_id,
            )
        )  # fmt: skip


def state_beside(resident: Resident, uid: UUID) -> Case:
    return remedies.open_case(
        actor=resident.someone.actor, person_id=resident.person_id, workflow="statement", about=About(AboutKind.ENTRY, uid),
        act=Act.WRITE, deed=Deed(reason="贺小满看店。"), at=NOW, reason="own_wish",
    )  # fmt: skip


def mark(case: Case, kind: MarkKind, *, at: datetime = NOW, **given: Any) -> None:
    """A mark on the entry of a case, as any statement of the application could write it."""
    with as_person(case.person_id):
        on = Mark.objects.filter(person_id=case.person_id).first()
        assert on is not None
        Mark.objects.create(
            person_id=case.person_id, mark_id=new_id(at), entry_id=on.entry_id, version=on.version, uid=uuid4(), at=at,
            kind=int(kind), by_kind="official", by_id=uuid4(), reason="attack", **given,
        )  # fmt: skip


LIFTS: tuple[tuple[MarkKind, dict[str, Any]], ...] = (
    (MarkKind.OBJECTION_ENDED, {}),
    (MarkKind.UNFROZEN, {}),
    (MarkKind.APPEAL_ENDED, {}),
    (MarkKind.READMITTED, {"approved_by": UUID(int=5)}),
)


@pytest.mark.parametrize(("kind", "given"), LIFTS, ids=[kind.name for kind, _ in LIFTS])
def test_no_mark_gives_an_entry_back_without_a_step_that_does(
    proposed: Case, kind: MarkKind, given: dict[str, Any]
) -> None:
    """Not at any moment, nor at that of a step of the same case that gives nothing back."""
    for at in (NOW, NOW + timedelta(hours=1)):
        with pytest.raises(DatabaseError, match="lifts what no step of a case gives back"):
            mark(proposed, kind, at=at, **given)


def test_a_lift_is_not_written_twice_for_one_step(proposed: Case, second: Actor) -> None:
    step(second, proposed, Act.AGREE, at=NOW + timedelta(minutes=1))
    with pytest.raises(DatabaseError, match="lifts what no step of a case gives back"):
        mark(proposed, MarkKind.UNFROZEN, at=NOW + timedelta(minutes=1))


def test_a_clock_is_not_stopped_or_put_off_without_a_step_of_its_case(proposed: Case) -> None:
    for lapses_on in (None, NOW.date() + timedelta(days=4000)):
        with pytest.raises(DatabaseError, match="lifts what no step of a case gives back"):
            mark(
                proposed, MarkKind.CLOCK_MOVED, at=NOW + timedelta(hours=1), clock=proposed.case_id, lapses_on=lapses_on
            )
    with pytest.raises(DatabaseError, match="lifts what no step of a case gives back"):
        # with a step, but where silence still counts
        mark(proposed, MarkKind.CLOCK_MOVED, clock=proposed.case_id, lapses_on=None)
    mark(proposed, MarkKind.CLOCK_MOVED, at=NOW + timedelta(hours=1), clock=proposed.case_id, lapses_on=NOW.date())


def test_an_appeal_ends_no_sooner_than_the_term_that_its_person_was_told(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor
) -> None:
    resident, uid = entry
    case = confirmed(appeal(resident, uid, on=NOW.date()), caseworker, second, on=NOW.date())
    last = case.clocks[0].due.day
    for lapses_on in (None, last):
        with pytest.raises(DatabaseError, match="lifts what no step of a case gives back"):
            mark(case, MarkKind.APPEAL_ENDED, lapses_on=lapses_on)
    mark(case, MarkKind.APPEAL_ENDED, lapses_on=last + timedelta(days=1))


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
@pytest.mark.parametrize("kind", ["against", "readmitted", "ruled", "judged"])
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
    fields = step_rows()[0]._fields
    found = {(*row[:-1], tuple(row[-1])) for row in StepRow.objects.values_list(*fields)}
    assert found == {tuple(row) for row in wanted}
