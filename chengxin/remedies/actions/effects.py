"""What a step brings elsewhere, in its own transaction: marks on the entry, recipients told, notices. One function an effect.

What silence does to an entry needs no function: its mark carries the day (`rules.workflows.silent_from`, `appealed_to`). What
else a lapse brings, a letter and a notice, is brought when it is written down (`actions/silence.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypedDict
from uuid import UUID

from chengxin.collection.terms.events import ENTRY_CHANGED, ENTRY_NEW
from chengxin.foundation import jobs, outbox
from chengxin.foundation.actors import Actor, system
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind
from chengxin.remedies import models
from chengxin.remedies.actions.facts import came_while_out, entry_of
from chengxin.remedies.rules.workflows import WORKFLOWS
from chengxin.remedies.terms.cases import OF_AN_ENTRY, AboutKind, Deed, EventView
from chengxin.remedies.terms.workflows import Act, Effect, Step

ADVERSE: Final = 2
"""Nature of an entry of which its person is told each version (domain.md 2.10)."""
PLATFORM: Final = system("remedies")
MOVED: Final = "remedy_moved"
SWEEP_SIBLINGS: Final = "remedies.sweep_siblings"
OF_A_CASE: Final = "remedy_case"
"""Kind of notice that a case moved, and what it tells of."""
NOTHING_TO_DO: Final = frozenset({"entry_wrong_status", "nothing_to_end", "already_marked"})
"""An entry that ended meanwhile, or that another case has marked, needs no mark of ours."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A step that is being taken: whose case, by whom, when, with what. ``proposal``: what is agreed to."""

    row: models.Case
    step: Step
    actor: Actor
    at: datetime
    reason: str
    deed: Deed
    proposal: EventView | None = None

    @property
    def entry_uid(self) -> UUID | None:
        """The entry it is about, where it is about one."""
        return self.row.about_uid if AboutKind(self.row.about_kind) in OF_AN_ENTRY else None


class Beside(TypedDict):
    """What every act on a statement names."""

    actor: Actor
    person_id: UUID
    uid: UUID
    at: datetime
    reason: str


def carry_out(doing: Doing) -> None:
    """Every effect of the step, in its order."""
    for effect in doing.step.effects:
        if effect not in ELSEWHERE:
            EFFECTS[effect](doing)


def _mark(doing: Doing, kind: MarkKind, approved_by: UUID | None = None) -> bool:
    if doing.entry_uid is None:
        return False
    try:
        records.mark_entry(
            actor=doing.actor if doing.actor.kind == "official" else PLATFORM,
            person_id=doing.row.person_id,
            uid=doing.entry_uid,
            kinds=(kind,),
            at=doing.at,
            reason=f"{doing.row.workflow}_{doing.step.act.value}",
            approved_by=approved_by,
        )
    except Refusal as refused:
        if refused.refused.reason not in NOTHING_TO_DO:
            raise
        return False
    return True


def _contest(doing: Doing) -> None:
    """What a case is opened about is marked before the case is written (`actions.opening`); what is found later, here."""
    if doing.step.act is Act.FIND and doing.entry_uid is not None:
        records.object_to_entry(
            actor=doing.actor,
            person_id=doing.row.person_id,
            uid=doing.entry_uid,
            not_mine=AboutKind(doing.row.about_kind) is AboutKind.IDENTITY,
            at=doing.at,
            reason=doing.reason,
        )


def _freeze(doing: Doing) -> None:
    if Effect.MARK in doing.step.effects:
        # an objection's own mark freezes what is adverse, and nothing else unless its person asks
        return
    _mark(doing, MarkKind.FROZEN)


def _unmark(doing: Doing) -> None:
    _mark(doing, MarkKind.OBJECTION_ENDED)


def _unfreeze(doing: Doing) -> None:
    if not _others_freeze(doing):
        _mark(doing, MarkKind.UNFROZEN)


def _others_freeze(doing: Doing) -> bool:
    """Whether another open case about the same entry keeps it from use."""
    freezing = [flow.code for flow in WORKFLOWS.values() if any(Effect.FREEZE in step.effects for step in flow.steps)]
    return (
        models.Case.objects.filter(
            person_id=doing.row.person_id,
            about_uid=doing.row.about_uid,
            workflow__in=freezing,
            closed_at__isnull=True,
        )
        .exclude(case_id=doing.row.case_id)
        .exists()
    )


def _readmit(doing: Doing) -> None:
    assert doing.proposal is not None
    assert doing.proposal.actor is not None
    if _mark(doing, MarkKind.READMITTED, approved_by=doing.proposal.actor):
        _tell_of_version(doing)


