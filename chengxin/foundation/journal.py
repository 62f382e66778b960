"""Writing the journal: one call inside the transaction of the act it tells of."""

from datetime import datetime
from uuid import UUID

from django.db import connections

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import WEB
from chengxin.foundation.models import Journal
from chengxin.kernel.ids import new_id


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
    reason (foundation_journal_says_why).
    """
    if not connections[alias].in_atomic_block:
        raise RuntimeError(f"{act} is journalled outside the transaction it belongs to")
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
