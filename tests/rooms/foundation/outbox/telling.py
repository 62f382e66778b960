"""A desk that knows what a test says, and notices about nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from chengxin.foundation import clock, outbox
from chengxin.foundation.copying import copy_rows
from chengxin.foundation.database import as_person, in_transaction
from chengxin.foundation.models import Dispatch
from chengxin.foundation.outbox import NOWHERE, Addresses, ChannelKind, Message, NoticeView, State
from chengxin.kernel.ids import new_id
from tests.people import NOW

BRIEF = Message("您有一份通知 / A notice waits for you", "请登录查看。", "Please sign in.", "<p>请登录 / sign in</p>")
WHOLE = Message("一般处罚 / A penalty", "决定全文。", "All of the decision.", "<p>决定全文 / all of it</p>")


@dataclass
class FakeDesk:
    """One person's desk, and what was asked of it."""

    addresses: Addresses = NOWHERE
    is_formal: bool = False
    gone: bool = False
    lacking: tuple[str, ...] = ()
    broken: bool = False
    opened_whole: int = 0

    def formal(self, notice: NoticeView) -> bool:
        return self.is_formal

    def lacks(self, notice: NoticeView) -> tuple[str, ...]:
        return self.lacking

    def message(self, notice: NoticeView, *, whole: bool) -> Message | None:
        if self.broken:
            raise ValueError("a fault of ours, with 张三 in it")
        if not whole:
            return BRIEF
        self.opened_whole += 1
        return None if self.gone else WHOLE


@dataclass
class Desks:
    """Everybody's desks; a person nobody spoke of has no addresses."""

    by_person: dict[UUID, FakeDesk] = field(default_factory=dict)

    @contextmanager
    def __call__(self, person_id: UUID, *, at: datetime) -> Iterator[FakeDesk]:
        yield self.by_person.setdefault(person_id, FakeDesk())


@contextmanager
def desks() -> Iterator[Desks]:
    """These desks are the ones in use, within the block."""
    mine = Desks()
    before = outbox.use_desk(mine)
    try:
        yield mine
    finally:
        outbox.use_desk(before)


def give_notice(person_id: UUID, *, at: datetime = NOW) -> NoticeView:
    """One notice for a person, queued."""
    with as_person(person_id):
        uid = outbox.tell(person_id=person_id, kind="entry_new", subject_kind="entry", subject_id=uuid4(), at=at)
    return notice(person_id, uid)


def give_batch(people: list[UUID], *, each: int = 1, at: datetime = NOW) -> tuple[UUID, list[UUID]]:
    """A batch with notices for these people, queued as one; gives its id and the public numbers of its notices."""
    batch, uids = new_id(at), []
    rows = []
    for person_id in people:
        for _ in range(each):
            uids.append(uuid4())
            rows.append(
                {
                    "person_id": person_id,
                    "notice_id": new_id(at),
                    "uid": uids[-1],
                    "kind": "entry_new",
                    "subject_kind": "entry",
                    "subject_id": uuid4(),
                    "subject_version": 1,
                    "batch_id": batch,
                    "made_at": at,
                }
            )
    insert_notices(rows)
    with in_transaction():
        outbox.dispatch_batch(batch, at=at)
    return batch, uids


def insert_notices(rows: list[dict[str, object]]) -> None:
    """As intake does, by COPY."""
    from django.db import connections, transaction

    with transaction.atomic(using="intake"), connections["intake"].cursor() as cursor:
        copy_rows(cursor, "foundation_notice", list(rows[0]), [tuple(row.values()) for row in rows])


def notice(person_id: UUID, uid: UUID) -> NoticeView:
    """A notice with its steps so far."""
    with as_person(person_id):
        return outbox.notice_of(person_id, uid)


def steps(person_id: UUID, uid: UUID, channel: ChannelKind) -> list[State]:
    """The states of a notice on a channel, in order."""
    return [step.state for step in notice(person_id, uid).on(channel)]


def work(at: datetime = NOW) -> None:
    """Send everything that is due at this moment."""
    with clock.set_for_tests(at):
        while outbox.send_due():
            pass


def waiting() -> list[Dispatch]:
    """Rows of the queue that are not ended, in the order of their making."""
    return list(Dispatch.objects.using("owner").filter(state=Dispatch.State.WAITING).order_by("id"))


def later(minutes: float) -> datetime:
    """So many minutes after the tests' moment."""
    return NOW + timedelta(minutes=minutes)


def people(number: int) -> list[UUID]:
    """So many people, by their ids alone."""
    return [new_id(NOW) for _ in range(number)]
