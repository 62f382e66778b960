"""What an organisation was shown and is no longer right: to be put straight in its own records, and acknowledged."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.remedies_intake import AcknowledgeForm
from chengxin.doors.portal.presenters.docket import TONES
from chengxin.doors.portal.presenters.standing import Chip
from chengxin.doors.portal.views.remedies.acting import actor_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.days import shanghai_day
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.desks import RecallLine


@entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)
@require_safe
def remedy_recalls(request: Request) -> HttpResponse:
    """What waits for the own organisation's word, the earliest last day first."""
    found = remedies.recalls_for(actor_of(request), request.at)
    context = {
        "waiting": [_line(request, one) for one in found if one.acknowledged_at is None],
        "done": [_line(request, one) for one in found if one.acknowledged_at is not None],
    }
    return render(request, "portal/remedies/recalls.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)
def remedy_recall(request: Request, uid: UUID) -> HttpResponse:
    """One of them: what was done is said, and it is acknowledged."""
    actor = actor_of(request)
    line = remedies.recall_for(actor, uid, request.at)
    form = AcknowledgeForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            form,
            lambda: remedies.acknowledge_recall(actor=actor, uid=uid, at=request.at, reason=form.why),
        )
        if done:
            messages.success(request, text("desk.recall.done", request.language))
            return redirect("remedy_recalls")
    return render(request, "portal/remedies/recall.html", {"form": form, "one": _line(request, line)})


def _line(request: Request, line: RecallLine) -> dict[str, object]:
    due = remedies.due_word(line.due_on, shanghai_day(request.at), holidays_here())
    return {
        "recall": line,
        "what": text(f"desk.recall.what_{line.what}", request.language),
        "due": Chip(text(f"desk.due.{due.value}", request.language), TONES[due]),
    }
