"""One question a page: what a person has answered is kept sealed between the pages, until they check and send it.

A request (objection, repair, ...) is a list of questions and what follows from them; the pages are the same for all. An
answer is kept with its own POST, so that going back, another phone or a new sign-in find it; thirty days, or until it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from django.forms import DateField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chengxin.access import facade as access
from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.questions import CheckForm, Choices, QuestionForm
from chengxin.doors.portal.forms.words import label_of
from chengxin.doors.portal.presenters.around import Around
from chengxin.doors.portal.presenters.entry import EntryCard, entry_card
from chengxin.doors.portal.receiving import takes_long_words
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, date_in_words, has, text
from chengxin.kernel.errors import NotFound
from chengxin.persons.terms import Scope
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case

Answers: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """What the questions are about: an entry with what it is shown with, or a case, or nothing but the person."""

    uid: UUID
    entry: EntryView | None
    around: Around


@dataclass(frozen=True, slots=True)
class Question:
    """One page. ``asked``: whether these answers leave it to be asked."""

    name: str
    form: type[QuestionForm]
    asked: Callable[[Answers], bool] = lambda answers: True


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer on the check page."""

    term: str
    value: str
    change: str


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A request by questions. ``flow``: whose draft it is; ``topic``: its wording, ``resident.<topic>``.

    ``initial``: words of ours that stand in a field until the person changes them. ``enter``: an answer in the place of the
    pages, where they make no sense. ``overlay``: answers that the address itself brings. ``asks_at``: names of the addresses
    of the first question, of each further one, and of the check.
    """

    flow: str
    topic: str
    questions: tuple[Question, ...]
    asks_at: tuple[str, str, str]
    send: Callable[[Request, About, Answers], Case]
    happens: Callable[[About, Answers], list[str]]
    choices: Callable[[About], Choices] = lambda about: {}
    initial: Callable[[About], Answers] = lambda about: {}
    enter: Callable[[Request, About, Answers], HttpResponse | None] = lambda request, about, answers: None
    overlay: Callable[[Mapping[str, str]], Answers] = lambda given: {}
    of_entry: bool = True

    def pages(self) -> tuple[View, View]:
        """The views of a question and of the check."""

        @entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
        def question(request: Request, uid: UUID | None = None, step: str = "") -> HttpResponse:
            about = self._about(request, uid)
            return self.enter(request, about, {}) or self._question(request, about, step)

        @entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
        def check(request: Request, uid: UUID | None = None) -> HttpResponse:
            about = self._about(request, uid)
            answers = {**self._kept(request, about), **self.overlay(request.POST or request.GET)}
            return self.enter(request, about, answers) or self._check(request, about, answers)

        question.__doc__, check.__doc__ = (
            "One question of a request.",
            "The answers before they are sent; and sending them.",
        )
        return takes_long_words(question), takes_long_words(check)

    def resumed_at(self, uid: UUID) -> str:
        """Where answers that were kept go on: the check leads to the first question that is still open."""
        return self.address(uid, None)

    def address(self, about: UUID, step: str | None) -> str:
        """Where a question is asked; None: the check."""
        first, further, check = self.asks_at
        uid = {} if about == NOBODY else {"uid": about}
        if step is None:
            return reverse(check, kwargs=uid)
        if step == self.questions[0].name:
            return reverse(first, kwargs=uid)
        return reverse(further, kwargs={**uid, "step": step})

    def next_step(self, answers: Answers) -> str | None:
        """The first question that is asked and not answered yet."""
        for question in self.questions:
            if question.asked(answers) and not set(question.form.base_fields) <= set(answers):
                return question.name
        return None

    def _about(self, request: Request, uid: UUID | None) -> About:
        actor, person_id = person_of(request)
        around = surroundings_of(request)
        if not self.of_entry or uid is None:
            note_reading(request, "matters")
            if uid is not None:
                remedies.case_of(actor=actor, uid=uid, at=request.at)
            return About(uid or NOBODY, None, around.around_of(None))
        entry = access.own_entry(actor=actor, person_id=person_id, named=uid, at=request.at)[0]
        return About(uid, entry, around.around(entry))

    def _kept(self, request: Request, about: About) -> dict[str, str]:
        return remedies.draft_answers(person_of(request)[1], self.flow, about.uid, at=request.at)

    def _question(self, request: Request, about: About, step: str) -> HttpResponse:
        found = next((one for one in self.questions if one.name == (step or self.questions[0].name)), None)
        if found is None:
            raise NotFound(thing="question")
        kept = self._kept(request, about)
        form = found.form(
            request.POST if request.method == "POST" else None,
            language=request.language,
            initial={**self.initial(about), **kept},
            choices=self.choices(about),
        )
        if request.method == "POST" and form.is_valid():
            answers = kept | form.answers
            remedies.keep_draft(person_of(request)[1], self.flow, about.uid, answers, at=request.at)
            return redirect(self.address(about.uid, self.next_step(answers)))
        at = self.questions.index(found)
        context = {
            "form": form,
            "fields": list(form),
            "resumed": bool(kept) and request.method != "POST",
            "back": self.address(about.uid, self.questions[at - 1].name) if at else self._home(about),
            "question": label_of(next(iter(form)), request.language),
        }
        return self._page(request, "question", about, context)

    def _check(self, request: Request, about: About, answers: Answers) -> HttpResponse:
        step = self.next_step(answers)
        if step is not None or not answers:
            return redirect(self.address(about.uid, step or self.questions[0].name))
        form = CheckForm(request.POST if request.method == "POST" else None, language=request.language)
        if request.method == "POST" and form.is_valid():
            case = attempted(form, lambda: self.send(request, about, answers))
            if case is not None:
                remedies.drop_draft(person_of(request)[1], self.flow, about.uid)
                return redirect("my_matter_receipt", case.uid)
        context = {
            "form": form,
            "facts": self._facts(request, about, answers),
            "happens": self.happens(about, answers),
            "overlaid": self.overlay(request.POST or request.GET),
            "back": self.address(about.uid, self._last(answers)),
            "freeze": self.flow == "objection",
        }
        return self._page(request, "check", about, context)

    def _facts(self, request: Request, about: About, answers: Answers) -> list[Fact]:
        offered = self.choices(about)
        found = []
        for question in self.questions:
            if not question.asked(answers):
                continue
            form = question.form(language=request.language, choices=offered)
            for name in form.fields:
                if name in answers:
                    words = _word(form, name, answers[name], offered, request.language)
                    term = text(f"resident.{self.topic}.{name}", request.language)
                    found.append(Fact(term, words, self.address(about.uid, question.name)))
        return found

    def _last(self, answers: Answers) -> str:
        return [question.name for question in self.questions if question.asked(answers)][-1]

    def _home(self, about: About) -> str:
        return reverse("my_entry", args=[about.uid]) if about.entry is not None else reverse("my_matters")

    def _page(self, request: Request, name: str, about: About, context: Mapping[str, object]) -> HttpResponse:
        card: EntryCard | None = None if about.entry is None else entry_card(about.entry, about.around, "")
        said = {
            key: text(f"resident.{self.topic}.{key}", request.language)
            for key in ("title", "title_check", "lead", "send")
            if has(f"resident.{self.topic}.{key}")
        }
        base = {
            "card": card,
            "said": said,
            "of_a_court": about.around.of_a_court,
            "home": self._home(about),
        }
        return render(request, f"portal/resident/ask/{name}.html", {**base, **context})


NOBODY = UUID(int=0)
"""What a request is about that is about nothing but its person."""


def _word(form: QuestionForm, name: str, value: str, offered: Choices, language: Language) -> str:
    """The word of a code that was chosen, a day in words; else the words as they were typed."""
    if isinstance(form.fields[name], DateField):
        return date_in_words(date.fromisoformat(value), language)
    choices = getattr(form.fields[name], "choices", None) or offered.get(name)
    return str(dict(choices).get(value, value)) if choices else value


def cases_about(request: Request, uid: UUID, workflow: str) -> list[Case]:
    """The person's cases of a workflow about this thing, the newest first."""
    actor, _ = person_of(request)
    mine = remedies.cases_of(actor=actor, at=request.at)
    return [one for one in mine if one.workflow == workflow and one.about.uid == uid]


def open_case_about(request: Request, uid: UUID, workflow: str) -> Case | None:
    """The one among them that is open; a repeat would join it."""
    return next((one for one in cases_about(request, uid, workflow) if one.outcome is None), None)
