"""Reading tables of law data: every fault at once, each with where it is; nothing is guessed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from chengxin.catalogue.terms import Mark, Words
from chengxin.kernel.clocks import Length, Unit
from chengxin.remedies.terms.clocks import Fault, LawDataBroken, Source

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

LONGEST = 3650
_RANK = {mark: rank for rank, mark in enumerate((Mark.M, Mark.C, Mark.B, Mark.A))}


@dataclass
class Faults:
    """The faults of one file, in the order in which they were met."""

    found: list[Fault] = field(default_factory=list)

    def add(self, where: str, code: str, **data: object) -> None:
        self.found.append(Fault(where, code, data))

    def stop(self, file: str) -> None:
        """Raise LawDataBroken with all of them, if there are any."""
        if self.found:
            raise LawDataBroken(file=file, count=len(self.found), faults="; ".join(map(str, self.found)))


@dataclass
class Row:
    """One table of the file under its name; ``finish`` faults the keys that nobody took."""

    where: str
    cells: Mapping[str, Any]
    faults: Faults
    taken: set[str] = field(default_factory=set)

    def cell(self, key: str, kind: type[T], *, needed: bool = True) -> T | None:
        """The value under a key, or None with a fault where it is needed or of another kind."""
        self.taken.add(key)
        value = self.cells.get(key)
        if value is None:
            if needed:
                self.faults.add(f"{self.where}, {key}", "missing")
            return None
        whole = kind is int and isinstance(value, bool)
        if not isinstance(value, kind) or whole or (kind is date and isinstance(value, datetime)):
            self.faults.add(f"{self.where}, {key}", "wrong_kind", wanted=kind.__name__)
            return None
        return value

    def text(self, key: str) -> str:
        """A text that says something; empty with a fault."""
        value = self.cell(key, str)
        if value is not None and not value.strip():
            self.faults.add(f"{self.where}, {key}", "empty")
        return value or ""

    def words(self) -> Words:
        """``zh`` and ``en``."""
        return Words(self.text("zh"), self.text("en"))

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """One of an enum's values; the default with a fault."""
        value = self.cell(key, str)
        if value is None:
            return default
        if value not in {member.value for member in kind}:
            self.faults.add(f"{self.where}, {key}", "unknown_value", value=value)
            return default
        return kind(value)

    def row(self, key: str, *, needed: bool = False) -> Row | None:
        """A table within, where there is one; None with a fault where it is needed or no table."""
        inner = self.cell(key, dict, needed=needed)
        return None if inner is None else Row(f"{self.where}, {key}", inner, self.faults)

    def length(self, no_time: str | None) -> Length | None:
        """``{n, unit}`` under ``length``; None for the word that says that there is no time, and with a fault for all else."""
        if no_time is not None and self.cells.get("length") == no_time:
            self.taken.add("length")
            return None
        row = self.row("length", needed=True)
        if row is None:
            return None
        n, unit = row.cell("n", int), row.choice("unit", Unit, Unit.DAYS)
        row.finish()
        if n is None:
            return None
        if not 1 <= n <= LONGEST:
            self.faults.add(row.where, "out_of_bounds", n=n)
            return None
        return Length(n, unit)

    def claim(self, sources: Mapping[str, Source]) -> tuple[str, Mark]:
        """``source`` and ``mark``: a source of this file, and no better known than it."""
        source, mark = self.text("source"), self.choice("mark", Mark, Mark.M)
        if source and source not in sources:
            self.faults.add(f"{self.where}, source", "unknown_value", value=source)
        elif source and _is_better(mark, sources[source].mark):
            self.faults.add(f"{self.where}, mark", "better_than_its_source", value=mark.value)
        return source, mark

    def term(self) -> tuple[date, date | None]:
        """``since``, and ``until`` where it no longer holds from a day on."""
        since, until = self.cell("since", date), self.cell("until", date, needed=False)
        if since is not None and until is not None and until <= since:
            self.faults.add(f"{self.where}, until", "not_after_since")
        return since or date.max, until

    def finish(self) -> None:
        """Fault every key that nobody took."""
        for key in sorted(set(self.cells) - self.taken):
            self.faults.add(f"{self.where}, {key}", "unknown_key")


def _is_better(mark: Mark, source: Mark) -> bool:
    if Mark.OWN in (mark, source):
        return mark is not source
    return _RANK[mark] > _RANK[source]


def read(text: str, faults: Faults) -> Mapping[str, Any]:
    """The tables of a file; none, with a fault, where it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.add("file", "not_toml", what=str(error))
        return {}


def rows(tables: Mapping[str, Any], name: str, faults: Faults) -> Iterator[Row]:
    """The tables ``[[name]]``, each under its own code, which no other has."""
    seen: set[str] = set()
    listed = tables.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(cells, dict) for cells in listed):
        faults.add(name, "wrong_kind", wanted="tables")
        return
    for number, cells in enumerate(listed, 1):
        code = cells.get("code")
        where = f"{name} {code if isinstance(code, str) else number}"
        if where in seen:
            faults.add(where, "code_twice")
        seen.add(where)
        yield Row(where, cells, faults)


def known_tables(tables: Mapping[str, Any], names: frozenset[str], faults: Faults) -> None:
    """Fault every table that this file does not have."""
    for name in sorted(set(tables) - names):
        faults.add(name, "unknown_key")


def sources_of(tables: Mapping[str, Any], faults: Faults) -> dict[str, Source]:
    """The tables ``[[source]]``."""
    found = {}
    for row in rows(tables, "source", faults):
        source = Source(row.text("code"), row.words(), row.choice("mark", Mark, Mark.M))
        row.finish()
        found[source.code] = source
    return found
