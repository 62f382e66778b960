"""The journal in words: who acted, for which office, as what, when, on what, and why."""

from __future__ import annotations

import re
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
_DECISION = re.compile(r" \(F\d+\)")
"""A decision of the project that a job names beside its reason."""
_ASKED = re.compile(r"day=\S+( office=\S+)?( act=\S+)?")
"""What a look at the journal asked for (views/auditor/journal.py)."""
_FIGURE, _NO_LETTER = re.compile(r"\d+"), re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act. ``who`` is an official's name, or what acted by itself; ``program``: the job or command it was, if one."""

    at: datetime
    act: str
    who: str
    program: str
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
            program=act.actor_name if act.actor_kind == "system" else "",
            role=role_name(Role(act.role), language) if act.role in set(Role) else "",
            office=own,
            about=about if about != own else "",
            thing=_word("thing", act.thing_kind, language),
            thing_uid=act.thing_uid,
            reason=why(act.reason, language),
        )


def act_name(act: str, language: Language) -> str:
    """``批准职权``: an act in words; its code where the wording has none."""
    return _word("act", act, language)


def why(reason: str, language: Language) -> str:
    """A reason that the platform wrote itself, in words; what a person wrote stands as it was written."""
    if _ASKED.fullmatch(reason):
        return ("；" if language == "zh" else "; ").join(_asked(pair, language) for pair in reason.split())
    plain = _DECISION.sub("", reason).strip()
    figures = _FIGURE.findall(plain)
    key = f"journal.reason.{_NO_LETTER.sub('_', plain.lower()).strip('_')}"
    if not has(key):
        return reason
    return text(key, language, count=int(figures[-1]) if figures else 0)


def _asked(pair: str, language: Language) -> str:
    name, _, value = pair.partition("=")
    word = act_name(value, language) if name == "act" else value
    what = text({"day": "journal.day", "office": "journal.office", "act": "journal.act_heading"}[name], language)
    return text("journal.asked", language, what=what, value=word)


def cells(line: ActLine) -> list[str]:
    """The line as a table's cells, none of which a spreadsheet takes for a formula."""
    who = f"{line.who} ({line.program})" if line.program else line.who
    said = [line.at.isoformat(timespec="seconds"), line.act, who, line.role, line.office, line.about]
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
