"""What entries are shown with, looked up once a request: items of the edition in force, organisations, holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from chengxin.access.terms import LookView
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import FieldRole, Item, MergedEdition, NoEditionInForce
from chengxin.doors.portal.presenters.around import Around
from chengxin.doors.portal.presenters.field import raw_of
from chengxin.doors.wording import Language
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationUnknown, OrganisationView, Tier
from chengxin.records.terms import EntryView


class Surroundings:
    """Everything around the entries of one request. Each look-up is done once, when it is first needed."""

    def __init__(self, *, at: datetime, language: Language) -> None:
        self.at = at
        self.today = shanghai_day(at)
        self.language: Language = language
        self._editions: dict[date, MergedEdition | None] = {}
        self._by_id: dict[UUID, OrganisationView | None] = {}
        self._by_code: dict[str, OrganisationView | None] = {}
        self._office: OrganisationView | None = None
        self._office_known = False

    def around(self, entry: EntryView, *, office: bool = True) -> Around:
        """What one entry is shown with. ``office``: whether the page names the one that runs the platform."""
        return self.around_of(entry, office=office)

    def around_of(self, entry: EntryView | None, *, office: bool = True) -> Around:
        """The same; for an entry of which nothing can be read any more, the office and the day alone."""
        item = self.item(entry) if entry is not None else None
        supplier = self.organisation(entry.supplier) if entry is not None else None
        code = raw_of(item, entry.content, FieldRole.DECIDER_CODE) if entry is not None else ""
        return Around(
            item=item,
            supplier=supplier,
            decider=self._decider(code, supplier),
            office=self.office if office else None,
            today=self.today,
            holidays=holidays_here(),
            language=self.language,
        )

    def item(self, entry: EntryView) -> Item | None:
        """The item of today's edition; of the edition the entry came in under, where today's no longer has it."""
        return self._item_on(entry.item, self.today) or self._item_on(entry.item, shanghai_day(entry.known_from))

    def item_named(self, code: str) -> Item | None:
        """The item of this code in today's edition."""
        return self._item_on(code, self.today)

    def organisation(self, organisation_id: UUID) -> OrganisationView | None:
        """An organisation by its id; None for one that does not exist."""
        if organisation_id not in self._by_id:
            try:
                self._by_id[organisation_id] = offices.organisation(organisation_id)
            except OrganisationUnknown:
                self._by_id[organisation_id] = None
        return self._by_id[organisation_id]

    def offices_of(self, looks: Iterable[LookView]) -> dict[UUID, OrganisationView]:
        """The offices that looked, by id."""
        return self.offices_named(look.organisation_id for look in looks if look.organisation_id is not None)

    def offices_named(self, ids: Iterable[UUID]) -> dict[UUID, OrganisationView]:
        """Organisations by id; those that do not exist are left out."""
        return {found.id: found for found in map(self.organisation, set(ids)) if found is not None}

    @property
    def office(self) -> OrganisationView | None:
        """The office that runs the platform: the root of the tree; None before the city is founded."""
        if not self._office_known:
            self._office = next((one for one in offices.organisations() if one.tier is Tier.LEAD), None)
            self._office_known = True
        return self._office

    def _decider(self, code: str, supplier: OrganisationView | None) -> OrganisationView | None:
        if not code:
            return None
        if supplier is not None and supplier.org_code == code:
            return supplier
        if code not in self._by_code:
            try:
                self._by_code[code] = offices.organisation_by_code(code)
            except OrganisationUnknown:
                self._by_code[code] = None
        return self._by_code[code]

    def _item_on(self, code: str, day: date) -> Item | None:
        if day not in self._editions:
            try:
                self._editions[day] = catalogue.edition_on(day)
            except NoEditionInForce:
                self._editions[day] = None
        edition = self._editions[day]
        return edition.item(code) if edition is not None else None
