"""Answers that a person has not sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.remedies import models
from chengxin.remedies.queries import sealed

KEPT: Final = timedelta(days=30)
"""So long after its last change a draft counts."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft: of which request, about what, when it was last changed."""

    flow: str
    about_uid: UUID
    at: datetime


def draft_answers(person_id: UUID, flow: str, about_uid: UUID, *, at: datetime) -> dict[str, str]:
    """What the person who is set on the connection has answered so far; empty where they have not begun."""
    row = models.Draft.objects.filter(person_id=person_id, flow=flow, about_uid=about_uid, at__gt=at - KEPT).first()
    if row is None:
        return {}
    said = sealed.opened(person_id, draft_place(flow, about_uid), row.sealed)
    return {str(name): str(value) for name, value in said.items()}


def drafts_of(person_id: UUID, *, at: datetime) -> list[DraftView]:
    """What the person who is set on the connection began and did not send, the newest first."""
    rows = models.Draft.objects.filter(person_id=person_id, at__gt=at - KEPT).order_by("-at", "flow")
    return [DraftView(row.flow, row.about_uid, row.at) for row in rows]


def draft_place(flow: str, about_uid: UUID) -> str:
    return f"draft|{flow}|{about_uid}"
