"""Each named constraint of the outbox, broken on purpose."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from chengxin.foundation.database import as_person, in_transaction
from chengxin.foundation.models import Delivery, Dispatch, Letter, Notice
from chengxin.kernel.ids import new_id
from tests.people import NOW
from tests.rooms.foundation.outbox.telling import Desks, give_notice, people

DAY = date(2026, 6, 2)
WAITING = {"channel": "every", "due_at": NOW, "made_at": NOW}


def one() -> dict[str, object]:
    return {"person_id": uuid4(), "notice_id": uuid4()}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("of_one_or_a_batch", {"batch_id": uuid4(), **one()}),
        ("of_one_or_a_batch", {}),
        ("notice_names_person", {"notice_id": uuid4()}),
        ("place_is_whole", {"batch_id": uuid4(), "after_person": uuid4()}),
        ("place_in_a_batch", {**one(), "after_person": uuid4(), "after_notice": uuid4()}),
        ("channel_known", {**one(), "channel": "pigeon"}),
        ("ended_when_done", {**one(), "state": "sent"}),
        ("ended_when_done", {**one(), "ended_at": NOW}),
        ("given_up_says_why", {**one(), "state": "given_up", "ended_at": NOW}),
    ],
)
def test_the_queue(name: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=f"foundation_dispatch_{name}"), in_transaction():
        Dispatch.objects.using("owner").create(**{"id": new_id(NOW), **WAITING, **wrong})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("received_after_posted", {"posted_on": DAY, "received_on": date(2026, 6, 1)}),
        ("returned_after_posted", {"posted_on": DAY, "returned_on": date(2026, 6, 1)}),
        ("posted_before_its_end", {"received_on": DAY}),
        ("posted_before_its_end", {"returned_on": DAY}),
        ("received_or_returned", {"posted_on": DAY, "received_on": DAY, "returned_on": DAY}),
    ],
)
def test_letters(name: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=f"foundation_letter_{name}"), in_transaction():
        Letter.objects.using("owner").create(**{"uid": uuid4(), "digest": b"x", "made_at": NOW, **one(), **wrong})


@pytest.mark.parametrize(("name", "wrong"), [("channel_known", {"channel": "pigeon"}), ("state_known", {"state": "x"})])
def test_steps(told: Desks, name: str, wrong: dict[str, Any]) -> None:
    sent = give_notice(people(1)[0])
    with pytest.raises(IntegrityError, match=f"foundation_delivery_{name}"):
        _step(sent.person_id, sent.notice_id, **wrong)


@pytest.mark.parametrize("state", ["made", "sent", "posted", "delivered", "read"])
def test_what_happens_once_is_noted_once(told: Desks, state: str) -> None:
    sent = give_notice(people(1)[0])
    _step(sent.person_id, sent.notice_id, state=state)
    _step(sent.person_id, sent.notice_id, state=state, channel="sms")
    with pytest.raises(IntegrityError, match="foundation_delivery_once"):
        _step(sent.person_id, sent.notice_id, state=state)


def test_a_step_belongs_to_a_notice(told: Desks) -> None:
    (person,) = people(1)
    with pytest.raises(IntegrityError, match="foundation_delivery_of_a_notice"):
        _step(person, uuid4())


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"subject_kind": ""}])
def test_a_notice_says_what_it_is_about(wrong: dict[str, str]) -> None:
    (person,) = people(1)
    row = {"kind": "entry_new", "subject_kind": "entry", **wrong}
    with pytest.raises(IntegrityError, match="foundation_notice_says_what"), as_person(person):
        Notice.objects.create(
            person_id=person,
            notice_id=new_id(NOW),
            uid=uuid4(),
            subject_id=uuid4(),
            subject_version=1,
            made_at=NOW,
            **row,
        )


def _step(person_id: Any, notice_id: Any, **given: str) -> None:
    row = {"channel": "email", "state": "sent", **given}
    with as_person(person_id):
        Delivery.objects.create(
            person_id=person_id, delivery_id=new_id(NOW), notice_id=notice_id, at=NOW, evidence="", **row
        )
