"""An item of the catalogue in plain words: what it is, on which law, from whom, seen by whom, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chengxin.catalogue.terms import (
    ELEMENTS,
    ActClass,
    FieldRole,
    FieldSpec,
    Item,
    Mark,
    MergedEdition,
    Nature,
    Period,
    Publication,
    Sharing,
    Unit,
)
from chengxin.doors.portal.presenters.around import basis_in_words, name_of
from chengxin.doors.portal.presenters.offices import kind_name
from chengxin.doors.wording import Language, text
from chengxin.offices.terms import OrganisationView

CATEGORIES = range(1, 14)
TONES = {Nature.ADVERSE: "warn", Nature.GOOD: "good", Nature.NEUTRAL: "quiet"}


def item_name(item: Item, language: Language) -> str:
    """The item's name in the page's language; an English one begins like a title."""
    return begun(item.zh if language == "zh" else item.en)


def begun(words: str) -> str:
    """Words as a line or a title begins."""
    return words[:1].upper() + words[1:]


def mark_in_words(mark: Mark, language: Language) -> str:
    """How a source is known."""
    return text(f"catalogue.mark.{mark.value.lower()}", language)


def period_in_words(period: Period, language: Language) -> str:
    """``3 个月``, ``1 年``; ``3 months``, ``1 year``."""
    unit = "year" if period.unit is Unit.YEAR else "month"
    return text(f"catalogue.period.{unit}", language, count=period.n)


def supplier_names(item: Item, language: Language) -> str:
    """The kinds of office that hand the item in; offices named by their code are not kinds and are left to the list."""
    kinds = [kind_name(one.kind.value, language) for one in item.suppliers if one.kind is not None]
    return ("、" if language == "zh" else ", ").join(kinds)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list."""

    code: str
    name: str
    nature: str
    tone: str
    suppliers: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Category:
    """One of the thirteen categories, and its items in the order of the edition."""

    number: int
    name: str
    items: tuple[ItemLine, ...]


def item_line(item: Item, language: Language) -> ItemLine:
    """An item as one line."""
    return ItemLine(
        code=item.code,
        name=item_name(item, language),
        nature=text(f"catalogue.nature.{item.nature.value}", language),
        tone=TONES[item.nature],
        suppliers=supplier_names(item, language),
        is_open=item.is_open,
    )


def categories(items: Iterable[Item], language: Language) -> list[Category]:
    """Items under their categories; a category without items is left out."""
    by_number: dict[int, list[ItemLine]] = {}
    for item in items:
        by_number.setdefault(item.category, []).append(item_line(item, language))
    return [
        Category(number, text(f"catalogue.category.c{number}", language), tuple(by_number[number]))
        for number in CATEGORIES
        if number in by_number
    ]


def matches(item: Item, wanted: str) -> bool:
    """Whether what somebody typed stands in the item's names, code or laws; blanks part words that must all stand there."""
    haystack = " ".join((item.code, item.zh, item.en, *(ref.law for ref in item.basis))).casefold()
    return all(word in haystack for word in wanted.casefold().split())


@dataclass(frozen=True, slots=True)
class DisplayLine:
    """How long an act of one class is shown: at least (repair is open after it), at most."""

    word: str
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One column of the item's file, as clerk and person read it."""

    code: str
    name: str
    required: str
    form: str
    help: str
    identifies: bool
    sensitive: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything the public is told of an item."""

    line: ItemLine
    category: str
    field_of_work: str
    occupations: str
    note: str
    basis: tuple[str, ...]
    offices: tuple[str, ...]
    duty: str
    display: tuple[DisplayLine, ...]
    retention: str
    seen_by: tuple[str, ...]
    age: str
    conditions: tuple[str, ...]
    fields: tuple[FieldRow, ...]
    source: str
    mark: str


def item_page(item: Item, edition: MergedEdition, offices: Iterable[OrganisationView], language: Language) -> ItemPage:
    """The page of an item in an edition; ``offices``: the city's, of which its suppliers are named."""
    sources = {**edition.national.sources, **(edition.city.sources if edition.city else {})}
    source = sources.get(item.claim.source)
    zh = language == "zh"
    return ItemPage(
        line=item_line(item, language),
        category=text(f"catalogue.category.c{item.category}", language),
        field_of_work=item.field_of_work.zh if zh else item.field_of_work.en,
        occupations=("、" if zh else ", ").join(one.zh if zh else one.en for one in item.occupations),
        note=item.note.zh if zh else item.note.en,
        basis=tuple(basis_in_words(ref, language) for ref in item.basis),
        offices=tuple(name_of(one, language) for one in offices if item.supplied_by(one.org_code, one.kind)),
        duty=_duty(item, language),
        display=tuple(_display(item, language)),
        retention=text("catalogue.item.kept", language, period=period_in_words(item.retention.period, language)),
        seen_by=tuple(_seen_by(item, language)),
        age=text(f"catalogue.age.{item.age_rule.value}", language, age=item.minimum_age) if item.is_adverse else "",
        conditions=tuple(_conditions(item, language)),
        fields=tuple(field_row(spec, item, language) for spec in item.fields if spec.role not in _NOT_TAKEN),
        source="" if source is None else begun(source.title.zh if zh else source.title.en),
        mark="" if item.claim.mark is Mark.OWN else mark_in_words(item.claim.mark, language),
    )


