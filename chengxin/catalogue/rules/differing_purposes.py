"""What changed between two sets of purposes, and whether each change lets more be asked about persons or less."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from chengxin.catalogue.terms import Change, ChangeKind, PurposeSpec

Size = Callable[[PurposeSpec], Any]


def _scope(purpose: PurposeSpec) -> set[tuple[str, str]]:
    return {(item, name) for item, fields in purpose.items.items() for name in fields}


_WIDTHS: Final[Mapping[str, Size]] = {
    "askers": lambda one: set(one.askers),
    "items": _scope,
    "operations": lambda one: set(one.operations),
    "ground_days": lambda one: one.ground_days,
    "batch_most": lambda one: one.batch_most,
    "case_needed": lambda one: not one.case_needed,
    "emergency": lambda one: one.emergency,
}
"""Attribute -> what grows when more may be asked; sets by what they hold, numbers and switches by size."""


def purpose_changes(before: Mapping[str, PurposeSpec], after: Mapping[str, PurposeSpec]) -> Iterator[Change]:
    """Every difference of purposes, in the order of their codes."""
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code), after.get(code)
        if old is None and new is not None:
            yield Change(ChangeKind.ADDED, code, "purpose", "", f"{new.zh} / {new.en}")
        elif new is None and old is not None:
            yield Change(ChangeKind.REMOVED, code, "purpose", f"{old.zh} / {old.en}", "")
        elif old is not None and new is not None:
            yield from _of_one(old, new)


def _of_one(old: PurposeSpec, new: PurposeSpec) -> Iterator[Change]:
    one, other = told(old), told(new)
    for attribute in one:
        if one[attribute] != other[attribute]:
            yield Change(_kind(attribute, old, new), new.code, attribute, one[attribute], other[attribute])


def _kind(attribute: str, old: PurposeSpec, new: PurposeSpec) -> ChangeKind:
    if attribute == "frequency":
        # so many times in so many days: more of the one, or fewer of the other, is more often
        less = new.frequency.times * old.frequency.days <= old.frequency.times * new.frequency.days
        return ChangeKind.NARROWED if less and new.frequency.times <= old.frequency.times else ChangeKind.WIDENED
    size = _WIDTHS.get(attribute)
    if size is None:
        # another ground or another question is another purpose: whoever approves it must look
        return ChangeKind.WIDENED if attribute in ("purpose_basis", "question") else ChangeKind.REWORDED
    return ChangeKind.NARROWED if size(new) <= size(old) else ChangeKind.WIDENED


def told(purpose: PurposeSpec) -> dict[str, str]:
    """The attributes of a purpose as plain text, by the name an edition file gives them."""
    basis, question = purpose.basis, purpose.question
    return {
        "name": f"{purpose.zh} / {purpose.en}",
        "told": f"{purpose.told.zh} / {purpose.told.en}",
        "askers": ", ".join(sorted(purpose.askers)),
        "purpose_basis": "consent" if basis is None else f"{basis.law} {basis.article}",
        "items": "; ".join(f"{item}: {', '.join(sorted(fields))}" for item, fields in sorted(purpose.items.items())),
        "operations": ", ".join(sorted(purpose.operations)),
        "question": ""
        if question is None
        else f"{question.zh} / {question.en} ({purpose.rule}: {', '.join(purpose.about)})",
        "ground_days": str(purpose.ground_days),
        "frequency": f"{purpose.frequency.times}/{purpose.frequency.days}",
        "case_needed": str(purpose.case_needed).lower(),
        "batch_most": str(purpose.batch_most),
        "emergency": str(purpose.emergency).lower(),
    }
