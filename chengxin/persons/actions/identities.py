"""Creating and confirming identities, linking accounts."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from chengxin.foundation import journal, keyring, keystore, outbox
from chengxin.foundation.accounts import delete_resident_accounts
from chengxin.foundation.database import as_person, with_account, with_keys
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.persons.models import (
    AccountLink,
    BindingCode,
    Document,
    IdentityKey,
    Name,
    Person,
    Source,
)
from chengxin.persons.queries import identities as queries
from chengxin.persons.rules.mandates import only_oneself
from chengxin.persons.terms import CODE_LIFE, KIND_CODES, Assurance, SourceKind, codes_a_day

if TYPE_CHECKING:
    from datetime import datetime

    from chengxin.foundation.actors import Actor

ACCOUNT_BOUND = "account_bound"
"""Kind of the notice that an account was bound: it reaches every address of its person, a letter's included."""

SELF_SOURCE = UUID("00000000-0000-4000-8000-000000000001")
"""The source id under which a person's own proven name stands."""


def source_id_of(name: str) -> UUID:
    """A stable id for an outside source that is no organisation of ours, such as a sign-in service."""
    return uuid5(SELF_SOURCE, name)


def create_person(
    *,
    actor: Actor,
    kind: str,
    number: str,
    name: str,
    source_id: UUID,
    source_kind: SourceKind,
    at: datetime,
    reason: str,
) -> UUID:
    """A new person with one document and one name. The key is durable before the first row (F7)."""
    person_id = new_id(at)
    key = keystore.make_many("person", [person_id], alias="keys")[person_id]
    with as_person(person_id):
        Person.objects.create(person_id=person_id, made_at=at)
        Document.objects.create(
            person_id=person_id,
            document_id=new_id(at),
            kind=KIND_CODES[kind],
            sealed=keyring.current().suite.seal(key, number.encode(), queries.sealed_document_aad(person_id)),
            made_at=at,
        )
        for version, index in queries.blind_indexes(kind, number).items():
            IdentityKey.objects.create(
                blind_index=index, kind=KIND_CODES[kind], person_id=person_id, key_version=version, made_at=at
            )
        name_key = _add_name(person_id, key, kind, number, name, at)
        Source.objects.create(
            person_id=person_id, source_id=source_id, name_key=name_key, kind=int(source_kind), confirmed_at=at
        )
        journal.record(actor, "create_person", "person", new_uid(), at=at, reason=reason)
    return person_id


def person_for_verified_identity(
    *, kind: str, number: str, name: str, assurance: Assurance, source: str, actor: Actor, at: datetime
) -> UUID:
    """The person a sign-in service or a counter has just proven, made if they are not known yet.

    Their own proven name confirms the entries of suppliers that wrote the same name, and of no other (F2).
    """
    person_id = queries.person_by_document(kind, number)
    if person_id is None:
        return create_person(
            actor=actor,
            kind=kind,
            number=number,
            name=name,
            source_id=SELF_SOURCE,
            source_kind=SourceKind.SELF,
            at=at,
            reason=f"proven by {source} ({assurance.value})",
        )
    with as_person(person_id):
        key = queries.key_of(person_id)
        if key is None:
            raise Refusal(Refused("person_erased", "个人信息保护法 47"))
        name_key = _add_name(person_id, key, kind, number, name, at)
        Source.objects.get_or_create(
            person_id=person_id,
            source_id=SELF_SOURCE,
            name_key=name_key,
            defaults={"kind": int(SourceKind.SELF), "confirmed_at": at},
        )
    return person_id


def _add_name(person_id: UUID, key: bytes, kind: str, number: str, name: str, at: datetime) -> bytes:
    name_keys = queries.name_keys(kind, number, name)
    known = {bytes(found) for found in Name.objects.filter(person_id=person_id).values_list("name_key", flat=True)}
    for name_key in name_keys:
        if name_key in known:
            return name_key
    name_key = queries.name_key(kind, number, name)
    Name.objects.create(
        person_id=person_id,
        name_key=name_key,
        sealed=keyring.current().suite.seal(key, name.encode(), queries.sealed_name_aad(person_id)),
        made_at=at,
    )
    return name_key


