"""What comes next for a notice on a channel. Pure: the steps so far and the moment decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chengxin.foundation.outbox.terms import Addresses, ChannelKind, DeliveryView, State

IN_FLIGHT: Final = timedelta(minutes=5)
"""So long a handing over may last before its worker is taken for dead; above every time-out of the channels."""

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=1),
)
"""The wait after the first failed attempt, the second, and so on. One address is given up after the last."""


class Step(StrEnum):
    """What to do now."""

    SEND = "send"
    LEAVE = "leave"
    WAIT = "wait"
    DOUBT = "doubt"


def next_step(history: Sequence[DeliveryView], *, repeatable: bool, at: datetime) -> Step:
    """The step for one notice on one channel, from its steps so far, oldest first.

    ``DOUBT``: a worker died between handing over and the answer, and this channel cannot tell whether it took it.
    """
    last = history[-1] if history else None
    if last is None or last.state in (State.FAILED, State.HELD):
        return Step.SEND
    if last.state is not State.SENDING:
        return Step.LEAVE
    if at - last.at < IN_FLIGHT:
        return Step.WAIT
    return Step.SEND if repeatable else Step.DOUBT


def ways(addresses: Addresses, *, formal: bool, channels: Collection[ChannelKind]) -> tuple[ChannelKind, ...]:
    """The channels a notice goes by, of those that are open.

    Paper is for what must arrive and has no e-mail address to go to; where e-mail fails for good, the letter follows.
    """
    wanted = {
        ChannelKind.WEBHOOK: True,
        ChannelKind.EMAIL: bool(addresses.email),
        ChannelKind.SMS: bool(addresses.phone),
        ChannelKind.LETTER: formal and not addresses.email,
    }
    return tuple(kind for kind, is_wanted in wanted.items() if is_wanted and kind in channels)


def held_until(made_at: datetime, at: datetime) -> datetime:
    """When to look again whether a notice still lacks something: within an hour at first, once a day in the end."""
    return at + min(max((at - made_at) / 4, timedelta(hours=1)), timedelta(days=1))


def retry_at(attempts: int, at: datetime) -> datetime | None:
    """When to try one address again after so many failed attempts (1 or more); None: no more."""
    return at + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def reopen_at(attempts: int, at: datetime) -> datetime:
    """When to try a channel again that is down for everyone: never given up, once a day in the end."""
    return at + WAITS[min(attempts, len(WAITS)) - 1]
