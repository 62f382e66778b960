"""Opening a case, by whoever asks and at whichever office: the same receipt, the same clock; a repeat joins the open one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Decision, Refused, require
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.kernel.ids import new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records import facade as records
from chengxin.records.terms import EntryView
from chengxin.remedies import models
from chengxin.remedies.actions import docketing
from chengxin.remedies.actions.correcting import tell_recipients
from chengxin.remedies.actions.facts import entry_of, facts_of, lead_office
from chengxin.remedies.actions.keeping import keep_paper
from chengxin.remedies.actions.recording import next_case_id
from chengxin.remedies.actions.silence import record_silence
from chengxin.remedies.actions.stepping import step_on
from chengxin.remedies.actions.writing import Acting, write_step
from chengxin.remedies.queries.cases import open_about, open_alike, whole
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.papers import may_hand_in
from chengxin.remedies.rules.told import told_with
from chengxin.remedies.rules.workflows import WORKFLOWS, next_state
from chengxin.remedies.terms.cases import (
    NO_DEED,
    OF_A_LOOK,
    OF_AN_ENTRY,
    TAKEN_IN,
    About,
    AboutKind,
    Case,
    Channel,
    Deed,
    Handed,
)
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import Act, Effect, Step


def open_case(
    *,
    actor: Actor,
    person_id: UUID,
    workflow: str,
    about: About,
    act: Act = Act.SUBMIT,
    channel: Channel = Channel.WEB,
    deed: Deed = NO_DEED,
    at: datetime,
    reason: str,
) -> Case:
    """A new case of a person, or the open one that this repeats: it joins, with its words, and has the same receipt.

    About nothing with a uid (a demand, an office) a repeat is what says the same words while the first is open.

    ``about``: kind and uid; version, item and supplier of an entry are read here. ``reason``: a code for mark and journal.
    Raises NotFound where the person has no such entry, Refusal where it cannot be asked for.
    """
    require(_may_take_in(actor, person_id, channel, at))
    flow = WORKFLOWS[workflow]
    begins = flow.table.get((flow.first, act))
    if begins is None:
        raise Refusal(Refused(Reason.WRONG_STATE, flow.basis, {"state": flow.first.value, "act": act.value}))
    if actor.kind == "official" and not begins.who & FOR_THE_PERSON:
        # taking in is for what the person wishes; what an office does of its own motion is for who works cases
        offices.require_permission(actor, Permission.WORK_CASES, at, organisation_id=lead_office())
    return opened_for(actor, person_id, workflow, about, act, channel, deed, at=at, reason=reason)


def opened_for(
    actor: Actor,
    person_id: UUID,
    workflow: str,
    about: About,
    act: Act,
    channel: Channel,
    deed: Deed,
    *,
    papers: tuple[Handed, ...] = (),
    at: datetime,
    reason: str,
) -> Case:
    """The same for a caller who answers for whether this actor may. ``papers``: handed in with it, for what asks for one."""
    with as_person(person_id):
        records.lock_person(person_id)
        entry = _entry(person_id, about, channel, at)
        repeated = open_about(person_id, workflow, about.uid) if about.uid else None
        if repeated is not None and record_silence(repeated, at) and repeated.closed_at is not None:
            # its term has ended it: what is asked for now is a case of its own
            repeated = None
        if repeated is not None:
            return _join(repeated, actor, about, act, deed, at=at, reason=reason)
        flow = WORKFLOWS[workflow]
        step = flow.table[flow.first, act]
        said = None if about.uid else _said_before(person_id, workflow, about, step, deed, at)
        if said is not None:
            return said
        row = _row(person_id, workflow, _told(person_id, about, channel, at), entry, channel, at)
        who = _who(actor, row, step, at)
        for paper in papers:
            require(may_hand_in(paper.content, 0))
        if papers:
            assert Effect.MARK not in step.effects
            row.save(force_insert=True)
            for paper in papers:
                keep_paper(row, paper, actor=actor, who=who, at=at)
        facts = facts_of(_unwritten(row, at), step, who, actor, deed, proposed_by=None, lacking=None, at=at)
        moved = next_state(flow, flow.first, act, facts)
        if isinstance(moved, Refused):
            raise Refusal(moved)
        if Effect.MARK in step.effects and entry is not None:
            row.uid = records.object_to_entry(
                actor=actor,
                person_id=person_id,
                uid=entry.uid,
                not_mine=about.kind is AboutKind.IDENTITY,
                freeze=deed.freeze,
                at=at,
                reason=reason,
            )
        if not papers:
            row.save(force_insert=True)
        opened = write_step(row, None, moved, Acting(actor, who), deed, None, at=at, reason=reason)
        docketing.enter(opened, entry.batch_id if entry else None)
        if Effect.RECALL_VERSIONS in step.effects:
            tell_recipients(row, step, Acting(actor, who), deed, at=at)
        return opened


def _said_before(person_id: UUID, workflow: str, about: About, step: Step, deed: Deed, at: datetime) -> Case | None:
    """The open case that was opened with the same words about nothing that has a uid: a button pressed twice asks for one answer.

    A commitment to another day is another one.
    """
    by = told_with(WORKFLOWS[workflow], step, shanghai_day(at), law_here(), by=deed.by).get(Matter.COMMITMENT_FOLLOW_UP)
    for case in open_alike(person_id, workflow, about, at):
        first = case.events[0]
        same = (first.act, first.reason, first.filing) == (step.act, deed.reason.strip(), deed.filing)
        if same and first.told.get(Matter.COMMITMENT_FOLLOW_UP) == by:
            return case
    return None


def _may_take_in(actor: Actor, person_id: UUID, channel: Channel, at: datetime) -> Decision:
    """A person for themself; any office that is asked takes it in for them (no wrong door)."""
    if actor.kind == "person":
        return persons.may_act_for(actor, person_id, Scope.REMEDIES, at=at)
    if channel is Channel.WEB:
        return Refused("not_your_file", "个人信息保护法 45")
    return offices.may(actor, Permission.TAKE_IN_CASE, at)


def _who(actor: Actor, row: models.Case, step: Step, at: datetime) -> Who:
    """The capacity in which a case is opened."""
    if actor.kind == "person":
        return Who.PERSON if actor.mandate is None else Who.HELPER
    if Who.SUPPLIER in step.who and actor.organisation_id == row.supplier:
        return Who.SUPPLIER
    if Who.CASEWORKER in step.who:
        return Who.CASEWORKER
    return Who.SUPPLIER if Who.SUPPLIER in step.who else Who.ANYONE


def _may_be_found(about: About, channel: Channel) -> bool:
    """Whoever comes by web chooses what it is about; who does not may not know the number."""
    return about.to_find and channel in TAKEN_IN


def _entry(person_id: UUID, about: About, channel: Channel, at: datetime) -> EntryView | None:
    if about.kind not in OF_AN_ENTRY or _may_be_found(about, channel):
        return None
    entry = None if about.uid is None else entry_of(person_id, about.uid, at)
    if entry is None:
        raise NotFound(thing="entry")
    return entry


def _told(person_id: UUID, about: About, channel: Channel, at: datetime) -> About:
    """With whoever looked as the one that answers for it. Raises NotFound where the person knows of no such look."""
    if about.kind not in OF_A_LOOK or _may_be_found(about, channel):
        return about
    found = None if about.uid is None else access.looker_of(person_id, about.uid, at=at)
    if found is None:
        raise NotFound(thing="look")
    return replace(about, supplier=found[0])


def _row(
    person_id: UUID, workflow: str, about: About, entry: EntryView | None, channel: Channel, at: datetime
) -> models.Case:
    return models.Case(
        person_id=person_id,
        case_id=next_case_id(person_id, at),
        uid=new_uid(),
        workflow=workflow,
        about_kind=about.kind.value,
        about_uid=about.uid,
        about_version=entry.version if entry else about.version,
        item=entry.item if entry else about.item,
        supplier=entry.supplier if entry else about.supplier,
        organisation_id=lead_office(),
        channel=channel.value,
        opened_at=at,
        state=WORKFLOWS[workflow].first.value,
    )


def _unwritten(row: models.Case, at: datetime) -> Case:
    """The case before its first act, as the facts read it."""
    return whole(row, at)


def _said(case: Case, actor: Actor, deed: Deed) -> bool:
    """Whether these very words were said in this case, by the person or by whoever acts for them, as now."""
    by_another = actor.mandate is not None
    said = {one.reason.strip() for one in case.events if one.who in FOR_THE_PERSON and one.helper is by_another}
    return deed == Deed(reason=deed.reason) and deed.reason.strip() in said


def _join(row: models.Case, actor: Actor, about: About, act: Act, deed: Deed, *, at: datetime, reason: str) -> Case:
    """A repeat adds its words where the case still takes them, and that the entry is about somebody else where it is the first
    to say so; its receipt is the first one's."""
    case = whole(row, at)
    flow = WORKFLOWS[row.workflow]
    marks = Effect.MARK in {effect for step in flow.steps if step.source is flow.first for effect in step.effects}
    if marks and about.kind is AboutKind.IDENTITY and about.uid is not None:
        records.object_to_entry(
            actor=actor, person_id=row.person_id, uid=about.uid, not_mine=True, at=at, reason=reason
        )
    if (flow.states(case.state), act) not in flow.table:
        # what is written anew takes the place of what stood, and a lawsuit follows a reconsideration; all else joins it
        act = Act.JOIN
    if (flow.states(case.state), act) not in flow.table and not deed.reason.strip():
        # nothing was said that the first did not say
        return case
    if act is Act.JOIN and actor.kind == "person" and _said(case, actor, deed):
        # a second tap on "send"
        return case
    # whichever office is asked takes it in: it need not be one that works the case
    have = frozenset({Who.CASEWORKER}) if actor.kind == "official" else None
    return step_on(row, actor, act, deed, have=have, at=at, reason=reason)
