"""Sending notices of one person: said before, handed over, said after. What a worker dies of can be seen in the rows.

In a first transaction the person's addresses and file are opened, what is to go out is put together, and ``sending`` is
written. Then the channels are handed what they take, and a last transaction writes what came of it. A channel that cannot
tell a repetition gets a ``sending`` of its own right before each message, so that no more than one can be in doubt.
Nothing is held open towards the database while the outside world answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connections

from chengxin.foundation import clock
from chengxin.foundation.database import WEB, as_person
from chengxin.foundation.models.outbox import Delivery, Letter
from chengxin.foundation.outbox.desks import open_desk
from chengxin.foundation.outbox.notices import notices_by_id
from chengxin.foundation.outbox.steps import Step, next_step, retry_at, ways
from chengxin.foundation.outbox.terms import (
    Channel,
    ChannelKind,
    Content,
    Desk,
    Fault,
    NoticeView,
    Parcel,
    Receipt,
    State,
)
from chengxin.kernel.ids import new_id

NOTHING_TO_TELL = "nothing_to_tell"
DIED_SENDING = "worker_died_while_sending"
LACKS = "lacks "
"""How the reason of what is held begins; the codes of what it lacks follow."""


class End(StrEnum):
    """What came of one notice on one channel.

    ``LEFT``: it stood there already; ``NOTHING``: what it tells of is gone; ``WAITS``: another worker has it in hand;
    ``HELD``: it lacks something it must say.
    """

    SENT = "sent"
    LEFT = "left"
    NOTHING = "nothing"
    WAITS = "waits"
    HELD = "held"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``formal``: it must reach its person on paper otherwise. ``everywhere``: the channel is down for everyone."""

    notice: NoticeView
    channel: ChannelKind
    end: End
    formal: bool
    reason: str = ""
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class _Ready:
    parcel: Parcel
    channel: Channel
    formal: bool
    held: str = ""


def send_to(
    person_id: UUID,
    notice_ids: Sequence[UUID],
    channels: Mapping[ChannelKind, Channel],
    *,
    only: ChannelKind | None = None,
    attempts: int = 0,
    at: datetime,
) -> list[Outcome]:
    """Send notices of one person on the open channels they go by, or on ``only`` that one whatever the addresses.

    ``attempts``: failed attempts so far; the last that may be made gives up. A fault of our own raises, and what was
    already said to be ``sending`` shows as that.
    """
    ready: list[_Ready] = []
    outcomes: list[Outcome] = []
    with as_person(person_id):
        _one_at_a_time(person_id)
        notices = notices_by_id(person_id, notice_ids)
        with open_desk(person_id, at=at) as desk:
            for notice in notices:
                formal = desk.formal(notice)
                kinds = (only,) if only else ways(desk.addresses, formal=formal, channels=channels)
                for kind in kinds:
                    prepared = _prepare(desk, notice, channels[kind], formal, at)
                    if isinstance(prepared, _Ready):
                        ready.append(prepared)
                    else:
                        outcomes.append(prepared)
        _write([(outcome.notice, outcome.channel, _said(outcome), outcome.reason) for outcome in outcomes], at)
        _write(
            [(one.parcel.notice, one.channel.kind, State.SENDING, "") for one in ready if one.channel.repeatable], at
        )
    return outcomes + _hand_over(person_id, ready, attempts)


def held_for(desk: Desk, notice: NoticeView) -> str:
    """Why a formal notice cannot go yet, by codes; empty where it lacks nothing."""
    lacking = desk.lacks(notice)
    return LACKS + " ".join(lacking) if lacking else ""


def is_held(notice: NoticeView, channel: ChannelKind) -> bool:
    """Whether it is said already that it is held on this channel."""
    return any(step.state is State.HELD for step in notice.on(channel)[-1:])


def _one_at_a_time(person_id: UUID) -> None:
    # two workers may hold the same notices where a claim ran out: the second must see what the first wrote
    with connections[WEB].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 14))", [str(person_id)])


