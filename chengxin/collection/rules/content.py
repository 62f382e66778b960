"""What is stored of a row, and by what two rows are known to speak of one decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chengxin.catalogue.terms import FieldRole, FieldSpec, FieldType, Item
from chengxin.collection.rules.cells import ORG_ROLES, key_text
from chengxin.kernel.canonical import canonical_json

NOT_STORED: Final = frozenset(
    {
        FieldRole.PERSON_NAME,
        FieldRole.DOCUMENT_KIND,
        FieldRole.DOCUMENT_NUMBER,
        FieldRole.BIRTH_DATE,
        FieldRole.REMARK_REFUSED,
        FieldRole.COMPUTED_IGNORED,
    }
)
"""The person stands in `persons`; remarks are not accepted; what is computed is never taken from the file."""

KEY_SEPARATOR: Final = "\x1f"


def stored_fields(item: Item) -> tuple[FieldSpec, ...]:
    """The fields whose values are sealed as content, in the order of RFC 8785 (UTF-16 code units of their codes)."""
    kept = (
        spec
        for spec in item.fields
        if spec.role not in NOT_STORED and not (spec.role is FieldRole.ACT_CLASS and item.fixed_class is not None)
    )
    return tuple(sorted(kept, key=lambda spec: spec.code.encode("utf-16-be")))


def content_of(item: Item, values: Mapping[str, str | None]) -> str:
    """Canonical JSON of the filled fields; every value is text."""
    filled = {spec.code: values[spec.code] for spec in stored_fields(item) if values[spec.code] is not None}
    return canonical_json(filled).decode()


def has_free_key(spec: FieldSpec) -> bool:
    """Whether the field enters the natural key as free text, that is in the forgiving form of `key_text`."""
    return spec.type is FieldType.TEXT and spec.role is not FieldRole.DOCUMENT_NUMBER and spec.role not in ORG_ROLES


def natural_key_of(item: Item, values: Mapping[str, str | None]) -> str:
    """The canonical text of the natural key: its parts in the item's order, parted by U+001F, "" for an empty one.

    Where one decision speaks of several persons, kind and number of the document follow.
    """
    parts = []
    for code in item.natural_key:
        value = values[code] or ""
        parts.append(key_text(value) if has_free_key(item.by_code[code]) else value)
    if not item.decision_of_one:
        parts += [values[spec.code] or "" for spec in person_key_fields(item)]
    return KEY_SEPARATOR.join(parts)


def person_key_fields(item: Item) -> list[FieldSpec]:
    """The fields that tell one person of a decision from another."""
    return [item.by_role[role] for role in (FieldRole.DOCUMENT_KIND, FieldRole.DOCUMENT_NUMBER) if role in item.by_role]
