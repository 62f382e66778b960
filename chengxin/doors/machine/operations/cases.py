"""Cases of an asker: opened before a look that needs one, closed when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Status

from chengxin.access import facade as access
from chengxin.doors.entrance import Who
from chengxin.doors.machine import shapes
from chengxin.doors.machine.api import operation
from chengxin.doors.machine.entering import caller_of
from chengxin.doors.machine.request import moment_of

if TYPE_CHECKING:
    from chengxin.access.terms.asking import CaseView


@operation("POST", "/cases", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.Case, status=201)
def open_case(request: HttpRequest, opening: shapes.CaseOpening) -> Status[dict[str, Any]]:
    """Open a case of one's own, for one purpose."""
    found = access.open_case(
        actor=caller_of(request).actor,
        ref=opening.ref,
        purpose=opening.purpose,
        persons_most=opening.persons_most,
        at=moment_of(request),
        reason=opening.reason,
    )
    return Status(201, _told(found))


@operation("GET", "/cases", who=Who.CLIENT_ASKING, answer=shapes.Cases)
def cases(request: HttpRequest, closed: bool = False) -> dict[str, Any]:
    """The organisation's open cases; with `closed`, all of them."""
    found = access.cases_for(caller_of(request).actor, moment_of(request), open_only=not closed)
    return {"cases": [_told(case) for case in found]}


@operation("POST", "/cases/{uuid:uid}/close", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.Case, refuses=(404,))
def close_case(request: HttpRequest, uid: UUID, why: shapes.Reason) -> dict[str, Any]:
    """Close a case: nothing more is answered for it."""
    return _told(access.close_case(actor=caller_of(request).actor, uid=uid, at=moment_of(request), reason=why.reason))


def _told(case: CaseView) -> dict[str, Any]:
    return {
        "uid": case.uid,
        "ref": case.ref,
        "purpose": case.purpose,
        "persons_most": case.persons_most,
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
    }
