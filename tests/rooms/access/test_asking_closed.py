"""Questions on PostgreSQL: whatever fails on the way, nothing is returned; a denial is logged as far as anything can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.access.actions import asking, keeping, opening
from chengxin.access.rules import deciding
from chengxin.access.terms.asking import Answered, NoAnswer
from chengxin.catalogue.terms import Operation
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from tests.asking import (
    NOTHING,
    SOON,
    TENDER,
    ask,
    consented,
    looks,
    make_case,
    make_inquirer,
    question,
)
from tests.making import make_organisation
from tests.people import NOW
from tests.residents import (
    Resident,
    found_city_with_catalogue,
)


@pytest.fixture(scope="module", autouse=True)
def in_town(city: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


# --- whatever fails, nothing is returned -------------------------------------------------------------------------------


def _broken(*_: object, **__: object) -> Any:
    raise DatabaseError("gone")


STEPS = [
    (asking, "asker_from"),
    (asking, "purpose_in"),
    (asking, "_found"),
    (asking, "_gathered"),
    (asking, "said_by"),
    (asking, "_cases"),
    (asking, "_shown"),
    (asking, "_names"),
    (asking, "decide"),
    (asking, "keep"),
    (asking, "note_cases"),
    (asking, "note_uses"),
    (asking, "in_part"),
    (asking, "see_keys"),
    (asking, "see_persons"),
    (asking.offices, "standing_of"),
    (asking.catalogue, "edition_of"),
    (asking.persons, "blind_indexes"),
    (asking.persons, "persons_by_index"),
    (asking.persons, "confirmed_sources_of"),
    (asking.offices, "own_document_mark"),
    (asking.records, "shown_to_askers"),
    (opening.records, "opened_content"),
    (opening.keystore, "person_keys"),
    (keeping, "new_ids"),
    (keeping, "read_all"),
    (keeping.rules, "leaf"),
    (keeping.rules, "commitment"),
    (keeping.secrets, "token_bytes"),
]


@pytest.mark.parametrize(
    ("module", "step"), STEPS, ids=[f"{one.__name__.split('.')[-1]}.{step}" for one, step in STEPS]
)
def test_a_step_that_fails_answers_nothing(
    bank: Actor, resident: Resident, monkeypatch: pytest.MonkeyPatch, module: Any, step: str
) -> None:
    consented(resident, bank)
    with monkeypatch.context() as broken:
        broken.setattr(module, step, _broken)
        assert ask(bank, question(resident)) == NOTHING
    assert "shown" not in [look.outcome for look in looks(resident)]
    assert isinstance(ask(bank, question(resident)), Answered), "and the next one is answered"


@pytest.mark.parametrize("check", range(len(deciding.CHECKS)), ids=lambda n: deciding.CHECKS[n].__name__.strip("_"))
def test_a_check_that_fails_answers_nothing(
    bank: Actor, resident: Resident, monkeypatch: pytest.MonkeyPatch, check: int
) -> None:
    consented(resident, bank)
    broken = list(deciding.CHECKS)
    broken[check] = _broken
    monkeypatch.setattr(deciding, "CHECKS", tuple(broken))
    assert ask(bank, question(resident)) == NOTHING
    assert [look.outcome for look in looks(resident)] == [NoAnswer.FAILED]


def test_a_server_that_goes_away_in_the_middle_answers_nothing(
    bank: Actor, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    consented(resident, bank)

    def gone(*given: Any, **named: Any) -> Any:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                           " WHERE usename = 'chengxin_web' AND datname = current_database()")  # fmt: skip
        return decide(*given, **named)

    decide = asking.decide
    with monkeypatch.context() as going:
        going.setattr(asking, "decide", gone)
        assert ask(bank, question(resident)) == NOTHING
    connections.close_all()
    assert "shown" not in [look.outcome for look in looks(resident)]


def test_a_content_that_does_not_open_is_not_shown_in_part(bank: Actor, resident: Resident) -> None:
    consented(resident, bank)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE records_content DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE records_content SET sealed = overlay(sealed PLACING '\\x00' FROM octet_length(sealed)) WHERE person_id = %s",
            [resident.person_id],
        )
        cursor.execute("ALTER TABLE records_content ENABLE TRIGGER USER")
    assert ask(bank, question(resident)) == NOTHING
    assert looks(resident)[0].outcome == NoAnswer.FAILED


# --- a question that ends its transaction ------------------------------------------------------------------------------


def _outcomes(resident: Resident) -> list[str]:
    """As another connection sees them: what is committed."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT outcome FROM access_look WHERE person_id = %s ORDER BY look_id", [resident.person_id])
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def no_look_is_committed() -> Iterator[None]:
    """A database that takes the look of an answer and refuses to commit it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF NEW.outcome = 'shown' THEN RAISE EXCEPTION 'not at the end either'; END IF; RETURN NULL; END $$;"
            "CREATE CONSTRAINT TRIGGER no_look AFTER INSERT ON access_operator_look DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION no_look()"
        )
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TRIGGER no_look ON access_operator_look; DROP FUNCTION no_look()")


@pytest.mark.parametrize("ends", [True, False])
def test_what_is_answered_was_committed_with_its_look(bank: Actor, resident: Resident, ends: bool) -> None:
    consented(resident, bank)
    with in_transaction():
        answer = access.ask(actor=bank, question=question(resident), at=SOON, ends=ends)
        assert isinstance(answer, Answered)
        assert _outcomes(resident) == (["shown"] if ends else [])
    assert _outcomes(resident) == ["shown"]


def test_a_look_that_is_not_committed_answers_nothing(
    bank: Actor, resident: Resident, no_look_is_committed: None
) -> None:
    consented(resident, bank)
    with in_transaction():
        assert access.ask(actor=bank, question=question(resident), at=SOON, ends=True) == NOTHING
    assert _outcomes(resident) == [NoAnswer.FAILED]


def test_an_official_s_question_ends_no_transaction(resident: Resident) -> None:
    """More may follow it: an emergency is told to its person and reviewed."""
    office = make_organisation(kind="fiscal")
    official = make_inquirer(office)
    case = make_case(official)
    with in_transaction():
        access.ask(
            actor=official,
            question=question(resident, purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref),
            at=SOON,
            ends=True,
        )
        assert _outcomes(resident) == []
    assert len(_outcomes(resident)) == 1


def test_a_question_within_a_part_of_another_ends_nothing(bank: Actor, resident: Resident) -> None:
    consented(resident, bank)
    with in_transaction(), in_transaction():
        access.ask(actor=bank, question=question(resident), at=SOON, ends=True)
        assert _outcomes(resident) == []
    assert _outcomes(resident) == ["shown"]
