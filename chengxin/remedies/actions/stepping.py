"""Taking a step: facts, decision, letter, event, effects and lists in one transaction, or not at all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions import correcting, letters
from chengxin.remedies.actions.capacities import capacities, chosen
from chengxin.remedies.actions.facts import certificates_of, facts_of
from chengxin.remedies.actions.silence import record_silence, write_silence
from chengxin.remedies.actions.writing import Acting, day_of, waiting_proposal, write_step
from chengxin.remedies.queries.cases import case_at, person_of_case, whole
from chengxin.remedies.queries.recalls import recipients_of
from chengxin.remedies.rules.letters import letter_kind, letter_written
from chengxin.remedies.rules.workflows import WORKFLOWS, next_state, open_acts
from chengxin.remedies.terms.cases import (
    NO_DEED,
    Case,
    CaseMoved,
    CaseUnknown,
    Deed,
    EventView,
    LetterWords,
)
from chengxin.remedies.terms.letters import LetterDraft, LetterKind, LetterNeed
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Step


def take_step(
    *, actor: Actor, uid: UUID, act: Act, deed: Deed = NO_DEED, at: datetime, reason: str, seen: int | None = None
) -> Case:
    """One act on a case, by its person or by an official whose case it is to work. Returns the case as it stands then.

    ``reason``: for the journal, in a code or in words that name nobody; ``deed.reason``: for the person, sealed under their key.
    ``seen``: how many acts of the case the one who acts has read; with more there by now, nothing is done.
    Raises CaseUnknown, CaseMoved where somebody acted a moment before, Refusal with the reason of the guard that fails.
    """
    person_id = actor.subject_id or person_of_case(uid)
    ran_out = write_silence(person_id, uid, at=at)
    with as_person(person_id):
        records.lock_person(person_id)
        row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
        if row is None:
            raise CaseUnknown()
        acts = models.Event.objects.filter(person_id=person_id, case_id=row.case_id).count()
        # what ran out was on the page already, written down or not
        if seen is not None and acts != seen + ran_out:
            raise CaseMoved()
        return step_on(row, actor, act, deed, at=at, reason=reason)


def step_on(
    row: models.Case,
    actor: Actor,
    act: Act,
    deed: Deed,
    *,
    have: frozenset[Who] | None = None,
    at: datetime,
    reason: str,
) -> Case:
    """The same in the current transaction of the case's person, who was locked. ``have``: the actor's capacities, where the
    caller answers for them."""
    record_silence(row, at)
    flow, case = WORKFLOWS[row.workflow], whole(row, at)
    state = flow.states(case.state)
    proposal = waiting_proposal(case)
    step = flow.table.get((state, act))
    have = have or capacities(actor, row, at, proposed_by=proposal.actor if proposal else None)
    if not have:
        raise CaseUnknown()
    who = chosen(step.who if step else have, have)
    if who is None:
        raise Refusal(Refused(Reason.NOT_YOUR_ACT, flow.basis, {"act": act.value}))
    draft = _letter(row, case, step, deed, actor, at) if step else None
    facts = facts_of(
        case,
        step or flow.steps[0],
        who,
        actor,
        deed,
        proposed_by=proposal.actor if proposal else None,
        lacking=None if draft is None else tuple(need.value for need in letters.lacking(draft)),
        at=at,
    )
    moved = next_state(flow, state, act, facts)
    if isinstance(moved, Refused):
        raise Refusal(moved)
    after = write_step(row, case, moved, Acting(actor, who), deed, draft, at=at, reason=reason)
    if Effect.RECALL_VERSIONS in moved.step.effects:
        correcting.tell_recipients(row, moved.step, Acting(actor, who), deed, at=at)
    if Effect.READMIT in moved.step.effects:
        correcting.tell_of_return(row, actor, at=at)
    return after


def acts_open(actor: Actor, uid: UUID, *, at: datetime) -> tuple[Act, ...]:
    """The acts this actor may try on a case: the buttons of its page. The decision is asked again when one is taken."""
    person_id = actor.subject_id or person_of_case(uid)
    with as_person(person_id):
        case = case_at(person_id, uid, at=at)
        row = models.Case.objects.get(person_id=person_id, uid=uid)
        proposal = waiting_proposal(case)
        have = capacities(actor, row, at, proposed_by=proposal.actor if proposal else None)
        flow = WORKFLOWS[case.workflow]
        tried = {act for who in have for act in open_acts(flow, flow.states(case.state), who)}
    return tuple(act for act in flow.acts if act in tried)


def letter_lacks_now(case: Case, act: Act, deed: Deed, actor: Actor, *, at: datetime) -> tuple[LetterNeed, ...]:
    """The checklist beside a letter under work: what it would lack were this act taken now."""
    flow = WORKFLOWS[case.workflow]
    step = flow.table.get((flow.states(case.state), act))
    row = models.Case.objects.filter(person_id=case.person_id, uid=case.uid).first()
    if step is None or row is None:
        return ()
    kind = letter_written(flow, step)
    if kind is None:
        return ()
    draft = _draft(row, case, step, kind, deed, deed.letter or LetterWords(), actor, at, waiting_proposal(case))
    lacks = letters.lacking(draft)
    # a proposal waits for its second name, and is whole without it
    return tuple(one for one in lacks if act is not Act.PROPOSE_AGAINST or one is not LetterNeed.DECIDERS)


def _letter(row: models.Case, case: Case, step: Step, deed: Deed, actor: Actor, at: datetime) -> LetterDraft | None:
    """The letter of a step. Agreeing sends what was proposed, in the proposer's words."""
    kind = letter_kind(WORKFLOWS[row.workflow], step)
    if kind is None:
        return None
    proposal = waiting_proposal(case) if Guard.TWO_PEOPLE in step.guards else None
    words = proposal.draft if proposal else deed.letter
    if words is None and kind is LetterKind.OUTCOME:
        words = LetterWords(result=step.act.value, contact=letters.office_name(row.organisation_id))
    return _draft(row, case, step, kind, deed, words or LetterWords(), actor, at, proposal)


def _draft(
    row: models.Case,
    case: Case,
    step: Step,
    kind: LetterKind,
    deed: Deed,
    words: LetterWords,
    actor: Actor,
    at: datetime,
    proposal: EventView | None,
) -> LetterDraft:
    by_id = actor.official_id or actor.account_id
    return letters.draft_letter(
        row,
        kind,
        words,
        seq=len(case.events) + 1,
        deciders=tuple(one for one in (proposal.actor if proposal else None, by_id) if one is not None),
        told=_recipients(row, step),
        certificate=next((one.name for one in certificates_of(case, at)), ""),
        since=day_of(step, deed, proposal),
        at=at,
    )


def _recipients(row: models.Case, step: Step) -> tuple[str, ...]:
    """Whom a letter about something put right names: everybody who had received it, told with this step or before it."""
    steps = WORKFLOWS[row.workflow].steps
    if row.about_uid is None or all(Effect.RECALL_VERSIONS not in one.effects for one in steps):
        return ()
    told = recipients_of(row.person_id, row.about_uid, since=row.opened_at)
    if Effect.RECALL_VERSIONS in step.effects:
        told |= access.received_by(row.person_id, row.about_uid).keys()
    return tuple(sorted(letters.office_name(one) for one in told))
