"""What screening must know of a batch: the edition of its day, its item, its supplier, the catalogue's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.conf import settings

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Item, MergedEdition
from chengxin.collection.terms.context import ScreeningContext, Statutes, SupplierFacts
from chengxin.foundation.actors import Actor
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.remedies import contest_terms
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView


def sender_of(actor: Actor) -> UUID:
    """Who hands something in for an office: the official, or the registration of the office's machine."""
    sender = actor.client_id if actor.kind == "client" else actor.official_id
    assert sender is not None
    return sender


@dataclass(frozen=True, slots=True)
class Supply:
    """An item as this organisation supplies it on this day. ``item`` is None where the edition has none of this code."""

    organisation: OrganisationView
    edition: MergedEdition
    item: Item | None
    day: date

    @property
    def supplies(self) -> bool:
        """Whether the organisation is among the item's suppliers."""
        return self.item is not None and self.item.supplied_by(self.organisation.org_code, self.organisation.kind)


def supply_of(organisation_id: UUID, item_code: str, day: date) -> Supply:
    """The item in the edition of the day, and who supplies it. Raises ``NoEditionInForce``, ``OrganisationUnknown``."""
    edition = catalogue.edition_on(day)
    return Supply(offices.organisation(organisation_id), edition, edition.item(item_code), day)


def screening_context(supply: Supply) -> ScreeningContext:
    """The facts that one batch is screened by, all of the day it was received."""
    edition = supply.edition
    below = (offices.organisation(one).org_code for one in offices.organisations_below(supply.organisation.id))
    return ScreeningContext(
        today=supply.day,
        supplier=SupplierFacts(supply.organisation.org_code, supply.organisation.kind, frozenset(below)),
        statutes=Statutes(
            cited_standing=partial(catalogue.citations_standing_on, edition=edition),
            item_standing=partial(catalogue.item_basis_standing, edition=edition),
            turns=catalogue.law_turns(edition),
            forbidden_matter=catalogue.forbidden_matter,
            forbidden_beside_laws=partial(catalogue.forbidden_beside_laws, edition=edition),
            triggers=catalogue.ROW_TRIGGERS,
            display_end=catalogue.display_end,
            retain_until=catalogue.retain_until,
        ),
        last_day_to_contest=contest_terms(holidays_here()),
        practice=settings.CHENGXIN_PRACTICE,
    )
