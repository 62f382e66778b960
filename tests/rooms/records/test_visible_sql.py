"""The SQL form of ``visible`` and the rule agree on every combination of facts (F5)."""

from __future__ import annotations

import functools
import itertools
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connections, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chengxin.foundation import keyring
from chengxin.foundation.database import as_person
from chengxin.kernel.ids import new_id, new_ids
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.models import Statement
from chengxin.records.queries import statement_aad
from chengxin.records.rules.silence import lapses_on
from chengxin.records.rules.visible import appealed_until, effective, status
from chengxin.records.terms import EntryFacts, MarkKind, MarkView, Status
from tests.entries import give_entry, in_catalogue
from tests.people import NOW, Someone, make_person
from tests.records import CLOCKS, DATED, day, mark_on, term_stories
from tests.sources import confirm_name

if TYPE_CHECKING:
    from collections.abc import Iterator


TODAY = date(2026, 6, 1)
EARLIER, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
DECIDED = TODAY - timedelta(days=30)
KNOWN, GONE = "SQL-KNOWN", "SQL-GONE"
MARKS = list(MarkKind)


def stories() -> Iterator[tuple[MarkKind, ...]]:
    """Orders of marks worth trying: none, each alone, each pair in both orders, and longer ones drawn by a fixed seed."""
    yield ()
    yield from ((kind,) for kind in MARKS)
    yield from itertools.permutations(MARKS, 2)
    rng = random.Random(20260601)
    for _ in range(200):
        yield tuple(rng.choices(MARKS, k=rng.randint(3, 6)))


def combinations() -> Iterator[tuple[dict[str, object], tuple[MarkKind, ...]]]:
    """Every combination of the facts that are not marks, with the stories dealt round; every story with a plain entry,
    served by its supplier and not."""
    told = list(stories())
    rng = random.Random(1)
    for nature, newest, recalled, confirmed, item, display, retain, served, final in itertools.product(
        (0, 1, 2),
        (True, False),
        (True, False),
        (True, False),
        (KNOWN, GONE),
        (EARLIER, TODAY, LATER),
        (TODAY, LATER),
        (None, EARLIER, LATER),
        (None, EARLIER, LATER),
    ):
        facts: dict[str, object] = {
            "nature": nature,
            "newest": newest,
            "recalled": recalled,
            "confirmed": confirmed,
            "item": item,
            "display": display,
            "retain": retain,
            "served": served,
            "final": final,
            "told_final": rng.choice((EARLIER, TODAY, LATER)),
            "lapses": rng.choice((None, EARLIER, TODAY, LATER)),
        }
        yield facts, ()
        yield facts, rng.choice(told)
    plain: dict[str, object] = {
        "nature": 2,
        "newest": True,
        "recalled": False,
        "confirmed": True,
        "item": KNOWN,
        "display": LATER,
        "retain": LATER,
        "served": EARLIER,
        "final": EARLIER,
        "told_final": TODAY,
        "lapses": TODAY,
    }
    for story in told:
        yield plain, story
        yield {**plain, "lapses": LATER}, story
        for served in (None, LATER):
            # without the supplier's proof of service, ours decides
            yield {**plain, "served": served}, story
            for final, told_final in ((None, TODAY), (None, LATER), (LATER, EARLIER), (EARLIER, LATER)):
                yield {**plain, "served": served, "final": final, "told_final": told_final}, story


