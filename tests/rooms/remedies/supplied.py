"""A fine as its source supplies it, and what its recipients are told of it, for tests of corrections and of what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.collection.terms import BatchState, Channel
from chengxin.foundation import clock, jobs
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.records import facade as records
from chengxin.remedies import facade as remedies
from tests.asking import SOON
from tests.residents import Resident
from tests.rooms.collection.making import Decision, Supplier, hand_in


@dataclass
class Supplied:
    """Somebody's fine as its source supplies it, through the real intake, from the first version on."""

    resident: Resident
    source: Supplier
    decision: Decision

    def cells(self, *, amount: str) -> dict[str, str]:
        """Final, and nearly at its end."""
        return {**self.decision.but(amount=amount).cells(), "CX_XWRQ": "2025-10-20", "CX_ZZRQ": "2026-05-10"}

    def hand_in(self, at: datetime, *, amount: str, channel: Channel = Channel.UPLOAD) -> UUID:
        """The row of this decision in a file of its own; whoever must hear of it is told at once. Gives the batch's id."""
        batch = hand_in(self.source, self.cells(amount=amount), at=at, channel=channel)
        assert batch.state is BatchState.ANSWERED, batch
        with clock.set_for_tests(at):
            jobs.run_waiting(queues=["default"])
        return batch.id

    @property
    def uid(self) -> UUID:
        with as_person(self.resident.person_id):
            return records.entries_with_any_status(self.resident.person_id, shown_at=SOON, known_at=SOON)[0].uid


def lines(bank: Actor, at: datetime) -> list[tuple[str, bool]]:
    """What the bank was told of, the first thing first, and whether it acknowledged it."""
    found = sorted(remedies.recalls_for(bank, at), key=lambda one: one.told_at)
    return [(one.what, one.acknowledged_at is not None) for one in found]
