"""Who looked at a person's file, and what the person may ask about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.access import facade as access
from chengxin.access.terms.reviews import LookUnknown
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.reviews import NotRecognisedForm
from chengxin.doors.portal.views.resident.reading import look_lines, note_reading, person_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.database import in_transaction
from chengxin.kernel.errors import ChengxinError
from chengxin.persons.terms import Scope

OWN_LISTED = 50
A_PAGE = 50
NOT_RECOGNISED = "not_recognised"
"""Why a person asks; they owe no other reason."""
MOST = 2_000
"""Looks by others on the pages; all of them, however many, stand in the download."""


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
def my_looks(request: Request) -> HttpResponse:
    """Every look by others, newest first; the person's own folded away."""
    _, person_id = person_of(request)
    page = Paginator(access.looks_of(person_id, at=request.at, own=False, limit=MOST), A_PAGE).get_page(
        request.GET.get("page")
    )
    own = access.looks_of(person_id, at=request.at, own=True, limit=OWN_LISTED)
    note_reading(request, "looks")
    context = {
        "page": page,
        "others": look_lines(request, list(page)),
        "own": look_lines(request, own),
        "listed": OWN_LISTED,
    }
    return render(request, "portal/resident/looks.html", context)


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
def my_look_ask(request: Request, uid: UUID) -> HttpResponse:
    """ "I do not recognise this": another official looks at the look, and answers within five working days."""
    actor, person_id = person_of(request)
    found = [one for one in access.looks_of(person_id, at=request.at, own=False) if one.uid == uid]
    if not found:
        raise LookUnknown()
    note_reading(request, "looks")
    (line,) = look_lines(request, found)
    form = NotRecognisedForm(request.POST if request.method == "POST" else None, language=request.language)
    if request.method == "POST" and line.may_ask and form.is_valid():
        try:
            with in_transaction():
                access.ask_about_look(
                    actor=actor,
                    person_id=person_id,
                    uid=uid,
                    words=form.cleaned_data["words"],
                    at=request.at,
                    reason=NOT_RECOGNISED,
                )
        except ChengxinError as error:
            form.say(error, "words")
        else:
            messages.success(request, text("resident.not_recognised.done", request.language))
            return redirect("my_looks")
    return render(request, "portal/resident/look_ask.html", {"line": line, "form": form})
