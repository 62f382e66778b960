"""Machine clients of the invented city: registered by two people as any, and what their integrators keep, in one folder."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengxin.doors.machine.credentials import issue_secret
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import CLIENT_DAYS

if TYPE_CHECKING:
    from uuid import UUID

    from chengxin.foundation.actors import Actor
    from chengxin.offices.terms import ClientView

FILES: Final = ("client-id", "secret", "key")


@dataclass(frozen=True, slots=True)
class Practice:
    """What an integrator needs: id, secret, and the private key as base64 of its 32 bytes."""

    client_id: str
    secret: str
    key: str

    @property
    def seed(self) -> bytes:
        """The private key itself."""
        return base64.b64decode(self.key)


def register_machine(
    *, proposer: Actor, approver: Actor, organisation_id: UUID, name: str, at: datetime, reason: str
) -> tuple[ClientView, Practice]:
    """Register a client that asks and signs, for as long as one may be: proposed by one head, approved by another."""
    key = Ed25519PrivateKey.generate()
    with in_transaction():
        proposed = offices.propose_client(
            actor=proposer,
            organisation_id=organisation_id,
            name=name,
            public_key=key.public_key().public_bytes_raw(),
            may_ask=True,
            may_supply=False,
            starts_on=shanghai_day(at),
            ends_on=shanghai_day(at) + timedelta(days=CLIENT_DAYS[-1].days),
            at=at,
            reason=reason,
        )
        approved = offices.approve_client(actor=approver, client_uid=proposed.uid, at=at, reason=reason)
        secret = issue_secret(actor=proposer, uid=proposed.uid, at=at, reason=reason)
    return approved, Practice(str(proposed.uid), secret, base64.b64encode(key.private_bytes_raw()).decode())


def keep(practice: Practice, folder: Path) -> None:
    """Write id, secret and key into files that only their owner reads."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in zip(FILES, (practice.client_id, practice.secret, practice.key), strict=True):
        with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(content + "\n")


def kept(folder: Path) -> Practice | None:
    """What `keep` wrote there, or None."""
    if not all((folder / name).is_file() for name in FILES):
        return None
    return Practice(*((folder / name).read_text(encoding="utf-8").strip() for name in FILES))
