"""Reading the laws of silence of an edition."""

from __future__ import annotations

from chengxin.catalogue.rules.loading_items import ITEM_CODE, NOTHING
from chengxin.catalogue.rules.loading_purposes import askers_of, basis_of
from chengxin.catalogue.rules.parts import Shelves, claim_of
from chengxin.catalogue.rules.reading import Entry
from chengxin.catalogue.terms import LONGEST_SILENCE_DAYS, SealSpec


def load_seal(entry: Entry, shelves: Shelves, lines: dict[str, int]) -> SealSpec | None:
    """One law of silence. `lines` gains the line of each of its parts under `seals/<code>/…`."""
    code = entry.text("code")
    if code is None or not ITEM_CODE.fullmatch(code):
        if code is not None:
            entry.reading.fault(entry.line_of("code"), "bad_code", value=code, pattern=ITEM_CODE.pattern)
        return None
    lines[f"seals/{code}"] = entry.line
    for key in entry.nodes:
        lines[f"seals/{code}/{key}"] = entry.line_of(key)
    seal = SealSpec(
        code=code,
        zh=entry.text("zh") or "",
        en=entry.text("en") or "",
        basis=basis_of(entry),
        organs=askers_of(entry, "organs"),
        days=entry.number("days", 1, LONGEST_SILENCE_DAYS) or 1,
        says=entry.words("says") or NOTHING,
        claim=claim_of(entry, shelves),
        line=entry.line,
    )
    entry.finish()
    return seal
