"""How a mandate comes to be, and ends: by the person and their helper alone, or at a counter by two officials."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chengxin.foundation import journal, keyring, outbox
from chengxin.foundation.database import as_person, in_transaction, with_keys
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.persons.actions.identities import person_for_verified_identity
from chengxin.persons.models import Mandate, MandateAct, MandateCode, MandateHeld
from chengxin.persons.queries import mandates as queries
from chengxin.persons.queries.identities import code_hash, key_of
from chengxin.persons.rules import mandates as rules
from chengxin.persons.terms import (
    OFFER_LIFE,
    Assurance,
    MandateFacts,
    MandateKind,
    MandateSide,
    MandateView,
    Proof,
    Scope,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

MANDATE_BEGUN: Final = "mandate_begun"
MANDATE_ENDED: Final = "mandate_ended"
OF_A_MANDATE: Final = "person_mandate"
"""Kinds of notice to both sides of a mandate, and what they tell of."""
CODE_BYTES: Final = 10
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who stands at a counter: the kind and number of their document, and the name on it."""

    kind: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What a counter noted: about whom, and whether a second official has confirmed it now."""

    principal: UUID
    holder: UUID
    confirmed: bool
    uid: UUID


def offer_mandate(*, actor: Actor, scopes: frozenset[Scope], ends_on: date, at: datetime, reason: str) -> str:
    """A one-use code that the person hands to their helper, shown once and good for seven days. Nobody is looked for.

    ``ends_on``: the first day on which it is over. Raises Refusal.
    """
    person_id, account_id = _self(actor)
    with as_person(person_id), in_transaction():
        lately = MandateCode.objects.filter(person_id=person_id, made_at__gt=at - _A_DAY).count()
        require(rules.may_offer(lately, acts_for_another=actor.mandate is not None))
        today = shanghai_day(at)
        # who the helper will be is not known yet, so what concerns them is asked when they agree
        nobody = new_uid()
        require(rules.may_be_given(_by_oneself(person_id, nobody, scopes, today, ends_on), today))
        raw = secrets.token_hex(CODE_BYTES).upper()
        code = "-".join(raw[i : i + 5] for i in range(0, 2 * CODE_BYTES, 5))
        MandateCode.objects.create(
            code_hash=code_hash(code),
            person_id=person_id,
            made_by=account_id,
            made_at=at,
            expires_at=at + OFFER_LIFE,
            scopes=sorted(scope.value for scope in scopes),
            ends_on=ends_on,
        )
        journal.record(actor, "offer_mandate", OF_A_MANDATE, new_uid(), at=at, reason=reason)
    return code


def take_back_offers(*, actor: Actor, at: datetime, reason: str) -> None:
    """The person makes every code that nobody used yet void."""
    person_id, _ = _self(actor)
    if actor.mandate is not None:
        raise Refusal(Refused("mandate_not_passed_on", "民法典 169"))
    with as_person(person_id), in_transaction():
        MandateCode.objects.filter(person_id=person_id, closed_at__isnull=True).update(closed_at=at)
        journal.record(actor, "take_back_offers", OF_A_MANDATE, new_uid(), at=at, reason=reason)


def accept_mandate(*, actor: Actor, code: str, at: datetime, reason: str) -> MandateView:
    """The helper agrees, signed in as themself: the mandate is in force from now on, and both are told.

    Raises Refusal: the same for a code that is wrong, used or too old.
    """
    holder_id, account_id = _self(actor)
    if actor.mandate is not None:
        raise Refusal(Refused("mandate_not_passed_on", "民法典 169"))
    with in_transaction():
        offered = queries.open_code(code, at)
        facts = _by_oneself(
            offered.person_id, holder_id, frozenset(map(Scope, offered.scopes)), shanghai_day(at), offered.ends_on
        )
        require(rules.may_be_given(_with_births(facts), shanghai_day(at)))
        hashed = code_hash(code)
        with with_keys([hashed]):
            # of two who type it at once one has it
            if not MandateCode.objects.filter(code_hash=hashed, closed_at__isnull=True).update(closed_at=at):
                raise Refusal(queries.UNKNOWN)
        row = _write(facts, given_by=offered.made_by, side=MandateSide.PRINCIPAL, organisation_id=None, at=at)
        _confirm(actor, row, MandateSide.HOLDER, account_id, at=at, reason=reason)
        with as_person(offered.person_id):
            view = queries.mandate_told(offered.person_id, row.mandate_id, at=at)
    assert view is not None
    return view


def note_mandate(
    *,
    actor: Actor,
    principal: Named,
    holder: Named,
    kind: MandateKind,
    scopes: frozenset[Scope],
    ends_on: date | None,
    proof: Proof,
    proof_number: str,
    at: datetime,
    reason: str,
) -> Noted:
    """What two people at a counter showed: noted by the first official, in force when a second types the same from the papers.

    A mandate that was noted and not confirmed within seven days is nothing. ``ends_on``: None for a parent, whose mandate ends
    when the child comes of age. Whether the official may is the caller's to ask. Raises Refusal.
    """
    if actor.official_id is None:
        raise Refusal(Refused("official_needed", "F12"))
    with in_transaction():
        persons = [
            person_for_verified_identity(
                kind=one.kind, number=one.number, name=one.name, assurance=Assurance.COUNTER, source="counter",
                actor=actor, at=at,
            )
            for one in (principal, holder)
        ]  # fmt: skip
        today = shanghai_day(at)
        facts = _with_births(
            MandateFacts(persons[0], persons[1], kind, scopes, today, ends_on, proof, proof_number.strip())
        )
        facts = replace(facts, ends_on=ends_on or rules.ends_on(facts))
        require(rules.may_be_given(facts, today))
        with as_person(facts.principal):
            queries.lock_mandates(facts.principal)
            waiting = _waiting(facts, at)
        others = [row for row in waiting if row.given_by != actor.official_id]
        if waiting and not others:
            raise Refusal(Refused("second_person_needed", rules.BY_RULING))
        row = others[0] if others else None
        if row is not None:
            _confirm(actor, row, MandateSide.OFFICE, actor.official_id, at=at, reason=reason)
            return Noted(facts.principal, facts.holder, confirmed=True, uid=row.uid)
        row = _write(
            facts, given_by=actor.official_id, side=MandateSide.OFFICE, organisation_id=actor.organisation_id, at=at
        )
        journal.record(actor, "note_person_mandate", OF_A_MANDATE, row.uid, at=at, reason=reason)
        return Noted(facts.principal, facts.holder, confirmed=False, uid=row.uid)


def end_mandate(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> None:
    """Either side ends a mandate, at once and without a reason: ``reason`` says through which page.

    Raises PersonMandateUnknown.
    """
    person_id, account_id = _self(actor)
    if actor.mandate is not None and actor.mandate.uid != uid:
        raise Refusal(Refused("mandate_not_passed_on", "民法典 169"))
    with as_person(person_id):
        given = next((one for one in queries.mandates_given(person_id, at=at) if one.uid == uid), None)
    found = given or next((one for one in queries.mandates_held(person_id, at=at) if one.uid == uid), None)
    if found is None:
        raise queries.PersonMandateUnknown()
    side = MandateSide.PRINCIPAL if given else MandateSide.HOLDER
    _end(actor, found, side, account_id, at=at, reason=reason)


def end_mandates_at_counter(*, actor: Actor, principal: UUID, holder: UUID, at: datetime, reason: str) -> int:
    """An office ends every mandate of these two that works or waits, with its reason. Returns how many.

    Whether the official may is the caller's to ask. Raises PersonMandateUnknown where there is none.
    """
    if actor.official_id is None:
        raise Refusal(Refused("official_needed", "F12"))
    with as_person(principal):
        found = [
            one
            for one in queries.mandates_given(principal, at=at)
            if one.holder == holder and one.ended_at is None and one.ends_on > shanghai_day(at)
        ]
    if not found:
        raise queries.PersonMandateUnknown()
    for one in found:
        _end(actor, one, MandateSide.OFFICE, actor.official_id, at=at, reason=reason)
    return len(found)


def _self(actor: Actor) -> tuple[UUID, UUID]:
    """The person who is signed in, and their account, whomever they act for."""
    if actor.kind != "person" or actor.person_id is None or actor.account_id is None:
        raise Refusal(queries.NOT_YOURS)
    return actor.person_id, actor.account_id


def _by_oneself(
    principal: UUID, holder: UUID, scopes: frozenset[Scope], starts_on: date, ends_on: date
) -> MandateFacts:
    return MandateFacts(principal, holder, MandateKind.HELPER, scopes, starts_on, ends_on, Proof.OWN_ACT, "")


def _with_births(facts: MandateFacts) -> MandateFacts:
    found = []
    for person_id in (facts.principal, facts.holder):
        with as_person(person_id):
            found.append(queries.birth_of(person_id, facts.starts_on))
    return replace(facts, born_on=found[0], holder_born_on=found[1])


def _waiting(facts: MandateFacts, at: datetime) -> list[Mandate]:
    """What was noted of the same two, in the same words, and waits for its second official. The person must be set."""
    assert facts.ends_on is not None
    rows = Mandate.objects.filter(
        person_id=facts.principal,
        holder_id=facts.holder,
        kind=facts.kind.value,
        scopes=sorted(scope.value for scope in facts.scopes),
        ends_on=facts.ends_on,
        proof=facts.proof.value,
        given_side=MandateSide.OFFICE.value,
        made_at__gt=at - OFFER_LIFE,
    ).order_by("made_at", "mandate_id")
    done = set(MandateAct.objects.filter(person_id=facts.principal).values_list("mandate_id", flat=True))
    return [
        row for row in rows if row.mandate_id not in done and queries.proof_number_of(row) == facts.proof_number.strip()
    ]


def _write(
    facts: MandateFacts, *, given_by: UUID, side: MandateSide, organisation_id: UUID | None, at: datetime
) -> Mandate:
    """The row of a mandate, and the holder's pointer to it; neither gives anything before it is confirmed."""
    mandate_id, uid = new_id(at), new_uid()
    assert facts.ends_on is not None
    with as_person(facts.principal):
        key = key_of(facts.principal)
        if key is None:
            raise Refusal(Refused("person_erased", "个人信息保护法 47"))
        row = Mandate.objects.create(
            person_id=facts.principal,
            mandate_id=mandate_id,
            uid=uid,
            holder_id=facts.holder,
            kind=facts.kind.value,
            scopes=sorted(scope.value for scope in facts.scopes),
            starts_on=facts.starts_on,
            ends_on=facts.ends_on,
            proof=facts.proof.value,
            sealed=keyring.current().suite.seal(
                key, facts.proof_number.encode(), queries.sealed_proof_aad(facts.principal, mandate_id)
            ),
            given_by=given_by,
            given_side=side.value,
            organisation_id=organisation_id,
            made_at=at,
        )
    with as_person(facts.holder):
        MandateHeld.objects.create(person_id=facts.holder, mandate_id=mandate_id, uid=uid, principal_id=facts.principal)
    return row


