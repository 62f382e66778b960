"""A fact typed into the columns of its item, as a careful clerk would: every item of the catalogue by its elements alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from chengxin.catalogue.terms import Item
from chengxin.doors.demo.city.deeds import filled, words
from chengxin.doors.demo.city.dice import Dice
from chengxin.doors.demo.city.facts import Fact
from chengxin.doors.demo.city.offices import Office
from chengxin.kernel.orgcodes import org_check_char

Row = dict[str, str]
"""Field code -> what stands in the cell; days in ISO form."""

_METHODS = ("直接送达", "直接送达", "邮寄送达", "电子送达", "留置送达")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a clerk has before them: the fact, the office that sends it, and the dice for what the fact leaves open."""

    fact: Fact
    sender: Office
    dice: Dice

    def theme(self, name: str) -> str:
        """A text of the theme, "" where the theme has none."""
        return str(self.fact.theme.get(name, ""))

    def told(self, name: str) -> str:
        """The same with its blanks filled in."""
        return filled(self.theme(name), self.dice, yuan=self.fact.yuan)


def typed(item: Item, desk: Desk) -> Row:
    """The row. An element that this city tells nothing of stays empty."""
    return {spec.code: CELLS[spec.element](desk) if spec.element in CELLS else "" for spec in item.fields}


def _penalties(desk: Desk) -> list[str]:
    return list(desk.fact.theme.get("penalties", ()))


def _penalty_words(desk: Desk) -> str:
    parts = [f"罚款{desk.fact.yuan}元" if kind == "罚款" else kind for kind in _penalties(desk)]
    return "，".join(parts) + "。"


def _wan(yuan: int) -> str:
    return f"{yuan / 10_000:.6f}".rstrip("0").rstrip(".")


def _fine(desk: Desk) -> str:
    return _wan(desk.fact.yuan) if "罚款" in _penalties(desk) else ""


def _confiscated(desk: Desk) -> str:
    return _wan(desk.dice.between(1, 60) * 20) if any(kind.startswith("没收") for kind in _penalties(desk)) else ""


def _licence_taken(desk: Desk) -> str:
    return "导游证 D-" + desk.fact.number[-6:] if "暂扣许可证件" in _penalties(desk) else ""


def _service(value: Callable[[Desk], str]) -> Callable[[Desk], str]:
    return lambda desk: value(desk) if desk.fact.served_on is not None else ""


def _class_basis(desk: Desk) -> str:
    graded = desk.fact.act_class in {"general", "serious"}
    return "《云川市行政处罚裁量基准》（虚构）第六条" if graded else ""


def _trader_code(desk: Desk) -> str:
    """Of an individual business (92), in the region of nobody; never twice, for the number of its document is not."""
    first17 = f"9200{int(''.join(filter(str.isdigit, desk.fact.number))) % 10**13:013}"
    return first17 + org_check_char(first17)


def _document_day(desk: Desk) -> str:
    return desk.fact.decided_on.isoformat()


CELLS: Final[Mapping[str, Callable[[Desk], str]]] = {
    "person.name": lambda desk: desk.fact.person.name,
    "person.party_kind": lambda desk: "自然人",
    "person.document_kind": lambda desk: desk.fact.person.kind,
    "person.document_number": lambda desk: desk.fact.person.number,
    "person.birth_date": lambda desk: (
        "" if desk.fact.person.kind in {"01", "05"} else desk.fact.person.birth_date.isoformat()
    ),
    "person.capacity": lambda desk: "法定代表人",
    "decision.title": lambda desk: desk.theme("title"),
    "decision.number": lambda desk: desk.fact.number,
    "decision.decided_on": _document_day,
    "decision.act_on": lambda desk: desk.fact.act_on.isoformat(),
    "decision.final_on": lambda desk: desk.fact.final_on.isoformat(),
    "decision.served_on": lambda desk: (desk.fact.served_on or desk.fact.decided_on).isoformat(),
    "decision.service_method": lambda desk: desk.dice.of(_METHODS),
    "decision.service_receipt": _service(lambda desk: f"回证{desk.fact.number}"),
    "decision.act_class": lambda desk: desk.fact.act_class,
    "decision.class_basis": _class_basis,
    "decision.procedure": lambda desk: "普通程序",
    "decision.legal_basis": lambda desk: desk.theme("law"),
    "decision.decider_name": lambda desk: desk.fact.decider.zh,
    "decision.decider_code": lambda desk: desk.fact.decider.code,
    "decision.state": lambda desk: "1",
    "decision.region": lambda desk: "云岭省",
    "source.name": lambda desk: desk.sender.zh,
    "source.code": lambda desk: desk.sender.code,
    "validity.from": _document_day,
    "validity.to": lambda desk: desk.fact.valid_to.isoformat(),
    "act.kind": lambda desk: desk.theme("kind"),
    "act.facts": lambda desk: desk.told("facts"),
    "penalty.kind": lambda desk: "；".join(_penalties(desk)),
    "penalty.content": _penalty_words,
    "penalty.fine": _fine,
    "penalty.confiscated": _confiscated,
    "penalty.licence": _licence_taken,
    "licence.kind": lambda desk: desk.theme("kind"),
    "licence.certificate": lambda desk: desk.theme("certificate"),
    "licence.number": lambda desk: f"YC{desk.fact.decided_on:%Y}{desk.dice.below(10**6):06}",
    "licence.content": lambda desk: desk.told("content"),
    "trader.name": lambda desk: f"云川市{desk.dice.of(words('shops'))}",
    "trader.code": _trader_code,
    "trader.scope": lambda desk: desk.told("scope"),
    "list.facts": lambda desk: desk.told("facts"),
    "list.organisation_name": lambda desk: desk.dice.of(words("firms")),
    "court.instrument_number": lambda desk: f"（{desk.fact.act_on.year}）云川民初{desk.dice.between(100, 9999)}号",
    "court.instrument_maker": lambda desk: desk.fact.decider.zh,
    "court.filed_on": lambda desk: (desk.fact.decided_on - timedelta(days=30)).isoformat(),
    "court.duty": lambda desk: desk.told("duty"),
    "court.performance": lambda desk: "全部未履行",
    "court.conduct": lambda desk: desk.theme("conduct"),
    "honour.name": lambda desk: desk.theme("name"),
    "honour.reason": lambda desk: desk.theme("reason"),
    "volunteer.project": lambda desk: desk.theme("project"),
    "volunteer.hours": lambda desk: f"{desk.dice.between(2, 80) / 2:g}",
    "donation.project": lambda desk: desk.theme("project"),
    "donation.receiver": lambda desk: desk.theme("receiver"),
    "commitment.kind": lambda desk: desk.theme("kind"),
    "commitment.content": lambda desk: desk.theme("content"),
    "commitment.state": lambda desk: desk.theme("state"),
    "title.name": lambda desk: desk.theme("title"),
    "title.field": lambda desk: desk.theme("field"),
    "title.number": lambda desk: f"ZC{desk.fact.number[-8:-1]}",
}
"""Element -> the cell. Remarks and display ends are not accepted or not read, so nobody types them."""


def again(row: Row, **cells: Any) -> Row:
    """The same row with some cells changed."""
    return {**row, **cells}
