"""An edition as plain JSON and back, so that what was approved can be stored, hashed and read for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from chengxin.catalogue.terms import Edition, FieldSpec, Item

T = TypeVar("T")

_LOCAL = frozenset({"line"})
"""Where a part stood in its file is no part of what was approved."""


def edition_to_json(edition: Edition) -> dict[str, Any]:
    """Plain values only: dict, list, str, int, bool, None. Items that share their fields name one shape of `shapes`."""
    shapes: dict[tuple[FieldSpec, ...], int] = {}
    items = {}
    for code, item in edition.items.items():
        shape = shapes.setdefault(item.fields, len(shapes))
        items[code] = {**cast(dict[str, Any], _plain(replace(item, fields=()))), "fields": shape}
    plain = cast(dict[str, Any], _plain(replace(edition, items={})))
    return {**plain, "items": items, "shapes": [_plain(fields) for fields in shapes]}


def edition_from_json(content: Mapping[str, Any]) -> Edition:
    """The edition of `edition_to_json`. Raises KeyError, ValueError or TypeError for anything else."""
    shapes = [_value(tuple[FieldSpec, ...], shape) for shape in content["shapes"]]
    items = {}
    for code, item in content["items"].items():
        made = _made(Item, {**item, "fields": ()})
        items[code] = replace(made, fields=shapes[item["fields"]])
    rest = {name: value for name, value in content.items() if name not in ("items", "shapes")}
    return replace(_made(Edition, {**rest, "items": {}}), items=items)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in _LOCAL}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(_plain(inner)) for inner in value)
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: type[T], content: Mapping[str, Any]) -> T:
    hints = _hints(cast(Any, kind))
    known = {name: _value(hints[name], inner) for name, inner in content.items()}
    return kind(**known)


def _value(hint: Any, value: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return None if value is None else _value(next(a for a in arguments if a is not NoneType), value)
    if origin is tuple:
        return tuple(_value(arguments[0], inner) for inner in value)
    if origin is frozenset:
        return frozenset(_value(arguments[0], inner) for inner in value)
    if origin is not None and issubclass(origin, Mapping):
        return {_key(arguments[0], key): _value(arguments[1], inner) for key, inner in value.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return _made(hint, value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return date.fromisoformat(value) if hint is date else value


def _key(hint: Any, key: str) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(int(key) if issubclass(hint, int) else key)
    return key
