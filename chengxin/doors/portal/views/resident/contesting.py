"""Contesting what is no entry: a look, what somebody did with what they were shown, or a demand to show one's own report."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.access import facade as access
from chengxin.access.terms.reviews import LookUnknown
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.contesting import ContestForm, DemandForm
from chengxin.doors.portal.presenters.look import LookLine
from chengxin.doors.portal.views.resident.asking import open_case_about
from chengxin.doors.portal.views.resident.reading import look_lines, note_reading, person_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text, time_in_words
from chengxin.persons.terms import Scope
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Case, Deed

OBJECTION: Final = "objection"


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
def my_look_contest(request: Request, uid: UUID) -> HttpResponse:
    """An objection to a look, or to what was done with it: whoever looked answers, and another decides."""
    _, person_id = person_of(request)
    found = [one for one in access.looks_of(person_id, at=request.at, own=False) if one.uid == uid]
    if not found:
        raise LookUnknown()
    note_reading(request, "looks")
    case = open_case_about(request, uid, OBJECTION)
    if case is not None:
        return redirect("my_matter", case.uid)
    (line,) = look_lines(request, found)
    form = ContestForm(request.POST if request.method == "POST" else None, language=request.language)
    if request.method == "POST" and form.is_valid():
        kind = AboutKind(form.cleaned_data["what"])
        words = f"{form.cleaned_data['words'].strip()}\n\n{_said(line, request)}"
        done = _objected(request, form, About(kind, uid), words)
        if done is not None:
            return redirect("my_matter_receipt", done.uid)
    return render(request, "portal/resident/contest.html", {"line": line, "form": form, "topic": "contest"})


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
def my_demand_contest(request: Request) -> HttpResponse:
    """An objection to somebody who wants to see the person's own report: nobody may, unless a law names it."""
    note_reading(request, "matters")
    form = DemandForm(request.POST if request.method == "POST" else None, language=request.language)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = _objected(request, form, About(AboutKind.DEMAND), f"{given['by'].strip()}\n\n{given['words'].strip()}")
        if done is not None:
            return redirect("my_matter_receipt", done.uid)
    return render(request, "portal/resident/contest.html", {"form": form, "topic": "demand"})


def _objected(request: Request, form: ContestForm | DemandForm, about: About, words: str) -> Case | None:
    actor, person_id = person_of(request)
    return attempted(
        form,
        lambda: remedies.open_case(
            actor=actor,
            person_id=person_id,
            workflow=OBJECTION,
            about=about,
            deed=Deed(reason=words),
            at=request.at,
            reason=f"{about.kind.value}_contested",
        ),
    )


def _said(line: LookLine, request: Request) -> str:
    """Which look it is, in words that stay with the case."""
    said = text(
        "resident.contest.said", request.language, moment=time_in_words(line.at, request.language), who=line.who
    )
    return f"{said} {line.purpose}"
