"""The end of looks on PostgreSQL: past the longest law they go whole, the proof log stays true, younger ones nobody deletes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.access import facade as access
from chengxin.access.models import Look, Unheld
from chengxin.foundation import actors, clock
from chengxin.foundation.database import DISPOSER, in_transaction
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.ids import new_id
from tests.people import NOW, clock_of_the_database
from tests.residents import Resident, found_city_with_catalogue, make_resident

SYSTEM = actors.system("dispose")
TODAY = shanghai_day(NOW)
TEN_YEARS_AGO = NOW.replace(year=NOW.year - 10)


@pytest.fixture(scope="module", autouse=True)
def _city(city: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


def looked(who: Resident, at: datetime) -> None:
    """Their own look of a day, in the proof log a second later."""
    access.own_file(actor=who.someone.actor, person_id=who.person_id, at=at)
    access.sequence_log(at=at)


def asked_about_nobody(at: datetime) -> UUID:
    row = Unheld(
        id=new_id(at), at=at, organisation_id=uuid4(), official_id=uuid4(), purpose="tender_review", operation="look_up",
        case_ref="1", outcome="person_unknown",
    )  # fmt: skip
    with in_transaction():
        row.save(force_insert=True)
    return row.id


def days_of(who: Resident) -> list[datetime]:
    return sorted(Look.objects.using("owner").filter(person_id=who.person_id).values_list("at", flat=True))


def disposed(*, limit: int = 100) -> int:
    return access.dispose_looks(actor=SYSTEM, today=TODAY, at=NOW, reason="retention_ended", limit=limit)


def test_what_is_past_its_day_goes_and_every_proof_stays_true() -> None:
    one, other = make_resident(), make_resident()
    over, last_day = TEN_YEARS_AGO - timedelta(days=1), TEN_YEARS_AGO
    for who, at in ((one, over), (other, over), (one, last_day), (one, NOW)):
        looked(who, at)
    gone, kept = asked_about_nobody(over), asked_about_nobody(last_day)
    assert disposed() == 3
    assert disposed() == 0
    assert [days_of(one), days_of(other)] == [[last_day, NOW], []]
    assert not Unheld.objects.filter(id=gone).exists()
    assert Unheld.objects.filter(id=kept).exists()
    assert list(access.verify_log()) == []
    with clock.set_for_tests(NOW - timedelta(days=2)):
        # as if they had gone before their day
        assert {fault.kind for fault in access.verify_log()} == {"leaf_without_look"}
    acts = Journal.objects.filter(act="dispose_looks")
    assert [act.reason for act in acts] == ["retention_ended: 2 + 1"]


def test_a_chunk_at_a_time_until_none_is_left() -> None:
    who = make_resident()
    for days in range(1, 4):
        looked(who, TEN_YEARS_AGO - timedelta(days=days))
    assert [disposed(limit=2), disposed(limit=2), disposed(limit=2)] == [2, 1, 0]
    assert days_of(who) == []


@pytest.mark.parametrize("alias", [DISPOSER, "default", "intake", "owner"])
@pytest.mark.parametrize("name", ["access_look", "access_unheld"])
def test_what_is_younger_than_five_years_nobody_deletes(alias: str, name: str) -> None:
    who, at = make_resident(), clock_of_the_database() - timedelta(days=365 * 4)
    looked(who, at)
    asked_about_nobody(at)
    before = len(days_of(who)), Unheld.objects.filter(at=at).count()
    with suppress(DatabaseError), transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(f"DELETE FROM {name} WHERE at = %s", [at])
    assert (len(days_of(who)), Unheld.objects.filter(at=at).count()) == before


def test_the_disposer_reads_nothing_of_what_a_look_says() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connections[DISPOSER].cursor() as cursor:
        cursor.execute("SELECT purpose FROM access_look")
