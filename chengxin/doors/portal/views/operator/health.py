"""What is broken, since when: parts of the system and what waits, without any personal data."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.collection import facade as collection
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.health import readiness
from chengxin.doors.portal.presenters.incomplete import incomplete_lines
from chengxin.doors.request import Request
from chengxin.foundation import files, jobs, outbox
from chengxin.offices.terms import Permission

TONES = {"ok": "good"}


@entrance(who=Who.OPERATOR, permission=Permission.SEE_HEALTH)
@require_safe
def health(request: Request) -> HttpResponse:
    """Every part with its state, the free room, and how much waits."""
    parts = [(name, state, TONES.get(state, "warn")) for name, state in readiness().items()]
    figures = outbox.outbox_figures(request.at)
    context = {
        "parts": parts,
        "well": all(tone == "good" for _, _, tone in parts),
        "free": files.free_bytes(),
        "jobs": len(jobs.stuck(request.at)),
        "batches": len(collection.batches_stuck(request.at)),
        "outbox": figures,
        "incomplete": incomplete_lines(figures.held, request.language),
    }
    return render(request, "portal/operator/health.html", context)
