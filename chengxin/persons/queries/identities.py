"""Every read of identities. Look-up is by keyed number alone: nobody is found by name."""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from django.db import connections

from chengxin.foundation import ciphers, keyring, keystore
from chengxin.foundation.database import Reading, about, as_person, rows_of, with_account, with_keys
from chengxin.foundation.models import Journal
from chengxin.kernel.days import SHANGHAI, shanghai_day
from chengxin.kernel.documents import normalise_number
from chengxin.kernel.names import normalise_name
from chengxin.persons.models import AccountLink, Erasure, Source
from chengxin.persons.models import Contact as ContactRow
from chengxin.persons.models import Document as DocumentRow
from chengxin.persons.models import Name as NameRow
from chengxin.persons.rules import identities as rules
from chengxin.persons.terms import (
    KIND_CODES,
    Assurance,
    BoundAccount,
    Contact,
    ContactKind,
    Document,
    Identity,
    SourceFact,
    SourceKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from chengxin.foundation.database import Row

INDEX_BYTES = 16
ISSUE = "issue_binding_code"
"""The act under which the journal counts codes from a counter."""
_BY_INDEX: Final = """
    SELECT blind_index, kind, person_id FROM persons_identity_key
     WHERE blind_index = ANY (%(indexes)s::bytea[]) AND kind = ANY (%(kinds)s::int2[])
"""
_BY_ONE_INDEX: Final = """
    SELECT blind_index, kind, person_id FROM persons_identity_key
     WHERE blind_index = (%(indexes)s::bytea[])[1] AND kind = (%(kinds)s::int2[])[1]
"""
"""The same for one: `database.about` says why."""
_SOURCES: Final = """
    SELECT person_id, source_id, kind, name_key FROM persons_source
     WHERE person_id = ANY (%(persons)b::uuid[]) AND confirmed_at <= %(known_at)s
"""
_NAMES: Final = "SELECT person_id, name_key FROM persons_name WHERE person_id = ANY (%(persons)b::uuid[])"

KINDS = {code: kind for kind, code in KIND_CODES.items()}


def identity_text(kind: str, number: str) -> bytes:
    """What is hashed for a look-up: kind and normalised number (F3)."""
    return f"{kind}|{normalise_number(number)}".encode()


def name_text(kind: str, number: str, name: str) -> bytes:
    """What is hashed for name agreement: number and normalised name together, never the name alone (F3)."""
    return f"{kind}|{normalise_number(number)}|{normalise_name(name)}".encode()


def blind_index(kind: str, number: str) -> bytes:
    """Keyed hash of a document under the current index key; 16 bytes."""
    return keyring.current().index(identity_text(kind, number), "identity")[:INDEX_BYTES]


def blind_indexes(kind: str, number: str) -> dict[int, bytes]:
    """The same under every index key that is alive, by key version; two while a key rotates (F3)."""
    found = keyring.current().index_all(identity_text(kind, number), "identity")
    return {version: index[:INDEX_BYTES] for version, index in found.items()}


def name_key(kind: str, number: str, name: str) -> bytes:
    """Keyed hash of number and name together; 16 bytes."""
    return keyring.current().index(name_text(kind, number, name), "name")[:INDEX_BYTES]


def name_keys(kind: str, number: str, name: str) -> list[bytes]:
    """The same under every index key that is alive."""
    found = keyring.current().index_all(name_text(kind, number, name), "name")
    return [key[:INDEX_BYTES] for key in found.values()]


def person_by_document(kind: str, number: str) -> UUID | None:
    """The person who owns this document, or None. The caller knows the number; the row policy asks for no more."""
    indexes = list(blind_indexes(kind, number).values())
    with with_keys(indexes), connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM persons_identity_key WHERE blind_index = ANY(%s) AND kind = %s",
            [indexes, KIND_CODES[kind]],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def persons_by_index(indexes: Iterable[bytes], kinds: Iterable[int]) -> Reading[dict[tuple[bytes, int], UUID]]:
    """(blind index, kind) -> the person who owns the document, those that are known alone. The keyed numbers must be set on the
    connection (`database.see_keys`)."""
    keyed, of_kinds = list(indexes), list(kinds)
    return Reading(
        _BY_ONE_INDEX if len(keyed) == len(of_kinds) == 1 else _BY_INDEX,
        {"indexes": keyed, "kinds": of_kinds},
        lambda rows: {(bytes(index), kind): person_id for index, kind, person_id in rows},
    )


def person_of_document_and_name(kind: str, number: str, name: str) -> UUID | None:
    """The person who owns this document and is called so, or None: a name alone, or one that does not agree, finds nobody."""
    person_id = person_by_document(kind, number)
    if person_id is None:
        return None
    with as_person(person_id):
        agrees = NameRow.objects.filter(person_id=person_id, name_key__in=name_keys(kind, number, name)).exists()
    return person_id if agrees else None


def person_of_account(account_id: UUID) -> UUID | None:
    """The person who signs in with this account, or None."""
    with with_account(account_id):
        return AccountLink.objects.filter(account_id=account_id).values_list("person_id", flat=True).first()


def accounts_of(person_id: UUID) -> list[UUID]:
    """The accounts of a person, who must be set on the connection."""
    return list(AccountLink.objects.filter(person_id=person_id).values_list("account_id", flat=True))


def bound_accounts(person_id: UUID) -> list[BoundAccount]:
    """The accounts that sign in as this person, oldest first. The person must be set on the connection."""
    rows = AccountLink.objects.filter(person_id=person_id).order_by("linked_at", "account_id")
    return [BoundAccount(row.account_id, row.linked_at, Assurance(row.assurance)) for row in rows]


def codes_issued(official_id: UUID, at: datetime) -> int:
    """How many one-time codes this official handed out on the Shanghai day of ``at``, by the journal."""
    return Journal.objects.filter(
        act=ISSUE, official_id=official_id, at__gte=datetime.combine(shanghai_day(at), time.min, SHANGHAI), at__lte=at
    ).count()


def sources_of(person_id: UUID, *, known_at: datetime) -> list[SourceFact]:
    """Who named this person, up to a moment. The person must be set on the connection."""
    rows = Source.objects.filter(person_id=person_id, confirmed_at__lte=known_at)
    return [SourceFact(row.source_id, SourceKind(row.kind), bytes(row.name_key)) for row in rows]


def confirmed_sources(person_id: UUID, *, known_at: datetime) -> frozenset[UUID]:
    """The sources whose name for the person is confirmed (F2)."""
    return rules.confirmed_sources(sources_of(person_id, known_at=known_at))


def confirmed_sources_of(person_ids: Sequence[UUID], *, known_at: datetime) -> Reading[dict[UUID, frozenset[UUID]]]:
    """The same for several persons, who must be set on the connection."""

    def made(rows: list[Row]) -> dict[UUID, frozenset[UUID]]:
        facts: dict[UUID, list[SourceFact]] = {person_id: [] for person_id in person_ids}
        for person_id, source_id, kind, keyed in rows:
            facts[person_id].append(SourceFact(source_id, SourceKind(kind), bytes(keyed)))
        return {person_id: rules.confirmed_sources(found) for person_id, found in facts.items()}

    return Reading(about(_SOURCES, len(person_ids)), {"persons": list(person_ids), "known_at": known_at}, made)


def names_of(person_ids: Sequence[UUID]) -> dict[UUID, set[bytes]]:
    """The keyed names of several persons, who must be set on the connection."""
    found: dict[UUID, set[bytes]] = {person_id: set() for person_id in person_ids}
    for person_id, keyed in rows_of(about(_NAMES, len(person_ids)), {"persons": list(person_ids)}):
        found[person_id].add(bytes(keyed))
    return found


def is_confirmed(person_id: UUID, *, known_at: datetime) -> bool:
    """Whether any name of the person is confirmed."""
    return bool(confirmed_sources(person_id, known_at=known_at))


def erasure_of(person_id: UUID) -> Erasure | None:
    """The record of the person's erasure, or None."""
    return Erasure.objects.filter(person_id=person_id).first()


def key_of(person_id: UUID) -> bytes | None:
    """The person's own key, opened; None once it is destroyed."""
    return keystore.load_many("person", [person_id], alias="keys").get(person_id)


def identity_of(person_id: UUID) -> Identity:
    """Names and documents of a person, opened. Empty where the key is gone. The person must be set on the connection."""
    key = key_of(person_id)
    if key is None:
        return Identity(person_id, (), ())
    names = [
        _opened(key, row.sealed, sealed_name_aad(person_id)).decode()
        for row in NameRow.objects.filter(person_id=person_id).order_by("made_at", "name_key")
    ]
    documents = [
        Document(
            KINDS[row.kind],
            _opened(key, row.sealed, sealed_document_aad(person_id)).decode(),
        )
        for row in DocumentRow.objects.filter(person_id=person_id).order_by("made_at", "document_id")
    ]
    return Identity(person_id, tuple(names), tuple(documents))


def contacts_of(person_id: UUID) -> list[Contact]:
    """Where the person wants to be told: the newest of each kind. The person must be set on the connection."""
    key = key_of(person_id)
    if key is None:
        return []
    newest = {row.kind: row for row in ContactRow.objects.filter(person_id=person_id).order_by("made_at", "contact_id")}
    found = [
        Contact(
            row.contact_id,
            ContactKind(row.kind),
            _opened(key, row.sealed, sealed_contact_aad(person_id)).decode(),
            row.verified_at,
        )
        for row in newest.values()
    ]
    return [contact for contact in found if contact.address]


def _opened(key: bytes, sealed: bytes | memoryview, aad: bytes) -> bytes:
    blob = bytes(sealed)
    return ciphers.suite_of(blob).open(key, blob, aad)


def sealed_name_aad(person_id: UUID) -> bytes:
    return b"persons_name|" + person_id.bytes


def sealed_document_aad(person_id: UUID) -> bytes:
    return b"persons_document|" + person_id.bytes


def sealed_contact_aad(person_id: UUID) -> bytes:
    return b"persons_contact|" + person_id.bytes


def code_hash(code: str) -> bytes:
    """Digest of a one-time code as it is stored; codes have 80 random bits, so no salt is needed."""
    return hashlib.sha256(code.replace("-", "").strip().upper().encode()).digest()
