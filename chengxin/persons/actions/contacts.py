"""Where a person wants to be told: given by the person, and proven to be theirs by a link sent there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chengxin.foundation import journal, keyring
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.persons.models import Contact
from chengxin.persons.queries import identities as queries
from chengxin.persons.rules import identities as rules
from chengxin.persons.rules.mandates import only_oneself

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor
    from chengxin.persons.terms import ContactKind

_A_DAY = timedelta(days=1)


def set_contact(*, actor: Actor, person_id: UUID, kind: ContactKind, address: str, at: datetime, reason: str) -> UUID:
    """Where the person wants to be told from now on, not proven yet; an empty address takes the contact back.

    Gives the contact's number, which its link is made for: a later contact of the kind makes earlier links void. Raises
    Refusal where somebody gives addresses too often.
    """
    require(only_oneself(acts_for_another=actor.mandate is not None))
    with as_person(person_id), in_transaction():
        key = queries.key_of(person_id)
        if key is None:
            raise Refusal(Refused("person_erased", "个人信息保护法 47"))
        if address:
            lately = Contact.objects.filter(person_id=person_id, kind=kind.value, made_at__gt=at - _A_DAY).count()
            require(rules.may_give_contact(lately))
        contact_id = new_id(at)
        Contact.objects.create(
            person_id=person_id,
            contact_id=contact_id,
            kind=kind.value,
            sealed=keyring.current().suite.seal(key, address.encode(), queries.sealed_contact_aad(person_id)),
            made_at=at,
        )
        journal.record(actor, "set_contact", "contact", new_uid(), at=at, reason=reason)
    return contact_id


def prove_contact(*, actor: Actor, person_id: UUID, contact_id: UUID, at: datetime, reason: str) -> None:
    """The person, signed in, opened the link sent to this contact: it is theirs. Works once, and for the newest one alone.

    Raises Refusal where the contact was proven, replaced or taken back meanwhile.
    """
    require(only_oneself(acts_for_another=actor.mandate is not None))
    with as_person(person_id), in_transaction():
        given = next((one for one in queries.contacts_of(person_id) if one.contact_id == contact_id), None)
        require(rules.may_prove(given))
        row = Contact.objects.get(person_id=person_id, contact_id=contact_id)
        Contact.objects.create(
            person_id=person_id,
            contact_id=new_id(at),
            kind=row.kind,
            sealed=row.sealed,
            made_at=at,
            verified_at=at,
        )
        journal.record(actor, "prove_contact", "contact", new_uid(), at=at, reason=reason)
