"""One case on one screen, its papers to open, and papers that an office puts into it. Each is a look that its person sees."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.remedies import PaperForm
from chengxin.doors.portal.presenters.steps import GRAVE, act_word, agreed_by, offered
from chengxin.doors.portal.receiving import Received, token_checked, with_paper
from chengxin.doors.portal.views.remedies.acting import actor_of, page_of, read_case
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.database import in_transaction
from chengxin.kernel.errors import ChengxinError
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import PaperKind
from chengxin.remedies.terms.workflows import Act

BEGINS: Final = {Act.INVITE: "remedy_invite", Act.ASK_BACK: "remedy_ask_back"}
"""What may be begun from a case, and the names of its pages."""
READ, HANDED_IN = "read_for_the_case", "handed_in_by_office"
"""Codes that the journal keeps of the two."""


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)
@require_safe
@sensitive_variables()
def remedy_case(request: Request, uid: UUID) -> HttpResponse:
    """What is contested beside the law, the person's words and papers, the clocks, and the acts open to this official."""
    worked, actor = read_case(request, uid), actor_of(request)
    tried = remedies.acts_open(actor, uid, at=request.at)
    acts = offered(tried, worked.case)
    context = {
        "page": page_of(worked, request),
        "acts": [(act.value, act_word(worked.case, act, request.language), act in GRAVE) for act in acts],
        "begins": [
            (act.value, reverse(BEGINS[act], args=[uid])) for act in remedies.begins_open(actor, uid, at=request.at)
        ],
        "may_find": Act.FIND in tried and worked.case.about.to_find,
        "proposed_by_me": agreed_by(worked.case, actor.official_id),
    }
    return render(request, "portal/remedies/case.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)
@require_safe
@sensitive_variables()
def remedy_paper(request: Request, uid: UUID, paper_id: UUID) -> HttpResponse:
    """One paper, to be kept on the official's own machine or shown there; that it was opened is kept."""
    paper, content = remedies.open_paper(
        actor=actor_of(request), uid=uid, paper_id=paper_id, at=request.at, reason=READ
    )
    response = HttpResponse(content, content_type=paper.media_type)
    # a picture is shown beside the case; a document may hold what runs, so it is only handed over
    how = "inline" if paper.media_type.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(paper.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@with_paper
@entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)
def remedy_paper_add(request: Request, uid: UUID, received: Received | None = None) -> HttpResponse:
    """A certificate, a ruling, minutes, or what somebody brought along."""
    if received is None:
        return _asked(request, uid, PaperForm(language=request.language, of_source=_of_source(request, uid)))
    if received.refused is not None:
        form = PaperForm({}, language=request.language, of_source=_of_source(request, uid))
        form.errors.clear()
        form.say(received.refused, "file")
        return _asked(request, uid, form)
    return token_checked(_taken)(request, uid, received)


@sensitive_variables()
def _taken(request: Request, uid: UUID, received: Received) -> HttpResponse:
    form = PaperForm(received.fields, language=request.language, of_source=_of_source(request, uid))
    if received.content is None:
        form.say_missing_file()
    if received.content is None or not form.is_valid():
        return _asked(request, uid, form)
    try:
        with in_transaction():
            remedies.hand_in_paper(
                actor=actor_of(request),
                uid=uid,
                kind=PaperKind(form.cleaned_data["kind"]),
                title=received.file_name,
                content=received.content,
                fetched_from=form.cleaned_data["fetched_from"],
                at=request.at,
                reason=HANDED_IN,
            )
    except ChengxinError as error:
        form.say(error, "file")
        return _asked(request, uid, form)
    messages.success(request, text("desk.paper.done", request.language))
    return redirect("remedy_case", uid)


def _of_source(request: Request, uid: UUID) -> bool:
    actor = actor_of(request)
    return remedies.case_line(actor, uid, request.at).supplier == actor.organisation_id


def _asked(request: Request, uid: UUID, form: PaperForm) -> HttpResponse:
    line = remedies.case_line(actor_of(request), uid, request.at)
    return render(request, "portal/remedies/paper.html", {"form": form, "line": line, "uid": uid})
