"""Letters: the list, and one of them with everything a person must be told. Opening one is proof that it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from chengxin.access import facade as access
from chengxin.access.terms.uses import UseView
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.notice_subjects import case_of_notice, doer_of
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.matter import Matters
from chengxin.doors.portal.presenters.matter_letter import matter_title, render_matter
from chengxin.doors.portal.presenters.notice import Letter, notice_title, render_notice
from chengxin.doors.portal.presenters.use import render_use
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.foundation import outbox
from chengxin.foundation.outbox import ChannelKind, NoticeView
from chengxin.kernel.errors import NotFound
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records.terms import EntryView
from chengxin.remedies.terms.cases import Case

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the list."""

    notice: NoticeView
    subject: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a letter's way to its person, in words."""

    at: datetime
    channel: str
    state: str


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
def my_letters(request: Request) -> HttpResponse:
    """Every letter, newest first, with its subject. The subjects name entries, so the list leaves a look at the file."""
    actor, person_id = person_of(request)
    mine = access.own_file(actor=actor, person_id=person_id, at=request.at)
    page = Paginator(outbox.notices_of(person_id), A_PAGE).get_page(request.GET.get("page"))
    around = surroundings_of(request)
    lines = [LetterLine(notice, _subject(notice, (*mine.now, *mine.held), around, request)) for notice in page]
    return render(request, "portal/resident/letters.html", {"page": page, "lines": lines})


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
def my_letter(request: Request, uid: UUID) -> HttpResponse:
    """One letter in full. The first opening is noted as its delivery, in the same transaction as the look."""
    actor, person_id = person_of(request)
    if actor.mandate is None:
        # nobody reads a letter for another: that their helper saw it starts no clock against the person
        outbox.read_notice(actor=actor, person_id=person_id, uid=uid, at=request.at)
    notice = outbox.notice_of(person_id, uid)
    versions = _versions(request, notice)
    entry = _told(versions, notice.subject_version)
    case = case_of_notice(notice, request.at)
    use = access.use_told(person_id, notice.subject_id) if notice.subject_kind == access.OF_A_USE else None
    if case is not None:
        letter = _matter(request, notice, case)
    else:
        letter = _of_use(request, notice, use) if use else _of_entry(request, notice, entry)
    context = {
        "letter": letter,
        "entry": entry,
        "case": case,
        # objecting to a look is for nobody to do in another's place
        "use": use if request.mandate is None else None,
        "steps": _steps(notice, request.language),
    }
    return render(request, "portal/resident/letter.html", context)


def _of_entry(request: Request, notice: NoticeView, entry: EntryView | None) -> Letter:
    around = surroundings_of(request)
    return render_notice(
        notice.kind,
        entry,
        around.around_of(entry),
        name=persons.identity_of(notice.person_id).name,
        made_at=notice.made_at,
        by=doer_of(notice, around, request.language),
    )


def _matter(request: Request, notice: NoticeView, case: Case) -> Letter:
    return render_matter(
        notice.kind,
        case,
        Matters(surroundings_of(request), request.language),
        subject_id=notice.subject_id,
        name=persons.identity_of(notice.person_id).name,
        made_at=notice.made_at,
    )


def _of_use(request: Request, notice: NoticeView, use: UseView) -> Letter:
    actor, person_id = person_of(request)
    mine = access.own_file(actor=actor, person_id=person_id, at=request.at)
    return render_use(
        use,
        (*mine.now, *mine.held),
        surroundings_of(request),
        request.language,
        name=mine.identity.name,
        made_at=notice.made_at,
        proven_at=notice.proven_at,
    )


def _steps(notice: NoticeView, language: Language) -> list[StepLine]:
    """How the letter reached its person, oldest first; it stood on these pages from the moment it was made."""
    told = [(notice.made_at, ChannelKind.PAGE.value, "made")]
    told += [(step.at, step.channel.value, step.state.value) for step in notice.deliveries]
    return [
        StepLine(at, text(f"resident.channel.{channel}", language), text(f"resident.delivery.{state}", language))
        for at, channel, state in told
    ]


def _versions(request: Request, notice: NoticeView) -> tuple[EntryView, ...]:
    """The versions of the entry that a letter tells of, and the look; a letter names its person even where none is left."""
    actor, person_id = person_of(request)
    if notice.subject_kind == "entry":
        try:
            return access.own_entry(actor=actor, person_id=person_id, named=notice.subject_id, at=request.at)
        except NotFound:
            # disposed of since: the letter says that nothing is left to tell
            pass
    note_reading(request, "letters")
    return ()


def _told(versions: tuple[EntryView, ...], version: int) -> EntryView | None:
    """The version the letter tells of; the newest one where that version is no longer kept."""
    return next((entry for entry in versions if entry.version == version), versions[0] if versions else None)


def _subject(notice: NoticeView, entries: tuple[EntryView, ...], around: Surroundings, request: Request) -> str:
    case = case_of_notice(notice, request.at)
    if case is not None:
        return matter_title(notice.kind, case, Matters(around, request.language))
    if notice.subject_kind == access.OF_A_USE:
        return _used_by(notice, around, request)
    of_it = sorted(
        (entry for entry in entries if entry.entry_id == notice.subject_id), key=lambda entry: -entry.version
    )
    entry = _told(tuple(of_it), notice.subject_version)
    return notice_title(notice.kind, entry, around.around_of(entry, office=False))


def _used_by(notice: NoticeView, around: Surroundings, request: Request) -> str:
    use = access.use_told(notice.person_id, notice.subject_id)
    by = name_of(around.organisation(use.organisation_id), request.language) if use else ""
    return text(f"resident.notice.{notice.kind}.subject", request.language, by=by)
