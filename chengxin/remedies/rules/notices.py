"""What a person must be told of an adverse entry or an adverse use, and until when an announcement that it waits must stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from chengxin.kernel.clocks import Deadline
from chengxin.remedies.rules.clocks import start_clock
from chengxin.remedies.rules.letters import CONTEST, tells_remedy
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import (
    NoticeDraft,
    NoticeKind,
    NoticeNeed,
    RemedyKind,
)
from chengxin.remedies.terms.workflows import TWO_PAPERS

N = NoticeNeed
_RIGHTS: Final = (N.STATEMENT, N.OBJECTION, N.RECONSIDERATION, N.LAWSUIT, N.PERSON_TO_TALK_TO, N.LIMITS_OF_FREEZE)
_RESTED_ON: Final = (
    N.DECIDER,
    N.CONTACT,
    N.FACTS,
    N.DOCUMENT,
    N.LAW,
    N.ACT_CLASS,
    N.DISPLAY_END,
    N.SOURCE,
    N.RECIPIENTS,
    N.REPAIR,
)
_USE: Final = (
    N.ASKER,
    N.PURPOSE,
    N.FIELDS,
    N.DECIDER,
    N.CONTACT,
    N.DOCUMENT,
    N.LAW,
    N.CONSEQUENCES,
    *_RIGHTS,
    N.RESTS_ON,
)
NEEDS: Final[Mapping[NoticeKind, tuple[NoticeNeed, ...]]] = MappingProxyType(
    {
        NoticeKind.ENTRY: (*_RESTED_ON, N.CONSEQUENCES, *_RIGHTS),
        NoticeKind.USE: _USE,
        NoticeKind.RESTED_ON: _RESTED_ON,
    }
)
BY_AN_OFFICE: Final = frozenset({N.RECONSIDERATION, N.LAWSUIT, N.REPAIR})
"""What an office does, and no office can where a court listed somebody: that court alone puts it right."""

_SAYS: Final[Mapping[NoticeNeed, Callable[[NoticeDraft], bool]]] = MappingProxyType(
    {
        N.DECIDER: lambda draft: bool(draft.decider.strip()),
        N.CONTACT: lambda draft: bool(draft.contact.strip()),
        N.FACTS: lambda draft: bool(draft.facts.strip()),
        N.DOCUMENT: lambda draft: bool(draft.document_number.strip()) and draft.document_on is not None,
        N.LAW: lambda draft: bool(draft.laws) and all(one.strip() for one in draft.laws),
        N.ACT_CLASS: lambda draft: bool(draft.act_class.strip()),
        N.DISPLAY_END: lambda draft: draft.ends_on is not None or bool(draft.ends_with.strip()),
        N.CONSEQUENCES: lambda draft: (
            draft.consequences is not None
            and all(one.listed_as.strip() and one.basis.strip() for one in draft.consequences)
        ),
        N.SOURCE: lambda draft: bool(draft.source.strip()),
        N.RECIPIENTS: lambda draft: draft.recipients is not None,
        N.STATEMENT: lambda draft: bool(draft.statement_how.strip()),
        N.OBJECTION: lambda draft: bool(draft.objection_how.strip()) and bool(draft.objection_until.strip()),
        N.REPAIR: lambda draft: (
            draft.repair is not None
            and bool(draft.repair.conditions.strip())
            and draft.repair.free
            and draft.repair.papers == TWO_PAPERS
        ),
        N.COURT: lambda draft: bool(draft.court_how.strip()),
        N.PERSON_TO_TALK_TO: lambda draft: bool(draft.person_to_talk_to.strip()),
        N.LIMITS_OF_FREEZE: lambda draft: bool(draft.limits_of_freeze.strip()),
        N.ASKER: lambda draft: bool(draft.asker.strip()),
        N.PURPOSE: lambda draft: bool(draft.purpose.strip()),
        N.FIELDS: lambda draft: bool(draft.fields) and all(one.strip() for one in draft.fields),
        N.RESTS_ON: lambda draft: draft.rests_on is not None,
    }
)


def needs_of(draft: NoticeDraft) -> tuple[NoticeNeed, ...]:
    """What a notice must hold. Of a court's list it says how that court puts it right, in the place of what offices do."""
    needs = NEEDS[draft.kind]
    return (*(need for need in needs if need not in BY_AN_OFFICE), N.COURT) if draft.by_court else needs


def notice_lacks(draft: NoticeDraft, served_on: date, law: Law) -> tuple[NoticeNeed, ...]:
    """What a notice still lacks, were it served on this day; nothing means that it may go.

    The notice of a use lacks what it does not tell of each entry that the use rests on.
    """
    lacking = [need for need in needs_of(draft) if not _holds(draft, need, served_on, law)]
    for entry in draft.rests_on or ():
        lacking += notice_lacks(entry, served_on, law)
    return tuple(dict.fromkeys(lacking))


def _holds(draft: NoticeDraft, need: NoticeNeed, served_on: date, law: Law) -> bool:
    if need in (N.RECONSIDERATION, N.LAWSUIT):
        kind = RemedyKind(need.value)
        return tells_remedy(draft.remedies, kind, CONTEST[kind], served_on, law)
    return _SAYS[need](draft)


def announced_until(announced_on: date, law: Law) -> Deadline:
    """The last day of an announcement; the day after it counts as the day of service (民事诉讼法 95). The person's clock."""
    return start_clock(
        law.book,
        Matter.ANNOUNCED_SERVICE,
        announced_on,
        law.holidays,
        on=announced_on,
        places=law.places,
        confirmed=law.confirmed,
    ).due
