"""What an inquirer's pages have in common: who asks, for which office, its purposes, and the answer to a question."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered, Question
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import MergedEdition, PurposeSpec
from chengxin.doors.portal.forms.inquiry import QuestionForm
from chengxin.doors.portal.presenters.answer import answer_page
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.request import Request
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView


def acting(request: Request) -> tuple[Actor, UUID]:
    """The official who asks, and the organisation acted for."""
    actor = request.actor
    assert actor is not None
    assert actor.organisation_id is not None
    return actor, actor.organisation_id


def edition_of(request: Request) -> MergedEdition:
    """The catalogue in force today."""
    return catalogue.edition_on(shanghai_day(request.at))


def own_purposes(request: Request) -> list[PurposeSpec]:
    """What the catalogue in force lets the official's organisation ask for. An employer finds nothing here."""
    own: OrganisationView = offices.organisation(acting(request)[1])
    return [one for one in edition_of(request).purposes.values() if one.is_for(own.org_code, own.kind)]


@sensitive_variables()
def answered(request: Request, form: QuestionForm, *, back: str, case_ref: str = "") -> HttpResponse | None:
    """The answer to what the form asks: one page that no address leads to again. None where there is none: the form says so."""
    question: Question = form.question(case_ref=case_ref)
    answer: Answered | Refused = access.ask(actor=acting(request)[0], question=question, at=request.at)
    if isinstance(answer, Refused):
        form.say(Refusal(answer))
        return None
    around = Surroundings(at=request.at, language=request.language)
    page = answer_page(
        answer,
        form.spec,
        items=edition_of(request).items,
        suppliers=around.offices_named(one.supplier for one in answer.entries),
        case_ref=case_ref,
        language=request.language,
    )
    context = {"page": page, "back": back, "emergency": bool(question.reason)}
    return render(request, "portal/inquiry/answer.html", context)
