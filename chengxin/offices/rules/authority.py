"""Who may enter, what an official may do, and how far it reaches. The moment is always an argument; days are Shanghai's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules.bases import LEAST_POWER, TWO_FACTORS
from chengxin.offices.rules.mandates import MandateFacts, not_in_force, standing
from chengxin.offices.terms import (
    KEPT_WHEN_SUSPENDED,
    PERMISSION_WORDS,
    PERMISSIONS,
    ROLE_WORDS,
    SCOPES,
    Matrix,
    MatrixRow,
    Permission,
    Reason,
    Role,
    Scope,
    Standing,
)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the door knows of a session."""

    is_official: bool
    is_active: bool
    second_factor: bool


@dataclass(frozen=True, slots=True)
class OfficialFacts:
    """An official at the moment of an act, with the one mandate they act under.

    ``access_suspended``: their own asking or that of their organisation is suspended for misuse.
    """

    account_active: bool
    official_active: bool
    organisation_active: bool
    mandate: MandateFacts | None
    access_suspended: bool


def may_enter(facts: SessionFacts) -> Decision:
    """Whether a session may act as an official at all: an active official's account with a second factor."""
    if not facts.is_active:
        return Refused(Reason.ACCOUNT_INACTIVE, LEAST_POWER)
    if not facts.is_official:
        return Refused(Reason.NOT_AN_OFFICIAL, LEAST_POWER)
    if not facts.second_factor:
        return Refused(Reason.SECOND_FACTOR_NEEDED, TWO_FACTORS)
    return ALLOWED


def may(facts: OfficialFacts, permission: Permission, at: datetime) -> Decision:
    """Whether an official may do a thing under their mandate at a moment (个人信息保护法 51(四))."""
    if (stopped := why_stopped(facts, at)) is not None:
        return stopped
    if facts.mandate is None or facts.mandate.role not in PERMISSIONS[permission]:
        return Refused(Reason.PERMISSION_MISSING, LEAST_POWER, {"permission": permission.value})
    if facts.access_suspended and facts.mandate.role is Role.INQUIRER and permission not in KEPT_WHEN_SUSPENDED:
        return Refused(Reason.ACCESS_SUSPENDED, LEAST_POWER)
    return ALLOWED


def why_stopped(facts: OfficialFacts, at: datetime) -> Refused | None:
    """Why an official may do nothing at all at a moment; None for one in office."""
    if not facts.account_active:
        return Refused(Reason.ACCOUNT_INACTIVE, LEAST_POWER)
    if not facts.official_active:
        return Refused(Reason.OFFICIAL_DISMISSED, LEAST_POWER)
    if not facts.organisation_active:
        return Refused(Reason.ORGANISATION_CLOSED, LEAST_POWER)
    if facts.mandate is None:
        return Refused(Reason.NO_MANDATE, LEAST_POWER)
    worth = standing(facts.mandate, shanghai_day(at))
    return None if worth is Standing.IN_FORCE else not_in_force(worth)


def reaches(role: Role, held_in: UUID, path: Sequence[UUID]) -> Decision:
    """Whether a role held in one organisation reaches another, given that one's path: itself first, the root last."""
    own = bool(path) and path[0] == held_in
    if own or (SCOPES[role] is Scope.BELOW and held_in in path):
        return ALLOWED
    return Refused(Reason.OUT_OF_REACH, LEAST_POWER)


def permission_matrix() -> Matrix:
    """The permission table as it is, for the page that shows it; nothing is typed twice."""
    roles = tuple(Role)
    return Matrix(
        roles=roles,
        role_words=tuple(ROLE_WORDS[role] for role in roles),
        rows=tuple(
            MatrixRow(
                permission=permission,
                words=PERMISSION_WORDS[permission],
                granted=tuple(role in PERMISSIONS[permission] for role in roles),
            )
            for permission in Permission
        ),
    )