def test_rule_and_sql_agree_on_every_combination() -> None:
    someone = make_person()
    good, unknown_name = uuid4(), uuid4()
    confirm_name(someone, good)
    recalled_batch, batch = uuid4(), uuid4()
    prepare_reference(recalled_batch)
    expected: dict[UUID, Status] = {}
    stated: set[UUID] = set()
    entries: list[tuple[Any, ...]] = []
    marks: list[tuple[Any, ...]] = []
    cases = list(combinations())
    for (facts, story), entry_id in zip(cases, new_ids(len(cases), NOW - timedelta(days=20)), strict=True):
        supplier = good if facts["confirmed"] else unknown_name
        uid = uuid4()
        in_batch = recalled_batch if facts["recalled"] else batch
        for version in (1,) if facts["newest"] else (1, 2):
            row_batch = in_batch if version == 1 else batch
            entries.append(entry_row(someone.person_id, entry_id, version, uid, supplier, row_batch, facts))
        for mark_id, kind in zip(new_ids(len(story), NOW - timedelta(days=10)), story, strict=True):
            approver = uuid4() if kind is MarkKind.READMITTED else None
            final = facts["told_final"] if kind is MarkKind.SERVED else None
            lapses = facts["lapses"] if kind in DATED else None
            marks.append(
                (
                    someone.person_id,
                    mark_id,
                    entry_id,
                    1,
                    uuid4(),
                    int(kind),
                    NOW,
                    "person" if kind is MarkKind.STATEMENT_ENDED else "system",
                    uuid4(),
                    approver,
                    "test",
                    final,
                    lapses,
                    clock_of(kind),
                )
            )
        expected[uid] = status(facts_of(facts, story), TODAY)
        if MarkKind.STATED in effective(story) and expected[uid] is not Status.DISPOSED:
            stated.add(uid)
    insert(entries, marks)
    said_of_all(someone, {(entry[1], entry[2]) for entry in entries})

    with as_person(someone.person_id):
        read = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
    found = {entry.uid: entry.status for entry in read if entry.version == 1}
    # the one of a pair of marks that counts says too whether a statement stands
    assert {entry.uid for entry in read if entry.version == 1 and entry.statement} == stated
    differing = {uid: (found[uid], expected[uid]) for uid in expected if found[uid] is not expected[uid]}
    assert not differing, list(differing.values())[:5]
    assert set(found.values()) == set(Status) - {Status.ERASED}


def said_of_all(someone: Someone, versions: set[tuple[UUID, int]]) -> None:
    """A statement lies beside every entry; whether it stands, the marks say."""
    key = persons.key_of(someone.person_id)
    assert key is not None
    seal, rows = keyring.current().suite.seal, []
    for entry_id in {entry_id for entry_id, _ in versions}:
        statement_id = new_id(NOW)
        sealed = seal(key, b"said", statement_aad(someone.person_id, entry_id, statement_id))
        rows.append(
            Statement(
                person_id=someone.person_id, entry_id=entry_id, statement_id=statement_id, version=1, at=NOW,
                by_kind="person", sealed=sealed,
            )
        )  # fmt: skip
    with as_person(someone.person_id):
        Statement.objects.bulk_create(rows)


def clock_of(kind: MarkKind) -> UUID | None:
    return CLOCKS[0] if kind is MarkKind.CLOCK_MOVED else None


def facts_of(facts: dict[str, object], story: tuple[MarkKind, ...]) -> EntryFacts:
    day_of: date | None = facts["lapses"]  # type: ignore[assignment]
    views = [MarkView(kind, NOW, "test", uuid4(), day_of if kind in DATED else None, clock_of(kind)) for kind in story]
    return EntryFacts(
        adverse=facts["nature"] == 2,
        published_by_law=False,
        newest=bool(facts["newest"]),
        erased=False,
        recalled=bool(facts["recalled"]),
        confirmed=bool(facts["confirmed"]),
        catalogued=facts["item"] == KNOWN,
        display_until=facts["display"],  # type: ignore[arg-type]
        retain_until=facts["retain"],  # type: ignore[arg-type]
        served_on=facts["served"],  # type: ignore[arg-type]
        final_on=facts["final"],  # type: ignore[arg-type]
        marks=effective(story),
        told_on=TODAY if MarkKind.SERVED in story else None,
        told_final=facts["told_final"] if MarkKind.SERVED in story else None,  # type: ignore[arg-type]
        lapses_on=lapses_on(views),
        appealed_until=appealed_until(views),
    )


def entry_row(
    person_id: UUID, entry_id: UUID, version: int, uid: UUID, supplier: UUID, batch: UUID, facts: dict[str, object]
) -> tuple[object, ...]:
    return (
        person_id,
        entry_id,
        version,
        uid,
        facts["item"],
        supplier,
        uuid4(),
        facts["nature"],
        1 if facts["nature"] == 2 else 0,
        DECIDED,
        None,
        facts["final"],
        facts["served"],
        None,
        None,
        NOW - timedelta(days=15),
        facts["display"],
        facts["retain"],
        batch,
        1,
        b"commitment",
    )


