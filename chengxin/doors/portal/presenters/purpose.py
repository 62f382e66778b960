"""A purpose in plain words: who may ask, on which ground, what is answered, how often, how old the ground may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengxin.catalogue.terms import BasisRef, Item, Mark, MergedEdition, Operation, PurposeSpec, Words
from chengxin.doors.portal.presenters.around import basis_in_words, name_of
from chengxin.doors.portal.presenters.catalogue import field_name, item_name
from chengxin.doors.portal.presenters.offices import kind_name
from chengxin.doors.wording import Language, has, text
from chengxin.offices.terms import OrganisationView

CONSENT = BasisRef("个人信息保护法", "13")
"""Where the law lets consent open something."""


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """An item whose fields may be answered: ``code`` leads to its page."""

    code: str
    name: str
    fields: str


@dataclass(frozen=True, slots=True)
class PurposeWords:
    """A purpose as everybody reads it. ``sentences``: what is answered besides fields; ``here``: the offices of this city."""

    code: str
    name: str
    told: str
    askers: str
    here: tuple[str, ...]
    on_consent: bool
    ground: str
    items: tuple[AnsweredItem, ...]
    sentences: tuple[str, ...]
    often: str
    old: str
    case: str
    at_once: str
    emergency: bool
    source: str
    mark: str
    unproven: bool


def purposes_in_words(
    edition: MergedEdition, offices: Iterable[OrganisationView], language: Language
) -> list[PurposeWords]:
    """Every purpose of the edition, in its order; ``offices``: the city's, of which the askers are named."""
    known = list(offices)
    return [_purpose(one, edition, known, language) for one in edition.purposes.values()]


def purposes_about(item: str, edition: MergedEdition, language: Language) -> list[tuple[str, str, str]]:
    """Those that answer something of an item: code, name, who may ask."""
    return [
        (one.code, purpose_name(one, language), _askers(one, [], language))
        for one in edition.purposes.values()
        if item in one.items
    ]


def purpose_name(purpose: PurposeSpec, language: Language) -> str:
    """The purpose's name in the page's language."""
    return purpose.zh if language == "zh" else purpose.en


def _purpose(
    purpose: PurposeSpec, edition: MergedEdition, offices: list[OrganisationView], language: Language
) -> PurposeWords:
    sources = {**edition.national.sources, **(edition.city.sources if edition.city else {})}
    source = sources.get(purpose.claim.source)
    return PurposeWords(
        code=purpose.code,
        name=purpose_name(purpose, language),
        told=_either(purpose.told, language),
        askers=_askers(purpose, offices, language),
        here=tuple(name_of(one, language) for one in offices if purpose.is_for(one.org_code, one.kind)),
        on_consent=purpose.on_consent,
        ground=basis_in_words(purpose.basis or CONSENT, language),
        items=tuple(_items(purpose, edition.items, language)) if Operation.LOOK_UP in purpose.operations else (),
        sentences=tuple(_sentences(purpose, language)),
        often=text("purposes.often_text", language, count=purpose.frequency.times, days=_days(purpose, language)),
        old=_old(purpose, language),
        case=_case(purpose, language),
        at_once=text("purposes.batch" if purpose.batch_most else "purposes.one", language, most=purpose.batch_most),
        emergency=purpose.emergency,
        source="" if source is None else _either(source.title, language),
        mark=text(f"catalogue.mark.{purpose.claim.mark.value.lower()}", language),
        unproven=purpose.claim.mark not in {Mark.A, Mark.OWN},
    )


def _askers(purpose: PurposeSpec, offices: Iterable[OrganisationView], language: Language) -> str:
    """Kinds of organisation; one that is named by its code is told by its name where it is known here."""
    named = {one.org_code: name_of(one, language) for one in offices}
    words = [kind_name(one, language) if has(f"kinds.{one}") else named.get(one, one) for one in purpose.askers]
    told = ("、" if language == "zh" else ", ").join(words)
    return told[:1].upper() + told[1:]


def _items(purpose: PurposeSpec, items: Mapping[str, Item], language: Language) -> Iterable[AnsweredItem]:
    between = "、" if language == "zh" else ", "
    for code, fields in purpose.items.items():
        item = items.get(code)
        if item is not None:
            names = [field_name(spec, language) for spec in item.fields if spec.code in fields]
            yield AnsweredItem(code, item_name(item, language), between.join(names))


def _sentences(purpose: PurposeSpec, language: Language) -> Iterable[str]:
    if Operation.CHECK in purpose.operations and purpose.question is not None:
        yield text("purposes.check", language, question=_either(purpose.question, language))
    if Operation.VERIFY in purpose.operations:
        yield text("purposes.verify", language)


def _days(purpose: PurposeSpec, language: Language) -> str:
    return text("purposes.days", language, count=purpose.frequency.days)


def _old(purpose: PurposeSpec, language: Language) -> str:
    """How old the ground may be; "" where there is nothing that ages."""
    ground = "consent" if purpose.on_consent else "case" if purpose.case_needed else ""
    return text(f"purposes.old.{ground}", language, count=purpose.ground_days) if ground else ""


def _case(purpose: PurposeSpec, language: Language) -> str:
    if purpose.case_needed:
        return text("purposes.case.needed", language)
    return text("purposes.case.consent" if purpose.on_consent else "purposes.case.none", language)


def _either(words: Words, language: Language) -> str:
    return words.zh if language == "zh" else words.en
