"""Residents who can sign in, with entries of the shipped catalogue, for tests of a person's own pages."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chengxin.foundation import actors
from chengxin.foundation.models import Account
from chengxin.offices.terms import OrganisationView
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from tests.entries import give_entry
from tests.making import make_account, make_city, make_organisation
from tests.people import NOW, Someone, make_person
from tests.rooms.catalogue.making import approve, approver, keeper, propose, text_of
from tests.sources import confirm_name

if TYPE_CHECKING:
    from collections.abc import Mapping

FOUNDED = NOW - timedelta(days=100)
_numbers = itertools.count(11)


@dataclass(frozen=True)
class Resident:
    """Somebody with an account that is bound to them."""

    someone: Someone
    account: Account

    @property
    def person_id(self) -> UUID:
        return self.someone.person_id


def found_city_with_catalogue() -> OrganisationView:
    """The lead office, and the shipped national edition in force since some weeks before ``NOW``."""
    office = make_city(at=FOUNDED)
    approve(propose(text_of("national"), by=keeper(at=FOUNDED), at=FOUNDED), by=approver(at=FOUNDED), at=FOUNDED)
    return office


def make_resident(someone: Someone | None = None) -> Resident:
    """A new person, or this one, with a new account of their own."""
    someone, account = someone or make_person(), make_account(kind="resident")
    persons.link_account(
        account_id=account.id,
        person_id=someone.person_id,
        assurance=Assurance.COUNTER,
        actor=actors.system("test"),
        at=NOW,
        reason="made for a test",
    )
    return Resident(someone, account)


def make_supplier(kind: str = "market_regulation", name: str = "云川市市场监督管理局") -> OrganisationView:
    """An organisation that supplies entries."""
    return make_organisation(kind=kind, name=name, at=FOUNDED)


def give_penalty(
    resident: Resident,
    supplier: OrganisationView,
    *,
    act_class: int = 2,
    decided_on: date = date(2025, 11, 3),
    served_on: date | None = date(2025, 11, 5),
    final_on: date | None = date(2026, 5, 5),
    display_until: date = date(2026, 11, 3),
    confirmed: bool = True,
    version: int = 1,
    known_from: datetime = NOW - timedelta(days=60),
    entry: tuple[UUID, UUID] | None = None,
    batch_id: UUID | None = None,
    more: Mapping[str, str] | None = None,
) -> tuple[UUID, UUID]:
    """A fine of 3,000 yuan by ordinary procedure; general, final and in force unless the test says otherwise."""
    content: dict[str, Any] = {
        "CF_WSH": f"云市监罚〔2025〕{next(_numbers)}号",
        "CF_WFXW": "未明码标价",
        "CF_SY": "销售商品时没有标明价格，经责令改正后仍未改正。",
        "CF_YJ": "《中华人民共和国价格法》第四十二条",
        "CF_CFLB": "警告;罚款",
        "CF_NR": "警告，罚款3000元",
        "CF_NR_FK": "0.3",
        "CF_JDRQ": decided_on.isoformat(),
        "CF_CFJG": supplier.name_zh,
        "CF_CFJGDM": supplier.org_code,
        "CF_SJLY": supplier.name_zh,
        "CF_SJLYDM": supplier.org_code,
        "CX_XWDJ": ("none", "minor", "general", "serious")[act_class],
        "CX_DJYJ": "《市场监管信用等级标准》第三条",
        "CX_CXLX": "ordinary",
        **({"CX_SDRQ": served_on.isoformat(), "CX_SDFS": "mail"} if served_on else {}),
        **(more or {}),
    }
    return _give(
        resident,
        supplier,
        confirmed=confirmed,
        item="penalty",
        nature=2,
        act_class=act_class,
        decided_on=decided_on,
        served_on=served_on,
        final_on=final_on,
        display_until=display_until,
        retain_until=display_until.replace(year=display_until.year + 2),
        version=version,
        known_from=known_from,
        entry_id=entry[0] if entry else None,
        uid=entry[1] if entry else None,
        batch_id=batch_id,
        content=content,
    )


def give_honour(resident: Resident, supplier: OrganisationView) -> tuple[UUID, UUID]:
    """An honour of the charity law's kind, which its person may decline."""
    content = {
        "RY_MC": "云川市道德模范",
        "RY_SY": "二十年照顾邻居老人",
        "WSH": f"云文明〔2025〕{next(_numbers)}号",
        "RDRQ": "2025-10-01",
        "RDJG": supplier.name_zh,
        "RDJGDM": supplier.org_code,
        "LYDW": supplier.name_zh,
        "LYDWDM": supplier.org_code,
    }
    return _give(
        resident,
        supplier,
        item=HONOUR,
        nature=1,
        act_class=0,
        decided_on=date(2025, 10, 1),
        served_on=None,
        final_on=None,
        display_until=date(2030, 10, 1),
        retain_until=date(2031, 10, 1),
        content=content,
    )


def give_licence(resident: Resident, supplier: OrganisationView) -> tuple[UUID, UUID]:
    """A licence without end."""
    content = {
        "XK_XKWS": "食品经营许可决定书",
        "XK_WSH": f"云市监许〔2025〕{next(_numbers)}号",
        "XK_XKLB": "01",
        "XK_XKZS": "食品经营许可证",
        "XK_NR": "预包装食品销售",
        "XK_JDRQ": "2025-06-01",
        "XK_YXQZ": "2025-06-01",
        "XK_YXQZI": "2099-12-31",
        "XK_XKJG": supplier.name_zh,
        "XK_XKJGDM": supplier.org_code,
        "XK_ZT": "1",
        "XK_LYDW": supplier.name_zh,
        "XK_LYDWDM": supplier.org_code,
    }
    return _give(
        resident,
        supplier,
        item="licence",
        nature=0,
        act_class=0,
        decided_on=date(2025, 6, 1),
        served_on=None,
        final_on=None,
        display_until=None,
        retain_until=date(9999, 12, 31),
        content=content,
    )


def give_court_entry(resident: Resident, court: OrganisationView) -> tuple[UUID, UUID]:
    """A listing by a court."""
    content = {
        "caseCode": f"（2025）云01执{next(_numbers)}号",
        "courtName": court.name_zh,
        "CX_FYDM": court.org_code,
        "gistId": "（2024）云01民初8号",
        "regDate": "2025-09-01",
        "publishDate": "2025-11-03",
        "duty": "支付货款20000元",
        "performance": "全部未履行",
        "disruptTypeName": "able_but_refuses",
        "CX_LYDW": court.name_zh,
        "CX_LYDWDM": court.org_code,
    }
    return _give(
        resident,
        court,
        item="court_defaulter",
        nature=2,
        act_class=3,
        final_on=date(2025, 11, 3),
        display_until=date(2028, 11, 3),
        content=content,
    )


HONOUR = "honour_state"


def _give(resident: Resident, supplier: OrganisationView, *, confirmed: bool = True, **given: Any) -> tuple[UUID, UUID]:
    if confirmed:
        _confirm_once(resident, supplier)
    return give_entry(resident.someone, supplier=supplier.id, **given)


_confirmed: set[tuple[UUID, UUID]] = set()


def _confirm_once(resident: Resident, supplier: OrganisationView) -> None:
    if (resident.person_id, supplier.id) not in _confirmed:
        confirm_name(resident.someone, supplier.id)
        _confirmed.add((resident.person_id, supplier.id))