def link_account(
    *, account_id: UUID, person_id: UUID, assurance: Assurance, actor: Actor, at: datetime, reason: str
) -> None:
    """Let an account sign in as a person. An account belongs to one person for ever."""
    with with_account(account_id):
        link, made = AccountLink.objects.get_or_create(
            account_id=account_id,
            defaults={"person_id": person_id, "assurance": assurance.value, "linked_at": at},
        )
        if not made and link.person_id != person_id:
            require(Refused("account_of_another", "F12"))
        journal.record(actor, "link_account", "account", account_id, at=at, reason=reason)


def issue_binding_code(
    *, actor: Actor, kind: str, number: str, name: str, at: datetime, reason: str
) -> tuple[str, UUID]:
    """A one-time code for a person who stood at the counter with the document. Returns the code and the person.

    Shown once, 24 hours valid, kept as a digest. The official never learns whether the person was known before.
    """
    if actor.official_id is None:
        raise Refusal(Refused("official_needed", "F12"))
    most = codes_a_day(shanghai_day(at))
    if queries.codes_issued(actor.official_id, at) >= most:
        require(Refused("codes_of_the_day_used", "F12", {"most": str(most)}))
    person_id = person_for_verified_identity(
        kind=kind, number=number, name=name, assurance=Assurance.COUNTER, source="counter", actor=actor, at=at
    )
    if actor.account_id is not None and queries.person_of_account(actor.account_id) == person_id:
        require(Refused("own_identity", "F12"))
    raw = secrets.token_hex(10).upper()
    code = "-".join(raw[i : i + 5] for i in range(0, 20, 5))
    with as_person(person_id):
        BindingCode.objects.create(
            code_hash=queries.code_hash(code),
            person_id=person_id,
            made_at=at,
            expires_at=at + CODE_LIFE,
            made_by=actor.official_id,
        )
        journal.record(actor, "issue_binding_code", "account", new_uid(), at=at, reason=reason)
    return code, person_id


def redeem_binding_code(*, code: str, account_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Bind an account with a code from the counter. Raises Refusal for a code that is wrong, used or too old."""
    code_hash = queries.code_hash(code)
    with with_keys([code_hash]):
        taken = BindingCode.objects.filter(code_hash=code_hash, used_at__isnull=True, expires_at__gt=at).update(
            used_at=at
        )
        if not taken:
            require(Refused("binding_code_unknown", "F12"))
        person_id = BindingCode.objects.values_list("person_id", flat=True).get(code_hash=code_hash)
        link_account(
            account_id=account_id,
            person_id=person_id,
            assurance=Assurance.COUNTER,
            actor=actor,
            at=at,
            reason="code from the counter",
        )
        with as_person(person_id):
            outbox.tell(person_id=person_id, kind=ACCOUNT_BOUND, subject_kind="account", subject_id=account_id, at=at)
    return person_id


def end_account(*, actor: Actor, person_id: UUID, account_id: UUID, at: datetime, reason: str) -> None:
    """End an account that signs in as its person, at their own wish: link, sessions and second factors go with it.

    Raises NotFound for an account of another, Refusal for the one they are signed in with.
    """
    require(only_oneself(acts_for_another=actor.mandate is not None))
    if actor.person_id != person_id:
        require(Refused("not_your_file", "个人信息保护法 45"))
    if actor.account_id == account_id:
        require(Refused("account_in_use", "F12"))
    with as_person(person_id):
        gone, _ = AccountLink.objects.filter(person_id=person_id, account_id=account_id).delete()
        if not gone:
            raise NotFound(thing="account")
        delete_resident_accounts([account_id])
        journal.record(actor, "end_account", "account", account_id, at=at, reason=reason)
