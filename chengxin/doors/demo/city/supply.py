"""Who sends what, when and in which form: the plan of all files of the city, from its founding to its today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["usual", "correction", "mistake"]
Form = Literal["csv", "jsonl", "xlsx"]
Headings = Literal["codes", "words", "own"]

CITY_AGE: Final = timedelta(days=200)
"""The city has kept records for so long, or since its catalogue began, if that is shorter."""
CATALOGUE_FROM: Final = date(2026, 5, 1)
"""The first day of the city's shipped edition."""
LEAST_AGE: Final = timedelta(days=20)
MOST_CORRECTED: Final = 200
"""A fifth of a correction disagrees on a name, and a clerk may guess at only so many in a day (F9)."""

_ONCE = (0.05,)
_SELDOM = (0.05, 0.5, 0.97)
_FALTERING = (0.05, 0.2, 0.35, 0.5, 0.65)
_MONTHLY = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97)
_BACKLOG: Final = 0.5
"""The first file of a supply holds so much of it."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One office's files of one item. `share`: rows per person of the city; `days`: place of a date form in `mess`."""

    item: str
    sender: str
    share: float
    when: tuple[float, ...] = _SELDOM
    form: Form = "csv"
    encoding: str = "utf-8"
    headings: Headings = "codes"
    days: int = 0


SUPPLIES: Final = (
    Supply("licence", "approval", 0.36, encoding="utf-8-sig"),
    Supply("trader_registration", "market_regulation", 0.06, _FALTERING, headings="words", days=1),
    Supply("penalty", "market_regulation", 0.08, _MONTHLY, encoding="gb18030", headings="words", days=1),
    Supply("penalty_unlicensed_trading", "east_market", 0.01, form="xlsx", headings="words"),
    Supply("penalty_unlicensed_trading", "west_market", 0.01, form="xlsx", days=2),
    Supply("penalty_unlicensed_trading", "river_market", 0.005, encoding="gb18030", days=4),
    Supply("penalty_road_transport", "transport", 0.05, encoding="gb18030", headings="own", days=3),
    Supply("penalty_tourism", "culture_tourism", 0.004, encoding="utf-8-sig", days=2),
    Supply("penalty_work_safety", "emergency", 0.006, days=4),
    Supply("penalty_health_staff", "health", 0.004, form="xlsx", headings="words", days=1),
    Supply("penalty_accounting", "fiscal", 0.003, encoding="gb18030", headings="words"),
    Supply("penalty_medical_fund", "medical_insurance", 0.004, form="jsonl"),
    Supply("penalty_pesticide", "agriculture", 0.004, encoding="gb18030", days=3),
    Supply("court_defaulter", "court", 0.015, form="jsonl", days=3),
    Supply("wage_arrears_list", "labour", 0.002, _ONCE),
    Supply("tax_violation_list", "tax", 0.001, _ONCE, encoding="utf-8-sig", headings="words"),
    Supply("professional_title", "labour", 0.05, _ONCE, encoding="gb18030", days=2),
    Supply("volunteer_service", "civil_affairs", 0.10, _MONTHLY, encoding="utf-8-sig", headings="words"),
    Supply("charity_donation", "civil_affairs", 0.02, _MONTHLY, form="xlsx"),
    Supply("city_honest_citizen", "civilisation", 0.006, form="xlsx", headings="words", days=3),
    Supply("city_commitment", "approval", 0.04, form="jsonl"),
)

OWN_HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CF_XDR_MC": "当事人姓名",
        "CF_XDR_LB": "当事人类型",
        "CF_XDR_ZJLX": "证件种类",
        "CF_XDR_ZJHM": "身份证号",
        "CF_WSH": "处罚文书编号",
        "CF_JDRQ": "决定日",
        "CF_NR_FK": "罚款（万元）",
        "CX_XWRQ": "违法行为发生日",
    }
)
"""What one office calls its columns: the clerk maps them once, and the mapping is kept."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file. `number` counts the city's files; `first_on`: no decision in it is older, None where old ones may be."""

    number: int
    supply: Supply
    kind: Kind
    delivered_on: date
    first_on: date | None
    rows: int
    of: int | None = field(default=None)
    """The number of the delivery that a correction corrects."""

    @property
    def file_name(self) -> str:
        """As the clerk would name it."""
        return f"{self.number:02}-{self.supply.sender}-{self.supply.item}-{self.delivered_on:%Y%m%d}.{self.supply.form}"

    @property
    def mapping(self) -> Mapping[str, str]:
        """Heading -> field code, where the clerk must say; nothing where the platform knows the headings."""
        return {zh: code for code, zh in OWN_HEADINGS.items()} if self.supply.headings == "own" else {}


def founded_on(today: date) -> date:
    """The day the city's records began."""
    return min(max(today - CITY_AGE, CATALOGUE_FROM), today - LEAST_AGE)


def plan(people: int, today: date) -> tuple[Delivery, ...]:
    """Every file, in the order of the days they are sent."""
    start = founded_on(today)
    drafts = [draft for supply in SUPPLIES for draft in _usual(supply, people, start, today)]
    drafts += _special(people, start, today)
    drafts.sort(key=lambda one: (one.delivered_on, one.supply.sender, one.supply.item, one.kind))
    numbered = [
        Delivery(n, d.supply, d.kind, d.delivered_on, d.first_on, d.rows) for n, d in enumerate(drafts, start=1)
    ]
    return tuple(_pointed(one, numbered) for one in numbered)


def _usual(supply: Supply, people: int, start: date, today: date) -> list[Delivery]:
    days = [start + (today - start) * place for place in supply.when]
    rest = (1 - _BACKLOG) / max(len(days) - 1, 1)
    found = []
    for place, day in enumerate(days):
        share = 1.0 if len(days) == 1 else _BACKLOG if place == 0 else rest
        since = None if place == 0 else days[place - 1]
        found.append(Delivery(0, supply, "usual", day, since, max(round(people * supply.share * share), 3)))
    return found


def _special(people: int, start: date, today: date) -> list[Delivery]:
    """A correction of the first penalties, and a file of volunteers that was a mistake and is taken back."""
    penalty = next(one for one in SUPPLIES if one.item == "penalty")
    volunteers = next(one for one in SUPPLIES if one.item == "volunteer_service")
    corrected, mistaken = start + (today - start) * 0.92, start + (today - start) * 0.94
    return [
        Delivery(0, penalty, "correction", corrected, None, min(max(people // 500, 24), MOST_CORRECTED)),
        Delivery(0, volunteers, "mistake", mistaken, None, max(people // 300, 24)),
    ]


def _pointed(one: Delivery, all_of_them: list[Delivery]) -> Delivery:
    if one.kind != "correction":
        return one
    first = next(other for other in all_of_them if other.kind == "usual" and other.supply == one.supply)
    return Delivery(one.number, one.supply, one.kind, one.delivered_on, one.first_on, one.rows, first.number)
