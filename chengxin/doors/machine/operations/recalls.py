"""What an organisation was shown and is no longer right, for its machine: read, put straight, acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest

from chengxin.doors.entrance import Who
from chengxin.doors.machine import shapes
from chengxin.doors.machine.api import operation
from chengxin.doors.machine.entering import caller_of
from chengxin.doors.machine.request import moment_of
from chengxin.remedies import facade as remedies

if TYPE_CHECKING:
    from chengxin.remedies.terms.desks import RecallLine


@operation("GET", "/recalls", who=Who.CLIENT_ASKING, answer=shapes.Recalls)
def recalls(request: HttpRequest) -> dict[str, Any]:
    """What the organisation was told and has not acknowledged, the earliest last day first; then the newest acknowledged."""
    found = remedies.recalls_for(caller_of(request).actor, moment_of(request))
    return {"recalls": [_told(line) for line in found]}


@operation(
    "POST", "/recalls/{uuid:uid}/acknowledge", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.Recall, refuses=(404,)
)
def acknowledge_recall(request: HttpRequest, uid: UUID, why: shapes.Reason) -> dict[str, Any]:
    """Say that what was received is put straight in one's own records; `reason` says what was done, and names nobody."""
    caller, at = caller_of(request), moment_of(request)
    return _told(remedies.acknowledge_recall(actor=caller.actor, uid=uid, at=at, reason=why.reason))


def _told(line: RecallLine) -> dict[str, Any]:
    return {
        "uid": line.uid,
        "what": line.what,
        "look": line.look,
        "told_at": line.told_at,
        "due_on": line.due_on,
        "acknowledged_at": line.acknowledged_at,
    }
