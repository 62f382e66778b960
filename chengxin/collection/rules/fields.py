"""What the fields of an item mean to the screening of a row: who reads their cells, and what their roles are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from chengxin.catalogue.terms import ActClass, FieldRole, FieldSpec, FieldType, Item
from chengxin.collection.rules import cells as rules
from chengxin.collection.rules.cells import Cell
from chengxin.collection.terms import Fault, Reason, ScreeningContext

CellReader: TypeAlias = Callable[[str, FieldSpec], Cell]

EXTRA: Final = "_extra"
"""The column that holds what stood beyond the last heading of a row; filled, the cells have slipped."""

UNREADABLE: Final = "\ufffd"
"""What stands there where the row could not be read at all."""

NOT_ASKED_FOR: Final = frozenset(
    {
        FieldRole.ACT_ON,
        FieldRole.BIRTH_DATE,
        FieldRole.ACT_CLASS,
        FieldRole.REMARK_REFUSED,
        FieldRole.COMPUTED_IGNORED,
    }
)
"""Roles whose empty cell is judged by a rule of its own (age, missing class) or never missed."""

SERVICE_ROLES: Final = (FieldRole.SERVED_ON, FieldRole.SERVICE_METHOD, FieldRole.SERVICE_RECEIPT)

DAY_ROLES: Final = {
    FieldRole.DECIDED_ON: "decided_on",
    FieldRole.ACT_ON: "act_on",
    FieldRole.SERVED_ON: "served_on",
    FieldRole.FINAL_ON: "final_on",
    FieldRole.VALID_FROM: "valid_from",
    FieldRole.VALID_TO: "valid_to",
}

_READERS: Final[Mapping[FieldType, CellReader]] = {
    FieldType.TEXT: rules.read_text,
    FieldType.DATE: rules.read_date,
    FieldType.DECIMAL: rules.read_decimal,
    FieldType.INTEGER: rules.read_integer,
    FieldType.CODE: rules.read_code,
}


def reader_of(spec: FieldSpec) -> CellReader:
    """The rule that reads the cells of a field; name and number of the person, and what is not taken, have their own."""
    if spec.role in rules.ORG_ROLES:
        return rules.read_org_code
    if spec.role is FieldRole.DECISION_NUMBER:
        return rules.read_identifier
    return _READERS[spec.type]


def judge_cell(text: str, spec: FieldSpec, context: ScreeningContext) -> Cell:
    """A filled cell, read, and tested against the supplier where it names an organisation.

    Where a number of nobody, or somebody else's code, is at fault, the value is given beside the fault.
    """
    cell = reader_of(spec)(text, spec)
    if cell.fault is None and cell.flag and not context.practice:
        return replace(cell, fault=Reason.ORG_CODE_OF_PRACTICE)
    if cell.fault is None and spec.role is FieldRole.SOURCE_CODE and not context.supplier.speaks_for(cell.value or ""):
        return replace(cell, fault=Reason.NOT_YOUR_CODE)
    return cell


def duty_faults(item: Item, context: ScreeningContext) -> list[Fault]:
    """What is wrong with every row of the file: the item takes no rows, or none from this supplier."""
    faults = [] if item.is_open else [Fault(Reason.ITEM_CLOSED)]
    if not item.supplied_by(context.supplier.code, context.supplier.kind):
        faults.append(Fault(Reason.NOT_YOUR_ITEM))
    return faults


def day_fields(item: Item) -> dict[str, str]:
    """Field of `RowDays` -> code of the item's field."""
    return {name: item.by_role[role].code for role, name in DAY_ROLES.items() if role in item.by_role}


def class_of(value: str) -> ActClass:
    """The class that a value of the class column names: by word (`minor`) or by number (`1`)."""
    return ActClass(int(value)) if value.isdigit() else ActClass[value.upper()]
