"""Held rows: in the officers' list without identity, and opened with everything a decision needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chengxin.access.facade import QuarantinedRow
from chengxin.catalogue.terms import Item
from chengxin.collection.terms import HeldView
from chengxin.doors.portal.presenters.batches import column_name
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.presenters.field import FieldLine, field_lines
from chengxin.doors.wording import Language, has, reason, text
from chengxin.kernel.days import shanghai_day

PRESSING_DAYS = 5
"""A row that ends this soon is marked."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A held row in the list: item, office, why, until when. Nothing of whom it is about."""

    held: HeldView
    item: str
    office: str
    why: str
    field: str
    pressing: bool


def held_line(held: HeldView, item: Item | None, office: str, at: datetime, language: Language) -> HeldLine:
    """``office``: the supplier's name in the page's language."""
    left = (shanghai_day(held.ends_at) - shanghai_day(at)).days
    return HeldLine(
        held=held,
        item=held.item if item is None else item_name(item, language),
        office=office,
        why=_why(held.reason, language),
        field=column_name(held.field, item, language) if held.field else "",
        pressing=left <= PRESSING_DAYS,
    )


def _why(code: str, language: Language) -> str:
    """To its officer a row says what it is held for; its supplier is only asked to check the number (F9)."""
    cause = f"quarantine.cause.{code}"
    return text(cause, language) if has(cause) else reason(code, language, detail="").what


@dataclass(frozen=True, slots=True)
class HeldPage:
    """The row itself: who it says it is about, who the number's owner is known as, and what it says.

    ``moves``: the same decision stands with another person so far, whatever the row is held for; to accept it moves it.
    """

    kind: str
    number: str
    name: str
    known_names: tuple[str, ...]
    content: tuple[FieldLine, ...]
    moves: bool


def held_page(row: QuarantinedRow, item: Item | None, language: Language) -> HeldPage:
    """An opened row in words."""
    opened = row.held
    return HeldPage(
        kind=text(f"resident.processing.kinds.kind_{opened.doc_kind}", language),
        number=opened.number,
        name=opened.name,
        known_names=row.known_names,
        content=field_lines(item, opened.content, language),
        moves=opened.other_person_id is not None,
    )
