"""Writing the journal: one call inside the transaction of the act it tells of."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connections

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import WEB
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.documents import DocumentKind, check_document
from chengxin.kernel.errors import BadInput
from chengxin.kernel.ids import new_id

# the blanks and hyphens that people part a long number with
_LIKE_A_NUMBER: Final = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z])")


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
    if not connections[alias].in_atomic_block:
        raise RuntimeError(f"{act} is journalled outside the transaction it belongs to")
    if names_somebody(reason, at=at):
        raise ReasonNamesSomebody()
    Journal(
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
    ).save(using=alias, force_insert=True)
