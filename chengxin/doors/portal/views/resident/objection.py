""" "This is wrong" and "this is not me": two questions, a check, and a dated receipt with its number."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.objection import NOT_ME, WRONG_ADVERSE, WRONG_OTHER, WhatForm, WhoForm
from chengxin.doors.portal.presenters.around import ADVERSE, Around
from chengxin.doors.portal.presenters.entry import entry_card, working_marks
from chengxin.doors.portal.views.resident.reading import person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import has
from chengxin.kernel.errors import NotFound
from chengxin.records import facade as records
from chengxin.records.terms import EntryView, MarkKind


@require_safe
def _who(request: Request, uid: UUID) -> HttpResponse:
    """First question: is the entry about you? The answer leads on; nothing is kept before the check."""
    entry, around = _entry(request, uid)
    if _is_said(entry, NOT_ME):
        return redirect("my_entry_receipt", uid)
    form = WhoForm(request.GET if "asked" in request.GET else None, language=request.language)
    if form.is_valid():
        if form.cleaned_data["who"] == NOT_ME:
            return redirect(f"{reverse('my_entry_check', args=[uid])}?{urlencode({'about': NOT_ME})}")
        return redirect("my_entry_what", uid)
    return _page(request, "who", entry, around, form=form)


@require_safe
def _what(request: Request, uid: UUID) -> HttpResponse:
    """Second question: what is wrong?"""
    entry, around = _entry(request, uid)
    if _is_said(entry, ""):
        return redirect("my_entry_receipt", uid)
    form = WhatForm(request.GET if "asked" in request.GET else None, language=request.language, codes=_codes(entry))
    if form.is_valid():
        return redirect(f"{reverse('my_entry_check', args=[uid])}?{urlencode({'about': form.cleaned_data['what']})}")
    return _page(request, "what", entry, around, form=form)


@entrance(who=Who.RESIDENT)
def my_entry_check(request: Request, uid: UUID) -> HttpResponse:
    """The answer before it is sent; sending it marks the entry at once, and an adverse one is frozen at once (F5)."""
    entry, around = _entry(request, uid)
    about = (request.POST if request.method == "POST" else request.GET).get("about", "")
    if _is_said(entry, about):
        return redirect("my_entry_receipt", uid)
    if about not in (NOT_ME, *_codes(entry)):
        return redirect("my_entry_wrong", uid)
    if request.method != "POST":
        return _page(request, "check", entry, around, about=about)
    actor, person_id = person_of(request)
    records.object_to_entry(
        actor=actor, person_id=person_id, uid=uid, not_mine=about == NOT_ME, at=request.at, reason=about
    )
    return redirect("my_entry_receipt", uid)


@entrance(who=Who.RESIDENT)
def my_entry_receipt(request: Request, uid: UUID) -> HttpResponse:
    """The receipt of the objection that is open on this entry; the same each time it is opened."""
    entry, around = _entry(request, uid)
    if not _is_said(entry, ""):
        raise NotFound(thing="objection")
    mark = next(mark for mark in reversed(entry.marks) if mark.kind is MarkKind.OBJECTED)
    said = [mark.reason] + [NOT_ME] * (_is_said(entry, NOT_ME) and mark.reason != NOT_ME)
    return _page(
        request,
        "receipt",
        entry,
        around,
        number=records.objection_number(mark.uid, mark.at),
        made_at=mark.at,
        own_words=mark.reason,
        abouts=[code for code in said if has(f"resident.about.{code}.word")],
        frozen=MarkKind.FROZEN in working_marks(entry),
        may_add_not_me=not _is_said(entry, NOT_ME),
    )


def _entry(request: Request, uid: UUID) -> tuple[EntryView, Around]:
    actor, person_id = person_of(request)
    entry = access.own_entry(actor=actor, person_id=person_id, named=uid, at=request.at)[0]
    return entry, surroundings_of(request).around(entry)


def _codes(entry: EntryView) -> tuple[str, ...]:
    return WRONG_ADVERSE if entry.nature == ADVERSE else WRONG_OTHER


def _is_said(entry: EntryView, about: str) -> bool:
    """Whether an open objection already says this: a second one adds "not me" to the first, and nothing else."""
    working = working_marks(entry)
    if MarkKind.OBJECTED not in working:
        return False
    return about != NOT_ME or MarkKind.NOT_MINE in working


def _page(request: Request, name: str, entry: EntryView, around: Around, **more: Any) -> HttpResponse:
    context = {"card": entry_card(entry, around, ""), "office": around.office, "of_a_court": around.of_a_court, **more}
    return render(request, f"portal/resident/objection/{name}.html", context)


my_entry_wrong = entrance(who=Who.RESIDENT)(_who)
my_entry_what = entrance(who=Who.RESIDENT)(_what)
