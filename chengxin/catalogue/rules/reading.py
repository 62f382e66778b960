"""Reading YAML as nodes, so that every fault has its line and nothing is guessed.

Scalars are taken as text exactly as written: YAML 1.1 would turn `no` into false and `47` into a number. Anchors and
aliases work; merge keys (`<<`) do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

import yaml

from chengxin.catalogue.rules.faults import fault
from chengxin.catalogue.terms import Fault, Period, Words

E = TypeVar("E", bound=Enum)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOTHING = frozenset({"", "~", "null"})


@dataclass
class Reading:
    """One file under reading: its name, the faults found so far, each once, and how often one was told."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    told: int = 0

    def fault(self, line: int, code: str, clause: str | None = None, **data: object) -> None:
        """Note a fault, unless the same one stands already (a shared template is read once for each item)."""
        self.told += 1
        found = fault(self.file, line, code, clause, **data)
        if found not in self.faults:
            self.faults.append(found)

    def compose(self, text: str) -> Entry | None:
        """The root of a file, or None with a fault."""
        try:
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.fault(mark.line + 1 if mark else 1, "not_yaml", what=error.problem or "")
            return None
        except yaml.YAMLError as error:
            self.fault(1, "not_yaml", what=str(error).splitlines()[0])
            return None
        if node is None:
            self.fault(1, "empty_file")
            return None
        return Entry.of(self, "file", node)


@dataclass(frozen=True)
class Entry:
    """A mapping of the file under its key; `take_*` read one value each, and `finish` faults the keys nobody took."""

    reading: Reading
    key: str
    line: int
    nodes: Mapping[str, yaml.Node]
    key_lines: Mapping[str, int]
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, reading: Reading, key: str, node: yaml.Node) -> Entry | None:
        """The mapping at this node, or None with a fault."""
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            reading.fault(line, "wrong_shape", key=key, zh_shape="键值对", shape="a mapping")
            return None
        nodes: dict[str, yaml.Node] = {}
        lines: dict[str, int] = {}
        for name_node, value in node.value:
            name = str(name_node.value)
            if name in nodes:
                reading.fault(name_node.start_mark.line + 1, "double_key", key=name)
            nodes[name] = value
            lines[name] = name_node.start_mark.line + 1
        return cls(reading, key, line, nodes, lines)

    def under(self, base: Entry) -> Entry:
        """This mapping laid over `base`: its own keys win. Lines stay those of where each key is written."""
        return Entry(
            self.reading, self.key, self.line, {**base.nodes, **self.nodes}, {**base.key_lines, **self.key_lines}
        )

    def line_of(self, name: str) -> int:
        """Line of a key, or of the mapping where it has none."""
        return self.key_lines.get(name, self.line)

    def has(self, name: str) -> bool:
        """Whether the key is there with something in it."""
        node = self.nodes.get(name)
        if isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NOTHING:
            self.taken.add(name)
            return False
        return node is not None

    def node(self, name: str, *, needed: bool) -> yaml.Node | None:
        """The value of a key, or None (with a fault where it is needed)."""
        self.taken.add(name)
        if not self.has(name):
            if needed:
                self.reading.fault(self.line, "missing_key", key=name)
            return None
        return self.nodes[name]

    def text(self, name: str, *, needed: bool = True) -> str | None:
        """A text, as written."""
        node = self.node(name, needed=needed)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.reading.fault(self.line_of(name), "wrong_shape", key=name, zh_shape="一段文字", shape="a text")
            return None
        return str(node.value).strip()

    def written(self, name: str) -> str | None:
        """A lone text under a key, or None where something else stands there; faults nothing."""
        node = self.nodes.get(name)
        if not isinstance(node, yaml.ScalarNode):
            return None
        self.taken.add(name)
        return str(node.value).strip()

    def words(self, name: str, *, needed: bool = True) -> Words | None:
        """`{zh: ..., en: ...}`."""
        entry = self.entry(name, needed=needed)
        if entry is None:
            return None
        zh, en = entry.text("zh"), entry.text("en")
        entry.finish()
        return Words(zh or "", en or "")

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E | None:
        """One of an enum's values; `default` where the key is absent (needed where there is no default)."""
        text = self.text(name, needed=default is None)
        if text is None:
            return default
        for member in kind:
            if member.value == text:
                return member
        allowed = ", ".join(str(member.value) for member in kind)
        self.reading.fault(self.line_of(name), "bad_value", key=name, value=text, allowed=allowed)
        return default

    def flag(self, name: str, default: bool = False) -> bool:
        """`true` or `false`."""
        text = self.text(name, needed=False)
        if text is None:
            return default
        if text not in ("true", "false"):
            self.reading.fault(self.line_of(name), "bad_value", key=name, value=text, allowed="true, false")
        return text == "true"

    def number(self, name: str, low: int, high: int, *, needed: bool = True) -> int | None:
        """A whole number from `low` to `high`."""
        text = self.text(name, needed=needed)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
            self.reading.fault(self.line_of(name), "bad_number", key=name, value=text)
            return None
        return int(text)

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """A date like 2026-04-01."""
        text = self.text(name, needed=needed)
        if text is None:
            return None
        try:
            if _DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.reading.fault(self.line_of(name), "bad_date", key=name, value=text)
        return None

    def period(self, name: str, *, needed: bool = True) -> Period | None:
        """A period like 3m or 1y."""
        text = self.text(name, needed=needed)
        if text is None:
            return None
        try:
            return Period.parse(text)
        except ValueError:
            self.reading.fault(self.line_of(name), "bad_period", key=name, value=text)
            return None

    def entry(self, name: str, *, needed: bool = True) -> Entry | None:
        """A mapping."""
        node = self.node(name, needed=needed)
        return None if node is None else Entry.of(self.reading, name, node)

    def nodes_of(self, name: str, *, needed: bool = True) -> list[yaml.Node]:
        """The members of a list; a lone value where a list is expected is a fault."""
        node = self.node(name, needed=needed)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.reading.fault(self.line_of(name), "wrong_shape", key=name, zh_shape="列表", shape="a list")
            return []
        return list(node.value)

    def entries(self, name: str, *, needed: bool = True) -> Iterator[Entry]:
        """The mappings of a list."""
        for node in self.nodes_of(name, needed=needed):
            entry = Entry.of(self.reading, name, node)
            if entry is not None:
                yield entry

    def texts(self, name: str, *, needed: bool = True) -> list[tuple[str, int]]:
        """The texts of a list with their lines."""
        found = []
        for node in self.nodes_of(name, needed=needed):
            if isinstance(node, yaml.ScalarNode):
                found.append((str(node.value).strip(), node.start_mark.line + 1))
            else:
                self.reading.fault(
                    node.start_mark.line + 1, "wrong_shape", key=name, zh_shape="一段文字", shape="a text"
                )
        return found

    def named(self, name: str) -> Iterator[tuple[str, Entry]]:
        """The members of a mapping of mappings, by name."""
        outer = self.entry(name, needed=False)
        if outer is None:
            return
        for inner_name in outer.nodes:
            inner = outer.entry(inner_name)
            if inner is not None:
                yield inner_name, inner

    def finish(self) -> None:
        """Fault every key that nobody took."""
        for name in self.nodes:
            if name not in self.taken:
                self.reading.fault(self.line_of(name), "unknown_key", key=name)
