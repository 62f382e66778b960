"""More time, the person's own statement, an appeal that was filed outside, and a complaint: the questions of each."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.matters import (
    RECONSIDERATION,
    ComplaintForm,
    FilingForm,
    MoreTimeForm,
    StatementForm,
    TakenInForm,
    WhereForm,
)
from chengxin.doors.portal.presenters.around import ADVERSE, name_of
from chengxin.doors.portal.views.resident.asking import (
    NOBODY,
    About,
    Answers,
    Asking,
    Question,
    open_case_about,
)
from chengxin.doors.portal.views.resident.reading import note_reading, person_of
from chengxin.doors.request import Request
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About as AboutWhat
from chengxin.remedies.terms.cases import AboutKind, Case, CaseUnknown, Deed
from chengxin.remedies.terms.workflows import Act

OWN_WISH: Final = "own_wish"


def _opened(
    request: Request,
    about: About,
    workflow: str,
    deed: Deed,
    *,
    kind: AboutKind = AboutKind.ENTRY,
    act: Act = Act.SUBMIT,
    reason: str = OWN_WISH,
) -> Case:
    actor, person_id = person_of(request)
    return remedies.open_case(
        actor=actor,
        person_id=person_id,
        workflow=workflow,
        about=AboutWhat(kind, None if about.uid == NOBODY else about.uid),
        act=act,
        deed=deed,
        at=request.at,
        reason=reason,
    )


def _to_open_case(request: Request, about: About, workflow: str) -> HttpResponse | None:
    """A repeat leads to the case that is open, where words and papers are added."""
    case = None if about.uid == NOBODY else open_case_about(request, about.uid, workflow)
    if case is None and about.entry is not None and about.entry.nature != ADVERSE:
        # nobody decided anything against them there
        return redirect("my_entry", about.uid)
    return None if case is None else redirect("my_matter", case.uid)


def _supplier(about: About) -> str:
    return name_of(about.around.supplier, about.around.language) or about.around.say("entry.source_unknown")


# --- more time --------------------------------------------------------------------------------------------------------


def _more_time_happens(about: About, answers: Answers) -> list[str]:
    say = about.around.say
    return [
        say("more_time.happens_turn", supplier=_supplier(about)),
        say("more_time.happens_silence"),
        say("more_time.happens_free"),
    ]


MORE_TIME: Final = Asking(
    flow="more_time",
    topic="more_time",
    questions=(Question("words", MoreTimeForm),),
    asks_at=("my_entry_more_time", "my_entry_more_time_question", "my_entry_more_time_check"),
    send=lambda request, about, answers: _opened(request, about, "more_time", Deed(reason=answers["words"])),
    happens=_more_time_happens,
    enter=lambda request, about, answers: _to_open_case(request, about, "more_time"),
)
my_entry_more_time, my_entry_more_time_check = MORE_TIME.pages()

# --- the person's own statement ---------------------------------------------------------------------------------------


def _statement_happens(about: About, answers: Answers) -> list[str]:
    say = about.around.say
    return [say("statement.happens_read"), say("statement.happens_stands"), say("statement.happens_others")]


def _stands_already(about: About) -> Answers:
    said = None if about.entry is None else about.entry.statement
    return {} if said is None else {"words": said.own or said.text}


STATEMENT: Final = Asking(
    flow="statement",
    topic="statement",
    questions=(Question("words", StatementForm),),
    asks_at=("my_entry_statement", "my_entry_statement_question", "my_entry_statement_check"),
    send=lambda request, about, answers: _opened(
        request, about, "statement", Deed(reason=answers["words"]), act=Act.WRITE
    ),
    happens=_statement_happens,
    initial=_stands_already,
)
my_entry_statement, my_entry_statement_check = STATEMENT.pages()


@entrance(who=Who.RESIDENT)
@require_safe
def my_entry_statement_matter(request: Request, uid: UUID) -> HttpResponse:
    """The case of the statement beside an entry, where it is taken back."""
    person_of(request)
    case = open_case_about(request, uid, "statement")
    if case is None:
        raise CaseUnknown()
    note_reading(request, "matters")
    return redirect("my_matter", case.uid)


# --- reconsideration and court, told by the person --------------------------------------------------------------------


def _appeal_happens(about: About, answers: Answers) -> list[str]:
    say = about.around.say
    return [say("appeal.happens_mark"), say("appeal.happens_result"), say("appeal.happens_outside")]


def _appeal(request: Request, about: About, answers: Answers) -> Case:
    act = Act.TELL_RECONSIDERATION if answers["where"] == RECONSIDERATION else Act.TELL_LAWSUIT
    return _opened(
        request,
        about,
        "appeal",
        Deed(reason=answers["organ"], filing=answers["filing"], on=date.fromisoformat(answers["filed_on"])),
        act=act,
        reason=act.value,
    )


APPEAL: Final = Asking(
    flow="appeal",
    topic="appeal",
    questions=(Question("where", WhereForm), Question("filing", FilingForm), Question("filed_on", TakenInForm)),
    asks_at=("my_entry_appeal", "my_entry_appeal_question", "my_entry_appeal_check"),
    send=_appeal,
    happens=_appeal_happens,
    enter=lambda request, about, answers: _to_open_case(request, about, "appeal"),
)
my_entry_appeal, my_entry_appeal_check = APPEAL.pages()

# --- a complaint ------------------------------------------------------------------------------------------------------


def _complaint_happens(about: About, answers: Answers) -> list[str]:
    say = about.around.say
    others = [] if about.uid == NOBODY else [say("complaint.happens_others")]
    return [say("complaint.happens_answer"), *others, say("complaint.happens_late"), say("complaint.happens_free")]


COMPLAINT: Final = Asking(
    flow="complaint",
    topic="complaint",
    questions=(Question("words", ComplaintForm),),
    asks_at=("my_complaint", "my_complaint_question", "my_complaint_check"),
    send=lambda request, about, answers: _opened(
        request, about, "complaint", Deed(reason=answers["words"]), kind=AboutKind.OFFICE
    ),
    happens=_complaint_happens,
    enter=lambda request, about, answers: _to_open_case(request, about, "complaint"),
    of_entry=False,
)
my_complaint, my_complaint_check = COMPLAINT.pages()
