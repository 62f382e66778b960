"""Which of the recipients of an entry have to be told that it is no longer what they were told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access.terms import Received
from chengxin.remedies.terms.corrections import ToldOf, What

ASKED_AGAIN: Final = frozenset({What.CORRECTED, What.BACK})
"""Of what stands by now: it says nothing of what that is, and whoever asks is answered with the newest."""


def told_of_end(
    received: Mapping[UUID, Received], told: Iterable[ToldOf], *, since: datetime | None = None
) -> dict[UUID, Received]:
    """Those who do not know yet that it is used no more: not from the case that is open, nor ``since`` the moment it ended.

    ``told``: the first thing first. Who was last told that it is back knows nothing of its next end.
    """
    know = {
        who
        for who, one in _whether_used(told).items()
        if one.what is not What.BACK and (one.awaited or (since is not None and one.at >= since))
    }
    return {who: one for who, one in received.items() if who not in know}


def told_of_return(received: Mapping[UUID, Received], told: Iterable[ToldOf]) -> dict[UUID, Received]:
    """Those who were last told that it is used no more, now that it is back. ``told``: the first thing first.

    Who was never told of its end holds what they held, and has nothing to put right.
    """
    ended = {who for who, one in _whether_used(told).items() if one.what is not What.BACK}
    return {who: one for who, one in received.items() if who in ended}


def _whether_used(told: Iterable[ToldOf]) -> dict[UUID, ToldOf]:
    """What each was last told of whether it is used: that it was corrected says nothing of that."""
    return {one.organisation_id: one for one in told if one.what is not What.CORRECTED}


def told_of_newer(
    received: Mapping[UUID, Received],
    told: Collection[ToldOf],
    *,
    version: int,
    since: datetime,
    same: Collection[int],
) -> dict[UUID, Received]:
    """Those who hold something else than ``version`` says, by what they were answered or by what they were last told of.

    ``since``: when it came; ``same``: older versions that say what it says. Who was told of it is not told again.
    """
    found = {}
    for who, one in received.items():
        theirs = [line for line in told if line.organisation_id == who]
        held = one.versions | {line.version for line in theirs}
        if any(line.version >= version or _awaited(line, one, since) for line in theirs):
            continue
        if any(older < version and older not in same for older in held):
            found[who] = one
    return found


def _awaited(line: ToldOf, received: Received, since: datetime) -> bool:
    """Whether somebody was told to ask for a version before, and had neither acknowledged that nor asked when the next one came:
    when they ask, they are answered with that one."""
    waited = line.acknowledged_at is None or line.acknowledged_at >= since
    return line.what in ASKED_AGAIN and waited and not line.at <= received.at < since
