"""Writing notices, one for one person or all of a batch by COPY; reading them back with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connections

from chengxin.foundation import jobs
from chengxin.foundation.copying import BinaryRows
from chengxin.foundation.database import INTAKE
from chengxin.foundation.models.outbox import Delivery, Dispatch, Notice
from chengxin.foundation.outbox.terms import ChannelKind, DeliveryView, NoticeView, State
from chengxin.kernel.errors import NotFound
from chengxin.kernel.ids import new_id, new_uid

EVERY: Final = "every"
"""Channel of a dispatch that goes wherever its person wants to be told."""

SEND_DUE: Final = "foundation.send_due"
"""The one job that sends what is due, however much it is."""

NOTICE_ROWS: Final = BinaryRows(
    "foundation_notice",
    {
        "person_id": "uuid",
        "notice_id": "uuid",
        "uid": "uuid",
        "subject_id": "uuid",
        "subject_version": "int2",
        "batch_id": "uuid",
        "made_at": "timestamptz",
        "kind": "text",
        "subject_kind": "text",
    },
)
"""The encoder of notices for bulk; the caller asks for their sending with ``dispatch_batch``."""

_FIELDS: Final = (
    "person_id",
    "notice_id",
    "uid",
    "kind",
    "subject_kind",
    "subject_id",
    "subject_version",
    "batch_id",
    "made_at",
)
_PAGE: Final = f"""
    SELECT {", ".join(_FIELDS)} FROM foundation_notice
    WHERE batch_id = %(batch)s AND (person_id, notice_id) > (%(person)s, %(notice)s)
    ORDER BY person_id, notice_id LIMIT %(limit)s
"""  # noqa: S608 -- column names of this module
BEGINNING: Final = UUID(int=0)


class NoticeUnknown(NotFound):
    """There is no such notice, or it is not yours."""

    code = "notice_unknown"


def tell(
    *,
    person_id: UUID,
    kind: str,
    subject_kind: str,
    subject_id: UUID,
    subject_version: int = 1,
    batch_id: UUID | None = None,
    at: datetime,
) -> UUID:
    """Write one notice and queue its sending, in the current transaction of ``default``; gives the notice's public uid.

    The person must be set on the connection: role web adds rows of that person alone.
    """
    notice = Notice(
        person_id=person_id,
        notice_id=new_id(at),
        uid=new_uid(),
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_version=subject_version,
        batch_id=batch_id,
        made_at=at,
    )
    notice.save(force_insert=True)
    Dispatch.objects.create(
        id=new_id(at), person_id=person_id, notice_id=notice.notice_id, channel=EVERY, due_at=at, made_at=at
    )
    jobs.defer(SEND_DUE, once=SEND_DUE)
    return notice.uid


def dispatch_batch(batch_id: UUID, *, at: datetime) -> None:
    """Queue the sending of every notice of a batch as one piece of work, in the current transaction of ``default``."""
    Dispatch.objects.create(id=new_id(at), batch_id=batch_id, channel=EVERY, due_at=at, made_at=at)
    jobs.defer(SEND_DUE, once=SEND_DUE)


def notices_of(person_id: UUID, *, limit: int | None = None) -> list[NoticeView]:
    """The person's notices, newest first, with the steps of telling each: every one, unless the caller asks for the newest
    ``limit``. The person must be set on the connection."""
    rows = Notice.objects.filter(person_id=person_id).order_by("-made_at", "-notice_id")[:limit]
    return _with_deliveries(person_id, [_view(row) for row in rows])


def notice_of(person_id: UUID, uid: UUID) -> NoticeView:
    """One notice of the person by its public number. Raises ``NoticeUnknown``."""
    row = Notice.objects.filter(person_id=person_id, uid=uid).first()
    if row is None:
        raise NoticeUnknown()
    return _with_deliveries(person_id, [_view(row)])[0]


def notices_by_id(person_id: UUID, notice_ids: Iterable[UUID]) -> list[NoticeView]:
    """Notices of the person by their internal ids, oldest first; the person must be set on the connection."""
    rows = Notice.objects.filter(person_id=person_id, notice_id__in=list(notice_ids)).order_by("notice_id")
    return _with_deliveries(person_id, [_view(row) for row in rows])


def page_of_batch(batch_id: UUID, *, after: tuple[UUID, UUID] | None, limit: int) -> list[NoticeView]:
    """The next notices of a batch in the order of person and notice, without their steps.

    Read by role intake: of a notice it sees identifiers alone.
    """
    person, notice = after or (BEGINNING, BEGINNING)
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(_PAGE, {"batch": batch_id, "person": person, "notice": notice, "limit": limit})
        return [NoticeView(*row) for row in cursor.fetchall()]


def _view(row: Notice) -> NoticeView:
    return NoticeView(*(getattr(row, name) for name in _FIELDS))


def _with_deliveries(person_id: UUID, notices: Sequence[NoticeView]) -> list[NoticeView]:
    steps: dict[UUID, list[DeliveryView]] = {notice.notice_id: [] for notice in notices}
    rows = Delivery.objects.filter(person_id=person_id, notice_id__in=list(steps)).order_by("delivery_id")
    for row in rows if notices else ():
        steps[row.notice_id].append(DeliveryView(ChannelKind(row.channel), State(row.state), row.at, row.evidence))
    return [replace(notice, deliveries=tuple(steps[notice.notice_id])) for notice in notices]
