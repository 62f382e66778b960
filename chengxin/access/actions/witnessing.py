"""Cosignatures of witnesses: anybody outside may say that a checkpoint continues what they saw before (tlog-cosignature)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connections

from chengxin.access.models import LogCheckpoint, LogCosignature
from chengxin.access.rules import notes
from chengxin.access.terms import CheckpointUnknown, CosignaturesFull, CosignatureUnreadable, Cosigned
from chengxin.foundation.database import WEB, in_transaction

if TYPE_CHECKING:
    from datetime import datetime

MOST_STRANGERS: Final = 16
"""Cosignatures of keys nobody told us of, kept for one checkpoint; those of the witnesses we know are always taken."""


def add_cosignature(*, key: str, content: str, at: datetime) -> Cosigned:
    """Keep the cosignature that ``key`` (``name+id+base64``) put under a checkpoint of ours (a whole note).

    Once for each key and checkpoint; again changes nothing. Raises CosignatureUnreadable, CheckpointUnknown, CosignaturesFull.
    """
    try:
        witness, note = notes.key_of(key), notes.note_of(content)
        head = notes.head_of(note.text)
    except notes.NoteUnreadable as fault:
        raise CosignatureUnreadable(part=str(fault)) from fault
    ours = LogCheckpoint.objects.filter(size=head.size).first()
    if ours is None or notes.note_of(ours.note).text != note.text:
        raise CheckpointUnknown(size=head.size)
    signature = note.by(witness)
    if witness.kind != notes.WITNESS_KEY or signature is None or not notes.verified(note, witness):
        raise CosignatureUnreadable(part="no cosignature of this key")
    known = witness.text() in settings.CHENGXIN_LOG_WITNESSES
    with in_transaction():
        _one_by_one(head.size)
        kept = LogCosignature.objects.filter(size=head.size)
        if not kept.filter(witness=witness.text()).exists():
            if not known and kept.filter(known=False)[MOST_STRANGERS - 1 :].exists():
                raise CosignaturesFull(size=head.size)
            LogCosignature.objects.create(
                size=head.size, witness=witness.text(), line=signature.line(), at=at, known=known
            )
    return Cosigned(witness.text(), head.size)


def _one_by_one(size: int) -> None:
    """Two witnesses of one checkpoint at once: the second counts what the first one added."""
    with connections[WEB].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"access_log_cosignature {size}"])
