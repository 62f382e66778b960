"""The city's bank: its program asked one of the cast for consent this morning, its inquirer refused another a loan."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered, Question
from chengxin.access.terms.consent import Choice
from chengxin.access.terms.uses import UseReport
from chengxin.catalogue.terms import Operation
from chengxin.doors.demo import machines
from chengxin.doors.demo.casting import signed_in
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.cast import Resident
from chengxin.doors.demo.founding import WHY, Staff
from chengxin.foundation import server
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day

FOLDER: Final = "demo-bank"
PURPOSE: Final = "credit_on_consent"
CUSTOMER: Final = "final"
"""Who of the cast has applied for a loan: there is a licence to agree to, and a penalty that need not be shown."""
LOAN: Final = "贷款申请 2026-17 / loan application 2026-17"
REFUSED: Final = "court"
"""Who of the cast agreed that the bank looks, and got no loan: what it read weighed against him, and he is told of it."""
REFUSED_LOAN: Final = "贷款申请 2026-11 / loan application 2026-11"
DECISION: Final = "诚安银贷审〔2026〕11号"


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


def refuse_a_loan(staff: Staff, at: datetime) -> None:
    """Asked for at the desk, agreed to, read, decided, and reported as the law has it: its person finds page and letter."""
    inquirer, person = staff.acting("inquirer_bank", at), signed_in(REFUSED, at)
    assert person.person_id is not None
    citizen = cast.citizen(cast.resident(REFUSED))
    access.ask_consent(
        actor=inquirer,
        asker=access.asker_of(inquirer, at=at),
        kind=citizen.kind,
        number=citizen.number,
        name=citizen.name,
        purpose=PURPOSE,
        scope=None,
        at=at,
        reason=REFUSED_LOAN,
    )
    with as_person(person.person_id):
        (asked,) = access.consents_of(person.person_id)
    access.give_consent(
        actor=person,
        person_id=person.person_id,
        uid=asked.uid,
        choice=Choice(asked.asked, once=True, ends_at=None),
        address=settings.CHENGXIN_ADDRESS,
        at=at,
        reason=WHY,
    )
    question = Question(PURPOSE, Operation.LOOK_UP, citizen.kind, citizen.number)
    answer = access.ask(actor=inquirer, question=question, at=at)
    assert isinstance(answer, Answered), answer
    report = UseReport(citizen.kind, citizen.number, answer.look, DECISION, shanghai_day(at))
    access.report_use(actor=inquirer, report=report, at=at, reason=REFUSED_LOAN)
