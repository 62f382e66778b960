"""Orders of silence that another organisation asked for: the list, and the decision on one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.access.terms.seals import SealState, SealView
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.presenters.review import SealLine, seal_line
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.actors import Actor
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


def _actor(request: Request) -> Actor:
    assert request.actor is not None
    return request.actor


def _lines(request: Request, found: list[SealView]) -> list[SealLine]:
    around = Surroundings(at=request.at, language=request.language)
    named = offices.official_names(one.asked_by for one in found)
    return [seal_line(one, around.offices_named([one.organisation_id]), named, request.language) for one in found]


@entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_SEAL)
@require_safe
def seals(request: Request) -> HttpResponse:
    """What waits, the oldest first; what was decided."""
    actor = _actor(request)
    context = {
        "lines": _lines(request, access.seals_to_decide(actor, request.at)),
        "decided": _lines(request, access.seals_to_decide(actor, request.at, decided=True)),
    }
    return render(request, "portal/supervisor/seals.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_SEAL)
def seal(request: Request, uid: UUID) -> HttpResponse:
    """Approve one, or refuse it."""
    actor = _actor(request)
    found = access.seal_to_decide(actor, uid, request.at)
    form = None
    if found.state is SealState.ASKED and found.organisation_id != actor.organisation_id:
        form = ActForm(request.POST or None, language=request.language)
        approved = "approve" in request.POST
        if request.method == "POST" and form.is_valid():
            done = attempted(
                form,
                lambda: access.decide_seal(actor=actor, uid=uid, approved=approved, at=request.at, reason=form.why),
            )
            if done is not None:
                messages.success(request, text(f"seals.done.{done.state.value}", request.language))
                return redirect("seals")
    (line,) = _lines(request, [found])
    return render(request, "portal/supervisor/seal.html", {"line": line, "form": form})
