"""Who may see what about whom: one pure function, its checks in order, the first that does not hold refuses (charter 5).

What concerns the asker is looked at first, so that a question which could never be answered touches no person's facts. Then
the ground, then the person. Whatever fact is missing refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chengxin.access.terms.asking import (
    ABOUT_THE_PERSON,
    OUTSIDE,
    Asked,
    Asker,
    CaseState,
    ConsentFacts,
    ConsentState,
    Grounds,
    Identified,
    NoAnswer,
    Permitted,
    PermittedEntry,
)
from chengxin.catalogue.terms import CheckRule, Operation, PurposeSpec
from chengxin.kernel.decisions import Refused

if TYPE_CHECKING:
    from datetime import datetime

_LEAST: Final = "个人信息保护法 6"
_SECURITY: Final = "个人信息保护法 51"
_CONSENT: Final = "个人信息保护法 13"
_WITHDRAWN: Final = "个人信息保护法 15"
_CHARTER: Final = "charter 5"

Check = Callable[[Asked, Asker, Grounds, PurposeSpec, "datetime"], Refused | None]


def decide(asked: Asked, asker: Asker, grounds: Grounds, at: datetime) -> Permitted | Refused:
    """What may be answered to this question at this moment, or the first reason against it with its legal basis."""
    purpose = grounds.purpose
    if purpose is None:
        return Refused(NoAnswer.PURPOSE_NOT_IN_FORCE, _LEAST)
    for check in CHECKS:
        refused = check(asked, asker, grounds, purpose, at)
        if refused is not None:
            return refused
    return _answer(asked, grounds, purpose)


def outward(refused: Refused) -> Refused:
    """The refusal as an outside asker is told it: nothing in it tells of a file, a dispute or a refusal (F13)."""
    return Refused(OUTSIDE, _CHARTER) if refused.reason in ABOUT_THE_PERSON else refused


def _operation(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if asked.operation not in purpose.operations:
        return Refused(NoAnswer.OPERATION_NOT_ALLOWED, _LEAST)
    if asked.persons > max(purpose.batch_most, 1):
        return Refused(NoAnswer.BATCH_TOO_LARGE, _LEAST, {"most": max(purpose.batch_most, 1)})
    return None


def _organisation(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if not asker.is_active or not purpose.is_for(asker.org_code, asker.org_kind):
        return Refused(NoAnswer.NOT_FOR_THIS_ORGANISATION, _LEAST)
    if asker.is_suspended:
        return Refused(NoAnswer.ORGANISATION_SUSPENDED, _SECURITY)
    return None


def _operator(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if not asker.in_office:
        return Refused(NoAnswer.OPERATOR_NOT_IN_OFFICE, _SECURITY)
    if asker.official and (asker.trained_until is None or asker.trained_until <= at):
        return Refused(NoAnswer.TRAINING_NOT_VALID, _SECURITY)
    if asker.official and asker.own_document is None:
        # else nobody could tell whether an official looks at their own file
        return Refused(NoAnswer.OWN_DOCUMENT_UNKNOWN, _SECURITY)
    return None


def _identified(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if asked.identified is not Identified.DOCUMENT:
        return Refused(NoAnswer.IDENTIFIED_BY_NAME, _LEAST)
    return None


def _case(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if not (purpose.case_needed or purpose.emergency):
        return None
    if purpose.emergency and not asked.case_ref and asker.official:
        # a machine writes no reason that anybody could be asked about
        return None if asked.reason.strip() else Refused(NoAnswer.REASON_MISSING, _LEAST)
    case = grounds.case
    if not asked.case_ref or case is None:
        return Refused(NoAnswer.CASE_MISSING, _LEAST)
    if case.organisation_id != asker.organisation_id:
        return Refused(NoAnswer.CASE_OF_OTHERS, _LEAST)
    if case.purpose != purpose.code:
        return Refused(NoAnswer.CASE_FOR_ANOTHER_PURPOSE, _LEAST)
    if case.state is not CaseState.OPEN or case.opened_at > at:
        return Refused(NoAnswer.CASE_NOT_OPEN, _LEAST)
    if at - case.opened_at > timedelta(days=purpose.ground_days):
        return Refused(NoAnswer.CASE_TOO_OLD, _LEAST, {"days": purpose.ground_days})
    if not case.named and not case.has_room:
        return Refused(NoAnswer.CASE_FULL, _LEAST)
    return None


def _law(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if purpose.basis is not None and not grounds.law_in_force:
        return Refused(NoAnswer.LAW_NOT_IN_FORCE, f"{purpose.basis.law} {purpose.basis.article}")
    return None


def _own_file(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if asker.own_document is not None and asker.own_document == grounds.document:
        return Refused(NoAnswer.OWN_FILE, _SECURITY)
    return None


def _consent(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if purpose.basis is not None:
        return None
    consent = grounds.consent
    if consent is None or consent.organisation_id != asker.organisation_id or consent.purpose != purpose.code:
        return Refused(NoAnswer.NO_CONSENT, _CONSENT)
    return _consent_lives(consent, purpose, at)


def _consent_lives(consent: ConsentFacts, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if consent.state is ConsentState.REFUSED:
        return Refused(NoAnswer.CONSENT_REFUSED, _CONSENT)
    if consent.state is ConsentState.WITHDRAWN:
        return Refused(NoAnswer.CONSENT_WITHDRAWN, _WITHDRAWN)
    if consent.state is ConsentState.USED:
        return Refused(NoAnswer.CONSENT_USED, _CONSENT)
    if consent.given_at > at:
        return Refused(NoAnswer.NO_CONSENT, _CONSENT)
    if consent.ends_at is not None and consent.ends_at <= at:
        return Refused(NoAnswer.CONSENT_ENDED, _CONSENT)
    if at - consent.given_at > timedelta(days=purpose.ground_days):
        return Refused(NoAnswer.CONSENT_TOO_OLD, _CONSENT, {"days": purpose.ground_days})
    return None


def _scope(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if asked.operation is Operation.LOOK_UP and not allowed_fields(asked, grounds, purpose):
        return Refused(NoAnswer.NOTHING_ASKED_IS_ALLOWED, _LEAST)
    if asked.operation is Operation.CHECK and purpose.basis is None:
        given = () if grounds.consent is None else grounds.consent.items
        # a question about an item that the person kept back would get half an answer
        if not all(item in given for item in purpose.about):
            return Refused(NoAnswer.NO_CONSENT, _CONSENT)
    return None


def _frequency(asked: Asked, asker: Asker, grounds: Grounds, purpose: PurposeSpec, at: datetime) -> Refused | None:
    if grounds.answered_before >= purpose.frequency.times:
        return Refused(NoAnswer.TOO_OFTEN, _LEAST, {"times": purpose.frequency.times, "days": purpose.frequency.days})
    return None


CHECKS: Final[tuple[Check, ...]] = (
    _operation,
    _organisation,
    _operator,
    _identified,
    _case,
    _law,
    _own_file,
    _consent,
    _scope,
    _frequency,
)
"""In this order. Before them: a purpose in force. After them: the person is held, and something of theirs may be shown."""


def allowed_fields(asked: Asked, grounds: Grounds, purpose: PurposeSpec) -> dict[str, frozenset[str]]:
    """Item -> fields within the intersection of question, ground and purpose; items with nothing left are left out."""
    found = purpose.items
    if purpose.basis is None:
        given = {} if grounds.consent is None else grounds.consent.items
        found = {item: fields & given[item] for item, fields in found.items() if item in given}
    if asked.items is not None:
        wanted = asked.items
        found = {item: fields & wanted[item] for item, fields in found.items() if item in wanted}
    return {item: fields for item, fields in found.items() if fields}


def _answer(asked: Asked, grounds: Grounds, purpose: PurposeSpec) -> Permitted | Refused:
    consent = grounds.consent if purpose.basis is None else None
    uid, uses_up = (None, False) if consent is None else (consent.uid, consent.ends_at is None)
    if asked.operation is Operation.VERIFY:
        # whether somebody is held here at all is no asker's business: unknown is told as "not together"
        return Permitted((), grounds.name_agrees is True, uid, uses_up)
    if asked.operation is Operation.CHECK:
        about = tuple(
            PermittedEntry(one.uid, one.version, one.item, frozenset())
            for one in grounds.entries
            if one.item in purpose.about
        )
        return Permitted(about, bool(about) is (purpose.rule is CheckRule.HOLDS_ONE), uid, uses_up)
    if grounds.person_id is None:
        return Refused(NoAnswer.PERSON_UNKNOWN, _CHARTER)
    fields = allowed_fields(asked, grounds, purpose)
    shown = tuple(
        PermittedEntry(one.uid, one.version, one.item, fields[one.item])
        for one in grounds.entries
        if one.item in fields
    )
    if not shown:
        return Refused(NoAnswer.NOTHING_TO_SHOW, _CHARTER)
    return Permitted(shown, None, uid, uses_up)
