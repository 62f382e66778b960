"""The one decision on who sees an entry, when (F5). Its SQL form is ``sql/visible.sql``; a test holds both equal.

The matrix below is written out in full, status by audience, so that it can be read aloud and argued with. Two of its
consequences are meant (F5): a *minor* entry is shown to nobody but its subject, because it ends before it becomes final;
a *general* one reaches others for about half a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.records.terms import ENDS, REMOVALS, EntryFacts, MarkKind
from chengxin.records.terms import Audience as A
from chengxin.records.terms import Status as S

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from chengxin.records.terms import MarkView

COLUMNS = (A.SUBJECT_NOW, A.SUBJECT_HELD, A.ASKER, A.SUPPLIER, A.PUBLIC, A.ARCHIVE)
_ROWS: Mapping[S, str] = {
    #                 now  held asker supplier public archive
    S.ERASED: "         no   no    no    no       no     no",
    S.DISPOSED: "       no   no    no    no       no     no",
    S.SUPERSEDED: "     no   yes   no    yes      no     yes",
    S.RECALLED: "       no   yes   no    yes      no     yes",
    S.WITHDRAWN: "      no   yes   no    yes      no     yes",
    S.REPAIRED: "       no   yes   no    yes      no     yes",
    S.EXPIRED_EARLY: "  no   yes   no    yes      no     yes",
    S.SILENT: "         no   yes   no    yes      no     yes",
    S.HIDDEN: "         no   yes   no    yes      no     yes",
    S.ENDED: "          no   yes   no    yes      no     yes",
    S.UNCATALOGUED: "   no   yes   no    yes      no     yes",
    S.DECLINED: "       no   yes   no    yes      no     yes",
    S.UNCONFIRMED: "    yes  no    no    yes      no     yes",
    S.UNSERVED: "       yes  no    no    yes      no     yes",
    S.NOT_FINAL: "      yes  no    no    yes      no     yes",
    S.APPEALED: "       yes  no    no    yes      no     yes",
    S.FROZEN: "         yes  no    no    yes      no     yes",
    S.OBJECTED: "       yes  no    yes   yes      no     yes",
    S.IN_FORCE: "       yes  no    yes   yes      yes    yes",
}
MATRIX: Mapping[tuple[S, A], bool] = {
    (status, audience): word == "yes"
    for status, row in _ROWS.items()
    for audience, word in zip(COLUMNS, row.split(), strict=True)
}
"""Whether a status is shown to an audience. Complete: every status by every audience."""


def statuses_shown_to(audience: A) -> tuple[S, ...]:
    """The statuses an audience gets to see, in order of precedence."""
    return tuple(status for status in S if MATRIX[status, audience])


def effective(marks: Sequence[MarkKind]) -> frozenset[MarkKind]:
    """The marks that still work, of all marks of an entry in the order in which they were set.

    Of a pair (frozen, unfrozen) the newest counts. READMITTED lifts the removals before it. CLOCK_MOVED works through its
    day alone (``rules.silence``).
    """
    working: set[MarkKind] = set()
    for kind in marks:
        if kind in ENDS:
            working.discard(ENDS[kind])
        elif kind is MarkKind.READMITTED:
            working -= set(REMOVALS)
        elif kind is not MarkKind.CLOCK_MOVED:
            working.add(kind)
    return frozenset(working)


def appealed_until(marks: Iterable[MarkView]) -> date | None:
    """The first day on which an appeal whose end is known already is over, or None where none is. ``marks``: all of an entry.

    After a ruling against the person their next term runs, and the entry stays theirs until it is over: by the date, with
    every job stopped. The newest of the pair counts: an appeal that goes on takes the day away, and so does its end today.
    """
    of_appeals = [mark for mark in marks if mark.kind in (MarkKind.APPEALED, MarkKind.APPEAL_ENDED)]
    return of_appeals[-1].lapses_on if of_appeals else None


def working(marks: Sequence[MarkView], day: date) -> frozenset[MarkKind]:
    """The marks that work on a day: an appeal that ends on a later one is one still."""
    until = appealed_until(marks)
    appealed = {MarkKind.APPEALED} if until is not None and day < until else set()
    return effective([mark.kind for mark in marks]) | appealed


def status(facts: EntryFacts, day: date) -> S:
    """What the entry is on this Shanghai day. The first that holds, in the order of ``Status``."""
    marks = facts.marks
    if facts.erased:
        return S.ERASED
    if MarkKind.DISPOSED in marks or day >= facts.retain_until:
        return S.DISPOSED
    if not facts.newest:
        return S.SUPERSEDED
    if facts.recalled:
        return S.RECALLED
    if MarkKind.WITHDRAWN in marks:
        return S.WITHDRAWN
    if MarkKind.REPAIRED in marks:
        return S.REPAIRED
    if MarkKind.EXPIRED_EARLY in marks:
        return S.EXPIRED_EARLY
    if facts.lapses_on is not None and day >= facts.lapses_on:
        return S.SILENT
    if MarkKind.HIDDEN in marks:
        return S.HIDDEN
    if facts.display_until is not None and day >= facts.display_until:
        return S.ENDED
    if not facts.catalogued:
        return S.UNCATALOGUED
    if MarkKind.DECLINED in marks:
        return S.DECLINED
    if facts.adverse:
        if not facts.confirmed:
            return S.UNCONFIRMED
        if not is_served(facts, day):
            return S.UNSERVED
        if not is_final(facts, day):
            return S.NOT_FINAL
        if MarkKind.APPEALED in marks or (facts.appealed_until is not None and day < facts.appealed_until):
            return S.APPEALED
    if MarkKind.FROZEN in marks:
        return S.FROZEN
    if MarkKind.OBJECTED in marks:
        return S.OBJECTED
    return S.IN_FORCE


def is_served(facts: EntryFacts, day: date) -> bool:
    """Whether there is proof by this day that the person was told: the supplier's dated receipt, or ours (F5)."""
    return any(proof is not None and proof <= day for proof in (facts.served_on, facts.told_on))


def is_final(facts: EntryFacts, day: date) -> bool:
    """Whether the terms to contest the decision have run out by this day: the later of the days that are known (F4)."""
    known = [final for final in (facts.final_on, facts.told_final) if final is not None]
    return bool(known) and max(known) <= day


def visible(facts: EntryFacts, audience: A, day: date) -> Decision:
    """Whether this audience sees the entry on this day; a refusal names the status as its reason.

    The public sees an entry only where the item's own law orders publication (charter 6).
    """
    found = status(facts, day)
    if not MATRIX[found, audience]:
        return Refused(f"entry_{found.value}", "F5")
    if audience is A.PUBLIC and not facts.published_by_law:
        return Refused("not_published", "国办发〔2020〕49号")
    return ALLOWED
