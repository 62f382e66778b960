"""What a letter must hold before it may be sent: a checklist that names what it lacks. An empty answer lets it go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from chengxin.kernel.clocks import Deadline
from chengxin.remedies.rules.clocks import start_clock
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import LetterDraft, LetterKind, LetterNeed, RemedyKind, RemedyLine
from chengxin.remedies.terms.workflows import Act, Effect, Outcome, Step, Workflow

N = LetterNeed
_ALWAYS: Final = (N.NUMBER, N.ABOUT, N.RESULT, N.OFFICE, N.CONTACT, N.DATE)
_REASONED: Final = (N.REASON, N.EVIDENCE, N.LAW)
_AGAINST: Final = (*_ALWAYS, *_REASONED, N.DECIDERS, N.REVIEW, N.RECONSIDERATION, N.LAWSUIT, N.STATEMENT)
_TAKEN_UP: Final = (*_ALWAYS, *_REASONED, N.DECIDERS)
NEEDS: Final[Mapping[LetterKind, tuple[LetterNeed, ...]]] = MappingProxyType(
    {
        LetterKind.FOR: (*_ALWAYS, *_REASONED, N.CHANGED, N.TOLD),
        LetterKind.AGAINST: _AGAINST,
        LetterKind.READMITTED: (*_AGAINST, N.CERTIFICATE),
        LetterKind.RULED: (*_TAKEN_UP, N.LAWSUIT, N.STATEMENT),
        LetterKind.JUDGED: (*_TAKEN_UP, N.APPEAL, N.STATEMENT),
        LetterKind.OUTCOME: _ALWAYS,
    }
)
"""What each kind of letter holds. A letter against the person always says where to go next, and by when."""

CONTEST: Final[Mapping[RemedyKind, Matter]] = MappingProxyType(
    {RemedyKind.RECONSIDERATION: Matter.RECONSIDERATION, RemedyKind.LAWSUIT: Matter.LAWSUIT}
)
"""What an act of an office is contested by, and the clock of each."""
_ANY: Final[Mapping[RemedyKind, Matter | None]] = MappingProxyType({RemedyKind.REVIEW: None, **CONTEST})
NEXT: Final[Mapping[LetterKind, Mapping[RemedyKind, Matter | None]]] = MappingProxyType(
    {
        LetterKind.AGAINST: _ANY,
        LetterKind.READMITTED: _ANY,
        LetterKind.RULED: MappingProxyType({RemedyKind.LAWSUIT: Matter.LAWSUIT_AFTER_RECONSIDERATION}),
        LetterKind.JUDGED: MappingProxyType({RemedyKind.APPEAL: Matter.LAWSUIT_APPEAL}),
    }
)
"""The remedies that a letter tells, in its order, each with the clock that its step sets going; a review in the house has none.
Whoever had a ruling has 15 days for the next court (行政诉讼法 45, 85), and nothing else."""
_TAKES_UP: Final[Mapping[Matter, LetterKind]] = MappingProxyType(
    {Matter.LAWSUIT_AFTER_RECONSIDERATION: LetterKind.RULED, Matter.LAWSUIT_APPEAL: LetterKind.JUDGED}
)
_REMEDIES: Final = frozenset(RemedyKind)

_SAYS: Final[Mapping[LetterNeed, Callable[[LetterDraft], bool]]] = MappingProxyType(
    {
        N.NUMBER: lambda draft: bool(draft.number.strip()),
        N.ABOUT: lambda draft: bool(draft.about.strip()),
        N.RESULT: lambda draft: bool(draft.result.strip()),
        N.REASON: lambda draft: bool(draft.reason.strip()),
        N.EVIDENCE: lambda draft: bool(draft.evidence) and all(one.strip() for one in draft.evidence),
        N.LAW: lambda draft: bool(draft.laws) and all(one.strip() for one in draft.laws),
        N.OFFICE: lambda draft: bool(draft.office.strip()),
        N.CONTACT: lambda draft: bool(draft.contact.strip()),
        N.DATE: lambda draft: draft.dated_on is not None,
        N.DECIDERS: lambda draft: len(draft.deciders) >= 2,
        N.CHANGED: lambda draft: bool(draft.changed.strip()),
        N.TOLD: lambda draft: draft.told is not None,
        N.STATEMENT: lambda draft: draft.statement_offered,
        N.CERTIFICATE: lambda draft: bool(draft.certificate.strip()),
    }
)


def letter_lacks(draft: LetterDraft, law: Law) -> tuple[LetterNeed, ...]:
    """What a letter still lacks, in the order of the checklist; nothing means that it may go."""
    return tuple(need for need in NEEDS[draft.kind] if not _holds(draft, need, law))


def _holds(draft: LetterDraft, need: LetterNeed, law: Law) -> bool:
    if need.value in _REMEDIES:
        kind = RemedyKind(need.value)
        return tells_remedy(draft.remedies, kind, NEXT[draft.kind][kind], draft.counted_from or draft.dated_on, law)
    return _SAYS[need](draft)


def tells_remedy(
    lines: tuple[RemedyLine, ...], kind: RemedyKind, matter: Matter | None, since: date | None, law: Law
) -> bool:
    """Whether a remedy is told with where to go and, where a law gives it a term from ``since``, with a day not too early."""
    line = next((one for one in lines if one.kind is kind), None)
    if line is None or not line.where.strip():
        return False
    if matter is None:
        return True
    if since is None or line.last_on is None:
        return False
    return line.last_on >= remedy_ends(matter, since, law).day


def remedy_ends(matter: Matter, since: date, law: Law) -> Deadline:
    """The last day of a remedy whose clock was set going on this day, as it is told: whoever trusts it is in time."""
    return start_clock(law.book, matter, since, law.holidays, on=since, places=law.places, confirmed=law.confirmed).said


def letter_kind(workflow: Workflow, step: Step) -> LetterKind | None:
    """Which letter a step sends; None for one that sends none."""
    if Effect.SEND_LETTER not in step.effects:
        return None
    if Effect.READMIT in step.effects:
        return LetterKind.READMITTED
    if step.act is Act.AGREE:
        return next((_TAKES_UP[matter] for matter in step.starts if matter in _TAKES_UP), LetterKind.AGAINST)
    # an acknowledgement decides nothing: what was decided was told by another letter
    if step.act not in (Act.LAPSE, Act.ACKNOWLEDGE_LAST) and workflow.closed.get(step.target) is Outcome.FOR:
        return LetterKind.FOR
    return LetterKind.OUTCOME


def letter_written(workflow: Workflow, step: Step) -> LetterKind | None:
    """Which letter is written with a step: its own; or the one that a second official sends, where the step proposes it."""
    agreed = workflow.table.get((step.target, Act.AGREE)) if step.act is Act.PROPOSE_AGAINST else None
    return letter_kind(workflow, agreed or step)
