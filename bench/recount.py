"""Open cases counted again when the law's tables change (decision 20): how many a second, until a door may open."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID

from bench import held
from bench.report import Figure
from chengxin.foundation import prepare
from chengxin.foundation.actors import Actor, system
from chengxin.kernel.clocks import Length, Unit
from chengxin.kernel.days import Holidays, shipped_holidays
from chengxin.offices.terms import OrganisationView, Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions.recounting import Recounted, recount_lines
from chengxin.remedies.terms.cases import Case
from chengxin.remedies.terms.clocks import ClockBook, Matter
from chengxin.remedies.terms.workflows import Act
from tests import templates
from tests.making import make_city, make_official
from tests.people import NOW
from tests.remedies import object_to, step
from tests.residents import FOUNDED, found_city_with_catalogue, give_penalty, make_resident, make_supplier

LINES = int(os.environ.get("BENCH_LINES", "20000"))
MOVED = int(os.environ.get("BENCH_MOVED", "1000"))
"""Of those, so many whose entry's day moves too: each has a transaction of its own."""
PROMISE = 1_000
_LAW = "chengxin.remedies.queries.law"
_DAYS = 4
"""Cases were opened on so many days; every second one was forwarded, and waits for its source."""
_ENTRIES_EACH = 11.9
_CHANGED = ("person_id", "uid", "about_uid", "entry_id")
_TABLES = {
    "remedies_case": ("person_id", "uid", "about_uid"),
    "remedies_event": ("person_id",),
    "records_mark": ("person_id", "entry_id"),
    "remedies_docket": ("uid",),
    "remedies_case_person": ("uid", "person_id"),
}
"""Where a case is written, and what of it is another person's in a copy."""
_LISTS = ("remedies_docket", "remedies_case_person")
_COPIES = """
    CREATE TEMP TABLE copies ON COMMIT DROP AS
    SELECT m.of AS of_person_id, m.uid AS of_uid,
           jsonb_build_object('person_id', p.id, 'uid', gen_random_uuid(), 'about_uid', e.uid, 'entry_id', e.entry_id) AS row
      FROM unnest(%(people)s::uuid[]) WITH ORDINALITY AS p (id, n)
      JOIN unnest(%(made)s::uuid[], %(of)s::uuid[]) WITH ORDINALITY AS m (uid, of, n)
        ON m.n = 1 + p.n %% cardinality(%(made)s::uuid[])
     CROSS JOIN LATERAL (SELECT entry_id, uid FROM records_entry WHERE person_id = p.id ORDER BY entry_id LIMIT 1) AS e
"""


def measure() -> list[Figure]:
    """Two figures, in a city of its own."""
    with templates.copied("bench_recount"):
        found_city_with_catalogue()
        bureau = make_supplier()
        officer = make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)
        noticed = shipped_holidays()
        with _law(holidays=noticed.without_notices_from(NOW.year)):
            made = [_made(bureau, officer, NOW - timedelta(days=n // 2), n % 2 == 1) for n in range(2 * _DAYS)]
            people = held.fill(round(LINES * _ENTRIES_EACH), supplier=bureau.id, at=FOUNDED)
            _copy(made, [one.person_id for one in people][: LINES - len(made)])
        certain = _counted(LINES, LINES, holidays=noticed)
        same = _counted(LINES, 0, holidays=noticed, places=frozenset({"外省"}))
        _leave_forwarded(MOVED)
        moved = _counted(MOVED, MOVED, holidays=noticed, shorter=Matter.OBJECTION_SUPPLIER)
    return [
        Figure(
            what="open cases counted again, when a notice of holidays comes",
            figure=f"{certain:,.0f}",
            unit="a second",
            promise=f"{PROMISE:,} a second",
            kept=min(certain, same) >= PROMISE,
            spread=f"where nothing but the mark changes {same:,.0f}",
            how=f"{LINES:,} open objections, each of a person with ten entries or more, every second one forwarded: every last"
            " day was provisional and is certain then, so that every line changes and is journalled; nothing on an entry moves."
            " One process.",
        ),
        Figure(
            what="open cases counted again, where the day on the entry moves",
            figure=f"{moved:,.0f}",
            unit="a second",
            promise="none: a transaction each",
            kept=True,
            how=f"{MOVED:,} of them, by a shorter term of the source: a mark with its guards, its journal and what follows.",
        ),
    ]


def _counted(lines: int, changed: int, **law: Any) -> float:
    """So many lines, counted again by this law, so many of which change; how many a second."""
    with _law(**law):
        began = time.perf_counter()
        done = recount_lines(actor=system("bench"), at=NOW + timedelta(hours=1), reason=remedies.ANOTHER_LAW)
        took = time.perf_counter() - began
    assert done == Recounted(lines, changed), done
    return lines / took


def _made(bureau: OrganisationView, officer: Actor, at: datetime, forwarded: bool) -> Case:
    """A case by the real actions, which others are copied from."""
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    case = object_to(resident, uid, at=at)
    return step(officer, case, Act.FORWARD, at=at + timedelta(minutes=1)) if forwarded else case


def _copy(made: list[Case], people: list[UUID]) -> None:
    """One of these cases to each, about an entry of theirs; what is sealed in it nobody can open, and nothing here does."""
    with prepare.admin(prepare.configured().main) as connection, connection.transaction():
        # no act: the guards have nothing to say
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            _COPIES, {"people": people, "made": [one.uid for one in made], "of": [one.person_id for one in made]}
        )
        for table, changed in _TABLES.items():
            key = "uid" if table in _LISTS else "person_id"
            connection.execute(
                f"INSERT INTO {table} SELECT r.* FROM copies c JOIN {table} s ON s.{key} = c.of_{key},"
                f" LATERAL jsonb_populate_record(s, c.row - %s::text[]) r",
                [[name for name in _CHANGED if name not in changed]],
            )
    with prepare.admin(prepare.configured().main) as connection:
        connection.execute("VACUUM ANALYZE")


def _leave_forwarded(count: int) -> None:
    """Of the open lines so many that wait for their source; the rest is closed."""
    with prepare.admin(prepare.configured().main) as connection:
        connection.execute(
            "UPDATE remedies_docket SET closed_at = opened_at, outcome = 'neither' WHERE uid NOT IN"
            " (SELECT uid FROM remedies_docket WHERE state = 'forwarded' ORDER BY uid LIMIT %s)",
            [count],
        )


@contextmanager
def _law(*, holidays: Holidays, places: frozenset[str] = frozenset(), shorter: Matter | None = None) -> Iterator[None]:
    book = remedies.shipped_clocks()
    told = {
        code: replace(one, length=Length(1, Unit.WORKING_DAYS))
        for code, one in book.clocks.items()
        if one.matter is shorter
    }
    changed = ClockBook({**book.clocks, **told}, book.sources)
    with (
        mock.patch(f"{_LAW}.holidays_here", return_value=holidays),
        mock.patch(f"{_LAW}.clocks_here", return_value=changed),
        mock.patch(f"{_LAW}.settings.CHENGXIN_PLACES", places),
    ):
        yield
