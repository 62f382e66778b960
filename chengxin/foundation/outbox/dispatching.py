"""Working off the queue: one job sends what is due, a batch page by page, a single notice by itself (F14).

A worker claims a row by moving its ``due_at`` on, and a batch's row keeps the place it has reached: who dies leaves a row
that is due again, and steps that say what was under way. A channel that is down for everyone gets a row of its own, which
begins where it broke; the others go on. An address that fails gets one too, for its notice alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

import structlog
from django.db import Error as DatabaseError

from chengxin.foundation import actors, clock, jobs, journal
from chengxin.foundation.database import in_transaction, working_off
from chengxin.foundation.models.outbox import Dispatch
from chengxin.foundation.outbox.channels import open_channels
from chengxin.foundation.outbox.desks import NobodyTells
from chengxin.foundation.outbox.notices import BEGINNING, EVERY, SEND_DUE, page_of_batch
from chengxin.foundation.outbox.sending import End, Outcome, send_to
from chengxin.foundation.outbox.steps import IN_FLIGHT, WAITS, held_until, reopen_at, retry_at
from chengxin.foundation.outbox.terms import Channel, ChannelKind, NoticeView
from chengxin.kernel.ids import new_id

log = structlog.get_logger("chengxin.outbox")

QUEUE: Final = "foundation_dispatch"
BUDGET: Final = 1000
"""Notices that one run of the job sends at most, so that other jobs get their turn."""

SAVED_EVERY: Final = 50
"""Persons after which the place reached in a batch is saved."""

FAULTS_IN_A_ROW: Final = 10
"""Persons for whom our own code failed, one after the other, before the batch is left for later."""

LEASE: Final = IN_FLIGHT
KEPT: Final = timedelta(days=90)
ACTOR: Final = actors.system(SEND_DUE)

Channels = dict[ChannelKind, Channel]


@jobs.job(SEND_DUE, every="* * * * *")
def send_due(*, budget: int = BUDGET) -> int:
    """Send what is due; gives how many notices it went through. What is left is done by the run it queues."""
    done = 0
    with open_channels() as channels:
        while done < budget and (row := _claim(clock.now())) is not None:
            done += _work(row, channels, budget - done)
    with working_off(QUEUE):
        if Dispatch.objects.filter(state=Dispatch.State.WAITING, due_at__lte=clock.now()).exists():
            jobs.defer(SEND_DUE, once=SEND_DUE)
    return done


@jobs.job("foundation.forget_dispatched", every="40 3 * * *")
def forget_dispatched() -> int:
    """Remove rows of the queue that ended 90 days ago; gives how many. The steps of telling stay with the person."""
    with working_off(QUEUE):
        removed, _ = Dispatch.objects.filter(ended_at__lt=clock.now() - KEPT).delete()
    return removed


def _claim(at: datetime) -> Dispatch | None:
    with working_off(QUEUE):
        due = Dispatch.objects.select_for_update(skip_locked=True).filter(state=Dispatch.State.WAITING, due_at__lte=at)
        row = due.order_by("due_at", "id").first()
        if row is not None:
            row.due_at = at + LEASE
            row.save(update_fields=["due_at"])
    return row


def _work(row: Dispatch, channels: Channels, limit: int) -> int:
    only = None if row.channel == EVERY else ChannelKind(row.channel)
    if only is not None and only not in channels:
        _end(row, Dispatch.State.GIVEN_UP, "channel_closed")
        return 1
    if row.batch_id is not None:
        return _Pass(row, row.batch_id, only, channels).run(limit)
    assert row.person_id is not None
    assert row.notice_id is not None
    _one(row, row.person_id, row.notice_id, only, channels)
    return 1


# ---- one notice ----------------------------------------------------------------------------------------------------


def _one(row: Dispatch, person_id: UUID, notice_id: UUID, only: ChannelKind | None, channels: Channels) -> None:
    at = clock.now()
    outcomes = _sent(person_id, [notice_id], channels, only, row.attempts, at)
    if outcomes is None:
        _again(row, row.attempts + 1, retry_at(row.attempts + 1, at), "fault")
        return
    with working_off(QUEUE):
        if only is None:
            Dispatch.objects.bulk_create(_follow_ups(outcomes, at))
            _end(row, Dispatch.State.SENT)
            return
        outcome = outcomes[0]
        if outcome.end is End.WAITS:
            _again(row, row.attempts, at + IN_FLIGHT, row.last_error)
        elif outcome.end is End.HELD:
            _again(row, 0, held_until(row.made_at, at), outcome.reason)
        elif outcome.end is End.FAILED:
            later = reopen_at if outcome.everywhere else retry_at
            _again(row, row.attempts + 1, later(row.attempts + 1, at), outcome.reason)
        elif outcome.end in (End.GIVEN_UP, End.UNCERTAIN):
            Dispatch.objects.bulk_create(_letters(outcomes, at))
            _end(row, Dispatch.State.GIVEN_UP, outcome.reason)
        else:
            _end(row, Dispatch.State.SENT)


def _again(row: Dispatch, attempts: int, due_at: datetime | None, reason: str) -> None:
    if due_at is None:
        _end(row, Dispatch.State.GIVEN_UP, reason)
        return
    row.attempts, row.due_at, row.last_error = attempts, due_at, reason
    with working_off(QUEUE):
        row.save(update_fields=["attempts", "due_at", "last_error"])


def _end(row: Dispatch, state: Dispatch.State, reason: str = "") -> None:
    row.state, row.ended_at = state, clock.now()
    row.last_error = reason or row.last_error
    with working_off(QUEUE):
        row.save(update_fields=["state", "ended_at", "last_error", "after_person", "after_notice", "without"])


def _sent(
    person_id: UUID,
    notice_ids: Sequence[UUID],
    channels: Channels,
    only: ChannelKind | None,
    attempts: int,
    at: datetime,
) -> list[Outcome] | None:
    """What came of it; None where our own code failed for this person, which must not hold up the others."""
    try:
        return send_to(person_id, notice_ids, channels, only=only, attempts=attempts, at=at)
    except (DatabaseError, NobodyTells):
        raise
    except Exception as error:
        # the error's text may hold what it failed on, so its kind alone is logged
        log.error("telling_failed", kind=type(error).__name__)
        return None


# ---- what follows from an outcome ----------------------------------------------------------------------------------


def _follow_ups(outcomes: Iterable[Outcome], at: datetime) -> list[Dispatch]:
    """Rows for notices whose address failed, for what is not known yet, and for what was given up and needs a letter."""
    outcomes = list(outcomes)
    rows = _letters(outcomes, at)
    for outcome in outcomes:
        if outcome.end is End.WAITS:
            rows.append(_row(outcome.notice, outcome.channel, at + IN_FLIGHT, at))
        elif outcome.end is End.HELD:
            rows.append(_row(outcome.notice, outcome.channel, held_until(at, at), at, reason=outcome.reason))
        elif outcome.end is End.FAILED:
            due = (reopen_at if outcome.everywhere else retry_at)(1, at)
            rows.append(_row(outcome.notice, outcome.channel, due or at, at, attempts=1, reason=outcome.reason))
        elif outcome.end in (End.GIVEN_UP, End.UNCERTAIN):
            given_up = _row(outcome.notice, outcome.channel, at, at, reason=outcome.reason)
            given_up.state, given_up.ended_at = Dispatch.State.GIVEN_UP, at
            rows.append(given_up)
    return rows


def _letters(outcomes: Iterable[Outcome], at: datetime) -> list[Dispatch]:
    """What must arrive and will not by e-mail goes out on paper."""
    return [
        _row(outcome.notice, ChannelKind.LETTER, at, at)
        for outcome in outcomes
        if outcome.formal and outcome.channel is ChannelKind.EMAIL and outcome.end in (End.GIVEN_UP, End.UNCERTAIN)
    ]


def _row(
    notice: NoticeView, channel: str, due_at: datetime, at: datetime, *, attempts: int = 0, reason: str = ""
) -> Dispatch:
    return Dispatch(
        id=new_id(at),
        person_id=notice.person_id,
        notice_id=notice.notice_id,
        channel=str(channel),
        due_at=due_at,
        attempts=attempts,
        last_error=reason,
        made_at=at,
    )


# ---- a batch -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Pass:
    """One page of a batch, person by person."""

    row: Dispatch
    batch_id: UUID
    only: ChannelKind | None
    channels: Channels
    follow_ups: list[Dispatch] = field(default_factory=list)
    faults: int = 0

    def run(self, limit: int) -> int:
        """Go through at most ``limit`` notices; gives how many. Ends the row with the batch's last notice."""
        if not self._open():
            # each of them goes on in a row of its own
            _end(self.row, Dispatch.State.SENT)
            return 1
        page = page_of_batch(self.batch_id, after=self._reached(), limit=limit)
        persons = [(person_id, list(own)) for person_id, own in groupby(page, key=lambda one: one.person_id)]
        for number, (person_id, own) in enumerate(persons, start=1):
            if not self._tell(person_id, own):
                return max(len(page), 1)
            self.row.after_person, self.row.after_notice = person_id, own[-1].notice_id
            if number % SAVED_EVERY == 0:
                self._save(due_at=clock.now() + LEASE)
        is_last = len(page) < limit
        with in_transaction():
            if page:
                journal.record(
                    ACTOR, "send_notices", "batch", self.batch_id, at=clock.now(), reason=f"{len(page)} of its notices"
                )
            self._save(due_at=clock.now())
            if is_last:
                _end(self.row, Dispatch.State.SENT)
        return max(len(page), 1)

    def _reached(self) -> tuple[UUID, UUID] | None:
        if self.row.after_person is None or self.row.after_notice is None:
            return None
        return self.row.after_person, self.row.after_notice

    def _open(self) -> Channels:
        return {kind: channel for kind, channel in self.channels.items() if kind.value not in self.row.without}

    def _tell(self, person_id: UUID, own: Sequence[NoticeView]) -> bool:
        """Tell one person; False where this row's one channel is down and the page ends before them."""
        at = clock.now()
        outcomes = _sent(person_id, [notice.notice_id for notice in own], self._open(), self.only, 0, at)
        if outcomes is None:
            return self._fault(own, at)
        self.faults = 0
        down = {outcome.channel: outcome for outcome in outcomes if outcome.everywhere}
        self.follow_ups += _follow_ups(
            (outcome for outcome in outcomes if not (outcome.everywhere and outcome.end is End.FAILED)), at
        )
        if self.only in down:
            self.row.attempts += 1
            self.row.last_error = down[self.only].reason
            self._save(due_at=reopen_at(self.row.attempts, at))
            return False
        if self.only is not None:
            self.row.attempts = 0
        for kind, outcome in down.items():
            self.follow_ups.append(self._branch(kind, outcome.reason, at))
            self.row.without = [*self.row.without, kind.value]
        return True

    def _fault(self, own: Sequence[NoticeView], at: datetime) -> bool:
        """Our own code failed for one person, who is tried again alone; for many in a row it fails for all."""
        self.faults += 1
        if self.faults == FAULTS_IN_A_ROW:
            self.row.attempts += 1
            self.row.last_error = "fault"
            self._save(due_at=reopen_at(self.row.attempts, at))
            return False
        self.follow_ups += [
            _row(notice, self.row.channel, at + WAITS[0], at, attempts=1, reason="fault") for notice in own
        ]
        return True

    def _branch(self, kind: ChannelKind, reason: str, at: datetime) -> Dispatch:
        """A row for the rest of the batch on a channel that is down, from the person on whom it broke."""
        person, notice = self._reached() or (BEGINNING, BEGINNING)
        return Dispatch(
            id=new_id(at),
            batch_id=self.batch_id,
            channel=kind.value,
            after_person=person,
            after_notice=notice,
            due_at=reopen_at(1, at),
            attempts=1,
            last_error=reason,
            made_at=self.row.made_at,
        )

    def _save(self, *, due_at: datetime) -> None:
        """The place reached and all that follows from it so far, together."""
        self.row.due_at = due_at
        with working_off(QUEUE):
            Dispatch.objects.bulk_create(self.follow_ups)
            self.row.save(update_fields=["after_person", "after_notice", "without", "due_at", "attempts", "last_error"])
        self.follow_ups = []
