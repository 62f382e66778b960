"""Charter 4, attacked: a restriction that the system decides by itself, one without its steps, one that reaches kin.

No room for restrictions stands yet, so none can be decided, stored or obeyed: the first half holds that by reflection and will
fail on the day one comes, until its steps are proven here. The second half holds what works today: objecting suspends.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections

from chengxin.foundation import actors, clock, events, jobs
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Permission, Role
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind, Status
from tests.charter.attempts import refusal
from tests.charter.offers import commands, trees
from tests.charter.routes import routes
from tests.doors.questions import object_by_web
from tests.doors.signing import signed_in
from tests.house.source import ROOMS
from tests.house.tables import our_models, person_models, table
from tests.people import NOW
from tests.residents import (
    Resident,
    found_city_with_catalogue,
    give_court_entry,
    give_honour,
    give_penalty,
    make_resident,
    make_supplier,
)

RESTRICTION = re.compile(
    r"(^|[_./\s-])(restrict(ion|ions|ed)?|ban|bans|banned|blacklist|black_list|denylist|sanction|punish(ment)?|measure|measures"
    r"|block_person|no_fly|consumption_limits?|penali[sz]e|deny_service)([_./\s-]|$)",
    re.I,
)


@pytest.fixture(scope="module", autouse=True)
def _catalogue(city: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


# ---- there is nothing to decide with -------------------------------------------------------------------------------


def test_no_room_table_page_command_permission_or_job_is_for_restricting() -> None:
    names = [*ROOMS, *(table(model) for model in our_models()), *commands(), *jobs.known_jobs(), *events.routes()]
    names += [one.value for one in (*Permission, *Role)] + [kind.name for kind in MarkKind]
    names += [field.column for model in our_models() for field in model._meta.concrete_fields]
    names += [route.pattern for route in routes()] + [route.name for route in routes()]
    assert len(names) > 300
    assert not {name for name in names if RESTRICTION.search(name)}


def test_no_function_of_ours_restricts() -> None:
    defined = {
        node.name
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    assert len(defined) > 1000
    assert not {name for name in defined if RESTRICTION.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))}


def test_an_entry_is_of_one_person_and_of_no_kin() -> None:
    kin = re.compile(r"(^|_)kin(_|$)|relative|spouse|parent|child|family|guardian|household", re.I)
    for model in person_models():
        columns = [field.column for field in model._meta.concrete_fields]
        assert columns.count("person_id") == 1, table(model)
        assert not [column for column in columns if kin.search(column)], table(model)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name ~ 'person' AND column_name NOT IN ('person_id', 'after_person')"
        )
        assert cursor.fetchone() == (0,)


# ---- the platform by itself sets nothing that weighs ---------------------------------------------------------------

# Marks by what they do to a person; every kind stands in one of the two.
IN_FAVOUR = {
    MarkKind.WITHDRAWN, MarkKind.OBJECTED, MarkKind.FROZEN, MarkKind.REPAIRED, MarkKind.EXPIRED_EARLY, MarkKind.DISPOSED,
    MarkKind.DECLINED, MarkKind.APPEALED, MarkKind.NOT_MINE, MarkKind.HIDDEN, MarkKind.STATED,
}  # fmt: skip
WEIGHING = {
    MarkKind.OBJECTION_ENDED: "an office answered, against the person by two, or the person took it back",
    MarkKind.UNFROZEN: "the same",
    MarkKind.UNDECLINED: "its person wishes it back",
    MarkKind.STATEMENT_ENDED: "its person takes their own words back",
    MarkKind.APPEAL_ENDED: "the organ or the court has ruled, and two officials agree",
    MarkKind.READMITTED: "two officials, for a certified reason",
    MarkKind.SERVED: "the platform's own proof that its person was told",
    MarkKind.CLOCK_MOVED: "an office passes a case on or extends it, as the law of its clock allows",
}


def test_every_mark_is_weighed_here() -> None:
    assert IN_FAVOUR | set(WEIGHING) == set(MarkKind)
    assert not IN_FAVOUR & set(WEIGHING)


def test_nothing_sets_a_mark_that_weighs_but_its_person_the_proof_of_service_and_a_case() -> None:
    """Looks through every module but the room's own words and rules: who names such a mark could set it."""
    weighing = {f"MarkKind.{kind.name}" for kind in WEIGHING}
    naming: dict[str, set[str]] = {}
    for place, tree in trees().items():
        if place == "records/terms.py" or place.startswith("records/rules/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in weighing:
                naming.setdefault(node.attr, set()).add(place)
    assert naming == {
        "UNDECLINED": {"doors/portal/views/resident/entry.py"},
        # where a helper of theirs may say so for them, besides the act itself
        "STATEMENT_ENDED": {"records/actions/statements.py", "records/actions/marks.py"},
        "SERVED": {"records/actions/serving.py"},
        # the effects of a case's steps, which the workflows and the database guard
        "OBJECTION_ENDED": {"remedies/actions/effects.py"},
        "UNFROZEN": {"remedies/actions/effects.py"},
        # with its day, and read for a page's words as well
        "APPEAL_ENDED": {"remedies/actions/effects.py", "records/actions/marks.py", "doors/portal/presenters/entry.py"},
        # read for a page's words as well
        "CLOCK_MOVED": {"records/actions/marks.py", "doors/portal/presenters/entry.py"},
        # in the first read alone: a bit that intake tests
        "READMITTED": {"records/actions/append.py", "remedies/actions/effects.py"},
    }


def test_a_case_alone_moves_the_day_on_which_silence_takes_an_entry_out() -> None:
    asking = {
        place
        for place, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "move_clock"
    }
    assert asking == {"remedies/actions/silence.py"}


def test_a_readmission_takes_two_officials_in_the_database_too() -> None:
    resident, bureau = make_resident(), make_supplier()
    entry, _ = give_penalty(resident, bureau)
    forged = (
        "INSERT INTO records_mark (person_id, mark_id, entry_id, version, uid, kind, at, by_kind, by_id, approved_by, reason)"
        " VALUES (%s, gen_random_uuid(), %s, 1, gen_random_uuid(), 13, %s, 'official', %s, %s, 'x')"
    )
    one = resident.account.id
    for by, approved in ((one, one), (one, None), (None, one)):
        found = refusal("web", forged, resident.person_id, entry, NOW, by, approved, person=resident.person_id)
        assert found == "records_mark_readmitted_by_two"
    found = refusal("web", forged, resident.person_id, entry, NOW, one, uuid4(), person=resident.person_id)
    assert found == "remedies_lifted_by_a_step"


# ---- objecting suspends, at once and for as long as nobody answers --------------------------------------------------


def asked(resident: Resident, at: datetime = NOW) -> list[UUID]:
    """What an asker with every right would be shown."""
    with as_person(resident.person_id):
        return [entry.uid for entry in records.entries_for(resident.person_id, Audience.ASKER, at=at)]


@pytest.mark.parametrize("about", ["not_me", "facts_wrong", "not_served"])
def test_an_objection_suspends_an_adverse_entry_that_second_with_all_jobs_stopped(about: str) -> None:
    resident, bureau = make_resident(), make_supplier()
    _, uid = give_penalty(resident, bureau)
    assert asked(resident) == [uid]
    answer = object_by_web(signed_in(resident.account), uid, about)
    assert answer.status_code == 302
    assert asked(resident) == []
    with as_person(resident.person_id):
        (entry,) = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)
    assert entry.status is Status.FROZEN


