"""The rival of the fast screening: the same rules row by row, as a careful programmer writes them with pydantic.

One pydantic model made from the item reads the cells of a row; the rest is plain Python. What repeats is remembered
(laws, days, codes), literals are sought before patterns, JSON is written by the standard library: the comparison must
not be won against carelessness.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, create_model

from chengxin.catalogue.terms import ActClass, FieldRole, FieldSpec, FieldType, Item, RequiredKind
from chengxin.collection.rules import cells as rules
from chengxin.collection.rules.content import has_free_key, stored_fields
from chengxin.collection.rules.dates import read_day
from chengxin.collection.rules.fields import (
    DAY_ROLES,
    EXTRA,
    NOT_ASKED_FOR,
    SERVICE_ROLES,
    class_of,
    day_fields,
    duty_faults,
    judge_cell,
)
from chengxin.collection.rules.identity import AgeFacts, AgeFields, age_faults, birth_fault, read_name, read_number
from chengxin.collection.rules.laws import lacks_basis, law_fault
from chengxin.collection.rules.order import RowDays, final_day, order_faults
from chengxin.collection.rules.row import start_role
from chengxin.collection.screening.oddities import LIKE_LATIN
from chengxin.collection.terms import Fault, Reason, ScreeningContext, Verdict
from chengxin.kernel.documents import DocumentKind

Answer = tuple[int, str | None, str | None, str | None]
"""Verdict, reason, field, and the stored content of a row that is not refused."""


_LETTER = re.compile("[A-Za-z]")


@dataclass(slots=True)
class _Row:
    """What is known of the row under way."""

    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    name_norm: str = ""


class PlainScreening:
    """Screens rows of one item, one by one."""

    def __init__(self, item: Item, context: ScreeningContext) -> None:
        self.item, self.context = item, context
        self.duty = duty_faults(item, context)
        self.place = {None: -1} | {spec.code: n for n, spec in enumerate(item.fields)}
        self.roles = {role: spec.code for role, spec in item.by_role.items()}
        self.days = [(name, self.roles[role]) for role, name in DAY_ROLES.items() if role in self.roles]
        self.day_fields = day_fields(item)
        self.required = [spec.code for spec in item.fields if spec.is_required and spec.role not in NOT_ASKED_FOR]
        self.asked = [
            (spec.code, spec.required.when.field, frozenset(spec.required.when.values))
            for spec in item.fields
            if spec.required.kind is RequiredKind.WHEN and spec.required.when
        ]
        self.free = [spec.code for spec in item.fields if spec.is_free_text]
        self.service = [self.roles[role] for role in SERVICE_ROLES if role in self.roles]
        self.age_fields = AgeFields(
            *map(self.roles.get, (FieldRole.BIRTH_DATE, FieldRole.ACT_ON, FieldRole.DECIDED_ON))
        )
        self.stored = [spec.code for spec in stored_fields(item)]
        self.key = [(code, has_free_key(item.by_code[code])) for code in item.natural_key]
        self.law = lru_cache(maxsize=100_000)(
            lambda text, act, decided: law_fault(text, act, decided, context.statutes)
        )
        self.beside = lru_cache(maxsize=100_000)(context.statutes.forbidden_beside_laws)
        self.lacks = lru_cache(maxsize=100_000)(lambda day: lacks_basis(item, day, context.statutes))
        self.ends = lru_cache(maxsize=100_000)(
            lambda act_class, start, to: (
                context.statutes.display_end(item, act_class, start, to),
                context.statutes.retain_until(item, act_class, start, to),
            )
        )
        self.words = (*(word for word in context.statutes.triggers if not word.isascii()), *LIKE_LATIN)
        self.latin = re.compile("|".join(word for word in context.statutes.triggers if word.isascii()), re.IGNORECASE)
        self.model = self._model()

    def _model(self) -> type[BaseModel]:
        columns: dict[str, Any] = {
            spec.code: (Annotated[str | None, BeforeValidator(self._reader(spec))], None) for spec in self.item.fields
        }
        return create_model("Cells", __config__=ConfigDict(extra="ignore"), **columns)

    def _reader(self, spec: FieldSpec) -> Callable[[Any, ValidationInfo], str | None]:
        """Tidy and read one cell; what it says of the row goes to the row under way."""
        code, role, context = spec.code, spec.role, self.context
        read = lru_cache(maxsize=20_000)(lambda text: judge_cell(text, spec, context))

        def text_of(raw: str | None, row: _Row) -> str | None:
            text = rules.trimmed(raw)[0]
            if text is not None:
                row.texts[code] = text
            return text

        def cell(raw: Any, info: ValidationInfo) -> str | None:
            row: _Row = info.context  # type: ignore[assignment]
            text = text_of(raw, row)
            if text is None:
                return None
            found = read(text)
            if found.fault is not None:
                row.faults.append(Fault(found.fault, code, found.detail))
            return found.value

        def plain_text(raw: Any, info: ValidationInfo) -> str | None:
            row: _Row = info.context  # type: ignore[assignment]
            text = text_of(raw, row)
            if text is None:
                return None
            found = judge_cell(text, spec, context)
            if found.fault is not None:
                row.faults.append(Fault(found.fault, code, found.detail))
            return found.value

        def name(raw: Any, info: ValidationInfo) -> str | None:
            row: _Row = info.context  # type: ignore[assignment]
            text = text_of(raw, row)
            if text is None:
                return None
            found, row.name_norm = read_name(text, spec)
            if found.fault is not None:
                row.faults.append(Fault(found.fault, code, found.detail))
            return found.value

        def remark(raw: Any, info: ValidationInfo) -> str | None:
            row: _Row = info.context  # type: ignore[assignment]
            if text_of(raw, row) is not None:
                row.faults.append(Fault(Reason.REMARK_NOT_ACCEPTED, code))
            return None

        def unread(raw: Any, info: ValidationInfo) -> str | None:
            return text_of(raw, info.context)  # type: ignore[arg-type]

        if role is FieldRole.PERSON_NAME:
            return name
        if role in (FieldRole.DOCUMENT_NUMBER, FieldRole.COMPUTED_IGNORED):
            return unread
        if role is FieldRole.REMARK_REFUSED:
            return remark
        repeats = spec.type is not FieldType.TEXT or role in rules.ORG_ROLES or role is FieldRole.LEGAL_BASIS
        return cell if repeats else plain_text

    def screen(self, raw: dict[str, str | None]) -> Answer:
        """Screen one row."""
        row = _Row(list(self.duty))
        values = self.model.model_validate(raw, context=row).__dict__
        faults, texts = row.faults, row.texts
        if rules.trimmed(raw.get(EXTRA))[0] is not None:
            faults.append(Fault(Reason.TOO_MANY_CELLS))
        for code in self.required:
            if code not in texts:
                faults.append(Fault(Reason.CELL_MISSING, code))
        for code, when, wanted in self.asked:
            if code not in texts and values[when] and not wanted.isdisjoint(values[when].split(";")):
                faults.append(Fault(Reason.CELL_MISSING_HERE, code, when))
        days = RowDays(**{name: _day(values[code]) for name, code in self.days})
        faults += order_faults(days, self.context.today, self.day_fields)
        number = self._person(row, values, days)
        law = self.roles.get(FieldRole.LEGAL_BASIS)
        if law is not None and values[law] is not None:
            reason = self.law(values[law], days.act_on, days.decided_on)
            if reason is not None:
                faults.append(Fault(reason, law))
            clause = self.beside(values[law])
            if clause is not None:
                faults.append(Fault(Reason.FREE_TEXT_FORBIDDEN_MATTER, law, clause.code))
        for day, role in ((days.act_on, FieldRole.ACT_ON), (days.decided_on or days.valid_from, start_role(days))):
            if day is not None and self.lacks(day):
                faults.append(Fault(Reason.ITEM_BASIS_NOT_IN_FORCE, self.roles.get(role)))
                break
        for code in self.free:
            text = values[code]
            if text is not None and self._may_touch(text):
                clause = self.context.statutes.forbidden_matter(text)
                if clause is not None:
                    faults.append(Fault(Reason.FREE_TEXT_FORBIDDEN_MATTER, code, clause.code))
        act_class = self._class(row, values)
        ends = self._ends(row, days, act_class)
        verdict = max((fault.reason.verdict for fault in faults), default=Verdict.ACCEPTED)
        first = min(faults, key=lambda fault: (fault.reason.rank, self.place[fault.field])) if faults else None
        content = None
        if verdict is not Verdict.REFUSED:
            content = self._meaning(row, values, days, ends, number)
        return int(verdict), first.reason.value if first else None, first.field if first else None, content

    def _may_touch(self, text: str) -> bool:
        if any(word in text for word in self.words):
            return True
        return _LETTER.search(text) is not None and self.latin.search(text) is not None

    def _person(self, row: _Row, values: dict[str, Any], days: RowDays) -> str | None:
        kind = values[self.roles[FieldRole.DOCUMENT_KIND]]
        code = self.roles[FieldRole.DOCUMENT_NUMBER]
        text = row.texts.get(code)
        if text is None or kind is None:
            return None
        found = read_number(text, DocumentKind(kind), today=self.context.today, practice=self.context.practice)
        if found.fault is not None:
            row.faults.append(Fault(found.fault, code))
            return None
        birth_code, act_code = self.age_fields.birth, self.age_fields.act
        stated = _day(values[birth_code]) if birth_code else None
        wrong = birth_fault(found.birth_date, stated, self.context.today)
        if wrong is not None:
            row.faults.append(Fault(wrong, birth_code))
            return None
        born = found.birth_date or stated
        if born is not None or birth_code not in row.texts:
            facts = AgeFacts(born, days.act_on, act_code not in row.texts, days.decided_on)
            row.faults += age_faults(self.item, facts, self.age_fields)
        return found.number

    def _class(self, row: _Row, values: dict[str, Any]) -> ActClass | None:
        code = self.roles.get(FieldRole.ACT_CLASS)
        if code is None or self.item.fixed_class is not None or values[code] is None:
            return self.item.default_class
        stated = class_of(values[code])
        if stated not in self.item.display:
            row.faults.append(Fault(Reason.CLASS_NOT_OF_ITEM, code))
            return None
        return stated

    def _ends(self, row: _Row, days: RowDays, act_class: ActClass | None) -> tuple[date | None, date | None]:
        start, today = days.decided_on or days.valid_from, self.context.today
        if start is None or act_class is None or (days.decided_on is not None and days.decided_on > today):
            return None, None
        display_until, retain_until = self.ends(act_class, start, days.valid_to)
        if retain_until is not None and retain_until <= today:
            row.faults.append(Fault(Reason.KEPT_NO_LONGER, self.roles.get(start_role(days)), retain_until.isoformat()))
        return display_until, retain_until

    def _meaning(
        self,
        row: _Row,
        values: dict[str, Any],
        days: RowDays,
        ends: tuple[date | None, date | None],
        number: str | None,
    ) -> str:
        """Everything the ledger takes of the row, like the columns of the fast form; the content is handed back."""
        served_on = days.served_on if all(code in row.texts for code in self.service) else None
        final_on = days.final_on
        if served_on is None or served_on <= self.context.today:
            final_on, _ = final_day(days.final_on, served_on, self.context.last_day_to_contest)
        display_until, retain_until = ends
        stated = row.texts.get(self.roles.get(FieldRole.COMPUTED_IGNORED, ""))
        ignored = stated is not None and read_day(stated) != display_until
        key = [rules.key_text(values[code]) if free else values[code] for code, free in self.key]
        if not self.item.decision_of_one:
            key.append(number)
        content = {code: values[code] for code in self.stored if values[code] is not None}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        assert (final_on, retain_until, ignored, row.name_norm, key) is not None
        return text


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
