"""Taking a step: facts, decision, letter, event, effects and lists in one transaction, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions import docketing, effects, letters
from chengxin.remedies.actions.capacities import capacities, chosen
from chengxin.remedies.actions.facts import facts_of
from chengxin.remedies.actions.recording import add_event
from chengxin.remedies.actions.silence import record_silence, show_silence, silence_of
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.cases import (
    as_rules_read,
    case_at,
    event_place,
    person_of_case,
    sealable,
    told_rows,
    whole,
)
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.clocks import start_clock
from chengxin.remedies.rules.letters import letter_kind
from chengxin.remedies.rules.workflows import WORKFLOWS, next_state, open_acts
from chengxin.remedies.terms.cases import (
    NO_DEED,
    Case,
    CaseMoved,
    CaseUnknown,
    Deed,
    EventView,
    LetterWords,
    PaperKind,
)
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import LetterDraft, LetterKind, LetterNeed
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Moved, Step

CASE: Final = "remedy_case"
"""What the journal calls a case."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts on a case, in which capacity."""

    actor: Actor
    who: Who


def take_step(
    *, actor: Actor, uid: UUID, act: Act, deed: Deed = NO_DEED, at: datetime, reason: str, seen: int | None = None
) -> Case:
    """One act on a case, by its person or by an official whose case it is to work. Returns the case as it stands then.

    ``reason``: for the journal, in a code or in words that name nobody; ``deed.reason``: for the person, sealed under their key.
    ``seen``: how many acts of the case the one who acts has read; with more there by now, nothing is done.
    Raises CaseUnknown, CaseMoved where somebody acted a moment before, Refusal with the reason of the guard that fails.
    """
    person_id = actor.subject_id or person_of_case(uid)
    with as_person(person_id):
        records.lock_person(person_id)
        row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
        if row is None:
            raise CaseUnknown()
        if seen is not None and models.Event.objects.filter(person_id=person_id, case_id=row.case_id).count() != seen:
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
    flow, case = WORKFLOWS[row.workflow], whole(row, at)
    record_silence(row, case, at)
    case = whole(row, at)
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
    return write_step(row, case, moved, Acting(actor, who), deed, draft, at=at, reason=reason)


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
    step, actor = moved.step, by.actor
    proposal = waiting_proposal(case) if case and Guard.TWO_PEOPLE in step.guards else None
    by_id = actor.official_id or actor.account_id
    letter_id = None
    if draft is not None:
        deciders = (proposal.actor, by_id) if proposal else (by_id, None)
        letter_id = letters.send_letter(row, draft, by=deciders, at=at)
    seq = len(case.events) + 1 if case else 1
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
            told=told_rows(told_of(step, at)),
            sealed=sealed.seal(row.person_id, event_place(row.case_id, seq), _said(deed, step)),
        )
    )
    before = silence_of(row, as_rules_read(case.events)) if case else None
    effects.carry_out(effects.Doing(row, step, actor, at, reason, deed, proposal))
    row.refresh_from_db()
    after = whole(row, at)
    show_silence(row, before, after, actor, at)
    if case is not None:
        docketing.move(after)
    journal.record(
        actor, f"remedy_{step.act.value}", CASE, row.uid, at=at, reason=reason,
        organisation_id=row.organisation_id,
    )  # fmt: skip
    return after


def waiting_proposal(case: Case) -> EventView | None:
    """The proposal that waits for a second official, where one does: nothing came in after it."""
    return next((one for one in reversed(case.events) if one.act is Act.PROPOSE_AGAINST), None)


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
    kind = LetterKind.AGAINST if act is Act.PROPOSE_AGAINST else letter_kind(flow, step)
    if kind is None:
        return ()
    draft = _draft(row, case, kind, deed.letter or LetterWords(), actor, at, waiting_proposal(case))
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
    return _draft(row, case, kind, words or LetterWords(), actor, at, proposal)


def _draft(
    row: models.Case,
    case: Case,
    kind: LetterKind,
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
        told=_recipients(row),
        certificate=next((one.name for one in case.papers if one.kind is PaperKind.CERTIFICATE), ""),
        at=at,
    )


def _recipients(row: models.Case) -> tuple[str, ...]:
    told = models.Recipient.objects.filter(case_uid=row.uid).values_list("organisation_id", flat=True)
    return tuple(letters.office_name(one) for one in told)


def _said(deed: Deed, step: Step) -> dict[str, object]:
    # the words of a statement lie beside its entry alone: what two officials cover there is not read here
    said: dict[str, object] = {"reason": "" if Effect.SHOW_BESIDE in step.effects else deed.reason.strip()}
    if deed.asked:
        said["asked"] = sorted(one.value for one in deed.asked)
    if deed.filing:
        said["filing"] = deed.filing
    if deed.passages:
        said["passages"] = list(deed.passages)
    if deed.letter is not None and step.act is Act.PROPOSE_AGAINST:
        said["draft"] = sealable(deed.letter)
    return said


def told_of(step: Step, at: datetime) -> dict[Matter, Deadline]:
    """The last days that people are told of the clocks a step sets going."""
    day, law = shanghai_day(at), law_here()
    return {
        matter: start_clock(law.book, matter, day, law.holidays, on=day, places=law.places, confirmed=law.confirmed).due
        for matter in step.starts
    }
