"""Letters for the print house: files nobody else opens, a list, and what the post did with them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import override_settings

from chengxin.foundation import outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Journal, Letter
from chengxin.foundation.outbox import ChannelKind, LetterState, NoticeView, State
from chengxin.foundation.outbox.letters import LetterUnknown
from chengxin.kernel.errors import Refusal
from tests.rooms.foundation.outbox.telling import (
    WHOLE,
    Desks,
    FakeDesk,
    give_notice,
    later,
    notice,
    people,
    steps,
    waiting,
    work,
)

PRINTER = Actor(kind="official", official_id=uuid4(), organisation_id=uuid4(), role="case_officer")
TODAY = date(2026, 6, 1)
LATER = later(60 * 24 * 10)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "spool"
    with override_settings(CHENGXIN_LETTERS=str(place)):
        yield place
    Letter.objects.using("owner").all().delete()


def made(told: Desks) -> NoticeView:
    """A letter in the folder."""
    (person,) = people(1)
    told.by_person[person] = FakeDesk(is_formal=True)
    sent = give_notice(person)
    work()
    return sent


def post(sent: NoticeView, on: date = TODAY) -> None:
    outbox.post_letter(actor=PRINTER, uid=sent.uid, on=on, at=LATER, reason="交寄清单第1号")


def test_a_letter_is_a_file_that_only_its_owner_opens(told: Desks, folder: Path) -> None:
    sent = made(told)
    (file,) = folder.rglob("*.html")
    assert file.name == f"{sent.uid}.html"
    assert file.read_text() == WHOLE.html
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(part.stat().st_mode) for part in (folder, file.parent)} == {0o700}
    assert not list(folder.rglob("*.draft"))
    assert steps(sent.person_id, sent.uid, ChannelKind.LETTER) == [State.SENDING, State.MADE]


def test_the_print_house_sees_what_is_to_post(told: Desks, folder: Path) -> None:
    first, second = made(told), made(told)
    assert {found.uid for found in outbox.letters_to_post()} == {first.uid, second.uid}
    post(first)
    (left,) = outbox.letters_to_post()
    assert (left.uid, left.path) == (second.uid, folder / second.uid.hex[:2] / f"{second.uid}.html")


def test_a_posted_letter_leaves_the_folder_and_proves_no_service(told: Desks, folder: Path) -> None:
    sent = made(told)
    post(sent)
    assert not list(folder.rglob("*.html"))
    last = notice(sent.person_id, sent.uid).on(ChannelKind.LETTER)[-1]
    assert (last.state, last.evidence) == (State.POSTED, "post 2026-06-01")
    assert outbox.letter(sent.uid).path is None
    row = Journal.objects.get(thing_uid=sent.uid, act="post_letter")
    assert (row.official_id, row.reason) == (PRINTER.official_id, "交寄清单第1号")


def test_the_receipt_of_the_post_is_proof(told: Desks, folder: Path, served: list[outbox.NoticeServed]) -> None:
    sent = made(told)
    post(sent)
    assert served == []
    outbox.receive_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 4), at=LATER, reason="回执")
    assert [(event.notice_id, event.how) for event in served] == [(sent.notice_id, "received")]
    assert outbox.letter(sent.uid).state is LetterState.RECEIVED
    assert steps(sent.person_id, sent.uid, ChannelKind.LETTER)[-2:] == [State.POSTED, State.DELIVERED]


def test_a_letter_that_came_back_is_given_up(told: Desks, folder: Path, served: list[outbox.NoticeServed]) -> None:
    sent = made(told)
    post(sent)
    outbox.return_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 5), at=LATER, reason="退信")
    assert steps(sent.person_id, sent.uid, ChannelKind.LETTER)[-1] is State.GIVEN_UP
    assert served == []
    with pytest.raises(Refusal, match="wrong_state"):
        outbox.receive_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 6), at=LATER, reason="回执")


def test_a_letter_is_posted_once_and_before_its_receipt(told: Desks, folder: Path) -> None:
    sent = made(told)
    with pytest.raises(Refusal, match="wrong_state"):
        outbox.receive_letter(actor=PRINTER, uid=sent.uid, on=TODAY, at=LATER, reason="回执")
    post(sent)
    with pytest.raises(Refusal, match="wrong_state"):
        post(sent)


@pytest.mark.parametrize("on", [date(2026, 5, 31), date(2026, 6, 12)])
def test_a_day_before_the_letter_was_made_or_in_the_future_is_refused(told: Desks, folder: Path, on: date) -> None:
    sent = made(told)
    with pytest.raises(Refusal, match="letter_day_impossible"):
        post(sent, on)
    assert list(folder.rglob("*.html"))


def test_a_number_nobody_knows_is_refused() -> None:
    with pytest.raises(LetterUnknown):
        outbox.post_letter(actor=PRINTER, uid=uuid4(), on=TODAY, at=LATER, reason="交寄清单")


def test_a_folder_that_cannot_be_written_stops_letters_until_it_can(told: Desks, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with override_settings(CHENGXIN_LETTERS=str(blocked)):
        sent = made(told)
        (row,) = waiting()
        assert row.last_error.startswith("folder_")
        blocked.unlink()
        work(later(1))
    assert steps(sent.person_id, sent.uid, ChannelKind.LETTER)[-1] is State.MADE
    assert len(list(blocked.rglob("*.html"))) == 1
    Letter.objects.using("owner").all().delete()
