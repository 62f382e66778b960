"""The queue of cases: the next one first, by its last day; put on a desk, one or many. Nothing is decided here."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.remedies import PAGE, AssignForm, QueueForm
from chengxin.doors.portal.presenters.docket import TONES, queue_line
from chengxin.doors.portal.presenters.standing import Chip
from chengxin.doors.portal.presenters.unnamed import unnamed_line
from chengxin.doors.portal.views.remedies.acting import actor_of, all_offices, items_of, names_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.desks import Desk, Queue, QueueAsk

ASSIGNED = "put_on_a_desk"
"""The code that the journal keeps of it."""


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)
@require_safe
def remedies_queue(request: Request) -> HttpResponse:
    """The open cases in reach, fifty a page."""
    actor = actor_of(request)
    form = QueueForm(request.GET, language=request.language)
    ask = form.asked()
    remedies.write_down_in_reach(actor=actor, at=request.at, reason=remedies.RAN_OUT)
    queue = remedies.queue_for(actor, ask, request.at)
    context = {
        "form": form,
        "lines": _lines(request, queue),
        "counts": [
            (Chip(text(f"desk.due.{due.value}", request.language), TONES[due]), count)
            for due, count in queue.counts.items()
            if count
        ],
        "assign": _assign_form(request) if queue.works else None,
        "unnamed": [
            unnamed_line(one, all_offices(request), request.at, request.language)
            for one in remedies.unnamed_open(actor, request.at)
        ],
        "query": request.GET.urlencode(),
        "page": ask.offset // PAGE + 1,
        "earlier": _page_query(request.GET, ask, -1) if ask.offset else "",
        "later": _page_query(request.GET, ask, 1) if queue.more else "",
    }
    return render(request, "portal/remedies/queue.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.WORK_CASES)
@require_POST
def remedies_assign(request: Request) -> HttpResponse:
    """Put what was ticked, all of the page, or one case on a desk."""
    actor = actor_of(request)
    back = f"{reverse('remedies_queue')}?{_filter_of(request)}".rstrip("?")
    one = request.POST.get("mine", "")
    form = AssignForm(request.POST, language=request.language, colleagues=_colleagues(request))
    if one:
        wanted, to = [one], actor.official_id
    elif form.is_valid():
        wanted = request.POST.getlist("listed" if "all" in request.POST else "case")
        chosen = form.cleaned_data["to"]
        to = None if chosen == AssignForm.NOBODY else UUID(chosen)
    else:
        wanted, to = [], None
    if not wanted:
        messages.warning(request, text("desk.assign.nothing", request.language))
        return redirect(back)
    for uid in wanted[:PAGE]:
        remedies.assign_case(actor=actor, uid=_uuid(uid), official_id=to, at=request.at, reason=ASSIGNED)
    messages.success(request, text("desk.assign.done", request.language, count=len(wanted[:PAGE])))
    return redirect(back)


def _lines(request: Request, queue: Queue) -> list[object]:
    actor, names = actor_of(request), names_of(one.assigned_to for one in queue.lines)
    organisations, items, holidays = all_offices(request), items_of(request.at), holidays_here()
    return [
        queue_line(
            one,
            at=request.at,
            holidays=holidays,
            items=items,
            offices=organisations,
            officials=names,
            reader=actor.official_id,
            language=request.language,
        )
        for one in queue.lines
    ]


def _colleagues(request: Request) -> list[tuple[str, str]]:
    actor = actor_of(request)
    found = offices.colleagues(actor, Permission.WORK_CASES, request.at)
    mine = [(str(actor.official_id), text("desk.assign.me", request.language))] if actor.official_id in found else []
    return mine + [(str(one), name) for one, name in found.items() if one != actor.official_id]


def _assign_form(request: Request) -> AssignForm:
    return AssignForm(language=request.language, colleagues=_colleagues(request))


def _page_query(given: QueryDict, ask: QueueAsk, by: int) -> str:
    asked = given.copy()
    asked["page"] = str(ask.offset // PAGE + 1 + by)
    return asked.urlencode()


def _filter_of(request: Request) -> str:
    """The filter that the page had, and nothing else of what a form says."""
    form = QueueForm(QueryDict(request.POST.get("query", "")), language=request.language)
    ask = form.asked()
    kept = {
        "desk": "" if ask.desk is Desk.ALL else ask.desk.value,
        "turn": ask.turn.value if ask.turn else "",
        "workflow": ask.workflow,
        "page": str(ask.offset // PAGE + 1) if ask.offset else "",
    }
    return urlencode({name: value for name, value in kept.items() if value})


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise NotFound(thing="case") from None
