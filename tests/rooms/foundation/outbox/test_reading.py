"""Opening a notice: our own proof of service, by its person alone and once."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from chengxin.foundation import actors, events, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.foundation.outbox import ChannelKind, NoticeServed, NoticeUnknown, State
from tests.people import NOW, make_person
from tests.rooms.foundation.outbox.telling import Desks, FakeDesk, give_batch, give_notice, later, notice, people, steps

PAGE = ChannelKind.PAGE


def test_opening_it_is_proof_once(told: Desks, served: list[NoticeServed]) -> None:
    someone = make_person()
    sent = give_notice(someone.person_id)
    before = outbox.read_notice(actor=someone.actor, person_id=someone.person_id, uid=sent.uid, at=NOW)
    assert before.read_at is None
    again = outbox.read_notice(actor=someone.actor, person_id=someone.person_id, uid=sent.uid, at=later(5))
    assert again.read_at == NOW
    assert steps(someone.person_id, sent.uid, PAGE) == [State.READ]
    assert [(event.subject_id, event.subject_version, event.how) for event in served] == [(sent.subject_id, 1, "read")]
    assert Journal.objects.filter(thing_uid=sent.uid, act="read_notice").count() == 1


def test_opened_while_it_lacks_something_it_proves_nothing(told: Desks, served: list[NoticeServed]) -> None:
    someone = make_person()
    told.by_person[someone.person_id] = desk = FakeDesk(is_formal=True, lacking=("contact",))
    sent = give_notice(someone.person_id)
    for minutes in (0, 1):
        outbox.read_notice(actor=someone.actor, person_id=someone.person_id, uid=sent.uid, at=later(minutes))
    assert served == []
    held = notice(someone.person_id, sent.uid)
    assert (held.read_at, held.proven_at) == (None, None)
    assert [(step.state, step.evidence) for step in held.on(PAGE)] == [(State.HELD, "lacks contact")]
    desk.lacking = ()
    outbox.read_notice(actor=someone.actor, person_id=someone.person_id, uid=sent.uid, at=later(2))
    assert [event.how for event in served] == ["read"]
    assert notice(someone.person_id, sent.uid).proven_at == later(2)


def test_nobody_reads_it_for_another(told: Desks, served: list[NoticeServed]) -> None:
    someone, other = make_person(), make_person()
    sent = give_notice(someone.person_id)
    stranger = Actor(kind="person", account_id=other.actor.account_id, person_id=other.person_id)
    for actor in (stranger, actors.system("test")):
        with pytest.raises(NoticeUnknown):
            outbox.read_notice(actor=actor, person_id=someone.person_id, uid=sent.uid, at=NOW)
    with pytest.raises(NoticeUnknown):
        outbox.read_notice(actor=other.actor, person_id=other.person_id, uid=sent.uid, at=NOW)
    assert served == []
    assert steps(someone.person_id, sent.uid, PAGE) == []


def test_opened_in_two_windows_at_once_it_is_read_once(told: Desks, served: list[NoticeServed]) -> None:
    someone = make_person()
    sent = give_notice(someone.person_id)
    gate = threading.Barrier(2)

    def open_it() -> None:
        gate.wait()
        outbox.read_notice(actor=someone.actor, person_id=someone.person_id, uid=sent.uid, at=NOW)
        connections.close_all()

    windows = [threading.Thread(target=open_it) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert steps(someone.person_id, sent.uid, PAGE) == [State.READ]
    assert len(served) == 1


def test_the_list_is_newest_first_with_what_became_of_each(told: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "publish", lambda event, *, at: None)
    someone = make_person()
    _, (old,) = give_batch([someone.person_id], at=NOW)
    new = give_notice(someone.person_id, at=later(1))
    outbox.read_notice(actor=someone.actor, person_id=someone.person_id, uid=old, at=later(2))
    with as_person(someone.person_id):
        found = outbox.notices_of(someone.person_id)
    assert [one.uid for one in found] == [new.uid, old]
    assert [one.read_at for one in found] == [None, later(2)]
    assert found[1].states() == {PAGE: State.READ}


def test_a_person_sees_their_own_notices_alone(told: Desks) -> None:
    (person, other) = people(2)
    sent = give_notice(other)
    with as_person(person):
        assert outbox.notices_of(person) == []
        assert outbox.notices_of(other) == []
        with pytest.raises(NoticeUnknown):
            outbox.notice_of(other, sent.uid)
    assert notice(other, sent.uid).uid == sent.uid


def test_a_person_has_every_notice_however_many(told: Desks) -> None:
    """The export carries them away (charter 7): one left out would be withheld."""
    someone = make_person()
    give_batch([someone.person_id], each=501)
    with as_person(someone.person_id):
        assert len(outbox.notices_of(someone.person_id)) == 501
        assert len(outbox.notices_of(someone.person_id, limit=3)) == 3
