"""An e-mail address is proven by a link sent to it, opened by the person while signed in: a stranger proves nothing with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.doors.telling import ACTOR
from chengxin.doors.wording import LANGUAGES, Language, text
from chengxin.foundation import jobs
from chengxin.foundation.database import as_person, in_transaction
from chengxin.persons import facade as persons
from chengxin.persons.terms import Contact, ContactKind

LINK_LIFE: Final = timedelta(hours=24)
LINK_JOB: Final = "doors.send_contact_link"


def email_of(person_id: UUID) -> Contact | None:
    """The person's e-mail address as it stands. The person must be set on the connection."""
    return next((one for one in persons.contacts_of(person_id) if one.kind is ContactKind.EMAIL), None)


def ask_link(person_id: UUID, contact_id: UUID) -> None:
    """Have the link sent, once the current transaction stands."""
    jobs.defer(LINK_JOB, person_id=person_id, contact_id=contact_id)


def link_token(person_id: UUID, contact_id: UUID, at: datetime) -> str:
    """What the link ends in: its second and a signature over it, the person and the contact. It names nobody."""
    return _signer(person_id, contact_id).sign(str(int(at.timestamp())))


def is_good(token: str, person_id: UUID, contact_id: UUID, at: datetime) -> bool:
    """Whether the link was made for this contact of this person, less than a day ago."""
    try:
        made = int(_signer(person_id, contact_id).unsign(token))
    except (BadSignature, ValueError):
        return False
    return 0 <= at.timestamp() - made < LINK_LIFE.total_seconds()


def send_link(person_id: UUID, contact_id: UUID, *, at: datetime) -> bool:
    """Send the link to the contact it is for, if that still is the person's address and not proven; whether it went out.

    What the mail server does wrong is raised, and the job tried again.
    """
    with in_transaction(), as_person(person_id):
        email = email_of(person_id)
        if email is None or email.contact_id != contact_id or email.verified_at is not None:
            return False
        access.log_look(
            actor=ACTOR,
            person_id=person_id,
            purpose=Purpose.SERVICE_OF_NOTICE,
            entries=(),
            fields=("contact",),
            at=at,
            outcome="sent",
        )
        link = settings.CHENGXIN_ADDRESS + reverse("my_contact_prove", args=[link_token(person_id, contact_id, at)])
        said = {language: _said(link, language) for language in LANGUAGES}
        EmailMessage(
            subject=" / ".join(text("telling.link.subject", language) for language in LANGUAGES),
            body="\n\n".join(said.values()),
            to=[email.address],
            headers={"Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
        ).send()
    return True


def _said(link: str, language: Language) -> str:
    office = settings.CHENGXIN_OFFICE[language] or text("telling.office", language)
    return text("telling.link.body", language, office=office, link=link)


def _signer(person_id: UUID, contact_id: UUID) -> Signer:
    return Signer(salt=f"contact:{person_id}:{contact_id}")
