"""The plan of a batch: what an item asks of each column, compiled once; and what its lanes learn while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from chengxin.catalogue.terms import ActClass, FieldRole, FieldSpec, FieldType, Item, RequiredKind
from chengxin.collection.rules.cells import ORG_ROLES, trimmed
from chengxin.collection.rules.content import stored_fields
from chengxin.collection.rules.dates import read_day
from chengxin.collection.rules.fields import duty_faults, judge_cell
from chengxin.collection.rules.laws import lacks_basis, law_fault
from chengxin.collection.screening.findings import Table
from chengxin.collection.screening.lanes import Days, Judged, Lane, day_number, day_of
from chengxin.collection.screening.memory import Memory
from chengxin.collection.screening.texts import Triggers
from chengxin.collection.terms import Fault, NoteOf, Reason, ScreeningContext
from chengxin.kernel.errors import BadInput

LANE_ROLES: Final = ORG_ROLES | {
    FieldRole.DECIDER_NAME,
    FieldRole.SOURCE_NAME,
    FieldRole.LEGAL_BASIS,
    FieldRole.COMPUTED_IGNORED,
}
"""Texts whose values repeat (no free text is among them), and the stated display end, which is only compared."""


class ItemUnscreenable(BadInput):
    """This item lacks a field without which no row of it can be an entry."""

    code = "item_unscreenable"


@dataclass
class Plan:
    """What `screen` needs. It learns: use one plan for one batch, in one thread.

    `ends`, `lasts`, `laws` and `law_words` remember answers; the last two those about the cells that the lane of laws
    knows in its generation `laws_of`.

    `lacking` tells for each stretch between two of `turns` whether the item rests on nothing then.

    `lanes` and `texts` hold every field of the item between them; `anchor` is the stored field that stands in every row.
    """

    item: Item
    context: ScreeningContext
    faults: Table[Fault]
    notes: Table[NoteOf]
    lanes: dict[str, Lane]
    texts: tuple[FieldSpec, ...]
    duty: tuple[Fault, ...]
    triggers: Triggers
    stored: tuple[FieldSpec, ...]
    turns: Days
    lacking: NDArray[np.bool_]
    openings: dict[str, tuple[str, str]]
    anchor: str
    ends: Memory = field(default_factory=lambda: Memory(2))
    lasts: Memory = field(default_factory=lambda: Memory(1))
    laws: Memory = field(default_factory=lambda: Memory(1))
    law_words: Memory = field(default_factory=lambda: Memory(1))
    laws_of: int = 0

    @property
    def name(self) -> str:
        """Code of the field with the person's name."""
        return self.item.by_role[FieldRole.PERSON_NAME].code

    @property
    def number(self) -> str:
        """Code of the field with the number of the person's document."""
        return self.item.by_role[FieldRole.DOCUMENT_NUMBER].code

    def code_of(self, role: FieldRole) -> str | None:
        """Code of the item's field with this role."""
        spec = self.item.field_of(role)
        return spec.code if spec else None

    def ends_of(self, act_class: int, start: int, valid_to: int) -> tuple[int, int]:
        """Numbers of the days on which display ends and from which nothing is kept."""
        facts = self.item, ActClass(act_class), _day(start), day_of(valid_to)
        statutes = self.context.statutes
        return day_number(statutes.display_end(*facts)), day_number(statutes.retain_until(*facts))

    def last_day_of(self, served_on: int) -> tuple[int]:
        """The number of the last day on which a decision served on this day can be contested."""
        return (day_number(self.context.last_day_to_contest(_day(served_on))),)

    def law_fault_of(self, text: str, field: str, act_on: int, decided_on: int) -> tuple[int]:
        """The number of the fault in the laws that a text cites, 0 for none."""
        reason = law_fault(text, day_of(act_on), day_of(decided_on), self.context.statutes)
        return (0 if reason is None else self.faults.number(Fault(reason, field)),)

    def law_words_of(self, text: str, field: str) -> tuple[int]:
        """The number of the fault in what a citation says beside its laws, 0 for none."""
        clause = self.context.statutes.forbidden_beside_laws(text)
        return (
            0 if clause is None else self.faults.number(Fault(Reason.FREE_TEXT_FORBIDDEN_MATTER, field, clause.code)),
        )


