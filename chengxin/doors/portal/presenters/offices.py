"""Roles, organisations and mandates in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.wording import Language, has, text
from chengxin.offices.terms import (
    ROLE_WORDS,
    STANDING_WORDS,
    MandateAct,
    MandateView,
    OrganisationView,
    Role,
    Standing,
    Words,
)

_TONES = {
    Standing.IN_FORCE: "good",
    Standing.PROPOSED: "open",
    Standing.SUSPENDED: "warn",
    Standing.LAPSED: "warn",
    Standing.NOT_STARTED: "quiet",
}


def said(words: Words, language: Language) -> str:
    """Of words kept with the code, those of the page's language; English ones begin like a sentence."""
    told = words.zh if language == "zh" else words.en
    return told[:1].upper() + told[1:]


def role_name(role: Role, language: Language) -> str:
    """``报送员`` / ``Clerk``: the part of a role's sentence before its colon."""
    return said(ROLE_WORDS[role], language).split("：" if language == "zh" else ":")[0]


def role_duty(role: Role, language: Language) -> str:
    """What somebody in the role does: the part after the colon."""
    after = said(ROLE_WORDS[role], language).split("：" if language == "zh" else ":", 1)[1].strip()
    return after[:1].upper() + after[1:]


def kind_name(kind: str, language: Language) -> str:
    """What kind of office it is, as the catalogue names its suppliers; a kind no edition names stands for itself."""
    key = f"kinds.{kind}"
    return text(key, language) if has(key) else kind


_ACTS = (
    MandateAct.APPROVE,
    MandateAct.RESUME,
    MandateAct.REAPPROVE,
    MandateAct.REFUSE,
    MandateAct.SUSPEND,
    MandateAct.END,
)
"""What gives power before what takes it: the order of the buttons."""


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One mandate as a page shows it. ``standing`` and ``tone`` go to the status part; ``acts`` are those open now to its
    reader; ``another``: what is open too, and takes another person than this reader."""

    mandate: MandateView
    role: str
    office: str
    standing: str
    tone: str
    acts: tuple[MandateAct, ...]
    another: MandateAct | None


def mandate_line(
    mandate: MandateView, names: dict[UUID, str], language: Language, *, reader: UUID | None = None
) -> MandateLine:
    """``names``: organisation id -> its name in the page's language; ``reader``: the official who sees the buttons."""
    first = {MandateAct.APPROVE: mandate.granted_by, MandateAct.RESUME: mandate.suspended_by}
    own = {act for act, by in first.items() if reader is not None and by == reader}
    return MandateLine(
        mandate=mandate,
        role=role_name(mandate.role, language),
        office=names.get(mandate.organisation_id, ""),
        standing=said(STANDING_WORDS[mandate.standing], language),
        tone=_TONES.get(mandate.standing, "ended"),
        acts=tuple(act for act in _ACTS if act in mandate.open_acts and act not in own),
        another=next((act for act in _ACTS if act in mandate.open_acts and act in own), None),
    )


def office_names(offices: Iterable[OrganisationView], language: Language) -> dict[UUID, str]:
    """Organisation id -> its name in the page's language."""
    return {office.id: name_of(office, language) for office in offices}


@dataclass(frozen=True, slots=True)
class Branch:
    """An organisation in its place in the tree; ``depth`` 0 is the top one shown."""

    office: OrganisationView
    name: str
    depth: int


def tree(offices: Iterable[OrganisationView], top: UUID, language: Language) -> list[Branch]:
    """The organisations from ``top`` down, each under its parent, in the order they come."""
    below: dict[UUID | None, list[OrganisationView]] = {}
    found: list[Branch] = []
    for office in offices:
        below.setdefault(office.parent_id, []).append(office)
        if office.id == top:
            found.append(Branch(office, name_of(office, language), 0))
    waiting = list(found)
    while waiting:
        here = waiting.pop(0)
        children = [Branch(one, name_of(one, language), here.depth + 1) for one in below.get(here.office.id, [])]
        place = found.index(here) + 1
        found[place:place] = children
        waiting = children + waiting
    return found