def _prepare(desk: Desk, notice: NoticeView, channel: Channel, formal: bool, at: datetime) -> _Ready | Outcome:
    step = next_step(notice.on(channel.kind), repeatable=channel.repeatable, at=at)
    if step is Step.LEAVE:
        return Outcome(notice, channel.kind, End.LEFT, formal)
    if step is Step.WAIT:
        return Outcome(notice, channel.kind, End.WAITS, formal)
    if step is Step.DOUBT:
        return Outcome(notice, channel.kind, End.UNCERTAIN, formal, DIED_SENDING)
    held = held_for(desk, notice) if formal else ""
    if held and is_held(notice, channel.kind):
        return Outcome(notice, channel.kind, End.HELD, formal, held)
    content = channel.content(desk.addresses)
    if held and content is Content.WHOLE:
        if channel.kind is ChannelKind.LETTER:
            return Outcome(notice, channel.kind, End.HELD, formal, held)
        brief = desk.message(notice, whole=False)
        return _Ready(Parcel(notice, brief, desk.addresses, at, first=True), channel, formal, held)
    message = None if content is Content.NOTHING else desk.message(notice, whole=content is Content.WHOLE)
    if message is None and content is not Content.NOTHING:
        return Outcome(notice, channel.kind, End.NOTHING, formal, NOTHING_TO_TELL)
    return _Ready(Parcel(notice, message, desk.addresses, at), channel, formal)


def _hand_over(person_id: UUID, ready: Sequence[_Ready], attempts: int) -> list[Outcome]:
    if not ready:
        return []
    down: dict[ChannelKind, Fault] = {}
    steps: list[tuple[NoticeView, ChannelKind, State | None, str]] = []
    letters: list[tuple[NoticeView, Receipt]] = []
    outcomes: list[Outcome] = []
    for one in ready:
        kind, notice = one.channel.kind, one.parcel.notice
        if kind not in down and not one.channel.repeatable and not _is_ours_now(one):
            outcomes.append(Outcome(notice, kind, End.WAITS, one.formal))
            continue
        answer = down.get(kind) or one.channel.send(one.parcel)
        if isinstance(answer, Receipt) and one.held:
            outcomes.append(Outcome(notice, kind, End.HELD, one.formal, one.held))
            steps.append((notice, kind, State.HELD, one.held))
            continue
        if isinstance(answer, Receipt):
            outcomes.append(Outcome(notice, kind, End.SENT, one.formal))
            steps.append((notice, kind, answer.state, answer.evidence))
            if kind is ChannelKind.LETTER:
                letters.append((notice, answer))
            continue
        end = _end_of(answer, attempts)
        outcomes.append(Outcome(notice, kind, end, one.formal, answer.reason, answer.everywhere))
        steps.append((notice, kind, _SAID[end], answer.reason))
        if answer.everywhere:
            # it is not even tried for the person's other notices
            down[kind] = Fault(answer.reason, everywhere=True)
    now = clock.now()
    with as_person(person_id):
        _write(steps, now)
        _list(letters, now)
    return outcomes


def _is_ours_now(one: _Ready) -> bool:
    """Say that it is being sent, unless another worker said so since we looked."""
    notice, at = one.parcel.notice, clock.now()
    with as_person(notice.person_id):
        _one_at_a_time(notice.person_id)
        (now,) = notices_by_id(notice.person_id, [notice.notice_id])
        if now.on(one.channel.kind) != notice.on(one.channel.kind):
            return False
        _write([(notice, one.channel.kind, State.SENDING, "")], at)
    return True


def _end_of(fault: Fault, attempts: int) -> End:
    if fault.uncertain:
        return End.UNCERTAIN
    if fault.permanent or (not fault.everywhere and retry_at(attempts + 1, clock.now()) is None):
        return End.GIVEN_UP
    return End.FAILED


_SAID: Mapping[End, State | None] = {
    End.LEFT: None,
    End.WAITS: None,
    End.NOTHING: State.GIVEN_UP,
    End.HELD: State.HELD,
    End.FAILED: State.FAILED,
    End.UNCERTAIN: State.UNCERTAIN,
    End.GIVEN_UP: State.GIVEN_UP,
}


def _said(outcome: Outcome) -> State | None:
    """What is noted of an outcome before anything was handed over. What is held was noted once."""
    return None if outcome.end is End.HELD and is_held(outcome.notice, outcome.channel) else _SAID[outcome.end]


def _write(steps: Sequence[tuple[NoticeView, ChannelKind, State | None, str]], at: datetime) -> None:
    Delivery.objects.bulk_create(
        Delivery(
            person_id=notice.person_id,
            delivery_id=new_id(at),
            notice_id=notice.notice_id,
            channel=channel.value,
            state=state,
            at=at,
            evidence=evidence,
        )
        for notice, channel, state, evidence in steps
        if state is not None
    )


def _list(letters: Sequence[tuple[NoticeView, Receipt]], at: datetime) -> None:
    Letter.objects.bulk_create(
        (
            Letter(
                uid=notice.uid,
                person_id=notice.person_id,
                notice_id=notice.notice_id,
                digest=bytes.fromhex(receipt.evidence.rsplit(" ", 1)[1]),
                made_at=at,
            )
            for notice, receipt in letters
        ),
        # a letter made again after a worker died is in the list already or not, and lies in the folder once
        ignore_conflicts=True,
    )
