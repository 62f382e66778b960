""" "This is wrong" and "this is not me": the questions of an objection. Sending it opens a case, and marks the entry at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.objection import (
    ENDED,
    FREEZE,
    MINE,
    NOT_ME,
    WRONG_ADVERSE,
    WRONG_OTHER,
    WhatForm,
    WhoForm,
    WordsForm,
    about_choices,
)
from chengxin.doors.portal.forms.questions import Choices
from chengxin.doors.portal.presenters.around import ADVERSE, name_of
from chengxin.doors.portal.presenters.entry import working_marks
from chengxin.doors.portal.views.resident.asking import (
    About,
    Answers,
    Asking,
    Question,
    cases_about,
    open_case_about,
)
from chengxin.doors.portal.views.resident.reading import person_of
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.kernel.errors import NotFound
from chengxin.persons.terms import Scope
from chengxin.records.terms import MarkKind
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About as AboutWhat
from chengxin.remedies.terms.cases import AboutKind, Case, Deed

OBJECTION: Final = "objection"


def _choices(about: About) -> Choices:
    adverse = about.entry is not None and about.entry.nature == ADVERSE
    language = about.around.language
    return {
        "who": about_choices((MINE, NOT_ME), language),
        "what": about_choices(WRONG_ADVERSE if adverse else WRONG_OTHER, language),
        **({} if adverse else _freezing(language)),
    }


def _freezing(language: Language) -> Choices:
    """What is not adverse is frozen where its person asks for it: asked, and not ticked for them."""
    words = ((FREEZE, "yes"), ("", "no"))
    return {FREEZE: [(code, text(f"resident.objection.freeze_{word}", language)) for code, word in words]}


def _enter(request: Request, about: About, answers: Answers) -> HttpResponse | None:
    """A second objection leads to the first one's case; all that it may add is that the entry is about somebody else."""
    case = open_case_about(request, about.uid, OBJECTION)
    if case is None:
        return None
    assert about.entry is not None
    said = MarkKind.NOT_MINE in working_marks(about.entry)
    return None if answers.get("who") == NOT_ME and not said else redirect("my_matter_receipt", case.uid)


def _overlay(given: Mapping[str, str]) -> Answers:
    """ "This is not me" is one tap from the entry: its address brings the answers, and nothing is kept before it is sent."""
    return {"who": NOT_ME, "words": given.get("words", ""), FREEZE: ""} if given.get("about") == NOT_ME else {}


def _happens(about: About, answers: Answers) -> list[str]:
    around = about.around
    adverse = about.entry is not None and about.entry.nature == ADVERSE
    office = name_of(around.office, around.language) or around.say("looked.platform")
    return [
        around.say("objection.happens_adverse" if adverse or answers.get(FREEZE) else "objection.happens_other"),
        around.say("objection.happens_receipt"),
        around.say("objection.happens_officer", office=office),
        around.say("objection.happens_free"),
    ]


def code_of(answers: Answers) -> str:
    """What is contested, as the stable code that mark and journal keep."""
    return NOT_ME if answers["who"] == NOT_ME else answers["what"]


def _send(request: Request, about: About, answers: Answers) -> Case:
    actor, person_id = person_of(request)
    code = code_of(answers)
    kind = {NOT_ME: AboutKind.IDENTITY, ENDED: AboutKind.PERIOD}.get(code, AboutKind.ENTRY)
    return remedies.open_case(
        actor=actor,
        person_id=person_id,
        workflow=OBJECTION,
        about=AboutWhat(kind, about.uid),
        deed=Deed(reason=answers["words"], freeze=answers.get(FREEZE) == FREEZE),
        at=request.at,
        reason=code,
    )


def _is_mine(answers: Answers) -> bool:
    return answers.get("who") != NOT_ME


ASKING: Final = Asking(
    flow=OBJECTION,
    topic=OBJECTION,
    questions=(Question("who", WhoForm), Question("what", WhatForm, asked=_is_mine), Question("words", WordsForm)),
    asks_at=("my_entry_wrong", "my_entry_question", "my_entry_check"),
    send=_send,
    happens=_happens,
    choices=_choices,
    enter=_enter,
    overlay=_overlay,
)
my_entry_wrong, my_entry_check = ASKING.pages()


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
def my_entry_receipt(request: Request, uid: UUID) -> HttpResponse:
    """The receipt of the newest objection to this entry."""
    case = next(iter(cases_about(request, uid, OBJECTION)), None)
    if case is None:
        raise NotFound(thing="objection")
    return redirect("my_matter_receipt", case.uid)
