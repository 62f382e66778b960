"""Who did what on a day, for an auditor: officials, machines and the platform, nobody's file. Each look is journalled too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.journal import JournalForm
from chengxin.doors.portal.presenters.journal import ActLine, act_lines, act_name, cells
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.views.office.reach import acting
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation import journal
from chengxin.foundation.journal import Act, Acts
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.kernel.ids import new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView, Permission

A_PAGE = 100
COLUMNS = ("at", "act_heading", "who", "role", "office", "about", "thing_heading", "number", "why")


@entrance(who=Who.OFFICIAL, permission=Permission.READ_JOURNAL)
@require_safe
def journal_page(request: Request) -> HttpResponse:
    """The acts of one day, newest first; today where no day is asked for."""
    known = offices.organisations(closed=True)
    form, acts = _asked(request, known)
    context: dict[str, object] = {"form": form}
    if acts is not None:
        _note(request, "read_journal", form)
        page = Paginator(cast("Sequence[Act]", acts), A_PAGE).get_page(request.GET.get("page"))
        asked = _parameters(form)
        context |= {
            "page": page,
            "count": len(acts),
            "lines": list(_lines(request, list(page), known)),
            "names": [(name, act_name(name, request.language)) for name in acts.names],
            "chosen": asked["act"],
            "query": urlencode(asked),
            "without_act": urlencode({**asked, "act": ""}),
            "day": form.cleaned_data["day"],
        }
    return render(request, "portal/auditor/journal.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.READ_JOURNAL)
@require_safe
def journal_download(request: Request) -> HttpResponse:
    """The same day as a table, every act of it."""
    known = offices.organisations(closed=True)
    form, acts = _asked(request, known)
    if acts is None:
        return render(request, "portal/auditor/journal.html", {"form": form}, status=400)
    _note(request, "download_journal", form)
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow([text(f"journal.{column}", request.language) for column in COLUMNS])
    writer.writerows(cells(line) for line in _lines(request, list(acts), known))
    response = HttpResponse(table.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journal-{form.cleaned_data["day"].isoformat()}.csv"'
    return response


def _asked(request: Request, known: list[OrganisationView]) -> tuple[JournalForm, Acts | None]:
    """The form and what it finds; None where it says what is wrong."""
    names = office_names(known, request.language)
    given = request.GET.dict()
    given.setdefault("day", shanghai_day(request.at).isoformat())
    choices = [(str(one.uid), names[one.id]) for one in known]
    form = JournalForm(given, language=request.language, offices=choices)
    if not form.is_valid():
        return form, None
    day: date = form.cleaned_data["day"]
    office = next((one.id for one in known if str(one.uid) == form.cleaned_data["office"]), None)
    until = day_starts_at(day + timedelta(days=1))
    return form, Acts(day_starts_at(day), until, organisation_id=office, act=form.cleaned_data["act"])


def _note(request: Request, act: str, form: JournalForm) -> None:
    """What was looked at is why it was: the day, the office and the act that were asked for."""
    actor, _ = acting(request)
    asked = " ".join(f"{name}={value}" for name, value in _parameters(form).items() if value)
    journal.record(actor, act, "journal", new_uid(), at=request.at, reason=asked)


def _parameters(form: JournalForm) -> dict[str, str]:
    return {name: str(form.cleaned_data[name]) for name in ("day", "office", "act")}


def _lines(request: Request, acts: Sequence[Act], known: Iterable[OrganisationView]) -> Iterator[ActLine]:
    names = offices.official_names(act.official_id for act in acts)
    return act_lines(acts, names, office_names(known, request.language), request.language)
