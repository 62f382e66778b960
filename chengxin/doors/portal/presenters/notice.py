"""A notice in words: all that a person must be told of an adverse entry (domain.md 2.10), for page, letter and e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chengxin.catalogue.terms import FieldRole
from chengxin.doors.portal.presenters.around import ADVERSE, Around, basis_in_words, name_of
from chengxin.doors.portal.presenters.entry import decision_of, title_of, working_marks
from chengxin.doors.portal.presenters.field import field_lines, said_of
from chengxin.doors.portal.presenters.headline import headline
from chengxin.doors.portal.presenters.standing import standing
from chengxin.doors.portal.presenters.ways import LIVE, ways
from chengxin.doors.wording import date_in_words, has, text
from chengxin.records.terms import EntryView

FACTS = frozenset({FieldRole.CONTENT, FieldRole.AMOUNT, FieldRole.FREE_TEXT})
"""Roles of the fields that say what was done and what was decided; a penalty's kind has none and is told by its name."""
PENALTY = "penalty.kind"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice in one language."""

    subject: str
    greeting: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]

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
    return Letter(
        subject=around.say(f"{key}.subject", title=title),
        greeting=around.say("notice.greeting", name=name),
        lead=tuple(lead),
        sections=tuple(_sections(entry, around)) if entry is not None else (),
        closing=(around.say("notice.free"), signature(around, made_at)),
    )


def entry_section(entry: EntryView, around: Around) -> Section:
    """An entry that another notice tells of: who decided what, and how long it is shown."""
    return Section(_title(entry, around), (*_decision(entry, around), *_facts(entry, around), *_display(entry, around)))


def talk_section(around: Around) -> Section:
    """Whom its person can talk to."""
    return Section(around.say("notice.talk"), (_talk(around),))


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


def _sections(entry: EntryView, around: Around) -> Iterator[Section]:
    yield Section(around.say("notice.decision"), tuple(_decision(entry, around)))
    yield Section(around.say("notice.facts"), tuple(_facts(entry, around)))
    if entry.statement is not None:
        yield Section(text("statement.label", around.language), tuple(entry.statement.text.split("\n")))
    yield Section(around.say("notice.display"), tuple(_display(entry, around)))
    if entry.nature == ADVERSE:
        yield Section(around.say("notice.measures"), (around.say("notice.no_measure"),))
    yield Section(around.say("notice.source"), tuple(_source(entry, around)))
    yield Section(around.say("notice.rights"), tuple(_rights(entry, around)))
    yield talk_section(around)


def _decision(entry: EntryView, around: Around) -> Iterator[str]:
    decision = decision_of(entry, around)
    number = decision.number.words if decision.number else around.say("notice.no_number")
    day = date_in_words(decision.on, around.language)
    yield around.say("notice.decided", decider=decision.decider.words, day=day, number=number)
    if around.decider is not None and around.decider.contact:
        yield around.say("notice.contact", contact=around.decider.contact)
    if decision.basis:
        yield around.say("notice.under", basis=decision.basis.words)
    if entry.served_on:
        yield around.say("notice.served", day=date_in_words(entry.served_on, around.language))
    elif entry.nature == ADVERSE and entry.told_on is None:
        yield around.say("notice.not_served")


def _facts(entry: EntryView, around: Around) -> Iterator[str]:
    item = around.item
    telling = {spec.code for spec in item.fields if spec.role in FACTS or spec.element == PENALTY} if item else set()
    between = "：" if around.language == "zh" else ": "
    lines = field_lines(item, entry.content, around.language)
    told = [line for line in lines if line.code in telling] or list(lines)
    for line in told:
        yield f"{line.term}{between}{line.value.words}"


def _display(entry: EntryView, around: Around) -> Iterator[str]:
    where = standing(entry, around)
    if entry.nature == ADVERSE:
        word = around.say(f"class.{('none', 'minor', 'general', 'serious')[entry.act_class]}")
        basis = said_of(around.item, entry.content, FieldRole.CLASS_BASIS, around.language)
        if basis:
            yield around.say("notice.class_with_basis", word=word, basis=basis.words)
        else:
            yield around.say("notice.class", word=word)
    yield where.why
    between = "" if around.language == "zh" else " "
    yield around.say("notice.seen", who=between.join(sentence.words for sentence in where.seen_by))
    yield where.until
    yield where.kept


def _source(entry: EntryView, around: Around) -> Iterator[str]:
    supplier = name_of(around.supplier, around.language) or around.say("entry.source_unknown")
    yield around.say("notice.supplied", supplier=supplier, day=date_in_words(entry.known_from, around.language))
    if around.item is not None and around.item.basis:
        basis = "；" if around.language == "zh" else "; "
        laws = basis.join(basis_in_words(ref, around.language) for ref in around.item.basis)
        yield around.say("notice.recorded_under", basis=laws)


def _rights(entry: EntryView, around: Around) -> Iterator[str]:
    if entry.nature == ADVERSE and entry.status in LIVE:
        yield around.say("notice.statement")
    for way in ways(entry, around, working_marks(entry)):
        yield f"{way.short}{'' if around.language == 'zh' else ' '}{way.more}"
        if way.provisional:
            yield around.say("way.provisional")
    if entry.nature == ADVERSE and entry.status in LIVE:
        between = "：" if around.language == "zh" else ": "
        limits = [around.say("freeze_does_not_stop.source")]
        limits += [around.say("freeze_does_not_stop.court")] * around.of_a_court
        said = "".join(limits) if around.language == "zh" else " ".join(limits)
        yield around.say("freeze_does_not_stop.title") + between + said


def _talk(around: Around) -> str:
    office = around.office
    if office is None or not office.contact:
        return around.say("notice.talk_counter")
    return around.say("notice.talk_to", office=name_of(office, around.language), contact=office.contact)


def _paragraphs(sentences: tuple[str, ...]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences))
