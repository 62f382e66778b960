"""A commitment: what a person promises in their own words, by when; about an entry, or about nothing but themself."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect

from chengxin.doors.portal.forms.matters import ByForm, CommitForm
from chengxin.doors.portal.views.resident.asking import NOBODY, About, Answers, Asking, Question, open_case_about
from chengxin.doors.portal.views.resident.reading import person_of
from chengxin.doors.request import Request
from chengxin.doors.wording import date_in_words
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About as AboutWhat
from chengxin.remedies.terms.cases import AboutKind, Case, Deed
from chengxin.remedies.terms.workflows import Act

COMMITMENT: Final = "commitment"


def promised(request: Request, about: About, words: str, by: date | None) -> Case:
    """Keep what was promised as a case of its own; a promise about an entry that stands already is that one."""
    actor, person_id = person_of(request)
    what = AboutWhat(AboutKind.OFFICE) if about.uid == NOBODY else AboutWhat(AboutKind.ENTRY, about.uid)
    return remedies.open_case(
        actor=actor,
        person_id=person_id,
        workflow=COMMITMENT,
        about=what,
        act=Act.PROMISE,
        deed=Deed(reason=words, by=by),
        at=request.at,
        reason="own_promise",
    )


def _enter(request: Request, about: About, answers: Answers) -> HttpResponse | None:
    case = None if about.uid == NOBODY else open_case_about(request, about.uid, COMMITMENT)
    return None if case is None else redirect("my_matter", case.uid)


def _send(request: Request, about: About, answers: Answers) -> Case:
    by = date.fromisoformat(answers["by"])
    said = about.around.say("commitment.said_by", day=date_in_words(by, request.language))
    return promised(request, about, f"{answers['words']}\n\n{said}", by)


def _happens(about: About, answers: Answers) -> list[str]:
    say = about.around.say
    return [say("commitment.happens_report"), say("commitment.happens_follow_up"), say("commitment.happens_free")]


ASKING: Final = Asking(
    flow=COMMITMENT,
    topic=COMMITMENT,
    questions=(Question("words", CommitForm), Question("by", ByForm)),
    asks_at=("my_commitment", "my_commitment_question", "my_commitment_check"),
    send=_send,
    happens=_happens,
    enter=_enter,
)
my_commitment, my_commitment_check = ASKING.pages()
