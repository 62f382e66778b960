"""What lies on the desks when a visitor comes: work that waits for a second person, asked for by a first one this morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from chengxin.access import facade as access
from chengxin.access.terms.asking import Question
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Operation
from chengxin.collection import facade as collection
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.offices import offices as city_offices
from chengxin.doors.demo.founding import TERM, WHY, Staff
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade
from chengxin.offices.terms import CLIENT_DAYS, Role

NEXT_EDITION: Final = (
    ("code: yunchuan-2026", "code: yunchuan-next"),
    ("general: {min: 3m, max: 9m", "general: {min: 3m, max: 8m"),
    ("none: {max: 3y", "none: {max: 2y"),
    ("云川市公共信用信息目录（2026年）", "云川市公共信用信息目录（下一版）"),
    (
        "Yunchuan catalogue of public credit information (2026)",
        "Yunchuan catalogue of public credit information (next)",
    ),
)
"""What the keeper would change: general penalties are to be shown a month less, the city's honours a year less."""

HELPER: Final = "corrected"
"""Who of the cast came to help at a fire: there is a licence to ask for."""
SILENT_CASES: Final = (("云公刑〔2026〕17号", True), ("云公刑〔2026〕21号", False))
"""Number of a criminal case, and whether silence over it was agreed to."""


def lay_out(staff: Staff, at: datetime) -> None:
    """A mandate, a machine, an edition, a recall, an emergency and an order of silence, each waiting for somebody of the cast."""
    _grant(staff, at)
    _propose_machine(staff, at)
    _propose(staff, at)
    _ask_recall(staff, at)
    _break_glass(staff, at)
    _ask_silence(staff, at)


def _grant(staff: Staff, at: datetime) -> None:
    first = staff.acting("head_one", at)
    lead = facade.organisation_by_code(city_offices()[0].code)
    account = Account.objects.create_user("cases_two", kind="official")
    newcomer = facade.appoint_official(
        actor=first, account_id=account.id, organisation_id=lead.id, name="孟远山", at=at, reason=WHY
    )
    facade.grant_mandate(
        actor=first,
        official_id=newcomer.id,
        role=Role.CASE_OFFICER,
        organisation_id=lead.id,
        starts_on=shanghai_day(at),
        ends_on=shanghai_day(at) + TERM,
        at=at,
        reason="异议增多，增加一名经办人 / more objections, one more officer",
    )


def _propose_machine(staff: Staff, at: datetime) -> None:
    """The bank's own head proposes; a head of the lead office approves."""
    head = staff.acting("head_bank", at)
    assert head.organisation_id is not None
    facade.propose_client(
        actor=head,
        organisation_id=head.organisation_id,
        name="诚安银行信用卡系统 / card system",
        public_key=None,
        may_ask=True,
        may_supply=False,
        starts_on=shanghai_day(at),
        ends_on=shanghai_day(at) + timedelta(days=CLIENT_DAYS[-1].days),
        at=at,
        reason="信用卡系统接入 / the card system is to ask by itself",
    )


def _propose(staff: Staff, at: datetime) -> None:
    text = catalogue.shipped_files()["yunchuan"].read_text(encoding="utf-8")
    for before, after in NEXT_EDITION:
        assert before in text, before
        text = text.replace(before, after)
    catalogue.propose_edition(
        actor=staff.acting("keeper", at),
        file_name="yunchuan-next.yaml",
        text=text,
        at=at,
        reason="缩短一般处罚和市级荣誉的展示期 / penalties and honours to be shown for less time",
        in_force_from=date(shanghai_day(at).year + 1, 1, 1),
    )


def _ask_recall(staff: Staff, at: datetime) -> None:
    clerk = staff.acting("clerk_market_regulation", at)
    batch = next(one for one in collection.batches_for(clerk, at, limit=200) if one.item == "trader_registration")
    collection.ask_recall(
        actor=clerk,
        batch_uid=batch.uid,
        at=at,
        reason="误报了尚未核准的登记 / registrations that were not approved yet",
    )


def _break_glass(staff: Staff, at: datetime) -> None:
    """A helper's licence, asked for at a fire: they were told, and a supervisor has two working days."""
    helper = cast.citizen(cast.resident(HELPER))
    access.ask(
        actor=staff.acting("inquirer_emergency", at),
        question=Question(
            purpose="rescue_on_site",
            operation=Operation.LOOK_UP,
            kind=helper.kind,
            number=helper.number,
            reason="仓库火灾，本人到场帮忙，需要马上核实能否操作 / a fire in a warehouse, who may run the machines",
        ),
        at=at,
    )


def _ask_silence(staff: Staff, at: datetime) -> None:
    """Two criminal cases of the police: for one another organisation agreed to silence, for one it is asked to."""
    inquirer, supervisor = staff.acting("inquirer_police", at), staff.acting("supervisor_access_two", at)
    for ref, agreed in SILENT_CASES:
        case = access.open_case(
            actor=inquirer,
            ref=ref,
            purpose="criminal_evidence",
            persons_most=1,
            at=at,
            reason="拒不执行判决案 / a judgment not obeyed",
        )
        (law,) = access.seal_laws_open(inquirer, at)
        order = access.ask_seal(
            actor=inquirer,
            case=case.uid,
            law=law.code,
            ends_on=shanghai_day(at) + timedelta(days=60),
            at=at,
            reason="侦查中，现在告诉会惊动他人 / under inquiry, telling now would warn others",
        )
        if agreed:
            access.decide_seal(
                actor=supervisor, uid=order.uid, approved=True, at=at, reason="符合规定 / as the law has it"
            )
