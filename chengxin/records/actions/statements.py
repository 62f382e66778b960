"""The person's own statement beside an entry: written, written anew, taken back; covered in part by two officials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.foundation import events, journal, keyring
from chengxin.foundation.database import as_person
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.persons import facade as persons
from chengxin.records import queries
from chengxin.records.actions.marks import add_mark, entry_marked, lock_person, require_setting
from chengxin.records.models import Statement
from chengxin.records.rules.covering import covered
from chengxin.records.rules.marking import may_mark
from chengxin.records.rules.visible import effective
from chengxin.records.terms import EntryMarked, EntryView, MarkKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

GOOD = 1
_BASIS = "征信业管理条例 16"


def say_beside(*, actor: Actor, person_id: UUID, uid: UUID, text: str, at: datetime, reason: str) -> None:
    """Put the person's words beside an entry of theirs, from now on in every output that shows it, in the place of older ones.

    ``text`` is kept as it is written, its lines ended alike. Raises NotFound where the person has no such entry, Refusal for
    empty words, for another person, and where the entry or its person is gone.
    """
    require_setting(actor, person_id, MarkKind.STATED, at)
    with as_person(person_id):
        lock_person(person_id)
        entry = entry_marked(person_id, uid, at)
        if not text.strip():
            raise Refusal(Refused("statement_empty", _BASIS))
        if MarkKind.STATED in effective([mark.kind for mark in entry.marks]):
            require(may_mark(MarkKind.STATED, entry.status, frozenset(), good=entry.nature == GOOD))
        else:
            _mark(actor, entry, MarkKind.STATED, at, reason)
        _write(actor, entry, text.replace("\r\n", "\n"), at)
        journal.record(actor, "say_beside", "entry", uid, at=at, reason=reason)


def take_back_statement(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str) -> None:
    """Its person takes the statement back: from now on no output has it. Raises as ``say_beside``, and where none stands."""
    require_setting(actor, person_id, MarkKind.STATEMENT_ENDED, at)
    with as_person(person_id):
        lock_person(person_id)
        _mark(actor, entry_marked(person_id, uid, at), MarkKind.STATEMENT_ENDED, at, reason)
        journal.record(actor, "take_back_statement", "entry", uid, at=at, reason=reason)


def cover_statement(
    *,
    actor: Actor,
    person_id: UUID,
    uid: UUID,
    passages: tuple[str, ...],
    approved_by: UUID,
    at: datetime,
    reason: str,
) -> None:
    """Cover passages of the statement that stands, by two officials; its person goes on reading what they wrote.

    Raises Refusal where none stands or it is covered already, and as ``rules.covering`` says.
    """
    with as_person(person_id):
        lock_person(person_id)
        entry = entry_marked(person_id, uid, at)
        said = entry.statement
        if said is None:
            raise Refusal(Refused("nothing_to_end", _BASIS))
        if said.covered_at is not None:
            raise Refusal(Refused("already_marked", _BASIS))
        text = covered(said.text, passages)
        if isinstance(text, Refused):
            raise Refusal(text)
        newest = Statement.objects.filter(person_id=person_id, entry_id=entry.entry_id).order_by("-statement_id")[0]
        _write(actor, entry, text, at, approved_by=approved_by, covers=newest.statement_id)
        journal.record(actor, "cover_statement", "entry", uid, at=at, reason=reason)


def _mark(actor: Actor, entry: EntryView, kind: MarkKind, at: datetime, reason: str) -> None:
    require(may_mark(kind, entry.status, effective([mark.kind for mark in entry.marks]), good=entry.nature == GOOD))
    add_mark(actor, entry, kind, at, reason)
    events.publish(EntryMarked(entry.person_id, entry.entry_id, int(kind)), at=at)


def _write(
    actor: Actor,
    entry: EntryView,
    text: str,
    at: datetime,
    approved_by: UUID | None = None,
    covers: UUID | None = None,
) -> None:
    key = persons.key_of(entry.person_id)
    if key is None:
        raise Refusal(Refused("person_erased", "个人信息保护法 47"))
    statement_id = new_id(at)
    Statement.objects.create(
        person_id=entry.person_id,
        entry_id=entry.entry_id,
        statement_id=statement_id,
        version=entry.version,
        at=at,
        by_kind=actor.kind,
        by_id=actor.official_id or actor.account_id,
        approved_by=approved_by,
        covers=covers,
        sealed=keyring.current().suite.seal(
            key, text.encode(), queries.statement_aad(entry.person_id, entry.entry_id, statement_id)
        ),
    )
