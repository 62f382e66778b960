"""What a notice tells, before it is put on paper: the letter is written from this, and the checklist looks at this alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chengxin.access.terms.uses import UseView
from chengxin.catalogue.terms import FieldRole
from chengxin.doors.portal.presenters.around import ADVERSE, Around, name_of
from chengxin.doors.portal.presenters.entry import decision_of, working_marks
from chengxin.doors.portal.presenters.field import field_lines, raw_of
from chengxin.doors.portal.presenters.look import LookLine
from chengxin.doors.portal.presenters.standing import standing
from chengxin.doors.portal.presenters.ways import LIVE, Way, WayKind, served_day, ways
from chengxin.offices.terms import OrganisationView
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import (
    NoticeDraft,
    NoticeKind,
    NoticeNeed,
    RemedyKind,
    RemedyLine,
    RepairLine,
)

FACTS = frozenset({FieldRole.CONTENT, FieldRole.AMOUNT, FieldRole.FREE_TEXT})
"""Roles of the fields that say what was done and what was decided; a penalty's kind has none and is told by its name."""
PENALTY = "penalty.kind"
REMEDIES = ((RemedyKind.RECONSIDERATION, Matter.RECONSIDERATION), (RemedyKind.LAWSUIT, Matter.LAWSUIT))
"""The outside remedies, each with its clock."""


def counts(entry: EntryView) -> bool:
    """Whether it stands against its person now: of such a one everything must be told."""
    return entry.nature == ADVERSE and entry.status in LIVE


def entry_draft(entry: EntryView, around: Around, kind: NoticeKind = NoticeKind.ENTRY) -> NoticeDraft:
    """What the notice of an entry tells, in the reader's language; ``RESTED_ON``: within the notice of a use."""
    decision, where = decision_of(entry, around), standing(entry, around)
    found = {way.kind: way for way in ways(entry, around, working_marks(entry))} if counts(entry) else {}
    objection = found.get(WayKind.OBJECT) or found.get(WayKind.OBJECTED)
    court = found.get(WayKind.COURT)
    return NoticeDraft(
        kind=kind,
        by_court=around.of_a_court,
        decider=_known(decision.decider.words, around),
        decider_code=raw_of(around.item, entry.content, FieldRole.DECIDER_CODE),
        contact=around.decider.contact if around.decider else "",
        facts="\n".join(_facts(entry, around)),
        document_number=decision.number.words if decision.number else "",
        document_on=entry.decided_on,
        laws=(decision.basis.words,) if decision.basis else (),
        act_class=_class_word(entry, around),
        ends_on=entry.display_until,
        ends_with=where.until if around.item is not None and around.item.ends_with_validity else "",
        consequences=(),
        source=name_of(around.supplier, around.language),
        recipients=tuple(said.words for said in where.seen_by) if around.item is not None else None,
        statement_how=around.say("notice.statement"),
        objection_how=_said(objection, around) if objection else "",
        objection_until=around.say("notice.objection_until"),
        remedies=() if around.of_a_court else _remedies(served_day(entry), around),
        repair=_repair(entry, found.get(WayKind.REPAIR), around),
        court_how=_said(court, around) if court else "",
        person_to_talk_to=_talk(around),
        limits_of_freeze=_limits(around),
    )


def use_draft(
    use: UseView,
    line: LookLine,
    told: Iterable[tuple[EntryView, Around]],
    office: OrganisationView | None,
    around: Around,
    told_on: date | None,
) -> NoticeDraft:
    """What the notice of a use tells. ``told_on``: the day since which the person is proven to have it, None before."""
    asker = name_of(office, around.language)
    return NoticeDraft(
        kind=NoticeKind.USE,
        asker=asker,
        purpose=line.purpose,
        fields=(line.returned,),
        decider=asker,
        decider_code=office.org_code if office else "",
        contact=office.contact if office else "",
        document_number=use.decision,
        document_on=use.decided_on,
        laws=(line.ground,),
        consequences=(),
        statement_how=around.say("notice.use.statement"),
        objection_how=around.say("notice.use.objection"),
        objection_until=around.say("notice.objection_until"),
        remedies=_remedies(told_on, around),
        person_to_talk_to=_talk(around),
        limits_of_freeze=around.say("notice.use.limits"),
        rests_on=tuple(entry_draft(one, of_it, NoticeKind.RESTED_ON) for one, of_it in told if counts(one)),
    )


def draft_lacks(draft: NoticeDraft, told_on: date | None, around: Around) -> tuple[NoticeNeed, ...]:
    """What a notice still lacks; ``told_on`` as above, or the day of service by the supplier's receipt."""
    return remedies.notice_lacks(draft, told_on or around.today, remedies.law_here())


def unreachable(draft: NoticeDraft) -> tuple[str, ...]:
    """Codes of the bodies that decided and of which nobody knows how to reach them, once each."""
    deciding = (draft, *(draft.rests_on or ()))
    return tuple(dict.fromkeys(one.decider_code for one in deciding if one.decider_code and not one.contact))


def _known(decider: str, around: Around) -> str:
    """A decider by name; nothing where nobody can be named."""
    return "" if decider == around.say("entry.source_unknown") else decider


def _facts(entry: EntryView, around: Around) -> list[str]:
    item = around.item
    telling = {spec.code for spec in item.fields if spec.role in FACTS or spec.element == PENALTY} if item else set()
    between = "：" if around.language == "zh" else ": "
    lines = field_lines(item, entry.content, around.language)
    told = [line for line in lines if line.code in telling]
    if not told and not (telling and counts(entry)):
        # of what weighs against somebody its number and its day are no facts
        told = list(lines)
    return [f"{line.term}{between}{line.value.words}" for line in told]


def _class_word(entry: EntryView, around: Around) -> str:
    if entry.nature != ADVERSE or not entry.act_class:
        return ""
    return around.say(f"class.{('none', 'minor', 'general', 'serious')[entry.act_class]}")


def _said(way: Way, around: Around) -> str:
    return f"{way.short}{'' if around.language == 'zh' else ' '}{way.more}"


def _remedies(served_on: date | None, around: Around) -> tuple[RemedyLine, ...]:
    """The outside remedies: where to go, and the last day from the day of service, or from today before there is one."""
    law, found = remedies.law_here(), []
    for kind, matter in REMEDIES:
        ends = remedies.remedy_ends(matter, served_on or around.today, law)
        found.append(RemedyLine(kind, around.say(f"notice.where.{kind.value}"), ends.day, ends.provisional))
    return tuple(found)


def _repair(entry: EntryView, way: Way | None, around: Around) -> RepairLine | None:
    outlook = remedies.outlook_of(entry, around.item, around.today)
    if outlook is None or way is None:
        return None
    papers = frozenset((*outlook.to_bring, *outlook.to_fetch))
    return RepairLine(outlook.earliest, _said(way, around), papers, free=True)


def _limits(around: Around) -> str:
    limits = [around.say("freeze_does_not_stop.source")]
    limits += [around.say("freeze_does_not_stop.court")] * around.of_a_court
    between, space = ("：", "") if around.language == "zh" else (": ", " ")
    return around.say("freeze_does_not_stop.title") + between + space.join(limits)


def _talk(around: Around) -> str:
    office = around.office
    if office is None or not office.contact:
        return ""
    return around.say("notice.talk_to", office=name_of(office, around.language), contact=office.contact)
