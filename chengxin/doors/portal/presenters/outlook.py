"""Repair as its person reads it: from when, by which rule, with which papers, and why not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chengxin.doors.portal.presenters.around import Around
from chengxin.doors.portal.presenters.law import repair_law
from chengxin.doors.wording import date_in_words, reason
from chengxin.doors.wording.sentences import ReasonText
from chengxin.kernel.decisions import Refused
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """``ahead``: the earliest day is still to come; ``open``: it may be asked for today; ``needless``: it ends by itself first,
    on ``ends_on``; ``why_not``: what stands in the way, each with what to do; ``basis``: the rule the day rests on, empty where
    it is our own."""

    earliest: date
    ahead: bool
    open: bool
    needless: bool
    ends_on: date | None
    basis: str
    why_not: tuple[ReasonText, ...]


def outlook_page(entry: EntryView, around: Around) -> OutlookPage | None:
    """The outlook of one entry; None where there is nothing to repair, or its court alone takes it off."""
    found = remedies.outlook_of(entry, around.item, around.today)
    if found is None:
        return None
    return OutlookPage(
        earliest=found.earliest,
        ahead=found.earliest > around.today,
        open=not found.why_not and not found.by_itself,
        needless=found.by_itself,
        ends_on=found.ends_on,
        basis=repair_law(found.rule, found.basis, around.language),
        why_not=tuple(_why(one, around) for one in found.why_not),
    )


def _why(refused: Refused, around: Around) -> ReasonText:
    """A reason in words, its day as people read it."""
    said = dict(refused.data)
    if isinstance(said.get("on"), str):
        said["on"] = date_in_words(date.fromisoformat(str(said["on"])), around.language)
    return reason(refused.reason, around.language, **said)
