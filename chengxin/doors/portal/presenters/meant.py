"""What a case may be about that came in without its number, as it is chosen: the decision or the look, and no more of either."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from chengxin.catalogue.terms import Item
from chengxin.doors.portal.presenters.docket import named_item
from chengxin.doors.wording import Language, date_in_words, text, time_in_words
from chengxin.remedies.terms.desks import Choice, Meant


def meant_choices(
    choice: Choice, *, items: Callable[[str], Item | None], offices: Mapping[UUID, str], language: Language
) -> list[tuple[str, str]]:
    """Everything that may be meant, each with its words."""
    return [(str(one.uid), _meant(one, items, offices, language)) for one in choice.meant]


def _meant(one: Meant, items: Callable[[str], Item | None], offices: Mapping[UUID, str], language: Language) -> str:
    office = offices.get(one.by, "") if one.by else text("resident.looked.platform", language)
    when = time_in_words(one.at, language) if one.at else date_in_words(one.on, language) if one.on else ""
    item = named_item(one.item, items, language) if one.item else ""
    return " · ".join(part for part in (item, one.number, office, when) if part)
