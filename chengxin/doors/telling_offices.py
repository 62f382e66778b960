"""An organisation that was shown what is no longer right is told at the address it registered: that, and where to read it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from chengxin.doors.wording import LANGUAGES, Language, text
from chengxin.offices import facade as offices

_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def tell_recipient(recall: UUID, organisation_id: UUID, *, at: datetime) -> bool:
    """Send it, where the organisation registered an e-mail address; whether it went out. No entry and nobody is named.

    Everybody who works there has it in their list from the same transaction on, and a machine by ``GET /v1/recalls``.
    """
    found = next((one for one in offices.organisations() if one.id == organisation_id), None)
    address = _ADDRESS.search(found.contact) if found else None
    if address is None:
        return False
    link = settings.CHENGXIN_ADDRESS + reverse("remedy_recall", args=[recall])
    EmailMessage(
        subject=" / ".join(text("telling.recall.subject", language) for language in LANGUAGES),
        body="\n\n".join(_said(link, language) for language in LANGUAGES),
        to=[address.group()],
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
    ).send()
    return True


def _said(link: str, language: Language) -> str:
    office = settings.CHENGXIN_OFFICE[language] or text("telling.office", language)
    return text("telling.recall.body", language, office=office, link=link)
