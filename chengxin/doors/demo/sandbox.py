"""A client of one's own in the invented city: for trying the API out, with the city's two heads acting as they would."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengxin.doors.demo.city.offices import officials
from chengxin.doors.demo.founding import known_staff
from chengxin.doors.machine.credentials import issue_secret
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.practice import practice_org_code
from chengxin.offices import facade as offices
from chengxin.offices.terms import CLIENT_DAYS, Tier

WHY: Final = "试用接口 / to try the API"


@dataclass(frozen=True, slots=True)
class Practice:
    """What an integrator needs: id, secret, and the private key as base64 of its 32 bytes."""

    client_id: str
    secret: str
    key: str


def practice_client(kind: str, *, at: datetime) -> Practice:
    """Register a new asking organisation of this kind and a client of it that signs: proposed by one head, approved by the
    other. Practice instances alone hold the heads that this acts as."""
    staff = known_staff()
    first, second = (staff.acting(official.login, at) for official in officials()[:2])
    assert first.organisation_id is not None
    key = Ed25519PrivateKey.generate()
    with in_transaction():
        made = offices.register_organisation(
            actor=first,
            parent_id=first.organisation_id,
            name_zh="试用接口的单位",
            name_en="An organisation that tries the API",
            org_code=practice_org_code(random.SystemRandom()),
            tier=Tier.ASKER,
            kind=kind,
            contact="000-00000000",
            at=at,
            reason=WHY,
        )
        proposed = offices.propose_client(
            actor=first,
            organisation_id=made.id,
            name="试用接口 / sandbox",
            public_key=key.public_key().public_bytes_raw(),
            may_ask=True,
            may_supply=False,
            starts_on=shanghai_day(at),
            ends_on=shanghai_day(at) + timedelta(days=CLIENT_DAYS[-1].days),
            at=at,
            reason=WHY,
        )
        offices.approve_client(actor=second, client_uid=proposed.uid, at=at, reason=WHY)
        secret = issue_secret(actor=first, uid=proposed.uid, at=at, reason=WHY)
    return Practice(str(proposed.uid), secret, base64.b64encode(key.private_bytes_raw()).decode())
