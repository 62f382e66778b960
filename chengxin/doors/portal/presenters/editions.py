"""Editions, their differences and faults in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengxin.catalogue.terms import Change, ChangeKind, EditionState, EditionView, Item, Period, PurposeSpec, SealSpec
from chengxin.doors.portal.presenters.catalogue import item_name, period_in_words
from chengxin.doors.portal.presenters.purpose import purpose_name
from chengxin.doors.wording import Language, text

STATE_TONES = {EditionState.PROPOSED: "open", EditionState.APPROVED: "good", EditionState.REFUSED: "ended"}
CHANGE_TONES = {
    ChangeKind.WIDENED: "warn",
    ChangeKind.ADDED: "warn",
    ChangeKind.NARROWED: "good",
    ChangeKind.REMOVED: "good",
    ChangeKind.REWORDED: "quiet",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference: ``kind`` in words with its tone; ``before`` and ``after`` as the files say it."""

    item: str
    code: str
    attribute: str
    kind: str
    tone: str
    before: str
    after: str


def change_rows(
    changes: Iterable[Change],
    items: Mapping[str, Item],
    others: Mapping[str, PurposeSpec | SealSpec],
    language: Language,
) -> list[ChangeRow]:
    """Differences, those that widen what is done to people first. ``items``, ``others``: those they are about, by code."""
    rows = []
    for change in changes:
        item, other = items.get(change.item), others.get(change.item)
        root, _, rest = change.attribute.partition("/")
        attribute = text(f"editions.attribute.{root}", language)
        if root == "display" and rest:
            attribute = f"{attribute} · {text(f'resident.class.{rest}', language)}"
        rows.append(
            ChangeRow(
                item=item_name(item, language) if item else purpose_name(other, language) if other else change.item,
                code=change.item,
                attribute=attribute,
                kind=text(f"editions.change.{change.kind.value}", language),
                tone=CHANGE_TONES[change.kind],
                before=_told(root, change.before, language),
                after=_told(root, change.after, language),
            )
        )
    order = list(CHANGE_TONES.values())
    return sorted(rows, key=lambda row: order.index(row.tone))


def _told(root: str, words: str, language: Language) -> str:
    """``3m–1y`` of a display period as people read it; anything else as the file says it."""
    least, between, most = words.partition("–")
    if root != "display" or not between:
        return words
    ends = text("catalogue.item.validity", language) if most == "validity" else _period(most, language)
    if least == "0":
        return text("catalogue.period.most", language, most=ends)
    return text("catalogue.period.between", language, least=_period(least, language), most=ends)


def _period(code: str, language: Language) -> str:
    return period_in_words(Period.parse(code), language)


def state_word(view: EditionView, language: Language) -> str:
    """What was decided about an edition."""
    return text(f"editions.state.{view.state.value}", language)
