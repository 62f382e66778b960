"""A paper into a case of one's own."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.matters import PaperForm
from chengxin.doors.portal.presenters.matter import Matters
from chengxin.doors.portal.receiving import Received, token_checked, with_paper
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.persons.terms import Scope
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, PaperKind

OWN_WISH: Final = "own_wish"
FIRST_KIND: Final = {"repair": PaperKind.PERFORMANCE}
"""What a paper of a workflow most often is."""


def _paper(request: Request, uid: UUID, received: Received | None = None) -> HttpResponse:
    """The form of a paper, and the paper itself once it is here."""
    actor, _ = person_of(request)
    case = remedies.case_of(actor=actor, uid=uid, at=request.at)
    note_reading(request, "matters")
    if received is None:
        kind = FIRST_KIND.get(case.workflow, PaperKind.EVIDENCE)
        return _asked(request, case, PaperForm(language=request.language, initial={"kind": kind.value}))
    if received.refused is not None:
        form = PaperForm(language=request.language, data={"kind": ""})
        form.errors.clear()
        form.say(received.refused)
        return _asked(request, case, form)
    return token_checked(_taken)(request, case, received)


def _taken(request: Request, case: Case, received: Received) -> HttpResponse:
    actor, _ = person_of(request)
    form, content = PaperForm(received.fields, language=request.language), received.content
    if content is None:
        form.say_missing_file()
    if content is None or not form.is_valid():
        return _asked(request, case, form)
    paper = attempted(
        form,
        lambda: remedies.hand_in_paper(
            actor=actor,
            uid=case.uid,
            kind=PaperKind(form.cleaned_data["kind"]),
            title=received.file_name,
            content=content,
            at=request.at,
            reason=OWN_WISH,
        ),
        field="file",
    )
    if paper is None:
        return _asked(request, case, form)
    messages.success(request, text("resident.paper.done", request.language))
    return redirect("my_matter", case.uid)


def _asked(request: Request, case: Case, form: PaperForm) -> HttpResponse:
    matters = Matters(surroundings_of(request), request.language)
    context = {"form": form, "case": case, "line": matters.line(case)}
    return render(request, "portal/resident/matter_paper.html", context)


my_matter_paper_add = with_paper(entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)(_paper))
