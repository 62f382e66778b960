"""What the decision on a step may know, gathered in its transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.catalogue import facade as catalogue
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices import facade as offices
from chengxin.records import facade as records
from chengxin.records.terms import REMOVALS, EntryView, Status
from chengxin.remedies import models
from chengxin.remedies.actions.capacities import is_mandated
from chengxin.remedies.actions.partaking import took_part
from chengxin.remedies.queries.law import law_here, repair_here
from chengxin.remedies.queries.outlook import repair_facts
from chengxin.remedies.rules.clocks import may_extend
from chengxin.remedies.rules.guards import may_count_from
from chengxin.remedies.rules.papers import certificates
from chengxin.remedies.rules.repair import may_ask_repair
from chengxin.remedies.terms.cases import Case, Deed, PaperKind, PaperView
from chengxin.remedies.terms.clocks import Extension
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import Act, ActFacts, Asked, Guard, Step

GONE = frozenset({Status.ERASED, Status.DISPOSED})


def entry_of(person_id: UUID, uid: UUID, at: datetime) -> EntryView | None:
    """The newest version of an entry in whatever status, None where it is gone. The person must be set."""
    return max(versions_of(person_id, uid, at), key=lambda one: one.version, default=None)


def versions_of(person_id: UUID, uid: UUID, at: datetime) -> list[EntryView]:
    """All versions of an entry that are not gone. The person must be set."""
    return [
        one
        for one in records.entries_with_any_status(person_id, shown_at=at, known_at=at)
        if one.uid == uid and one.status not in GONE
    ]


def came_while_out(entry: EntryView) -> bool:
    """Whether a version came after its entry was removed, or on a day on which silence kept it out."""
    removed = max((mark.at for mark in entry.marks if mark.kind in REMOVALS), default=None)
    silent = entry.lapses_on is not None and shanghai_day(entry.known_from) >= entry.lapses_on
    return silent or (removed is not None and entry.known_from > removed)


def facts_of(
    case: Case,
    step: Step,
    who: Who,
    actor: Actor,
    deed: Deed,
    *,
    proposed_by: UUID | None,
    lacking: tuple[str, ...] | None,
    at: datetime,
) -> ActFacts:
    """The facts of one act. What the case does not show is not so."""
    official = actor.official_id
    kinds = {paper.kind for paper in case.papers}
    handed_in = [paper for paper in case.papers if paper.kind is not PaperKind.MINUTES]
    certified = certificates_of(case, at)
    return ActFacts(
        who=who,
        actor=official or actor.account_id,
        mandated=is_mandated(actor, case.person_id, at),
        took_part=took_part(case, at),
        proposed_by=proposed_by,
        reason=deed.reason,
        papers=len(handed_in),
        papers_opened=sum(official in paper.opened_by for paper in handed_in),
        lacking=lacking,
        nobody_to_ask=case.about.supplier in (None, case.organisation_id),
        to_find=case.about.to_find and deed.found is not None,
        may_extend=_may_extend(case, step, who, at),
        certified=bool(certified)
        and all(official in paper.opened_by for paper in certified)
        and not _came_since(case, step, at),
        open_recipients=models.Recipient.objects.filter(case_uid=case.uid, acknowledged_at__isnull=True).count(),
        may_cover=_may_cover(case, step, deed, at),
        may_repair=may_repair(case.person_id, case.about.uid, at) if step.act is Act.SUBMIT else None,
        asked=deed.asked,
        asked_before=any(one.act is Act.ASK_PAPERS for one in case.events),
        to_fetch=frozenset({Asked.PERFORMANCE}) if case.to_fetch else frozenset(),
        rights_told=deed.rights_told,
        minutes=case.minutes is not None,
        minutes_read=case.minutes is not None and case.minutes.digest.hex() == deed.minutes,
        both_signed=case.is_signed(by_person=who not in FOR_THE_PERSON),
        ruling=PaperKind.RULING in kinds,
        filing=deed.filing,
        may_count=_may_count(case, step, deed, at),
        over=True,
    )


def certificates_of(case: Case, at: datetime) -> tuple[PaperView, ...]:
    """The certificates of a case that certify what would come back: its entry's newest version. The person must be set."""
    if all(paper.kind is not PaperKind.CERTIFICATE for paper in case.papers):
        return ()
    entry = None if case.about.uid is None else entry_of(case.person_id, case.about.uid, at)
    return certificates(case.papers, case.out_since, newest=entry.known_from if entry else None)


def _came_since(case: Case, step: Step, at: datetime) -> bool:
    """Whether the entry has come in another version since the proposal that is agreed to: nobody proposed to let that back."""
    if Guard.TWO_PEOPLE not in step.guards or case.about.uid is None:
        return False
    proposed = max((one.at for one in case.events if one.act is Act.PROPOSE_AGAINST), default=None)
    entry = entry_of(case.person_id, case.about.uid, at)
    return entry is not None and proposed is not None and entry.known_from > proposed


def _may_extend(case: Case, step: Step, who: Who, at: datetime) -> Decision | None:
    if step.extends is None:
        return None
    running = next((one for one in case.clocks if one.clock.matter is step.extends), None)
    if running is None:
        return Refused("extension_unknown", "F15")
    return may_extend(running.clock, Extension(shanghai_day(at), who, told=True), running.due, running.extended)


def _may_count(case: Case, step: Step, deed: Deed, at: datetime) -> Decision | None:
    """Whether a term outside may be counted from the day told: not before the decision, nor before what was filed last."""
    if Guard.DATED not in step.guards:
        return None
    entry = None if case.about.uid is None else entry_of(case.person_id, case.about.uid, at)
    before = [one.on for one in case.events if one.on is not None] + ([entry.decided_on] if entry else [])
    return may_count_from(deed.on, shanghai_day(at), max(before, default=None))


def _may_cover(case: Case, step: Step, deed: Deed, at: datetime) -> Decision | None:
    """Whether these passages of the statement that stands may be covered."""
    if Guard.OTHERS_ALONE not in step.guards or case.about.uid is None:
        return None
    entry = entry_of(case.person_id, case.about.uid, at)
    if entry is None or entry.statement is None:
        return None
    found = records.covered(entry.statement.text, deed.passages)
    return found if isinstance(found, Refused) else ALLOWED


def may_repair(person_id: UUID, uid: UUID | None, at: datetime) -> Decision | None:
    """Whether repair of this entry may be asked for today."""
    entry = None if uid is None else entry_of(person_id, uid, at)
    found = None if entry is None else repair_facts(entry, catalogue.item(entry.item, shanghai_day(at)))
    return None if found is None else may_ask_repair(found, shanghai_day(at), repair_here(), law_here().confirmed)


def lead_office() -> UUID:
    """Whose the platform's own cases are."""
    return next(one.id for one in offices.organisations() if one.parent_id is None)
