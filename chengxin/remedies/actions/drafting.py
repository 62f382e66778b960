"""Answers kept between the pages of a request, until it is sent: nothing is decided by them, and nobody else reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import DISPOSER, as_person
from chengxin.kernel.ids import new_uid
from chengxin.remedies import models
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.drafts import KEPT, draft_place


def keep_draft(person_id: UUID, flow: str, about_uid: UUID, answers: Mapping[str, str], *, at: datetime) -> None:
    """Keep what a person has answered so far, in the place of what was kept before; drafts that are too old go."""
    with as_person(person_id):
        models.Draft.objects.filter(person_id=person_id, at__lte=at - KEPT).delete()
        blob = sealed.seal(person_id, draft_place(flow, about_uid), answers)
        here = models.Draft.objects.filter(person_id=person_id, flow=flow, about_uid=about_uid)
        if not here.update(sealed=blob, at=at):
            models.Draft(person_id=person_id, flow=flow, about_uid=about_uid, at=at, sealed=blob).save(
                force_insert=True
            )


def drop_draft(person_id: UUID, flow: str, about_uid: UUID) -> None:
    """Throw a draft away: it was sent, or its person wants it gone."""
    with as_person(person_id):
        models.Draft.objects.filter(person_id=person_id, flow=flow, about_uid=about_uid).delete()


def forget_drafts(*, actor: Actor, at: datetime, reason: str) -> int:
    """Delete, as role disposer, what nobody sent for so long; no draft that is too old was read before either."""
    with transaction.atomic(using=DISPOSER), connections[DISPOSER].cursor() as cursor:
        cursor.execute("DELETE FROM remedies_draft WHERE at <= %s", [at - KEPT])
        gone: int = cursor.rowcount
        if gone:
            said = f"{reason}: {gone}"
            journal.record(actor, "forget_drafts", "remedy_draft", new_uid(), at=at, reason=said, alias=DISPOSER)
    return gone
