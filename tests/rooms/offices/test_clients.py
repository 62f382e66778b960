"""Machine clients: proposed by one, approved by another, ended at once; each step once and journalled."""

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Journal
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import (
    ClientStanding,
    ClientState,
    ClientUnknown,
    ClientView,
    OrganisationView,
    Reason,
    Role,
)
from tests.making import WHY, heads, make_asker, make_client, make_inquirer, make_official, make_organisation
from tests.people import NOW
from tests.rooms.offices.acting import TODAY, refused


def propose(
    organisation: OrganisationView,
    *,
    by: Actor | None = None,
    key: bytes | None = None,
    may_ask: bool = True,
    may_supply: bool = False,
    days: int = 100,
) -> ClientView:
    return offices.propose_client(
        actor=by or heads()[0],
        organisation_id=organisation.id,
        name="信贷系统",
        public_key=key,
        may_ask=may_ask,
        may_supply=may_supply,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=days),
        at=NOW,
        reason=WHY,
    )


def standing(view: ClientView) -> ClientStanding:
    found = offices.client_for(view.uid, NOW)
    assert found is not None
    return found.standing


def test_two_people_bring_a_client_in_force() -> None:
    first, second = heads()
    key = os.urandom(32)
    proposed = propose(make_asker(), key=key)
    assert (proposed.state, proposed.standing, proposed.public_key) == (ClientState.PROPOSED, "proposed", key)
    refusal = refused(lambda: offices.approve_client(actor=first, client_uid=proposed.uid, at=NOW, reason=WHY))
    assert refusal == Reason.SECOND_PERSON_NEEDED
    approved = offices.approve_client(actor=second, client_uid=proposed.uid, at=NOW, reason=WHY)
    assert approved.standing is ClientStanding.IN_FORCE
    assert (approved.proposed_by, approved.approved_by) == (first.official_id, second.official_id)
    assert offices.client_for(proposed.uid, NOW) == approved
    assert offices.client_for(uuid4(), NOW) is None
    acts = Journal.objects.filter(thing_uid=proposed.uid).order_by("at", "id").values_list("act", flat=True)
    assert list(acts) == ["propose_client", "approve_client"]


def test_its_own_head_proposes_and_the_head_above_approves() -> None:
    bank = make_asker()
    head = make_official(role=Role.OFFICE_HEAD, organisation=bank)
    proposed = propose(bank, by=head)
    assert offices.approve_client(actor=heads()[0], client_uid=proposed.uid, at=NOW, reason=WHY).standing == "in_force"
    assert refused(lambda: propose(make_asker(), by=head)) == Reason.OUT_OF_REACH
    assert refused(lambda: propose(bank, by=make_inquirer(organisation=bank))) == Reason.PERMISSION_MISSING


def test_ending_works_at_once_and_for_good() -> None:
    client = make_client()
    ended = offices.end_client(actor=heads()[0], client_uid=client.uid, at=NOW, reason=WHY)
    assert ended.standing is ClientStanding.ENDED
    for act in (offices.approve_client, offices.end_client):
        assert refused(lambda act=act: act(actor=heads()[1], client_uid=client.uid, at=NOW, reason=WHY)) == (  # type: ignore[misc]
            Reason.WRONG_STATE
        )


def test_a_proposal_can_be_taken_back_and_says_why() -> None:
    proposed = propose(make_asker())
    assert refused(lambda: offices.end_client(actor=heads()[0], client_uid=proposed.uid, at=NOW, reason=" ")) == (
        Reason.REASON_MISSING
    )
    assert offices.end_client(actor=heads()[0], client_uid=proposed.uid, at=NOW, reason=WHY).state == "ended"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"may_ask": False}, Reason.CLIENT_DOES_NOTHING),
        ({"may_supply": True}, Reason.ASKER_SUPPLIES_NOTHING),
        ({"key": b"short"}, Reason.CLIENT_KEY_INVALID),
        ({"days": 366}, Reason.CLIENT_TOO_LONG),
        ({"days": -1}, Reason.DATES_OUT_OF_ORDER),
    ],
)
def test_what_cannot_be_registered(changes: dict[str, object], reason: Reason) -> None:
    bank = make_asker()
    assert refused(lambda: propose(bank, **changes)) == reason  # type: ignore[arg-type]


def test_a_key_is_registered_once() -> None:
    key = os.urandom(32)
    propose(make_asker(), key=key)
    assert refused(lambda: propose(make_asker(), key=key)) == Reason.CLIENT_KEY_TAKEN


def test_who_sees_which_clients() -> None:
    bank, supplier = make_asker(), make_organisation()
    asks, supplies = make_client(organisation=bank), propose(supplier, may_ask=False, may_supply=True)
    first = heads()[0]
    assert first.organisation_id is not None
    assert [one.uid for one in offices.clients_of(first, bank.id, NOW)] == [asks.uid]
    below = {one.uid for one in offices.clients_of(first, first.organisation_id, NOW, below=True)}
    assert below >= {asks.uid, supplies.uid}
    auditor = make_official(role=Role.AUDITOR)
    assert offices.client_seen(auditor, asks.uid, NOW).uid == asks.uid
    own_head = make_official(role=Role.OFFICE_HEAD, organisation=bank)
    assert refused(lambda: offices.client_seen(own_head, supplies.uid, NOW)) == Reason.OUT_OF_REACH
    assert refused(lambda: offices.clients_of(make_inquirer(organisation=bank), bank.id, NOW)) == (
        Reason.PERMISSION_MISSING
    )
    with pytest.raises(ClientUnknown):
        offices.client_seen(first, uuid4(), NOW)
    with pytest.raises(ClientUnknown):
        offices.end_client(actor=first, client_uid=uuid4(), at=NOW, reason=WHY)


def test_suspension_is_told_apart_for_the_machine_and_for_its_organisation() -> None:
    bank = make_asker()
    one, other = make_client(organisation=bank), make_client()
    supervisor = make_official(role=Role.ACCESS_SUPERVISOR)
    ends_at = NOW + timedelta(days=1)
    for of in ({"organisation_id": bank.id}, {"client_id": other.id}):
        offices.suspend_access(actor=supervisor, **of, ends_at=ends_at, notice="越权", at=NOW, reason=WHY)
    assert standing(one) is standing(other) is ClientStanding.SUSPENDED
    assert standing(make_client()) is ClientStanding.IN_FORCE
    after = offices.client_for(one.uid, ends_at)
    assert after is not None
    assert after.standing is ClientStanding.IN_FORCE


def test_of_two_who_act_at_once_the_later_finds_the_new_state() -> None:
    first, second = heads()
    proposed = propose(make_asker())
    told: list[str] = []
    start = threading.Barrier(2)

    def act(do: Callable[..., ClientView], by: Actor) -> None:
        try:
            start.wait(timeout=10)
            told.append(do(actor=by, client_uid=proposed.uid, at=NOW, reason=WHY).state.value)
        except Refusal as refusal:
            told.append(refusal.refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(offices.approve_client, second)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(told) == ["approved", Reason.WRONG_STATE]
    assert first.official_id is not None
