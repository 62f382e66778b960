"""Organisations are told at the address they registered: that something they were shown is no longer right, and, their head,
that terms of theirs ran out. Where to read it, and nobody's name."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from chengxin.doors.wording import LANGUAGES, text
from chengxin.offices import facade as offices
from chengxin.remedies import facade as remedies

_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def tell_recipient(recall: UUID, organisation_id: UUID, *, at: datetime) -> bool:
    """Send it, where the organisation registered an e-mail address; whether it went out. No entry and nobody is named.

    Everybody who works there has it in their list from the same transaction on, and a machine by ``GET /v1/recalls``.
    """
    return _send(organisation_id, "recall", reverse("remedy_recall", args=[recall]))


def tell_heads(*, at: datetime) -> int:
    """Remind the head of each office of what it let pass, as long as nobody has answered; gives how many messages went out.

    No clock and no output waits for it: the case, the queue and the public list say the same without it.
    """
    where = reverse("remedies_queue")
    return sum(_send(one.organisation_id, "late", where, count=one.count) for one in remedies.offices_late(at))


def _send(organisation_id: UUID, what: str, where: str, **given: int) -> bool:
    """A message to an organisation's own address, in both languages; whether it has one."""
    found = next((one for one in offices.organisations() if one.id == organisation_id), None)
    address = _ADDRESS.search(found.contact) if found else None
    if address is None:
        return False
    link = settings.CHENGXIN_ADDRESS + where
    said = []
    for language in LANGUAGES:
        office = settings.CHENGXIN_OFFICE[language] or text("telling.office", language)
        said.append(text(f"telling.{what}.body", language, office=office, link=link, **given))
    EmailMessage(
        subject=" / ".join(text(f"telling.{what}.subject", language) for language in LANGUAGES),
        body="\n\n".join(said),
        to=[address.group()],
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
    ).send()
    return True
