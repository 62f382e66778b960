"""The journal: one call inside the transaction of the act it tells of; and the acts of a day, for who audits them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connections
from django.db.models import Q, QuerySet

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import WEB
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.documents import DocumentKind, check_document
from chengxin.kernel.errors import BadInput
from chengxin.kernel.ids import new_id

# the blanks and hyphens that people part a long number with
_LIKE_A_NUMBER: Final = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z])")


_DRIFT: Final = timedelta(minutes=1)
"""Ids follow the clock, and may run a little ahead of it under load (`kernel.ids`)."""


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the journal of officials, machines and the platform itself; no person's own act is among them."""

    at: datetime
    actor_kind: str
    actor_name: str
    official_id: UUID | None
    organisation_id: UUID | None
    role: str
    act: str
    thing_kind: str
    thing_uid: UUID
    about_organisation_id: UUID | None
    reason: str


class ReasonNamesSomebody(BadInput):
    """A reason is kept as long as the platform: it must not hold the number of anybody's document."""

    code = "reason_names_somebody"


def names_somebody(reason: str, *, at: datetime) -> bool:
    """Whether a reason holds a citizen's number (GB 11643): the one thing that can be told of a person's for certain."""
    today = shanghai_day(at)
    return any(
        check_document(DocumentKind.CITIZEN, found[0].replace("-", ""), today=today).ok
        for found in _LIKE_A_NUMBER.finditer(reason)
    )


def record(
    actor: Actor,
    act: str,
    thing_kind: str,
    thing_uid: UUID,
    *,
    at: datetime,
    reason: str,
    organisation_id: UUID | None = None,
    alias: str = WEB,
) -> None:
    """Add one row. `thing_uid` is the thing's public uid; `organisation_id` the office the act is about, if any.

    Raises RuntimeError outside a transaction: an act and its row stand or fall together. The database refuses an empty
    reason (foundation_journal_says_why); one with somebody's number in it raises ReasonNamesSomebody, and the act does not
    happen.
    """
    _may_record(act, alias, at, reason)
    _row(actor, act, thing_kind, thing_uid, at, reason, organisation_id).save(using=alias, force_insert=True)


def record_all(
    actor: Actor, act: str, thing_kind: str, things: Iterable[tuple[UUID, UUID | None]], *, at: datetime, reason: str
) -> None:
    """The same act on many things, a row each, by one statement: each with its public uid and the office it is about."""
    _may_record(act, WEB, at, reason)
    Journal.objects.using(WEB).bulk_create([_row(actor, act, thing_kind, uid, at, reason, of) for uid, of in things])


def _may_record(act: str, alias: str, at: datetime, reason: str) -> None:
    if not connections[alias].in_atomic_block:
        raise RuntimeError(f"{act} is journalled outside the transaction it belongs to")
    if names_somebody(reason, at=at):
        raise ReasonNamesSomebody()


def _row(
    actor: Actor,
    act: str,
    thing_kind: str,
    thing_uid: UUID,
    at: datetime,
    reason: str,
    organisation_id: UUID | None,
) -> Journal:
    return Journal(
        id=new_id(at),
        at=at,
        actor_kind=actor.kind,
        account_id=actor.account_id,
        official_id=actor.official_id,
        organisation_id=actor.organisation_id,
        role=actor.role or "",
        actor_name=actor.name if actor.kind == "system" else "",
        act=act,
        thing_kind=thing_kind,
        thing_uid=thing_uid,
        about_organisation_id=organisation_id,
        reason=reason.strip(),
    )


class Acts:
    """The acts from `since` up to `until`, newest first: counted, sliced and gone through without holding them all.

    `organisation_id`: those of this office or about it; `act`: those of this name.
    """

    def __init__(self, since: datetime, until: datetime, *, organisation_id: UUID | None = None, act: str = "") -> None:
        # ids are in the order of time, and there is no other index to find a day by
        found = Journal.objects.exclude(actor_kind="person").filter(
            id__gte=_first_id(since - _DRIFT), id__lt=_first_id(until + _DRIFT), at__gte=since, at__lt=until
        )
        self.names: list[str] = list(found.order_by("act").values_list("act", flat=True).distinct())
        if organisation_id is not None:
            found = found.filter(Q(organisation_id=organisation_id) | Q(about_organisation_id=organisation_id))
        if act:
            found = found.filter(act=act)
        self._found: QuerySet[Journal] = found.order_by("-id")

    def __len__(self) -> int:
        return self._found.count()

    def __getitem__(self, which: slice) -> list[Act]:
        return [_act(row) for row in self._found[which]]

    def __iter__(self) -> Iterator[Act]:
        return map(_act, self._found.iterator(chunk_size=2000))


def _first_id(moment: datetime) -> UUID:
    """The least id of its millisecond (UUIDv7 begins with the milliseconds since 1970)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def _act(row: Journal) -> Act:
    return Act(**{name: getattr(row, name) for name in Act.__slots__})
