"""Writing a step that was decided: letter, event, effects, the day silence counts from, the lists, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.remedies import models
from chengxin.remedies.actions import docketing, effects, letters
from chengxin.remedies.actions.contested import found_as
from chengxin.remedies.actions.recording import add_event
from chengxin.remedies.actions.silence import Days, days_of, show_days
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.cases import as_rules_read, event_place, sealable, told_rows, whole
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.told import told_with
from chengxin.remedies.rules.workflows import WORKFLOWS
from chengxin.remedies.terms.cases import Case, Deed, EventView
from chengxin.remedies.terms.letters import LetterDraft
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Moved, Step

CASE: Final = "remedy_case"
"""What the journal calls a case."""

SIGNING: Final = frozenset({Act.SIGN, Act.SIGN_LAST})


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts on a case, in which capacity."""

    actor: Actor
    who: Who


def write_step(
    row: models.Case,
    case: Case | None,
    moved: Moved,
    by: Acting,
    deed: Deed,
    draft: LetterDraft | None,
    *,
    at: datetime,
    reason: str,
) -> Case:
    """Write a step that was decided: letter, event, effects, the day silence counts from, the lists, the journal."""
    flow, step, actor = WORKFLOWS[row.workflow], moved.step, by.actor
    proposal = waiting_proposal(case) if case and Guard.TWO_PEOPLE in step.guards else None
    by_id = actor.official_id or actor.account_id or actor.client_id
    letter_id = None
    if draft is not None:
        deciders = (proposal.actor, by_id) if proposal else (by_id, None)
        letter_id = letters.send_letter(row, draft, by=deciders, at=at)
    found = found_as(row, deed, at) if step.act is Act.FIND else None
    seq = len(case.events) + 1 if case else 1
    on = day_of(step, deed, proposal)
    add_event(
        models.Event(
            person_id=row.person_id,
            case_id=row.case_id,
            seq=seq,
            workflow=row.workflow,
            source=step.source.value,
            act=step.act.value,
            target=step.target.value,
            letter_kind=draft.kind.value if draft else "",
            second=Guard.TWO_PEOPLE in step.guards,
            at=at,
            who=by.who.value,
            actor=by_id,
            organisation_id=actor.organisation_id,
            mandate_id=actor.mandate.mandate_id if actor.mandate else None,
            letter_id=letter_id,
            proposal=proposal.seq if proposal else None,
            proposed_by=proposal.actor if proposal else None,
            proposed_act=proposal.act.value if proposal else "",
            told=told_rows(told_with(flow, step, shanghai_day(at), law_here(), by=deed.by, on=on)),
            counts_from=on,
            found=found.about.uid if found else None,
            found_version=found.about.version if found else None,
            found_item=found.about.item if found else "",
            found_supplier=found.about.supplier if found else None,
            sealed=sealed.seal(row.person_id, event_place(row.case_id, seq), _said(deed, step)),
        )
    )
    before = None if found else days_of(row, as_rules_read(case.events)) if case else Days()
    if found:
        row.refresh_from_db()
    effects.carry_out(effects.Doing(row, step, actor, at, reason, deed, proposal))
    row.refresh_from_db()
    after = whole(row, at)
    show_days(row, before, after, at)
    if found:
        docketing.name(after, found.batch_id)
    if case is not None:
        docketing.move(after, late=case.late)
    journal.record(
        actor, f"remedy_{step.act.value}", CASE, row.uid, at=at, reason=reason,
        organisation_id=row.organisation_id,
    )  # fmt: skip
    return after


def waiting_proposal(case: Case) -> EventView | None:
    """The proposal that waits for a second official, where one does: nothing came in after it."""
    return next((one for one in reversed(case.events) if one.act is Act.PROPOSE_AGAINST), None)


def day_of(step: Step, deed: Deed, proposal: EventView | None) -> date | None:
    """The day from which clocks outside the house run: that of the proposal which is agreed to, or the one that is told now."""
    if Guard.TWO_PEOPLE in step.guards:
        return proposal.on if proposal else None
    return deed.on if Guard.DATED in step.guards else None


def _said(deed: Deed, step: Step) -> dict[str, object]:
    # the words of a statement lie beside its entry alone: what two officials cover there is not read here
    said: dict[str, object] = {"reason": "" if Effect.SHOW_BESIDE in step.effects else deed.reason.strip()}
    if deed.asked:
        said["asked"] = sorted(one.value for one in deed.asked)
    if deed.filing:
        said["filing"] = deed.filing
    if deed.held_by.strip():
        said["held_by"] = deed.held_by.strip()
    if step.act in SIGNING:
        said["minutes"] = deed.minutes
    if deed.passages:
        said["passages"] = list(deed.passages)
    if deed.letter is not None and step.act is Act.PROPOSE_AGAINST:
        said["draft"] = sealable(deed.letter)
    return said
