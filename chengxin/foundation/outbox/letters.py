"""The list of the print house: which letters lie in its folder, and what the post did with them.

Posted is not served: the dated receipt of the post is (民事诉讼法 91, mail counts from the day on its receipt).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.foundation import clock, events, jobs, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import WEB, as_person, working_off
from chengxin.foundation.models.outbox import Letter
from chengxin.foundation.outbox.channels import Letters
from chengxin.foundation.outbox.notices import notices_by_id
from chengxin.foundation.outbox.reading import note_step, served
from chengxin.foundation.outbox.terms import ChannelKind, State
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused, require
from chengxin.kernel.errors import NotFound

LIST: Final = "foundation_letter"
BASIS: Final = "民事诉讼法 91"
KEPT: Final = timedelta(days=90)


class LetterUnknown(NotFound):
    """There is no letter with this number."""

    code = "letter_unknown"


class LetterAct(StrEnum):
    """What the print house notes, and the post after it."""

    POST = "post"
    RECEIVE = "receive"
    RETURN = "return"


class LetterState(StrEnum):
    """Where a letter is."""

    MADE = "made"
    POSTED = "posted"
    RECEIVED = "received"
    RETURNED = "returned"


WORKFLOW: Mapping[tuple[LetterState, LetterAct], LetterState] = {
    (LetterState.MADE, LetterAct.POST): LetterState.POSTED,
    (LetterState.POSTED, LetterAct.RECEIVE): LetterState.RECEIVED,
    (LetterState.POSTED, LetterAct.RETURN): LetterState.RETURNED,
}
"""(state, act) -> the state that follows. A pair that is not here is refused."""

_STEP: Mapping[LetterAct, State] = {
    LetterAct.POST: State.POSTED,
    LetterAct.RECEIVE: State.DELIVERED,
    LetterAct.RETURN: State.GIVEN_UP,
}


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter by its number; it says nothing of its person. ``path`` is None once its file was removed."""

    uid: UUID
    made_at: datetime
    state: LetterState
    posted_on: date | None
    received_on: date | None
    returned_on: date | None
    path: Path | None


def letters_to_post(*, limit: int = 1000) -> list[LetterView]:
    """Letters that lie in the folder, the oldest first."""
    with working_off(LIST):
        return [_view(row) for row in Letter.objects.filter(posted_on__isnull=True).order_by("made_at", "uid")[:limit]]


def letters_on_the_way(*, limit: int = 1000) -> list[LetterView]:
    """Letters that the post has, of which it brought back neither receipt nor letter; the longest gone first."""
    gone = Letter.objects.filter(posted_on__isnull=False, received_on__isnull=True, returned_on__isnull=True)
    with working_off(LIST):
        return [_view(row) for row in gone.order_by("posted_on", "uid")[:limit]]


def letter(uid: UUID) -> LetterView:
    """One letter by its number. Raises ``LetterUnknown``."""
    with working_off(LIST):
        row = Letter.objects.filter(uid=uid).first()
    if row is None:
        raise LetterUnknown(letter=str(uid))
    return _view(row)


def may_note(found: LetterView, act: LetterAct, on: date, today: date) -> Decision:
    """Whether this may be noted of the letter with this day."""
    if (found.state, act) not in WORKFLOW:
        return Refused("wrong_state", BASIS, {"state": found.state.value})
    earliest = found.posted_on or shanghai_day(found.made_at)
    if not earliest <= on <= today:
        return Refused("letter_day_impossible", BASIS, {"earliest": earliest.isoformat(), "latest": today.isoformat()})
    return ALLOWED


def post_letter(*, actor: Actor, uid: UUID, on: date, at: datetime, reason: str) -> LetterView:
    """Note the day the print house gave a letter to the post, and remove its file. Raises ``LetterUnknown``, ``Refusal``."""
    found = _note(actor, uid, LetterAct.POST, on, at, reason)
    if (folder := letter_folder()) is not None:
        # the file outlives a transaction that fails after this
        transaction.on_commit(partial(folder.remove, uid), using=WEB)
    return found


def receive_letter(*, actor: Actor, uid: UUID, on: date, at: datetime, reason: str) -> LetterView:
    """Note the day on the receipt that the post brought back: proof of service. Raises ``LetterUnknown``, ``Refusal``."""
    return _note(actor, uid, LetterAct.RECEIVE, on, at, reason)


def return_letter(*, actor: Actor, uid: UUID, on: date, at: datetime, reason: str) -> LetterView:
    """Note the day a letter came back undelivered. Raises ``LetterUnknown``, ``Refusal``."""
    return _note(actor, uid, LetterAct.RETURN, on, at, reason)


_SET: Mapping[LetterAct, Callable[[Letter, date], None]] = {
    LetterAct.POST: lambda row, on: setattr(row, "posted_on", on),
    LetterAct.RECEIVE: lambda row, on: setattr(row, "received_on", on),
    LetterAct.RETURN: lambda row, on: setattr(row, "returned_on", on),
}


def _note(actor: Actor, uid: UUID, act: LetterAct, on: date, at: datetime, reason: str) -> LetterView:
    with working_off(LIST):
        row = Letter.objects.select_for_update().filter(uid=uid).first()
        if row is None:
            raise LetterUnknown(letter=str(uid))
        require(may_note(_view(row), act, on, shanghai_day(at)))
        _SET[act](row, on)
        row.save()
        with as_person(row.person_id):
            (notice,) = notices_by_id(row.person_id, [row.notice_id])
            note_step(notice, ChannelKind.LETTER, _STEP[act], at=at, evidence=f"{act.value} {on.isoformat()}")
            if act is LetterAct.RECEIVE:
                events.publish(served(notice, how="received"), at=at)
        journal.record(actor, f"{act.value}_letter", "notice", uid, at=at, reason=reason)
    return _view(row)


def _view(row: Letter) -> LetterView:
    state = LetterState.MADE if row.posted_on is None else LetterState.POSTED
    if row.received_on is not None:
        state = LetterState.RECEIVED
    elif row.returned_on is not None:
        state = LetterState.RETURNED
    folder = letter_folder() if state is LetterState.MADE else None
    path = None if folder is None else folder.path(row.uid)
    return LetterView(row.uid, row.made_at, state, row.posted_on, row.received_on, row.returned_on, path)


def letter_folder() -> Letters | None:
    """The folder of the print house, where there is one."""
    return Letters(Path(settings.CHENGXIN_LETTERS)) if settings.CHENGXIN_LETTERS else None


@jobs.job("foundation.forget_letters", every="50 3 * * *")
def forget_letters() -> int:
    """Take letters off the list 90 days after the post's last word; gives how many. The steps stay with the person."""
    last = shanghai_day(clock.now() - KEPT)
    with working_off(LIST):
        received, _ = Letter.objects.filter(received_on__lt=last).delete()
        returned, _ = Letter.objects.filter(returned_on__lt=last).delete()
    return received + returned
