"""Rows that wait for an identity officer under the person's own number (F9): shown as "under check", never as an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chengxin.collection import facade as collection
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.views.resident.reading import surroundings_of
from chengxin.doors.request import Request
from chengxin.persons.terms import Identity


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One such row: what kind of fact, from whom, since when, until when."""

    item: str
    office: str
    made_at: datetime
    ends_at: datetime


def checked_lines(identity: Identity, request: Request) -> list[CheckedLine]:
    """What waits under any of the person's documents, oldest first. What the rows say stays closed until they are decided."""
    around = surroundings_of(request)
    found = []
    documents = [(document.kind, document.number) for document in identity.documents]
    for row in collection.under_check(documents, request.at):
        item = around.item_named(row.item)
        office = around.organisation(row.organisation_id)
        name = (item.zh if request.language == "zh" else item.en) if item else row.item
        found.append(CheckedLine(name, name_of(office, request.language), row.made_at, row.ends_at))
    return found
