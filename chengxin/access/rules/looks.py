"""What a look says of itself: its leaf, and the salted commitment that the proof log holds (F13)."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.decisions import ALLOWED, Decision, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from chengxin.access.terms import Looker

LEAF = "chengxin.look.v1"


def leaf(
    *,
    uid: UUID,
    at: datetime,
    looker: Looker,
    purpose: str,
    ground: tuple[str, str],
    case_ref: str,
    entries: Sequence[Mapping[str, str | int]],
    fields: Sequence[str],
    outcome: str,
    operation: str = "",
    consent: UUID | None = None,
    reason: str = "",
    emergency: bool = False,
    opens_at: datetime | None = None,
    request_key: bytes = b"",
) -> bytes:
    """The canonical text of a look (RFC 8785). It names no person: the row it stands in belongs to one.

    Written out member by member, in the order that RFC 8785 gives them: a batch has thousands.
    """
    first, client, ground_and_official, operation_and_office, why, role = _frame(
        looker, at.isoformat(), purpose, ground, operation
    )
    opens = _text(None if opens_at is None else opens_at.isoformat())
    text = (
        f'{first}{encode_basestring(case_ref)}{client}{_text(consent)},"emergency":{"true" if emergency else "false"}'
        f',"entries":{_list([dict(entry) for entry in entries])},"fields":{_list(list(fields))}'
        f"{ground_and_official}{opens}{operation_and_office}{encode_basestring(outcome)}{why}{encode_basestring(reason)}"
        f',"request":"{request_key.hex()}"{role}"{uid}"}}'
    )
    return text.encode()


@lru_cache(maxsize=64)
def _frame(
    looker: Looker, at: str, purpose: str, ground: tuple[str, str], operation: str
) -> tuple[str, str, str, str, str, str]:
    """What the looks of a batch have in common: the members between those that each has of its own. ``at`` as it is written: two
    moments are equal in two ways of writing them."""
    return (
        f'{{"actor":{_text(looker.kind)},"at":{_text(at)},"case":',
        f',"client":{_text(looker.client_id)},"consent":',
        f',"ground":[{_text(ground[0])},{_text(ground[1])}],"leaf":{_text(LEAF)},"official":{_text(looker.official_id)},"opens":',
        f',"operation":{_text(operation)},"organisation":{_text(looker.organisation_id)},"outcome":',
        f',"purpose":{_text(purpose)},"reason":',
        f',"role":{_text(looker.role)},"uid":',
    )


def commitment(salt: bytes, text: bytes) -> bytes:
    """SHA-256 over salt and leaf, 32 bytes. Without the salt it says nothing about the look."""
    return hashlib.sha256(b"\x00" + salt + text).digest()


def may_read_own(looker: Looker, person_id: UUID) -> Decision:
    """A person reads their own file and no other (个人信息保护法 45); who acts for another reads by their mandate."""
    if looker.kind == "person" and looker.person_id == person_id and not looker.role:
        return ALLOWED
    return Refused("not_your_file", "个人信息保护法 45")


def _text(value: object) -> str:
    return "null" if value is None else encode_basestring(str(value))


def _list(values: Sequence[object]) -> str:
    return canonical_json(values).decode() if values else "[]"
