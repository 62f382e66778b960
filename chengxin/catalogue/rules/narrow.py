"""Narrower than: attribute by attribute, what a lower edition may change of the one above it (F10, charter 1).

Narrower means: display maximum down, repair minimum down, retention down, suppliers and fields a subset, sharing and
publication fewer, minimum age up, choice added, open to closed. `widened` names every attribute that goes the other way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chengxin.catalogue.terms import (
    ActClass,
    DisplayPeriod,
    FieldRole,
    Item,
    ItemStatus,
    Narrowing,
    Period,
    Publication,
    Sharing,
    Slot,
    Supplier,
)

DROPPABLE = frozenset({None, FieldRole.CONTENT, FieldRole.FREE_TEXT, FieldRole.AMOUNT, FieldRole.VALID_FROM})
"""Roles of fields that a city may leave out; screening, identity and clocks need the others."""


def apply_narrowing(item: Item, narrowing: Narrowing) -> Item:
    """The item with the attributes that the narrowing names, narrower or not: `widened` tells which."""
    dropped = set(narrowing.fields_dropped)
    fields = tuple(spec for spec in item.fields if spec.code not in dropped)
    grants = tuple(grant for grant in item.grants if grant.basis not in narrowing.grants_dropped)
    publication = item.publication if narrowing.publication is None else narrowing.publication
    return replace(
        item,
        display=item.display if narrowing.display is None else {**item.display, **narrowing.display},
        retention=narrowing.retention or item.retention,
        suppliers=item.suppliers if narrowing.suppliers is None else narrowing.suppliers,
        fields=fields,
        sharing=item.sharing if narrowing.sharing is None else narrowing.sharing,
        grants=() if narrowing.sharing in (Sharing.NONE, Sharing.ON_CONSENT) else grants,
        publication=publication,
        publication_basis=item.publication_basis if publication is Publication.LAW_ORDERS else None,
        minimum_age=item.minimum_age if narrowing.minimum_age is None else narrowing.minimum_age,
        optout=item.optout if narrowing.optout is None else narrowing.optout,
        status=item.status if narrowing.status is None else narrowing.status,
    )


def widened(upper: Item, lower: Item) -> tuple[str, ...]:
    """Attributes (as an edition file names them) in which `lower` is not narrower than or equal to `upper`."""
    found = []
    for cls, period in lower.display.items():
        above = upper.display.get(cls)
        if above is None or _longer(period.maximum, above.maximum) or _minimum_up(period, above):
            found.append(f"display/{cls.word}")
    if lower.retention.period.months > upper.retention.period.months:
        found.append("retention")
    if not _suppliers_within(upper.suppliers, lower.suppliers):
        found.append("suppliers")
    kept = {spec.code for spec in lower.fields}
    if any(spec not in upper.fields for spec in lower.fields):
        found.append("fields")
    if any(spec.code not in kept and not _droppable(upper, spec.code) for spec in upper.fields):
        found.append("fields_drop")
    if lower.sharing.width > upper.sharing.width or not set(lower.grants) <= set(upper.grants):
        found.append("sharing")
    if lower.publication is Publication.LAW_ORDERS and upper.publication is Publication.NONE:
        found.append("publication")
    if lower.publication is Publication.LAW_ORDERS and lower.publication_from < upper.publication_from:
        found.append("publication_from")
    if lower.minimum_age < upper.minimum_age:
        found.append("minimum_age")
    if upper.optout and not lower.optout:
        found.append("optout")
    if upper.status is ItemStatus.CLOSED and lower.status is ItemStatus.OPEN:
        found.append("status")
    return tuple(found)


def narrowest(upper: Item, lower: Item) -> Item:
    """`lower` cut back to `upper` wherever it is wider: what holds when the edition above became narrower later."""
    fields = tuple(spec for spec in upper.fields if spec.code in lower.by_code or not _droppable(upper, spec.code))
    by_law = lower.sharing.width >= upper.sharing.width
    return replace(
        upper,
        display={cls: _shortest(period, lower.display.get(cls)) for cls, period in upper.display.items()},
        retention=min(upper.retention, lower.retention, key=lambda retention: retention.period.months),
        suppliers=lower.suppliers if _suppliers_within(upper.suppliers, lower.suppliers) else upper.suppliers,
        fields=fields,
        sharing=upper.sharing if by_law else lower.sharing,
        grants=tuple(grant for grant in upper.grants if grant in lower.grants),
        publication=min(upper.publication, lower.publication, key=lambda p: p is Publication.LAW_ORDERS),
        publication_basis=lower.publication_basis if upper.publication is Publication.LAW_ORDERS else None,
        publication_from=max(upper.publication_from, lower.publication_from),
        minimum_age=max(upper.minimum_age, lower.minimum_age),
        optout=upper.optout or lower.optout,
        status=upper.status if lower.is_open else ItemStatus.CLOSED,
    )


def slot_excesses(slot: Slot, item: Item) -> tuple[str, ...]:
    """Attributes in which a city's own item goes over the slot it stands in."""
    found = []
    if item.nature is not slot.nature:
        found.append("nature")
    if item.category != slot.category:
        found.append("category")
    if any(spec.element not in slot.elements for spec in item.fields):
        found.append("fields")
    for cls, period in item.display.items():
        above = slot.display.get(cls)
        if above is None or _longer(period.maximum, above.maximum):
            found.append(f"display/{cls.word}")
    if item.retention.period.months > slot.retention.period.months:
        found.append("retention")
    if item.sharing.width > slot.sharing.width:
        found.append("sharing")
    if item.publication is Publication.LAW_ORDERS and slot.publication is Publication.NONE:
        found.append("publication")
    if item.minimum_age < slot.minimum_age:
        found.append("minimum_age")
    if slot.optout and not item.optout:
        found.append("optout")
    return tuple(found)


def _droppable(item: Item, code: str) -> bool:
    """Not where a value of the field sends rows back (detention, organisations), nor where another field leans on it."""
    spec = item.by_code[code]
    leaned_on = any(other.required.when is not None and other.required.when.field == code for other in item.fields)
    sends_back = any(value.refused is not None for value in spec.codes)
    return spec.role in DROPPABLE and code not in item.natural_key and not (sends_back or leaned_on)


def _longer(one: Period | None, other: Period | None) -> bool:
    return other is not None and (one is None or one.months > other.months)


def _minimum_up(period: DisplayPeriod, above: DisplayPeriod) -> bool:
    months = 0 if period.minimum is None else period.minimum.months
    return months > (0 if above.minimum is None else above.minimum.months)


def _shortest(one: DisplayPeriod, other: DisplayPeriod | None) -> DisplayPeriod:
    if other is None:
        return one
    maximum = one.maximum if _longer(other.maximum, one.maximum) else other.maximum
    minimum = one.minimum if _minimum_up(other, one) else other.minimum
    return DisplayPeriod(minimum, maximum, other.claim)


def _suppliers_within(upper: tuple[Supplier, ...], lower: tuple[Supplier, ...]) -> bool:
    """Every kind below stands above; a single organisation is always fewer than the kinds above, never than codes."""
    codes_only = all(supplier.code is not None for supplier in upper)
    return bool(lower) and all(
        supplier in upper or (supplier.code is not None and not codes_only) for supplier in lower
    )


def display_of_classes(item: Item) -> Mapping[ActClass, int | None]:
    """Longest display in months by class; None where only the validity ends it."""
    return {cls: None if period.maximum is None else period.maximum.months for cls, period in item.display.items()}
