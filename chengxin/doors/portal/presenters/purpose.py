"""A purpose in plain words: who may ask, on which ground, what is answered, how often, how old the ground may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengxin.catalogue.terms import BasisRef, Item, Mark, MergedEdition, Operation, PurposeSpec, SealSpec, Words
from chengxin.doors.portal.presenters.around import basis_in_words, name_of
from chengxin.doors.portal.presenters.catalogue import begun, field_name, item_name, mark_in_words
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
    """A purpose as everybody reads it. ``sentences``: what is answered besides fields; ``here``: the offices of
    this city; ``mark``: how the source is known, "" for a rule of our own."""

    code: str
    name: str
    told: str
    askers: str
    here: tuple[str, ...]
    on_consent: bool
    ground: str
    items: tuple[AnsweredItem, ...]
    sentences: tuple[str, ...]
    conditions: tuple[str, ...]
    emergency: bool
    source: str
    mark: str


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


def purpose_name(purpose: PurposeSpec | SealSpec, language: Language) -> str:
    """The name of a purpose, or of a law of silence, in the page's language."""
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
        conditions=tuple(_conditions(purpose, language)),
        emergency=purpose.emergency,
        source="" if source is None else begun(_either(source.title, language)),
        mark="" if purpose.claim.mark is Mark.OWN else mark_in_words(purpose.claim.mark, language),
    )


def _askers(purpose: PurposeSpec, offices: Iterable[OrganisationView], language: Language) -> str:
    """Kinds of organisation; one that is named by its code is told by its name where it is known here."""
    named = {one.org_code: name_of(one, language) for one in offices}
    words = [kind_name(one, language) if has(f"kinds.{one}") else named.get(one, one) for one in purpose.askers]
    return begun(("、" if language == "zh" else ", ").join(words))


def _items(purpose: PurposeSpec, items: Mapping[str, Item], language: Language) -> Iterable[AnsweredItem]:
    between = "、" if language == "zh" else ", "
    for code, fields in purpose.items.items():
        item = items.get(code)
        if item is not None:
            names = [field_name(spec, language) for spec in item.fields if spec.code in fields]
            yield AnsweredItem(code, item_name(item, language), between.join(names))


def _sentences(purpose: PurposeSpec, language: Language) -> Iterable[str]:
    if Operation.CHECK in purpose.operations and purpose.question is not None:
        key = "purposes.check" if Operation.LOOK_UP in purpose.operations else "purposes.check_alone"
        yield text(key, language, question=_either(purpose.question, language))
    if Operation.VERIFY in purpose.operations:
        yield text("purposes.verify", language)


def _conditions(purpose: PurposeSpec, language: Language) -> Iterable[str]:
    """What must be there before anything is answered, and how often and for how many it is."""
    ground = "consent" if purpose.on_consent else "case" if purpose.case_needed else "none"
    yield text(f"purposes.needs.{ground}", language)
    if ground != "none":
        yield text(f"purposes.old.{ground}", language, count=purpose.ground_days)
    days = text("purposes.days", language, count=purpose.frequency.days)
    yield text("purposes.often", language, count=purpose.frequency.times, days=days)
    most = f"{purpose.batch_most:,}"
    yield text("purposes.batch", language, most=most) if purpose.batch_most else text("purposes.one", language)


def _either(words: Words, language: Language) -> str:
    return words.zh if language == "zh" else words.en
