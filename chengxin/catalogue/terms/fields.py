"""Columns, their code lists and the elements they may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from chengxin.catalogue.terms.words import FieldRole, FieldType, MaskKind, RequiredKind


@dataclass(frozen=True, slots=True)
class Element:
    """A meaning that a field may have. What is never collected has none, so no catalogue can name it (charter 2)."""

    code: str
    type: FieldType
    zh: str
    en: str
    personal: bool
    sensitive: bool = False
    roles: frozenset[FieldRole] = frozenset()


@dataclass(frozen=True, slots=True)
class CodeValue:
    """One value of a code list. `aliases` are other spellings that suppliers send; `refused` is the reason code of a
    value that is known and never accepted (行政拘留, simplified procedure)."""

    value: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A cell is required when the code cell `field` holds one of `values`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Required:
    """Whether a cell must be filled."""

    kind: RequiredKind
    when: Condition | None = None


@dataclass(frozen=True)
class FieldSpec:
    """One column. `length` is the greatest number of characters (of digits, point aside, for a decimal); `scale` the
    digits after the point; `many` lets a code cell hold several values parted by `;` or `；`; `ours` marks a column
    that the national template lacks; `unit` is "" or `wan_yuan` (10,000 yuan), `yuan`, `hours`."""

    code: str
    element: str
    zh: str
    en: str
    type: FieldType
    role: FieldRole | None = None
    length: int | None = None
    scale: int | None = None
    required: Required = Required(RequiredKind.NO)
    codes: tuple[CodeValue, ...] = ()
    many: bool = False
    help_zh: str = ""
    help_en: str = ""
    mask: MaskKind = MaskKind.NONE
    unit: str = ""
    ours: bool = False

    @property
    def is_required(self) -> bool:
        """True where every row must fill the cell."""
        return self.required.kind is RequiredKind.ALWAYS

    @property
    def is_free_text(self) -> bool:
        """True where the words are the supplier's own and pass the screen for forbidden matter (F10)."""
        return self.type is FieldType.TEXT and self.role not in STRUCTURED_TEXT_ROLES

    @cached_property
    def spellings(self) -> Mapping[str, CodeValue]:
        """Every accepted spelling of a code cell (value, Chinese, aliases) -> its value."""
        return {word: code for code in self.codes for word in (code.value, code.zh, *code.aliases)}


STRUCTURED_TEXT_ROLES = frozenset(
    {
        FieldRole.PERSON_NAME,
        FieldRole.DOCUMENT_NUMBER,
        FieldRole.DECISION_NUMBER,
        FieldRole.LEGAL_BASIS,
        FieldRole.DECIDER_NAME,
        FieldRole.DECIDER_CODE,
        FieldRole.SOURCE_NAME,
        FieldRole.SOURCE_CODE,
        FieldRole.REMARK_REFUSED,
        FieldRole.COMPUTED_IGNORED,
    }
)
