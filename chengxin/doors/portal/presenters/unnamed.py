"""A complaint without a name in words: where it stands, whose turn it is, how near its last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.doors.portal.presenters.docket import TONES
from chengxin.doors.portal.presenters.standing import Chip
from chengxin.doors.wording import Language, days_between, text
from chengxin.kernel.days import shanghai_day
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.desks import Due
from chengxin.remedies.terms.unnamed import UnnamedComplaint, UnnamedLine


@dataclass(frozen=True, slots=True)
class UnnamedShown:
    """``state``: what became of it; ``due``: how near its last day is, where it waits; ``office``: whom it is about."""

    line: UnnamedLine
    concern: str
    office: str
    state: str
    due: Chip | None
    far: str


@dataclass(frozen=True, slots=True)
class UnnamedPage:
    """The same with the words and the answer."""

    shown: UnnamedShown
    words: str
    answer: str


def unnamed_line(line: UnnamedLine, names: Mapping[UUID, str], at: datetime, language: Language) -> UnnamedShown:
    """One in the queue. ``names``: of organisations by id."""
    today = shanghai_day(at)
    due = remedies.due_word(line.due_on, today, remedies.law_here().holidays)
    waits = line.answered_at is None
    state = ("late" if due is Due.OVERDUE else "waits") if waits else "founded" if line.founded else "unfounded"
    return UnnamedShown(
        line,
        text(f"complain.concern.{line.concern.value}", language),
        names.get(line.office, "") if line.office else "",
        text(f"complain.state.{state}", language),
        Chip(text(f"desk.due.{due.value}", language), TONES[due]) if waits else None,
        days_between(today, line.due_on, language) if waits else "",
    )


def unnamed_page(
    found: UnnamedComplaint, at: datetime, language: Language, names: Mapping[UUID, str] | None = None
) -> UnnamedPage:
    """One whole, for whoever wrote it or answers it."""
    return UnnamedPage(unnamed_line(found.line, names or {}, at, language), found.words, found.answer)
