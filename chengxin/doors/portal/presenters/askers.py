"""Machine clients and suspensions of access in the words of a page."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from chengxin.doors.portal.presenters.offices import said
from chengxin.doors.wording import Language, text
from chengxin.kernel.days import shanghai_day
from chengxin.offices.terms import (
    CLIENT_STANDING_WORDS,
    SUSPENSION_WORDS,
    ClientStanding,
    ClientView,
    SuspensionStanding,
    SuspensionView,
)

_CLIENT_TONES = {
    ClientStanding.IN_FORCE: "good",
    ClientStanding.PROPOSED: "open",
    ClientStanding.SUSPENDED: "warn",
    ClientStanding.NOT_STARTED: "quiet",
}


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One registration as a page shows it; names are "" where nobody did it yet.

    ``does``: what it may do, in words; ``key``: its public key in Base64, "" for none.
    """

    client: ClientView
    office: str
    does: str
    key: str
    standing: str
    tone: str
    proposed_by: str
    approved_by: str
    ended_by: str


def client_line(
    client: ClientView, offices: Mapping[UUID, str], people: Mapping[UUID, str], language: Language
) -> ClientLine:
    """``offices``: organisation id -> name; ``people``: official id -> name."""
    does = "both" if client.may_ask and client.may_supply else "ask" if client.may_ask else "supply"
    return ClientLine(
        client=client,
        office=offices.get(client.organisation_id, ""),
        does=text(f"office.client.does.{does}", language),
        key=base64.b64encode(client.public_key or b"").decode(),
        standing=said(CLIENT_STANDING_WORDS[client.standing], language),
        tone=_CLIENT_TONES.get(client.standing, "ended"),
        proposed_by=_name(people, client.proposed_by),
        approved_by=_name(people, client.approved_by),
        ended_by=_name(people, client.ended_by),
    )


@dataclass(frozen=True, slots=True)
class SuspensionLine:
    """One suspension as a page shows it. ``last_day``: the last on which access is stopped."""

    suspension: SuspensionView
    office: str
    last_day: date
    standing: str
    tone: str
    by: str
    replied_by: str
    lifted_by: str


def suspension_line(
    suspension: SuspensionView, offices: Mapping[UUID, str], people: Mapping[UUID, str], language: Language
) -> SuspensionLine:
    """``offices``: organisation id -> name; ``people``: official id -> name."""
    running = suspension.standing is SuspensionStanding.RUNNING
    return SuspensionLine(
        suspension=suspension,
        office=offices.get(suspension.organisation_id, ""),
        last_day=shanghai_day(suspension.ends_at - timedelta(microseconds=1)),
        standing=said(SUSPENSION_WORDS[suspension.standing], language),
        tone="warn" if running else "ended",
        by=_name(people, suspension.by),
        replied_by=_name(people, suspension.replied_by),
        lifted_by=_name(people, suspension.lifted_by),
    )


def _name(people: Mapping[UUID, str], someone: UUID | None) -> str:
    return "" if someone is None else people.get(someone, "")
