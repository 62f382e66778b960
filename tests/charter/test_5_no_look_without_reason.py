"""Charter 5, attacked: files read by nobody's leave, by guessing, by searching, or without a trace that their person sees."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connections

from chengxin.access import facade as access
from chengxin.access.terms import GROUNDS, Purpose
from chengxin.collection import facade as collection
from chengxin.doors.entrance import Who
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, with_keys
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import PERMISSIONS, Permission, Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from tests.charter.attempts import ROLES, answered, everything_readable, refusal, told_in
from tests.charter.offers import commands, trees
from tests.charter.people import Target, make_target
from tests.charter.routes import routes
from tests.house.source import ROOMS
from tests.house.tables import person_models, table
from tests.people import NOW
from tests.rooms.collection.making import Supplier, hand_in, make_decision, make_supplier, person_of

RESIDENTS = [route for route in routes() if route.entrance.who is Who.RESIDENT]


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[Supplier]:
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def target(supplier: Supplier) -> Target:
    return make_target(supplier, 1)


@pytest.fixture(scope="module")
def other(supplier: Supplier) -> Target:
    return make_target(supplier, 2)


# ---- by SQL --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_names_nobody_reads_nothing_of_anybody(role: str, target: Target) -> None:
    told = everything_readable(role)
    assert len(told) > 500
    assert not told_in(told, [secret for secret in target.secrets if secret != str(target.person_id)])
    if role == "web":
        # who is bound to an account is known to the sign-in, and no more than that
        with_account = answered(role, "SELECT person_id FROM persons_account_link")
        unbound = make_target_without_account()
        assert str(unbound) not in everything_readable(role)
        assert (unbound,) not in with_account


def make_target_without_account() -> UUID:
    office = make_supplier()
    decision = make_decision(office)
    hand_in(office, decision)
    return person_of(decision)


@pytest.mark.parametrize("model", person_models(), ids=table)
def test_with_one_person_set_no_other_answers(model: type, target: Target, other: Target) -> None:
    rows = answered("web", f"SELECT DISTINCT person_id FROM {table(model)}", person=target.person_id)
    assert {person for (person,) in rows} <= {target.person_id}
    hidden = answered(
        "web", f"SELECT count(*) FROM {table(model)} WHERE person_id = %s", other.person_id, person=target.person_id
    )
    assert hidden == [(0,)]


def test_look_up_keys_answer_to_who_knows_the_number_and_list_nobody(target: Target, other: Target) -> None:
    assert answered("web", "SELECT * FROM persons_identity_key") == []
    assert answered("web", "SELECT * FROM records_decision_key") == []
    indexes = list(persons.blind_indexes("01", target.decision.document).values())
    with with_keys(indexes), connections["default"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_id FROM persons_identity_key")
        assert cursor.fetchall() == [(target.person_id,)]
    for wild in ("%", "*", "", ",", "'", "00"):
        with with_keys([wild.encode()]), connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM persons_identity_key")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "hostile",
    ["' OR true --", "x'; RESET chengxin.person; --", "00000000-0000-0000-0000-000000000000' OR '1'='1", "%", ""],
)
def test_what_is_set_for_the_person_is_an_identifier_and_nothing_else(hostile: str) -> None:
    with pytest.raises(ValueError, match="badly formed"), as_person(hostile):  # type: ignore[arg-type]
        raise AssertionError("let in")
    assert answered("web", "SELECT current_setting('chengxin.person', true)")[0][0] in {None, ""}


@pytest.mark.parametrize(
    "statement", ["UPDATE access_look SET {0} = {0}", "DELETE FROM access_look", "TRUNCATE access_look"]
)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_rewrites_the_log(role: str, statement: str, target: Target) -> None:
    """Not even the role that deletes what is past its keeping: a trigger asks how old a look is."""
    access.own_file(actor=target.actor, person_id=target.person_id, at=NOW)
    ends = role == "disposer" and statement.startswith("DELETE")
    assert refusal(role, statement.format("outcome")) == ("RestrictViolation" if ends else "InsufficientPrivilege")


@pytest.mark.parametrize(
    ("given", "promise"),
    [
        ({"purpose": ""}, "access_look_has_a_reason"),
        ({"ground_law": ""}, "access_look_has_a_reason"),
        ({"ground_article": ""}, "access_look_has_a_reason"),
        ({"organisation_id": None}, "access_look_official_named"),
        ({"official_id": None}, "access_look_official_named"),
        ({"actor_kind": "nobody"}, "access_look_actor_known"),
    ],
)
def test_no_look_enters_the_log_without_who_for_whom_and_why(
    given: dict[str, object], promise: str, target: Target
) -> None:
    values: dict[str, object] = {
        "person_id": target.person_id, "look_id": uuid4(), "uid": uuid4(), "at": NOW, "actor_kind": "official",
        "official_id": uuid4(), "organisation_id": uuid4(), "role": "x", "purpose": "own_file", "ground_law": "个人信息保护法",
        "ground_article": "45", "case_ref": "", "entries": "[]", "fields": "[]", "outcome": "shown", "salt": b"1",
        "commitment": b"2",
    }  # fmt: skip
    row = list((values | given).values())
    statement = f"INSERT INTO access_look ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(row))})"
    assert refusal("web", statement, *row, person=target.person_id) == promise


def test_a_look_cannot_be_put_into_another_persons_log(target: Target, other: Target) -> None:
    access.own_file(actor=target.actor, person_id=target.person_id, at=NOW)
    moved = (
        "INSERT INTO access_look (person_id, look_id, uid, at, actor_kind, role, purpose, ground_law, ground_article, case_ref,"
        " entries, fields, outcome, salt, commitment) SELECT %s, gen_random_uuid(), uid, at, actor_kind, role, purpose,"
        " ground_law, ground_article, case_ref, entries, fields, outcome, salt, commitment FROM access_look LIMIT 1"
    )
    assert refusal("web", moved, other.person_id, person=target.person_id) == "InsufficientPrivilege"


# ---- through the counters ------------------------------------------------------------------------------------------


def strangers(other: Target) -> list[Actor]:
    official = {"official_id": uuid4(), "organisation_id": uuid4()}
    return [
        other.actor,
        Actor(kind="system", name="curious"),
        Actor(kind="client", organisation_id=uuid4(), client_id=uuid4()),
        *(Actor(kind="official", role=role, **official) for role in ("office_head", "identity_officer", "auditor")),  # type: ignore[arg-type]
    ]


def test_no_counter_opens_a_file_to_a_stranger_and_no_trace_is_forged(target: Target, other: Target) -> None:
    person, before = target.person_id, len(target.looks())
    for actor in strangers(other):
        for read in (
            lambda actor=actor: access.own_file(actor=actor, person_id=person, at=NOW),
            lambda actor=actor: access.own_entry(actor=actor, person_id=person, named=target.uid, at=NOW),
            lambda actor=actor: access.own_file_as_of(
                actor=actor, person_id=person, shown_at=NOW, known_at=NOW, at=NOW
            ),
        ):
            with pytest.raises(Refusal, match="not_your_file"):
                read()
    assert len(target.looks()) == before


def test_without_the_person_on_the_connection_every_counter_answers_with_nothing(target: Target) -> None:
    assert records.entries_with_any_status(target.person_id, shown_at=NOW, known_at=NOW) == []
    assert records.marks_of(target.person_id, known_at=NOW) == {}
    assert access.looks_of(target.person_id, at=NOW) == []
    identity = persons.identity_of(target.person_id)
    assert (identity.names, identity.documents) == ((), ())
    assert persons.contacts_of(target.person_id) == []


def test_no_counter_takes_what_a_search_would_need() -> None:
    """Nobody is found by name, by attribute or by part of a number: such a function would have to take one."""
    asking = {"query", "search", "pattern", "like", "prefix", "contains", "filter", "filters", "q", "attribute", "born"}
    by_name = {}
    looked_at = 0
    for room in ROOMS:
        facade = importlib.import_module(f"chengxin.{room}.facade")
        for name in facade.__all__:
            thing = getattr(facade, name)
            if not inspect.isfunction(thing):
                continue
            looked_at += 1
            parameters = set(inspect.signature(thing).parameters)
            assert not parameters & asking, f"{room}.{name}"
            if "name" in parameters and room != "offices":
                by_name[name] = parameters
    assert looked_at > 80
    # all that take a person's name take the whole number with it
    assert by_name.keys() == {
        "ask_consent", "create_person", "hand_binding_code", "issue_binding_code", "name_key", "name_keys", "name_rows",
        "name_text", "person_for_verified_identity", "person_of_document_and_name", "source_id_of",
    }  # fmt: skip
    for name, parameters in by_name.items():
        # `name_rows` seals a name; `source_id_of` is of a sign-in service
        assert {"kind", "number"} <= parameters or name in {"name_rows", "source_id_of"}, name


def test_no_counter_and_no_command_gives_a_list_of_people() -> None:
    for room in ("persons", "records", "access", "collection"):
        facade = importlib.import_module(f"chengxin.{room}.facade")
        for name in facade.__all__:
            thing = getattr(facade, name)
            if inspect.isfunction(thing):
                told = str(inspect.signature(thing).return_annotation)
                assert "Identity]" not in told, f"{room}.{name} gives many identities"
                assert "OwnFile]" not in told, f"{room}.{name} gives many files"
    listing = {"people", "persons", "residents", "export", "search", "find", "list", "dump", "report"}
    assert not set(commands()) & listing
    assert len(commands()) > 10


# Calls that open something of a person, and where they may stand without writing the look themselves.
OPENING = {
    "identity_of", "contacts_of", "entries_for", "entries_with_any_status", "entry_for", "held_opened", "held_values",
    "own_file", "own_entry", "own_file_as_of",
}  # fmt: skip
LOGGING = {"log_look", "note_reading", "own_file", "own_entry", "own_file_as_of", "quarantined_row_for"}
ELSEWHERE = {
    "records/queries/entries.py": "the queries themselves",
    "records/actions/marks.py entry_marked": "finds the entry that its person, or its office, marks",
    "records/actions/serving.py mark_served": "finds the entry that a notice told of",
    "collection/queries/held.py held_opened": "the query itself; whoever calls it is in this test",
    "collection/actions/held.py release_row": "an officer's decision on the row they opened",
    "doors/telling.py addresses": "one look for all that a desk gave away, written when it closes",
    "doors/telling.py _entries": "the same",
    "doors/telling.py _identity": "the same",
    "doors/portal/views/resident/letters.py my_letter": "`_versions`, a part of it, leaves the look",
    "doors/portal/views/resident/letters.py _of_entry": "a part of the same page",
    "doors/portal/views/resident/letters.py _matter": "a part of the same page",
    "doors/portal/views/resident/objection.py _entry": "a part of each question",
    "doors/demo/states.py _entry": "an invented person of the demonstration looks for what they then act on; nobody is shown it",
    "access/actions/erasing.py _erase": "what it finds is destroyed in the same transaction; nobody is shown it",
    "collection/actions/reindexing.py _decisions": "keyed anew within the process; nothing of it leaves",
    "collection/actions/reindexing.py _held_rows": "the same",
    "remedies/actions/facts.py": "facts of a rule on the case's own entry; an official reads it by `case_for`, which logs",
    "remedies/actions/contested.py in_use": "what a case may be about; `choice_of` leaves the look for who is shown it",
    "remedies/actions/contested.py _entry": "finds what is named by its decision's number; `take_in_case` leaves the look",
    "remedies/actions/partaking.py senders_of": "finds who sent the entry, who does not decide on it; nothing of it is told",
    "remedies/actions/sweeping.py _into_review": "finds the entries of a proven error's batch; nothing of them is told",
    "remedies/actions/taken_back.py _uids": "finds the entries of a batch that was taken back; nothing of them is told",
    "doors/proving.py email_of": "a part of the page of addresses, which leaves the look",
    "doors/demo/casting.py": "invented people, before anybody signs in",
}


def test_whoever_opens_something_of_a_person_leaves_the_look() -> None:
    """Every function that opens a file, by its text; a new one fails here until it logs, or says why another does."""
    opening: dict[str, set[str]] = {}
    for place, tree in trees().items():
        if place.startswith("persons/") or place.endswith("facade.py"):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            called = {
                ast.unparse(call.func).rpartition(".")[2] for call in ast.walk(node) if isinstance(call, ast.Call)
            }
            if called & OPENING and not called & LOGGING:
                opening.setdefault(place, set()).add(node.name)
    unnamed = {
        f"{place} {name}"
        for place, names in opening.items()
        for name in names
        if place not in ELSEWHERE and f"{place} {name}" not in ELSEWHERE
    }
    assert not unnamed
    assert len(opening) > 5


def test_every_purpose_rests_on_a_law_and_an_article() -> None:
    assert set(GROUNDS) == set(Purpose)
    assert all(ground.law and ground.article for ground in GROUNDS.values())


def test_a_held_row_is_opened_for_an_identity_officer_alone(supplier: Supplier) -> None:
    for role in ("clerk", "operator", "auditor"):
        official = Actor(kind="official", official_id=uuid4(), organisation_id=supplier.office.id, role=role)
        with pytest.raises(Refusal):
            collection.held_waiting(official, NOW)
    assert PERMISSIONS[Permission.SEE_QUARANTINE] == {Role.IDENTITY_OFFICER}
