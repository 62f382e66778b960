"""The city's files, handed in by its clerks on the days they were sent: the real intake, with a clock that is moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from chengxin.collection import facade as collection
from chengxin.collection.terms.batches import BatchState, Channel
from chengxin.collection.terms.views import BatchView
from chengxin.doors.demo.city.lines import City
from chengxin.doors.demo.city.supply import Delivery
from chengxin.doors.demo.founding import WHY, Staff, moment
from chengxin.foundation import clock, jobs

INTAKE: Final = "intake"
"""The queue of the files. What follows from them, letters above all, is left to the worker: there are thousands."""


class NotAnswered(RuntimeError):
    """A file of the city was not answered; the message names file and problem."""


@dataclass
class Totals:
    """What became of all rows."""

    accepted: int = 0
    new: int = 0
    held: int = 0
    refused: int = 0

    def add(self, batch: BatchView) -> None:
        """Count a batch in."""
        self.accepted += batch.counts.accepted
        self.new += batch.counts.new
        self.held += batch.counts.quarantined
        self.refused += batch.counts.refused


def feed(
    city: City,
    staff: Staff,
    folder: Path,
    *,
    told: Callable[[Delivery, BatchView], None] = lambda delivery, batch: None,
) -> Totals:
    """Send every file and have it answered; the one that was a mistake is taken back by two people."""
    totals = Totals()
    for delivery in city.deliveries:
        batch = send(city, staff, delivery, folder)
        totals.add(batch)
        told(delivery, batch)
        if delivery.kind == "mistake":
            _take_back(staff, delivery, batch)
    return totals


def send(city: City, staff: Staff, delivery: Delivery, folder: Path) -> BatchView:
    """One file, from the clerk's desk to its answer. Raises `NotAnswered`."""
    at = moment(delivery.delivered_on, hours=10 + delivery.number / 60)
    path = folder / delivery.file_name
    with clock.set_for_tests(at), path.open("rb") as stream:
        batch = collection.receive_file(
            actor=staff.acting(f"clerk_{delivery.supply.sender}", at),
            item=delivery.supply.item,
            stream=stream,
            file_name=path.name,
            size=path.stat().st_size,
            channel=Channel.COMMAND,
            at=at,
            reason=WHY,
            mapping=delivery.mapping,
        )
        jobs.run_waiting(queues=[INTAKE])
        batch = collection.batch_for(staff.acting(f"clerk_{delivery.supply.sender}", at), batch.uid, at)
    if batch.state is not BatchState.ANSWERED:
        raise NotAnswered(f"{path.name}: {batch.state.value} {batch.problem or ''}")
    return batch


def _take_back(staff: Staff, delivery: Delivery, batch: BatchView) -> None:
    at = moment(delivery.delivered_on + timedelta(days=1), hours=11)
    with clock.set_for_tests(at):
        clerk, supervisor = staff.acting("clerk_civil_affairs", at), staff.acting("supervisor_civil", at)
        asked = collection.ask_recall(actor=clerk, batch_uid=batch.uid, at=at, reason="导入了别的年份的名单")
        collection.approve_recall(actor=supervisor, uid=asked.uid, at=at, reason="已核对，整批收回")
