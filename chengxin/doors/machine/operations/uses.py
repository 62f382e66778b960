"""Uses: an asker reports that an answer weighed against its person, who is told."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Status

from chengxin.access import facade as access
from chengxin.access.terms.uses import UseReport
from chengxin.doors.entrance import Who
from chengxin.doors.machine import shapes
from chengxin.doors.machine.api import operation
from chengxin.doors.machine.entering import caller_of
from chengxin.doors.machine.request import moment_of


@operation("POST", "/uses", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.UseReported, status=201, refuses=(404,))
def report_use(request: HttpRequest, used: shapes.Use) -> Status[dict[str, object]]:
    """Report a decision against a person that rests on an answer. The person is told by page and letter."""
    report = UseReport(used.kind, used.number, used.look, used.decision, used.decided_on)
    uid = access.report_use(actor=caller_of(request).actor, report=report, at=moment_of(request), reason=used.reason)
    return Status(201, {"uid": uid})
