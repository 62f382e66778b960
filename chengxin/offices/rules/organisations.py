"""Organisations: where one may stand, when one may be closed, and how a city begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules.bases import LEAST_POWER, TWO_PEOPLE
from chengxin.offices.terms import PARENTS, FirstHead, Reason, Tier


def may_register(tier: Tier, below: Tier, *, parent_active: bool) -> Decision:
    """Whether an organisation of one tier may be put below one of another (`PARENTS`); the city has one lead office."""
    if not parent_active:
        return Refused(Reason.ORGANISATION_CLOSED, LEAST_POWER)
    if tier is Tier.LEAD:
        return Refused(Reason.CITY_ALREADY_FOUNDED, "F1")
    if below not in PARENTS[tier]:
        return Refused(Reason.ORGANISATION_MISPLACED, "F1", {"tier": tier.value, "below": below.value})
    return ALLOWED


def may_close(*, is_root: bool, officials: int, open_children: int) -> Decision:
    """Whether an organisation may be closed: not the root, nobody in office there, nothing open below it."""
    if is_root:
        return Refused(Reason.ROOT_STAYS, "F1")
    if officials or open_children:
        return Refused(
            Reason.ORGANISATION_IN_USE, LEAST_POWER, {"officials": officials, "organisations_below": open_children}
        )
    return ALLOWED


def may_found(actor_kind: str, heads: Sequence[FirstHead], today: date, ends_on: date) -> Decision:
    """Whether first heads may be seated: by the platform's own command, two people, for days that are still to come."""
    if actor_kind != "system":
        return Refused(Reason.ONLY_BY_COMMAND, TWO_PEOPLE)
    if len({head.account_id for head in heads}) != 2:
        return Refused(Reason.FOUNDING_NEEDS_TWO, TWO_PEOPLE)
    if ends_on < today:
        return Refused(Reason.DATES_OUT_OF_ORDER, LEAST_POWER)
    return ALLOWED
