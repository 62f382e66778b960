"""Erasing a person: key, index rows, names, documents, account link (F7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, transaction

from chengxin.foundation import journal, keystore
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import require
from chengxin.kernel.ids import new_uid
from chengxin.persons.models import Erasure
from chengxin.persons.rules import identities as rules
from chengxin.persons.terms import ErasureFacts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

DISPOSER = "disposer"


def erase_person(
    *,
    actor: Actor,
    person_id: UUID,
    asked_by: UUID,
    approved_by: UUID,
    kept_until: date | None,
    copies_end_on: date | None = None,
    at: datetime,
    reason: str,
    also: tuple[Callable[[UUID], object], ...] = (),
) -> date:
    """Erase a person: key, index rows, names, documents, account link (F7). Returns the day on which it is complete.

    ``copies_end_on``: when sealed copies that hold rows of others too lose their keys; the complete day is not before.
    ``also`` are the erasures of rooms to the right, run in the same transaction. The key goes last and first of all
    durable: if the database fails after it, nothing can be read any more and the run is repeated.
    """
    today = shanghai_day(at)
    facts = ErasureFacts(
        asked_by=asked_by,
        approved_by=approved_by,
        kept_until=kept_until,
        already=Erasure.objects.using(DISPOSER).filter(person_id=person_id).exists(),
    )
    require(rules.may_erase(facts, today))
    complete_on = rules.erasure_complete_on(today, copies_end_on)
    uid = new_uid()
    with transaction.atomic(using="default"):
        journal.record(actor, "erase_person", "erasure", uid, at=at, reason=reason)
        with transaction.atomic(using=DISPOSER):
            Erasure.objects.using(DISPOSER).create(
                person_id=person_id,
                uid=uid,
                at=at,
                reason=reason,
                asked_by=asked_by,
                approved_by=approved_by,
                complete_on=complete_on,
            )
            for erase in also:
                erase(person_id)
            with connections[DISPOSER].cursor() as cursor:
                for table in (
                    "persons_mandate_act",
                    "persons_mandate",
                    "persons_mandate_held",
                    "persons_mandate_code",
                    "persons_contact",
                    "persons_source",
                    "persons_name",
                    "persons_document",
                    "persons_identity_key",
                    "persons_account_link",
                    "persons_binding_code",
                ):
                    cursor.execute(f"DELETE FROM {table} WHERE person_id = %s", [person_id])  # noqa: S608
            keystore.destroy("person", person_id, alias="keys_disposer")
    return complete_on
