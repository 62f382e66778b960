"""What an inquirer is shown of one person: permitted fields alone, on which ground, and that the person sees this look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chengxin.access.terms.asking import Answered
from chengxin.catalogue.terms import CheckRule, Item, PurposeSpec
from chengxin.doors.portal.presenters.around import basis_in_words, name_of
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.presenters.field import FieldLine, field_lines
from chengxin.doors.portal.presenters.statement import StatementLine, statement_line
from chengxin.doors.wording import Language, text
from chengxin.offices.terms import OrganisationView


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """One entry: what it is, who supplied it, the fields that the purpose allows, and what its person says of it."""

    item: str
    supplier: str
    fields: tuple[FieldLine, ...]
    statement: StatementLine | None


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One answer. ``sentence`` for a check or a verification, else ""."""

    purpose: str
    ground: str
    case_ref: str
    at: datetime
    sentence: str
    yes: bool | None
    lines: tuple[AnsweredLine, ...]
    look: UUID


def answer_page(
    answered: Answered,
    purpose: PurposeSpec,
    *,
    items: Mapping[str, Item],
    suppliers: Mapping[UUID, OrganisationView],
    case_ref: str,
    language: Language,
) -> AnswerPage:
    """An answer in words."""
    return AnswerPage(
        purpose=purpose.zh if language == "zh" else purpose.en,
        ground=ground_in_words(purpose, language),
        case_ref=case_ref,
        at=answered.at,
        sentence=_sentence(answered, purpose, language),
        yes=answered.yes,
        lines=tuple(
            AnsweredLine(
                item_name(items[one.item], language) if one.item in items else one.item,
                name_of(suppliers.get(one.supplier), language),
                field_lines(items.get(one.item), _plain(one.fields), language),
                statement_line(one.statement, language),
            )
            for one in answered.entries
        ),
        look=answered.look,
    )


def ground_in_words(purpose: PurposeSpec, language: Language) -> str:
    """The law a purpose rests on, or the person's consent."""
    if purpose.basis is None:
        return text("inquiry.ground_consent", language)
    return basis_in_words(purpose.basis, language)


def _sentence(answered: Answered, purpose: PurposeSpec, language: Language) -> str:
    if answered.yes is None:
        return ""
    word = text(f"inquiry.answer.{'is_so' if answered.yes else 'is_not'}", language)
    asked = purpose.question if purpose.rule in set(CheckRule) else None
    if asked is None:
        return text(f"inquiry.answer.together_{'yes' if answered.yes else 'no'}", language)
    return text("inquiry.answer.question", language, word=word, question=asked.zh if language == "zh" else asked.en)


def _plain(fields: Mapping[str, object]) -> dict[str, Any]:
    return dict(fields)
