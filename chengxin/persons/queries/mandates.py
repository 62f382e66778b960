"""Every read of mandates: of those a person gave, those they hold, and whether one works at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

from chengxin.foundation import ciphers
from chengxin.foundation.actors import ActingFor
from chengxin.foundation.database import as_person, with_keys
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused, is_allowed
from chengxin.kernel.documents import DocumentKind, check_document
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.persons.models import Mandate, MandateAct, MandateCode, MandateHeld
from chengxin.persons.queries.identities import code_hash, identity_of, key_of
from chengxin.persons.rules import mandates as rules
from chengxin.persons.terms import (
    CodeView,
    MandateFacts,
    MandateKind,
    MandateSide,
    MandateStanding,
    MandateView,
    OfferView,
    Proof,
    Scope,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

NOT_YOURS = Refused("not_your_file", "个人信息保护法 45")
UNKNOWN = Refused("mandate_code_unknown", rules.BY_AGREEMENT)


class PersonMandateUnknown(NotFound):
    """No such mandate of this person's."""

    code = "person_mandate_unknown"


def birth_of(person_id: UUID, today: date) -> date | None:
    """The birth date that a document of the person tells; None where none does. The person must be set on the connection."""
    for one in identity_of(person_id).documents:
        found = check_document(DocumentKind(one.kind), one.number, today=today)
        if found.ok and found.birth_date is not None:
            return found.birth_date
    return None


def mandates_given(person_id: UUID, *, at: datetime) -> list[MandateView]:
    """Who may act for a person, or could: the newest first. The person must be set on the connection."""
    rows = list(Mandate.objects.filter(person_id=person_id).order_by("-made_at", "mandate_id"))
    return [_view(row, at) for row in rows]


def mandates_held(holder_id: UUID, *, at: datetime) -> list[MandateView]:
    """For whom somebody may act, or could: the newest first."""
    with as_person(holder_id):
        held = list(MandateHeld.objects.filter(person_id=holder_id))
    found = [view for one in held if (view := _held(one, at)) is not None]
    return sorted(found, key=lambda view: view.made_at, reverse=True)


def mandate_told(person_id: UUID, mandate_id: UUID, *, at: datetime) -> MandateView | None:
    """The mandate that a notice tells of, to its person or its holder, who is set on the connection."""
    row = Mandate.objects.filter(person_id=person_id, mandate_id=mandate_id).first()
    if row is not None:
        return _view(row, at)
    held = MandateHeld.objects.filter(person_id=person_id, mandate_id=mandate_id).first()
    return None if held is None else _held(held, at)


def name_of_person(person_id: UUID) -> str:
    """The name somebody bears, for the other side of a mandate; empty once they are erased."""
    with as_person(person_id):
        return identity_of(person_id).name


def acting_for(holder_id: UUID, uid: UUID, *, at: datetime) -> tuple[ActingFor, MandateView] | Refused:
    """For whom somebody acts by this mandate now, asked anew at each request; why not, otherwise."""
    with as_person(holder_id):
        held = MandateHeld.objects.filter(person_id=holder_id, uid=uid).first()
    view = None if held is None else _held(held, at)
    if view is None or not view.in_force:
        return Refused("mandate_over", "民法典 173")
    return ActingFor(view.uid, view.mandate_id, view.principal), view


def may_act_for(actor: Actor, person_id: UUID, scope: Scope, *, at: datetime) -> Decision:
    """Whether this actor does such things for this person: the person themself, or the holder of a mandate that covers it and
    is in force at this moment."""
    if actor.kind != "person" or actor.person_id is None:
        return NOT_YOURS
    if actor.mandate is None:
        return ALLOWED if actor.person_id == person_id else NOT_YOURS
    if actor.mandate.person_id != person_id:
        return NOT_YOURS
    with as_person(person_id):
        row = Mandate.objects.filter(
            person_id=person_id, mandate_id=actor.mandate.mandate_id, holder_id=actor.person_id
        ).first()
        return NOT_YOURS if row is None else rules.covers(_standing(row, _acts(row), at), scope, at)


