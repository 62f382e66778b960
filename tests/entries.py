"""Entries put straight into the ledger, for tests of what comes after intake. Their content is sealed as intake seals it."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connections, transaction

from chengxin.foundation import keyring, keystore
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.ids import new_id
from chengxin.records import facade as records
from tests.people import NOW, Someone

if TYPE_CHECKING:
    from collections.abc import Mapping

SUPPLIER = uuid4()
DECIDED = date(2025, 11, 3)
_rows = itertools.count(1)


def give_entry(
    someone: Someone,
    *,
    item: str = "TEST-01",
    nature: int = 2,
    act_class: int = 2,
    supplier: UUID = SUPPLIER,
    decided_on: date = DECIDED,
    served_on: date | None = DECIDED,
    final_on: date | None = date(2026, 5, 10),
    display_until: date | None = date(2026, 11, 3),
    retain_until: date = date(2030, 11, 3),
    known_from: datetime = NOW - timedelta(days=60),
    entry_id: UUID | None = None,
    uid: UUID | None = None,
    version: int = 1,
    batch_id: UUID | None = None,
    content: Mapping[str, Any] | None = None,
    free_text: str = "未按规定公示价格",
    valid_to: date | None = None,
) -> tuple[UUID, UUID]:
    """One version of an entry about someone. Returns (entry_id, uid)."""
    entry_id, uid = entry_id or new_id(known_from), uid or uuid4()
    number = f"云测罚〔2025〕{next(_rows)}号"
    told = dict(content) if content is not None else {"CF_WSH": number, "CF_SY": free_text}
    plain = canonical_json(told)
    key = keystore.load_many("person", [someone.person_id], alias="keys")[someone.person_id]
    sealed = keyring.current().suite.seal(key, plain, records.content_aad(someone.person_id, entry_id, version))
    row = (
        someone.person_id,
        entry_id,
        version,
        uid,
        item,
        supplier,
        uuid4(),
        nature,
        act_class,
        decided_on,
        None,
        final_on,
        served_on,
        None,
        valid_to,
        known_from,
        display_until,
        retain_until,
        batch_id or uuid4(),
        1,
        keyring.current().commit(plain),
    )
    with transaction.atomic(using="intake"), connections["intake"].cursor() as cursor:
        cursor.execute(f"INSERT INTO records_entry VALUES ({', '.join(['%s'] * len(row))})", row)
        cursor.execute(
            "INSERT INTO records_content (person_id, entry_id, version, sealed) VALUES (%s, %s, %s, %s)",
            [someone.person_id, entry_id, version, sealed],
        )
    return entry_id, uid


LONGEST = {0: None, 1: 3, 2: 12, 3: 36}
"""Display maximum in months by class, as in the shipped edition."""


def in_catalogue(item: str, *, until: date | None = None) -> None:
    """Say that an item stands in the edition in force, in every class, until a day."""
    edition = uuid4()
    with connections["owner"].cursor() as cursor:
        for act_class, months in LONGEST.items():
            cursor.execute(
                "INSERT INTO catalogue_display (edition_id, item_code, act_class, max_months, in_force_from, in_force_until)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [edition, item, act_class, months, date(2020, 1, 1), until],
            )
