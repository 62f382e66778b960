"""What the operator sees, and text messages, whose gateway is an adapter."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from chengxin.foundation import outbox
from chengxin.foundation.models import Letter
from chengxin.foundation.outbox import Addresses, ChannelKind, State
from chengxin.foundation.outbox.channels import FileGateway
from tests.loopback import mail_server
from tests.people import NOW
from tests.rooms.foundation.outbox.telling import (
    BRIEF,
    Desks,
    FakeDesk,
    give_batch,
    give_notice,
    later,
    people,
    steps,
    work,
)

FILES = "chengxin.foundation.outbox.channels.FileGateway"


def test_the_operator_sees_what_waits_since_when_and_why(told: Desks, tmp_path: Path) -> None:
    away, refused, paper = people(3)
    told.by_person[away] = FakeDesk(Addresses(email="a@mail.example"))
    told.by_person[paper] = FakeDesk(is_formal=True)
    told.by_person[refused] = FakeDesk(Addresses(email="b@mail.example"))
    give_notice(away, at=NOW)
    give_batch([paper], at=later(1))
    before = outbox.outbox_figures(later(2))
    assert (before.waiting, before.batches_waiting, before.failing, before.oldest_at) == (2, 1, 0, NOW)
    give_notice(refused, at=later(1))
    with (
        mail_server() as box,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=box.port,
            CHENGXIN_LETTERS=str(tmp_path),
        ),
    ):
        box.answer = {"a@mail.example": "451 later", "b@mail.example": "550 nobody"}.__getitem__
        work(later(2))
    after = outbox.outbox_figures(later(3))
    assert (after.waiting, after.batches_waiting, after.failing) == (1, 0, 1)
    assert after.given_up == {"email smtp_550": 1}
    assert (after.letters_to_post, after.oldest_letter_at) == (1, later(2))
    assert outbox.outbox_figures(later(60 * 24 * 40)).given_up == {}
    Letter.objects.using("owner").all().delete()


def test_a_text_says_that_a_notice_waits_and_no_more(told: Desks, tmp_path: Path) -> None:
    (person,) = people(1)
    told.by_person[person] = FakeDesk(Addresses(phone="10000000001"))
    with override_settings(CHENGXIN_SMS_GATEWAY=FILES, CHENGXIN_SMS_FOLDER=str(tmp_path)):
        sent = give_notice(person)
        work()
    (file,) = tmp_path.iterdir()
    assert file.name == f"{sent.uid}.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == {"to": "10000000001", "text": f"{BRIEF.text_zh}\n{BRIEF.text_en}"}
    assert told.by_person[person].opened_whole == 0
    assert steps(person, sent.uid, ChannelKind.SMS) == [State.SENDING, State.SENT]


def test_texts_go_to_files_in_practice_alone(tmp_path: Path) -> None:
    with override_settings(CHENGXIN_PRACTICE=False), pytest.raises(ImproperlyConfigured):
        FileGateway(tmp_path)
