"""Repair: from when, with which two papers, why not yet; then the questions. It is free, and nothing else is asked."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.repair import (
    OFFICE,
    TYPED,
    CommitmentForm,
    DoneForm,
    HolderForm,
    PerformanceForm,
    PromiseForm,
)
from chengxin.doors.portal.presenters.entry import entry_card
from chengxin.doors.portal.presenters.outlook import outlook_page
from chengxin.doors.portal.views.resident.asking import About, Answers, Asking, Question, open_case_about
from chengxin.doors.portal.views.resident.commitments import COMMITMENT, promised
from chengxin.doors.portal.views.resident.reading import person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import date_in_words
from chengxin.kernel.days import shanghai_day
from chengxin.persons.terms import Scope
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About as AboutWhat
from chengxin.remedies.terms.cases import AboutKind, Case, Deed

REPAIR: Final = "repair"


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
def my_entry_repair(request: Request, uid: UUID) -> HttpResponse:
    """What repair is, from when it can be asked for, what it takes, and why not yet."""
    actor, person_id = person_of(request)
    entry = access.own_entry(actor=actor, person_id=person_id, named=uid, at=request.at)[0]
    around = surroundings_of(request).around(entry)
    context = {
        "card": entry_card(entry, around, ""),
        "outlook": outlook_page(entry, around),
        "case": open_case_about(request, uid, REPAIR),
    }
    return render(request, "portal/resident/repair.html", context)


def _enter(request: Request, about: About, answers: Answers) -> HttpResponse | None:
    """A request that stands leads to its case; one that cannot be made yet, to the reason."""
    case = open_case_about(request, about.uid, REPAIR)
    if case is not None:
        return redirect("my_matter", case.uid)
    assert about.entry is not None
    outlook = outlook_page(about.entry, about.around)
    return None if outlook is not None and outlook.open else redirect("my_entry_repair", about.uid)


def _happens(about: About, answers: Answers) -> list[str]:
    say = about.around.say
    brings = [say("repair.happens_papers")] if _to_bring(answers) else []
    return [*brings, say("repair.happens_answer"), say("repair.happens_silence"), say("repair.happens_free")]


def _to_bring(answers: Answers) -> bool:
    return answers.get("performance") != OFFICE or answers.get("commitment") != TYPED


def _reason(about: About, answers: Answers, request: Request) -> str:
    """Everything that was said, in one text that the office and the person read."""
    say, between = about.around.say, "：" if request.language == "zh" else ": "
    parts = [answers["words"]]
    if answers["performance"] == OFFICE:
        parts.append(say("repair.said_office", holder=answers["holder"]))
    if answers["commitment"] == TYPED:
        day = date_in_words(shanghai_day(request.at), request.language)
        parts.append(say("repair.said_promise", day=day) + between + answers["promise"])
    return "\n\n".join(parts)


def _send(request: Request, about: About, answers: Answers) -> Case:
    actor, person_id = person_of(request)
    case = remedies.open_case(
        actor=actor,
        person_id=person_id,
        workflow=REPAIR,
        about=AboutWhat(AboutKind.ENTRY, about.uid),
        deed=Deed(
            reason=_reason(about, answers, request),
            held_by=answers["holder"] if answers["performance"] == OFFICE else "",
        ),
        at=request.at,
        reason="done_as_decided",
    )
    if answers["commitment"] == TYPED and open_case_about(request, about.uid, COMMITMENT) is None:
        # what is promised here is kept track of as any other promise is
        promised(request, about, answers["promise"], None)
    return case


ASKING: Final = Asking(
    flow=REPAIR,
    topic=REPAIR,
    questions=(
        Question("done", DoneForm),
        Question("performance", PerformanceForm),
        Question("holder", HolderForm, asked=lambda answers: answers.get("performance") == OFFICE),
        Question("commitment", CommitmentForm),
        Question("promise", PromiseForm, asked=lambda answers: answers.get("commitment") == TYPED),
    ),
    asks_at=("my_entry_repair_ask", "my_entry_repair_question", "my_entry_repair_check"),
    send=_send,
    happens=_happens,
    initial=lambda about: {"promise": about.around.say("repair.promise_ours")},
    enter=_enter,
)
my_entry_repair_ask, my_entry_repair_check = ASKING.pages()
