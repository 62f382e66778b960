"""Batches, duties and what became of rows, in the words of a clerk's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.terms import Item
from chengxin.collection.terms import BatchState, BatchView, DutyView, RefusedRow
from chengxin.doors.portal.presenters.catalogue import field_name, item_name
from chengxin.doors.wording import Language, has, reason, text

STATE_TONES = {
    BatchState.DRAFT: "quiet",
    BatchState.WAITING: "open",
    BatchState.SCREENING: "open",
    BatchState.STOPPED: "warn",
    BatchState.ANSWERED: "good",
    BatchState.CANCELLED: "ended",
}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in a list."""

    batch: BatchView
    item: str
    state: str
    tone: str


def batch_line(batch: BatchView, item: Item | None, language: Language) -> BatchLine:
    """``item``: as its edition names it; its code where no edition does any more."""
    return BatchLine(
        batch=batch,
        item=batch.item if item is None else item_name(item, language),
        state=text(f"batches.state.{batch.state.value}", language),
        tone=STATE_TONES[batch.state],
    )


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason, the column it is about, how many rows have it; what happened and what to do."""

    what: str
    do: str
    field: str
    rows: int


def reason_line(code: str, field: str, rows: int, item: Item | None, language: Language) -> ReasonLine:
    """``field`` is a column's code, "" where the reason is about the row as a whole."""
    what, do = _said(code, "", language)
    return ReasonLine(what, do, column_name(field, item, language), rows)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault of one row."""

    field: str
    what: str
    do: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A refused row and every fault of it."""

    row_no: int
    faults: tuple[FaultLine, ...]


def row_lines(rows: Iterable[RefusedRow], item: Item | None, language: Language) -> list[RowLine]:
    """Refused rows with all their faults in words; the details (limits, lists) are told row by row."""
    return [
        RowLine(
            row.row_no,
            tuple(
                FaultLine(column_name(field, item, language), *_said(code, detail, language))
                for code, field, detail in row.faults or ((row.reason, row.field, ""),)
            ),
        )
        for row in rows
    ]


def column_name(field: str, item: Item | None, language: Language) -> str:
    """``处罚依据``: the column's name; its code where the item has none of it."""
    spec = item.by_code.get(field) if item else None
    return field if spec is None else field_name(spec, language)


def _said(code: str, detail: str, language: Language) -> tuple[str, str]:
    if not has(f"reasons.{code}.what"):
        return code, ""
    told = reason(code, language, detail=detail)
    return told.what, told.do


@dataclass(frozen=True, slots=True)
class DutyLine:
    """What is owed for one period: ``done``: reported; ``pressing``: the period is over, and no report has come."""

    duty: DutyView
    item: str
    state: str
    tone: str
    done: bool
    pressing: bool


def duty_line(duty: DutyView, item: Item | None, today: date, language: Language) -> DutyLine:
    """A duty with its state in a word."""
    done = duty.reported_at is not None
    if done:
        state, tone = (
            ("reported_late", "quiet") if duty.is_late else ("nothing" if duty.nothing else "reported", "good")
        )
    elif duty.is_late:
        state, tone = "late", "warn"
    elif duty.period_to < today:
        state, tone = "due", "open"
    else:
        state, tone = "running", "quiet"
    return DutyLine(
        duty=duty,
        item=duty.item if item is None else item_name(item, language),
        state=text(f"duties.state.{state}", language),
        tone=tone,
        done=done,
        pressing=not done and (duty.is_late or duty.period_to < today),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a file: those nobody has said the meaning of, and the required fields no heading means."""

    headings: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.unknown and not self.missing


def columns_of(batch: BatchView, item: Item | None, language: Language) -> Columns:
    """From the file's own headings and the mapping of the batch; missing fields by name."""
    headings = tuple(one for one in batch.file_facts.get("headings", ()) if one)
    mapping: Mapping[str, str] = batch.mapping
    meant = set(mapping.values())
    needed = [spec for spec in item.fields if spec.is_required and spec.code not in meant] if item else []
    return Columns(
        headings=headings,
        unknown=tuple(one for one in headings if one not in mapping),
        missing=tuple(field_name(spec, language) for spec in needed),
    )
