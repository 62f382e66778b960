"""Writing notices: one for one person, or all of a batch by COPY."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation.copying import BinaryRows
from chengxin.foundation.models.outbox import Dispatch, Notice
from chengxin.kernel.ids import new_id, new_uid

EVERY: Final = "every"
"""Channel of a dispatch that goes wherever its person wants to be told."""

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
    return notice.uid


def dispatch_batch(batch_id: UUID, *, at: datetime) -> None:
    """Queue the sending of every notice of a batch as one piece of work, in the current transaction of ``default``."""
    Dispatch.objects.create(id=new_id(at), batch_id=batch_id, channel=EVERY, due_at=at, made_at=at)
