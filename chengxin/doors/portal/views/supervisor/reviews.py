"""Reviews of looks: what is due next, one review with all there is to know, the finding. Of a person's file, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.access.terms.reviews import ReviewView
from chengxin.catalogue import facade as catalogue
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.reviews import ReviewForm
from chengxin.doors.portal.presenters.review import ReviewLine, review_line
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

DECIDED_LISTED = 20


def _actor(request: Request) -> Actor:
    assert request.actor is not None
    return request.actor


def _lines(request: Request, found: Sequence[ReviewView]) -> list[ReviewLine]:
    around = Surroundings(at=request.at, language=request.language)
    edition = catalogue.edition_on(shanghai_day(request.at))
    named = offices.official_names([who for one in found for who in (one.official_id, one.decided_by)])
    return [
        review_line(
            one,
            offices=around.offices_named([one.organisation_id]),
            names=named,
            purpose=edition.purpose(one.purpose),
            reader=_actor(request).official_id,
            today=around.today,
            language=request.language,
        )
        for one in found
    ]


@entrance(who=Who.OFFICIAL, permission=Permission.REVIEW_LOOKS)
@require_safe
def reviews(request: Request) -> HttpResponse:
    """What is due first stands first."""
    actor = _actor(request)
    context = {
        "lines": _lines(request, access.reviews_for(actor, request.at)),
        "decided": _lines(request, access.reviews_for(actor, request.at, decided=True, limit=DECIDED_LISTED)),
    }
    return render(request, "portal/supervisor/reviews.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.REVIEW_LOOKS)
def review(request: Request, uid: UUID) -> HttpResponse:
    """One review, and its finding where it waits."""
    actor = _actor(request)
    found = access.review_for(actor, uid, request.at)
    form = None
    if found.finding is None and found.official_id != actor.official_id:
        form = ReviewForm(request.POST or None, language=request.language, review=found)
        if request.method == "POST" and form.is_valid() and _decided(request, uid, form):
            messages.success(request, text("reviews.decide.done", request.language))
            return redirect("reviews")
    (line,) = _lines(request, [found])
    return render(request, "portal/supervisor/review.html", {"line": line, "form": form})


def _decided(request: Request, uid: UUID, form: ReviewForm) -> bool:
    return (
        attempted(
            form,
            lambda: access.decide_review(
                actor=_actor(request),
                uid=uid,
                finding=form.found,
                told=form.cleaned_data["told"],
                suspending=form.suspending(request.at),
                at=request.at,
                reason=form.why,
            ),
        )
        is not None
    )
