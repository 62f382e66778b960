"""My matters: every case of a person's own, its page with whose turn it is, its receipt, its papers, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.matters import DoForm
from chengxin.doors.portal.forms.objection import NOT_ME
from chengxin.doors.portal.presenters.headline import headline
from chengxin.doors.portal.presenters.matter import DO, Matters
from chengxin.doors.portal.presenters.meant import meant_choices
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.presenters.statement import statement_line
from chengxin.doors.portal.views.resident import commitments, objection, repair, wishes
from chengxin.doors.portal.views.resident.asking import NOBODY, Asking
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import has, text
from chengxin.foundation import outbox
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.persons.terms import Scope
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Deed, PaperUnknown
from chengxin.remedies.terms.workflows import Act

A_PAGE: Final = 20
OWN_WISH: Final = "own_wish"
REQUESTS: Final[dict[str, Asking]] = {
    one.flow: one
    for one in (
        objection.ASKING,
        repair.ASKING,
        commitments.ASKING,
        wishes.MORE_TIME,
        wishes.STATEMENT,
        wishes.APPEAL,
        wishes.COMPLAINT,
    )
}
"""Requests of which a draft may be kept."""

ASKS: Final[dict[Act, tuple[str, ...]]] = {
    Act.FIND: ("found",),
    Act.JOIN: ("reason",),
    Act.TELL_LAWSUIT: ("filing", "filed_on", "reason"),
    Act.REPORT: ("reason",),
}
"""What an act asks for; the others ask nothing. Words are owed for ``JOIN`` alone, and number and day for a lawsuit."""
SIGNING: Final = frozenset({Act.SIGN, Act.SIGN_LAST})
"""Acts that sign the minutes, which their page names."""
NEEDS: Final = {Act.FIND: ("found",), Act.JOIN: ("reason",), Act.TELL_LAWSUIT: ("filing", "filed_on")}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Answers that wait to be sent: of which request, since when, where they go on."""

    flow: str
    about: UUID
    what: str
    at: datetime
    address: str


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
@require_safe
def my_matters(request: Request) -> HttpResponse:
    """Every case, the newest first: what, how it stands, whose turn, until when; and what was begun and not sent."""
    actor, person_id = person_of(request)
    cases = remedies.cases_of(actor=actor, at=request.at)
    page = Paginator(cases, A_PAGE).get_page(request.GET.get("page"))
    matters = Matters(surroundings_of(request), request.language)
    note_reading(request, "matters")
    context = {"page": page, "lines": [matters.line(case) for case in page], "drafts": _drafts(request, person_id)}
    return render(request, "portal/resident/matters.html", context)


def _drafts(request: Request, person_id: UUID) -> list[DraftLine]:
    return [
        DraftLine(
            flow=one.flow,
            about=one.about_uid,
            what=text(f"remedies.workflow.{one.flow}", request.language),
            at=one.at,
            address=REQUESTS[one.flow].resumed_at(one.about_uid),
        )
        for one in remedies.drafts_of(person_id, at=request.at)
        if one.flow in REQUESTS
    ]


@require_POST
def _drop(request: Request, flow: str, uid: UUID | None = None) -> HttpResponse:
    """What was begun is thrown away."""
    _, person_id = person_of(request)
    about = uid or NOBODY
    if not any((one.flow, one.about_uid) == (flow, about) for one in remedies.drafts_of(person_id, at=request.at)):
        raise NotFound(thing="draft")
    remedies.drop_draft(person_id, flow, about)
    messages.success(request, text("resident.matters.dropped", request.language))
    return redirect("my_matters")


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
@require_safe
def my_matter(request: Request, uid: UUID) -> HttpResponse:
    """One case: whose turn, until when, what silence brings, its history, papers, letters, and what can be done."""
    return _shown(request, uid, "matter")


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
@require_safe
def my_matter_receipt(request: Request, uid: UUID) -> HttpResponse:
    """The receipt: number, day, what was said, who answers by when. The same each time it is opened."""
    return _shown(request, uid, "matter_receipt")


def _shown(request: Request, uid: UUID, name: str) -> HttpResponse:
    actor, person_id = person_of(request)
    remedies.write_down_own(actor=actor, uid=uid, at=request.at, reason=remedies.RAN_OUT)
    case = remedies.case_of(actor=actor, uid=uid, at=request.at)
    around = surroundings_of(request)
    entry = _entry(request, case)
    code = _code(case, entry)
    context = {
        "case": case,
        "matter": Matters(around, request.language).page(case, remedies.acts_open(actor, uid, at=request.at)),
        "entry": entry,
        "headline": headline(around.item(entry), entry.content, request.language) if entry else None,
        "statement": statement_line(entry.statement, request.language) if entry else None,
        "code": code if has(f"resident.about.{code}.word") else "",
        "letters": _letters(case, person_id),
        "office": around.organisation(case.organisation_id),
        "may_add_not_me": case.workflow == objection.OBJECTION and case.outcome is None and code not in ("", NOT_ME),
    }
    return render(request, f"portal/resident/{name}.html", context)


