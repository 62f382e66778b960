"""Letters for the print house: files nobody else opens, a list, and what the post did with them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import override_settings

from chengxin.foundation import actors, clock, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import working_off
from chengxin.foundation.models import Journal, Letter
from chengxin.foundation.outbox import ChannelKind, LetterState, NoticeView, State
from chengxin.foundation.outbox.letters import LetterUnknown, forget_letters
from chengxin.kernel.days import SHANGHAI
from chengxin.kernel.errors import Refusal
from chengxin.remedies.actions.announcing import serve_announced
from tests.rooms.foundation.outbox.telling import (
    WHOLE,
    Desks,
    FakeDesk,
    give_batch,
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


def came_back(told: Desks) -> NoticeView:
    """A letter that the post returned on 5 June."""
    sent = made(told)
    post(sent)
    outbox.return_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 5), at=LATER, reason="退信")
    return sent


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, 12, tzinfo=SHANGHAI)


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


def test_what_lacks_something_is_not_made_and_goes_by_itself_once_nothing_does(told: Desks, folder: Path) -> None:
    (person,) = people(1)
    told.by_person[person] = desk = FakeDesk(is_formal=True, lacking=("contact:00X", "law"))
    sent = give_notice(person)
    work()
    work(later(60))
    work(later(121))
    assert not list(folder.rglob("*"))
    assert desk.opened_whole == 0
    assert steps(person, sent.uid, ChannelKind.LETTER) == [State.HELD], "it is said once"
    (row,) = waiting()
    assert (row.attempts, row.due_at) == (0, later(181))
    assert outbox.outbox_figures(LATER).held == {"contact:00X": 1, "law": 1}
    assert outbox.outbox_figures(LATER).failing == 0
    desk.lacking = ()
    work(later(181))
    assert steps(person, sent.uid, ChannelKind.LETTER) == [State.HELD, State.SENDING, State.MADE]
    assert [one.uid for one in outbox.letters_to_post()] == [sent.uid]
    assert outbox.outbox_figures(LATER).held == {}


def test_a_batch_holds_what_lacks_something_and_tells_the_others(told: Desks, folder: Path) -> None:
    (whole, lacking) = people(2)
    told.by_person[whole] = FakeDesk(is_formal=True)
    told.by_person[lacking] = FakeDesk(is_formal=True, lacking=("contact",))
    _, (first, second) = give_batch([whole, lacking])
    work()
    assert [one.uid for one in outbox.letters_to_post()] == [first]
    assert steps(lacking, second, ChannelKind.LETTER) == [State.HELD]
    told.by_person[lacking].lacking = ()
    work(later(60))
    assert {one.uid for one in outbox.letters_to_post()} == {first, second}


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


def test_what_came_back_is_handed_over_against_a_receipt(
    told: Desks, folder: Path, served: list[outbox.NoticeServed]
) -> None:
    sent = came_back(told)
    outbox.hand_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 8), at=LATER, reason="回执上有签名")
    assert [(event.notice_id, event.how) for event in served] == [(sent.notice_id, "handed_over")]
    assert outbox.letter(sent.uid).state is LetterState.HANDED
    assert steps(sent.person_id, sent.uid, ChannelKind.LETTER)[-1] is State.DELIVERED
    assert outbox.letters_that_came_back() == []


def test_an_announcement_is_the_last_way_and_proves_nothing_before_its_time(
    told: Desks, folder: Path, served: list[outbox.NoticeServed]
) -> None:
    sent = came_back(told)
    last_way = {"actor": PRINTER, "uid": sent.uid, "on": date(2026, 6, 9), "at": LATER, "reason": "公告"}
    with pytest.raises(Refusal, match="wrong_state"):
        outbox.announce_letter(**last_way)
    outbox.miss_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 8), at=LATER, reason="门上无人")
    outbox.announce_letter(**last_way)
    assert [one.uid for one in outbox.letters_announced()] == [sent.uid]
    assert steps(sent.person_id, sent.uid, ChannelKind.LETTER)[-1] is State.ANNOUNCED
    # 民事诉讼法 95: thirty days from the announcement, 9 June not counted; 9 July is the last, and counts on the tenth
    system = actors.system("the clock")
    assert serve_announced(actor=system, at=day(2026, 7, 9), reason="announced_long_enough") == 0
    assert served == []
    assert serve_announced(actor=system, at=day(2026, 7, 10), reason="announced_long_enough") == 1
    assert [(event.notice_id, event.how) for event in served] == [(sent.notice_id, "announced")]
    assert serve_announced(actor=system, at=day(2026, 7, 11), reason="announced_long_enough") == 0
    assert outbox.letters_announced() == []


def test_an_announced_letter_may_still_be_handed_over(told: Desks, folder: Path) -> None:
    sent = came_back(told)
    for act, on in ((outbox.miss_letter, 8), (outbox.announce_letter, 9), (outbox.hand_letter, 10)):
        act(actor=PRINTER, uid=sent.uid, on=date(2026, 6, on), at=LATER, reason="送达")
    assert outbox.letter(sent.uid).state is LetterState.HANDED
    assert outbox.letters_announced() == []


@pytest.mark.parametrize(
    ("column", "constraint"),
    [
        ("missed_on", "foundation_letter_announced_last_of_all"),
        ("announced_on", "foundation_letter_announced_last_of_all"),
        ("served_on", "foundation_letter_announced_last_of_all"),
    ],
)
def test_the_database_knows_no_announcement_before_the_other_ways(
    told: Desks, folder: Path, column: str, constraint: str
) -> None:
    sent = made(told)
    post(sent)
    with pytest.raises(IntegrityError, match=constraint), working_off("foundation_letter"):
        Letter.objects.filter(uid=sent.uid).update(**{column: TODAY})


def test_letters_leave_the_list_ninety_days_after_the_last_word_on_them(told: Desks, folder: Path) -> None:
    back, standing, over = came_back(told), came_back(told), came_back(told)
    for sent in (standing, over):
        outbox.miss_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 8), at=LATER, reason="门上无人")
        outbox.announce_letter(actor=PRINTER, uid=sent.uid, on=date(2026, 6, 9), at=LATER, reason="公告")
    outbox.serve_announced(actor=PRINTER, uid=over.uid, at=day(2026, 7, 10), reason="满期")
    with clock.set_for_tests(day(2026, 9, 9)):
        assert forget_letters() == 1, "what came back on 5 June, and nobody tried further"
        with pytest.raises(LetterUnknown):
            outbox.letter(back.uid)
    with clock.set_for_tests(day(2026, 10, 9)):
        assert forget_letters() == 1
    assert [one.uid for one in outbox.letters_announced()] == [standing.uid], "what still stands is still shown"


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