_NOT_TAKEN = frozenset({FieldRole.REMARK_REFUSED, FieldRole.COMPUTED_IGNORED})
"""Columns of the national template that nothing is taken from."""
_IDENTIFY = frozenset({FieldRole.PERSON_NAME, FieldRole.DOCUMENT_KIND, FieldRole.DOCUMENT_NUMBER, FieldRole.BIRTH_DATE})


def _duty(item: Item, language: Language) -> str:
    return text(f"catalogue.cycle.{item.duty.cycle.value}", language, count=item.duty.working_days)


def _display(item: Item, language: Language) -> Iterable[DisplayLine]:
    for act_class in ActClass:
        period = item.display.get(act_class)
        if period is None:
            continue
        most = period.maximum
        yield DisplayLine(
            word=text(f"resident.class.{act_class.word}", language),
            least="" if period.minimum is None else period_in_words(period.minimum, language),
            most=text("catalogue.item.validity", language) if most is None else period_in_words(most, language),
        )


def _seen_by(item: Item, language: Language) -> Iterable[str]:
    zh = language == "zh"
    yield text("catalogue.seen.person", language)
    if item.sharing is Sharing.BY_LAW:
        for grant in item.grants:
            yield text(
                "catalogue.seen.by_law",
                language,
                recipient=grant.recipient.zh if zh else grant.recipient.en,
                purpose=grant.purpose.zh if zh else grant.purpose.en,
                basis=basis_in_words(grant.basis, language),
            )
    else:
        yield text(f"catalogue.seen.{item.sharing.value}", language)
    if item.publication is Publication.LAW_ORDERS and item.publication_basis is not None:
        yield text("catalogue.seen.published", language, basis=basis_in_words(item.publication_basis, language))
    else:
        yield text("catalogue.seen.not_public", language)


def _conditions(item: Item, language: Language) -> Iterable[str]:
    if item.document_needed:
        yield text("catalogue.condition.document", language)
    if item.optout:
        yield text("catalogue.condition.optout", language)
    if item.is_adverse:
        yield text("catalogue.condition.told", language)
        yield text("catalogue.condition.final", language)
    if item.field_of(FieldRole.PROCEDURE) is not None:
        yield text("catalogue.condition.simplified", language)


def field_name(spec: FieldSpec, language: Language) -> str:
    """The column's name in the page's language; an English one begins like a title."""
    return begun(spec.zh if language == "zh" else spec.en)


def required_in_words(spec: FieldSpec, item: Item, language: Language) -> str:
    """Whether the column must be filled, with the names of fields and values and not their codes."""
    when = spec.required.when
    if when is None:
        return text(f"catalogue.required.{spec.required.kind.value}", language)
    other, zh = item.by_code[when.field], language == "zh"
    known = {code.value: (code.zh if zh else code.en) for code in other.codes}
    values = ("、" if zh else ", ").join(known.get(value, value) for value in when.values)
    return text("catalogue.required.when", language, field=field_name(other, language), values=values)


def field_row(spec: FieldSpec, item: Item, language: Language) -> FieldRow:
    """One column in words."""
    zh = language == "zh"
    element = ELEMENTS.get(spec.element)
    return FieldRow(
        code=spec.code,
        name=field_name(spec, language),
        required=required_in_words(spec, item, language),
        form=_form(spec, language),
        help=spec.help_zh if zh else spec.help_en,
        identifies=spec.role in _IDENTIFY,
        sensitive=element is not None and element.sensitive,
        codes=tuple(code.zh if zh else code.en for code in spec.codes if code.refused is None),
    )


def _form(spec: FieldSpec, language: Language) -> str:
    told = text(f"catalogue.form.{spec.type.value}", language)
    if spec.length is not None and spec.scale is None:
        return text("catalogue.form.at_most", language, form=told, count=spec.length)
    if spec.scale:
        return text("catalogue.form.decimals", language, form=told, count=spec.scale)
    return told
