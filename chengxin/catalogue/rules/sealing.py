"""Laws of silence: whether an edition may write one, on which days one holds, and what changed between two editions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from chengxin.catalogue.rules.bases import LawTable, basis_ref_known, standing
from chengxin.catalogue.rules.confirming import seal_sources
from chengxin.catalogue.rules.loading import Loaded
from chengxin.catalogue.rules.reading import Reading
from chengxin.catalogue.terms import BasisStanding, Change, ChangeKind, Edition, Level, Mark, SealSpec


def check_seals(reading: Reading, loaded: Loaded, edition: Edition, table: LawTable) -> None:
    """A national edition alone writes them, each on a known article, for somebody, and never as a rule of the platform's own."""
    if edition.level is not Level.NATIONAL and edition.seals:
        reading.fault(loaded.line("edition"), "level_wrong", zh_level="城市", level=edition.level.value, key="seals")
    for seal in edition.seals.values():

        def fault(part: str, code: str, one: SealSpec = seal, **data: object) -> None:
            reading.fault(loaded.line(f"seals/{one.code}/{part}", f"seals/{one.code}"), code, None, **data)

        if not basis_ref_known(table, seal.basis):
            fault("basis", "basis_unknown", law=seal.basis.law, article=seal.basis.article)
        if not seal.organs:
            fault("organs", "seal_for_nobody", seal=seal.code)
        if seal.claim.mark is Mark.OWN:
            fault("mark", "seal_without_law", seal=seal.code)


def holds(seal: SealSpec, table: LawTable, confirmed: Collection[str], day: date) -> bool:
    """Whether silence may be asked for under it on a day: its article in force, and every weak source of it confirmed by name,
    on a practice instance too. Until then it seals nothing."""
    if standing(table, seal.basis.law, seal.basis.article, day) is not BasisStanding.IN_FORCE:
        return False
    return not seal_sources(seal, table) - set(confirmed)


def seal_changes(before: Mapping[str, SealSpec], after: Mapping[str, SealSpec]) -> Iterator[Change]:
    """Every difference of laws of silence, in the order of their codes."""
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code), after.get(code)
        if old is None and new is not None:
            yield Change(ChangeKind.ADDED, code, "seal", "", f"{new.zh} / {new.en}")
        elif new is None and old is not None:
            yield Change(ChangeKind.REMOVED, code, "seal", f"{old.zh} / {old.en}", "")
        elif old is not None and new is not None:
            one, other = told(old), told(new)
            for attribute in one:
                if one[attribute] != other[attribute]:
                    yield Change(_kind(attribute, old, new), code, attribute, one[attribute], other[attribute])


def _kind(attribute: str, old: SealSpec, new: SealSpec) -> ChangeKind:
    if attribute == "seal_days":
        return ChangeKind.NARROWED if new.days <= old.days else ChangeKind.WIDENED
    if attribute == "organs":
        return ChangeKind.NARROWED if set(new.organs) <= set(old.organs) else ChangeKind.WIDENED
    # another article is another silence: whoever approves it must look
    return ChangeKind.WIDENED if attribute == "seal_basis" else ChangeKind.REWORDED


def told(seal: SealSpec) -> dict[str, str]:
    """The attributes of a law of silence as plain text."""
    return {
        "name": f"{seal.zh} / {seal.en}",
        "seal_basis": f"{seal.basis.law} {seal.basis.article}",
        "organs": ", ".join(sorted(seal.organs)),
        "seal_days": str(seal.days),
        "says": f"{seal.says.zh} / {seal.says.en}",
    }
