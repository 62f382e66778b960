"""A ledger of a million entries, written by COPY through the seams of persons and records, sealed as intake seals."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from chengxin.foundation import keyring, keystore
from chengxin.foundation.copying import Same, bulk_cursor
from chengxin.foundation.database import INTAKE, in_transaction
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.documents import check_character
from chengxin.kernel.ids import new_ids, new_uid
from chengxin.persons import facade as persons
from chengxin.persons.actions.intake import NewPersons, new_person_rows
from chengxin.records.actions.append import content_rows, entry_rows

CHUNK = 2_000
"""Persons a transaction."""
MANY = 200
FEW = 10


@dataclass(frozen=True, slots=True)
class Held:
    """One person of the ledger and how many entries they have."""

    person_id: UUID
    entries: int


def fill(total: int, *, supplier: UUID, at: datetime, seed: int = 7) -> Iterator[Held]:
    """Write about ``total`` entries: everybody has ten, one person in a hundred two hundred. Yields whom it wrote."""
    rng = random.Random(seed)
    people = round(total / (0.99 * FEW + 0.01 * MANY))
    for first in range(0, people, CHUNK):
        yield from _chunk(range(first, min(first + CHUNK, people)), supplier, at, rng, PENALTIES)


def fill_licences(people: int, *, supplier: UUID, at: datetime, seed: int = 7) -> Iterator[Held]:
    """Write so many people with ten licences each, which an asker with consent may be told of."""
    rng = random.Random(seed)
    for first in range(0, people, CHUNK):
        yield from _chunk(range(first, min(first + CHUNK, people)), supplier, at, rng, LICENCES)


def number_of(n: int) -> str:
    """The practice number of the n-th person, with its check digit."""
    first = f"00{n // 1_000 % 10_000:04d}{1950 + n // 10_000_000}0101{n % 1_000:03d}"
    return first + check_character(first)


def _chunk(numbers: range, supplier: UUID, at: datetime, rng: random.Random, kind: Kind) -> list[Held]:
    held = [
        Held(person_id, MANY if kind.some_have_many and n % 100 == 99 else FEW)
        for n, person_id in zip(numbers, new_ids(len(numbers)), strict=True)
    ]
    keys_of = keystore.make_many("person", [one.person_id for one in held], alias="keys_intake")
    keys = [keys_of[one.person_id] for one in held]
    ring = keyring.current()
    texts = [number_of(n).encode() for n in numbers]
    identity, name = ring.indexer("identity"), ring.indexer("name")
    new = NewPersons(
        person=[one.person_id.bytes for one in held],
        kind=[1] * len(held),
        number=texts,
        name=["甲某某".encode()] * len(held),
        name_key=[name(b"01|" + text + b"|x")[:16] for text in texts],
        blinds={ring.index_version: [identity(b"01|" + text)[:16] for text in texts]},
    )
    batch = uuid4()
    payloads = new_person_rows(new, keys, source=persons.SELF_SOURCE, batch_id=batch, at=at)
    owners = [(one, key) for one, key in zip(held, keys, strict=True) for _ in range(one.entries)]
    entries = [entry.bytes for entry in new_ids(len(owners))]
    person = [one.person_id.bytes for one, _ in owners]
    decided = [date(2026, 1, 1) - timedelta(days=rng.randrange(700)) for _ in owners]
    contents = [kind.content(n, day) for n, day in enumerate(decided)]
    commit = ring.committer()
    payloads += entry_rows(
        {
            "person_id": b"".join(person),
            "entry_id": b"".join(entries),
            "version": Same(1),
            "uid": [new_uid() for _ in owners],
            "supplier": Same(supplier),
            "edition": Same(batch),
            "nature": Same(kind.nature),
            "act_class": Same(kind.act_class),
            "decided_on": decided,
            "act_on": Same(None),
            "final_on": [day + timedelta(days=183) for day in decided],
            "served_on": decided,
            "valid_from": Same(None),
            "valid_to": Same(None),
            "known_from": Same(at),
            "display_until": [day + timedelta(days=365) for day in decided] if kind.ends else Same(None),
            "retain_until": [day + timedelta(days=2000) for day in decided],
            "batch_id": Same(batch),
            "row_no": Same(1),
            "commitment": [commit(content) for content in contents],
            "item": Same(kind.item),
        }
    )
    payloads += content_rows(person, entries, [1] * len(owners), [key for _, key in owners], contents)
    with in_transaction(INTAKE), bulk_cursor(INTAKE) as cursor:
        for rows, encoded in payloads:
            rows.send(cursor, encoded)
    return held


def _penalty(n: int, decided: date) -> bytes:
    return canonical_json(
        {
            "CF_WSH": f"云市监罚〔{decided.year}〕{n}号",
            "CF_WFXW": "未按规定明码标价",
            "CF_SY": "当事人在经营场所销售商品，未按规定标明商品的品名和价格，经责令改正后仍未改正，情节一般。" * 2,
            "CF_YJ": "《中华人民共和国消费者权益保护法》第五十六条",
            "CF_CFLB": ["罚款"],
            "CF_NR": "罚款3000元",
            "CF_NR_FK": "0.300000",
            "CF_JDRQ": decided.isoformat(),
            "CF_CFJG": "云川市市场监督管理局",
        }
    )


def _licence(n: int, decided: date) -> bytes:
    return canonical_json(
        {
            "XK_XKWS": "食品经营许可决定书",
            "XK_WSH": f"云市监许〔{decided.year}〕{n}号",
            "XK_XKLB": "01",
            "XK_XKZS": "食品经营许可证",
            "XK_NR": "准予从事预包装食品销售、散装食品销售、特殊食品销售，经营场所和设施符合规定，从业人员健康证明齐全。"
            * 2,
            "XK_JDRQ": decided.isoformat(),
            "XK_YXQZ": decided.isoformat(),
            "XK_YXQZI": "2099-12-31",
            "XK_XKJG": "云川市市场监督管理局",
        }
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """What entries a ledger is filled with."""

    item: str
    nature: int
    act_class: int
    ends: bool
    some_have_many: bool
    content: Callable[[int, date], bytes]


PENALTIES = Kind("penalty_consumer", 2, 2, True, True, _penalty)
LICENCES = Kind("licence", 0, 0, False, False, _licence)


def moment() -> datetime:
    """The day on which the file is read: most of its entries count."""
    return datetime(2026, 6, 1, 4, tzinfo=UTC)