def test_a_courts_entry_is_suspended_here_too() -> None:
    resident = make_resident()
    _, uid = give_court_entry(resident, make_supplier("court", "云川市中级人民法院"))
    assert asked(resident) == [uid]
    object_by_web(signed_in(resident.account), uid, "not_me")
    assert asked(resident) == []


@pytest.mark.parametrize("days", [1, 30, 90, 150])
def test_time_alone_does_not_lift_it(days: int) -> None:
    resident, bureau = make_resident(), make_supplier()
    _, uid = give_penalty(resident, bureau)
    object_by_web(signed_in(resident.account), uid, "facts_wrong")
    later = NOW + timedelta(days=days)
    with clock.set_for_tests(later):
        jobs.run_waiting()
    assert asked(resident, later) == []


def test_saying_it_twice_does_not_undo_it() -> None:
    resident, bureau = make_resident(), make_supplier()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    for about in ("facts_wrong", "not_me", "facts_wrong"):
        object_by_web(client, uid, about)
        assert asked(resident) == []


def test_its_person_cannot_be_made_to_lift_it_and_no_job_can() -> None:
    resident, bureau = make_resident(), make_supplier()
    _, uid = give_penalty(resident, bureau)
    object_by_web(signed_in(resident.account), uid, "facts_wrong")
    for kind in (MarkKind.UNFROZEN, MarkKind.OBJECTION_ENDED, MarkKind.CLOCK_MOVED, MarkKind.READMITTED):
        with pytest.raises(Refusal):
            records.mark_entry(
                actor=resident.someone.actor, person_id=resident.person_id, uid=uid, kinds=(kind,), at=NOW, reason="x"
            )
    records.mark_served(
        actor=actors.system("records.mark_served"), person_id=resident.person_id, entry_id=_entry_id(resident), version=1,
        at=NOW, reason="notice_read",
    )  # fmt: skip
    assert asked(resident) == []


def _entry_id(resident: Resident) -> UUID:
    with as_person(resident.person_id):
        (entry,) = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)
    return entry.entry_id


def test_a_correction_of_a_suspended_entry_stays_suspended() -> None:
    resident, bureau = make_resident(), make_supplier()
    entry = give_penalty(resident, bureau)
    object_by_web(signed_in(resident.account), entry[1], "facts_wrong")
    give_penalty(resident, bureau, entry=entry, version=2, known_from=NOW - timedelta(hours=1))
    assert asked(resident) == []


@pytest.mark.parametrize(
    "missing",
    [
        {"served_on": None},
        {"final_on": None},
        {"final_on": date(2026, 12, 1)},
        {"confirmed": False},
    ],
    ids=lambda value: next(iter(value)),
)
def test_nothing_weighs_before_its_steps_are_dated(missing: dict[str, object]) -> None:
    resident = make_resident()
    give_penalty(resident, make_supplier(), **missing)  # type: ignore[arg-type]
    assert asked(resident) == []


def test_good_deeds_are_not_suspended_by_their_person_doubting_them() -> None:
    resident, bureau = make_resident(), make_supplier()
    _, uid = give_honour(resident, bureau)
    object_by_web(signed_in(resident.account), uid, "facts_wrong")
    assert asked(resident) == [uid]
