"""A notice in words: all that a person must be told of an adverse entry (domain.md 2.10), for page, letter and e-mail.

It is written from the draft that the checklist looks at (``notice_draft``): what the checklist saw is what the letter says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chengxin.catalogue.terms import FieldRole
from chengxin.doors.portal.presenters.around import ADVERSE, Around, basis_in_words, name_of
from chengxin.doors.portal.presenters.entry import title_of, working_marks
from chengxin.doors.portal.presenters.field import said_of
from chengxin.doors.portal.presenters.headline import headline
from chengxin.doors.portal.presenters.notice_draft import counts, draft_lacks, entry_draft, unreachable
from chengxin.doors.portal.presenters.standing import standing
from chengxin.doors.portal.presenters.ways import WayKind, served_day, ways
from chengxin.doors.wording import date_in_words, has, text
from chengxin.records.terms import EntryView
from chengxin.remedies.terms.letters import NoticeDraft, NoticeNeed, RepairLine

OF_AN_ENTRY = frozenset({"entry_new", "entry_changed"})
"""Kinds of notice by which an entry is served on its person: that it is new, or that it says something else now."""

DRAFTED = frozenset(
    {
        WayKind.OBJECT,
        WayKind.OBJECTED,
        WayKind.COURT,
        WayKind.REPAIR,
        WayKind.RECONSIDERATION,
        WayKind.LAWSUIT,
    }
)
"""Ways that the draft tells of; the others are told besides."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice in one language. ``lacks``: what it must say and does not; ``unreachable``: codes of the bodies whose
    contact is missing."""

    subject: str
    greeting: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    lacks: tuple[NoticeNeed, ...] = ()
    unreachable: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As plain text: headings on lines of their own, an empty line between paragraphs."""
        parts = [self.greeting, *self.lead]
        for section in self.sections:
            parts.append("\n".join((section.heading, *section.paragraphs)))
        return "\n\n".join([*parts, *self.closing]) + "\n"

    @property
    def html(self) -> SafeString:
        """As HTML without any style: the body of a message, escaped."""
        sections = format_html_join(
            "",
            "<h2>{}</h2>{}",
            ((section.heading, _paragraphs(section.paragraphs)) for section in self.sections),
        )
        return format_html(
            "<h1>{}</h1><p>{}</p>{}{}{}",
            self.subject,
            self.greeting,
            _paragraphs(self.lead),
            sections,
            _paragraphs(self.closing),
        )


def render_notice(
    kind: str, entry: EntryView | None, around: Around, *, name: str, made_at: datetime, by: str = ""
) -> Letter:
    """The letter of one notice. ``entry`` is None where nothing of it can be read any more; the letter then says so.

    A notice about something else than an entry says who did it, ``by``, and what can be done, in its own words.
    """
    key, title = _key(kind), _title(entry, around)
    lead = [around.say(f"{key}.lead", title=title, day=date_in_words(made_at, around.language), by=by)]
    if has(f"resident.{key}.do"):
        lead.append(around.say(f"{key}.do"))
    elif entry is None:
        lead.append(around.say("notice.gone"))
    draft = entry_draft(entry, around) if entry is not None else None
    lacks: tuple[NoticeNeed, ...] = ()
    if entry is not None and draft is not None and kind in OF_AN_ENTRY and counts(entry):
        lacks = draft_lacks(draft, served_day(entry), around)
    return Letter(
        subject=around.say(f"{key}.subject", title=title),
        greeting=around.say("notice.greeting", name=name),
        lead=tuple(lead),
        sections=(*lacks_section(lacks, around), *_sections(entry, draft, around)) if entry and draft else (),
        closing=(around.say("notice.free"), signature(around, made_at)),
        lacks=lacks,
        unreachable=unreachable(draft) if draft else (),
    )


def lacks_section(lacks: tuple[NoticeNeed, ...], around: Around) -> tuple[Section, ...]:
    """That a notice is not complete yet, and what that means; nothing where it is."""
    if not lacks:
        return ()
    words = ("、" if around.language == "zh" else "; ").join(
        text(f"needs.{need}.word", around.language) for need in lacks
    )
    return (Section(around.say("notice.lacks"), (around.say("notice.lacks_what", what=words),)),)


def entry_section(entry: EntryView, draft: NoticeDraft, around: Around) -> Section:
    """An entry that another notice tells of: who decided what, how long it is shown, where it comes from, how it is mended."""
    mended = [draft.court_how] * bool(draft.court_how) or list(_repair(draft.repair, around))
    told = (
        _decision(entry, draft, around),
        _facts(draft, around),
        _display(entry, draft, around),
        _source(entry, draft, around),
    )
    return Section(_title(entry, around), (*(said for part in told for said in part), *mended))


def talk_section(draft: NoticeDraft, around: Around) -> Section:
    """Whom its person can talk to."""
    return Section(around.say("notice.talk"), (draft.person_to_talk_to or around.say("notice.talk_counter"),))


def consequences_said(draft: NoticeDraft, around: Around) -> Iterator[str]:
    """What follows from it by law; that nothing does is said, with the reason."""
    if not draft.consequences:
        yield around.say("notice.no_measure")
    for one in draft.consequences or ():
        yield around.say("notice.measure", measure=one.listed_as, basis=one.basis)


