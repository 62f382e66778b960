"""Stuck batches and jobs, each with what may be done: go on, or cancel. Ids, dates and counts; no word of content."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.collection import facade as collection
from chengxin.collection.terms.batches import BatchAct
from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation import jobs, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.jobs import JobUnknown, StuckJob
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

BATCH_ACTS = (BatchAct.RETRY, BatchAct.CANCEL)
JOB_ACTS: dict[str, Callable[[int], None]] = {"retry": jobs.retry, "cancel": jobs.cancel}


@entrance(who=Who.OPERATOR, permission=Permission.SEE_WORK)
@require_safe
def work(request: Request) -> HttpResponse:
    """What does not go on by itself, the oldest first."""
    names = office_names(offices.organisations(closed=True), request.language)
    batches = [(one, names.get(one.organisation_id, "")) for one in collection.batches_stuck(request.at)]
    return render(request, "portal/operator/work.html", {"batches": batches, "jobs": jobs.stuck(request.at)})


def _actor(request: Request) -> Actor:
    assert request.actor is not None
    return request.actor


def _batch_page(act: BatchAct) -> View:
    def page(request: Request, uid: UUID) -> HttpResponse:
        batch = next((one for one in collection.batches_stuck(request.at) if one.uid == uid), None)
        if batch is None:
            raise NotFound(thing="batch")
        action = collection.retry_batch if act is BatchAct.RETRY else collection.cancel_batch
        form = ActForm(request.POST or None, language=request.language)
        if request.method == "POST" and form.is_valid():
            done = attempted(form, lambda: action(actor=_actor(request), uid=uid, at=request.at, reason=form.why))
            if done is not None:
                messages.success(request, text(f"work.batch.{act.value}.done", request.language))
                return redirect("work")
        context = _words(request, f"work.batch.{act.value}") | {"form": form, "batch": batch}
        return render(request, "portal/operator/mend.html", context)

    return entrance(who=Who.OPERATOR, permission=Permission.MEND_WORK)(page)


def _job_page(act: str) -> View:
    def page(request: Request, job_id: int) -> HttpResponse:
        job = next((one for one in jobs.stuck(request.at) if one.id == job_id), None)
        if job is None:
            raise JobUnknown(job=job_id)
        form = ActForm(request.POST or None, language=request.language)
        if request.method == "POST" and form.is_valid():
            done = attempted(form, lambda: _mend(_actor(request), act, job, request, form.why))
            if done is not None:
                messages.success(request, text(f"work.job.{act}.done", request.language))
                return redirect("work")
        context = _words(request, f"work.job.{act}") | {"form": form, "job": job}
        return render(request, "portal/operator/mend.html", context)

    return entrance(who=Who.OPERATOR, permission=Permission.MEND_WORK)(page)


def _mend(actor: Actor, act: str, job: StuckJob, request: Request, reason: str) -> StuckJob:
    JOB_ACTS[act](job.id)
    # the queue's own numbers are no uuids; the journal holds the number in one
    journal.record(actor, f"{act}_job", "job", UUID(int=job.id), at=request.at, reason=reason)
    return job


def _words(request: Request, key: str) -> dict[str, str]:
    return {part: text(f"{key}.{part}", request.language) for part in ("title", "lead", "button")}


BATCH_PAGES: dict[BatchAct, View] = {act: _batch_page(act) for act in BATCH_ACTS}
JOB_PAGES: dict[str, View] = {act: _job_page(act) for act in JOB_ACTS}
