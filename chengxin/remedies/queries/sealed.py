"""What was said in a case, sealed under its person's key and bound to its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chengxin.foundation import ciphers, keyring
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.persons import facade as persons


def key_of(person_id: UUID) -> bytes:
    """The key of a person who is held here. Raises Refusal where they were erased."""
    key = persons.key_of(person_id)
    if key is None:
        raise Refusal(Refused("person_erased", "个人信息保护法 47"))
    return key


def seal(person_id: UUID, place: str, said: Mapping[str, Any]) -> bytes:
    """``place``: which row it stands in, e.g. ``event|<case>|3``."""
    return keyring.current().suite.seal(key_of(person_id), canonical_json(dict(said)), _bound_to(person_id, place))


def opened(person_id: UUID, place: str, sealed: bytes | memoryview) -> dict[str, Any]:
    """What was sealed there. Raises SealBroken for a row put in another's place."""
    blob = bytes(sealed)
    found: dict[str, Any] = json.loads(
        ciphers.suite_of(blob).open(key_of(person_id), blob, _bound_to(person_id, place))
    )
    return found


def _bound_to(person_id: UUID, place: str) -> bytes:
    return b"remedies|" + person_id.bytes + b"|" + place.encode()