def remedies_said(draft: NoticeDraft, told_on: date | None, around: Around) -> Iterator[str]:
    """Each outside remedy: the last day, or how it is counted before anything was served, and where to go."""
    space = "" if around.language == "zh" else " "
    for line in draft.remedies:
        day = date_in_words(line.last_on, around.language) if line.last_on else ""
        over = line.last_on is not None and line.last_on < around.today
        when = "now" if told_on is None else "over" if over else "until"
        said = [around.say(f"way.{line.kind.value}.{when}", day=day)]
        said += [around.say("notice.if_today", today=date_in_words(around.today, around.language), day=day)] * (
            told_on is None
        )
        yield space.join([*said, line.where])
        if line.provisional:
            yield around.say("way.provisional")


def signature(around: Around, made_at: datetime) -> str:
    """Who signs a notice, and of which day it is."""
    office = name_of(around.office, around.language) or around.say("looked.platform")
    return around.say("notice.signed", office=office, day=date_in_words(made_at, around.language))


def notice_title(kind: str, entry: EntryView | None, around: Around) -> str:
    """The subject line of a notice."""
    return around.say(f"{_key(kind)}.subject", title=_title(entry, around))


def _key(kind: str) -> str:
    return f"notice.{kind}" if has(f"resident.notice.{kind}.subject") else "notice.other"


def _title(entry: EntryView | None, around: Around) -> str:
    if entry is None:
        return around.say("notice.an_entry")
    few = headline(around.item, entry.content, around.language)
    between = "：" if around.language == "zh" else ": "
    return between.join(part for part in (title_of(entry, around), few.words if few else "") if part)


def _sections(entry: EntryView, draft: NoticeDraft, around: Around) -> Iterator[Section]:
    yield Section(around.say("notice.decision"), tuple(_decision(entry, draft, around)))
    yield Section(around.say("notice.facts"), tuple(_facts(draft, around)))
    if entry.statement is not None:
        yield Section(text("statement.label", around.language), tuple(entry.statement.text.split("\n")))
    yield Section(around.say("notice.display"), tuple(_display(entry, draft, around)))
    if entry.nature == ADVERSE:
        yield Section(around.say("notice.measures"), tuple(consequences_said(draft, around)))
    yield Section(around.say("notice.source"), tuple(_source(entry, draft, around)))
    yield Section(around.say("notice.rights"), tuple(_rights(entry, draft, around)))
    yield talk_section(draft, around)


def _decision(entry: EntryView, draft: NoticeDraft, around: Around) -> Iterator[str]:
    number = draft.document_number or around.say("notice.no_number")
    day = date_in_words(draft.document_on or entry.decided_on, around.language)
    decider = draft.decider or around.say("entry.source_unknown")
    yield around.say("notice.decided", decider=decider, day=day, number=number)
    if draft.contact:
        yield around.say("notice.contact", contact=draft.contact)
    for law in draft.laws:
        yield around.say("notice.under", basis=law)
    if entry.served_on:
        yield around.say("notice.served", day=date_in_words(entry.served_on, around.language))
    elif entry.nature == ADVERSE and entry.told_on is None:
        yield around.say("notice.not_served")


def _facts(draft: NoticeDraft, around: Around) -> Iterator[str]:
    yield from draft.facts.split("\n") if draft.facts else [around.say("notice.no_number")]


def _display(entry: EntryView, draft: NoticeDraft, around: Around) -> Iterator[str]:
    where = standing(entry, around)
    if entry.nature == ADVERSE:
        word = draft.act_class or around.say("class.none")
        basis = said_of(around.item, entry.content, FieldRole.CLASS_BASIS, around.language)
        if basis:
            yield around.say("notice.class_with_basis", word=word, basis=basis.words)
        else:
            yield around.say("notice.class", word=word)
    yield where.why
    between = "" if around.language == "zh" else " "
    who = draft.recipients if draft.recipients is not None else tuple(sentence.words for sentence in where.seen_by)
    yield around.say("notice.seen", who=between.join(who))
    yield where.until
    yield where.kept


def _source(entry: EntryView, draft: NoticeDraft, around: Around) -> Iterator[str]:
    supplier = draft.source or around.say("entry.source_unknown")
    yield around.say("notice.supplied", supplier=supplier, day=date_in_words(entry.known_from, around.language))
    if around.item is not None and around.item.basis:
        basis = "；" if around.language == "zh" else "; "
        laws = basis.join(basis_in_words(ref, around.language) for ref in around.item.basis)
        yield around.say("notice.recorded_under", basis=laws)


def _rights(entry: EntryView, draft: NoticeDraft, around: Around) -> Iterator[str]:
    space = "" if around.language == "zh" else " "
    others = [way for way in ways(entry, around, working_marks(entry)) if way.kind not in DRAFTED]
    if counts(entry):
        yield draft.statement_how
        yield f"{draft.objection_how}{space}{draft.objection_until}"
        yield from [draft.court_how] * bool(draft.court_how)
        yield from _repair(draft.repair, around)
        yield from remedies_said(draft, served_day(entry), around)
    else:
        others = list(ways(entry, around, working_marks(entry)))
    for way in others:
        yield f"{way.short}{space}{way.more}"
    if counts(entry):
        yield draft.limits_of_freeze


def _repair(line: RepairLine | None, around: Around) -> Iterator[str]:
    if line is None:
        return
    comma, space = ("、", "") if around.language == "zh" else (" and ", " ")
    papers = comma.join(around.say(f"notice.paper.{paper}") for paper in sorted(line.papers, reverse=True))
    day = date_in_words(line.earliest, around.language)
    yield f"{line.conditions}{space}{around.say('notice.repair_told', day=day, papers=papers)}"


def _paragraphs(sentences: tuple[str, ...]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences))
