"""What makes an official fit to ask: training passed and their own document known, both recorded by another."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.asking import OwnDocumentForm, TakeBackForm, TrainingForm
from chengxin.doors.portal.templatetags.resident import marked
from chengxin.doors.portal.views.office.reach import acting
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, date_in_words, text
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import TRAINING_DAYS, OfficialView, Permission, TakenBack, TrainingView


@entrance(who=Who.OFFICIAL, permission=Permission.RECORD_TRAINING)
def official_training(request: Request, uid: UUID) -> HttpResponse:
    """Record a course that this official passed."""
    actor, _ = acting(request)
    found = offices.official_for(actor, uid, request.at)
    today = shanghai_day(request.at)
    days = {"passed_on": today, "valid_until": today + timedelta(days=TRAINING_DAYS[-1].days)}
    form = TrainingForm(request.POST or None, language=request.language, initial=days)

    def record() -> TrainingView:
        given = form.cleaned_data
        return offices.record_training(
            actor=actor,
            official_id=found.id,
            course=given["course"],
            passed_on=given["passed_on"],
            valid_until=given["valid_until"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and attempted(form, record) is not None:
        messages.success(request, text("office.training.done", request.language, name=found.name))
        return redirect("official", uid=uid)
    return render(request, "portal/office/training.html", {"form": form, "official": found})


@entrance(who=Who.OFFICIAL, permission=Permission.RECORD_TRAINING)
def official_training_back(request: Request, uid: UUID) -> HttpResponse:
    """Take a training back that was recorded by mistake, or on what was not true: it counts no more at once."""
    actor, _ = acting(request)
    found = offices.official_for(actor, uid, request.at)
    gone = offices.trainings_taken_back(actor, found.id, request.at)
    stand = {
        f"{one.passed_on.isoformat()} {one.course}": one
        for one in offices.trainings_of(actor, found.id, request.at)
        if (one.course, one.passed_on) not in gone
    }
    choices = [(key, _line(one, request.language)) for key, one in stand.items()]
    form = TakeBackForm(request.POST or None, language=request.language, choices={"training": choices})

    def take_back() -> TakenBack:
        chosen = stand[form.cleaned_data["training"]]
        return offices.take_back_training(
            actor=actor,
            official_id=found.id,
            course=chosen.course,
            passed_on=chosen.passed_on,
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and attempted(form, take_back) is not None:
        messages.success(request, text("office.taking_back.done", request.language, name=found.name))
        return redirect("official", uid=uid)
    return render(request, "portal/office/training_back.html", {"form": form, "official": found, "stand": stand})


def _line(one: TrainingView, language: Language) -> str:
    day = date_in_words(one.passed_on, language)
    return marked(text("office.taking_back.line", language, course=one.course, day=day), language)


@entrance(who=Who.OFFICIAL, permission=Permission.RECORD_TRAINING)
@sensitive_post_parameters("number")
@sensitive_variables("given", "form")
def official_document(request: Request, uid: UUID) -> HttpResponse:
    """Keep the mark of this official's own document; the number is shown on no page afterwards."""
    actor, _ = acting(request)
    found = offices.official_for(actor, uid, request.at)
    form = OwnDocumentForm(request.POST or None, language=request.language, at=request.at)

    def record() -> OfficialView:
        given = form.cleaned_data
        return offices.record_own_document(
            actor=actor,
            official_id=found.id,
            kind=given["kind"],
            number=given["number"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and attempted(form, record) is not None:
        messages.success(request, text("office.document.done", request.language, name=found.name))
        return redirect("official", uid=uid)
    return render(request, "portal/office/document.html", {"form": form, "official": found})
