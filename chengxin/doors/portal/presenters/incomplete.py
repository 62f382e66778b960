"""Notices that cannot go yet, for those who fill what they lack: counts and codes of bodies, nobody's name and no number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chengxin.doors.wording import Language, text
from chengxin.remedies.terms.letters import NoticeNeed

N = NoticeNeed
FILLED: Final[Mapping[str, frozenset[NoticeNeed]]] = {
    "of_the_file": frozenset({N.DECIDER, N.FACTS, N.DOCUMENT}),
    "of_the_edition": frozenset({N.LAW, N.ACT_CLASS, N.DISPLAY_END, N.RECIPIENTS, N.REPAIR}),
    "of_the_office": frozenset({N.CONTACT, N.SOURCE, N.ASKER, N.PERSON_TO_TALK_TO}),
}
"""Where each need is filled: by the supplier's row, in an edition, at the organisation; any other is a gap of our own."""


def incomplete_lines(held: Mapping[str, int], language: Language) -> list[str]:
    """One line for each thing that is missing: what, in how many notices, and where it is filled."""
    return [_line(code, count, language) for code, count in sorted(held.items())]


def _line(code: str, count: int, language: Language) -> str:
    need, _, body = code.partition(":")
    what = text(f"needs.{need}.word", language)
    if body:
        what = text("needs.by_code", language, what=what, code=body)
    fill = next((where for where, needs in FILLED.items() if need in needs), "of_this_release")
    said = text("needs.line", language, what=what, count=count, fill=text(f"needs.{fill}", language))
    return said[:1].upper() + said[1:]
