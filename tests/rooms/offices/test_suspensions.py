"""Suspensions of access: imposed by a supervisor, told and answered, lifted by another, over by the clock."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Journal
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import facade as offices
from chengxin.offices.terms import (
    OfficialUnknown,
    Permission,
    Reason,
    Role,
    Suspended,
    SuspensionStanding,
    SuspensionUnknown,
    SuspensionView,
    Tier,
)
from tests.making import (
    WHY,
    heads,
    make_asker,
    make_city,
    make_client,
    make_inquirer,
    make_official,
    make_organisation,
    official_of,
)
from tests.people import NOW
from tests.rooms.offices.acting import refused

HOUR = timedelta(hours=1)
WORDS = "三天内查询了 40 次，没有在办事项。"


def supervisor() -> Actor:
    return make_official(role=Role.ACCESS_SUPERVISOR)


def suspend(
    by: Actor | None = None, *, at: datetime = NOW, days: float = 30, notice: str = WORDS, **of: UUID | None
) -> SuspensionView:
    return offices.suspend_access(
        actor=by or supervisor(), **of, ends_at=at + timedelta(days=days), notice=notice, at=at, reason=WHY
    )


def test_it_stops_the_asking_at_once_and_is_told_to_who_it_is_of() -> None:
    inquirer, by = make_inquirer(), supervisor()
    made = suspend(by, official_id=inquirer.official_id)
    assert (made.whose, made.thing_name) == (Suspended.OFFICIAL, official_of(inquirer).name)
    assert (made.reason, made.standing) == (WHY, SuspensionStanding.RUNNING)
    assert refused(lambda: offices.require_permission(inquirer, Permission.LOOK_UP, NOW)) == Reason.ACCESS_SUSPENDED
    (told,) = offices.suspensions_for(inquirer, NOW)
    assert (told.notice, told.ends_at, told.may_reply, told.may_lift) == (WORDS, made.ends_at, True, False)
    assert told.reason == "", "the supervisor's own words stay with the supervisors"
    assert told.by == by.official_id


def test_it_ends_by_the_clock_with_no_job() -> None:
    inquirer = make_inquirer()
    made = suspend(official_id=inquirer.official_id, days=1)
    just_before, then = made.ends_at - timedelta(seconds=1), made.ends_at
    assert offices.may(inquirer, Permission.LOOK_UP, just_before) != ALLOWED
    assert offices.may(inquirer, Permission.LOOK_UP, then) == ALLOWED
    assert offices.suspension_for(inquirer, made.uid, then).standing is SuspensionStanding.OVER


def test_the_official_replies_once() -> None:
    inquirer, by = make_inquirer(), supervisor()
    made = suspend(by, official_id=inquirer.official_id)
    told = offices.reply_to_suspension(
        actor=inquirer, suspension_uid=made.uid, at=NOW + HOUR, reason=" 都是窗口来人。 "
    )
    assert (told.reply, told.replied_at, told.replied_by) == ("都是窗口来人。", NOW + HOUR, inquirer.official_id)
    assert offices.suspension_for(by, made.uid, NOW + HOUR).reply == "都是窗口来人。"
    assert not told.may_reply
    again = refused(
        lambda: offices.reply_to_suspension(actor=inquirer, suspension_uid=made.uid, at=NOW + HOUR, reason="再说")
    )
    assert again == Reason.SUSPENSION_REPLIED
    assert offices.may(inquirer, Permission.LOOK_UP, NOW + HOUR) != ALLOWED, "a reply alone lifts nothing"


def test_its_head_replies_for_an_organisation_and_its_inquirer_reads_alone() -> None:
    bank = make_asker()
    head = make_official(role=Role.OFFICE_HEAD, organisation=bank)
    inquirer = make_inquirer(organisation=bank)
    made = suspend(organisation_id=bank.id)
    (read,) = offices.suspensions_for(inquirer, NOW)
    assert (read.uid, read.may_reply) == (made.uid, False)
    assert offices.suspension_for(head, made.uid, NOW).may_reply

    def reply(by: Actor) -> SuspensionView:
        return offices.reply_to_suspension(actor=by, suspension_uid=made.uid, at=NOW, reason="已整改")

    assert refused(lambda: reply(inquirer)) == Reason.OUT_OF_REACH
    other_head = make_official(role=Role.OFFICE_HEAD, organisation=make_asker())
    assert refused(lambda: reply(other_head)) == Reason.OUT_OF_REACH
    assert reply(head).replied_by == head.official_id


def test_another_supervisor_lifts_it_and_the_one_who_imposed_it_does_not() -> None:
    inquirer, by, other = make_inquirer(), supervisor(), supervisor()
    made = suspend(by, official_id=inquirer.official_id)

    def lift(who: Actor) -> SuspensionView:
        return offices.lift_suspension(actor=who, suspension_uid=made.uid, at=NOW + HOUR, reason=WHY)

    assert refused(lambda: lift(by)) == Reason.SECOND_PERSON_NEEDED
    assert refused(lambda: lift(heads()[0])) == Reason.PERMISSION_MISSING
    assert offices.suspension_for(other, made.uid, NOW).may_lift
    lifted = lift(other)
    assert (lifted.standing, lifted.lifted_by) == (SuspensionStanding.LIFTED, other.official_id)
    assert offices.may(inquirer, Permission.LOOK_UP, NOW + HOUR) == ALLOWED
    assert refused(lambda: lift(other)) == Reason.SUSPENSION_OVER
    acts = Journal.objects.filter(thing_uid=made.uid).order_by("at", "id").values_list("act", flat=True)
    assert list(acts) == ["suspend_access", "lift_suspension"]


def test_what_cannot_be_imposed() -> None:
    by = supervisor()
    inquirer = make_inquirer()
    of = {"official_id": inquirer.official_id}
    assert refused(lambda: suspend(by, days=91, **of)) == Reason.SUSPENSION_TOO_LONG
    assert refused(lambda: suspend(by, notice=" ", **of)) == Reason.NOTICE_MISSING
    assert refused(lambda: suspend(by, official_id=by.official_id)) == Reason.OWN_SUSPENSION
    assert refused(lambda: suspend(inquirer, **of)) == Reason.PERMISSION_MISSING
    with pytest.raises(OfficialUnknown):
        suspend(by, official_id=uuid4())
    for wrong in ({}, {**of, "organisation_id": inquirer.organisation_id}):
        with pytest.raises(ValueError, match="one organisation"):
            suspend(by, **wrong)


def test_one_runs_at_a_time_and_the_next_may_follow() -> None:
    client = make_client()
    first = suspend(client_id=client.id, days=5)
    assert refused(lambda: suspend(client_id=client.id)) == Reason.SUSPENSION_RUNS
    suspend(organisation_id=client.organisation_id)
    after = suspend(client_id=client.id, at=first.ends_at)
    assert (after.whose, after.thing_name) == (Suspended.CLIENT, "业务系统")


def test_a_district_supervisor_reaches_what_is_below_alone() -> None:
    district = make_organisation(tier=Tier.DISTRICT, kind="government")
    below = make_organisation(parent=district, tier=Tier.ASKER, kind="notary")
    by = make_official(role=Role.ACCESS_SUPERVISOR, organisation=district)
    mine = suspend(by, organisation_id=below.id)
    elsewhere = suspend(organisation_id=make_asker().id)
    assert refused(lambda: suspend(by, organisation_id=make_asker().id)) == Reason.OUT_OF_REACH
    assert [one.uid for one in offices.suspensions_for(by, NOW)] == [mine.uid]
    with pytest.raises(SuspensionUnknown):
        offices.suspension_for(by, elsewhere.uid, NOW)
    lead = supervisor()
    assert {mine.uid, elsewhere.uid} <= {one.uid for one in offices.suspensions_for(lead, NOW)}


def test_it_concerns_nobody_else() -> None:
    bank = make_asker()
    suspended, colleague = make_inquirer(organisation=bank), make_inquirer(organisation=bank)
    suspend(official_id=suspended.official_id)
    assert offices.suspensions_for(colleague, NOW) == []
    assert offices.may(colleague, Permission.LOOK_UP, NOW) == ALLOWED
    clerk = make_official(role=Role.CLERK)
    assert refused(lambda: offices.suspensions_for(clerk, NOW)) == Reason.PERMISSION_MISSING
    assert make_city().is_active


def test_of_an_organisation_itself_its_inquirers_and_machines_can_be_suspended() -> None:
    bank, by = make_asker(), supervisor()
    inquirer, machine = make_inquirer(organisation=bank), make_client(organisation=bank)
    make_official(role=Role.OFFICE_HEAD, organisation=bank)
    gone = make_inquirer(organisation=bank)
    offices.dismiss_official(actor=heads()[0], official_id=official_of(gone).id, at=NOW, reason=WHY)
    found = [(one.whose, one.id) for one in offices.askers_of(by, bank.id, NOW)]
    assert found == [
        (Suspended.ORGANISATION, bank.id), (Suspended.OFFICIAL, inquirer.official_id), (Suspended.CLIENT, machine.id),
    ]  # fmt: skip
    assert refused(lambda: offices.askers_of(heads()[0], bank.id, NOW)) == Reason.PERMISSION_MISSING
