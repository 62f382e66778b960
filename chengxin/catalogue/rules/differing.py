"""What changed between two editions, item by item, and whether each change widens or narrows what is done to persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chengxin.catalogue.rules.differing_purposes import purpose_changes
from chengxin.catalogue.rules.merging import Dated, merge
from chengxin.catalogue.rules.narrow import widened
from chengxin.catalogue.rules.sealing import seal_changes
from chengxin.catalogue.terms import (
    Change,
    ChangeKind,
    DisplayPeriod,
    Edition,
    FieldSpec,
    Item,
    MergedEdition,
    PurposeSpec,
)

_SIDES = {"display": "display", "fields": "fields", "fields_drop": "fields", "sharing": "sharing"}


def differences(before: Edition | None, after: Edition, upper: Edition | None = None) -> tuple[Change, ...]:
    """Every difference of items, of purposes, of laws of silence, by their codes. Editions of one level are compared.

    ``upper``: the national edition of a city's. What a city changes is what holds with it: both are merged with the same
    national edition, so that a narrowing is told as well as an item; its first edition is compared with the national one.
    """
    if upper is None:
        if before is None:
            return ()
        purposes = purpose_changes(before.purposes, after.purposes)
        return (*_changes(before.items, after.items), *purposes, *seal_changes(before.seals, after.seals))
    old, new = _held(before, upper), _held(after, upper)
    return (*_changes(old.items, new.items), *purpose_changes(old.purposes, new.purposes))


def _held(edition: Edition | None, upper: Edition) -> MergedEdition:
    return merge(Dated(upper), None if edition is None else Dated(edition))


def items_with(edition: Edition | None, upper: Edition | None) -> Mapping[str, Item]:
    """The items that hold with an edition: a city's merged with its national one, the national one's alone."""
    if upper is None:
        return {} if edition is None else edition.items
    return _held(edition, upper).items


def purposes_with(edition: Edition | None, upper: Edition | None) -> Mapping[str, PurposeSpec]:
    """The purposes that hold with an edition, as `items_with` says it of items."""
    if upper is None:
        return {} if edition is None else edition.purposes
    return _held(edition, upper).purposes


def item_differences(before: Mapping[str, Item], after: Mapping[str, Item]) -> tuple[Change, ...]:
    """The same for two sets of items, e.g. of two merged editions."""
    return tuple(_changes(before, after))


def _changes(before: Mapping[str, Item], after: Mapping[str, Item]) -> Iterator[Change]:
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code), after.get(code)
        if old is None and new is not None:
            yield Change(ChangeKind.ADDED, code, "item", "", f"{new.zh} / {new.en}")
        elif new is None and old is not None:
            yield Change(ChangeKind.REMOVED, code, "item", f"{old.zh} / {old.en}", "")
        elif old is not None and new is not None:
            yield from _item_changes(old, new)


def _item_changes(old: Item, new: Item) -> Iterator[Change]:
    wider, narrower = _attributes(widened(old, new)), _attributes(widened(new, old))
    one, other = told(old), told(new)
    for attribute in one:
        if one[attribute] == other[attribute]:
            continue
        kind = ChangeKind.REWORDED
        if attribute in wider:
            kind = ChangeKind.WIDENED
        elif attribute in narrower:
            kind = ChangeKind.NARROWED
        yield Change(kind, new.code, attribute, one[attribute], other[attribute])


def _attributes(names: tuple[str, ...]) -> frozenset[str]:
    found = set()
    for name in names:
        root = name.split("/")[0]
        found.add(name if root == "display" else _SIDES.get(root, root))
    return frozenset(found)


def told(item: Item) -> dict[str, str]:
    """The attributes of an item as plain text, by the name an edition file gives them."""
    grants = "; ".join(f"{g.recipient.zh}（{g.basis.law} {g.basis.article}）" for g in item.grants)
    attributes = {
        "name": f"{item.zh} / {item.en}",
        "category": str(item.category),
        "nature": item.nature.value,
        "fixed_class": "" if item.fixed_class is None else item.fixed_class.word,
        "basis": "; ".join(f"{ref.law} {ref.article}" for ref in item.basis),
        "suppliers": ", ".join(sorted(s.code or (s.kind or "") for s in item.suppliers)),
        "duty": f"{item.duty.cycle.value}, {item.duty.working_days}",
        "fields": ", ".join(_field_told(spec) for spec in item.fields),
        "natural_key": ", ".join(item.natural_key),
        "retention": item.retention.period.code,
        "sharing": item.sharing.value + (f": {grants}" if grants else ""),
        "publication": item.publication.value,
        "publication_from": item.publication_from.word,
        "minimum_age": str(item.minimum_age),
        "age_rule": item.age_rule.value,
        "document_needed": str(item.document_needed).lower(),
        "optout": str(item.optout).lower(),
        "status": item.status.value,
    }
    for word in ("none", "minor", "general", "serious"):
        period = next((p for cls, p in item.display.items() if cls.word == word), None)
        attributes[f"display/{word}"] = "" if period is None else _period_told(period)
    return attributes


def _period_told(period: DisplayPeriod) -> str:
    low = "0" if period.minimum is None else period.minimum.code
    return f"{low}–{'validity' if period.maximum is None else period.maximum.code}"


def _field_told(spec: FieldSpec) -> str:
    return f"{spec.code}({spec.element}, {spec.length or '-'}, {spec.required.kind.value})"
