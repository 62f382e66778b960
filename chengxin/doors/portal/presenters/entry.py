"""An entry as its person reads it: a card in the file, and the whole of it on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.catalogue.terms import FieldRole
from chengxin.collection import facade as collection
from chengxin.doors.portal.presenters.around import (
    ADVERSE,
    GOOD,
    Around,
    Said,
    as_given,
    basis_in_words,
    name_of,
)
from chengxin.doors.portal.presenters.field import FieldLine, field_lines, raw_of, said_of
from chengxin.doors.portal.presenters.headline import headline
from chengxin.doors.portal.presenters.standing import Chip, Standing, chips, standing
from chengxin.doors.portal.presenters.statement import StatementLine, statement_line
from chengxin.doors.portal.presenters.ways import LIVE, Way, served_day, ways
from chengxin.doors.wording import date_in_words, has
from chengxin.kernel.days import ONE_DAY
from chengxin.records import facade as records
from chengxin.records.terms import EntryView, MarkKind, MarkView, Status

TOLD = frozenset(
    {
        FieldRole.DECISION_NUMBER,
        FieldRole.DECIDED_ON,
        FieldRole.DECIDER_NAME,
        FieldRole.DECIDER_CODE,
        FieldRole.SOURCE_NAME,
        FieldRole.SOURCE_CODE,
        FieldRole.LEGAL_BASIS,
        FieldRole.ACT_CLASS,
        FieldRole.CLASS_BASIS,
        FieldRole.ACT_ON,
        FieldRole.SERVED_ON,
        FieldRole.FINAL_ON,
    }
)
"""Roles of fields that stand under "where it comes from"; every field as it came is a tap away."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what it rests on, when, under which number and which law."""

    decider: Said
    on: date
    number: Said | None
    basis: Said | None

    @property
    def bracketed(self) -> bool:
        """Whether the number begins with a bracket, as courts' do: it cannot stand in brackets again."""
        return self.number is not None and self.number.words[:1] in "（(〔["


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry in the list of a file. ``looked`` is one sentence on who saw it lately."""

    uid: UUID
    title: str
    headline: Said | None
    adverse: bool
    good: bool
    chips: tuple[Chip, ...]
    decision: Decision
    standing: Standing
    ways: tuple[Way, ...]
    looked: str
    declinable: bool
    declined: bool
    statement: StatementLine | None


@dataclass(frozen=True, slots=True)
class MarkLine:
    """What changed an entry's visibility, in words; ``reason`` is what its author wrote, if anything."""

    on: datetime
    sentence: str
    reason: Said | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of an entry: since when known, and its fields."""

    version: int
    known_from: datetime
    current: bool
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """All that is held of an entry. ``telling``: the fields that the rest of the page does not say."""

    card: EntryCard
    telling: tuple[FieldLine, ...]
    fields: tuple[FieldLine, ...]
    source: Said
    source_contact: str
    known_from: datetime
    act_on: date | None
    served_on: date | None
    final_on: date | None
    class_word: str
    class_basis: Said | None
    class_assumed: bool
    basis: tuple[str, ...]
    marks: tuple[MarkLine, ...]
    versions: tuple[VersionLine, ...]
    of_a_court: bool


def working_marks(entry: EntryView) -> frozenset[MarkKind]:
    """The marks of an entry that still work."""
    return records.effective([mark.kind for mark in entry.marks])


def entry_card(entry: EntryView, around: Around, looked: str) -> EntryCard:
    """One entry for the list of a file."""
    return EntryCard(
        uid=entry.uid,
        title=title_of(entry, around),
        headline=headline(around.item, entry.content, around.language),
        adverse=entry.nature == ADVERSE,
        good=entry.nature == GOOD,
        chips=chips(entry, around),
        decision=decision_of(entry, around),
        standing=standing(entry, around),
        ways=ways(entry, around, working_marks(entry)),
        looked=looked,
        declinable=entry.nature == GOOD and entry.status in LIVE,
        declined=entry.status is Status.DECLINED,
        statement=statement_line(entry.statement, around.language),
    )


def entry_page(versions: Sequence[EntryView], around: Around, looked: str) -> EntryPage:
    """Everything of one entry; ``versions`` newest first, at least one."""
    entry, item, language = versions[0], around.item, around.language
    fields = field_lines(item, entry.content, language)
    told = {item.by_role[role].code for role in TOLD if role in item.by_role} if item else set()
    assumed = entry.nature == ADVERSE and item is not None and item.fixed_class is None
    return EntryPage(
        card=entry_card(entry, around, looked),
        telling=tuple(line for line in fields if line.code not in told),
        fields=fields,
        source=_source(entry, around),
        source_contact=around.supplier.contact if around.supplier else "",
        known_from=versions[-1].known_from,
        act_on=entry.act_on,
        served_on=served_day(entry),
        final_on=entry.final_on,
        class_word=around.say(f"class.{_class(entry)}") if entry.nature == ADVERSE else "",
        class_basis=said_of(item, entry.content, FieldRole.CLASS_BASIS, language),
        class_assumed=assumed and not raw_of(item, entry.content, FieldRole.ACT_CLASS),
        basis=tuple(basis_in_words(basis, language) for basis in item.basis) if item else (),
        marks=_changes(versions, around),
        versions=tuple(
            VersionLine(
                version.version, version.known_from, version is entry, field_lines(item, version.content, language)
            )
            for version in versions
        ),
        of_a_court=around.of_a_court,
    )


def title_of(entry: EntryView, around: Around) -> str:
    """The item's name; an item that no edition names any more is said to be so, with its code."""
    if around.item is None:
        return around.say("entry.unnamed", code=entry.item)
    return around.item.zh if around.language == "zh" else around.item.en


