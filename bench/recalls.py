"""From the act that puts an entry right to its recipient: the line that their machine reads, and the mail that has left."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from bench import held
from bench.report import Figure
from chengxin.access.terms.asking import Answered
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchView, TakenBack
from chengxin.foundation import clock, jobs, prepare, server
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView, Role, Tier
from chengxin.records import facade as records
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Deed
from chengxin.remedies.terms.desks import RecallLine
from chengxin.remedies.terms.workflows import Act
from tests.asking import SOON, ask, consented, machine_of, question
from tests.making import heads, make_city, make_client, make_code, make_official
from tests.remedies import FOR, OWN_WORDS
from tests.residents import Resident, make_resident
from tests.rooms.collection.making import Decision, Supplier, hand_in

EACH = int(os.environ.get("BENCH_RECALLS", "40"))
"""So many people whose entry is repaired, and as many whose source takes theirs back."""
PROMISE_S = 60.0
PATIENCE_S = 180.0
_AT = held.moment()


@dataclass(frozen=True)
class Told:
    """How long it took until their machine could read it, and until the mail had left, in seconds."""

    line: float
    mail: float


def measure(entries: int, at: datetime) -> list[Figure]:
    """Two figures, in the city and beside the ledger that the caller has made: so many ``entries`` are held."""
    source, bank = _source(), _bank()
    people = [make_resident() for _ in range(2 * EACH)]
    batch = hand_in(source, *(_row(source, place, one) for place, one in enumerate(people)), at=at)
    assert batch.counts.accepted == len(people), batch
    for one in people:
        consented(one, bank, days=30)
        assert isinstance(ask(bank, question(one)), Answered)
    answerer = make_official(role=Role.SUPERVISOR_CLERK, organisation=source.office, at=_AT)
    with tempfile.TemporaryDirectory() as folder, _working(Path(folder)):
        mails = _Mails(Path(folder))
        repaired = [_timed(partial(_repair, answerer, one), bank, mails) for one in people[:EACH]]
        taken_back = [
            _timed(partial(_take_back, source, batch, row), bank, mails) for row in range(EACH + 1, 2 * EACH + 1)
        ]
    how = (
        f"{entries:,} entries held; {EACH} people one after the other, one bank that was told of each, one worker running; "
        "until the query of GET /v1/recalls answers the line, and until the mail lies with the carrier"
    )
    return [
        _figure("recipients told after repair", repaired, how),
        _figure("recipients told after the source took it back", taken_back, how),
    ]


def _figure(what: str, told: list[Told], how: str) -> Figure:
    lines, mails = [one.line for one in told], [one.mail for one in told]
    return Figure(
        what=what,
        figure=f"{max(lines + mails):.1f}",
        unit="s, the slowest",
        promise=f"{PROMISE_S:.0f} s",
        kept=max(lines + mails) <= PROMISE_S,
        spread=f"line median {statistics.median(lines):.2f}, slowest {max(lines):.2f} s;"
        f" mail median {statistics.median(mails):.2f}, slowest {max(mails):.2f} s",
        how=how,
    )


def _source() -> Supplier:
    office = offices.register_organisation(
        actor=heads(at=_AT)[0], parent_id=make_city(at=_AT).id, name_zh="云川市收回局", name_en="Bureau of Recalls",
        org_code=make_code(), tier=Tier.SUPPLIER, kind="market_regulation", contact="000-87654321", at=_AT, reason="bench",
    )  # fmt: skip
    return Supplier(office, make_official(role=Role.CLERK, organisation=office, at=_AT))


def _bank() -> Actor:
    """The machine of a bank that has an address."""
    bank: OrganisationView = offices.register_organisation(
        actor=heads(at=_AT)[0], parent_id=make_city(at=_AT).id, name_zh="云川银行", name_en="Bank of Yunchuan",
        org_code=make_code(), tier=Tier.ASKER, kind="bank", contact="corrections@bank.example", at=_AT, reason="bench",
    )  # fmt: skip
    return machine_of(make_client(organisation=bank, at=_AT))


def _row(source: Supplier, place: int, one: Resident) -> dict[str, str]:
    """A fine of somebody, final and nearly at its end: others may be told of it."""
    code = source.office.org_code
    number = f"云市监罚〔2025〕{place + 1}号"
    made = Decision(
        number, one.someone.name, one.someone.number, code, code, decided=date(2025, 11, 3), served=date(2025, 11, 5)
    )
    return {**made.cells(), "CX_XWRQ": "2025-10-20", "CX_ZZRQ": "2026-05-10"}


def _uid(one: Resident) -> UUID:
    with as_person(one.person_id):
        return records.entries_with_any_status(one.person_id, shown_at=SOON, known_at=SOON)[0].uid


def _repair(answerer: Actor, one: Resident) -> Callable[[], object]:
    """The person has asked; what is timed is the answer."""
    case = remedies.open_case(
        actor=one.someone.actor, person_id=one.person_id, workflow="repair", about=About(AboutKind.ENTRY, _uid(one)),
        deed=Deed(reason=OWN_WORDS), at=SOON, reason="performed",
    )  # fmt: skip
    deed = Deed(reason="已经履行。", letter=FOR)
    return lambda: remedies.take_step(actor=answerer, uid=case.uid, act=Act.REPAIR, deed=deed, at=SOON, reason="bench")


def _take_back(source: Supplier, batch: BatchView, row: int) -> Callable[[], object]:
    return lambda: collection.withdraw_row(
        actor=source.clerk, batch_uid=batch.uid, row_no=row, because=TakenBack.ENDED, at=SOON, reason="处罚已撤销"
    )


def _timed(prepared: Callable[[], Callable[[], object]], bank: Actor, mails: _Mails) -> Told:
    act, known = prepared(), {one.uid for one in _lines(bank)}
    began = time.perf_counter()
    act()
    (line,) = _waited(lambda: [one for one in _lines(bank) if one.uid not in known])
    read = time.perf_counter() - began
    _waited(lambda: mails.naming(line.uid))
    return Told(read, time.perf_counter() - began)


def _lines(bank: Actor) -> list[RecallLine]:
    return remedies.recalls_for(bank, SOON)


Found = TypeVar("Found")


def _waited(found: Callable[[], list[Found]]) -> list[Found]:
    patience = time.monotonic() + PATIENCE_S
    while time.monotonic() < patience:
        if seen := found():
            return seen
        time.sleep(0.02)
    raise RuntimeError("nobody was told")


class _Mails:
    """What left by mail, as the carrier finds it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._read = folder, dict[Path, str]()

    def naming(self, recall: UUID) -> list[Path]:
        """The mails with the address of one line."""
        for path in self._folder.iterdir():
            if path not in self._read or str(recall) not in self._read[path]:
                self._read[path] = _words(path.read_bytes())
        return [path for path, said in self._read.items() if str(recall) in said]


def _words(mail: bytes) -> str:
    said = message_from_bytes(mail).get_payload(decode=True)
    return said.decode(errors="replace") if isinstance(said, bytes) else ""


@contextmanager
def _working(mails: Path) -> Iterator[None]:
    """One worker, as operators run it, on the bench's database at the bench's moment; its mail goes to a folder."""
    pair, place = prepare.configured(), server.places()
    environment = os.environ | {
        "BENCH_DATABASES": f"{pair.main},{pair.keys}",
        "BENCH_MAIL": str(mails),
        "DJANGO_SETTINGS_MODULE": "bench.serving",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "CHENGXIN_STATE": str(place.state),
        "CHENGXIN_CLOCK_OFFSET_SECONDS": str(int(SOON.timestamp() - time.time()) + 60),
    }
    with clock.set_for_tests(held.moment()):
        # what the setting of the scene left to do is no part of it
        jobs.run_waiting(queues=["default"])
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("chengxin")), "worker"], env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)
