"""A million rows, a fifth of them name-sakes and near-numbers: how many entries stand with a person the row did not name.

The population is known from another supplier's file. Of the second file's rows a tenth carry a known person's name with
somebody else's number, and a tenth a number that differs from the person's own in one digit, its check digit made right.
Afterwards every entry is opened and held against the row it came from: number and name must be its person's own.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import connections

from bench import intake
from bench.cities import made
from bench.intake_file import people, write
from bench.report import Figure
from chengxin.catalogue import facade as catalogue
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, BatchView, Problem
from chengxin.foundation import ciphers, clock, jobs, keystore
from chengxin.foundation.actors import Actor
from chengxin.kernel.documents import check_character
from chengxin.kernel.names import normalise_name
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from tests.making import make_official

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
PEOPLE_SHARE = 0.3
CHUNK = 5_000


def measure(rows: int = ROWS) -> list[Figure]:
    """Hand both files in, then open every entry of the second and compare."""
    intake.FOLDER.mkdir(parents=True, exist_ok=True)
    known = people(int(rows * PEOPLE_SHARE), seed=5)
    named = list(_rows(known, rows))
    city: dict[str, object] = {}

    def fill() -> None:
        clerk, code = intake._found()
        other, other_code = intake._clerk()
        item = catalogue.item(intake.ITEM, intake.NOW.date())
        assert item is not None
        for actor, source, label, who in ((other, other_code, "everyone", known), (clerk, code, "mixed", named)):
            path = intake.FOLDER / f"namesakes-{label}.csv"
            write(path, item, source, intake.NOW.date(), who, len(who), f"云测〔2026〕{label}", seed=len(who))
            city[label] = _through(intake._hand_in(actor, path).uid, actor)
            path.unlink()

    with made("namesakes", fill):
        mixed = city["mixed"]
        assert isinstance(mixed, BatchView)
        opened, wrong = _hold_against(mixed.id, named, "云测〔2026〕mixed")
    counts = mixed.counts
    return [
        Figure(
            what="name-sakes and near-numbers",
            figure=str(wrong),
            unit="entries with a person the row did not name",
            promise="0",
            kept=wrong == 0 and opened == counts.accepted and counts.received == rows,
            how=(
                f"{rows:,} rows over {len(known):,} known persons, a fifth of them name-sakes and near-numbers:"
                f" {counts.accepted:,} accepted, {counts.quarantined:,} held for a check, {counts.refused:,} sent back;"
                f" {opened:,} entries opened and compared with their rows."
            ),
        )
    ]


def _through(uid: UUID, sender: Actor) -> BatchView:
    """Screen a batch to its end. So many wrong names stop it again and again, and another clerk than its sender lets it go on."""
    office = offices.organisation(sender.organisation_id) if sender.organisation_id else None
    another = make_official(role=Role.CLERK, organisation=office, at=intake.NOW)
    jobs.run_waiting(queues=["intake"])
    while (batch := collection.batch_by_uid(uid)).problem is Problem.MISMATCHES_CAPPED:
        collection.retry_batch(actor=another, uid=uid, at=clock.now(), reason="benchmark")
        jobs.run_waiting(queues=["intake"])
    assert batch.state is BatchState.ANSWERED, batch
    return batch


def _rows(known: list[tuple[str, str]], rows: int) -> Iterator[tuple[str, str]]:
    rng = random.Random(9)
    for _ in range(rows):
        number, name = rng.choice(known)
        chance = rng.random()
        if chance < 0.1:
            number, _ = rng.choice(known)
        elif chance < 0.2:
            number = _near(number, rng)
        yield number, name


def _near(number: str, rng: random.Random) -> str:
    """Another valid number, one digit of the sequence or the birthday away."""
    if rng.random() < 0.5:
        place = rng.choice((14, 15, 16))
        digit = str((int(number[place]) + rng.randrange(1, 10)) % 10)
        first = number[:place] + digit + number[place + 1 : 17]
    else:
        birth = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}") + timedelta(days=1)
        first = number[:6] + birth.strftime("%Y%m%d") + number[14:17]
    return first + check_character(first)


def _hold_against(batch: UUID, named: list[tuple[str, str]], prefix: str) -> tuple[int, int]:
    """How many entries of the batch were opened, and how many stand with the wrong person."""
    opened = wrong = 0
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT person_id FROM records_entry WHERE batch_id = %s GROUP BY person_id", [batch])
        everyone = [row[0] for row in cursor.fetchall()]
    for first in range(0, len(everyone), CHUNK):
        part = everyone[first : first + CHUNK]
        keys = keystore.load_many("person", part, alias="keys")
        numbers, names = _identities(part, keys)
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT c.person_id, c.entry_id, c.version, c.sealed FROM records_content c JOIN records_entry e"
                " USING (person_id, entry_id, version) WHERE e.batch_id = %s AND c.person_id = ANY(%s)",
                [batch, part],
            )
            for person_id, entry_id, version, sealed in cursor.fetchall():
                blob = bytes(sealed)
                aad = records.content_aad(person_id, entry_id, version)
                content = json.loads(ciphers.suite_of(blob).open(keys[person_id], blob, aad))
                row = int(content["CF_WSH"].removeprefix(prefix).removesuffix("号"))
                number, name = named[row - 1]
                opened += 1
                wrong += number not in numbers[person_id] or normalise_name(name) not in names[person_id]
    return opened, wrong


def _identities(part: list[UUID], keys: dict[UUID, bytes]) -> tuple[dict[UUID, set[str]], dict[UUID, set[str]]]:
    numbers: dict[UUID, set[str]] = {person_id: set() for person_id in part}
    names: dict[UUID, set[str]] = {person_id: set() for person_id in part}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT person_id, sealed FROM persons_document WHERE person_id = ANY(%s)", [part])
        for person_id, sealed in cursor.fetchall():
            blob = bytes(sealed)
            aad = persons.sealed_document_aad(person_id)
            numbers[person_id].add(ciphers.suite_of(blob).open(keys[person_id], blob, aad).decode())
        cursor.execute("SELECT person_id, sealed FROM persons_name WHERE person_id = ANY(%s)", [part])
        for person_id, sealed in cursor.fetchall():
            blob = bytes(sealed)
            aad = persons.sealed_name_aad(person_id)
            names[person_id].add(normalise_name(ciphers.suite_of(blob).open(keys[person_id], blob, aad).decode()))
    return numbers, names
