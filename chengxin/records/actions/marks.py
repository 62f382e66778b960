"""Setting marks: the one way in which an entry's visibility changes (F5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

from chengxin.foundation import events, journal
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Decision, first_refusal, require
from chengxin.kernel.errors import NotFound
from chengxin.kernel.ids import new_id_after, new_uid
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records import queries
from chengxin.records.models import Mark
from chengxin.records.rules.marking import may_mark, may_set
from chengxin.records.rules.visible import effective, working
from chengxin.records.terms import EntryMarked, EntryView, MarkKind, MarkView

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

FOR_ANOTHER = frozenset({MarkKind.OBJECTED, MarkKind.STATED, MarkKind.STATEMENT_ENDED})
"""Marks that somebody may set for the person by a mandate."""
GOOD = 1
ADVERSE = 2


def mark_entry(
    *,
    actor: Actor,
    person_id: UUID,
    uid: UUID,
    kinds: tuple[MarkKind, ...],
    at: datetime,
    reason: str,
    approved_by: UUID | None = None,
) -> EntryView:
    """Set marks on an entry, all or none, and journal it. Returns the entry as it was before.

    ``reason`` is a stable code or the actor's words; READMITTED needs ``approved_by``, another official.
    Raises NotFound where the person has no such entry, Refusal where a mark makes no sense in its status, and for a person
    who acts on another's entry or sets what is not a person's to set.
    """
    require(first_refusal(*(_may_set(actor, person_id, kind) for kind in kinds)))
    with as_person(person_id):
        lock_person(person_id)
        entry = entry_marked(person_id, uid, at)
        now = working(entry.marks, shanghai_day(at))
        for kind in kinds:
            require(may_mark(kind, entry.status, now, good=entry.nature == GOOD))
            add_mark(actor, entry, kind, at, reason, approved_by)
            journal.record(actor, f"mark_{kind.name.lower()}", "entry", uid, at=at, reason=reason)
            events.publish(EntryMarked(person_id, entry.entry_id, int(kind)), at=at)
    return entry


def object_to_entry(
    *, actor: Actor, person_id: UUID, uid: UUID, not_mine: bool, at: datetime, reason: str, freeze: bool = False
) -> UUID:
    """ "This is wrong" or "this is not me": marked at once, and an adverse entry frozen at once (charter 4, F5).

    ``freeze``: its person asks that one that is not adverse is not used either.
    Returns the uid of the objection's mark, its receipt. A second objection while one is open joins it: it adds what the
    first did not say (not mine), and has the first one's receipt.
    """
    require_setting(actor, person_id, MarkKind.OBJECTED, at)
    with as_person(person_id):
        lock_person(person_id)
        entry = entry_marked(person_id, uid, at)
        now = effective([mark.kind for mark in entry.marks])
        kinds = [MarkKind.OBJECTED]
        if not_mine:
            kinds.append(MarkKind.NOT_MINE)
        if entry.nature == ADVERSE or freeze:
            kinds.append(MarkKind.FROZEN)
        receipt = _objected(entry).uid if MarkKind.OBJECTED in now else None
        for kind in kinds:
            if kind in now:
                continue
            decision = may_mark(kind, entry.status, now, good=entry.nature == GOOD)
            if kind is MarkKind.OBJECTED:
                require(decision)
            mark = add_mark(actor, entry, kind, at, reason)
            receipt = receipt or mark.uid
            events.publish(EntryMarked(person_id, entry.entry_id, int(kind)), at=at)
        assert receipt is not None
        journal.record(actor, "object_to_entry", "entry", uid, at=at, reason=reason)
    return receipt


def move_clock(
    *, actor: Actor, person_id: UUID, uid: UUID, clock: UUID, lapses_on: date | None, at: datetime, reason: str
) -> None:
    """Say from which day on silence takes an entry out, by the clock of one case (``clock``: its id); None: it runs no more.

    ``lapses_on``: the first day after the last one on which the office may answer. From 00:00 in Shanghai of that day on the
    entry is out of every output, with every job stopped, and stays so (``rules.silence``). Raises as ``mark_entry``.
    """
    require(_may_set(actor, person_id, MarkKind.CLOCK_MOVED))
    with as_person(person_id):
        lock_person(person_id)
        entry = entry_marked(person_id, uid, at)
        now = effective([mark.kind for mark in entry.marks])
        require(may_mark(MarkKind.CLOCK_MOVED, entry.status, now, good=entry.nature == GOOD))
        add_mark(actor, entry, MarkKind.CLOCK_MOVED, at, reason, lapses_on=lapses_on, clock=clock)
        journal.record(actor, "mark_clock_moved", "entry", uid, at=at, reason=reason)
        events.publish(EntryMarked(person_id, entry.entry_id, int(MarkKind.CLOCK_MOVED)), at=at)


def end_appeal_on(*, actor: Actor, person_id: UUID, uid: UUID, ends_on: date | None, at: datetime, reason: str) -> None:
    """Say from which day on an entry is contested outside no more, if nobody goes on with it; None: it goes on.

    ``ends_on``: the first day after the person's next term. From 00:00 in Shanghai of that day on the entry is what it was
    before, with every job stopped (``rules.visible.appealed_until``). Raises as ``mark_entry``.
    """
    kind = MarkKind.APPEALED if ends_on is None else MarkKind.APPEAL_ENDED
    require(_may_set(actor, person_id, MarkKind.APPEAL_ENDED))
    with as_person(person_id):
        lock_person(person_id)
        entry = entry_marked(person_id, uid, at)
        now = working(entry.marks, shanghai_day(at))
        require(may_mark(MarkKind.APPEAL_ENDED, entry.status, now, good=entry.nature == GOOD))
        add_mark(actor, entry, kind, at, reason, lapses_on=ends_on)
        journal.record(actor, f"mark_{kind.name.lower()}", "entry", uid, at=at, reason=reason)
        events.publish(EntryMarked(person_id, entry.entry_id, int(kind)), at=at)


def require_setting(actor: Actor, person_id: UUID, kind: MarkKind, at: datetime) -> None:
    """Pass where the actor may set this mark; what contests or explains an entry, also for another by a mandate in force."""
    if actor.mandate is not None and kind in FOR_ANOTHER:
        require(persons.may_act_for(actor, person_id, Scope.REMEDIES, at=at))
    else:
        require(_may_set(actor, person_id, kind))


def _may_set(actor: Actor, person_id: UUID, kind: MarkKind) -> Decision:
    own = actor.person_id == person_id and actor.mandate is None
    return may_set(kind, by_person=actor.kind == "person", own=own)


def _objected(entry: EntryView) -> MarkView:
    """The mark of the newest objection to this entry."""
    return next(mark for mark in reversed(entry.marks) if mark.kind is MarkKind.OBJECTED)


def lock_person(person_id: UUID) -> None:
    """Let one act at a time change a person's file: two marks at once cannot both read the state before."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_of(person_id)])


