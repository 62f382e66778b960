"""The journal is written in the act's own transaction and never changed by anybody."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connections

from chengxin.foundation import actors, journal
from chengxin.foundation.database import in_transaction
from chengxin.foundation.models import Journal

_AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def _record(reason: str = "a test needs a row") -> None:
    with in_transaction():
        journal.record(actors.system("nightly"), "tried", "thing", uuid4(), at=_AT, reason=reason)


def test_a_row_says_who_what_and_why() -> None:
    _record()
    row = Journal.objects.latest("id")
    assert (row.actor_kind, row.actor_name, row.act, row.reason, row.at) == (
        "system",
        "nightly",
        "tried",
        "a test needs a row",
        _AT,
    )


def test_without_a_reason_the_database_refuses() -> None:
    with pytest.raises(IntegrityError, match="foundation_journal_says_why"):
        _record(reason="  ")


@pytest.mark.parametrize(
    ("reason", "named"),
    [
        ("更正000101199003071238的姓名", True),
        ("000101 19900307-1238 again", True),
        ("the number ended in 1231 instead of 123X", False),
        ("不是证件号码：000101199003071239", False),
        ("a code of an organisation, 11000000000000000X", False),
        ("batch 019e8156-a600-7574-b2f0-2d999c0af0b1 of 20260301", False),
    ],
)
def test_a_reason_with_somebodys_number_is_refused_and_the_act_with_it(reason: str, named: bool) -> None:
    assert journal.names_somebody(reason, at=_AT) is named
    before = Journal.objects.count()
    if named:
        with pytest.raises(journal.ReasonNamesSomebody):
            _record(reason)
    else:
        _record(reason)
    assert Journal.objects.count() == before + (not named)


def test_many_rows_say_the_same_each_of_its_own_thing() -> None:
    things = [(uuid4(), uuid4()), (uuid4(), None)]
    with in_transaction():
        journal.record_all(actors.system("nightly"), "tried", "thing", things, at=_AT, reason=" many ")
    rows = Journal.objects.filter(thing_uid__in=[uid for uid, _ in things]).order_by("id")
    assert list(rows.values_list("thing_uid", "about_organisation_id", "reason")) == [(*one, "many") for one in things]
    with pytest.raises(RuntimeError, match="outside the transaction"):
        journal.record_all(actors.system("nightly"), "tried", "thing", things, at=_AT, reason="x")


def test_outside_a_transaction_nothing_is_journalled() -> None:
    before = Journal.objects.count()
    with pytest.raises(RuntimeError, match="outside the transaction"):
        journal.record(actors.system("nightly"), "tried", "thing", uuid4(), at=_AT, reason="x")
    assert Journal.objects.count() == before


@pytest.mark.parametrize("alias", ["default", "intake", "disposer", "owner"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE foundation_journal SET reason = 'other'", "DELETE FROM foundation_journal", "TRUNCATE foundation_journal"],
)
def test_no_role_changes_a_row(alias: str, statement: str) -> None:
    _record()
    before = Journal.objects.count()
    with pytest.raises(DatabaseError, match=r"permission denied|is append-only"), connections[alias].cursor() as cursor:
        cursor.execute(statement)
    assert Journal.objects.count() == before


@pytest.mark.parametrize("kind", ["official", "person", "client", "system"])
def test_an_actor_says_who_it_is(kind: actors.Kind) -> None:
    with pytest.raises(ValueError, match="must say who it is"):
        actors.Actor(kind=kind)
