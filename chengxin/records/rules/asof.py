"""The file of a person as it was shown at one moment and known at another, in canonical form (F6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chengxin.kernel.canonical import canonical_json
from chengxin.records.terms import EntryView, Gone, GoneBecause, Statement, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

SCHEMA = "chengxin.file.v1"
BECAUSE: Mapping[Status, GoneBecause] = {
    Status.ERASED: GoneBecause.ERASED,
    Status.DISPOSED: GoneBecause.RETENTION_ENDED,
}
_STATUS = {because: status for status, because in BECAUSE.items()}


def file_as_of(
    entries: Iterable[EntryView],
    *,
    audience: str,
    shown_at: datetime,
    known_at: datetime,
    suppliers: Mapping[UUID, str],
    gone: Iterable[Gone] = (),
    writings: Mapping[UUID, Sequence[Statement]] | None = None,
) -> bytes:
    """Canonical JSON (RFC 8785) of a file. What is gone appears as its commitment and the reason, never as content.

    ``suppliers``: unified codes of the offices by their internal ids, which never leave the house (F2). ``gone``: the
    tombstones; an entry past its day and the tombstone that a later job makes of it read the same. ``writings``: for their
    person alone, all that they wrote beside each entry (by its internal id), also what they wrote anew or took back.
    """
    written = writings or {}
    told = [entry_as_of(entry, suppliers, written.get(entry.entry_id, ())) for entry in entries] + [
        gone_as_of(one) for one in gone
    ]
    told.sort(key=lambda one: (one["uid"], one["version"]))
    return canonical_json(
        {
            "schema": SCHEMA,
            "audience": audience,
            "shown_at": shown_at.isoformat(),
            "known_at": known_at.isoformat(),
            "entries": told,
        }
    )


def entry_as_of(entry: EntryView, suppliers: Mapping[UUID, str], writings: Sequence[Statement] = ()) -> dict[str, Any]:
    """One version of an entry as plain JSON: days as ISO dates, moments in UTC, content as stored."""
    if entry.status in BECAUSE:
        return _gone(entry.uid, entry.version, entry.commitment, BECAUSE[entry.status])
    return {
        "uid": str(entry.uid),
        "version": entry.version,
        "status": entry.status.value,
        "commitment": entry.commitment.hex(),
        "item": entry.item,
        "supplier": suppliers.get(entry.supplier),
        "nature": entry.nature,
        "act_class": entry.act_class,
        "decided_on": _day(entry.decided_on),
        "act_on": _day(entry.act_on),
        "final_on": _day(entry.final_on),
        "served_on": _day(entry.served_on),
        "valid_from": _day(entry.valid_from),
        "valid_to": _day(entry.valid_to),
        "known_from": entry.known_from.isoformat(),
        "display_until": _day(entry.display_until),
        "retain_until": _day(entry.retain_until),
        "lapses_on": _day(entry.lapses_on),
        "content": entry.content,
        "statement": _said(entry.statement),
        "written": [{"text": one.text, "written_at": one.written_at.isoformat()} for one in writings],
        "marks": [
            {"kind": mark.kind.name.lower(), "at": mark.at.isoformat(), "reason": mark.reason} for mark in entry.marks
        ],
    }


def _said(statement: Statement | None) -> dict[str, Any] | None:
    if statement is None:
        return None
    return {
        "text": statement.text,
        "written_at": statement.written_at.isoformat(),
        "covered_at": statement.covered_at.isoformat() if statement.covered_at else None,
        "own": statement.own,
    }


def gone_as_of(gone: Gone) -> dict[str, Any]:
    """One version that is gone: its commitment, and why it went."""
    return _gone(gone.uid, gone.version, gone.commitment, gone.because)


def _gone(uid: UUID, version: int, commitment: bytes, because: GoneBecause) -> dict[str, Any]:
    return {
        "uid": str(uid),
        "version": version,
        "status": _STATUS[because].value,
        "reason": because.value,
        "commitment": commitment.hex(),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
