"""The fields of an entry's content, named by the catalogue and said as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chengxin.catalogue.terms import CodeValue, FieldRole, FieldSpec, FieldType, Item
from chengxin.doors.portal.presenters.around import Said, as_given
from chengxin.doors.wording import Language, date_in_words, text
from chengxin.kernel.money import format_wan_as_yuan, format_yuan

_PARTS = re.compile("[;；]")
NO_END = 2099
"""The national templates write 2099-12-31 where a licence has no end."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its name in the catalogue, its value in words."""

    code: str
    term: str
    value: Said


def field_lines(item: Item | None, content: Mapping[str, Any], language: Language) -> tuple[FieldLine, ...]:
    """Every filled field in the order of the item's columns; what no edition names any more comes last, under its code."""
    known = item.fields if item else ()
    lines = [_line(spec, str(content[spec.code]), language) for spec in known if spec.code in content]
    named = {spec.code for spec in known}
    lines += [
        FieldLine(code, code, as_given(str(value), language)) for code, value in content.items() if code not in named
    ]
    return tuple(lines)


def said_of(item: Item | None, content: Mapping[str, Any], role: FieldRole, language: Language) -> Said | None:
    """The field with this role, in words; None where the item has none or the row left it empty."""
    spec = item.field_of(role) if item else None
    if spec is None or spec.code not in content:
        return None
    return value_in_words(spec, str(content[spec.code]), language)


def raw_of(item: Item | None, content: Mapping[str, Any], role: FieldRole) -> str:
    """The field with this role as stored; empty where there is none."""
    spec = item.field_of(role) if item else None
    return str(content.get(spec.code, "")) if spec else ""


def by_element(item: Item | None, content: Mapping[str, Any], element: str) -> tuple[FieldSpec, str] | None:
    """The filled field that means this element, with its stored value."""
    specs: Iterable[FieldSpec] = item.fields if item else ()
    return next(
        ((spec, str(content[spec.code])) for spec in specs if spec.element == element and spec.code in content), None
    )


def value_in_words(spec: FieldSpec, raw: str, language: Language) -> Said:
    """A stored value (text, ISO day, plain decimal, code) as people read it."""
    if spec.type is FieldType.DATE:
        return Said(_day(spec, raw, language))
    if spec.type is FieldType.DECIMAL:
        return Said(_figure(spec, raw, language))
    if spec.type is FieldType.CODE and spec.codes:
        return _codes(spec, raw, language)
    return as_given(raw, language)


def codes_of(spec: FieldSpec, raw: str) -> list[CodeValue]:
    """The values that a code cell holds, in its order; what the list does not know stands for itself."""
    known = {code.value: code for code in spec.codes}
    parts = [part.strip() for part in _PARTS.split(raw) if part.strip()] if spec.many else [raw]
    return [known.get(part, CodeValue(part, part, part)) for part in parts]


def _line(spec: FieldSpec, raw: str, language: Language) -> FieldLine:
    # the amount is said in yuan, so the column's own unit would be wrong beside it
    name = re.sub(r"（万元）$| ?\(10,000 yuan\)$", "", spec.zh if language == "zh" else spec.en)
    return FieldLine(spec.code, name[:1].upper() + name[1:], value_in_words(spec, raw, language))


def _day(spec: FieldSpec, raw: str, language: Language) -> str:
    day = date.fromisoformat(raw)
    if spec.role is FieldRole.VALID_TO and day.year >= NO_END:
        return text("resident.field.no_end", language)
    return date_in_words(day, language)


def _figure(spec: FieldSpec, raw: str, language: Language) -> str:
    figure = Decimal(raw)
    if spec.unit == "wan_yuan":
        return format_wan_as_yuan(figure, language)
    if spec.unit == "yuan":
        return format_yuan(figure, language)
    plain = format(figure.normalize(), "f")
    return text("resident.field.hours", language, figure=plain) if spec.unit == "hours" else plain


def _codes(spec: FieldSpec, raw: str, language: Language) -> Said:
    values = codes_of(spec, raw)
    between = "、" if language == "zh" else ", "
    said = between.join(value.zh if language == "zh" else value.en for value in values)
    return as_given(said, language)
