"""The one catalogue of sentences for people: YAML files beside this module, loaded once, checked while loading.

A file ``<topic>.yaml`` or ``<topic>_<part>.yaml`` adds sentences to its topic (the name up to the first underscore).
A sentence is ``{zh: ..., en: ...}``; mappings above it nest. The key is the path with dots, topic first:
``home.yaml`` with ``start: {title: {zh: .., en: ..}}`` gives ``home.start.title``. Values may hold ``{placeholders}``.
Where English counts, its value is ``{one: ..., other: ...}``, chosen by the placeholder ``count``.
"""

from __future__ import annotations

import re
import string
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FOLDER = Path(__file__).parent

_FORMATTER = string.Formatter()
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")


class WordingFault(Exception):
    """A sentence is missing, doubled or incomplete; the message names file and key."""


@dataclass(frozen=True)
class Sentence:
    """One sentence in both languages; ``en_one`` only where English has a singular of its own."""

    zh: str
    en: str
    en_one: str | None = None

    def said(self, language: Language, params: Mapping[str, object]) -> str:
        """The sentence with its placeholders filled; a missing one raises KeyError with the placeholder's name."""
        if language == "zh":
            return self.zh.format_map(params)
        if self.en_one is not None and params.get("count") == 1:
            return self.en_one.format_map(params)
        return self.en.format_map(params)

    def forms(self) -> tuple[str, ...]:
        return (self.zh, self.en) if self.en_one is None else (self.zh, self.en, self.en_one)


def placeholders(template: str) -> frozenset[str]:
    """The names in braces: ``"{count} rows"`` -> ``{"count"}``."""
    return frozenset(name for _, name, _, _ in _FORMATTER.parse(template) if name is not None)


class _UniqueKeyLoader(yaml.SafeLoader):
    """YAML itself lets a later key silently win; two authors of one key must meet."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise WordingFault(f"{key_node.start_mark.name}:{line}: key {key!r} stands twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


def _sentence(where: str, node: Mapping[str, Any]) -> Sentence:
    if set(node) != {"zh", "en"}:
        raise WordingFault(f"{where}: wants zh and en, has {sorted(node)}")
    zh, en, en_one = node["zh"], node["en"], None
    if isinstance(en, Mapping):
        if set(en) != {"one", "other"}:
            raise WordingFault(f"{where}: counted English wants one and other, has {sorted(en)}")
        en, en_one = en["other"], en["one"]
    sentence = Sentence(zh, en, en_one)
    if not all(isinstance(form, str) and form.strip() for form in sentence.forms()):
        raise WordingFault(f"{where}: empty or not a text")
    names = placeholders(zh)
    if placeholders(en) != names:
        raise WordingFault(f"{where}: placeholders differ between zh and en")
    if en_one is not None and not (placeholders(en_one) <= names and "count" in names):
        raise WordingFault(f"{where}: a counted sentence needs {{count}}, and no placeholder of its own")
    return sentence


def _walk(where: str, key: str, node: object) -> Iterator[tuple[str, Sentence]]:
    if not isinstance(node, Mapping):
        raise WordingFault(f"{where}: {key} is neither a sentence nor a group of sentences")
    if {"zh", "en"} & set(node):
        yield key, _sentence(f"{where}: {key}", node)
        return
    for name, child in node.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            # YAML reads a bare on, off, yes or no as true or false
            raise WordingFault(f"{where}: {key}: {name!r} is no name of a sentence")
        yield from _walk(where, f"{key}.{name}", child)


def load(folder: Path) -> dict[str, Sentence]:
    """Every sentence of a folder by key. Raises ``WordingFault`` at the first fault."""
    found: dict[str, Sentence] = {}
    homes: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        with path.open(encoding="utf-8") as stream:
            content = yaml.load(stream, Loader=_UniqueKeyLoader)  # noqa: S506 -- the loader derives from SafeLoader
        for key, sentence in _walk(path.name, path.stem.split("_", 1)[0], content):
            if key in found:
                raise WordingFault(f"{path.name}: {key} already stands in {homes[key]}")
            found[key], homes[key] = sentence, path.name
    return found


@cache
def sentences() -> Mapping[str, Sentence]:
    """The catalogue of this installation, read once."""
    return load(FOLDER)


def has(key: str) -> bool:
    return key in sentences()


def text(key: str, language: Language, **params: object) -> str:
    """The sentence ``key`` in ``language``, as plain text: escape it where it becomes HTML. Unknown key: ``WordingFault``."""
    try:
        sentence = sentences()[key]
    except KeyError:
        raise WordingFault(f"no sentence {key!r} in doors/wording") from None
    return sentence.said(language, params)


@dataclass(frozen=True)
class ReasonText:
    """A reason code as people read it: what happened, and what they can do."""

    what: str
    do: str


def reason(code: str, language: Language, **params: object) -> ReasonText:
    """The two sentences of a reason code, from any ``reasons*.yaml``.

    With an empty ``detail``, which several rows do not share, ``what_many`` and ``do_many`` where there are such.
    """
    many = "_many" if params.get("detail") == "" else ""
    what, do = (
        text(key + many if has(key + many) else key, language, **params)
        for key in (f"reasons.{code}.what", f"reasons.{code}.do")
    )
    return ReasonText(what, do)
