"""Machine clients: how an organisation's software is registered, by two people, for at most a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from chengxin.offices.terms.figures import Figure
from chengxin.offices.terms.roles import Words

KEY_BYTES = 32
"""An Ed25519 public key (RFC 8032)."""

CLIENT_DAYS: tuple[Figure, ...] = (
    Figure(
        days=365,
        in_force_from=date(2000, 1, 1),
        source="个人信息保护法 51(四) asks for permissions kept reasonable and names no figure; a year is this product's own",
    ),
)
"""A registration ends at most this many days after its first one; a new one is proposed and approved anew."""


class ClientState(StrEnum):
    """What people decided about a registration; whether it works today also depends on the day (`ClientStanding`)."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    ENDED = "ended"


class ClientAct(StrEnum):
    """What may be done to a registration that was proposed."""

    APPROVE = "approve"
    END = "end"


CLIENT_WORKFLOW: Mapping[tuple[ClientState, ClientAct], ClientState] = MappingProxyType(
    {
        (ClientState.PROPOSED, ClientAct.APPROVE): ClientState.APPROVED,
        (ClientState.PROPOSED, ClientAct.END): ClientState.ENDED,
        (ClientState.APPROVED, ClientAct.END): ClientState.ENDED,
    }
)
"""(state, act) -> the state that follows. What has ended is not revived."""


class ClientStanding(StrEnum):
    """What a registration is worth at a moment. SUSPENDED: it, or its organisation, may not ask for the time being."""

    PROPOSED = "proposed"
    NOT_STARTED = "not_started"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    ENDED = "ended"
    ORGANISATION_CLOSED = "organisation_closed"


CLIENT_STANDING_WORDS: Mapping[ClientStanding, Words] = MappingProxyType(
    {
        ClientStanding.PROPOSED: Words("待另一人批准", "waiting for another person's approval"),
        ClientStanding.NOT_STARTED: Words("尚未开始", "not started yet"),
        ClientStanding.IN_FORCE: Words("有效", "in force"),
        ClientStanding.SUSPENDED: Words("查询已停止", "access suspended"),
        ClientStanding.EXPIRED: Words("已期满", "expired"),
        ClientStanding.ENDED: Words("已停用", "ended"),
        ClientStanding.ORGANISATION_CLOSED: Words("单位已停用", "its organisation is closed"),
    }
)


@dataclass(frozen=True, slots=True)
class ClientView:
    """A registration with its standing at the moment asked about.

    ``uid`` is what the machine calls itself; ``id`` is what `Actor.client_id` and a look hold. ``public_key``: 32 bytes,
    None for a client that signs nothing. ``proposed_by``, ``approved_by``, ``ended_by`` are ids of officials.
    """

    id: UUID
    uid: UUID
    organisation_id: UUID
    name: str
    public_key: bytes | None
    may_ask: bool
    may_supply: bool
    state: ClientState
    standing: ClientStanding
    starts_on: date
    ends_on: date
    proposed_at: datetime
    proposed_by: UUID
    approved_at: datetime | None
    approved_by: UUID | None
    ended_at: datetime | None
    ended_by: UUID | None
    open_acts: tuple[ClientAct, ...]
