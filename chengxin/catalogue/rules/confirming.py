"""An unofficial edition serves practice; production asks for each weak source by name (F10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from chengxin.catalogue.rules.bases import LawTable
from chengxin.catalogue.rules.citations import law_name
from chengxin.catalogue.terms import BasisRef, Edition, Mark, Reason, SealSpec, Source
from chengxin.kernel.decisions import ALLOWED, Decision, Refused

WEAK = frozenset({Mark.B, Mark.C, Mark.M})


def sources_to_confirm(edition: Edition, table: LawTable) -> tuple[Source, ...]:
    """The sources with a claim marked B, C or M: of the edition, and of the laws its open items, purposes, silence rest on."""
    claims: set[str] = {name for name, source in edition.sources.items() if source.mark in WEAK}
    laws: set[str] = set()
    for item in edition.items.values():
        if not item.is_open:
            continue
        claimed = (item.claim, item.duty.claim, item.retention.claim, *(p.claim for p in item.display.values()))
        claims |= {claim.source for claim in claimed if claim.mark in WEAK}
        laws |= _weak_sources(table, (*item.basis, *(grant.basis for grant in item.grants)))
    for purpose in edition.purposes.values():
        claims |= {purpose.claim.source} if purpose.claim.mark in WEAK else set()
        laws |= _weak_sources(table, () if purpose.basis is None else (purpose.basis,))
    for seal in edition.seals.values():
        found = seal_sources(seal, table)
        claims |= found & {seal.claim.source}
        laws |= found - {seal.claim.source}
    known = {**table.sources, **edition.sources}
    named = [edition.sources[name] for name in sorted(claims) if name in edition.sources]
    named += [known[name] for name in sorted(laws - claims) if name in known]
    return tuple(named)


def seal_sources(seal: SealSpec, table: LawTable) -> set[str]:
    """Names of the weak sources that one law of silence rests on: its own, and its law's and article's."""
    own = {seal.claim.source} if seal.claim.mark in WEAK else set()
    return own | _weak_sources(table, (seal.basis,))


def _weak_sources(table: LawTable, bases: Iterable[BasisRef]) -> set[str]:
    rows = (
        row
        for ref in bases
        for row in (table.laws.get(law_name(ref.law)), table.articles.get((law_name(ref.law), ref.article)))
    )
    return {row.source for row in rows if row is not None and row.mark in WEAK}


def may_come_in_force(edition: Edition, table: LawTable, confirmed: Collection[str], *, practice: bool) -> Decision:
    """Practice instances take any edition; others only one whose weak sources are all confirmed by name."""
    missing = [source.code for source in sources_to_confirm(edition, table) if source.code not in confirmed]
    if practice or not missing:
        return ALLOWED
    return Refused(Reason.SOURCES_UNCONFIRMED, "F10", {"sources": ", ".join(missing), "count": len(missing)})


def may_approve(
    *, proposed_by: object, approved_by: object, faults: int, is_decided: bool, code_taken: bool, starts_in_past: bool
) -> Decision:
    """Another person than the proposer, on an edition without faults, not decided yet, under a code that no approved
    edition has, from a day still to come."""
    if is_decided:
        return Refused(Reason.EDITION_DECIDED, "F10")
    if proposed_by == approved_by:
        return Refused(Reason.SECOND_APPROVER_NEEDED, "F10")
    if code_taken:
        return Refused(Reason.EDITION_TAKEN, "F10")
    if faults:
        return Refused(Reason.EDITION_FAULTY, "F10", {"faults": faults})
    if starts_in_past:
        return Refused(Reason.STARTS_IN_PAST, "F10")
    return ALLOWED
