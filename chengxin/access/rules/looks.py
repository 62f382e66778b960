"""What a look says of itself: its leaf, and the salted commitment that the proof log holds (F13)."""

from __future__ import annotations

import hashlib
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
    """The canonical text of a look. It names no person: the row it stands in belongs to one."""
    return canonical_json(
        {
            "leaf": LEAF,
            "uid": str(uid),
            "at": at.isoformat(),
            "actor": looker.kind,
            "official": _text(looker.official_id),
            "client": _text(looker.client_id),
            "organisation": _text(looker.organisation_id),
            "role": looker.role,
            "purpose": purpose,
            "operation": operation,
            "ground": list(ground),
            "consent": _text(consent),
            "case": case_ref,
            "emergency": emergency,
            "reason": reason,
            "opens": opens_at.isoformat() if opens_at else None,
            "request": request_key.hex(),
            "entries": [dict(entry) for entry in entries],
            "fields": list(fields),
            "outcome": outcome,
        }
    )


def commitment(salt: bytes, text: bytes) -> bytes:
    """SHA-256 over salt and leaf, 32 bytes. Without the salt it says nothing about the look."""
    return hashlib.sha256(b"\x00" + salt + text).digest()


def may_read_own(looker: Looker, person_id: UUID) -> Decision:
    """A person reads their own file and no other (个人信息保护法 45)."""
    if looker.kind == "person" and looker.person_id == person_id:
        return ALLOWED
    return Refused("not_your_file", "个人信息保护法 45")


def _text(uid: UUID | None) -> str | None:
    return None if uid is None else str(uid)
