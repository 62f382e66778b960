"""One step on a case: its reason, its letter with a checklist, and what happened meanwhile. Nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.remedies import StepForm, initial_of
from chengxin.doors.portal.presenters.around import Around
from chengxin.doors.portal.presenters.statement import covered_so
from chengxin.doors.portal.presenters.steps import (
    ELSEWHERE,
    GRAVE,
    StepAsks,
    act_word,
    asked_by,
    checklist,
    first_words,
    phrase,
    phrases,
    proposed_day,
    proposed_passages,
    remedy_days,
    step_in,
)
from chengxin.doors.portal.presenters.worked import new_since, proposed_letter
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.portal.views.remedies.acting import actor_of, page_of, people_in, read_case
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, CaseMoved
from chengxin.remedies.terms.letters import AGAINST, LetterNeed
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act

TAKEN = "worked_on_a_page"
"""The code that the journal keeps; why stands sealed in the case, for its person."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A step that somebody is about to take: what it asks for, and the case as it stands."""

    worked: remedies.WorkedCase
    act: Act
    asks: StepAsks
    around: Around

    @property
    def case(self) -> Case:
        return self.worked.case


@sensitive_post_parameters()
@sensitive_variables()
def _step(request: Request, uid: UUID, act: str) -> HttpResponse:
    """The page of one act. ``check`` renews the checklist, ``phrase`` adds a sentence to the reason, ``send`` takes the step."""
    wanted = _act(act)
    worked = read_case(request, uid)
    step = step_in(worked.case, wanted)
    open_now = remedies.acts_open(actor_of(request), uid, at=request.at)
    if step is None or wanted not in open_now:
        return _too_late(request, worked, wanted)
    around = Surroundings(at=request.at, language=request.language).around_of(worked.entry)
    tried = _Tried(worked, wanted, asked_by(remedies.WORKFLOWS[worked.case.workflow], step), around)
    if request.method != "POST":
        return _shown(request, tried, _fresh(request, tried))
    form = StepForm(_typed(request), language=request.language, asks=tried.asks)
    form.full_clean()
    seen = form.cleaned_data.get("seen", 0)
    if seen != len(worked.case.events):
        return _shown(request, tried, _again(request, tried), since=seen)
    if "send" not in request.POST or not _is_whole(request, tried, form) or not form.is_valid():
        return _shown(request, tried, form)
    return _taken(request, tried, form)


remedy_step = entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)(_step)


def _act(given: str) -> Act:
    if given not in set(Act) or Act(given) in ELSEWHERE:
        raise NotFound(thing="act")
    return Act(given)


def _fresh(request: Request, tried: _Tried) -> StepForm:
    kind, entry = tried.asks.letter, tried.worked.entry
    city = settings.CHENGXIN_CITY["zh"]
    words = first_words(tried.case, tried.act, kind, entry, tried.around, city) if kind is not None else None
    initial = initial_of(words, len(tried.case.events))
    if tried.case.minutes is not None:
        initial["minutes"] = tried.case.minutes.digest.hex()
    return StepForm(initial=initial, language=request.language, asks=tried.asks)


def _typed(request: Request) -> QueryDict:
    """What was typed, with the phrase that was asked for behind the reason."""
    typed = request.POST.copy()
    if said := phrase(typed.get("phrase", "")):
        before = typed.get("reason", "").strip()
        typed["reason"] = f"{before}\n{said}".strip()
    return typed


def _again(request: Request, tried: _Tried) -> StepForm:
    """The same words over the case as it stands now."""
    typed = _typed(request)
    typed["seen"] = str(len(tried.case.events))
    form = StepForm(typed, language=request.language, asks=tried.asks)
    form.full_clean()
    return form


def _lacking(request: Request, tried: _Tried, form: StepForm) -> tuple[LetterNeed, ...]:
    actor, case = actor_of(request), tried.case
    if form.is_bound:
        deed = form.deed()
    else:
        typed = StepForm(form.initial, language=request.language, asks=tried.asks)
        typed.full_clean()
        deed = typed.deed()
    with as_person(case.person_id):
        return remedies.letter_lacks_now(case, tried.act, deed, actor, at=request.at)


def _is_whole(request: Request, tried: _Tried, form: StepForm) -> bool:
    """A proposal is made whole or not at all: the second official agrees to a letter, not to half of one."""
    if tried.act is not Act.PROPOSE_AGAINST or not (lacks := _lacking(request, tried, form)):
        return True
    form.say(Refusal(Refused(Reason.LETTER_INCOMPLETE, "个人信息保护法 50", {"lacking": ", ".join(lacks)})))
    return False


@sensitive_variables()
def _taken(request: Request, tried: _Tried, form: StepForm) -> HttpResponse:
    uid, seen = tried.case.uid, form.cleaned_data["seen"]
    done = attempted(
        form,
        lambda: remedies.take_step(
            actor=actor_of(request),
            uid=uid,
            act=tried.act,
            deed=form.deed(),
            at=request.at,
            reason=TAKEN,
            seen=seen,
        ),
    )
    if done is None and form.has_error(NON_FIELD_ERRORS, CaseMoved.code):
        # between our reading and our acting somebody else acted: the same words over the case as it stands now
        return _step(request, uid, tried.act.value)
    if done is None:
        return _shown(request, tried, form)
    messages.success(
        request, text("desk.step.done", request.language, act=act_word(tried.case, tried.act, request.language))
    )
    return redirect("remedy_case", uid)


def _shown(request: Request, tried: _Tried, form: StepForm, *, since: int | None = None) -> HttpResponse:
    case, asks = tried.case, tried.asks
    kind = asks.letter
    context: dict[str, Any] = {
        "page": page_of(tried.worked, request),
        "act": tried.act.value,
        "doing": act_word(case, tried.act, request.language),
        "asks": asks,
        "form": form,
        "grave": tried.act in GRAVE,
        "moved": [] if since is None else new_since(case, since, people_in(case, request), request.language),
        "was_moved": since is not None,
        "draft": proposed_letter(case, request.language) if asks.draft else None,
    }
    if tried.act in (Act.AGREE, Act.DISAGREE) and (passages := proposed_passages(case)) and tried.worked.entry:
        context["cover"] = covered_so(tried.worked.entry.statement, passages, request.language)
    if kind is not None:
        proposal = tried.act is Act.PROPOSE_AGAINST
        context["needs"] = checklist(kind, _lacking(request, tried, form), proposal=proposal, language=request.language)
        context["phrases"] = [(code, phrase(code)) for code in phrases(kind)]
    if asks.sends in AGAINST:
        told = proposed_day(case) if asks.draft else form.day_of_service
        context["remedies"] = remedy_days(asks.sends, told or shanghai_day(request.at), request.language)
    return render(request, "portal/remedies/step.html", context)


@sensitive_variables()
def _too_late(request: Request, worked: remedies.WorkedCase, act: Act) -> HttpResponse:
    """Somebody acted a moment before, or it is not this official's step: said calmly, with what was typed to be kept."""
    typed = [
        (text(f"desk.step.{name}", request.language), request.POST[name])
        for name in StepForm.base_fields
        if name in request.POST and name not in ("seen", "asked", "rights_told") and request.POST[name].strip()
    ]
    seen = request.POST.get("seen", "")
    case = worked.case
    since = int(seen) if seen.isdecimal() and int(seen) < len(case.events) else max(len(case.events) - 1, 0)
    context = {
        "page": page_of(worked, request),
        "act": act.value,
        "typed": typed,
        "moved": new_since(case, since, people_in(case, request), request.language),
    }
    return render(request, "portal/remedies/moved.html", context, status=409 if request.method == "POST" else 200)