def lock_free_persons(person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Lock those of these persons whose file nobody else is changing, and say who they are; it waits for nobody, so that nobody
    who holds one of them and waits for another is met."""
    keys = {person_id: _lock_of(person_id) for person_id in person_ids}
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT key FROM unnest(%s::bigint[]) AS asked (key) WHERE pg_try_advisory_xact_lock(key)",
            [list(keys.values())],
        )
        held = {key for (key,) in cursor.fetchall()}
    return frozenset(person_id for person_id, key in keys.items() if key in held)


def _lock_of(person_id: UUID) -> int:
    return int.from_bytes(person_id.bytes[-8:], "big", signed=True)


def entry_marked(person_id: UUID, uid: UUID, at: datetime) -> EntryView:
    versions = [
        entry for entry in queries.entries_with_any_status(person_id, shown_at=at, known_at=at) if entry.uid == uid
    ]
    if not versions:
        raise NotFound(thing="entry")
    return max(versions, key=lambda entry: entry.version)


def add_mark(
    actor: Actor,
    entry: EntryView,
    kind: MarkKind,
    at: datetime,
    reason: str,
    approved_by: UUID | None = None,
    final_on: date | None = None,
    lapses_on: date | None = None,
    clock: UUID | None = None,
) -> Mark:
    """One row, in the current transaction of the entry's person; whether it may be set was asked before.

    ``final_on``: for SERVED, when the decision becomes final by this proof. ``lapses_on`` and ``clock``: for
    CLOCK_MOVED, when silence takes the entry out, by which clock; ``lapses_on``: for APPEAL_ENDED, from when on.

    It stands after all marks of the entry: which of two counts is the order in which they were set, and two acts may bear
    one moment, or have waited for each other.
    """
    before = Mark.objects.filter(person_id=entry.person_id, entry_id=entry.entry_id).order_by("-mark_id")
    return Mark.objects.create(
        person_id=entry.person_id,
        mark_id=new_id_after(at, before.values_list("mark_id", flat=True).first()),
        entry_id=entry.entry_id,
        version=entry.version,
        uid=new_uid(),
        kind=int(kind),
        at=at,
        by_kind=actor.kind,
        by_id=actor.official_id or actor.account_id,
        approved_by=approved_by,
        reason=reason,
        final_on=final_on,
        lapses_on=lapses_on,
        clock=clock,
    )
