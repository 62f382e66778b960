"""Reading the parts that items, slots and narrowings share: claims, periods, duties, suppliers, grants, bases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from chengxin.catalogue.rules.reading import Entry, Reading
from chengxin.catalogue.terms import (
    ActClass,
    BasisRef,
    Claim,
    CodeValue,
    Cycle,
    DisplayPeriod,
    Duty,
    Mark,
    Period,
    Retention,
    SharingGrant,
    Supplier,
    SupplierKind,
    Unit,
    Words,
)

UNCLAIMED = Claim("", Mark.M)
NO_DUTY = Duty(Cycle.ON_DECISION, 7, UNCLAIMED)
NO_RETENTION = Retention(Period(1, Unit.MONTH), UNCLAIMED)
CLASS_WORDS: Mapping[str, ActClass] = {cls.word: cls for cls in ActClass}


@dataclass
class Shelves:
    """What a file defines once by name and uses often."""

    code_lists: dict[str, tuple[CodeValue, ...]] = field(default_factory=dict)
    displays: dict[str, Entry] = field(default_factory=dict)
    duties: dict[str, Entry] = field(default_factory=dict)
    retentions: dict[str, Entry] = field(default_factory=dict)
    templates: dict[str, Entry] = field(default_factory=dict)
    field_sets: dict[str, list[yaml.Node]] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)


def claim_of(entry: Entry, shelves: Shelves) -> Claim:
    """`source` and `mark` of the mapping at hand; the source has to be listed."""
    source = entry.text("source")
    mark = entry.choice("mark", Mark)
    if source is not None and source not in shelves.sources:
        entry.reading.fault(entry.line_of("source"), "claim_source_unknown", value=source)
    return Claim(source or "", mark or Mark.M)


def named_or_here(entry: Entry, key: str, shelf: Mapping[str, Entry], *, needed: bool = True) -> Entry | None:
    """A mapping written here, or the one of this name on a shelf."""
    node = entry.node(key, needed=needed)
    if isinstance(node, yaml.ScalarNode):
        found = shelf.get(str(node.value))
        if found is None:
            kinds = {"display": "展示期限", "duty": "报送要求", "retention": "保存期限"}
            entry.reading.fault(
                entry.line_of(key), "unknown_name", value=node.value, zh_kind=kinds.get(key, key), kind=key
            )
            return None
        return Entry(found.reading, found.key, found.line, found.nodes, found.key_lines)
    return None if node is None else Entry.of(entry.reading, key, node)


def display_of(entry: Entry, key: str, shelves: Shelves, *, needed: bool = True) -> dict[ActClass, DisplayPeriod]:
    """`{minor: {max: 3m, source: .., mark: ..}, ..}` or the name of one."""
    found: dict[ActClass, DisplayPeriod] = {}
    outer = named_or_here(entry, key, shelves.displays, needed=needed)
    if outer is None:
        return found
    for word in outer.nodes:
        inner = outer.entry(word)
        cls = CLASS_WORDS.get(word)
        if cls is None:
            allowed = ", ".join(CLASS_WORDS)
            entry.reading.fault(outer.line_of(word), "bad_value", key=key, value=word, allowed=allowed)
        if inner is None or cls is None:
            continue
        period = DisplayPeriod(
            inner.period("min", needed=False), inner.period("max", needed=False), claim_of(inner, shelves)
        )
        inner.finish()
        found[cls] = period
    return found


def retention_of(entry: Entry, shelves: Shelves, *, needed: bool = True) -> Retention | None:
    """`{period: 2y, source: .., mark: ..}` or the name of one."""
    inner = named_or_here(entry, "retention", shelves.retentions, needed=needed)
    if inner is None:
        return None
    period = inner.period("period")
    retention = Retention(period or NO_RETENTION.period, claim_of(inner, shelves))
    inner.finish()
    return retention


def duty_of(entry: Entry, shelves: Shelves) -> Duty:
    """`{cycle: on_decision, working_days: 7, source: .., mark: ..}` or the name of one."""
    inner = named_or_here(entry, "duty", shelves.duties)
    if inner is None:
        return NO_DUTY
    cycle = inner.choice("cycle", Cycle)
    days = inner.number("working_days", 1, 60)
    duty = Duty(cycle or Cycle.ON_DECISION, days or 7, claim_of(inner, shelves))
    inner.finish()
    return duty


def age_of(entry: Entry) -> int:
    """`minimum_age`, 18 where none is stated."""
    stated = entry.number("minimum_age", 0, 120, needed=False)
    return 18 if stated is None else stated


def suppliers_of(entry: Entry, key: str = "suppliers", *, needed: bool = True) -> tuple[Supplier, ...]:
    """Kinds of organisation, or unified social credit codes (18 characters)."""
    found = []
    for text, line in entry.texts(key, needed=needed):
        if text in {kind.value for kind in SupplierKind}:
            found.append(Supplier(kind=SupplierKind(text)))
        elif len(text) == 18 and text.isalnum() and text.isupper():
            found.append(Supplier(code=text))
        else:
            allowed = ", ".join(kind.value for kind in SupplierKind)
            entry.reading.fault(line, "bad_value", key=key, value=text, allowed=allowed)
    return tuple(found)


def bases_of(entry: Entry, key: str, *, needed: bool = True) -> list[tuple[BasisRef, int]]:
    """`[{law: 会计法, article: "47"}]`, each with its line."""
    found = []
    for inner in entry.entries(key, needed=needed):
        law, article = inner.text("law"), inner.text("article")
        inner.finish()
        if law and article:
            found.append((BasisRef(law, article), inner.line))
    return found


def grants_of(entry: Entry) -> tuple[SharingGrant, ...]:
    """Recipients named by law: `[{to: {zh, en}, law: .., article: .., purpose: {zh, en}}]`."""
    found = []
    for inner in entry.entries("grants", needed=False):
        to, purpose = inner.words("to"), inner.words("purpose")
        law, article = inner.text("law"), inner.text("article")
        inner.finish()
        nothing = Words("", "")
        found.append(SharingGrant(to or nothing, BasisRef(law or "", article or ""), purpose or nothing))
    return tuple(found)


def code_values(nodes: list[yaml.Node], reading: Reading) -> tuple[CodeValue, ...]:
    """`[{value: "01", zh: .., en: .., aliases: [..], refused: reason}]`."""
    found = []
    for node in nodes:
        inner = Entry.of(reading, "codes", node)
        if inner is None:
            continue
        value, zh, en = inner.text("value"), inner.text("zh", needed=False), inner.text("en")
        aliases = tuple(text for text, _ in inner.texts("aliases", needed=False))
        refused = inner.text("refused", needed=False)
        inner.finish()
        found.append(CodeValue(value or "", zh or value or "", en or "", aliases, refused))
    return tuple(found)
