"""A person's own file: on the screen, on paper, and as one file to carry away."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.access.terms.consent import ConsentStanding
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.around import ADVERSE, GOOD
from chengxin.doors.portal.presenters.entry import EntryCard, EntryPage, entry_card, entry_page
from chengxin.doors.portal.presenters.export import export_of
from chengxin.doors.portal.presenters.summary import summary_of
from chengxin.doors.portal.views.resident.checked import checked_lines
from chengxin.doors.portal.views.resident.reading import Lately, newest_only, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import time_in_words
from chengxin.foundation import outbox
from chengxin.kernel.days import shanghai_day
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies

A_PAGE = 20
"""Entries on one page of the file."""
GROUPS = ("adverse", "neutral", "good", "held")


@dataclass(frozen=True, slots=True)
class GroupedCard:
    """A card and the heading it stands under."""

    group: str
    card: EntryCard


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
def my_file(request: Request) -> HttpResponse:
    """What counts now, adverse first; then what is only kept; then what is under check."""
    actor, person_id = person_of(request)
    mine = access.own_file(actor=actor, person_id=person_id, at=request.at)
    now, held = _lists(mine)
    checked = checked_lines(mine.identity, request)
    asked = any(
        access.consent_standing(one, request.at) is ConsentStanding.ASKED for one in access.consents_of(person_id)
    )
    if not now and not held and not checked:
        return render(request, "portal/resident/nothing.html", {"name": mine.identity.name, "asked": asked})
    page = Paginator(_grouped(now, held), A_PAGE).get_page(request.GET.get("page"))
    around = surroundings_of(request)
    lately = Lately(request, around)
    rows = [
        GroupedCard(group, entry_card(entry, around.around(entry, office=False), lately.of(entry)))
        for group, entry in page
    ]
    context = {
        "name": mine.identity.name,
        "asked": asked,
        "summary": summary_of(now, held),
        "page": page,
        "rows": rows,
        "checked": checked,
    }
    return render(request, "portal/resident/file.html", context)


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
def my_file_printed(request: Request) -> HttpResponse:
    """All of the file on one page, with nothing folded away."""
    actor, person_id = person_of(request)
    mine = access.own_file(actor=actor, person_id=person_id, at=request.at)
    now, held = _lists(mine)
    around = surroundings_of(request)
    lately = Lately(request, around)
    rows: list[tuple[str, EntryPage]] = [
        (group, entry_page([entry], around.around(entry, office=False), lately.of(entry)))
        for group, entry in _grouped(now, held)
    ]
    context = {
        "name": mine.identity.name,
        "moment_words": time_in_words(request.at, request.language),
        "summary": summary_of(now, held),
        "rows": rows,
        "checked": checked_lines(mine.identity, request),
    }
    return render(request, "portal/resident/printed.html", context)


@require_safe
def _download(request: Request) -> HttpResponse:
    """Everything held about the person who asks, as canonical JSON (个人信息保护法 45)."""
    actor, person_id = person_of(request)
    file = access.own_file_as_of(
        actor=actor, person_id=person_id, shown_at=request.at, known_at=request.at, at=request.at
    )
    looks, consents = list(access.all_looks(person_id, at=request.at)), access.consents_of(person_id)
    around = surroundings_of(request)
    organisations = {look.organisation_id for look in looks} | {consent.organisation_id for consent in consents}
    content = export_of(
        file=file,
        identity=persons.identity_of(person_id),
        contacts=persons.contacts_of(person_id),
        looks=looks,
        offices=around.offices_named(one for one in organisations if one is not None),
        notices=outbox.notices_of(person_id),
        consents=consents,
        cases=remedies.cases_of(actor=actor, at=request.at),
        made_at=request.at,
    )
    response = HttpResponse(content, content_type="application/json")
    name = f"chengxin-{shanghai_day(request.at):%Y%m%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


my_download = entrance(who=Who.RESIDENT)(_download)


def _lists(mine: access.OwnFile) -> tuple[list[EntryView], list[EntryView]]:
    now = newest_only(mine.now)
    return now, newest_only(mine.held, but=frozenset(entry.uid for entry in now))


def _grouped(now: list[EntryView], held: list[EntryView]) -> list[tuple[str, EntryView]]:
    rows = [(_group(entry), entry) for entry in now] + [("held", entry) for entry in held]
    return sorted(rows, key=lambda row: GROUPS.index(row[0]))


def _group(entry: EntryView) -> str:
    return {ADVERSE: "adverse", GOOD: "good"}.get(entry.nature, "neutral")
