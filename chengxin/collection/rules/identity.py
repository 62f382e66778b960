"""Whom a row is about: name, kind and number of the document, birth date, and whether they were of age (F2, F3, F11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from chengxin.catalogue.terms import AgeRule, FieldSpec, Item
from chengxin.collection.rules.cells import LOST_DIGITS, Cell, read_text
from chengxin.collection.terms import Fault, Note, Reason
from chengxin.kernel.documents import DocumentFault, DocumentKind, DocumentWarning, check_document
from chengxin.kernel.names import normalise_name

NO_ACT_DATE_FROM_AGE: Final = 25
"""An ordinary penalty without the date of the act is taken of a person who was this old at the decision: 18, and 5 years of
limitation, and 2 of handling (F11; policy figure of 2026, 行政处罚法 36 and 60 give the parts)."""

PLAIN_NAME: Final = "^[\u3400-\u4dbf\u4e00-\u67cf\u67d1-\u9ffc]{2,20}$"
"""Names in which nothing can be wrong and nothing need be normalised; 某 (U+67D0) masks a name. Python and Polars."""

_MASKS: Final = frozenset("*＊×某")
_NUMBER_MASKS: Final = frozenset("*＊×")

_FAULTS: Final = {
    DocumentFault.MISSING: Reason.NUMBER_WRONG_CHARACTERS,
    DocumentFault.OLD_15_DIGITS: Reason.NUMBER_OLD_15_DIGITS,
    DocumentFault.WRONG_LENGTH: Reason.NUMBER_WRONG_LENGTH,
    DocumentFault.WRONG_CHARACTERS: Reason.NUMBER_WRONG_CHARACTERS,
    DocumentFault.PLACEHOLDER: Reason.NUMBER_PLACEHOLDER,
    DocumentFault.BIRTH_DATE_IMPOSSIBLE: Reason.NUMBER_BIRTH_DATE_IMPOSSIBLE,
    DocumentFault.BIRTH_DATE_IN_FUTURE: Reason.NUMBER_BIRTH_DATE_IN_FUTURE,
    DocumentFault.WRONG_CHECK_DIGIT: Reason.NUMBER_WRONG_CHECK_DIGIT,
}
_NOTES: Final = {
    DocumentWarning.REGION_UNKNOWN: Note.NUMBER_REGION_UNKNOWN,
    DocumentWarning.LOOKS_LIKE_PERMANENT_RESIDENCE: Note.NUMBER_LOOKS_LIKE_PERMANENT_RESIDENCE,
}


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number of a document: normalised, its birth date where it holds one, or the first thing wrong with it."""

    number: str | None
    fault: Reason | None = None
    birth_date: date | None = None
    notes: tuple[Note, ...] = ()


def read_name(text: str, spec: FieldSpec) -> tuple[Cell, str]:
    """The name as written, and its form for agreement keys. Rows come unmasked (F4)."""
    cell = read_text(text, spec)
    if cell.fault is not None:
        return cell, ""
    if not _MASKS.isdisjoint(text):
        return Cell(None, Reason.NAME_MASKED), ""
    norm = normalise_name(text)
    if not any(character.isalpha() for character in norm):
        return Cell(None, Reason.NAME_UNREADABLE), ""
    return cell, norm


def read_number(text: str, kind: DocumentKind, *, today: date, practice: bool) -> NumberCell:
    """The number of a document of this kind; numbers of nobody where the instance is for practice, and only there (F12)."""
    if LOST_DIGITS.fullmatch(text):
        return NumberCell(None, Reason.NUMBER_LOST_DIGITS)
    if not _NUMBER_MASKS.isdisjoint(text):
        return NumberCell(None, Reason.NUMBER_MASKED)
    found = check_document(kind, text, today=today)
    if found.reason is not None:
        return NumberCell(None, _FAULTS[found.reason])
    if found.practice != practice:
        return NumberCell(None, Reason.NUMBER_NOT_OF_PRACTICE if practice else Reason.NUMBER_OF_PRACTICE)
    notes = tuple(_NOTES[warning] for warning in found.warnings)
    if found.number != text:
        notes = (Note.NUMBER_REWRITTEN, *notes)
    return NumberCell(found.number, birth_date=found.birth_date, notes=notes)


def birth_fault(of_number: date | None, stated: date | None, today: date) -> Reason | None:
    """What is wrong with the birth date in the file, beside that of the number."""
    if stated is None:
        return None
    if stated > today:
        return Reason.BIRTH_DATE_IN_FUTURE
    return Reason.BIRTH_DATE_DISAGREES if of_number not in (None, stated) else None


def has_reached(birth_date: date, years: int, day: date) -> bool:
    """Whether the person was `years` old on the day, counted from the day after the birthday: the reading in their favour.

    Source of the counting: the Supreme People's Court on 周岁 (from the day after the birthday).
    """
    return (day.year - years, day.month, day.day) > (birth_date.year, birth_date.month, birth_date.day)


@dataclass(frozen=True, slots=True)
class AgeFacts:
    """What the age rule looks at. `act_empty`: the cell of the act date is empty, or the item has no such column."""

    birth_date: date | None
    act_on: date | None
    act_empty: bool
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class AgeFields:
    """Codes of the fields that the faults of the age rule are shown at; None where the item has no such column."""

    birth: str | None
    act: str | None
    decided: str | None


def age_faults(item: Item, facts: AgeFacts, fields: AgeFields) -> list[Fault]:
    """F11: no adverse entry for an act under the minimum age; nothing at all about a person under it at the decision."""
    birth, decided_on = facts.birth_date, facts.decided_on
    if not item.is_adverse:
        young = birth and decided_on and not has_reached(birth, item.minimum_age, decided_on)
        return [Fault(Reason.UNDER_AGE, fields.decided, str(item.minimum_age))] if young else []
    faults = [] if birth else [Fault(Reason.BIRTH_DATE_UNKNOWN, fields.birth)]
    if item.age_rule is AgeRule.COURT:
        tested, shown_at = decided_on, fields.decided
    else:
        tested, shown_at = facts.act_on, fields.act
        if facts.act_empty and not _old_enough_anyway(item, birth, decided_on):
            faults.append(Fault(Reason.ACT_DATE_MISSING, fields.act, _policy_age(item)))
    if birth and tested and not has_reached(birth, item.minimum_age, tested):
        faults.append(Fault(Reason.UNDER_AGE, shown_at, str(item.minimum_age)))
    return faults


def _old_enough_anyway(item: Item, birth: date | None, decided_on: date | None) -> bool:
    if item.age_rule is not AgeRule.ORDINARY or birth is None or decided_on is None:
        return False
    return has_reached(birth, NO_ACT_DATE_FROM_AGE, decided_on)


def _policy_age(item: Item) -> str | None:
    return str(NO_ACT_DATE_FROM_AGE) if item.age_rule is AgeRule.ORDINARY else None
