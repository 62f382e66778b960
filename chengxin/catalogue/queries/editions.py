"""Reading editions: as keepers see them, and as what holds on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connections

from chengxin.catalogue.models import Approval, Confirmation, StoredEdition
from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.codec import edition_from_json
from chengxin.catalogue.rules.confirming import sources_to_confirm
from chengxin.catalogue.rules.merging import Dated, merged_on
from chengxin.catalogue.terms import (
    Edition,
    EditionState,
    EditionUnknown,
    EditionView,
    Item,
    Level,
    MergedEdition,
    NoEditionInForce,
)
from chengxin.foundation.database import WEB, Reading, Row, rows_of

_Token = tuple[str, tuple[UUID, ...]]
_KEPT = 8
_APPROVED = "SELECT edition_id FROM catalogue_approval WHERE is_approved ORDER BY approved_at, edition_id"
_approved: dict[_Token, tuple[Dated, ...]] = {}
_merged: dict[tuple[_Token, date], MergedEdition] = {}


def _token(alias: str) -> _Token:
    """Names the approved editions of one database in their order: an approval, or one rolled back, makes another name."""
    return _named(alias, rows_of(_APPROVED, {}, alias=alias))


def _named(alias: str, rows: list[Row]) -> _Token:
    return str(connections[alias].settings_dict["NAME"]), tuple(row[0] for row in rows)


def approved_editions(alias: str = WEB) -> tuple[Dated, ...]:
    """All approved editions in the order of their approval."""
    return _editions(_token(alias), alias)


def _editions(token: _Token, alias: str) -> tuple[Dated, ...]:
    if token not in _approved:
        rows = (
            StoredEdition.objects.using(alias)
            .filter(approval__is_approved=True)
            .order_by("approval__approved_at", "id")
        )
        while len(_approved) >= _KEPT:
            _approved.pop(next(iter(_approved)))
        _approved[token] = tuple(Dated(edition_from_json(row.content), row.uid) for row in rows)
    return _approved[token]


def edition_on(day: date, *, alias: str = WEB) -> MergedEdition:
    """What may be collected and shown on a day (of Shanghai). Raises `NoEditionInForce`."""
    found = _merged_on(_token(alias), day, alias)
    if found is None:
        raise NoEditionInForce(day=day.isoformat())
    return found


def edition_of(day: date) -> Reading[MergedEdition | None]:
    """The same, None where there is none, to be read along with what other rooms read."""
    return Reading(_APPROVED, {}, lambda rows: _merged_on(_named(WEB, rows), day, WEB))


def _merged_on(token: _Token, day: date, alias: str) -> MergedEdition | None:
    key = (token, day)
    if key not in _merged:
        found = merged_on(_editions(token, alias), day)
        if found is None:
            return None
        while len(_merged) >= 64:
            _merged.pop(next(iter(_merged)))
        _merged[key] = found
    return _merged[key]


def item(code: str, day: date, *, alias: str = WEB) -> Item | None:
    """The item of this code in the edition in force on the day, closed ones included, or None."""
    return edition_on(day, alias=alias).item(code)


def items_supplied_by(org_code: str, org_kind: str, day: date, *, alias: str = WEB) -> tuple[Item, ...]:
    """The open items that an organisation hands in, by its unified code or its kind, in the order of the edition."""
    return tuple(one for one in edition_on(day, alias=alias).open_items.values() if one.supplied_by(org_code, org_kind))


def upper_for(edition: Edition, *, alias: str = WEB) -> Edition | None:
    """The approved national edition that a city's edition says it narrows, None for a national edition."""
    if edition.level is Level.NATIONAL:
        return None
    uppers = [d.edition for d in approved_editions(alias) if d.edition.level is Level.NATIONAL]
    return next((upper for upper in reversed(uppers) if upper.code == edition.based_on), None)


def confirmed_sources(edition_id: UUID, *, alias: str = WEB) -> frozenset[str]:
    """Names of the sources of one edition that were confirmed."""
    return frozenset(Confirmation.objects.using(alias).filter(edition_id=edition_id).values_list("source", flat=True))


def editions(*, alias: str = WEB) -> tuple[EditionView, ...]:
    """Every edition ever proposed, newest first."""
    rows = StoredEdition.objects.using(alias).select_related("approval").order_by("-proposed_at", "-id")
    return tuple(_views(rows, alias))


def edition_view(uid: UUID, *, alias: str = WEB) -> EditionView:
    """One edition. Raises `EditionUnknown`."""
    rows = StoredEdition.objects.using(alias).select_related("approval").filter(uid=uid)
    for view in _views(rows, alias):
        return view
    raise EditionUnknown()


def _views(rows: Iterable[StoredEdition], alias: str) -> Iterable[EditionView]:
    table = shipped_laws()
    for row in rows:
        edition = edition_from_json(row.content)
        confirmed = confirmed_sources(row.id, alias=alias)
        approval: Approval | None = getattr(row, "approval", None)
        state = EditionState.PROPOSED
        if approval is not None:
            state = EditionState.APPROVED if approval.is_approved else EditionState.REFUSED
        yield EditionView(
            uid=row.uid,
            level=edition.level,
            code=edition.code,
            zh=edition.zh,
            en=edition.en,
            official=edition.official,
            items=len(edition.items),
            digest=bytes(row.digest).hex(),
            in_force_from=row.in_force_from,
            in_force_until=row.in_force_until,
            state=state,
            proposed_at=row.proposed_at,
            proposed_by=row.proposed_by,
            approved_at=None if approval is None else approval.approved_at,
            approved_by=None if approval is None else approval.approved_by,
            unconfirmed=tuple(s for s in sources_to_confirm(edition, table) if s.code not in confirmed),
            edition=edition,
        )