def _day(number: int) -> date:
    return cast(date, day_of(number))


def compile_plan(item: Item, context: ScreeningContext) -> Plan:
    """Compile an item for one batch. Raises `ItemUnscreenable` where it names no person or no day."""
    needed = (FieldRole.PERSON_NAME, FieldRole.DOCUMENT_NUMBER)
    if any(role not in item.by_role for role in needed) or not (
        {FieldRole.DECIDED_ON, FieldRole.VALID_FROM} & item.by_role.keys()
    ):
        raise ItemUnscreenable(item=item.code)
    faults: Table[Fault] = Table({spec.code: n for n, spec in enumerate(item.fields)})
    notes: Table[NoteOf] = Table({spec.code: n for n, spec in enumerate(item.fields)})
    stored = stored_fields(item)
    openings = _openings(item, stored)
    turns = sorted(map(day_number, context.statutes.turns))
    before = turns[0] - 1 if turns else day_number(context.today)
    lanes = {
        spec.code: Lane(_rule(spec, context), faults, notes, *openings.get(spec.code, ("", "")))
        for spec in item.fields
        if _in_lane(spec)
    }
    return Plan(
        item=item,
        context=context,
        faults=faults,
        notes=notes,
        lanes=lanes,
        texts=tuple(spec for spec in item.fields if spec.code not in lanes),
        duty=tuple(duty_faults(item, context)),
        triggers=Triggers(context.statutes.triggers),
        stored=stored,
        turns=np.array(turns, dtype=np.int32),
        # between two turns nothing changes: one day of each stretch tells for all of it
        lacking=np.array([lacks_basis(item, _day(day), context.statutes) for day in (before, *turns)]),
        openings=openings,
        anchor=anchor_of(item, stored),
    )


def anchor_of(item: Item, stored: tuple[FieldSpec, ...]) -> str:
    """The stored field that stands in every row: the commas of the others are written towards it."""
    for spec in stored:
        if spec.required.kind is RequiredKind.ALWAYS:
            return spec.code
    raise ItemUnscreenable(item=item.code)


def _openings(item: Item, stored: tuple[FieldSpec, ...]) -> dict[str, tuple[str, str]]:
    """What stands before and behind each stored value: those before the anchor end in a comma, the others begin so."""
    anchor, passed = anchor_of(item, stored), False
    found = {}
    for spec in stored:
        if spec.code == anchor:
            found[spec.code], passed = (f'"{spec.code}":', ""), True
        else:
            found[spec.code] = (f',"{spec.code}":', "") if passed else (f'"{spec.code}":', ",")
    return found


def _in_lane(spec: FieldSpec) -> bool:
    return spec.type is not FieldType.TEXT or spec.role in LANE_ROLES


def _rule(spec: FieldSpec, context: ScreeningContext) -> Callable[[str], Judged]:
    """The plain rules of one column, as one function of what stands in the file."""

    def judge(raw: str) -> Judged:
        text, tidied = trimmed(raw)
        notes = (NoteOf(tidied, spec.code),) if tidied else ()
        if text is None:
            return Judged(filled=False, value=None, notes=notes)
        if spec.role is FieldRole.COMPUTED_IGNORED:
            found = read_day(text)
            return Judged(filled=True, value=None, notes=notes, day=found if isinstance(found, date) else None)
        cell = judge_cell(text, spec, context)
        fault = Fault(cell.fault, spec.code, cell.detail) if cell.fault else None
        if cell.note is not None:
            notes = (*notes, NoteOf(cell.note, spec.code))
        day = date.fromisoformat(cell.value) if spec.type is FieldType.DATE and cell.value else None
        return Judged(filled=True, value=cell.value, fault=fault, notes=notes, day=day)

    return judge