def decision_of(entry: EntryView, around: Around) -> Decision:
    """Who decided; our own name for an organisation of ours, else the words of the file."""
    item, language = around.item, around.language
    known = name_of(around.decider, language)
    given = said_of(item, entry.content, FieldRole.DECIDER_NAME, language)
    decider = Said(known) if known else given or _source(entry, around)
    return Decision(
        decider=decider,
        on=entry.decided_on,
        number=said_of(item, entry.content, FieldRole.DECISION_NUMBER, language),
        basis=said_of(item, entry.content, FieldRole.LEGAL_BASIS, language) or _item_basis(around),
    )


def mark_line(mark: MarkView, around: Around) -> MarkLine:
    """A mark in words."""
    moved = mark.kind is MarkKind.CLOCK_MOVED
    # a mark bears the first day after; of a time to answer its last day is told
    until = mark.lapses_on - ONE_DAY if moved and mark.lapses_on else mark.lapses_on
    on, lapses = (date_in_words(day, around.language) if day else "" for day in (mark.at, until))
    stopped = moved and mark.lapses_on is None
    ends = mark.kind is MarkKind.APPEAL_ENDED and mark.lapses_on is not None
    because, reason = collection.because_and_words(mark.reason)
    key = "clock_stopped" if stopped else "appeal_ends" if ends else mark.kind.name.lower()
    if because is not None:
        key = f"withdrawn_{because.value}"
    return MarkLine(mark.at, around.say(f"mark.{key}", day=on, lapses=lapses), _reason(reason, around))


def _changes(versions: Sequence[EntryView], around: Around) -> tuple[MarkLine, ...]:
    """Everything that happened since the first version, oldest first: a correction is a change like any mark."""
    corrections = [
        MarkLine(one.known_from, around.say("mark.corrected", day=date_in_words(one.known_from, around.language)), None)
        for one in versions[:-1]
    ]
    marks = [mark_line(mark, around) for mark in versions[0].marks]
    return tuple(sorted([*corrections, *marks], key=lambda line: line.on))


def _item_basis(around: Around) -> Said | None:
    if around.item is None or not around.item.basis:
        return None
    return as_given(basis_in_words(around.item.basis[0], around.language), around.language)


def _reason(reason: str, around: Around) -> Said | None:
    if has(f"resident.about.{reason}.word"):
        return Said(around.say(f"about.{reason}.word"))
    # a job's or a rule's code says nothing to a reader; what a person wrote holds more than a code's signs
    is_code = reason.replace("_", "").isascii() and " " not in reason
    return None if is_code else as_given(reason, around.language)


def _source(entry: EntryView, around: Around) -> Said:
    known = name_of(around.supplier, around.language)
    if known:
        return Said(known)
    return said_of(around.item, entry.content, FieldRole.SOURCE_NAME, around.language) or Said(
        around.say("entry.source_unknown")
    )


def _class(entry: EntryView) -> str:
    return ("none", "minor", "general", "serious")[entry.act_class]
