"""Who may ask for consent, what a person may agree to, and what an agreement is worth at a moment."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chengxin.access.terms.consent import Choice, ConsentStanding, ConsentView
from chengxin.kernel.decisions import ALLOWED, Decision, Refused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.access.terms.asking import Asker
    from chengxin.access.terms.consent import Scope
    from chengxin.catalogue.terms import PurposeSpec

LAPSES_DAYS: Final = 14
"""A request that nobody answers ends after so many days: silence is no consent (个人信息保护法 14)."""

PEACE_DAYS: Final = 30
"""So many days after a no the same organisation does not reach the person for the same purpose."""

_CONSENT: Final = "个人信息保护法 13"
_FREELY: Final = "个人信息保护法 14"
_WITHDRAW: Final = "个人信息保护法 15"
_LEAST: Final = "个人信息保护法 6"


def may_ask(asker: Asker, purpose: PurposeSpec | None, scope: Scope) -> Decision:
    """Whether this organisation may put the request: a purpose of its own that rests on consent, and nothing beyond it."""
    if purpose is None or not purpose.on_consent:
        return Refused("purpose_not_in_force", _CONSENT)
    if not asker.is_active or not asker.in_office or not purpose.is_for(asker.org_code, asker.org_kind):
        return Refused("not_for_this_organisation", _LEAST)
    if asker.is_suspended:
        return Refused("organisation_suspended", _LEAST)
    if not _within(scope, purpose.items) or bool(scope) is not bool(purpose.items):
        return Refused("nothing_asked_is_allowed", _LEAST)
    return ALLOWED


def worth_asking(before: ConsentView | None, at: datetime) -> bool:
    """Whether the person is asked, where this organisation asked for the same purpose before: one request at a time, and
    whoever said no, took it back or kept silent is left in peace for a while."""
    if before is None:
        return True
    now = standing(before, at)
    if now is ConsentStanding.ASKED:
        return False
    if now in (ConsentStanding.REFUSED, ConsentStanding.WITHDRAWN, ConsentStanding.LAPSED):
        last = before.withdrawn_at or before.answered_at or before.lapses_at
        return at - last >= timedelta(days=PEACE_DAYS)
    return True


def may_answer(consent: ConsentView, person_id: UUID, at: datetime) -> Decision:
    """Whether this person may still say yes or no."""
    if consent.person_id != person_id:
        return Refused("not_your_file", _CONSENT)
    if standing(consent, at) is not ConsentStanding.ASKED:
        return Refused("consent_answered", _FREELY)
    return ALLOWED


def may_choose(consent: ConsentView, choice: Choice, purpose: PurposeSpec | None, at: datetime) -> Decision:
    """Whether this may be agreed to: something, nothing beyond what was asked, for one use or until a moment, never for ever."""
    if purpose is None:
        return Refused("purpose_not_in_force", _CONSENT)
    if not _within(choice.scope, consent.asked) or bool(choice.scope) is not bool(consent.asked):
        return Refused("consent_chooses_nothing", _FREELY)
    if choice.once is (choice.ends_at is not None):
        return Refused("consent_needs_an_end", _FREELY)
    if choice.ends_at is not None and not at < choice.ends_at <= longest(purpose, at):
        return Refused("consent_too_long", _LEAST, {"days": purpose.ground_days})
    return ALLOWED


def longest(purpose: PurposeSpec, at: datetime) -> datetime:
    """The latest end that a consent given now may have."""
    return at + timedelta(days=purpose.ground_days)


def may_withdraw(consent: ConsentView, person_id: UUID, at: datetime) -> Decision:
    """Whether there is something to take back. No reason is asked for (个人信息保护法 15)."""
    if consent.person_id != person_id:
        return Refused("not_your_file", _WITHDRAW)
    if standing(consent, at) is not ConsentStanding.GIVEN:
        return Refused("consent_not_standing", _WITHDRAW)
    return ALLOWED


def standing(consent: ConsentView, at: datetime) -> ConsentStanding:
    """What the request is worth at this moment; no job has to run for it."""
    if consent.withdrawn_at is not None:
        return ConsentStanding.WITHDRAWN
    if consent.used_at is not None:
        return ConsentStanding.USED
    if consent.refused:
        return ConsentStanding.REFUSED
    if consent.answered_at is None:
        return ConsentStanding.ASKED if at < consent.lapses_at else ConsentStanding.LAPSED
    if consent.ends_at is not None and at >= consent.ends_at:
        return ConsentStanding.ENDED
    return ConsentStanding.GIVEN


def _within(scope: Scope, wider: Scope) -> bool:
    return all(item in wider and fields and fields <= wider[item] for item, fields in scope.items())
