"""The proof that a look stands in the log, for its person: a page, and a file to carry away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.access.terms import NotYetInTheLog
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.views.resident.reading import note_reading, person_of
from chengxin.doors.request import Request
from chengxin.persons.terms import Scope


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
@require_safe
def my_look_proof(request: Request, uid: UUID) -> HttpResponse:
    """What the log holds of one look, and where."""
    _, person_id = person_of(request)
    try:
        proof = access.look_proof(person_id, uid, at=request.at)
    except NotYetInTheLog:
        return render(request, "portal/resident/proof_waits.html")
    note_reading(request, "proof")
    context = {"uid": uid, "proof": proof, "number": proof.index + 1, "leaf": proof.text.decode()}
    return render(request, "portal/resident/proof.html", context)


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
@require_safe
def my_look_proof_file(request: Request, uid: UUID) -> HttpResponse:
    """The proof file (JSON), to be checked without us."""
    _, person_id = person_of(request)
    content = access.proof_text(access.look_proof(person_id, uid, at=request.at))
    note_reading(request, "proof")
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="look-{uid}.json"'
    return response
