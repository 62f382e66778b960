"""The writes of offices: the life of a mandate, its journal, and two people at once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections

from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.models import Mandate
from chengxin.offices.terms import (
    MandateState,
    MandateUnknown,
    OfficialUnknown,
    Permission,
    Reason,
    Role,
)
from tests.making import (
    WHY,
    heads,
    make_city,
    make_official,
    make_organisation,
    mandate_of,
    official_of,
)
from tests.people import NOW
from tests.rooms.offices.acting import appointed, granted, refused

TODAY = shanghai_day(NOW)


def test_a_mandate_takes_two_people() -> None:
    first, second = heads()
    official = appointed(make_organisation())
    mandate = granted(official)
    holder = official.account
    assert refused(lambda: offices.actor_for(holder, second_factor=True, at=NOW)) == Reason.MANDATE_PROPOSED
    approve = offices.approve_mandate
    assert (
        refused(lambda: approve(actor=first, mandate_uid=mandate.uid, at=NOW, reason=WHY))
        == Reason.SECOND_PERSON_NEEDED
    )
    approved = approve(actor=second, mandate_uid=mandate.uid, at=NOW, reason=WHY)
    assert (approved.state, approved.reapproval_due_on) == (MandateState.APPROVED, TODAY + timedelta(days=180))
    assert approved.granted_by_name != approved.approved_by_name
    assert offices.actor_for(holder, second_factor=True, at=NOW).official_id == official.id
    assert refused(lambda: approve(actor=second, mandate_uid=mandate.uid, at=NOW, reason=WHY)) == Reason.WRONG_STATE


def test_at_a_small_office_the_head_above_is_the_second_person() -> None:
    bureau = make_organisation()
    head = make_official(role=Role.OFFICE_HEAD, organisation=bureau)
    mandate = granted(appointed(bureau), by=head)
    offices.approve_mandate(actor=heads()[0], mandate_uid=mandate.uid, at=NOW, reason=WHY)
    sister = make_official(role=Role.OFFICE_HEAD)
    other = granted(appointed(bureau), by=head)
    for outsider in (sister, make_official(role=Role.CLERK, organisation=bureau)):
        told = refused(lambda by=outsider: offices.approve_mandate(actor=by, mandate_uid=other.uid, at=NOW, reason=WHY))  # type: ignore[misc]
        assert told in {Reason.OUT_OF_REACH, Reason.PERMISSION_MISSING}
    assert Mandate.objects.get(uid=other.uid).state == MandateState.PROPOSED


def test_a_head_of_a_bureau_grants_nothing_elsewhere_nor_to_themself() -> None:
    head = make_official(role=Role.OFFICE_HEAD)
    own = official_of(head)
    assert refused(lambda: granted(appointed(make_organisation()), by=head)) == Reason.OUT_OF_REACH
    assert refused(lambda: granted(own, by=head)) == Reason.OWN_MANDATE
    assert refused(lambda: granted(own, role=Role.ERASURE_OFFICER)) == Reason.ROLE_NOT_SEATED_HERE


def test_a_suspended_mandate_cannot_be_got_round_and_is_resumed_by_another() -> None:
    first, second = heads()
    clerk = make_official()
    official = official_of(clerk)
    uid = Mandate.objects.get(official=official).uid
    suspended = offices.suspend_mandate(actor=first, mandate_uid=uid, at=NOW, reason="lost the key")
    assert (suspended.state, suspended.suspended_reason) == (MandateState.SUSPENDED, "lost the key")
    assert refused(lambda: granted(official)) == Reason.MANDATE_OVERLAPS
    resume = offices.resume_mandate
    assert refused(lambda: resume(actor=first, mandate_uid=uid, at=NOW, reason=WHY)) == Reason.SECOND_PERSON_NEEDED
    resume(actor=second, mandate_uid=uid, at=NOW, reason=WHY)
    assert offices.may(clerk, Permission.SEND_FILE, NOW) == ALLOWED
    later = NOW + timedelta(days=1)
    offices.suspend_mandate(actor=second, mandate_uid=uid, at=later, reason="again")
    resume(actor=first, mandate_uid=uid, at=later, reason=WHY)
    offices.end_mandate(actor=first, mandate_uid=uid, at=later, reason=WHY)
    again = granted(official, at=later)
    offices.refuse_mandate(actor=first, mandate_uid=again.uid, at=later, reason=WHY)
    assert Mandate.objects.filter(official=official).count() == 2


def test_a_lapsed_mandate_is_granted_anew_not_confirmed() -> None:
    first, _ = heads()
    official = official_of(make_official())
    uid = Mandate.objects.get(official=official).uid
    late = NOW + timedelta(days=181)
    # heads confirm one another in time
    for head in Mandate.objects.filter(role=Role.OFFICE_HEAD, founding_round=1):
        other = next(actor for actor in heads() if actor.official_id != head.official_id)
        offices.reapprove_mandate(actor=other, mandate_uid=head.uid, at=NOW + timedelta(days=100), reason=WHY)
    confirm = offices.reapprove_mandate
    assert refused(lambda: confirm(actor=first, mandate_uid=uid, at=late, reason=WHY)) == Reason.MANDATE_LAPSED
    assert granted(official, at=late).state is MandateState.PROPOSED


def test_nobody_confirms_themself() -> None:
    first, _ = heads()
    own = mandate_of(first)
    told = refused(lambda: offices.reapprove_mandate(actor=first, mandate_uid=own.uid, at=NOW, reason=WHY))
    assert told == Reason.OWN_MANDATE


def test_an_auditor_gets_no_second_role() -> None:
    auditor = official_of(make_official(role=Role.AUDITOR))
    assert refused(lambda: granted(auditor, role=Role.OPERATOR)) == Reason.ROLE_STANDS_ALONE


def test_every_act_is_journalled_with_who_when_and_why() -> None:
    first, second = heads()
    mandate = granted(appointed(make_organisation()))
    steps = (
        (offices.approve_mandate, second, "approve_mandate"),
        (offices.suspend_mandate, first, "suspend_mandate"),
        (offices.resume_mandate, second, "resume_mandate"),
        (offices.reapprove_mandate, first, "reapprove_mandate"),
        (offices.end_mandate, second, "end_mandate"),
    )
    for number, (act, actor, _) in enumerate(steps):
        act(actor=actor, mandate_uid=mandate.uid, at=NOW, reason=f" why {number} ")
    rows = Journal.objects.filter(thing_uid=mandate.uid, thing_kind="mandate").order_by("id")
    assert [(row.act, row.official_id, row.at, row.reason) for row in rows][1:] == [
        (name, actor.official_id, NOW, f"why {number}") for number, (_, actor, name) in enumerate(steps)
    ]
    assert {row.about_organisation_id for row in rows} == {mandate.organisation_id}


def test_an_act_without_a_reason_changes_nothing() -> None:
    mandate = granted(appointed(make_organisation()))
    before = Journal.objects.count()
    told = refused(lambda: offices.approve_mandate(actor=heads()[1], mandate_uid=mandate.uid, at=NOW, reason="  "))
    assert told == Reason.REASON_MISSING
    assert Mandate.objects.get(uid=mandate.uid).state == MandateState.PROPOSED
    assert Journal.objects.count() == before


def test_what_is_not_there_is_not_found() -> None:
    first, _ = heads()
    with pytest.raises(MandateUnknown):
        offices.end_mandate(actor=first, mandate_uid=new_uid(), at=NOW, reason=WHY)
    with pytest.raises(OfficialUnknown):
        offices.dismiss_official(actor=first, official_id=new_id(), at=NOW, reason=WHY)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts on connections of their own, started together; gives what each returned or raised."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            results[place] = act()
        except Refusal as refusal:
            results[place] = refusal.refused.reason
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    return results


def test_of_two_approvals_at_once_one_wins() -> None:
    _, second = heads()
    third = make_official(role=Role.OFFICE_HEAD, organisation=make_city())
    for _ in range(5):
        mandate = granted(appointed(make_organisation()))

        def approve(by: Actor, uid: object = mandate.uid) -> object:
            return offices.approve_mandate(actor=by, mandate_uid=uid, at=NOW, reason=WHY)  # type: ignore[arg-type]

        results = at_once(lambda: approve(second), lambda: approve(third))
        assert [result for result in results if isinstance(result, str)] == [Reason.WRONG_STATE]
        row = Mandate.objects.get(uid=mandate.uid)
        assert row.approved_by in {second.official_id, third.official_id}
        acts = Journal.objects.filter(thing_uid=mandate.uid, act="approve_mandate")
        assert [act.official_id for act in acts] == [row.approved_by]


def test_of_two_grants_at_once_one_wins() -> None:
    first, second = heads()
    official = appointed(make_organisation())
    results = at_once(lambda: granted(official, by=first), lambda: granted(official, by=second))
    assert [result for result in results if isinstance(result, str)] == [Reason.MANDATE_OVERLAPS]
    assert Mandate.objects.filter(official=official).count() == 1


def test_what_the_rule_missed_the_database_still_refuses_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    official = appointed(make_organisation())
    granted(official)
    monkeypatch.setattr("chengxin.offices.actions.mandates.held_between", lambda *_: Mandate.objects.none())
    assert refused(lambda: granted(official)) == Reason.MANDATE_OVERLAPS
    assert connection.is_usable()
