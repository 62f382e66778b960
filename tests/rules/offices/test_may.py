"""Who may enter, who may do what, how far, and what may be granted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules import (
    GrantFacts,
    MandateFacts,
    OfficialFacts,
    SessionFacts,
    may,
    may_close,
    may_enter,
    may_grant,
    may_register,
    reaches,
    stands_alone,
    why_stopped,
)
from chengxin.offices.terms import PERMISSIONS, SEATS, MandateState, Permission, Reason, Role, Tier

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
ROOT, DISTRICT, OFFICE, SISTER = (UUID(int=n) for n in range(1, 5))
PATH = (OFFICE, DISTRICT, ROOT)


def reason_of(decision: Decision) -> str:
    assert isinstance(decision, Refused)
    assert decision.basis
    return decision.reason


def official(role: Role = Role.CLERK) -> OfficialFacts:
    held = MandateFacts(role, MandateState.APPROVED, TODAY, TODAY + timedelta(days=365), TODAY + timedelta(days=180))
    return OfficialFacts(True, True, True, held, access_suspended=False)


def test_a_session_enters_with_a_second_factor_and_not_without() -> None:
    whole = SessionFacts(is_official=True, is_active=True, second_factor=True)
    assert may_enter(whole) == ALLOWED
    assert reason_of(may_enter(replace(whole, second_factor=False))) == Reason.SECOND_FACTOR_NEEDED
    assert reason_of(may_enter(replace(whole, is_official=False))) == Reason.NOT_AN_OFFICIAL
    assert reason_of(may_enter(replace(whole, is_active=False))) == Reason.ACCOUNT_INACTIVE


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_every_role_may_what_the_table_says_and_nothing_else(role: Role, permission: Permission) -> None:
    decision = may(official(role), permission, NOON)
    if role in PERMISSIONS[permission]:
        assert decision == ALLOWED
    else:
        assert reason_of(decision) == Reason.PERMISSION_MISSING


def test_what_stops_an_official_stops_every_permission() -> None:
    whole = official()
    assert whole.mandate is not None
    assert why_stopped(whole, NOON) is None
    stopped = {
        Reason.ACCOUNT_INACTIVE: replace(whole, account_active=False),
        Reason.OFFICIAL_DISMISSED: replace(whole, official_active=False),
        Reason.ORGANISATION_CLOSED: replace(whole, organisation_active=False),
        Reason.NO_MANDATE: replace(whole, mandate=None),
        Reason.MANDATE_PROPOSED: replace(whole, mandate=replace(whole.mandate, state=MandateState.PROPOSED)),
        Reason.MANDATE_REFUSED: replace(whole, mandate=replace(whole.mandate, state=MandateState.REFUSED)),
        Reason.MANDATE_SUSPENDED: replace(whole, mandate=replace(whole.mandate, state=MandateState.SUSPENDED)),
        Reason.MANDATE_ENDED: replace(whole, mandate=replace(whole.mandate, state=MandateState.ENDED)),
        Reason.MANDATE_NOT_STARTED: replace(whole, mandate=replace(whole.mandate, starts_on=TODAY + timedelta(days=1))),
        Reason.MANDATE_EXPIRED: replace(whole, mandate=replace(whole.mandate, ends_on=TODAY - timedelta(days=1))),
        Reason.MANDATE_LAPSED: replace(
            whole, mandate=replace(whole.mandate, reapproval_due_on=TODAY - timedelta(days=1))
        ),
    }
    for reason, facts in stopped.items():
        for permission in Permission:
            assert reason_of(may(facts, permission, NOON)) == reason


@pytest.mark.parametrize("role", list(Role))
def test_suspended_access_leaves_an_inquirer_the_reply_and_other_roles_everything(role: Role) -> None:
    whole = replace(official(role), access_suspended=True)
    stopped = {
        permission
        for permission, roles in PERMISSIONS.items()
        if role in roles and may(whole, permission, NOON) != ALLOWED
    }
    if role is not Role.INQUIRER:
        assert not stopped
        return
    assert stopped == {Permission.OPEN_CASE, Permission.SEE_CASES, Permission.LOOK_UP, Permission.ASK_SEAL}
    assert reason_of(may(whole, Permission.LOOK_UP, NOON)) == Reason.ACCESS_SUSPENDED


def test_the_day_is_shanghais() -> None:
    whole = official()
    assert whole.mandate is not None
    last_day = replace(whole, mandate=replace(whole.mandate, ends_on=TODAY))
    assert may(last_day, Permission.SEND_FILE, datetime(2026, 3, 2, 15, 59, tzinfo=UTC)) == ALLOWED
    after = may(last_day, Permission.SEND_FILE, datetime(2026, 3, 2, 16, 0, tzinfo=UTC))
    assert reason_of(after) == Reason.MANDATE_EXPIRED


def test_who_supplies_or_asks_reaches_the_own_organisation_alone() -> None:
    for role in (Role.CLERK, Role.SUPERVISOR_CLERK, Role.INQUIRER):
        assert reaches(role, OFFICE, PATH) == ALLOWED
        for elsewhere in (DISTRICT, ROOT, SISTER):
            assert reason_of(reaches(role, elsewhere, PATH)) == Reason.OUT_OF_REACH


def test_an_office_reaches_down_the_tree_never_up_or_aside() -> None:
    for held_in in PATH:
        assert reaches(Role.OFFICE_HEAD, held_in, PATH) == ALLOWED
    assert reason_of(reaches(Role.OFFICE_HEAD, SISTER, PATH)) == Reason.OUT_OF_REACH
    assert reason_of(reaches(Role.OFFICE_HEAD, OFFICE, (DISTRICT, ROOT))) == Reason.OUT_OF_REACH
    assert reason_of(reaches(Role.OFFICE_HEAD, ROOT, ())) == Reason.OUT_OF_REACH


def test_where_an_organisation_may_stand() -> None:
    allowed = {
        (tier, below) for tier, below in product(Tier, Tier) if may_register(tier, below, parent_active=True) == ALLOWED
    }
    supplying = (Tier.LEAD, Tier.DISTRICT, Tier.SUPPLIER)
    assert allowed == {*product((Tier.DISTRICT, Tier.SUPPLIER), supplying), *product((Tier.ASKER,), supplying[:2])}
    below_a_supplier = may_register(Tier.ASKER, Tier.SUPPLIER, parent_active=True)
    assert reason_of(below_a_supplier) == Reason.ORGANISATION_MISPLACED
    assert reason_of(may_register(Tier.LEAD, Tier.LEAD, parent_active=True)) == Reason.CITY_ALREADY_FOUNDED
    assert reason_of(may_register(Tier.ASKER, Tier.LEAD, parent_active=False)) == Reason.ORGANISATION_CLOSED


def grant(role: Role = Role.CLERK, tier: Tier = Tier.SUPPLIER) -> GrantFacts:
    return GrantFacts(
        granted_by=UUID(int=1),
        official_id=UUID(int=2),
        official_active=True,
        organisation_active=True,
        tier=tier,
        role=role,
        starts_on=TODAY,
        ends_on=TODAY,
        held_roles=frozenset(),
        same_held=False,
    )


def test_a_grant_passes_and_each_fault_alone_refuses_it() -> None:
    whole = grant()
    assert may_grant(whole, TODAY) == ALLOWED
    faults = {
        Reason.OWN_MANDATE: replace(whole, official_id=whole.granted_by),
        Reason.OFFICIAL_DISMISSED: replace(whole, official_active=False),
        Reason.ORGANISATION_CLOSED: replace(whole, organisation_active=False),
        Reason.ROLE_NOT_SEATED_HERE: replace(whole, role=Role.ERASURE_OFFICER),
        Reason.DATES_OUT_OF_ORDER: replace(whole, starts_on=TODAY + timedelta(days=1)),
        Reason.STARTS_IN_THE_PAST: replace(whole, starts_on=TODAY - timedelta(days=1)),
        Reason.MANDATE_OVERLAPS: replace(whole, same_held=True),
        Reason.ROLE_STANDS_ALONE: replace(whole, held_roles=frozenset({Role.AUDITOR})),
    }
    for reason, facts in faults.items():
        assert reason_of(may_grant(facts, TODAY)) == reason


@pytest.mark.parametrize(("role", "tier"), list(product(Role, Tier)))
def test_each_role_sits_where_its_table_says(role: Role, tier: Tier) -> None:
    decision = may_grant(grant(role, tier), TODAY)
    if tier in SEATS[role]:
        assert decision == ALLOWED
    else:
        assert reason_of(decision) == Reason.ROLE_NOT_SEATED_HERE


def test_who_audits_does_nothing_else() -> None:
    assert not stands_alone(Role.AUDITOR, set())
    assert not stands_alone(Role.AUDITOR, {Role.AUDITOR})
    assert not stands_alone(Role.CLERK, {Role.CASE_OFFICER})
    assert stands_alone(Role.AUDITOR, {Role.CLERK})
    assert stands_alone(Role.CLERK, {Role.CASE_OFFICER, Role.AUDITOR})


def test_an_organisation_closes_when_nobody_depends_on_it() -> None:
    assert may_close(is_root=False, officials=0, open_children=0) == ALLOWED
    assert reason_of(may_close(is_root=True, officials=0, open_children=0)) == Reason.ROOT_STAYS
    assert reason_of(may_close(is_root=False, officials=1, open_children=0)) == Reason.ORGANISATION_IN_USE
    assert reason_of(may_close(is_root=False, officials=0, open_children=1)) == Reason.ORGANISATION_IN_USE
