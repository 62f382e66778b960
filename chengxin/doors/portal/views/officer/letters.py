"""Letters on paper: what waits to be posted, and the days the post took, delivered or returned them. It opens none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.portal.errors import in_words
from chengxin.doors.portal.forms.letters import LettersForm
from chengxin.doors.portal.presenters.incomplete import incomplete_lines
from chengxin.doors.portal.views.office.reach import acting
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation import outbox
from chengxin.foundation.database import in_transaction
from chengxin.foundation.outbox import LetterAct, LetterView
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import ChengxinError
from chengxin.offices.terms import Permission

LISTED = 100
_ACTIONS: Mapping[LetterAct, Callable[..., LetterView]] = {
    LetterAct.POST: outbox.post_letter,
    LetterAct.RECEIVE: outbox.receive_letter,
    LetterAct.RETURN: outbox.return_letter,
    LetterAct.HAND: outbox.hand_letter,
    LetterAct.MISS: outbox.miss_letter,
    LetterAct.ANNOUNCE: outbox.announce_letter,
}


@entrance(who=Who.OFFICIAL, permission=Permission.PRINT_LETTERS)
@require_safe
def letters_to_post(request: Request) -> HttpResponse:
    """Numbers and days, the oldest first. Whom a letter is for stands on its sheet alone."""
    lists = {
        "waiting": outbox.letters_to_post(),
        "on_the_way": outbox.letters_on_the_way(),
        "came_back": outbox.letters_that_came_back(),
        "announced": outbox.letters_announced(),
    }
    held = outbox.outbox_figures(request.at).held
    context = {
        "incomplete": incomplete_lines(held, request.language),
        "lists": {key: (found[:LISTED], len(found)) for key, found in lists.items()},
    }
    return render(request, "portal/officer/letters.html", context)


def _act_page(act: LetterAct) -> View:
    def page(request: Request) -> HttpResponse:
        listed = outbox.letters_to_post(limit=LISTED) if act is LetterAct.POST else []
        given = {"numbers": "\n".join(str(one.uid) for one in listed), "day": shanghai_day(request.at)}
        form = LettersForm(request.POST or None, language=request.language, initial=given)
        if request.method == "POST" and form.is_valid():
            noted, left = _noted(request, act, form)
            if noted:
                messages.success(request, text(f"post.{act.value}.done", request.language, count=noted))
            if not left:
                return redirect("letters_to_post")
            form = _again(request, left)
        return render(request, "portal/officer/letters_note.html", {"form": form, "act": act.value})

    return entrance(who=Who.OFFICIAL, permission=Permission.PRINT_LETTERS)(page)


def _noted(request: Request, act: LetterAct, form: LettersForm) -> tuple[int, dict[UUID, ChengxinError]]:
    """How many were noted, and what went wrong with each other one: they stand or fall each by itself."""
    actor, _ = acting(request)
    left: dict[UUID, ChengxinError] = {}
    numbers = form.cleaned_data["numbers"]
    for uid in numbers:
        try:
            with in_transaction():
                _ACTIONS[act](actor=actor, uid=uid, on=form.cleaned_data["day"], at=request.at, reason=form.why)
        except ChengxinError as error:
            left[uid] = error
    return len(numbers) - len(left), left


def _again(request: Request, left: Mapping[UUID, ChengxinError]) -> LettersForm:
    """The form with the numbers that are left, and why each of them is."""
    data = {**request.POST.dict(), "numbers": "\n".join(map(str, left))}
    again = LettersForm(data, language=request.language)
    again.full_clean()
    between = "：" if request.language == "zh" else ": "
    for uid, error in left.items():
        told = in_words(error, request.language)
        again.add_error("numbers", ValidationError(f"{uid}{between}{told.what} {told.do}", code=told.code))
    return again


ACT_PAGES: dict[LetterAct, View] = {act: _act_page(act) for act in _ACTIONS}
