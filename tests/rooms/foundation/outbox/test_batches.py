"""A batch's notices are sent as one piece of work, whatever dies or is down on the way (F14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings

from chengxin.foundation import clock, outbox
from chengxin.foundation.models import Dispatch, Journal
from chengxin.foundation.outbox import Addresses, ChannelKind, State, dispatching
from chengxin.foundation.outbox.channels import Email, Letters, Webhook
from chengxin.foundation.outbox.desks import NobodyTells, use_desk
from tests.loopback import Mailbox, Receiver, http_receiver, mail_server
from tests.people import NOW
from tests.rooms.foundation.outbox.telling import (
    Desks,
    FakeDesk,
    give_batch,
    later,
    notice,
    people,
    steps,
    waiting,
    work,
)

EMAIL, LETTER, WEBHOOK = ChannelKind.EMAIL, ChannelKind.LETTER, ChannelKind.WEBHOOK
NUMBER = 16


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[tuple[Mailbox, Receiver, Path]]:
    """A mail server, a receiver and a print house."""
    with (
        mail_server() as box,
        http_receiver() as receiver,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=box.port,
            CHENGXIN_LETTERS=str(tmp_path),
            CHENGXIN_WEBHOOK_URL=receiver.url,
        ),
    ):
        yield box, receiver, tmp_path


def everyone(told: Desks) -> list[UUID]:
    """People of whom every second has an e-mail address; all must be told."""
    found = people(NUMBER)
    for number, person in enumerate(found):
        email = f"p{number}@mail.example" if number % 2 else ""
        told.by_person[person] = FakeDesk(Addresses(email=email), is_formal=True)
    return found


def numbers(box: Mailbox) -> Counter[str]:
    return Counter(mail["Message-ID"].strip("<>").partition("@")[0] for mail in box.mails)


def letters(folder: Path) -> set[str]:
    return {path.stem for path in folder.rglob("*.html")}


def test_each_person_of_a_batch_is_told_once_where_they_want(
    told: Desks, outside: tuple[Mailbox, Receiver, Path]
) -> None:
    box, receiver, folder = outside
    batch, uids = give_batch(everyone(told))
    assert [(row.batch_id, row.channel) for row in waiting()] == [(batch, "every")]
    work()
    assert numbers(box) == Counter(str(uid) for uid in uids[1::2])
    assert letters(folder) == {str(uid) for uid in uids[::2]}
    assert len(receiver.calls) == NUMBER
    assert not waiting()
    assert Dispatch.objects.using("owner").count() == 1
    (row,) = Journal.objects.filter(act="send_notices", thing_uid=batch)
    assert row.reason == f"{NUMBER} of its notices"


def test_a_large_batch_goes_in_pages_and_gives_other_work_its_turn(
    told: Desks, outside: tuple[Mailbox, Receiver, Path]
) -> None:
    box, _, folder = outside
    _, uids = give_batch(everyone(told))
    with clock.set_for_tests(NOW):
        assert outbox.send_due(budget=6) == 6
        assert len(box.mails) + len(letters(folder)) == 6
        (row,) = waiting()
        assert row.after_person is not None
        assert outbox.send_due(budget=6) == 6
        outbox.send_due(budget=6)
    assert not waiting()
    assert set(numbers(box)) | letters(folder) == {str(uid) for uid in uids}


def test_several_notices_of_one_person_are_opened_together(
    told: Desks, outside: tuple[Mailbox, Receiver, Path]
) -> None:
    (person,) = people(1)
    opened = []
    told.by_person[person] = FakeDesk(Addresses(email="a@mail.example"))
    inner = told.__call__
    before = use_desk(lambda person_id, *, at: opened.append(person_id) or inner(person_id, at=at))  # type: ignore[func-returns-value]
    try:
        give_batch([person], each=3)
        work()
    finally:
        use_desk(before)
    assert opened == [person]
    assert len(outside[0].mails) == 3


def test_a_mail_server_that_breaks_down_keeps_no_letter_back(
    told: Desks, outside: tuple[Mailbox, Receiver, Path]
) -> None:
    box, receiver, folder = outside
    batch, uids = give_batch(everyone(told))
    box.answer = lambda _recipient: "421 closing" if len(box.mails) >= 4 else "250 ok"
    work()
    assert letters(folder) == {str(uid) for uid in uids[::2]}
    assert len(receiver.calls) == NUMBER
    (row,) = waiting()
    assert (row.batch_id, row.channel, row.last_error, row.attempts) == (batch, "email", "smtp_421", 1)
    work(later(1))
    (row,) = waiting()
    assert row.attempts == 2
    assert outbox.outbox_figures(later(1)).down == {"email": "smtp_421"}
    box.answer = lambda _recipient: "250 ok"
    work(later(10))
    assert not waiting()
    assert numbers(box) == Counter(str(uid) for uid in uids[1::2])
    assert len(receiver.calls) == NUMBER


def dies_after(number: int, send: Callable[..., object]) -> Callable[..., object]:
    """A channel whose worker dies right after the outside world took the message."""
    sent: list[object] = []

    def send_and_die(self: object, parcel: object) -> object:
        answer = send(self, parcel)
        sent.append(parcel)
        if len(sent) == number:
            raise SystemExit("killed")
        return answer

    return send_and_die


@pytest.mark.parametrize("number", [1, 2, 8])
@pytest.mark.parametrize("channel", [Email, Letters, Webhook])
def test_a_killed_worker_loses_nobody_and_tells_nobody_twice(
    told: Desks,
    outside: tuple[Mailbox, Receiver, Path],
    monkeypatch: pytest.MonkeyPatch,
    channel: type[Email] | type[Letters] | type[Webhook],
    number: int,
) -> None:
    box, receiver, folder = outside
    persons = everyone(told)
    _, uids = give_batch(persons)
    with monkeypatch.context() as killing:
        killing.setattr(channel, "send", dies_after(number, channel.send))
        with pytest.raises(SystemExit):
            work()
    before = len(receiver.calls)
    work(later(1))
    assert len(receiver.calls) == before, "the claim still holds: nobody goes on yet"
    work(later(6))
    work(later(20))
    assert not waiting()
    assert letters(folder) >= {str(uid) for uid in uids[::2]}
    assert numbers(box) == Counter(str(uid) for uid in uids[1::2])
    # a receiver knows a repeated event by its number
    assert len({call.body for call in receiver.calls}) == NUMBER
    doubtful = [
        uid for person, uid in zip(persons, uids, strict=True) if steps(person, uid, EMAIL)[-1:] == [State.UNCERTAIN]
    ]
    assert len(doubtful) == (1 if channel is Email else 0)
    # what perhaps did not arrive by e-mail, and must arrive, went out on paper too
    assert letters(folder) == {str(uid) for uid in uids[::2]} | {str(uid) for uid in doubtful}


def test_two_workers_share_a_queue_and_send_nothing_twice(
    told: Desks, outside: tuple[Mailbox, Receiver, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim of the first ran out while it was still at work: the second finds its steps and leaves them."""
    box, receiver, folder = outside
    _, uids = give_batch(everyone(told))
    send = Email.send
    inside: list[int] = []

    def slow(self: Email, parcel: object) -> object:
        if not inside:
            inside.append(1)
            Dispatch.objects.using("owner").update(due_at=NOW)
            with clock.set_for_tests(NOW):
                outbox.send_due()
        return send(self, parcel)  # type: ignore[arg-type]

    monkeypatch.setattr(Email, "send", slow)
    work()
    work(later(6))
    work(later(12))
    assert numbers(box) == Counter(str(uid) for uid in uids[1::2])
    assert letters(folder) == {str(uid) for uid in uids[::2]}
    assert len(receiver.calls) == NUMBER
    assert not waiting()


