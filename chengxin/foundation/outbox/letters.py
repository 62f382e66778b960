"""The list of the print house: which letters lie in its folder, and what became of them.

Posted is not served: the dated receipt of the post is (民事诉讼法 91, mail counts from the day on its receipt). What comes
back is handed over, against a signed receipt; where that fails too it is announced, by office and number alone (95).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest

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
    """What the print house notes, and the post after it. ``SERVE`` is the clock's: an announcement has stood long enough."""

    POST = "post"
    RECEIVE = "receive"
    RETURN = "return"
    HAND = "hand"
    MISS = "miss"
    ANNOUNCE = "announce"
    SERVE = "serve"


class LetterState(StrEnum):
    """Where a letter is."""

    MADE = "made"
    POSTED = "posted"
    RECEIVED = "received"
    RETURNED = "returned"
    MISSED = "missed"
    HANDED = "handed"
    ANNOUNCED = "announced"
    SERVED = "served"


WORKFLOW: Mapping[tuple[LetterState, LetterAct], LetterState] = {
    (LetterState.MADE, LetterAct.POST): LetterState.POSTED,
    (LetterState.POSTED, LetterAct.RECEIVE): LetterState.RECEIVED,
    (LetterState.POSTED, LetterAct.RETURN): LetterState.RETURNED,
    (LetterState.RETURNED, LetterAct.HAND): LetterState.HANDED,
    (LetterState.RETURNED, LetterAct.MISS): LetterState.MISSED,
    (LetterState.MISSED, LetterAct.HAND): LetterState.HANDED,
    (LetterState.MISSED, LetterAct.ANNOUNCE): LetterState.ANNOUNCED,
    (LetterState.ANNOUNCED, LetterAct.HAND): LetterState.HANDED,
    (LetterState.ANNOUNCED, LetterAct.SERVE): LetterState.SERVED,
}
"""(state, act) -> the state that follows. A pair that is not here is refused."""

_STEP: Mapping[LetterAct, State] = {
    LetterAct.POST: State.POSTED,
    LetterAct.RECEIVE: State.DELIVERED,
    LetterAct.RETURN: State.GIVEN_UP,
    LetterAct.HAND: State.DELIVERED,
    LetterAct.MISS: State.GIVEN_UP,
    LetterAct.ANNOUNCE: State.ANNOUNCED,
    LetterAct.SERVE: State.DELIVERED,
}
_DAY: Mapping[LetterState, str] = {
    LetterState.SERVED: "served_on",
    LetterState.HANDED: "handed_on",
    LetterState.RECEIVED: "received_on",
    LetterState.ANNOUNCED: "announced_on",
    LetterState.MISSED: "missed_on",
    LetterState.RETURNED: "returned_on",
    LetterState.POSTED: "posted_on",
}
"""State -> the column that holds its day, the latest states first: the first that is set says where a letter is."""
_HOW: Mapping[LetterAct, str] = {
    LetterAct.RECEIVE: "received",
    LetterAct.HAND: "handed_over",
    LetterAct.SERVE: "announced",
}
"""What proves service, and how it is called."""


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter by its number; it says nothing of its person. ``since``: the day on which it came to its state; ``path`` is None
    once its file was removed."""

    uid: UUID
    made_at: datetime
    state: LetterState
    since: date
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


def letters_that_came_back(*, limit: int = 1000) -> list[LetterView]:
    """Letters that the post brought back and nobody has been handed, those that are not announced yet; the oldest first."""
    back = Letter.objects.filter(returned_on__isnull=False, handed_on__isnull=True, announced_on__isnull=True)
    with working_off(LIST):
        return [_view(row) for row in back.order_by("returned_on", "uid")[:limit]]


def letters_announced(*, limit: int = 1000) -> list[LetterView]:
    """Letters whose announcement stands, the oldest first. Of each, everybody may know its number."""
    standing = Letter.objects.filter(announced_on__isnull=False, handed_on__isnull=True, served_on__isnull=True)
    with working_off(LIST):
        return [_view(row) for row in standing.order_by("announced_on", "uid")[:limit]]


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
    if not found.since <= on <= today:
        said = {"earliest": found.since.isoformat(), "latest": today.isoformat()}
        return Refused("letter_day_impossible", BASIS, said)
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


def hand_letter(*, actor: Actor, uid: UUID, on: date, at: datetime, reason: str) -> LetterView:
    """Note the day on the receipt that the person signed when it was handed over: proof of service. Raises as above."""
    return _note(actor, uid, LetterAct.HAND, on, at, reason)


def miss_letter(*, actor: Actor, uid: UUID, on: date, at: datetime, reason: str) -> LetterView:
    """Note the day on which handing it over was tried and nobody was met. Raises ``LetterUnknown``, ``Refusal``."""
    return _note(actor, uid, LetterAct.MISS, on, at, reason)


def announce_letter(*, actor: Actor, uid: UUID, on: date, at: datetime, reason: str) -> LetterView:
    """Announce that a letter waits, the last way of all (民事诉讼法 95). It stands from the day of ``at``, which is ``on``."""
    return _note(actor, uid, LetterAct.ANNOUNCE, on, at, reason)


def serve_announced(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> LetterView:
    """Note that an announcement has stood as long as the law wants; whoever calls answers for the day."""
    return _note(actor, uid, LetterAct.SERVE, shanghai_day(at), at, reason)


def _note(actor: Actor, uid: UUID, act: LetterAct, on: date, at: datetime, reason: str) -> LetterView:
    with working_off(LIST):
        row = Letter.objects.select_for_update().filter(uid=uid).first()
        if row is None:
            raise LetterUnknown(letter=str(uid))
        found = _view(row)
        require(may_note(found, act, on, shanghai_day(at)))
        setattr(row, _DAY[WORKFLOW[found.state, act]], on)
        row.save()
        with as_person(row.person_id):
            (notice,) = notices_by_id(row.person_id, [row.notice_id])
            note_step(notice, ChannelKind.LETTER, _STEP[act], at=at, evidence=f"{act.value} {on.isoformat()}")
            if act in _HOW:
                events.publish(served(notice, how=_HOW[act]), at=at)
        journal.record(actor, f"{act.value}_letter", "notice", uid, at=at, reason=reason)
    return _view(row)


def _view(row: Letter) -> LetterView:
    state = next((state for state, column in _DAY.items() if getattr(row, column) is not None), LetterState.MADE)
    since = shanghai_day(row.made_at) if state is LetterState.MADE else getattr(row, _DAY[state])
    folder = letter_folder() if state is LetterState.MADE else None
    return LetterView(row.uid, row.made_at, state, since, None if folder is None else folder.path(row.uid))


def letter_folder() -> Letters | None:
    """The folder of the print house, where there is one."""
    return Letters(Path(settings.CHENGXIN_LETTERS)) if settings.CHENGXIN_LETTERS else None


@jobs.job("foundation.forget_letters", every="50 3 * * *")
def forget_letters() -> int:
    """Take letters off the list 90 days after the last word on them; gives how many. The steps stay with the person."""
    last = shanghai_day(clock.now() - KEPT)
    on_its_way = Q(announced_on__isnull=False) & Q(handed_on__isnull=True, served_on__isnull=True)
    with working_off(LIST):
        said = Letter.objects.alias(last_on=Greatest(*_DAY.values()))
        gone, _ = (
            said.filter(last_on__lt=last)
            .exclude(on_its_way)
            .exclude(received_on__isnull=True, returned_on__isnull=True)
            .delete()
        )
    return gone
