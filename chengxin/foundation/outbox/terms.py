"""Words of the outbox: a notice, its message, the channels it goes by, what came of it, and who opens files for it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol
from uuid import UUID

from chengxin.foundation.models.outbox import Delivery

State = Delivery.State


class ChannelKind(StrEnum):
    """How a notice reaches its person. On the page it stands by itself from the moment it is made."""

    PAGE = "page"
    EMAIL = "email"
    LETTER = "letter"
    WEBHOOK = "webhook"
    SMS = "sms"


class Content(StrEnum):
    """How much a channel carries. ``BRIEF`` says that a notice waits and where; only ``WHOLE`` needs the person's file."""

    NOTHING = "nothing"
    BRIEF = "brief"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One step of telling, as it happened."""

    channel: ChannelKind
    state: State
    at: datetime
    evidence: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice with the steps of telling it, oldest first. ``subject_id`` is internal: it never leaves the house."""

    person_id: UUID
    notice_id: UUID
    uid: UUID
    kind: str
    subject_kind: str
    subject_id: UUID
    subject_version: int
    batch_id: UUID | None
    made_at: datetime
    deliveries: tuple[DeliveryView, ...] = ()

    @property
    def proven_at(self) -> datetime | None:
        """When it was first proven that the person has it: they opened it, or signed for it."""
        return next((step.at for step in self.deliveries if step.state in (State.READ, State.DELIVERED)), None)

    @property
    def read_at(self) -> datetime | None:
        """When its person first opened it, signed in."""
        return next((step.at for step in self.deliveries if step.state is State.READ), None)

    def on(self, channel: ChannelKind) -> tuple[DeliveryView, ...]:
        """The steps on one channel, oldest first."""
        return tuple(step for step in self.deliveries if step.channel is channel)

    def states(self) -> dict[ChannelKind, State]:
        """Where it stands on each channel that was tried."""
        return {step.channel: step.state for step in self.deliveries}


@dataclass(frozen=True, slots=True)
class Message:
    """A notice in words: each text holds all of it in its language, ``html`` is a whole page that holds both."""

    subject: str
    text_zh: str
    text_en: str
    html: str

    @property
    def text(self) -> str:
        """Both languages in plain words, Chinese first."""
        return f"{self.text_zh.strip()}\n\n{'-' * 24}\n\n{self.text_en.strip()}\n"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a person wants to be told. ``email_proven``: they showed that the address is theirs."""

    email: str = ""
    email_proven: bool = False
    phone: str = ""


NOWHERE = Addresses()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a channel is handed: the notice, the words it needs (None for ``Content.NOTHING``), where to, when.

    ``first``: only word that it waits goes now; all of it follows, which the channel must not take for the same message.
    """

    notice: NoticeView
    message: Message | None
    addresses: Addresses
    at: datetime
    first: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel took it. ``evidence`` is kept with the person and holds no address and no word of the message."""

    evidence: str
    state: State = State.SENT


@dataclass(frozen=True, slots=True)
class Fault:
    """The channel did not take it. ``reason`` is a code without personal data.

    ``permanent``: trying again will not help this one. ``everywhere``: the channel itself is down, for everyone.
    ``uncertain``: it broke off where the other side may have taken this one already.
    """

    reason: str
    permanent: bool = False
    everywhere: bool = False
    uncertain: bool = False


class Channel(Protocol):
    """One way out. ``repeatable``: handing over the same notice twice tells its person once, by the notice's number."""

    kind: ClassVar[ChannelKind]
    repeatable: ClassVar[bool]

    def content(self, addresses: Addresses) -> Content:
        """How much it would carry to these addresses."""

    def send(self, parcel: Parcel) -> Receipt | Fault:
        """Hand one over. What the outside world does wrong is a ``Fault``; an exception is a fault of ours."""

    def close(self) -> None:
        """End what was opened for several sendings."""


class Desk(Protocol):
    """What may be known of one person while they are being told; whoever opened it logs what it gave away."""

    @property
    def addresses(self) -> Addresses: ...

    def formal(self, notice: NoticeView) -> bool:
        """Whether this must reach the person on paper where it cannot reach them otherwise."""

    def lacks(self, notice: NoticeView) -> tuple[str, ...]:
        """What it must say and does not, by codes without personal data; until that is nothing it is no proof of anything."""

    def message(self, notice: NoticeView, *, whole: bool) -> Message | None:
        """The notice in words; None where there is nothing left to tell. Only ``whole`` opens the person's file."""


class OpenDesk(Protocol):
    """Opens a person's desk in the current transaction of that person."""

    def __call__(self, person_id: UUID, *, at: datetime) -> AbstractContextManager[Desk]: ...


@dataclass(frozen=True, slots=True)
class NoticeServed:
    """Event: there is proof of our own that the person has the notice. ``how``: ``read`` or ``received``."""

    name = "foundation.notice_served"

    person_id: UUID
    notice_id: UUID
    subject_kind: str
    subject_id: UUID
    subject_version: int
    how: str
