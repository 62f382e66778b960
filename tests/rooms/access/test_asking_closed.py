"""Questions on PostgreSQL: whatever fails on the way, nothing is returned; a denial is logged as far as anything can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connections

from chengxin.access.actions import asking, keeping
from chengxin.access.rules import deciding
from chengxin.access.terms.asking import Answered, NoAnswer
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from tests.asking import (
    NOTHING,
    ask,
    consented,
    looks,
    question,
)
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
    (asking.records, "opened_content"),
    (asking.keystore, "person_keys"),
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
