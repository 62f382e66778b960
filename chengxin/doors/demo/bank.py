"""The city's bank: its program is registered, and has asked one of the cast for consent this morning."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from chengxin.access import facade as access
from chengxin.doors.demo import machines
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.cast import Resident
from chengxin.doors.demo.founding import WHY, Staff
from chengxin.foundation import server
from chengxin.foundation.actors import Actor

FOLDER: Final = "demo-bank"
PURPOSE: Final = "credit_on_consent"
CUSTOMER: Final = "final"
"""Who of the cast has applied for a loan: there is a licence to agree to, and a penalty that need not be shown."""
LOAN: Final = "贷款申请 2026-17 / loan application 2026-17"


def bank_folder() -> Path:
    """Where the bank's program keeps its id, secret and key."""
    return server.state_folder() / FOLDER


def customer_called(name: str) -> Resident | None:
    """Somebody of the cast as the bank has them in its own books, by either form of the name; None for anybody else."""
    return next((one for one in cast.RESIDENTS if one.listed and name in (one.zh, one.en)), None)


def open_bank(staff: Staff, at: datetime) -> None:
    """Register the bank's program and let it ask."""
    head = staff.acting("head_bank", at)
    assert head.organisation_id is not None
    client, practice = machines.register_machine(
        proposer=head,
        approver=staff.acting("head_one", at),
        organisation_id=head.organisation_id,
        name="诚安银行信贷系统 / loan system",
        at=at,
        reason=WHY,
    )
    machines.keep(practice, bank_folder())
    program = Actor(
        kind="client", organisation_id=client.organisation_id, client_id=client.id, role="client", name=client.name
    )
    customer = cast.citizen(cast.resident(CUSTOMER))
    access.ask_consent(
        actor=program,
        asker=access.asker_of(program, at=at),
        kind=customer.kind,
        number=customer.number,
        name=customer.name,
        purpose=PURPOSE,
        scope=None,
        at=at,
        reason=LOAN,
    )