def _tell_of_version(doing: Doing) -> None:
    """What came while the entry was out, its person was not told of; and what was never proven to be told is told again."""
    entry = None if doing.entry_uid is None else entry_of(doing.row.person_id, doing.entry_uid, doing.at)
    if entry is None or entry.nature != ADVERSE:
        return
    unproven = entry.served_on is None and entry.told_on is None
    if unproven or came_while_out(entry):
        outbox.tell(
            person_id=entry.person_id,
            kind=ENTRY_NEW if entry.version == 1 else ENTRY_CHANGED,
            subject_kind="entry",
            subject_id=entry.entry_id,
            subject_version=entry.version,
            at=doing.at,
        )


def _correct(doing: Doing) -> None:
    """Out at once. What is right its source supplies as a new version, which waits behind the removal until two let it back."""
    ended = AboutKind(doing.row.about_kind) is AboutKind.PERIOD
    _mark(doing, MarkKind.EXPIRED_EARLY if ended else MarkKind.WITHDRAWN)


def _withdraw(doing: Doing) -> None:
    _mark(doing, MarkKind.WITHDRAWN)


def _repair(doing: Doing) -> None:
    _mark(doing, MarkKind.REPAIRED)


def _mark_appealed(doing: Doing) -> None:
    _mark(doing, MarkKind.APPEALED)


def _unmark_appealed(doing: Doing) -> None:
    _mark(doing, MarkKind.APPEAL_ENDED)


def _tell(doing: Doing) -> None:
    outbox.tell(
        person_id=doing.row.person_id, kind=MOVED, subject_kind=OF_A_CASE, subject_id=doing.row.case_id, at=doing.at
    )


def _sweep_siblings(doing: Doing) -> None:
    actor = doing.actor
    if doing.entry_uid is None or actor.official_id is None:
        return
    jobs.defer(
        SWEEP_SIBLINGS,
        lock=f"{SWEEP_SIBLINGS}|{doing.row.uid}",
        case_uid=str(doing.row.uid),
        official_id=str(actor.official_id),
        organisation_id=str(actor.organisation_id),
        role=actor.role or "",
    )


def _show_beside(doing: Doing) -> None:
    records.say_beside(text=doing.deed.reason, **_of_statement(doing))


def _hide_beside(doing: Doing) -> None:
    records.take_back_statement(**_of_statement(doing))


def _mask(doing: Doing) -> None:
    """The passages that were proposed, as its second official has read them."""
    assert doing.proposal is not None
    assert doing.proposal.actor is not None
    records.cover_statement(passages=doing.proposal.passages, approved_by=doing.proposal.actor, **_of_statement(doing))


def _of_statement(doing: Doing) -> Beside:
    uid = doing.entry_uid
    assert uid is not None
    reason = f"{doing.row.workflow}_{doing.step.act.value}"
    return {"actor": doing.actor, "person_id": doing.row.person_id, "uid": uid, "at": doing.at, "reason": reason}


EFFECTS: Final[Mapping[Effect, Callable[[Doing], None]]] = MappingProxyType(
    {
        Effect.MARK: _contest,
        Effect.FREEZE: _freeze,
        Effect.UNMARK: _unmark,
        Effect.UNFREEZE: _unfreeze,
        Effect.READMIT: _readmit,
        Effect.CORRECT: _correct,
        Effect.WITHDRAW: _withdraw,
        Effect.REPAIR: _repair,
        Effect.MARK_APPEALED: _mark_appealed,
        Effect.UNMARK_APPEALED: _unmark_appealed,
        Effect.TELL: _tell,
        Effect.SWEEP_SIBLINGS: _sweep_siblings,
        Effect.SHOW_BESIDE: _show_beside,
        Effect.HIDE_BESIDE: _hide_beside,
        Effect.MASK: _mask,
    }
)
ELSEWHERE: Final[Mapping[Effect, str]] = MappingProxyType(
    {
        Effect.HIDE: "rules.workflows.silent_from",
        Effect.RECALL_VERSIONS: "actions.correcting.tell_recipients",
        Effect.SEND_LETTER: "rules.letters.letter_kind",
        Effect.RECEIPT: "rules.numbering.case_number",
        Effect.FETCH_PAPERS: "terms.cases.Case.to_fetch",
        Effect.TELL_CHIEF: "queries.figures.offices_late",
        Effect.LIST_PUBLICLY: "queries.figures.offices_late",
    }
)
"""What needs no function here: where it is done with the step, or read from the case by clocks alone. Complete by test."""