def test_a_fault_of_ours_for_everybody_stops_the_batch_and_not_the_queue(
    told: Desks, outside: tuple[Mailbox, Receiver, Path]
) -> None:
    persons = everyone(told)
    for desk in told.by_person.values():
        desk.broken = True
    give_batch(persons)
    work()
    rows = waiting()
    assert len([row for row in rows if row.batch_id]) == 1
    assert len(rows) <= dispatching.FAULTS_IN_A_ROW
    for desk in told.by_person.values():
        desk.broken = False
    work(later(2))
    assert not waiting()
    assert len(numbers(outside[0])) == NUMBER / 2


def test_without_anybody_to_open_desks_nothing_is_lost(told: Desks, outside: tuple[Mailbox, Receiver, Path]) -> None:
    give_batch(everyone(told))
    before = use_desk(None)
    try:
        with pytest.raises(NobodyTells):
            work()
    finally:
        use_desk(before)
    work(later(6))
    assert len(letters(outside[2])) == NUMBER / 2


def test_rows_of_the_queue_are_forgotten_and_the_steps_stay(
    told: Desks, outside: tuple[Mailbox, Receiver, Path]
) -> None:
    persons = everyone(told)
    _, uids = give_batch(persons)
    work()
    with clock.set_for_tests(later(60 * 24 * 89)):
        assert dispatching.forget_dispatched() == 0
    with clock.set_for_tests(later(60 * 24 * 91)):
        assert dispatching.forget_dispatched() == 1
    assert steps(persons[0], uids[0], LETTER) == [State.SENDING, State.MADE]
    assert notice(persons[0], uids[0]).batch_id is not None
