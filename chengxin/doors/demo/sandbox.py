"""A client of one's own in the invented city: for trying the API out, with the city's two heads acting as they would."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final

from chengxin.doors.demo.city.offices import officials
from chengxin.doors.demo.founding import known_staff
from chengxin.doors.demo.machines import Practice, register_machine
from chengxin.foundation.database import in_transaction
from chengxin.kernel.practice import practice_org_code
from chengxin.offices import facade as offices
from chengxin.offices.terms import Tier

WHY: Final = "试用接口 / to try the API"


def practice_client(kind: str, *, at: datetime) -> Practice:
    """Register a new asking organisation of this kind and a client of it that signs: proposed by one head, approved by the
    other. Practice instances alone hold the heads that this acts as."""
    staff = known_staff()
    first, second = (staff.acting(official.login, at) for official in officials()[:2])
    assert first.organisation_id is not None
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
        _, practice = register_machine(
            proposer=first, approver=second, organisation_id=made.id, name="试用接口 / sandbox", at=at, reason=WHY
        )
    return practice