def insert(entries: list[tuple[object, ...]], marks: list[tuple[object, ...]]) -> None:
    with transaction.atomic(using="intake"), connections["intake"].cursor() as cursor:
        cursor.executemany(f"INSERT INTO records_entry VALUES ({', '.join(['%s'] * 21)})", entries)
        cursor.executemany(f"INSERT INTO records_mark VALUES ({', '.join(['%s'] * 14)})", marks)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(term_stories(), st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=1, max_size=3))
@example([mark_on(1, MarkKind.CLOCK_MOVED, 10), mark_on(2, MarkKind.CLOCK_MOVED, clock=CLOCKS[1])], [(20, 0)])
@example([mark_on(1, MarkKind.APPEALED), mark_on(2, MarkKind.APPEAL_ENDED, 10)], [(9, 0), (10, 0), (9, 2)])
def test_rule_and_sql_agree_on_what_ends_by_a_day_whenever_it_is_asked(
    marks: list[MarkView], asked: list[tuple[int, int]]
) -> None:
    """Marks on different days, asked about on a day as known on the same one or another."""
    someone = the_one()
    entry_id, uid = give_entry(
        someone, item=SHOWN, supplier=SPEAKS, known_from=moment(-30), final_on=day(-20), display_until=day(400)
    )
    rows: list[tuple[object, ...]] = [
        (someone.person_id, new_id(one.at), entry_id, 1, one.uid, int(one.kind), one.at,
         "person" if one.kind is MarkKind.STATEMENT_ENDED else "system", uuid4(),
         uuid4() if one.kind is MarkKind.READMITTED else None, "test", day(-20) if one.kind is MarkKind.SERVED else None,
         one.lapses_on, one.clock)
        for one in marks
    ]  # fmt: skip
    insert([], rows)
    for shown, after in asked:
        shown_at, known_at = moment(shown), moment(shown + after)
        known = [one for one in marks if one.at <= known_at]
        expected = status(
            replace(
                SERVED,
                marks=effective([one.kind for one in known]),
                lapses_on=lapses_on(known),
                appealed_until=appealed_until(known),
            ),
            day(shown),
        )
        with as_person(someone.person_id):
            entries = records.entries_with_any_status(someone.person_id, shown_at=shown_at, known_at=known_at)
        (found,) = [entry for entry in entries if entry.uid == uid]
        assert (found.status, found.lapses_on) == (expected, lapses_on(known))
        assert [(one.kind, one.at, one.lapses_on) for one in found.marks] == [
            (one.kind, one.at, one.lapses_on) for one in known
        ]


SHOWN, SPEAKS = "SQL-SHOWN", uuid4()
SERVED = EntryFacts(
    adverse=True,
    published_by_law=False,
    newest=True,
    erased=False,
    recalled=False,
    confirmed=True,
    catalogued=True,
    display_until=day(400),
    retain_until=date(2030, 11, 3),
    served_on=day(-200),
    final_on=day(-20),
    marks=frozenset(),
)


def moment(number: int) -> datetime:
    """Noon of a day of the story."""
    return mark_on(number, MarkKind.FROZEN, seconds=43_200).at


@functools.cache
def the_one() -> Someone:
    """Somebody of whom all stories are told, in a city that knows the item."""
    someone = make_person()
    in_catalogue(SHOWN)
    confirm_name(someone, SPEAKS)
    return someone


def prepare_reference(recalled_batch: UUID) -> None:
    """One item in today's edition, one only in last year's; one recalled batch."""
    in_catalogue(KNOWN)
    in_catalogue(GONE, until=TODAY)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_recall (batch_id, uid, at, reason, organisation_id, asked_by, approved_by)"
            " VALUES (%s, %s, %s, 'test', %s, %s, %s)",
            [recalled_batch, uuid4(), NOW, uuid4(), uuid4(), uuid4()],
        )
