"""An account becomes an actor, and what the actor may do is read anew at each question."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chengxin.foundation import actors
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import MandateUnknown, Permission, Reason, Role, Standing, Tier
from tests.making import WHY, heads, make_account, make_city, make_official, make_organisation, mandate_of, official_of
from tests.people import NOW


def reason_of(decision: Decision) -> str:
    assert isinstance(decision, Refused)
    return decision.reason


def test_an_official_acts_in_their_role_and_office() -> None:
    office = make_organisation()
    clerk = make_official(role=Role.CLERK, organisation=office)
    assert (clerk.kind, clerk.role, clerk.organisation_id) == ("official", "clerk", office.id)
    assert offices.may(clerk, Permission.SEND_FILE, NOW) == ALLOWED
    assert reason_of(offices.may(clerk, Permission.GRANT_MANDATE, NOW)) == Reason.PERMISSION_MISSING


def test_no_actor_without_a_second_factor() -> None:
    account = official_of(make_official()).account
    assert offices.actor_for(account, second_factor=True, at=NOW).account_id == account.id
    with pytest.raises(Refusal) as refused:
        offices.actor_for(account, second_factor=False, at=NOW)
    assert refused.value.refused.reason == Reason.SECOND_FACTOR_NEEDED


def test_no_actor_for_a_resident_a_closed_account_or_one_nobody_appointed() -> None:
    for account, reason in (
        (make_account(kind="resident"), Reason.NOT_AN_OFFICIAL),
        (make_account(active=False), Reason.ACCOUNT_INACTIVE),
        (make_account(), Reason.NOT_AN_OFFICIAL),
    ):
        with pytest.raises(Refusal) as refused:
            offices.actor_for(account, second_factor=True, at=NOW)
        assert refused.value.refused.reason == reason


def test_a_suspension_works_on_an_actor_already_in_hand() -> None:
    clerk = make_official()
    assert offices.may(clerk, Permission.SEND_FILE, NOW) == ALLOWED
    offices.suspend_mandate(actor=heads()[0], mandate_uid=mandate_of(clerk).uid, at=NOW, reason=WHY)
    assert reason_of(offices.may(clerk, Permission.SEND_FILE, NOW)) == Reason.MANDATE_SUSPENDED
    with pytest.raises(Refusal):
        offices.require_permission(clerk, Permission.SEND_FILE, NOW)


def test_a_dismissal_and_a_closed_account_stop_everything_at_once() -> None:
    dismissed, closed = make_official(), make_official()
    assert dismissed.official_id is not None
    offices.dismiss_official(actor=heads()[0], official_id=dismissed.official_id, at=NOW, reason=WHY)
    Account.objects.filter(id=official_of(closed).account_id).update(is_active=False)
    assert reason_of(offices.may(dismissed, Permission.SEND_FILE, NOW)) == Reason.OFFICIAL_DISMISSED
    assert reason_of(offices.may(closed, Permission.SEND_FILE, NOW)) == Reason.ACCOUNT_INACTIVE


def test_an_unconfirmed_mandate_lapses_with_no_job_and_a_confirmed_one_goes_on() -> None:
    kept, left = make_official(), make_official()
    due = mandate_of(left).reapproval_due_on
    assert due == shanghai_day(NOW) + timedelta(days=180)
    last_day, day_after = NOW + timedelta(days=180), NOW + timedelta(days=181)
    offices.reapprove_mandate(actor=heads()[0], mandate_uid=mandate_of(kept).uid, at=last_day, reason=WHY)
    for clerk in (kept, left):
        assert offices.may(clerk, Permission.SEND_FILE, last_day) == ALLOWED
    assert offices.may(kept, Permission.SEND_FILE, day_after) == ALLOWED
    assert reason_of(offices.may(left, Permission.SEND_FILE, day_after)) == Reason.MANDATE_LAPSED


def test_an_actor_made_up_by_hand_may_nothing() -> None:
    clerk = make_official(role=Role.CLERK)
    other = make_organisation()
    for forged in (replace(clerk, role=Role.OFFICE_HEAD.value), replace(clerk, organisation_id=other.id)):
        assert reason_of(offices.may(forged, Permission.SEE_PERMISSIONS, NOW)) == Reason.NO_MANDATE
    assert reason_of(offices.may(actors.system("nightly"), Permission.SEND_FILE, NOW)) == Reason.NOT_AN_OFFICIAL


def test_reach_follows_the_tree_of_the_tables() -> None:
    district = make_organisation(tier=Tier.DISTRICT)
    bureau = make_organisation(parent=district)
    sister = make_organisation()
    officer = make_official(role=Role.IDENTITY_OFFICER, organisation=district)
    clerk = make_official(role=Role.CLERK, organisation=bureau)
    may = offices.may
    assert may(officer, Permission.DECIDE_QUARANTINE, NOW, organisation_id=bureau.id) == ALLOWED
    assert may(officer, Permission.DECIDE_QUARANTINE, NOW, organisation_id=district.id) == ALLOWED
    assert may(clerk, Permission.SEND_FILE, NOW, organisation_id=bureau.id) == ALLOWED
    for actor, permission, elsewhere in (
        (officer, Permission.DECIDE_QUARANTINE, sister.id),
        (officer, Permission.DECIDE_QUARANTINE, make_city().id),
        (clerk, Permission.SEND_FILE, sister.id),
        (clerk, Permission.SEND_FILE, district.id),
    ):
        assert reason_of(may(actor, permission, NOW, organisation_id=elsewhere)) == Reason.OUT_OF_REACH


def test_with_two_mandates_one_acts_at_a_time() -> None:
    clerk = make_official(role=Role.CLERK)
    first, second = heads()
    assert clerk.official_id is not None
    assert clerk.organisation_id is not None
    today = shanghai_day(NOW)
    other = offices.grant_mandate(
        actor=first,
        official_id=clerk.official_id,
        role=Role.SUPERVISOR_CLERK,
        organisation_id=clerk.organisation_id,
        starts_on=today,
        ends_on=today,
        at=NOW,
        reason=WHY,
    )
    offices.approve_mandate(actor=second, mandate_uid=other.uid, at=NOW, reason=WHY)
    account = official_of(clerk).account
    assert offices.actor_for(account, second_factor=True, at=NOW).role == Role.CLERK
    chosen = offices.actor_for(account, second_factor=True, at=NOW, mandate_uid=other.uid)
    assert chosen.role == Role.SUPERVISOR_CLERK
    assert reason_of(offices.may(chosen, Permission.SEND_FILE, NOW)) == Reason.PERMISSION_MISSING
    with pytest.raises(MandateUnknown):
        offices.actor_for(official_of(make_official()).account, second_factor=True, at=NOW, mandate_uid=other.uid)
    mine = offices.mandates_of(clerk, clerk.official_id, NOW)
    assert {(one.role, one.standing) for one in mine} == {
        (Role.CLERK, Standing.IN_FORCE),
        (Role.SUPERVISOR_CLERK, Standing.IN_FORCE),
    }


def test_officials_are_shown_to_those_whose_office_it_is() -> None:
    bureau, sister = make_organisation(), make_organisation()
    clerk = make_official(organisation=bureau)
    head = make_official(role=Role.OFFICE_HEAD, organisation=bureau)
    auditor = make_official(role=Role.AUDITOR)
    shown = {one.id for one in offices.officials_of(head, bureau.id, NOW)}
    assert shown == {clerk.official_id, head.official_id}
    assert shown < {one.id for one in offices.officials_of(auditor, make_city().id, NOW, below=True)}
    for actor, organisation_id in ((clerk, bureau.id), (head, sister.id)):
        with pytest.raises(Refusal):
            offices.officials_of(actor, organisation_id, NOW)
    assert clerk.official_id is not None
    assert head.official_id is not None
    assert [one.holder_name for one in offices.mandates_of(head, clerk.official_id, NOW)] == [
        one.name for one in offices.officials_of(head, bureau.id, NOW) if one.id == clerk.official_id
    ]
    with pytest.raises(Refusal):
        offices.mandates_of(clerk, head.official_id, NOW)


def test_a_head_sees_what_waits_and_what_is_due_in_reach() -> None:
    bureau = make_organisation()
    head = make_official(role=Role.OFFICE_HEAD, organisation=bureau)
    clerk, elsewhere = make_official(organisation=bureau), make_official()
    due = offices.mandates_due(head, NOW, until=shanghai_day(NOW) + timedelta(days=180))
    assert {one.official_id for one in due} == {head.official_id, clerk.official_id}
    assert offices.mandates_due(head, NOW, until=shanghai_day(NOW) + timedelta(days=179)) == []
    everywhere = offices.mandates_due(heads()[0], NOW, until=shanghai_day(NOW) + timedelta(days=180))
    assert {clerk.official_id, elsewhere.official_id} < {one.official_id for one in everywhere}
    offices.suspend_mandate(actor=head, mandate_uid=mandate_of(clerk).uid, at=NOW, reason=WHY)
    due = offices.mandates_due(head, NOW, until=shanghai_day(NOW) + timedelta(days=180))
    assert [one.official_id for one in due] == [head.official_id]
    official = offices.appoint_official(
        actor=head, account_id=make_account().id, organisation_id=bureau.id, name="司徒明", at=NOW, reason=WHY
    )
    waiting = offices.grant_mandate(
        actor=head,
        official_id=official.id,
        role=Role.CLERK,
        organisation_id=bureau.id,
        starts_on=shanghai_day(NOW),
        ends_on=shanghai_day(NOW),
        at=NOW,
        reason=WHY,
    )
    assert [one.uid for one in offices.mandates_waiting(head, NOW)] == [waiting.uid]
    assert waiting.uid in {one.uid for one in offices.mandates_waiting(heads()[1], NOW)}
