"""A use in words: somebody decided against a person, and their decision rests on an answer (charter 7; domain.md 2.10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from chengxin.access.facade import USED_AGAINST
from chengxin.access.terms.uses import UseView
from chengxin.doors.portal.presenters.around import ADVERSE, Around
from chengxin.doors.portal.presenters.look import look_line
from chengxin.doors.portal.presenters.notice import (
    Letter,
    Section,
    consequences_said,
    entry_section,
    lacks_section,
    remedies_said,
    signature,
    talk_section,
)
from chengxin.doors.portal.presenters.notice_draft import draft_lacks, entry_draft, unreachable, use_draft
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.wording import Language, date_in_words
from chengxin.kernel.days import shanghai_day
from chengxin.records.terms import EntryView
from chengxin.remedies.terms.letters import NoticeDraft, NoticeKind

Told = list[tuple[EntryView, Around]]


def render_use(
    use: UseView,
    entries: Iterable[EntryView],
    surroundings: Surroundings,
    language: Language,
    *,
    name: str,
    made_at: datetime,
    proven_at: datetime | None,
) -> Letter:
    """The letter of one use in one language. ``entries``: the person's own; those that were answered and weigh are told.

    ``proven_at``: since when the person is proven to have it; the days to contest the decision are counted from there.
    """
    around = replace(surroundings.around_of(None), language=language)
    line = look_line(use.look, surroundings.offices_of([use.look]), language)
    told: Told = [
        (one, replace(surroundings.around(one), language=language))
        for one in entries
        if (one.uid, one.version) in use.entries and one.nature == ADVERSE
    ]
    told_on = shanghai_day(proven_at) if proven_at else None
    draft = use_draft(use, line, told, surroundings.organisation(use.organisation_id), around, told_on)
    lacks = draft_lacks(draft, told_on, around)
    return Letter(
        subject=around.say(f"notice.{USED_AGAINST}.subject", by=line.who),
        greeting=around.say("notice.greeting", name=name),
        lead=(
            around.say(f"notice.{USED_AGAINST}.lead", by=line.who, day=date_in_words(use.decided_on, language)),
            around.say(f"notice.{USED_AGAINST}.do"),
        ),
        sections=(*lacks_section(lacks, around), *_sections(use, draft, told, told_on, around)),
        closing=(around.say("notice.free"), signature(around, made_at)),
        lacks=lacks,
        unreachable=unreachable(draft),
    )


def _sections(use: UseView, draft: NoticeDraft, told: Told, told_on: date | None, around: Around) -> Iterator[Section]:
    yield Section(around.say("notice.use.decision"), tuple(_decision(draft, around)))
    yield Section(around.say("notice.use.read"), tuple(_read(use, draft, around)))
    for entry, of_it in told:
        yield entry_section(entry, entry_draft(entry, of_it, NoticeKind.RESTED_ON), of_it)
    yield Section(around.say("notice.rights"), tuple(_rights(draft, told_on, around)))
    yield talk_section(draft, around)


def _decision(draft: NoticeDraft, around: Around) -> Iterator[str]:
    day = date_in_words(draft.document_on, around.language) if draft.document_on else ""
    decider = draft.decider or around.say("entry.source_unknown")
    yield around.say("notice.decided", decider=decider, day=day, number=draft.document_number)
    if draft.contact:
        yield around.say("notice.contact", contact=draft.contact)
    yield from consequences_said(draft, around)


def _read(use: UseView, draft: NoticeDraft, around: Around) -> Iterator[str]:
    day = date_in_words(use.look.at, around.language)
    comma = "、" if around.language == "zh" else ", "
    yield around.say("notice.use.purpose", day=day, purpose=draft.purpose, ground=comma.join(draft.laws))
    yield around.say("notice.use.returned", returned=comma.join(draft.fields))
    if not draft.rests_on:
        yield around.say("notice.use.rests_on_none")


def _rights(draft: NoticeDraft, told_on: date | None, around: Around) -> Iterator[str]:
    """What can be done about the decision, and about what it rests on. The days are the longest that the laws give."""
    space = "" if around.language == "zh" else " "
    yield draft.statement_how
    yield f"{draft.objection_how}{space}{draft.objection_until}"
    yield around.say("notice.use.remedies")
    yield from remedies_said(draft, told_on, around)
    yield around.say("notice.use.repair")
    yield draft.limits_of_freeze