def code_offered(code: str, *, at: datetime) -> OfferView:
    """What a helper's code would give, for whoever has it. Raises Refusal, the same for one that is wrong, used or too old."""
    row = open_code(code, at)
    return OfferView(name_of_person(row.person_id), frozenset(map(Scope, row.scopes)), row.ends_on)


def open_code(code: str, at: datetime) -> MandateCode:
    """The row of a code that works. Raises Refusal."""
    hashed = code_hash(code)
    with with_keys([hashed]):
        row = MandateCode.objects.filter(code_hash=hashed, closed_at__isnull=True, expires_at__gt=at).first()
    if row is None:
        raise Refusal(UNKNOWN)
    return row


def codes_open(person_id: UUID, *, at: datetime) -> list[CodeView]:
    """Codes that the person made and nobody used yet. The person must be set on the connection."""
    rows = MandateCode.objects.filter(person_id=person_id, closed_at__isnull=True, expires_at__gt=at).order_by(
        "made_at", "code_hash"
    )
    return [CodeView(row.made_at, row.expires_at, frozenset(map(Scope, row.scopes)), row.ends_on) for row in rows]


def sealed_proof_aad(person_id: UUID, mandate_id: UUID) -> bytes:
    return b"persons_mandate|" + person_id.bytes + mandate_id.bytes


def proof_number_of(row: Mandate) -> str:
    """The number of what a mandate rests on, opened; empty once its person is erased."""
    key, blob = key_of(row.person_id), bytes(row.sealed)
    if key is None:
        return ""
    return ciphers.suite_of(blob).open(key, blob, sealed_proof_aad(row.person_id, row.mandate_id)).decode()


def lock_mandates(person_id: UUID) -> None:
    """Let one act at a time change the mandates of a person, in the current transaction."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 27))", [str(person_id)])


def _held(held: MandateHeld, at: datetime) -> MandateView | None:
    with as_person(held.principal_id):
        row = Mandate.objects.filter(
            person_id=held.principal_id, mandate_id=held.mandate_id, holder_id=held.person_id
        ).first()
        return None if row is None else _view(row, at)


def _acts(row: Mandate) -> dict[str, MandateAct]:
    found = MandateAct.objects.filter(person_id=row.person_id, mandate_id=row.mandate_id)
    return {one.act: one for one in found}


def _standing(row: Mandate, acts: dict[str, MandateAct], at: datetime) -> MandateStanding:
    kind = MandateKind(row.kind)
    facts = MandateFacts(
        principal=row.person_id,
        holder=row.holder_id,
        kind=kind,
        scopes=frozenset(map(Scope, row.scopes)),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        proof=Proof(row.proof),
        proof_number="",
        born_on=None if kind is MandateKind.HELPER else birth_of(row.person_id, shanghai_day(at)),
    )
    confirmed, ended = acts.get(MandateAct.CONFIRMED), acts.get(MandateAct.ENDED)
    return MandateStanding(facts, confirmed.at if confirmed else None, ended.at if ended else None)


def _view(row: Mandate, at: datetime) -> MandateView:
    acts = _acts(row)
    standing, ended = _standing(row, acts, at), acts.get(MandateAct.ENDED)
    return MandateView(
        uid=row.uid,
        mandate_id=row.mandate_id,
        principal=row.person_id,
        holder=row.holder_id,
        kind=standing.facts.kind,
        scopes=standing.facts.scopes,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        proof=standing.facts.proof,
        made_at=row.made_at,
        organisation_id=row.organisation_id,
        confirmed_at=standing.confirmed_at,
        ended_at=standing.ended_at,
        ended_by=MandateSide(ended.side) if ended else None,
        in_force=is_allowed(rules.is_in_force(standing, at)),
    )
