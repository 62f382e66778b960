"""The plain screening of one row: the reference that the fast form in `screening` must equal on every row.

Every cell is tidied, read and tested alone; then the row as a whole: whom it is about, the order of its days, their age,
the laws it cites, its free text, the office it comes from. All faults are found. A row is refused if any fault refuses
it, else held if any holds it, and named by the first in the fixed order of `Reason`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chengxin.catalogue.terms import ActClass, FieldRole, FieldSpec, Item, RequiredKind
from chengxin.collection.rules.cells import trimmed
from chengxin.collection.rules.content import content_of, natural_key_of
from chengxin.collection.rules.dates import read_day
from chengxin.collection.rules.fields import (
    DAY_ROLES,
    EXTRA,
    NOT_ASKED_FOR,
    SERVICE_ROLES,
    UNREADABLE,
    class_of,
    day_fields,
    duty_faults,
    judge_cell,
)
from chengxin.collection.rules.identity import (
    AgeFacts,
    AgeFields,
    age_faults,
    birth_fault,
    read_name,
    read_number,
)
from chengxin.collection.rules.laws import lacks_basis, law_fault
from chengxin.collection.rules.order import RowDays, final_day, order_faults
from chengxin.collection.terms import Fault, Note, NoteOf, Reason, RowValues, RowVerdict, ScreeningContext, Verdict
from chengxin.kernel.documents import DocumentKind


def start_role(days: RowDays) -> FieldRole:
    """The field that the periods of a row start with: the decision, or where there is none the beginning of validity."""
    return FieldRole.VALID_FROM if days.decided_on is None else FieldRole.DECIDED_ON


def verdict_of(faults: list[Fault]) -> Verdict:
    """The hardest of the verdicts that the faults call for."""
    return max((fault.reason.verdict for fault in faults), default=Verdict.ACCEPTED)


def screen_row(item: Item, cells: Mapping[str, str | None], context: ScreeningContext) -> RowVerdict:
    """Screen one row. `cells`: field code -> what stands in the file, absent like None."""
    row = _Row(item, cells, context, duty_faults(item, context))
    return row.judged()


@dataclass
class _Row:
    item: Item
    cells: Mapping[str, str | None]
    context: ScreeningContext
    faults: list[Fault]
    notes: list[NoteOf] = field(default_factory=list)
    texts: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, str | None] = field(default_factory=dict)
    name_norm: str = ""
    birth_date: date | None = None

    def judged(self) -> RowVerdict:
        extra = trimmed(self.cells.get(EXTRA))[0]
        if extra is not None:
            self.faults.append(Fault(Reason.ROW_UNREADABLE if extra == UNREADABLE else Reason.TOO_MANY_CELLS))
        for spec in self.item.fields:
            self._tidy(spec)
        for spec in self.item.fields:
            self._read(spec)
        self._ask_for_missing()
        days = RowDays(**{name: self._day(role) for role, name in DAY_ROLES.items()})
        self._identify(days)
        fields = day_fields(self.item)
        self.faults += order_faults(days, self.context.today, fields)
        self._look_at_laws(days)
        self._look_at_basis(days)
        self._look_at_free_text()
        act_class = self._class()
        served_on = self._served(days)
        display_until, retain_until = self._ends(days, act_class)
        final_on = self._final(days, served_on)
        place = {spec.code: n for n, spec in enumerate(self.item.fields)}
        order = list(Note)
        self.faults.sort(key=lambda fault: (fault.reason.rank, place.get(fault.field or "", -1)))
        self.notes.sort(key=lambda note: (place.get(note.field or "", -1), order.index(note.note)))
        verdict = verdict_of(self.faults)
        values = None
        if verdict is not Verdict.REFUSED:
            assert act_class is not None
            values = self._meaning(days, act_class, served_on, final_on, display_until, retain_until)
        return RowVerdict(verdict, tuple(self.faults), tuple(self.notes), values)

    def _fault(self, reason: Reason, spec: FieldSpec | None, detail: str | None = None) -> None:
        self.faults.append(Fault(reason, spec.code if spec else None, detail))

    def _note(self, note: Note | None, spec: FieldSpec) -> None:
        if note is not None:
            self.notes.append(NoteOf(note, spec.code))

    def _text(self, role: FieldRole) -> str | None:
        spec = self.item.field_of(role)
        return self.texts[spec.code] if spec else None

    def _value(self, role: FieldRole) -> str | None:
        spec = self.item.field_of(role)
        return self.values[spec.code] if spec else None

    def _day(self, role: FieldRole) -> date | None:
        value = self._value(role)
        return date.fromisoformat(value) if value else None

    def _tidy(self, spec: FieldSpec) -> None:
        self.texts[spec.code], note = trimmed(self.cells.get(spec.code))
        self._note(note, spec)
        self.values[spec.code] = None

    def _read(self, spec: FieldSpec) -> None:
        text = self.texts[spec.code]
        if text is None or spec.role in (FieldRole.DOCUMENT_NUMBER, FieldRole.COMPUTED_IGNORED):
            return
        if spec.role is FieldRole.REMARK_REFUSED:
            self._fault(Reason.REMARK_NOT_ACCEPTED, spec)
            return
        if spec.role is FieldRole.PERSON_NAME:
            cell, self.name_norm = read_name(text, spec)
        else:
            cell = judge_cell(text, spec, self.context)
        self.values[spec.code] = cell.value
        self._note(cell.note, spec)
        if cell.fault is not None:
            self._fault(cell.fault, spec, cell.detail)

    def _ask_for_missing(self) -> None:
        for spec in self.item.fields:
            if self.texts[spec.code] is not None or spec.role in NOT_ASKED_FOR:
                continue
            when = spec.required.when
            if spec.is_required:
                self._fault(Reason.CELL_MISSING, spec)
            elif spec.required.kind is RequiredKind.WHEN and when is not None:
                held = (self.values[when.field] or "").split(";")
                if not set(held).isdisjoint(when.values):
                    self._fault(Reason.CELL_MISSING_HERE, spec, when.field)

    def _identify(self, days: RowDays) -> None:
        item, context = self.item, self.context
        number, kind = item.field_of(FieldRole.DOCUMENT_NUMBER), self._value(FieldRole.DOCUMENT_KIND)
        text = self._text(FieldRole.DOCUMENT_NUMBER)
        if number is None or text is None or kind is None:
            return
        found = read_number(text, DocumentKind(kind), today=context.today, practice=context.practice)
        for note in found.notes:
            self._note(note, number)
        if found.fault is not None:
            self._fault(found.fault, number)
            return
        self.values[number.code] = found.number
        birth, stated = item.field_of(FieldRole.BIRTH_DATE), self._day(FieldRole.BIRTH_DATE)
        wrong = birth_fault(found.birth_date, stated, context.today)
        if wrong is not None:
            self._fault(wrong, birth)
            return
        self.birth_date = found.birth_date or stated
        if self.birth_date is None and self._text(FieldRole.BIRTH_DATE) is not None:
            return
        act_empty = self._text(FieldRole.ACT_ON) is None
        facts = AgeFacts(self.birth_date, days.act_on, act_empty, days.decided_on)
        codes = (item.field_of(role) for role in (FieldRole.BIRTH_DATE, FieldRole.ACT_ON, FieldRole.DECIDED_ON))
        self.faults += age_faults(item, facts, AgeFields(*(spec.code if spec else None for spec in codes)))

    def _look_at_laws(self, days: RowDays) -> None:
        spec, text = self.item.field_of(FieldRole.LEGAL_BASIS), self._value(FieldRole.LEGAL_BASIS)
        if spec and text:
            reason = law_fault(text, days.act_on, days.decided_on, self.context.statutes)
            if reason is not None:
                self._fault(reason, spec)
            clause = self.context.statutes.forbidden_beside_laws(text)
            if clause is not None:
                self._fault(Reason.FREE_TEXT_FORBIDDEN_MATTER, spec, clause.code)

    def _look_at_basis(self, days: RowDays) -> None:
        for day, role in ((days.act_on, FieldRole.ACT_ON), (days.decided_on or days.valid_from, start_role(days))):
            if day is not None and lacks_basis(self.item, day, self.context.statutes):
                return self._fault(Reason.ITEM_BASIS_NOT_IN_FORCE, self.item.field_of(role))
        return None

    def _look_at_free_text(self) -> None:
        for spec in self.item.fields:
            text = self.values[spec.code]
            clause = self.context.statutes.forbidden_matter(text) if spec.is_free_text and text else None
            if clause is not None:
                self._fault(Reason.FREE_TEXT_FORBIDDEN_MATTER, spec, clause.code)

    def _class(self) -> ActClass | None:
        item = self.item
        spec, value = item.field_of(FieldRole.ACT_CLASS), self._value(FieldRole.ACT_CLASS)
        stated = class_of(value) if value else None
        if spec is None:
            return item.default_class
        empty = self.texts[spec.code] is None
        if item.fixed_class is not None:
            if not empty and stated is not item.fixed_class:
                self._note(Note.CLASS_FIXED_BY_ITEM, spec)
            return item.fixed_class
        if empty:
            if item.is_adverse:
                self._note(Note.CLASS_TAKEN_AS_MINOR, spec)
            return item.default_class
        if stated is not None and stated not in item.display:
            self._fault(Reason.CLASS_NOT_OF_ITEM, spec)
            return None
        return stated

    def _served(self, days: RowDays) -> date | None:
        specs = [spec for role in SERVICE_ROLES if (spec := self.item.field_of(role))]
        missing = next((spec for spec in reversed(specs) if self.texts[spec.code] is None), None)
        if missing is not None and self.item.is_adverse:
            self._note(Note.SERVICE_NOT_PROVEN, missing)
        return days.served_on if specs and missing is None else None

    def _final(self, days: RowDays, served_on: date | None) -> date | None:
        if self.item.field_of(FieldRole.SERVED_ON) is None:
            return days.final_on
        if served_on is not None and served_on > self.context.today:
            return days.final_on
        final_on, note = final_day(days.final_on, served_on, self.context.last_day_to_contest)
        spec = self.item.field_of(FieldRole.FINAL_ON)
        if spec is not None:
            self._note(note, spec)
        return final_on

    def _ends(self, days: RowDays, act_class: ActClass | None) -> tuple[date | None, date | None]:
        start, end, kept = days.decided_on or days.valid_from, None, None
        in_future = days.decided_on is not None and days.decided_on > self.context.today
        if start is not None and not in_future and act_class is not None:
            facts = self.item, act_class, start, days.valid_to
            end, kept = self.context.statutes.display_end(*facts), self.context.statutes.retain_until(*facts)
        if kept is not None and kept <= self.context.today:
            self._fault(Reason.KEPT_NO_LONGER, self.item.field_of(start_role(days)), kept.isoformat())
        spec, text = self.item.field_of(FieldRole.COMPUTED_IGNORED), self._text(FieldRole.COMPUTED_IGNORED)
        if spec and text and read_day(text) != end:
            self._note(Note.DISPLAY_END_IGNORED, spec)
        return end, kept

    def _meaning(
        self,
        days: RowDays,
        act_class: ActClass,
        served_on: date | None,
        final_on: date | None,
        display_until: date | None,
        retain_until: date | None,
    ) -> RowValues:
        decided_on = days.decided_on or days.valid_from
        assert decided_on is not None
        return RowValues(
            doc_kind=self._value(FieldRole.DOCUMENT_KIND) or "",
            number=self._value(FieldRole.DOCUMENT_NUMBER) or "",
            name=self._value(FieldRole.PERSON_NAME) or "",
            name_norm=self.name_norm,
            birth_date=self.birth_date,
            decided_on=decided_on,
            act_on=days.act_on,
            final_on=final_on,
            served_on=served_on,
            valid_from=days.valid_from,
            valid_to=days.valid_to,
            display_until=display_until,
            retain_until=retain_until,
            act_class=int(act_class),
            decider_code=self._value(FieldRole.DECIDER_CODE),
            removal=self._value(FieldRole.COURT_REASON),
            natural_key=natural_key_of(self.item, self.values),
            content=content_of(self.item, self.values),
        )
