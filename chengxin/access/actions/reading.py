"""Reading a file, and the look it leaves: in one transaction, or not at all (charter 5, F13)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chengxin.access import rules
from chengxin.access.actions.sequencing import queue_leaves
from chengxin.access.models import Look, OperatorLook
from chengxin.access.terms import GROUNDS, Looker, Purpose
from chengxin.foundation.database import as_person
from chengxin.kernel.decisions import is_allowed, require
from chengxin.kernel.errors import NotFound
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records import facade as records
from chengxin.records.terms import Audience, EntryView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor
    from chengxin.persons.terms import Identity

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A person's own file at a moment: what counts now, and what is only still held."""

    identity: Identity
    now: tuple[EntryView, ...]
    held: tuple[EntryView, ...]

    def entry(self, uid: UUID) -> EntryView | None:
        """One entry of either list by its public uid, its newest version."""
        found = [entry for entry in (*self.now, *self.held) if entry.uid == uid]
        return max(found, key=lambda entry: entry.version, default=None)


def looker_of(actor: Actor) -> Looker:
    """The actor as the rules of this room know them."""
    return Looker(
        actor.kind, actor.person_id, actor.official_id, actor.organisation_id, actor.role or "", actor.client_id
    )


def require_own(actor: Actor, person_id: UUID, scope: Scope, *, at: datetime) -> None:
    """Pass for the person, and for who acts for them by a mandate that covers this and is in force now; Refusal for others."""
    if actor.mandate is None:
        require(rules.may_read_own(looker_of(actor), person_id))
    else:
        require(persons.may_act_for(actor, person_id, scope, at=at))


def _reads_own_words(actor: Actor, person_id: UUID, at: datetime) -> bool:
    """Whether what two officials covered of the person's statements is read: by whoever may write it anew, and nobody else."""
    return actor.mandate is None or is_allowed(persons.may_act_for(actor, person_id, Scope.REMEDIES, at=at))


def own_file(*, actor: Actor, person_id: UUID, at: datetime, purpose: Purpose = Purpose.OWN_FILE) -> OwnFile:
    """Everything held about the person who asks, and the look that records it.

    Raises Refusal for anyone else. Several reads of one's own page within a minute leave one look each: a log that left
    some out could not be checked.
    """
    require_own(actor, person_id, Scope.READ, at=at)
    with as_person(person_id):
        now, held = records.entries_of_subject(person_id, at=at, own=_reads_own_words(actor, person_id, at))
        identity = persons.identity_of(person_id)
        log_look(actor=actor, person_id=person_id, purpose=purpose, entries=(*now, *held), fields=("*",), at=at)
    return OwnFile(identity, tuple(now), tuple(held))


def own_entry(*, actor: Actor, person_id: UUID, named: UUID, at: datetime) -> tuple[EntryView, ...]:
    """Every version of one entry that its person may see, newest first, and the look that records it.

    ``named``: its public uid, or its internal id as a notice holds it.
    Raises Refusal for anyone else, NotFound where the person has no such entry.
    """
    require_own(actor, person_id, Scope.READ, at=at)
    with as_person(person_id):
        now, held = records.entries_of_subject(person_id, at=at, own=_reads_own_words(actor, person_id, at))
        versions = [entry for entry in (*now, *held) if named in (entry.uid, entry.entry_id)]
        if not versions:
            raise NotFound(thing="entry")
        log_look(actor=actor, person_id=person_id, purpose=Purpose.OWN_FILE, entries=versions, fields=("*",), at=at)
    return tuple(sorted(versions, key=lambda entry: -entry.version))


def what_askers_see(
    *, actor: Actor, person_id: UUID, at: datetime, purpose: Purpose = Purpose.OWN_FILE
) -> tuple[EntryView, ...]:
    """What of their own file the person could agree to show today, and the look that records it. Raises Refusal for others."""
    require_own(actor, person_id, Scope.READ, at=at)
    with as_person(person_id):
        entries = records.entries_for(person_id, Audience.ASKER, at=at)
        log_look(actor=actor, person_id=person_id, purpose=purpose, entries=entries, fields=("*",), at=at)
    return tuple(entries)


def own_file_as_of(*, actor: Actor, person_id: UUID, shown_at: datetime, known_at: datetime, at: datetime) -> bytes:
    """The person's file as canonical JSON, as it was shown at one moment and known at another (F6).

    To carry away, and so for the person alone: no mandate covers it.
    """
    require(rules.may_read_own(looker_of(actor), person_id))
    with as_person(person_id):
        entries = records.entries_with_any_status(person_id, shown_at=shown_at, known_at=known_at, at=at, own=True)
        gone = records.gone_from(person_id, known_at=known_at)
        writings = records.writings_of(person_id, known_at=known_at)
        log_look(actor=actor, person_id=person_id, purpose=Purpose.OWN_EXPORT, entries=entries, fields=("*",), at=at)
    suppliers = {one.id: one.org_code for one in offices.organisations(closed=True)} if entries else {}
    return records.file_as_of(
        entries,
        audience="subject",
        shown_at=shown_at,
        known_at=known_at,
        suppliers=suppliers,
        gone=gone,
        writings=writings,
    )


def log_look(
    *,
    actor: Actor,
    person_id: UUID,
    purpose: Purpose,
    entries: Iterable[EntryView] = (),
    fields: Sequence[str],
    at: datetime,
    case_ref: str = "",
    outcome: str = "shown",
) -> UUID:
    """Write one look in the current transaction of the person. Returns its public uid."""
    ground = GROUNDS[purpose]
    if actor.mandate is not None and not case_ref:
        # whoever acts for the person stands in their log, by the mandate and as what (``role``)
        case_ref = str(actor.mandate.uid)
    seen: list[dict[str, str | int]] = [{"uid": str(entry.uid), "version": entry.version} for entry in entries]
    uid = new_uid()
    salt = secrets.token_bytes(SALT_BYTES)
    text = rules.leaf(
        uid=uid,
        at=at,
        looker=looker_of(actor),
        purpose=purpose.value,
        ground=(ground.law, ground.article),
        case_ref=case_ref,
        entries=seen,
        fields=fields,
        outcome=outcome,
    )
    committed = rules.commitment(salt, text)
    Look.objects.create(
        person_id=person_id,
        look_id=new_id(at),
        uid=uid,
        at=at,
        actor_kind=actor.kind,
        official_id=actor.official_id,
        client_id=actor.client_id,
        organisation_id=actor.organisation_id,
        role=actor.role or "",
        purpose=purpose.value,
        ground_law=ground.law,
        ground_article=ground.article,
        case_ref=case_ref,
        entries=seen,
        fields=list(fields),
        outcome=outcome,
        salt=salt,
        commitment=committed,
    )
    if actor.organisation_id is not None:
        OperatorLook.objects.create(
            id=new_id(at),
            at=at,
            organisation_id=actor.organisation_id,
            official_id=actor.official_id,
            client_id=actor.client_id,
            purpose=purpose.value,
            case_ref=case_ref[:64],
            outcome=outcome,
            person_id=person_id,
            look_uid=uid,
        )
    queue_leaves([committed])
    return uid
