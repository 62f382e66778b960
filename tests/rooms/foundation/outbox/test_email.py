"""Notices by e-mail, against a mail server on this machine."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from chengxin.foundation import outbox
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Dispatch
from chengxin.foundation.outbox import Addresses, ChannelKind, NoticeView, State
from chengxin.kernel.ids import new_id
from tests.loopback import Mailbox, mail_server
from tests.people import NOW
from tests.rooms.foundation.outbox.telling import (
    BRIEF,
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

EMAIL = ChannelKind.EMAIL
ADDRESS = "lin@mail.example"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with (
        mail_server() as found,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=found.port,
            DEFAULT_FROM_EMAIL="office@credit.example",
            CHENGXIN_ADDRESS="https://credit.example",
        ),
    ):
        yield found


def given(told: Desks, **known: Any) -> NoticeView:
    """A notice for somebody with an e-mail address."""
    (person,) = people(1)
    proven = known.pop("proven", False)
    told.by_person[person] = FakeDesk(Addresses(email=ADDRESS, email_proven=proven), **known)
    return give_notice(person)


def test_a_notice_is_sent_once_in_both_languages_under_its_number(told: Desks, box: Mailbox) -> None:
    sent = given(told, proven=True)
    work()
    work(later(1))
    (mail,) = box.mails
    assert mail["To"] == ADDRESS
    assert mail["Subject"] == WHOLE.subject
    assert mail["Message-ID"] == f"<{sent.uid}@credit.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert WHOLE.text_zh in plain
    assert WHOLE.text_en in plain
    assert html.strip() == WHOLE.html
    assert steps(sent.person_id, sent.uid, EMAIL) == [State.SENDING, State.SENT]
    assert not waiting()


def test_of_what_lacks_something_goes_first_that_it_waits_and_later_all_of_it(told: Desks, box: Mailbox) -> None:
    """Nobody is kept in the dark; and the second message is not taken for the first."""
    sent = given(told, proven=True, is_formal=True, lacking=("contact",))
    work()
    work(later(60))
    (brief,) = box.mails
    assert "全文" not in "".join(part.get_content() for part in brief.iter_parts())
    assert steps(sent.person_id, sent.uid, EMAIL) == [State.SENDING, State.HELD]
    told.by_person[sent.person_id].lacking = ()
    work(later(121))
    (_, whole) = box.mails
    assert "全文" in "".join(part.get_content() for part in whole.iter_parts())
    assert (brief["Message-ID"], whole["Message-ID"]) == (
        f"<first.{sent.uid}@credit.example>",
        f"<{sent.uid}@credit.example>",
    )
    assert steps(sent.person_id, sent.uid, EMAIL) == [State.SENDING, State.HELD, State.SENDING, State.SENT]
    assert not waiting()


def test_an_address_nobody_has_proven_gets_no_word_of_the_file(told: Desks, box: Mailbox) -> None:
    sent = given(told, proven=False)
    work()
    (mail,) = box.mails
    read = "".join(part.get_content() for part in mail.iter_parts())
    assert BRIEF.text_zh in read
    assert "全文" not in read + mail["Subject"]
    assert told.by_person[sent.person_id].opened_whole == 0


def test_the_evidence_holds_no_address(told: Desks, box: Mailbox) -> None:
    sent = given(told)
    box.answer = lambda recipient: f"550 no such user {recipient}"
    work()
    refused = notice(sent.person_id, sent.uid).on(EMAIL)
    assert [step.state for step in refused] == [State.SENDING, State.GIVEN_UP]
    assert refused[-1].evidence == "smtp_550"
    (row,) = Dispatch.objects.using("owner").filter(notice_id=sent.notice_id, state=Dispatch.State.GIVEN_UP)
    assert row.last_error == "smtp_550"


def test_a_passing_refusal_is_tried_again_later_and_later(told: Desks, box: Mailbox) -> None:
    sent = given(told)
    box.answer = lambda _recipient: "451 come back"
    work()
    assert [(row.attempts, row.due_at - NOW) for row in waiting()] == [(1, timedelta(minutes=1))]
    work(later(1))
    assert [(row.attempts, row.due_at - later(1)) for row in waiting()] == [(2, timedelta(minutes=5))]
    work(later(3))
    assert len(steps(sent.person_id, sent.uid, EMAIL)) == 4
    box.answer = lambda _recipient: "250 ok"
    work(later(6))
    assert steps(sent.person_id, sent.uid, EMAIL) == [State.SENDING, State.FAILED] * 2 + [State.SENDING, State.SENT]
    assert len(box.mails) == 1


def test_an_address_that_never_answers_is_given_up_with_its_reason(told: Desks, box: Mailbox) -> None:
    sent = given(told)
    box.answer = lambda _recipient: "451 come back"
    at = NOW
    for _ in range(12):
        work(at)
        at += timedelta(days=2)
    assert not waiting()
    history = notice(sent.person_id, sent.uid).on(EMAIL)
    assert [step.state for step in history].count(State.FAILED) == 8
    assert (history[-1].state, history[-1].evidence) == (State.GIVEN_UP, "smtp_451")


@pytest.mark.parametrize(("is_formal", "letters"), [(True, 1), (False, 0)])
def test_what_must_arrive_and_cannot_by_email_becomes_a_letter(
    told: Desks, box: Mailbox, tmp_path: Path, is_formal: bool, letters: int
) -> None:
    sent = given(told, is_formal=is_formal)
    box.answer = lambda _recipient: "550 no such user"
    with override_settings(CHENGXIN_LETTERS=str(tmp_path)):
        work()
    assert len(list(tmp_path.rglob("*.html"))) == letters
    assert steps(sent.person_id, sent.uid, ChannelKind.LETTER) == [State.SENDING, State.MADE] * letters


def test_a_server_that_is_away_is_waited_for(told: Desks, box: Mailbox) -> None:
    sent = given(told)
    with override_settings(EMAIL_PORT=1):
        work()
        (row,) = waiting()
        assert row.last_error == "smtp_ConnectionRefusedError"
        for minutes in range(1, 60 * 24 * 30, 60 * 24):
            work(later(minutes))
    assert len(waiting()) == 1
    work(later(60 * 24 * 40))
    assert steps(sent.person_id, sent.uid, EMAIL)[-1] is State.SENT
    assert len(box.mails) == 1


def test_a_line_cut_after_the_message_is_said_to_be_uncertain(told: Desks, box: Mailbox) -> None:
    sent = given(told)
    box.at_data = lambda: ""
    work()
    box.at_data = lambda: "250 taken"
    work(later(60))
    assert steps(sent.person_id, sent.uid, EMAIL) == [State.SENDING, State.UNCERTAIN]
    assert len(box.mails) == 1


def test_an_address_that_is_none_is_given_up(told: Desks, box: Mailbox) -> None:
    (person,) = people(1)
    told.by_person[person] = FakeDesk(Addresses(email="lin\nBcc: all@mail.example"))
    sent = give_notice(person)
    work()
    assert not box.mails
    assert steps(person, sent.uid, EMAIL)[-1] is State.GIVEN_UP


def test_where_nothing_is_left_to_tell_nothing_is_sent(told: Desks, box: Mailbox, tmp_path: Path) -> None:
    sent = given(told, proven=True, gone=True, is_formal=True)
    with override_settings(CHENGXIN_LETTERS=str(tmp_path)):
        work()
    assert not box.mails
    assert not list(tmp_path.rglob("*.html"))
    (step,) = notice(sent.person_id, sent.uid).on(EMAIL)
    assert (step.state, step.evidence) == (State.GIVEN_UP, "nothing_to_tell")
    assert not waiting()


def test_a_person_without_address_is_told_on_the_page_alone(told: Desks, box: Mailbox) -> None:
    (person,) = people(1)
    sent = give_notice(person)
    work()
    assert not box.mails
    assert not waiting()
    assert notice(person, sent.uid).deliveries == ()


def test_a_fault_of_ours_holds_up_nobody_else(told: Desks, box: Mailbox) -> None:
    broken, fine = given(told, broken=True), given(told)
    work()
    assert len(box.mails) == 1
    assert steps(fine.person_id, fine.uid, EMAIL)[-1] is State.SENT
    (row,) = waiting()
    assert (row.notice_id, row.last_error) == (broken.notice_id, "fault")
    told.by_person[broken.person_id].broken = False
    work(later(1))
    assert steps(broken.person_id, broken.uid, EMAIL) == [State.SENDING, State.SENT]


def test_a_rolled_back_notice_is_never_sent(told: Desks, box: Mailbox) -> None:
    (person,) = people(1)
    told.by_person[person] = FakeDesk(Addresses(email=ADDRESS))

    def tell_and_fail() -> None:
        with as_person(person):
            outbox.tell(person_id=person, kind="entry_new", subject_kind="entry", subject_id=new_id(NOW), at=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        tell_and_fail()
    work()
    assert not box.mails
