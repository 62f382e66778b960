"""A case in an office's queue: what, whose turn, how near its last day, on whose desk. Codes and days in words; nobody's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.catalogue.terms import Item
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.presenters.standing import Chip
from chengxin.doors.wording import Language, date_in_words, days_between, has, text
from chengxin.kernel.days import Holidays, shanghai_day
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import OF_AN_ENTRY, DocketLine, EventView, Turn
from chengxin.remedies.terms.desks import Due
from chengxin.remedies.terms.workflows import Act

BY_OFFICES: Final = frozenset({"interview", "readmission", "correction", "sibling"})
"""Workflows that an office begins: the words of such a case are the office's, never its person's."""

TONES: Final[Mapping[Due, str]] = {
    Due.OVERDUE: "warn",
    Due.TODAY: "warn",
    Due.SOON: "open",
    Due.LATER: "quiet",
    Due.PASSED: "quiet",
    Due.NONE: "ended",
}


@dataclass(frozen=True, slots=True)
class QueueLine:
    """``due``: the word and colour of its last day; ``far``: how far that day is; ``mine``: on the reader's own desk."""

    uid: UUID
    number: str
    workflow: str
    about: str
    item: str
    source: str
    state: str
    turn: str
    due: Chip
    due_on: date | None
    far: str
    provisional: bool
    opened_at: datetime
    age: int
    desk: str
    mine: bool


def state_word(workflow: str, state: str, *, of_entry: bool, language: Language) -> str:
    """Where a case stands. One about no entry has words of its own where those of the workflow speak of an entry."""
    own = f"resident.matter.state.{workflow}.{state}_none"
    return text(own if not of_entry and has(own) else f"remedies.state.{workflow}.{state}", language)


def queue_line(
    line: DocketLine,
    *,
    at: datetime,
    holidays: Holidays,
    items: Callable[[str], Item | None],
    offices: Mapping[UUID, str],
    officials: Mapping[UUID, str],
    reader: UUID | None,
    language: Language,
) -> QueueLine:
    """One line. ``offices``, ``officials``: names by id; ``reader``: the official who sees it."""
    today = shanghai_day(at)
    # an entry that nobody has named yet has no item
    of_entry = line.about_kind in OF_AN_ENTRY and bool(line.item)
    about = line.about_kind.value if of_entry or line.about_kind not in OF_AN_ENTRY else "to_find"
    due = remedies.due_word(line.due_on, today, holidays, ours=line.turn in remedies.OURS)
    return QueueLine(
        uid=line.uid,
        number=line.number,
        workflow=workflow_word(line.workflow, language),
        about=text(f"desk.about.{about}", language),
        item=named_item(line.item, items, language),
        source=offices.get(line.supplier, "") if line.supplier else "",
        state=state_word(line.workflow, _state(line, today), of_entry=of_entry, language=language),
        turn=turn_word(line.turn, language),
        due=Chip(text(f"desk.due.{due.value}", language), TONES[due]),
        due_on=line.due_on,
        far=days_between(today, line.due_on, language) if line.due_on else "",
        provisional=line.provisional,
        opened_at=line.opened_at,
        age=(today - shanghai_day(line.opened_at)).days,
        desk=officials.get(line.assigned_to, "") if line.assigned_to else "",
        mine=line.assigned_to is not None and line.assigned_to == reader,
    )


def _state(line: DocketLine, today: date) -> str:
    """Where it stands: what a term's end brings is so from the day it brings it, whether anybody wrote it down or not."""
    flow = remedies.WORKFLOWS[line.workflow]
    step = flow.table.get((flow.states(line.state), Act.LAPSE))
    over = line.due_on is not None and line.due_on < today and step is not None and line.matter in step.terms
    return step.target.value if over and step is not None else line.state


def day_told(event: EventView, language: Language) -> str:
    """The day that a paper from outside bears: of what was taken in there, or of a ruling that reached the person."""
    if event.on is None:
        return ""
    kind = "taken_in" if event.act in (Act.TELL_RECONSIDERATION, Act.TELL_LAWSUIT) else "served"
    return text(f"desk.day.{kind}", language, day=date_in_words(event.on, language))


def workflow_word(workflow: str, language: Language) -> str:
    """What kind of case it is."""
    return text(f"remedies.workflow.{workflow}", language)


def turn_word(turn: Turn, language: Language) -> str:
    """Whose turn it is."""
    return text(f"desk.turn.{turn.value}", language)


def named_item(code: str, items: Callable[[str], Item | None], language: Language) -> str:
    """An item by its name, or by its code where no edition names it any more; empty where the case is about none."""
    if not code:
        return ""
    found = items(code)
    return item_name(found, language) if found else code
