"""The shipped editions, brought in force for a test through the real proposal and approval."""

from __future__ import annotations

from datetime import datetime

from chengxin.catalogue import facade as catalogue
from chengxin.offices.terms import Role
from tests.making import WHY, make_city, make_official
from tests.people import NOW


def apply_shipped(*, at: datetime = NOW) -> None:
    """The national edition, then the invented city's, each by two people, in force from that day."""
    lead = make_city(at=at)
    keeper = make_official(role=Role.CATALOGUE_KEEPER, organisation=lead, at=at)
    approver = make_official(role=Role.CATALOGUE_APPROVER, organisation=lead, at=at)
    for name, path in catalogue.shipped_files().items():
        proposed = catalogue.propose_edition(
            actor=keeper, file_name=name, text=path.read_text(encoding="utf-8"), at=at, reason=WHY
        )
        catalogue.approve_edition(actor=approver, edition_uid=proposed.uid, at=at, reason=WHY)
