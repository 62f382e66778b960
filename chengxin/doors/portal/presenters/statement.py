"""The person's own words beside an entry, wherever that is shown: labelled as theirs, escaped, their lines kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chengxin.doors.portal.presenters.around import Said, as_given
from chengxin.doors.wording import Language
from chengxin.records import facade as records
from chengxin.records.terms import Statement


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What a person says beside an entry. ``covered``: two officials covered what it says of others; ``own``: as its person
    wrote it, on that person's pages alone."""

    words: Said
    at: datetime
    covered: bool
    own: Said | None


def statement_line(statement: Statement | None, language: Language) -> StatementLine | None:
    """A statement for a reader; None where there is none."""
    if statement is None:
        return None
    return StatementLine(
        words=as_given(statement.text, language),
        at=statement.written_at,
        covered=statement.covered_at is not None,
        own=None if statement.own is None else as_given(statement.own, language),
    )


def covered_so(statement: Statement | None, passages: tuple[str, ...], language: Language) -> Said | None:
    """The statement as it would read with these passages covered; None where they cannot be."""
    text = None if statement is None else records.covered(statement.text, passages)
    return as_given(text, language) if isinstance(text, str) else None
