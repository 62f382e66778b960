"""Reading an edition file: text in, edition and faults out. Pure; nothing is guessed and every fault is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from chengxin.catalogue.rules.loading_items import ITEM_CODE, NOTHING, load_item
from chengxin.catalogue.rules.loading_purposes import load_purpose
from chengxin.catalogue.rules.loading_seals import load_seal
from chengxin.catalogue.rules.parts import (
    NO_RETENTION,
    Shelves,
    age_of,
    bases_of,
    claim_of,
    code_values,
    display_of,
    retention_of,
    suppliers_of,
)
from chengxin.catalogue.rules.reading import Entry, Reading
from chengxin.catalogue.terms import (
    Edition,
    Fault,
    Item,
    ItemStatus,
    Level,
    Mark,
    Narrowing,
    Nature,
    Publication,
    PurposeSpec,
    Regulation,
    SealSpec,
    Sharing,
    Slot,
    Source,
)

LONG_AGO = date(1949, 10, 1)


@dataclass(frozen=True)
class Loaded:
    """What came of a file. `edition` is None only where the file could not be read at all; with faults it may be
    incomplete and serves for further checks alone. `lines` tells where a part is written, under a path."""

    file: str
    edition: Edition | None
    faults: tuple[Fault, ...]
    lines: dict[str, int]

    def line(self, *paths: str) -> int:
        """Line of the first of these paths that is known, else 1."""
        return next((self.lines[path] for path in paths if path in self.lines), 1)


def load(file: str, text: str) -> Loaded:
    """Read the text of an edition file. Faults of form only: `checking.check` speaks of sense."""
    reading = Reading(file)
    lines: dict[str, int] = {}
    root = reading.compose(text)
    if root is None:
        return Loaded(file, None, tuple(reading.faults), lines)
    edition = _edition(root, lines)
    root.finish()
    return Loaded(file, edition, tuple(reading.faults), lines)


def _edition(root: Entry, lines: dict[str, int]) -> Edition | None:
    head = root.entry("edition")
    sources = {name: _source(name, inner) for name, inner in root.named("sources")}
    shelves = _shelves(root, set(sources))
    items: dict[str, Item] = {}
    for entry in root.entries("items", needed=False):
        item = load_item(entry, shelves, lines)
        if item is not None and item.code in items:
            root.reading.fault(entry.line, "double_code", value=item.code)
        elif item is not None:
            items[item.code] = item
    slots = {name: _slot(name, inner, shelves, lines) for name, inner in root.named("slots")}
    regulations = {
        r.title: r for r in (_regulation(e, shelves, lines) for e in root.entries("regulations", needed=False))
    }
    narrowings = {name: _narrowing(name, inner, shelves, lines) for name, inner in root.named("narrow")}
    purposes: dict[str, PurposeSpec] = {}
    for entry in root.entries("purposes", needed=False):
        purpose = load_purpose(entry, shelves, lines)
        if purpose is not None and purpose.code in purposes:
            root.reading.fault(entry.line, "double_code", value=purpose.code)
        elif purpose is not None:
            purposes[purpose.code] = purpose
    seals: dict[str, SealSpec] = {}
    for entry in root.entries("seals", needed=False):
        seal = load_seal(entry, shelves, lines)
        if seal is not None and seal.code in seals:
            root.reading.fault(entry.line, "double_code", value=seal.code)
        elif seal is not None:
            seals[seal.code] = seal
    lines["purposes_drop"] = root.line_of("purposes_drop")
    dropped = tuple(text for text, _ in root.texts("purposes_drop", needed=False))
    if head is None:
        return None
    lines["edition"] = head.line
    lines["edition/in_force_until"] = head.line_of("in_force_until")
    level = head.choice("level", Level)
    code = head.text("code")
    if code is not None and not ITEM_CODE.fullmatch(code.replace("-", "_")):
        root.reading.fault(head.line_of("code"), "bad_code", value=code, pattern=ITEM_CODE.pattern)
    is_city = level is Level.CITY
    edition = Edition(
        code=code or "",
        level=level or Level.NATIONAL,
        zh=head.text("zh") or "",
        en=head.text("en") or "",
        official=head.flag("official"),
        in_force_from=head.day("in_force_from") or LONG_AGO,
        in_force_until=head.day("in_force_until", needed=False),
        items=items,
        slots=slots,
        regulations=regulations,
        sources=sources,
        narrowings=narrowings,
        city=head.words("city", needed=is_city),
        based_on=head.text("based_on", needed=is_city),
        purposes=purposes,
        purposes_dropped=dropped,
        seals=seals,
    )
    head.finish()
    return edition


def _shelves(root: Entry, sources: set[str]) -> Shelves:
    shelves = Shelves(sources=sources)
    for name, node in _members(root, "code_lists"):
        shelves.code_lists[name] = code_values(node, root.reading)
    for name, node in _members(root, "field_sets"):
        shelves.field_sets[name] = node
    for shelf, key in (
        (shelves.displays, "displays"),
        (shelves.duties, "duties"),
        (shelves.retentions, "retentions"),
        (shelves.templates, "templates"),
    ):
        shelf.update(root.named(key))
    return shelves


def _members(root: Entry, key: str) -> Iterator[tuple[str, list[yaml.Node]]]:
    outer = root.entry(key, needed=False)
    if outer is not None:
        for name in outer.nodes:
            yield name, outer.nodes_of(name)


def _source(name: str, entry: Entry) -> Source:
    title, mark = entry.words("title"), entry.choice("mark", Mark)
    entry.finish()
    return Source(name, title or NOTHING, mark or Mark.M)


def _slot(name: str, entry: Entry, shelves: Shelves, lines: dict[str, int]) -> Slot:
    lines[f"slots/{name}"] = entry.line
    slot = Slot(
        code=name,
        zh=entry.text("zh") or "",
        en=entry.text("en") or "",
        category=entry.number("category", 1, 13) or 1,
        nature=entry.choice("nature", Nature) or Nature.NEUTRAL,
        display=display_of(entry, "display", shelves),
        retention=retention_of(entry, shelves) or NO_RETENTION,
        elements=frozenset(text for text, _ in entry.texts("elements")),
        sharing=entry.choice("sharing", Sharing, Sharing.NONE) or Sharing.NONE,
        publication=entry.choice("publication", Publication, Publication.NONE) or Publication.NONE,
        minimum_age=age_of(entry),
        optout=entry.flag("optout"),
        most_items=entry.number("most_items", 1, 100, needed=False) or 10,
    )
    entry.finish()
    return slot


def _regulation(entry: Entry, shelves: Shelves, lines: dict[str, int]) -> Regulation:
    regulation = Regulation(
        title=entry.text("title") or "",
        enacting_organ=entry.text("enacting_organ") or "",
        enacted_on=entry.day("enacted_on") or LONG_AGO,
        approving_organ=entry.text("approving_organ") or "",
        approved_on=entry.day("approved_on") or LONG_AGO,
        in_force_from=entry.day("in_force_from") or LONG_AGO,
        in_force_until=entry.day("in_force_until", needed=False),
        articles=tuple(text for text, _ in entry.texts("articles")),
        claim=claim_of(entry, shelves),
    )
    entry.finish()
    lines[f"regulations/{regulation.title}"] = entry.line
    return regulation


def _narrowing(name: str, entry: Entry, shelves: Shelves, lines: dict[str, int]) -> Narrowing:
    lines[f"narrow/{name}"] = entry.line
    for key in entry.nodes:
        lines[f"narrow/{name}/{key}"] = entry.line_of(key)
    display = display_of(entry, "display", shelves, needed=False)
    narrowing = Narrowing(
        item=name,
        display=display or None,
        retention=retention_of(entry, shelves, needed=False),
        suppliers=suppliers_of(entry, needed=False) if entry.has("suppliers") else None,
        fields_dropped=tuple(text for text, _ in entry.texts("fields_drop", needed=False)),
        sharing=entry.choice("sharing", Sharing) if entry.has("sharing") else None,
        grants_dropped=tuple(ref for ref, _ in bases_of(entry, "grants_drop", needed=False)),
        publication=entry.choice("publication", Publication) if entry.has("publication") else None,
        minimum_age=entry.number("minimum_age", 0, 120, needed=False),
        optout=entry.flag("optout") if entry.has("optout") else None,
        status=entry.choice("status", ItemStatus) if entry.has("status") else None,
    )
    entry.finish()
    return narrowing
