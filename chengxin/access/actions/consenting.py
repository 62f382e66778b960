"""Asking a person for consent, and the person's answer: given, refused, taken back. Each in one transaction of the person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError

from chengxin.access.actions.reading import require_own
from chengxin.access.models import Consent, ConsentStep
from chengxin.access.queries.consents import consent_of, newest_request
from chengxin.access.rules import consenting as rules
from chengxin.access.rules.receipts import Parties, receipt_content, signed
from chengxin.access.terms.consent import Choice, ConsentAct, ConsentView, Scope
from chengxin.catalogue import facade as catalogue
from chengxin.foundation import journal, keyring, outbox
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import require
from chengxin.kernel.errors import Conflict
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope as MandateScope

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.access.terms.asking import Asker
    from chengxin.foundation.actors import Actor

CONSENT_ASKED: Final = "consent_asked"
OF_A_CONSENT: Final = "consent"
PAIRWISE_BYTES: Final = 16


class ConsentAnswered(Conflict):
    """The request was answered, taken back or used at this very moment."""

    code = "consent_answered_meanwhile"


def ask_consent(
    *,
    actor: Actor,
    asker: Asker,
    kind: str,
    number: str,
    name: str,
    purpose: str,
    scope: Scope | None,
    at: datetime,
    reason: str,
) -> None:
    """Put a request to the person of this document, who is told of it by page and message.

    ``scope`` None: all that the purpose names. Nothing comes back: whether anybody of this number and name is held, was
    asked before or said no is not told (F13). Raises Refusal for what concerns the asker alone.
    """
    spec = catalogue.edition_on(shanghai_day(at)).purpose(purpose)
    wanted = dict(spec.items) if spec is not None and scope is None else dict(scope or {})
    require(rules.may_ask(asker, spec, wanted))
    uid = new_uid()
    with in_transaction():
        journal.record(
            actor, "ask_consent", "consent", uid, at=at, reason=reason, organisation_id=asker.organisation_id
        )
        person_id = persons.person_of_document_and_name(kind, number, name)
        if person_id is not None:
            with as_person(person_id):
                _put(person_id, uid, asker.organisation_id, purpose, wanted, at)


def _put(person_id: UUID, uid: UUID, organisation_id: UUID, purpose: str, wanted: Scope, at: datetime) -> None:
    before = newest_request(person_id, organisation_id=organisation_id, purpose=purpose)
    if not rules.worth_asking(before, at):
        return
    request = Consent(
        person_id=person_id,
        consent_id=new_id(at),
        uid=uid,
        organisation_id=organisation_id,
        purpose=purpose,
        asked=_stored(wanted),
        asked_at=at,
        lapses_at=at + timedelta(days=rules.LAPSES_DAYS),
    )
    request.save(force_insert=True)
    outbox.tell(
        person_id=person_id, kind=CONSENT_ASKED, subject_kind=OF_A_CONSENT, subject_id=request.consent_id, at=at
    )


def give_consent(
    *, actor: Actor, person_id: UUID, uid: UUID, choice: Choice, address: str, at: datetime, reason: str
) -> str:
    """The person agrees to what they chose, for one use or until a moment. Returns the signed receipt, which names the
    ``address`` of these pages.

    Raises Refusal, ConsentUnknown, ConsentAnswered.
    """
    with as_person(person_id):
        consent = _own(actor, person_id, uid, at)
        require(rules.may_answer(consent, person_id, at))
        purpose = catalogue.edition_on(shanghai_day(at)).purpose(consent.purpose)
        require(rules.may_choose(consent, choice, purpose, at))
        assert purpose is not None
        content = receipt_content(consent, choice, purpose, _parties(consent), at=at, address=address)
        if actor.mandate is not None:
            # whoever reads the receipt sees that another agreed in the person's place, and as what
            content["given_by"] = {"role": actor.role, "mandate": str(actor.mandate.uid)}
        signature = keyring.current().sign(canonical_json(content))
        receipt = signed(content, key_version=signature[0], signature=signature[1:])
        _step(
            actor,
            consent,
            ConsentAct.GIVEN,
            at,
            scope=_stored(choice.scope),
            once=choice.once,
            ends_at=choice.ends_at,
            receipt=receipt,
        )
        journal.record(actor, "give_consent", "consent", uid, at=at, reason=reason)
    return receipt


def refuse_consent(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str) -> None:
    """The person says no. It is kept; the asker learns nothing of it but that there is no answer (F13)."""
    with as_person(person_id):
        consent = _own(actor, person_id, uid, at)
        require(rules.may_answer(consent, person_id, at))
        _step(actor, consent, ConsentAct.REFUSED, at)
        journal.record(actor, "refuse_consent", "consent", uid, at=at, reason=reason)


def withdraw_consent(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str) -> None:
    """The person takes it back: the next question is refused (个人信息保护法 15). No reason is asked for:
    ``reason`` says through which page or counter it came."""
    with as_person(person_id):
        consent = _own(actor, person_id, uid, at)
        require(rules.may_withdraw(consent, person_id, at))
        _step(actor, consent, ConsentAct.WITHDRAWN, at)
        journal.record(actor, "withdraw_consent", "consent", uid, at=at, reason=reason)


def pairwise(person_id: UUID, organisation_id: UUID) -> str:
    """The person as one organisation alone knows them: two askers cannot join what they know by it (F2)."""
    return keyring.current().commit(person_id.bytes + organisation_id.bytes)[:PAIRWISE_BYTES].hex()


def _own(actor: Actor, person_id: UUID, uid: UUID, at: datetime) -> ConsentView:
    require_own(actor, person_id, MandateScope.CONSENT, at=at)
    return consent_of(person_id, uid)


def _step(actor: Actor, consent: ConsentView, act: ConsentAct, at: datetime, **what: object) -> None:
    try:
        with in_transaction():
            ConsentStep.objects.create(
                person_id=consent.person_id,
                consent_id=consent.consent_id,
                act=int(act),
                at=at,
                mandate_id=actor.mandate.mandate_id if actor.mandate else None,
                **what,
            )
    except IntegrityError as taken:
        raise ConsentAnswered() from taken


def _parties(consent: ConsentView) -> Parties:
    office = next(one for one in offices.organisations() if one.parent_id is None)
    asker = offices.organisation(consent.organisation_id)
    return Parties(
        controller=(office.name_zh, office.name_en, office.org_code),
        recipient=(asker.name_zh, asker.name_en, asker.org_code),
        principal=pairwise(consent.person_id, consent.organisation_id),
    )


def _stored(scope: Scope) -> dict[str, list[str]]:
    return {item: sorted(fields) for item, fields in sorted(scope.items())}
