"""Faults of fields: what screening and the ledger need is there, lengths and codes are sound, no name is hostile."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.catalogue.rules.loading import Loaded
from chengxin.catalogue.rules.reading import Reading
from chengxin.catalogue.rules.screen import forbidden_name
from chengxin.catalogue.terms import AgeRule, FieldRole, FieldSpec, FieldType, Item, Slot

MOST_TEXT = 5000
MOST_DIGITS = 18

_ALWAYS_THERE = (
    FieldRole.PERSON_NAME,
    FieldRole.DOCUMENT_KIND,
    FieldRole.DOCUMENT_NUMBER,
    FieldRole.DECIDED_ON,
    FieldRole.SOURCE_NAME,
    FieldRole.SOURCE_CODE,
)
_WITH_DOCUMENT = (FieldRole.DECISION_NUMBER, FieldRole.DECIDER_NAME, FieldRole.DECIDER_CODE)
_ADVERSE = (
    FieldRole.BIRTH_DATE,
    FieldRole.SERVED_ON,
    FieldRole.SERVICE_METHOD,
    FieldRole.SERVICE_RECEIPT,
    FieldRole.FINAL_ON,
)
_CLASSED_BY_ROW = (FieldRole.ACT_CLASS, FieldRole.CLASS_BASIS, FieldRole.PROCEDURE, FieldRole.LEGAL_BASIS)
_OFTEN = frozenset({FieldRole.CONTENT, FieldRole.AMOUNT, FieldRole.FREE_TEXT})
_FILLED = frozenset(
    {*_ALWAYS_THERE, *_WITH_DOCUMENT, FieldRole.SERVED_ON, FieldRole.SERVICE_METHOD, FieldRole.FINAL_ON}
    | {FieldRole.PROCEDURE, FieldRole.LEGAL_BASIS}
)


def roles_needed(item: Item) -> tuple[FieldRole, ...]:
    """The roles that an item's fields have to cover (F4, F11; domain rule: no record without an effective document)."""
    roles = list(_ALWAYS_THERE)
    if item.document_needed:
        roles += _WITH_DOCUMENT
    if item.is_adverse:
        roles += _ADVERSE
        if item.age_rule is not AgeRule.COURT:
            roles.append(FieldRole.ACT_ON)
        if item.fixed_class is None:
            roles += _CLASSED_BY_ROW
    if item.ends_with_validity:
        roles.append(FieldRole.VALID_TO)
    return tuple(roles)


def check_fields(reading: Reading, loaded: Loaded, item: Item) -> None:
    """Roles, lengths, code lists, conditions, natural key."""
    here = loaded.line(f"{item.code}/fields", item.code)
    roles = [spec.role for spec in item.fields if spec.role is not None]
    for role in roles_needed(item):
        if role not in roles:
            reading.fault(here, "role_missing", item=item.code, role=role.value)
    for role in dict.fromkeys(roles):
        if role not in _OFTEN and roles.count(role) > 1:
            reading.fault(here, "role_twice", item=item.code, role=role.value)
    seen: set[str] = set()
    for spec in item.fields:
        line = loaded.line(f"{item.code}/fields/{spec.code}", item.code)
        if spec.code in seen:
            reading.fault(line, "double_code", value=spec.code)
        seen.add(spec.code)
        _check_field(reading, line, spec, item)
    for code in item.natural_key:
        if code not in item.by_code:
            reading.fault(loaded.line(f"{item.code}/natural_key", item.code), "key_field_unknown", field=code)


def _check_field(reading: Reading, line: int, spec: FieldSpec, item: Item) -> None:
    if spec.ours != spec.code.startswith("CX_"):
        reading.fault(line, "ours_prefix", field=spec.code)
    valid_to_needed = spec.role is FieldRole.VALID_TO and item.ends_with_validity
    if (spec.role in _FILLED or valid_to_needed) and not spec.is_required:
        reading.fault(line, "role_optional", field=spec.code)
    if spec.type is FieldType.CODE:
        if not spec.codes:
            reading.fault(line, "codes_missing", field=spec.code)
        _check_spellings(reading, line, spec)
    elif spec.codes or spec.many:
        reading.fault(line, "codes_not_expected", field=spec.code)
    if spec.type in (FieldType.TEXT, FieldType.DECIMAL, FieldType.INTEGER, FieldType.CODE):
        most = MOST_TEXT if spec.type in (FieldType.TEXT, FieldType.CODE) else MOST_DIGITS
        if spec.length is None:
            reading.fault(line, "length_missing", field=spec.code)
        elif spec.length > most:
            reading.fault(line, "length_over", field=spec.code, most=most)
    when = spec.required.when
    if when is not None:
        other = item.by_code.get(when.field)
        if other is None or not when.values or not {c.value for c in other.codes}.issuperset(when.values):
            reading.fault(line, "condition_wrong", field=spec.code, other=when.field)


def _check_spellings(reading: Reading, line: int, spec: FieldSpec) -> None:
    meant: dict[str, str] = {}
    for code in spec.codes:
        for word in dict.fromkeys((code.value, code.zh, *code.aliases)):
            if meant.setdefault(word, code.value) != code.value:
                reading.fault(line, "spelling_twice", field=spec.code, value=word)


def _item_words(item: Item) -> Iterator[tuple[str, str]]:
    yield "code", item.code
    yield "zh", item.zh
    yield "en", item.en
    yield "note", item.note.zh
    yield "note", item.note.en
    yield "field_of_work", item.field_of_work.zh
    yield "field_of_work", item.field_of_work.en
    for occupation in item.occupations:
        yield "occupations", occupation.zh
        yield "occupations", occupation.en
    for grant in item.grants:
        for words in (grant.recipient, grant.purpose):
            yield "grants", words.zh
            yield "grants", words.en


def _field_words(spec: FieldSpec) -> Iterator[str]:
    yield from (spec.code, spec.zh, spec.en, spec.help_zh, spec.help_en)
    if spec.required.when is not None:
        yield spec.required.when.field
    for code in spec.codes:
        if code.refused is None:  # a refused value stands there to be refused
            yield from (code.value, code.zh, code.en, *code.aliases)


def check_words(reading: Reading, loaded: Loaded, item: Item) -> None:
    """No name, label, help, note or code may name what is never collected (the second line behind the elements)."""
    for key, text in _item_words(item):
        _screen(reading, loaded.line(f"{item.code}/{key}", item.code), text)
    for spec in item.fields:
        for text in _field_words(spec):
            _screen(reading, loaded.line(f"{item.code}/fields/{spec.code}", item.code), text)


def check_slot_words(reading: Reading, line: int, slot: Slot) -> None:
    """The same for a slot."""
    for text in (slot.code, slot.zh, slot.en):
        _screen(reading, line, text)


def _screen(reading: Reading, line: int, text: str) -> None:
    clause = forbidden_name(text)
    if clause is not None:
        reading.fault(
            line, "forbidden", clause.code, value=text, clause_zh=clause.zh, clause_en=clause.en, law=clause.law
        )
