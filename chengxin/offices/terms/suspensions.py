"""Suspensions of access for misuse: whose asking is stopped, until when, what they were told, what they replied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from chengxin.offices.terms.figures import Figure
from chengxin.offices.terms.roles import Words

SUSPENSION_DAYS: tuple[Figure, ...] = (
    Figure(
        days=90,
        in_force_from=date(2000, 1, 1),
        source="个人信息保护法 51 asks to prevent access without authority and names no figure; 90 days is this product's own",
    ),
)
"""A suspension ends at most this many days after it begins; a longer one is a new decision with reasons of its own."""

LONGEST_SUSPENSION = timedelta(days=SUSPENSION_DAYS[-1].days)


class Suspended(StrEnum):
    """Whose access it is."""

    ORGANISATION = "organisation"
    OFFICIAL = "official"
    CLIENT = "client"


class SuspensionStanding(StrEnum):
    """What a suspension is worth at a moment: the clock ends it by itself."""

    RUNNING = "running"
    LIFTED = "lifted"
    OVER = "over"


SUSPENSION_WORDS: Mapping[SuspensionStanding, Words] = MappingProxyType(
    {
        SuspensionStanding.RUNNING: Words("正在停止查询", "access is suspended"),
        SuspensionStanding.LIFTED: Words("已提前解除", "lifted early"),
        SuspensionStanding.OVER: Words("已到期", "over"),
    }
)


@dataclass(frozen=True, slots=True)
class SuspensionView:
    """A suspension with its standing at the moment asked about.

    ``thing_name``: name of the official or the machine, "" where the whole organisation is meant. ``notice`` is what the
    suspended side is told; ``reason`` is shown to supervisors alone, "" to others. ``may_reply`` and ``may_lift``: open to
    the one who asks. ``by``, ``replied_by``, ``lifted_by`` are ids of officials.
    """

    uid: UUID
    whose: Suspended
    organisation_id: UUID
    thing_name: str
    from_at: datetime
    ends_at: datetime
    standing: SuspensionStanding
    reason: str
    notice: str
    by: UUID
    reply: str
    replied_at: datetime | None
    replied_by: UUID | None
    lifted_at: datetime | None
    lifted_by: UUID | None
    may_reply: bool
    may_lift: bool


@dataclass(frozen=True, slots=True)
class AskerLine:
    """One whose access a supervisor may suspend: an organisation, an inquirer of it, or a machine of it. ``id`` is internal."""

    whose: Suspended
    id: UUID
    uid: UUID
    name: str
