"""The journal in words: who acted, for which office, as what, when, on what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.doors.portal.presenters.offices import role_name
from chengxin.doors.wording import Language, has, text
from chengxin.foundation.journal import Act
from chengxin.offices.terms import Role

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula: somebody typed the reasons."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act. ``who`` is an official's name, or what acted by itself."""

    at: datetime
    act: str
    who: str
    role: str
    office: str
    about: str
    thing: str
    thing_uid: UUID
    reason: str


def act_lines(
    acts: Iterable[Act], names: Mapping[UUID, str], offices: Mapping[UUID, str], language: Language
) -> Iterator[ActLine]:
    """``names``: of officials by id; ``offices``: of organisations by id, in the reader's language."""
    for act in acts:
        own = offices.get(act.organisation_id, "") if act.organisation_id else ""
        about = offices.get(act.about_organisation_id, "") if act.about_organisation_id else ""
        yield ActLine(
            at=act.at,
            act=act_name(act.act, language),
            who=_who(act, names, language),
            role=role_name(Role(act.role), language) if act.role in set(Role) else "",
            office=own,
            about=about if about != own else "",
            thing=_word("thing", act.thing_kind, language),
            thing_uid=act.thing_uid,
            reason=act.reason,
        )


def act_name(act: str, language: Language) -> str:
    """``批准职权``: an act in words; its code where the wording has none."""
    return _word("act", act, language)


def cells(line: ActLine) -> list[str]:
    """The line as a table's cells, none of which a spreadsheet takes for a formula."""
    said = [line.at.isoformat(timespec="seconds"), line.act, line.who, line.role, line.office, line.about]
    return [_plain(cell) for cell in (*said, line.thing, str(line.thing_uid), line.reason)]


def _who(act: Act, names: Mapping[UUID, str], language: Language) -> str:
    if act.official_id is not None:
        return names.get(act.official_id, str(act.official_id))
    return text(f"journal.actor.{act.actor_kind}", language, name=act.actor_name)


def _word(group: str, code: str, language: Language) -> str:
    key = f"journal.{group}.{code}"
    return text(key, language) if has(key) else code


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
