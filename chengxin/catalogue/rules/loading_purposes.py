"""Reading the purposes of an edition."""

from __future__ import annotations

from chengxin.catalogue.rules.loading_items import ITEM_CODE, NOTHING
from chengxin.catalogue.rules.parts import Shelves, claim_of
from chengxin.catalogue.rules.reading import Entry
from chengxin.catalogue.terms import AskerKind, BasisRef, CheckRule, Frequency, Operation, PurposeSpec
from chengxin.catalogue.terms.words import SupplierKind

ASKER_KINDS: frozenset[str] = frozenset({kind.value for kind in AskerKind} | {kind.value for kind in SupplierKind}) - {
    SupplierKind.PERSON.value
}
BATCH_CEILING = 10_000
GROUND_CEILING_DAYS = 365


def load_purpose(entry: Entry, shelves: Shelves, lines: dict[str, int]) -> PurposeSpec | None:
    """One purpose. `lines` gains the line of each of its parts under `purposes/<code>/…`."""
    code = entry.text("code")
    if code is None or not ITEM_CODE.fullmatch(code):
        if code is not None:
            entry.reading.fault(entry.line_of("code"), "bad_code", value=code, pattern=ITEM_CODE.pattern)
        return None
    lines[f"purposes/{code}"] = entry.line
    for key in entry.nodes:
        lines[f"purposes/{code}/{key}"] = entry.line_of(key)
    checks = entry.has("question") or entry.has("rule")
    purpose = PurposeSpec(
        code=code,
        zh=entry.text("zh") or "",
        en=entry.text("en") or "",
        told=entry.words("told") or NOTHING,
        askers=askers_of(entry, "askers"),
        basis=None if entry.written("basis") == "consent" else basis_of(entry),
        items=_items(entry, lines, code),
        operations=frozenset(_operations(entry)),
        ground_days=entry.number("ground_days", 1, GROUND_CEILING_DAYS) or 1,
        frequency=_frequency(entry),
        claim=claim_of(entry, shelves),
        case_needed=entry.flag("case_needed"),
        batch_most=entry.number("batch_most", 0, BATCH_CEILING, needed=False) or 0,
        emergency=entry.flag("emergency"),
        question=entry.words("question", needed=checks),
        rule=entry.choice("rule", CheckRule) if checks else None,
        about=tuple(text for text, _ in entry.texts("about", needed=checks)),
        line=entry.line,
    )
    entry.finish()
    return purpose


def askers_of(entry: Entry, key: str) -> tuple[str, ...]:
    """Kinds of organisation, or unified social credit codes."""
    found = []
    for text, line in entry.texts(key):
        if text in ASKER_KINDS or (len(text) == 18 and text.isalnum() and text.isupper()):
            found.append(text)
        else:
            allowed = ", ".join(sorted(ASKER_KINDS))
            entry.reading.fault(line, "bad_value", key=key, value=text, allowed=allowed)
    return tuple(found)


def basis_of(entry: Entry) -> BasisRef:
    """`basis: {law, article}`."""
    inner = entry.entry("basis")
    if inner is None:
        return BasisRef("", "")
    law, article = inner.text("law"), inner.text("article")
    inner.finish()
    return BasisRef(law or "", article or "")


def _items(entry: Entry, lines: dict[str, int], code: str) -> dict[str, frozenset[str]]:
    """`items: {licence_driving: [XK_XKWS, XK_YXQZ]}`."""
    outer = entry.entry("items")
    if outer is None:
        return {}
    for name in outer.nodes:
        lines[f"purposes/{code}/items/{name}"] = outer.line_of(name)
    return {name: frozenset(text for text, _ in outer.texts(name)) for name in outer.nodes}


def _operations(entry: Entry) -> list[Operation]:
    found = []
    for text, line in entry.texts("operations"):
        if text in {one.value for one in Operation}:
            found.append(Operation(text))
        else:
            allowed = ", ".join(one.value for one in Operation)
            entry.reading.fault(line, "bad_value", key="operations", value=text, allowed=allowed)
    return found


def _frequency(entry: Entry) -> Frequency:
    """`frequency: {times: 1, days: 30}`."""
    inner = entry.entry("frequency")
    if inner is None:
        return Frequency(1, 1)
    times, days = inner.number("times", 1, 100), inner.number("days", 1, 366)
    inner.finish()
    return Frequency(times or 1, days or 1)