def _entry(request: Request, case: Case) -> EntryView | None:
    """The entry that a case is about, while it is still held; reading either leaves its look."""
    actor, person_id = person_of(request)
    if case.about.of_entry and case.about.uid is not None:
        try:
            return access.own_entry(actor=actor, person_id=person_id, named=case.about.uid, at=request.at)[0]
        except NotFound:
            # disposed of since: the case outlives it
            pass
    note_reading(request, "matters")
    return None


def _code(case: Case, entry: EntryView | None) -> str:
    """What an objection said was wrong: the reason of its mark, whose uid is the case's."""
    return next((mark.reason for mark in entry.marks if mark.uid == case.uid), "") if entry else ""


def _letters(case: Case, person_id: UUID) -> list[tuple[str, UUID]]:
    """The letters of a case: number, and the uid under which its person opens it, which proves that it arrived."""
    sent = {one.subject_id: one.uid for one in outbox.notices_of(person_id) if one.kind == remedies.LETTER}
    return [(one.number, sent[one.letter_id]) for one in case.letters if one.letter_id in sent]


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
@require_safe
def my_matter_paper(request: Request, uid: UUID, n: int) -> HttpResponse:
    """A paper of the case, as it was handed in."""
    actor, _ = person_of(request)
    case = remedies.case_of(actor=actor, uid=uid, at=request.at)
    if not 0 < n <= len(case.papers):
        raise PaperUnknown()
    paper, content = remedies.open_paper(
        actor=actor, uid=uid, paper_id=case.papers[n - 1].paper_id, at=request.at, reason=OWN_WISH
    )
    note_reading(request, "matters")
    response = HttpResponse(content, content_type=paper.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, paper.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)
def my_matter_do(request: Request, uid: UUID, act: str) -> HttpResponse:
    """One act on a case of one's own, with what it brings, before it is done."""
    actor, _ = person_of(request)
    case = remedies.case_of(actor=actor, uid=uid, at=request.at)
    wanted = next((one for one in DO if one.value == act and one is not Act.ADD_PAPER), None)
    if wanted is None or wanted not in remedies.acts_open(actor, uid, at=request.at):
        return redirect("my_matter", uid)
    note_reading(request, "matters")
    if wanted is Act.FIND and not case.about.to_find:
        return redirect("my_matter", uid)
    form = DoForm(
        request.POST if request.method == "POST" else None,
        language=request.language,
        asks=ASKS.get(wanted, ()),
        needs=NEEDS.get(wanted, ()),
        choices=_meant(request, uid) if wanted is Act.FIND else (),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        deed = Deed(
            reason=given.get("reason", ""),
            filing=given.get("filing", ""),
            on=given.get("filed_on"),
            minutes=request.POST.get("minutes", ""),
            found=UUID(given["found"]) if given.get("found") else None,
        )
        done = attempted(
            form,
            lambda: remedies.take_step(
                actor=actor, uid=uid, act=wanted, deed=deed, at=request.at, reason=f"{case.workflow}_{act}"
            ),
        )
        if done is not None:
            messages.success(request, text(f"resident.do.{act}.done", request.language))
            return redirect("my_matter", uid)
    matters = Matters(surroundings_of(request), request.language)
    brings = f"resident.do.{act}.{case.workflow}"
    context = {
        "case": case,
        "line": matters.line(case),
        "act": act,
        "form": form,
        "fields": list(form),
        "brings": text(brings, request.language)
        if has(brings)
        else text(f"resident.do.{act}.brings", request.language),
        "minutes": case.minutes if wanted in SIGNING else None,
        "removed": case.silent and case.about.of_entry,
    }
    return render(request, "portal/resident/matter_do.html", context)


def _meant(request: Request, uid: UUID) -> list[tuple[str, str]]:
    """What the case may be about: everything of theirs that counts today, or every look."""
    around = surroundings_of(request)
    return meant_choices(
        remedies.choice_of(actor=person_of(request)[0], uid=uid, at=request.at),
        items=around.item_named,
        offices=office_names(offices.organisations(closed=True), request.language),
        language=request.language,
    )


my_draft_drop = entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)(_drop)
