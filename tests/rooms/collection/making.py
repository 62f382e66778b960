"""Suppliers, files and rows for the tests of collection: every file goes in through the real action and the real worker."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db import connections

from chengxin.catalogue import facade as catalogue
from chengxin.collection import facade as collection
from chengxin.collection.queries.batches import outcomes_of
from chengxin.collection.terms import BatchView, Channel, Outcome
from chengxin.foundation import clock, jobs
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView, Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import EntryView
from tests.making import make_official, make_organisation
from tests.people import NOW, invented_identity
from tests.rooms.catalogue.making import approve, propose, text_of

ITEM = "penalty"
Row = Mapping[str, str]
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Supplier:
    """An office that hands penalties in, and its clerk."""

    office: OrganisationView
    clerk: Actor

    def other_clerk(self, role: Role = Role.SUPERVISOR_CLERK) -> Actor:
        """Somebody else of the same office."""
        return make_official(role=role, organisation=self.office)


def make_supplier(kind: str = "market_regulation") -> Supplier:
    """A new office, in a city whose shipped editions are in force."""
    _editions_in_force(connections["default"].settings_dict["NAME"])
    office = make_organisation(kind=kind)
    return Supplier(office, make_official(role=Role.CLERK, organisation=office))


@cache
def _editions_in_force(database: str) -> None:
    for name in ("national", "yunchuan"):
        approve(propose(text_of(name)))
    catalogue.edition_on(NOW.date())


@dataclass(frozen=True)
class Decision:
    """A penalty as an office would decide it, with one field changed for each test."""

    number: str
    name: str
    document: str
    decider: str
    source: str
    amount: str = "0.3"
    decided: date = date(2026, 3, 2)
    served: date = date(2026, 3, 4)
    facts: str = "未按规定公示食品经营许可证，经责令改正后逾期未改正。"
    law: str = "《中华人民共和国食品安全法》第一百二十四条第一款"

    def cells(self) -> dict[str, str]:
        """Field code -> cell, as a careful clerk fills it in."""
        return {
            "CF_XDR_MC": self.name,
            "CF_XDR_LB": "自然人",
            "CF_XDR_ZJLX": "01",
            "CF_XDR_ZJHM": self.document,
            "CF_WSH": self.number,
            "CF_WFXW": "违反食品安全管理规定",
            "CF_SY": self.facts,
            "CF_YJ": self.law,
            "CF_CFLB": "罚款",
            "CF_NR": "罚款人民币叁仟元整",
            "CF_NR_FK": self.amount,
            "CF_JDRQ": self.decided.isoformat(),
            "CF_CFJG": "云川市市场监督管理局",
            "CF_CFJGDM": self.decider,
            "CF_SJLY": "云川市市场监督管理局",
            "CF_SJLYDM": self.source,
            "CX_XWDJ": "general",
            "CX_DJYJ": "云川市市场监管领域失信行为分类标准第三条",
            "CX_CXLX": "ordinary",
            "CX_XWRQ": "2026-02-01",
            "CX_SDRQ": self.served.isoformat(),
            "CX_SDFS": "direct",
            "CX_SDHZ": "云市监送〔2026〕7号",
            "CX_ZZRQ": "2026-12-10",
        }

    def but(self, **changes: object) -> Decision:
        """The same decision, otherwise told."""
        return replace(self, **changes)  # type: ignore[arg-type]


def make_decision(supplier: Supplier, **changes: object) -> Decision:
    """A new decision of the supplier about somebody new."""
    document, name = invented_identity()
    number = f"云市监罚〔2026〕{next(_numbers)}号"
    code = supplier.office.org_code
    return Decision(number, name, document, code, code).but(**changes)


def file_of(decisions: Iterable[Decision | Row]) -> bytes:
    """A CSV file as the template asks for it."""
    rows = [one.cells() if isinstance(one, Decision) else dict(one) for one in decisions]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def receive(
    supplier: Supplier, decisions: Sequence[Decision | Row], *, at: datetime = NOW, **changes: object
) -> BatchView:
    """Hand a file in; the worker has not seen it yet."""
    content = file_of(decisions) if decisions else b""
    asked: dict[str, object] = {
        "actor": supplier.clerk,
        "item": ITEM,
        "stream": io.BytesIO(content),
        "file_name": "penalties.csv",
        "size": len(content),
        "channel": Channel.UPLOAD,
        "at": at,
        "reason": "weekly report",
    }
    return collection.receive_file(**(asked | changes))  # type: ignore[arg-type]


def hand_in(supplier: Supplier, *decisions: Decision | Row, at: datetime = NOW, **changes: object) -> BatchView:
    """Hand a file in, and let the worker answer it."""
    batch = receive(supplier, decisions, at=at, **changes)
    work_waiting(at)
    return collection.batch_by_uid(batch.uid)


def work_waiting(at: datetime = NOW) -> None:
    """The worker's turn, with the clock standing at this moment."""
    with clock.set_for_tests(at):
        jobs.run_waiting(queues=["intake"])


def counted(table: str, where: str = "true", *values: object) -> int:
    """How many rows a table has, seen past row-level security by its owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}", values)  # type: ignore[arg-type]
        return int(cursor.fetchone()[0])


def person_of(decision: Decision) -> UUID:
    """Whose number the decision names."""
    found = persons.person_by_document("01", decision.document)
    assert found is not None
    return found


def officer() -> Actor:
    """An identity officer of the lead office."""
    return make_official(role=Role.IDENTITY_OFFICER)


def outcomes(batch: BatchView) -> list[Outcome]:
    """What became of each row of a batch, in the order of the file."""
    return [Outcome(one) for _, part in outcomes_of(batch.id) for one in part]


def versions_of(decision: Decision, *, at: datetime = NOW) -> list[EntryView]:
    """Every version of the entries of the person whom the decision names, the oldest first."""
    person = person_of(decision)
    with as_person(person):
        found = records.entries_with_any_status(person, shown_at=at, known_at=at)
    return sorted(found, key=lambda entry: (entry.entry_id, entry.version))