def _confirm(actor: Actor, row: Mandate, side: MandateSide, by: UUID, *, at: datetime, reason: str) -> None:
    with as_person(row.person_id):
        MandateAct.objects.create(
            person_id=row.person_id,
            mandate_id=row.mandate_id,
            act=MandateAct.CONFIRMED,
            at=at,
            side=side.value,
            by=by,
            organisation_id=actor.organisation_id,
            given_by=row.given_by,
            given_side=row.given_side,
            reason=reason,
        )
        journal.record(actor, "confirm_person_mandate", OF_A_MANDATE, row.uid, at=at, reason=reason)
    _tell_both(row.person_id, row.holder_id, row.mandate_id, MANDATE_BEGUN, at)


def _end(actor: Actor, found: MandateView, side: MandateSide, by: UUID, *, at: datetime, reason: str) -> None:
    """Ending what has ended already changes nothing."""
    with as_person(found.principal), in_transaction():
        queries.lock_mandates(found.principal)
        _, made = MandateAct.objects.get_or_create(
            person_id=found.principal,
            mandate_id=found.mandate_id,
            act=MandateAct.ENDED,
            defaults={
                "at": at, "side": side.value, "by": by, "organisation_id": actor.organisation_id, "reason": reason,
            },
        )  # fmt: skip
        if made:
            journal.record(actor, "end_person_mandate", OF_A_MANDATE, found.uid, at=at, reason=reason)
    if made and found.confirmed_at is not None:
        _tell_both(found.principal, found.holder, found.mandate_id, MANDATE_ENDED, at)


def _tell_both(principal: UUID, holder: UUID, mandate_id: UUID, kind: str, at: datetime) -> None:
    for person_id in (principal, holder):
        with as_person(person_id):
            outbox.tell(person_id=person_id, kind=kind, subject_kind=OF_A_MANDATE, subject_id=mandate_id, at=at)
