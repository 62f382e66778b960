"""A supplier's files by machine: the same action as the page, the same answer row by row."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.http.request import UnreadablePostError
from ninja import Query, Status

from chengxin.collection import facade as collection
from chengxin.collection.terms.batches import Channel
from chengxin.doors.answers import what_to_do
from chengxin.doors.entrance import Who
from chengxin.doors.machine import replays, shapes
from chengxin.doors.machine.api import operation
from chengxin.doors.machine.entering import MOST_FILE_BYTES, caller_of
from chengxin.doors.machine.problems import BodyUnreadable, DigestMismatch, DigestMissing
from chengxin.doors.machine.request import moment_of

if TYPE_CHECKING:
    from chengxin.collection.terms.views import BatchView

_SHA_256: Final = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]{44}):")
_BYTES: Final = {"type": "string", "format": "binary", "minLength": 1}
FILE: Final = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BYTES}}}}
"""The body of a file, for the document: the action reads it itself."""


@operation(
    "POST", "/batches", who=Who.CLIENT_SUPPLYING, keyed=True, streamed=True, most_bytes=MOST_FILE_BYTES,
    answer=shapes.Batch, status=202, extra=FILE,
)  # fmt: skip
def send_batch(
    request: HttpRequest,
    item: Query[shapes.Code],
    file_name: Query[shapes.Name],
    reason: Query[shapes.Why],
) -> Status[dict[str, Any]]:
    """Hand a file in: CSV, JSON lines or a workbook, as it is, in the body. It is sealed while it arrives."""
    caller, at = caller_of(request), moment_of(request)
    assert caller.key is not None
    if caller.key.made is not None:
        return Status(202, told(collection.batch_for(caller.actor, caller.key.made, at)))
    batch = collection.receive_file(
        actor=caller.actor,
        item=item,
        stream=_Incoming(request),  # type: ignore[arg-type]
        file_name=file_name,
        size=int(request.META["CONTENT_LENGTH"]),
        channel=Channel.API,
        at=at,
        reason=reason,
    )
    replays.note_made(caller.client.id, caller.key, batch.uid)
    return Status(202, told(batch))


@operation("GET", "/batches/{uuid:uid}", who=Who.CLIENT_SUPPLYING, answer=shapes.Batch, refuses=(404,))
def batch_state(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """How far a batch of one's own office is."""
    return told(collection.batch_for(caller_of(request).actor, uid, moment_of(request)))


@operation("GET", "/batches/{uuid:uid}/answer", who=Who.CLIENT_SUPPLYING, answer=bytes, refuses=(404,))
def batch_answer_file(request: HttpRequest, uid: UUID, failed_only: bool = False) -> HttpResponseBase:
    """The file back with what became of each row in two columns more; with `failed_only`, the rows to mend."""
    answer = collection.answer_for(
        caller_of(request).actor, uid, what_to_do, moment_of(request), failed_only=failed_only
    )
    response = StreamingHttpResponse(answer.parts, content_type=answer.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name)}"
    return response


@operation("POST", "/reports", who=Who.CLIENT_SUPPLYING, keyed=True, answer=shapes.Period, status=201)
def report_nothing(request: HttpRequest, report: shapes.NothingReport) -> Status[dict[str, Any]]:
    """Say that there is nothing of an item for a period."""
    period = collection.report_nothing(
        actor=caller_of(request).actor, item=report.item, day=report.day, at=moment_of(request), reason=report.reason
    )
    found = {"period_from": period.period_from, "period_to": period.period_to, "due_on": period.due_on}
    return Status(201, {"item": report.item, **found})


def told(batch: BatchView) -> dict[str, Any]:
    """A batch as `shapes.Batch` describes it."""
    counts = batch.counts
    return {
        "uid": batch.uid,
        "item": batch.item,
        "state": batch.state.value,
        "problem": batch.problem.value if batch.problem else None,
        "file_name": batch.file_name,
        "received_at": batch.received_at,
        "closed_at": batch.closed_at,
        "file_destroyed_at": batch.file_destroy_at,
        "same_as": batch.same_as,
        "counts": {
            "received": counts.received,
            "accepted": counts.accepted,
            "held": counts.quarantined,
            "refused": counts.refused,
        },
    }


class _Incoming:
    """The file's bytes as they arrive; at their end they must be those whose digest was sent."""

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._hash, self._promised = request, hashlib.sha256(), promised_digest(request)

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end. Raises DigestMismatch there, BodyUnreadable where the sender went away."""
        try:
            piece: bytes = self._request.read(size)
        except UnreadablePostError as gone:
            raise BodyUnreadable() from gone
        self._hash.update(piece)
        if not piece and not hmac.compare_digest(self._hash.digest(), self._promised):
            raise DigestMismatch()
        return piece


def promised_digest(request: HttpRequest) -> bytes:
    """The SHA-256 of `Content-Digest` (RFC 9530), 32 bytes. Raises DigestMissing for a header without one."""
    found = _SHA_256.search(request.headers.get("Content-Digest", ""))
    try:
        digest = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error:
        digest = b""
    if len(digest) != hashlib.sha256().digest_size:
        raise DigestMissing()
    return digest
