"""Words of letters and adverse notices: what each must hold, and a draft under work. What a draft does not say is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from chengxin.remedies.terms.workflows import Asked


class LetterKind(StrEnum):
    """What a letter answers. ``ruled``, ``judged``: a decision of the organ, a judgment, is taken up, and the next remedy is the
    court, the court above. ``outcome``: nothing was decided for or against (taken back, held, run out)."""

    FOR = "for"
    AGAINST = "against"
    READMITTED = "readmitted"
    RULED = "ruled"
    JUDGED = "judged"
    OUTCOME = "outcome"


AGAINST: Final = frozenset({LetterKind.AGAINST, LetterKind.READMITTED, LetterKind.RULED, LetterKind.JUDGED})
"""Against the person: two people sign it, and it says where to go next."""


class LetterNeed(StrEnum):
    """One thing that a letter must hold; the checklist beside it names those that it lacks."""

    NUMBER = "number"
    ABOUT = "about"
    RESULT = "result"
    REASON = "reason"
    EVIDENCE = "evidence"
    LAW = "law"
    OFFICE = "office"
    CONTACT = "contact"
    DATE = "date"
    DECIDERS = "deciders"
    CHANGED = "changed"
    TOLD = "told"
    REVIEW = "review"
    RECONSIDERATION = "reconsideration"
    LAWSUIT = "lawsuit"
    APPEAL = "appeal"
    STATEMENT = "statement"
    CERTIFICATE = "certificate"


class RemedyKind(StrEnum):
    """The next remedy: a second look in the house above, reconsideration, court, the court above."""

    REVIEW = "review"
    RECONSIDERATION = "reconsideration"
    LAWSUIT = "lawsuit"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class RemedyLine:
    """One remedy as it is told: where to go, and the last day if it were served today, which ``provisional`` may move later."""

    kind: RemedyKind
    where: str
    last_on: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter under work. ``evidence``: each paper with what it showed; ``told``: who had the old version (None: not said).

    ``counted_from``: the day from which the last days of its remedies run, where that is not the letter's own.
    """

    kind: LetterKind
    number: str = ""
    about: str = ""
    result: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    office: str = ""
    contact: str = ""
    dated_on: date | None = None
    deciders: frozenset[UUID] = frozenset()
    changed: str = ""
    told: tuple[str, ...] | None = None
    remedies: tuple[RemedyLine, ...] = ()
    statement_offered: bool = False
    certificate: str = ""
    counted_from: date | None = None


class NoticeNeed(StrEnum):
    """One thing that a person must be told of an adverse entry, or of an adverse use (Henan 28, Zhejiang 28, Shenzhen 69 and 78,
    Shanghai 32, 个人信息保护法 17 and 50)."""

    DECIDER = "decider"
    CONTACT = "contact"
    FACTS = "facts"
    DOCUMENT = "document"
    LAW = "law"
    ACT_CLASS = "act_class"
    DISPLAY_END = "display_end"
    CONSEQUENCES = "consequences"
    SOURCE = "source"
    RECIPIENTS = "recipients"
    STATEMENT = "statement"
    OBJECTION = "objection"
    RECONSIDERATION = "reconsideration"
    LAWSUIT = "lawsuit"
    REPAIR = "repair"
    PERSON_TO_TALK_TO = "person_to_talk_to"
    LIMITS_OF_FREEZE = "limits_of_freeze"
    COURT = "court"
    ASKER = "asker"
    PURPOSE = "purpose"
    FIELDS = "fields"
    RESTS_ON = "rests_on"


class NoticeKind(StrEnum):
    """Of an entry; of a use that weighed against the person; of an entry on which such a use rests, within its notice."""

    ENTRY = "entry"
    USE = "use"
    RESTED_ON = "rested_on"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from it by law: the item of the list, and the article."""

    listed_as: str
    basis: str


@dataclass(frozen=True, slots=True)
class RepairLine:
    """Repair as it is told: from when, on which conditions, with which papers, and what it costs."""

    earliest: date
    conditions: str
    papers: frozenset[Asked]
    free: bool


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice under work. ``ends_on`` or ``ends_with``: the day, or the document whose validity ends it. ``consequences``,
    ``recipients`` and ``rests_on``: None is not said, empty says that there are none. ``by_court``: it mirrors a court's list,
    and that court puts it right, as ``court_how`` says; no office reconsiders or repairs it. ``decider_code`` is not told: it
    says to whoever fills a gap whose contact is missing.
    """

    kind: NoticeKind
    by_court: bool = False
    decider: str = ""
    decider_code: str = ""
    contact: str = ""
    facts: str = ""
    document_number: str = ""
    document_on: date | None = None
    laws: tuple[str, ...] = ()
    act_class: str = ""
    ends_on: date | None = None
    ends_with: str = ""
    consequences: tuple[Consequence, ...] | None = None
    source: str = ""
    recipients: tuple[str, ...] | None = None
    statement_how: str = ""
    objection_how: str = ""
    objection_until: str = ""
    remedies: tuple[RemedyLine, ...] = ()
    repair: RepairLine | None = None
    court_how: str = ""
    person_to_talk_to: str = ""
    limits_of_freeze: str = ""
    asker: str = ""
    purpose: str = ""
    fields: tuple[str, ...] = ()
    rests_on: tuple[NoticeDraft, ...] | None = None
