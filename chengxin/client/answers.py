"""What the platform answers, as plain values; and what it says when it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID


class Unreachable(Exception):
    """Nobody answered as HTTP wants it."""


class Problem(Exception):
    """The platform's own answer to a request that it does not carry out (RFC 9457).

    ``code`` is stable: decide by it alone. ``title`` and ``detail`` are sentences for people, ``errors`` names the parts of
    the request that are at fault.
    """

    def __init__(self, status: int, members: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(members.get("code") or members.get("error") or "error")
        self.title = str(members.get("title", ""))
        self.detail = str(members.get("detail") or members.get("error_description") or "")
        self.basis = str(members.get("basis") or "")
        self.type = str(members.get("type", ""))
        self.errors: list[Mapping[str, str]] = list(members.get("errors") or ())
        self.members = dict(members)
        super().__init__(f"{status} {self.code}: {self.title} {self.detail}".strip())


def moment(text: str) -> datetime:
    """A moment as the platform writes it."""
    return datetime.fromisoformat(text)


def _uid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the person says beside an entry: text, never markup. Show it with the entry, labelled as theirs. ``covered_at``:
    since when two officials cover with ■■■ what it says of others."""

    text: str = field(repr=False)
    written_at: datetime
    covered_at: datetime | None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        covered = told["covered_at"]
        return cls(told["text"], moment(told["written_at"]), None if covered is None else moment(covered))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with the fields that may be answered. ``supplier``: the unified social credit code of who handed it in.
    ``statement``: what the person says beside it."""

    uid: UUID
    version: int
    item: str
    supplier: str
    fields: Mapping[str, Any]
    statement: Statement | None = None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        said = told.get("statement")
        return cls(
            UUID(told["uid"]),
            told["version"],
            told["item"],
            told["supplier"],
            told["fields"],
            None if said is None else Statement.read(said),
        )


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The answer to a look-up. ``look``: the entry in the person's own log; ``consent``: the one it rests on."""

    look: UUID
    at: datetime
    consent: UUID | None
    entries: tuple[Entry, ...]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        entries = tuple(Entry.read(one) for one in told["entries"])
        return cls(UUID(told["look"]), moment(told["at"]), _uid(told["consent"]), entries)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to a check or a verification."""

    look: UUID
    at: datetime
    consent: UUID | None
    answer: bool

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(UUID(told["look"]), moment(told["at"]), _uid(told["consent"]), told["answer"])


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a batch, and the case where the purpose asks for one."""

    kind: str
    number: str = field(repr=False)
    case_ref: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "number": self.number, "case_ref": self.case_ref}


@dataclass(frozen=True, slots=True)
class Case:
    """A case of one's own organisation."""

    uid: UUID
    ref: str
    purpose: str
    persons_most: int
    opened_at: datetime
    closed_at: datetime | None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        closed = told["closed_at"]
        return cls(
            UUID(told["uid"]),
            told["ref"],
            told["purpose"],
            told["persons_most"],
            moment(told["opened_at"]),
            None if closed is None else moment(closed),
        )


@dataclass(frozen=True, slots=True)
class Recall:
    """What ``look`` showed is no longer right. ``what``: withdrawn, ended, repaired, back again, or
    corrected: its new state is read by asking again."""

    uid: UUID
    what: str
    look: UUID
    told_at: datetime
    due_on: date
    acknowledged_at: datetime | None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        done = told["acknowledged_at"]
        return cls(
            UUID(told["uid"]),
            told["what"],
            UUID(told["look"]),
            moment(told["told_at"]),
            date.fromisoformat(told["due_on"]),
            None if done is None else moment(done),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """A file handed in. ``state`` answered: the answer can be fetched. ``counts``: received, accepted, held, refused rows."""

    uid: UUID
    item: str
    state: str
    problem: str | None
    received_at: datetime
    same_as: UUID | None
    counts: Mapping[str, int]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            UUID(told["uid"]),
            told["item"],
            told["state"],
            told["problem"],
            moment(told["received_at"]),
            _uid(told["same_as"]),
            told["counts"],
        )


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose that one's organisation has today; ``basis`` is a law with its article, or "consent"."""

    code: str
    basis: str
    operations: frozenset[str]
    items: Mapping[str, list[str]]
    case_needed: bool
    batch_most: int
    told: Mapping[str, Any]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            told["code"],
            told["basis"],
            frozenset(told["operations"]),
            told["items"],
            told["case_needed"],
            told["batch_most"],
            told,
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """The client as the platform knows it. ``signs``: a key is registered, and every request must be signed with it."""

    uid: UUID
    name: str
    organisation: str
    may_ask: bool
    may_supply: bool
    signs: bool

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            UUID(told["uid"]),
            told["name"],
            told["organisation"],
            told["may_ask"],
            told["may_supply"],
            told["signs"],
        )
