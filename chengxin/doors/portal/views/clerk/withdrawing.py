"""Withdrawing by the number of a decision: which item, which decision, what the own office handed in, why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.catalogue.terms import FieldRole, Item
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchView, TakenBack
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.sending import WITHDRAW, DecisionForm
from chengxin.doors.portal.presenters.batches import batch_line
from chengxin.doors.portal.presenters.catalogue import item_line, item_name
from chengxin.doors.portal.views.clerk.supplying import acting, own_item, own_items
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.database import in_transaction
from chengxin.kernel.errors import ChengxinError
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


@entrance(who=Who.OFFICIAL, permission=Permission.WITHDRAW_ROW)
@require_safe
def decision_which(request: Request) -> HttpResponse:
    """Of which item is the decision?"""
    lines = [item_line(item, request.language) for item in own_items(request)]
    return render(request, "portal/clerk/decision_which.html", {"lines": lines})


@entrance(who=Who.OFFICIAL, permission=Permission.WITHDRAW_ROW)
def decision_withdraw(request: Request, code: str) -> HttpResponse:
    """Look the decision up among those of the own office; then, with a reason, take its entry back."""
    item = own_item(request, code)
    form = DecisionForm(request.POST or None, language=request.language, item=item, given=_given(request, item))
    found = None
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("step") == WITHDRAW
        found = _withdrawn(request, item, form) if wanted else _found(request, item, form)
        if found is not None and wanted:
            messages.success(request, text("send.decision.done", request.language))
            return redirect("batch", uid=found.uid)
        if found is None and wanted and not form.why.strip():
            found = _found(request, item, form)
    context = {
        "form": form,
        "questions": [form[name] for name in form.specs],
        "item": item_name(item, request.language),
        "found": None if found is None else batch_line(found, item, request.language),
    }
    return render(request, "portal/clerk/decision_withdraw.html", context)


def _found(request: Request, item: Item, form: DecisionForm) -> BatchView | None:
    actor, _ = acting(request)
    try:
        return collection.batch_of_decision(actor=actor, item=item.code, cells=form.cells(), at=request.at)
    except ChengxinError as error:
        form.say(error)
        return None


def _withdrawn(request: Request, item: Item, form: DecisionForm) -> BatchView | None:
    actor, _ = acting(request)
    try:
        with in_transaction():
            batch = collection.batch_of_decision(actor=actor, item=item.code, cells=form.cells(), at=request.at)
            collection.withdraw_decision(
                actor=actor,
                item=item.code,
                cells=form.cells(),
                because=TakenBack(form.cleaned_data["because"]),
                at=request.at,
                reason=form.why,
            )
        return batch
    except ChengxinError as error:
        form.say(error, "reason" if not form.why.strip() else None)
        return None


def _given(request: Request, item: Item) -> dict[str, str]:
    """The own office's code, where the decision is known by its body."""
    spec = item.field_of(FieldRole.DECIDER_CODE)
    _, own = acting(request)
    return {} if spec is None else {spec.code: offices.organisation(own).org_code}
