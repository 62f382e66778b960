"""Remedies with a million entries and a million open cases: how soon a mark or a repair is everywhere, and a list there."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from bench import held, recalls
from bench.report import Figure
from chengxin.foundation import prepare
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.offices.terms import Role
from chengxin.records import facade as records
from chengxin.records.terms import Audience, EntryView, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Case, Deed
from chengxin.remedies.terms.workflows import Act
from tests import templates
from tests.catalogues import apply_shipped
from tests.making import make_city, make_official, make_organisation
from tests.remedies import FOR, OWN_WORDS

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "1000000"))
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
OFFICES = 40
PERSONS = 200
LISTS = 1_000
MARK_S, LIST_MS = 1.0, 50.0
_DOCKET = """
    INSERT INTO remedies_docket (uid, workflow, about_kind, item, organisation_id, supplier, state, turn, turn_of, opened_at,
                                 matter, due_on, provisional, outcome)
    SELECT gen_random_uuid(), 'objection', 'entry', 'penalty', (%(offices)s::uuid[])[1 + n %% %(many)s],
           (%(offices)s::uuid[])[1 + (n / 7) %% %(many)s], 'checking', 'platform', (%(offices)s::uuid[])[1 + n %% %(many)s],
           %(at)s::timestamptz - make_interval(hours => (n %% 700)::int), 'objection_platform',
           %(day)s::date + ((hashint4(n::int) & 65535) %% 60), false, ''
      FROM generate_series(1, %(cases)s) AS n
"""


def measure() -> list[Figure]:
    """Five figures, in a city of its own."""
    with templates.copied("bench_remedies"):
        at = held.moment()
        apply_shipped(at=at)
        make_city(at=at)
        bureau = make_organisation(at=at)
        supplier, answerer = bureau.id, make_official(role=Role.SUPERVISOR_CLERK, organisation=bureau, at=at)
        people = list(held.fill(ENTRIES, supplier=supplier, at=at))
        offices = [uuid4() for _ in range(OFFICES)]
        _open_cases(offices, at)
        chosen = random.Random(5).sample([one for one in people if one.entries == held.FEW], PERSONS)
        entries = sum(one.entries for one in people)
        marked = _marked(chosen, supplier, answerer, at, entries)
        return [*marked, *recalls.measure(entries, at), _listed(offices, at)]


def _open_cases(offices: list[UUID], at: datetime) -> None:
    with prepare.admin(prepare.configured().main) as connection:
        connection.execute(
            _DOCKET, {"offices": offices, "many": OFFICES, "cases": CASES, "at": at, "day": shanghai_day(at)}
        )
        connection.execute("VACUUM ANALYZE")


def _confirm(chosen: list[held.Held], supplier: UUID) -> None:
    """The supplier wrote the very name that each person proved."""
    with prepare.admin(prepare.configured().main) as connection:
        connection.execute(
            "INSERT INTO persons_source (person_id, source_id, name_key, kind, confirmed_at)"
            " SELECT person_id, %s, name_key, 1, confirmed_at FROM persons_source WHERE person_id = ANY (%s)",
            [supplier, [one.person_id for one in chosen]],
        )


def _marked(chosen: list[held.Held], supplier: UUID, answerer: Actor, at: datetime, entries: int) -> list[Figure]:
    """From the submitted form until the ledger has told its person, an asker and the public what it now is; and a repair."""
    _confirm(chosen, supplier)
    objected, repaired = [], []
    for one in chosen:
        actor = Actor(kind="person", account_id=uuid4(), person_id=one.person_id)
        entry = next((entry for entry in _shown(one.person_id, at) if entry.status is Status.IN_FORCE), None)
        if entry is None:
            continue
        objected.append(
            _until(partial(_ask, actor, entry, "objection", at), one.person_id, entry.uid, Status.FROZEN, at)
        )
        case = _ask(actor, entry, "repair", at)
        repaired.append(_until(partial(_granted, answerer, case, at), one.person_id, entry.uid, Status.REPAIRED, at))
    how = (
        f"{entries:,} entries and {CASES:,} open cases held; {len(chosen)} persons one after the other, by the real actions. "
        "Timed until the entry's person, an asker and the public were each answered what it now is by the one decision that "
        "every output is made from; that each output says the same, and that it is one transaction, tests hold."
    )
    return [
        _soon("mark and freeze after an objection", objected, f"{MARK_S:.0f} s from submit to every output", how),
        _soon("stop of display, sharing and use after repair", repaired, "the same transaction", how),
    ]


def _soon(what: str, seconds: list[float], promise: str, how: str) -> Figure:
    p95 = statistics.quantiles(seconds, n=20)[18]
    return Figure(
        what=what,
        figure=f"{p95 * 1000:.0f}",
        unit="ms p95",
        promise=promise,
        kept=max(seconds) <= MARK_S,
        spread=f"median {statistics.median(seconds) * 1000:.0f}, slowest {max(seconds) * 1000:.0f} ms",
        how=how,
    )


def _until(act: Callable[[], object], person_id: UUID, uid: UUID, wanted: Status, at: datetime) -> float:
    began = time.perf_counter()
    act()
    (found,) = [one for one in _shown(person_id, at) if one.uid == uid]
    with as_person(person_id):
        for audience in (Audience.ASKER, Audience.PUBLIC):
            assert uid not in {one.uid for one in records.entries_for(person_id, audience, at=at)}
    took = time.perf_counter() - began
    assert found.status is wanted, found.status
    return took


def _shown(person_id: UUID, at: datetime) -> list[EntryView]:
    with as_person(person_id):
        return records.entries_with_any_status(person_id, shown_at=at, known_at=at)


def _ask(actor: Actor, entry: EntryView, workflow: str, at: datetime) -> Case:
    return remedies.open_case(
        actor=actor,
        person_id=entry.person_id,
        workflow=workflow,
        about=About(AboutKind.ENTRY, entry.uid),
        deed=Deed(reason=OWN_WORDS),
        at=at,
        reason="facts_wrong",
    )


def _granted(answerer: Actor, case: Case, at: datetime) -> Case:
    deed = Deed(reason="已经履行。", letter=FOR)
    return remedies.take_step(actor=answerer, uid=case.uid, act=Act.REPAIR, deed=deed, at=at, reason="bench")


def _listed(offices: list[UUID], at: datetime) -> Figure:
    rng, today, took = random.Random(9), shanghai_day(at), []
    for _ in range(LISTS):
        office, day = rng.choice(offices), today + timedelta(days=rng.randrange(1, 60))
        began = time.perf_counter()
        found = remedies.due_before(day, organisation_id=office)
        took.append((time.perf_counter() - began) * 1000)
        assert found
    p95 = statistics.quantiles(took, n=20)[18]
    return Figure(
        what="cases due before a day",
        figure=f"{p95:.1f}",
        unit="ms p95",
        promise=f"p95 {LIST_MS:.0f} ms",
        kept=p95 <= LIST_MS,
        spread=f"median {statistics.median(took):.1f}, slowest {max(took):.1f} ms",
        how=f"{CASES:,} open cases of {OFFICES} offices; the first 200 of one office, {LISTS} times",
    )
