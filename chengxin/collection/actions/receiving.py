"""Taking files in: upload, form and command end in the same action. The bytes are sealed before anything is read of them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final
from uuid import UUID

from chengxin.catalogue.terms import Item
from chengxin.collection import reading
from chengxin.collection.actions.closing import acting_on, queue_screening
from chengxin.collection.actions.context import sender_of, supply_of
from chengxin.collection.models import Batch
from chengxin.collection.models.supply import Mapping as KeptMapping
from chengxin.collection.queries.answers import ADDED
from chengxin.collection.queries.batches import batch_by_id, clerk_day, kept_mapping
from chengxin.collection.rules.batches import IntakeFacts, file_ends_at, may_receive
from chengxin.collection.terms.batches import BatchAct, BatchState, Channel
from chengxin.collection.terms.figures import figures_on
from chengxin.collection.terms.views import BatchUnknown, BatchView, FileDestroyed
from chengxin.foundation import files, journal, keyring, keystore
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import BadInput
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

HEAD_BYTES: Final = 256 * 1024
NAME_LENGTH: Final = 200
FORM_FILE: Final = "form.jsonl"


class MappingIncomplete(BadInput):
    """Some fields that every row must fill are named by no heading of the file yet, or by two."""

    code = "mapping_incomplete"


def receive_file(
    *,
    actor: Actor,
    item: str,
    stream: BinaryIO,
    file_name: str,
    size: int | None,
    channel: Channel,
    at: datetime,
    reason: str,
    mapping: Mapping[str, str] | None = None,
    hold: bool = False,
) -> BatchView:
    """Take a file of an item for the actor's own office, and queue its screening.

    The batch stays a draft where ``hold`` asks for it, or where headings are left that nobody has mapped yet. ``mapping``:
    heading -> field, on top of what the office kept. ``size`` in bytes, where it is known beforehand. The view's
    ``same_as`` names an earlier batch with the very same bytes.
    Needs SEND_FILE. Raises ``Refusal`` (item_unknown, item_closed, not_your_item, mismatches_capped, disk_full,
    reason_missing), ``BadInput`` where the file cannot be read, ``files.DiskFull``.
    """
    _require_reason(reason)
    offices.require_permission(actor, Permission.SEND_FILE, at, organisation_id=actor.organisation_id)
    assert actor.organisation_id is not None
    sender = sender_of(actor)
    day = shanghai_day(at)
    supply = supply_of(actor.organisation_id, item, day)
    mismatches, rows = clerk_day(sender, day)
    facts = IntakeFacts(
        item_known=supply.item is not None,
        item_open=supply.item is not None and supply.item.is_open,
        supplies=supply.supplies,
        mismatches=mismatches,
        rows=rows,
        size=size,
        free_bytes=files.free_bytes(),
    )
    require(may_receive(facts, figures_on(day)))
    assert supply.item is not None
    assert supply.edition.uid is not None

    batch_id = new_id(at)
    key = keystore.make_many("file", [batch_id], alias=keystore.WEB)[batch_id]
    lines = _CountingLines(stream)
    stored = files.write(lines, key)
    try:
        found, full, complete = _read_head(
            supply.item, partial(files.open_file, stored.uid, key), file_name, actor.organisation_id, mapping
        )
        batch_state = BatchState.DRAFT if hold or not complete else BatchState.WAITING
        with in_transaction():
            digest = keyring.current().commit(b"file|" + stored.digest)
            batch = Batch(
                id=batch_id,
                uid=new_uid(),
                organisation_id=actor.organisation_id,
                item=item,
                edition=supply.edition.uid,
                sent_by=sender,
                channel=channel.value,
                reason=reason,
                state=batch_state.value,
                same_as=_same_file(actor.organisation_id, item, digest),
                file_uid=stored.uid,
                file_name=file_name[-NAME_LENGTH:],
                file_bytes=stored.bytes,
                file_digest=digest,
                file_facts=found.to_dict(),
                mapping=full,
                rows_expected=lines.rows_expected(found),
                received_at=at,
                received_on=day,
                file_destroy_at=file_ends_at(batch_state, at),
            )
            batch.save(force_insert=True)
            _keep_mapping(actor, item, mapping or {}, at)
            journal.record(
                actor, "receive_file", "batch", batch.uid, at=at, reason=reason, organisation_id=actor.organisation_id
            )
            if batch.state == BatchState.WAITING:
                queue_screening(batch.id)
    except BaseException:
        files.remove(stored.uid)
        raise
    return batch_by_id(batch_id)


def map_headings(*, actor: Actor, uid: UUID, mapping: Mapping[str, str], at: datetime, reason: str) -> BatchView:
    """Say which field each of the file's own headings means, and keep that for the office's next file. Drafts only."""
    batch = _draft(actor, uid, at)
    supply = supply_of(batch.organisation_id, batch.item, batch.received_on)
    assert supply.item is not None
    facts = reading.FileFacts.from_dict(batch.file_facts)
    kept = {**dict.fromkeys(ADDED, ""), **kept_mapping(batch.organisation_id, batch.item), **mapping}
    answer = reading.map_headings(supply.item, facts.headings, kept)
    with acting_on(batch.id, BatchAct.MAP, actor=actor, at=at, reason=reason) as row:
        row.mapping = dict(answer.fields)
        _keep_mapping(actor, batch.item, mapping, at)
    return batch_by_id(batch.id)


def send_batch(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> BatchView:
    """Hand a draft in: from now on it is screened and answered. Raises ``MappingIncomplete``."""
    batch = _draft(actor, uid, at)
    supply = supply_of(batch.organisation_id, batch.item, batch.received_on)
    assert supply.item is not None
    answer = reading.map_headings(supply.item, reading.FileFacts.from_dict(batch.file_facts).headings, batch.mapping)
    if answer.missing or answer.doubled:
        raise MappingIncomplete(fields=sorted((*answer.missing, *answer.doubled)))
    with acting_on(batch.id, BatchAct.SEND, actor=actor, at=at, reason=reason) as row:
        row.file_destroy_at = file_ends_at(BatchState.WAITING, at)
        queue_screening(batch.id)
    return batch_by_id(batch.id)


def send_row(*, actor: Actor, item: str, cells: Mapping[str, str], at: datetime, reason: str) -> BatchView:
    """One row from the form: a file of one JSON line, taken in like any other. ``cells``: every column asked, "" where empty.

    Empty cells are kept: without them a missing value would be taken for a missing column, and the batch wait for headings.
    """
    line = json.dumps(dict(cells), ensure_ascii=False) + "\n"
    content = line.encode()
    return receive_file(
        actor=actor,
        item=item,
        stream=io.BytesIO(content),
        file_name=FORM_FILE,
        size=len(content),
        channel=Channel.FORM,
        at=at,
        reason=reason,
    )


def _read_head(
    item: Item, opener: partial[BinaryIO], file_name: str, organisation_id: UUID, mapping: Mapping[str, str] | None
) -> tuple[reading.FileFacts, dict[str, str], bool]:
    facts = reading.look_at(opener, file_name)
    ours = dict.fromkeys(ADDED, "")  # an answer that was mended and comes back
    kept = {**ours, **kept_mapping(organisation_id, item.code), **(mapping or {})}
    answer = reading.map_headings(item, facts.headings, kept)
    return facts, dict(answer.fields), answer.is_complete


def _same_file(organisation_id: UUID, item: str, digest: bytes) -> UUID | None:
    earlier = Batch.objects.filter(organisation_id=organisation_id, item=item, file_digest=digest)
    return (
        earlier.exclude(state=BatchState.CANCELLED)
        .order_by("-received_at", "-id")
        .values_list("uid", flat=True)
        .first()
    )


def _keep_mapping(actor: Actor, item: str, mapping: Mapping[str, str], at: datetime) -> None:
    assert actor.organisation_id is not None
    for heading, field in mapping.items():
        KeptMapping.objects.update_or_create(
            organisation_id=actor.organisation_id,
            item=item,
            heading=heading,
            defaults={"field": field, "kept_by": sender_of(actor), "kept_at": at},
        )


def _draft(actor: Actor, uid: UUID, at: datetime) -> Batch:
    batch = Batch.objects.filter(uid=uid).first()
    if batch is None:
        raise BatchUnknown()
    offices.require_permission(actor, Permission.SEND_FILE, at, organisation_id=batch.organisation_id)
    if batch.file_destroy_at <= at:
        raise FileDestroyed()
    return batch


def _require_reason(reason: str) -> None:
    if not reason.strip():
        require(Refused("reason_missing", "house habit 3"))


class _CountingLines:
    """Counts line ends while the file passes to the disk: a guess of its rows, for the progress that people see."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines = 0
        self._last = b"\n"

    def read(self, size: int, /) -> bytes:
        """The next bytes of the file."""
        piece = self._stream.read(size)
        if piece:
            self._lines += piece.count(b"\n")
            self._last = piece[-1:]
        return piece

    def rows_expected(self, facts: reading.FileFacts) -> int | None:
        """Rows, if each is one line; None for a workbook."""
        if facts.format == "xlsx":
            return None
        return max(0, self._lines + (self._last != b"\n") - (facts.format == "csv"))
