"""What the office owes and when; and saying that there was nothing."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.collection import facade as collection
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.batches import duty_line
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.views.clerk.supplying import acting, items_on, may, office_asked_about, own_item
from chengxin.doors.request import Request
from chengxin.doors.wording import date_in_words, text
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import NotFound
from chengxin.offices.terms import Permission


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_SUPPLY)
@require_safe
def duties(request: Request) -> HttpResponse:
    """Everything owed, what is late first, with the two ways of reporting beside it."""
    actor, own = acting(request)
    office, choices = office_asked_about(request, Permission.SEE_SUPPLY)
    today = shanghai_day(request.at)
    item = items_on(today)
    lines = [
        duty_line(one, item(one.item), today, request.language)
        for one in collection.duties_of(actor, office.id, request.at)
    ]
    context = {
        "office": name_of(office, request.language),
        "chosen": office.uid,
        "choices": [(one.uid, name_of(one, request.language)) for one in choices],
        "lines": [line for line in lines if line.pressing],
        "running": [line for line in lines if not line.pressing],
        "late": sum(line.duty.is_late and not line.done for line in lines),
        "may_send": office.id == own and may(request, Permission.SEND_FILE),
    }
    return render(request, "portal/clerk/duties.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.REPORT_NOTHING)
def report_nothing(request: Request, code: str, day: str) -> HttpResponse:
    """Say that there is nothing of an item for the period that a day lies in."""
    actor, own = acting(request)
    item, asked = own_item(request, code), _day(day)
    duty = next(
        (
            one
            for one in collection.duties_of(actor, own, request.at)
            if one.item == code and one.period_from <= asked <= one.period_to
        ),
        None,
    )
    form = ActForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        period = attempted(
            form,
            lambda: collection.report_nothing(actor=actor, item=code, day=asked, at=request.at, reason=form.why),
        )
        if period is not None:
            told = {
                "item": item_name(item, request.language),
                "start": date_in_words(period.period_from, request.language),
                "end": date_in_words(period.period_to, request.language),
            }
            messages.success(request, text("duties.nothing.done", request.language, **told))
            return redirect("duties")
    context = {"form": form, "item": item_name(item, request.language), "duty": duty}
    return render(request, "portal/clerk/nothing.html", context)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise NotFound(thing="period") from None
