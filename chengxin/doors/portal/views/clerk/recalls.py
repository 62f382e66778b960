"""Recalls that wait for a second person: to agree, or not to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.collection import facade as collection
from chengxin.collection.terms import RecallAct, RecallView
from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.presenters.batches import batch_line
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.views.clerk.supplying import acting, item_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

_ACTIONS = {RecallAct.APPROVE: collection.approve_recall, RecallAct.REFUSE: collection.refuse_recall}


@entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_RECALL)
@require_safe
def recalls(request: Request) -> HttpResponse:
    """What was asked for in reach, the oldest first."""
    actor, _ = acting(request)
    waiting = collection.recalls_waiting(actor, request.at)
    return render(request, "portal/clerk/recalls.html", {"rows": [_told(one, request) for one in waiting]})


def _told(recall: RecallView, request: Request) -> dict[str, object]:
    actor, _ = acting(request)
    batch = collection.batch_by_uid(recall.batch_uid)
    names = office_names([offices.organisation(recall.organisation_id)], request.language)
    return {
        "recall": recall,
        "line": batch_line(batch, item_of(batch), request.language),
        "office": names[recall.organisation_id],
        "asked_by": offices.official_names([recall.asked_by]).get(recall.asked_by, ""),
        "mine": recall.asked_by == actor.official_id,
    }


def _page(act: RecallAct) -> View:
    def page(request: Request, uid: UUID) -> HttpResponse:
        actor, _ = acting(request)
        recall = collection.recall_by_uid(uid)
        offices.require_permission(actor, Permission.APPROVE_RECALL, request.at, organisation_id=recall.organisation_id)
        form = ActForm(request.POST or None, language=request.language)
        if request.method == "POST" and form.is_valid():
            done = attempted(form, lambda: _ACTIONS[act](actor=actor, uid=uid, at=request.at, reason=form.why))
            if done is not None:
                messages.success(request, text(f"recalls.{act.value}.done", request.language))
                return redirect("recalls")
        words = {part: text(f"recalls.{act.value}.{part}", request.language) for part in ("title", "lead", "button")}
        context = {**words, "form": form, "told": _told(recall, request), "grave": act is RecallAct.APPROVE}
        return render(request, "portal/clerk/recall.html", context)

    return entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_RECALL)(page)


RECALL_PAGES: dict[RecallAct, View] = {act: _page(act) for act in RecallAct}
