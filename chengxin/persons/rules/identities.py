"""Decisions about identities: when one counts as confirmed, when one may be erased."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.persons.terms import Contact, ErasureFacts, SourceFact, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

CONTACTS_A_DAY = 10
"""An address may be a stranger's, and each is written to: more in a day would be a nuisance made with our letters."""

KEY_BACKUP_DAYS = 30
"""Backups and logs of the key store are kept this long at most (F7)."""


def confirmed_sources(sources: Iterable[SourceFact]) -> frozenset[UUID]:
    """The sources whose name for this person is confirmed (F2).

    A name is confirmed when two independent suppliers used it, or the register or the person did. A supplier that wrote
    another name than the confirmed one stays unconfirmed, and so do its adverse entries.
    """
    by_name: dict[bytes, list[SourceFact]] = defaultdict(list)
    for source in sources:
        by_name[source.name_key].append(source)
    return frozenset(
        source.source_id
        for group in by_name.values()
        if len({one.source_id for one in group}) >= 2 or any(one.kind is not SourceKind.SUPPLIER for one in group)
        for source in group
    )


def may_give_contact(lately: int) -> Decision:
    """Whether an address may be given after so many changes of it within a day."""
    return Refused("contact_given_too_often", "个人信息保护法 9") if lately >= CONTACTS_A_DAY else ALLOWED


def may_prove(given: Contact | None) -> Decision:
    """Whether a link still proves something: its contact is the newest of its kind, and was not proven before."""
    if given is None or given.verified_at is not None:
        return Refused("contact_link_over", "个人信息保护法 9")
    return ALLOWED


def may_erase(facts: ErasureFacts, today: date) -> Decision:
    """Whether a person's data may be erased now (个人信息保护法 47; F7).

    Two officials, once, and only when no law orders any of it kept.
    """
    if facts.already:
        return Refused("already_erased", "个人信息保护法 47")
    if facts.asked_by == facts.approved_by:
        return Refused("second_person_needed", "F7")
    if facts.kept_until is not None and facts.kept_until > today:
        return Refused("law_orders_keeping", "个人信息保护法 47", {"until": facts.kept_until.isoformat()})
    return ALLOWED


def erasure_complete_on(erased_on: date, copies_end_on: date | None = None) -> date:
    """The day on which the last backup of every key to what was erased has gone too, and the erasure is complete.

    ``copies_end_on``: when sealed copies that also hold rows of others lose their keys, where that is later.
    """
    return max(erased_on, copies_end_on or erased_on) + timedelta(days=KEY_BACKUP_DAYS)
