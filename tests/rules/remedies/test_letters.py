"""No letter goes out that lacks something, and no notice; each need is told by its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from chengxin.remedies.rules.letters import NEEDS as LETTER_NEEDS
from chengxin.remedies.rules.letters import NEXT, letter_kind, letter_lacks, letter_written, remedy_ends
from chengxin.remedies.rules.notices import NEEDS as NOTICE_NEEDS
from chengxin.remedies.rules.notices import announced_until, notice_lacks
from chengxin.remedies.rules.workflows import WORKFLOWS
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import (
    AGAINST,
    Consequence,
    LetterDraft,
    LetterKind,
    LetterNeed,
    NoticeDraft,
    NoticeKind,
    NoticeNeed,
    RemedyKind,
    RemedyLine,
    RepairLine,
)
from chengxin.remedies.terms.workflows import TWO_PAPERS, Act, Asked, Effect, Outcome
from tests.rules.remedies.cases import LAW

TODAY = date(2026, 11, 20)
RECONSIDERATION, LAWSUIT = (
    remedy_ends(Matter.RECONSIDERATION, TODAY, LAW),
    remedy_ends(Matter.LAWSUIT, TODAY, LAW),
)
REMEDIES = (
    RemedyLine(RemedyKind.REVIEW, "云岭省信用主管部门"),
    RemedyLine(RemedyKind.RECONSIDERATION, "云川市人民政府", RECONSIDERATION.day),
    RemedyLine(RemedyKind.LAWSUIT, "云川市某区人民法院", LAWSUIT.day),
    RemedyLine(RemedyKind.APPEAL, "云岭省某市中级人民法院", remedy_ends(Matter.LAWSUIT_APPEAL, TODAY, LAW).day),
)


def whole(kind: LetterKind) -> LetterDraft:
    return LetterDraft(
        kind=kind,
        number="YC-2026-000123",
        about="罚款 2,000 元的记录",
        result="金额已更正",
        reason="缴款书与决定书一致",
        evidence=("缴款书：已缴 200 元",),
        laws=("个人信息保护法 46",),
        office="云川市公共信用中心",
        contact="0999-1234567",
        dated_on=TODAY,
        deciders=frozenset({UUID(int=1), UUID(int=2)}),
        changed="金额由 2,000 元改为 200 元",
        told=(),
        remedies=REMEDIES,
        statement_offered=True,
        certificate="原认定单位证明",
    )


def without(kind: RemedyKind) -> dict[str, Any]:
    return {"remedies": tuple(line for line in REMEDIES if line.kind is not kind)}


MISSING: dict[LetterNeed, list[dict[str, Any]]] = {
    LetterNeed.NUMBER: [{"number": " "}],
    LetterNeed.ABOUT: [{"about": ""}],
    LetterNeed.RESULT: [{"result": ""}],
    LetterNeed.REASON: [{"reason": "  "}],
    LetterNeed.EVIDENCE: [{"evidence": ()}, {"evidence": ("", "x")}],
    LetterNeed.LAW: [{"laws": ()}, {"laws": (" ",)}],
    LetterNeed.OFFICE: [{"office": ""}],
    LetterNeed.CONTACT: [{"contact": ""}],
    LetterNeed.DATE: [{"dated_on": None}],
    LetterNeed.DECIDERS: [{"deciders": frozenset({UUID(int=1)})}],
    LetterNeed.CHANGED: [{"changed": ""}],
    LetterNeed.TOLD: [{"told": None}],
    LetterNeed.REVIEW: [without(RemedyKind.REVIEW), {"remedies": (RemedyLine(RemedyKind.REVIEW, " "), *REMEDIES[1:])}],
    LetterNeed.RECONSIDERATION: [without(RemedyKind.RECONSIDERATION)],
    LetterNeed.LAWSUIT: [without(RemedyKind.LAWSUIT)],
    LetterNeed.APPEAL: [without(RemedyKind.APPEAL)],
    LetterNeed.STATEMENT: [{"statement_offered": False}],
    LetterNeed.CERTIFICATE: [{"certificate": ""}],
}


@pytest.mark.parametrize("kind", LetterKind)
def test_a_whole_letter_may_go_and_without_each_need_it_may_not(kind: LetterKind) -> None:
    assert letter_lacks(whole(kind), LAW) == ()
    assert set(MISSING) == set(LetterNeed)
    for need in LETTER_NEEDS[kind]:
        for gap in MISSING[need]:
            lacking = letter_lacks(replace(whole(kind), **gap), LAW)
            assert need in lacking
            # without a date no remedy can be told with its last day
            assert need is LetterNeed.DATE or lacking == (need,)
    assert letter_lacks(LetterDraft(kind), LAW) == LETTER_NEEDS[kind]


def test_a_letter_against_the_person_says_where_to_go_next_and_by_when() -> None:
    for kind in (LetterKind.AGAINST, LetterKind.READMITTED):
        assert {LetterNeed.REVIEW, LetterNeed.RECONSIDERATION, LetterNeed.LAWSUIT, LetterNeed.DECIDERS} <= set(
            LETTER_NEEDS[kind]
        )
    assert RECONSIDERATION.day == date(2027, 1, 19)
    assert RECONSIDERATION.provisional


@pytest.mark.parametrize(("index", "need"), [(1, LetterNeed.RECONSIDERATION), (2, LetterNeed.LAWSUIT)])
def test_a_last_day_that_is_too_early_is_as_good_as_none(index: int, need: LetterNeed) -> None:
    def told(days: int) -> LetterDraft:
        lines = list(REMEDIES)
        last_on = lines[index].last_on
        assert last_on is not None
        lines[index] = replace(lines[index], last_on=last_on + timedelta(days=days))
        return replace(whole(LetterKind.AGAINST), remedies=tuple(lines))

    assert letter_lacks(told(-1), LAW) == (need,)
    assert letter_lacks(told(1), LAW) == ()
    undated = tuple(replace(line, last_on=None) if number == index else line for number, line in enumerate(REMEDIES))
    assert letter_lacks(replace(whole(LetterKind.AGAINST), remedies=undated), LAW) == (need,)


def test_what_a_letter_tells_is_what_its_step_sets_going_for_the_person() -> None:
    """Whoever trusts the letter loses nothing: its remedies and last days are the clocks of the case, no other and no later."""
    sides = {clock.matter: clock.side for clock in LAW.book.clocks.values()}
    seen = set[LetterKind]()
    for flow in WORKFLOWS.values():
        for step in flow.steps:
            kind = letter_kind(flow, step)
            if step.act is not Act.PROPOSE_AGAINST:
                # what is added while a second decides writes no letter of theirs
                assert letter_written(flow, step) == kind
            if kind is None:
                continue
            theirs = [matter for matter in step.starts if sides[matter] == "person"]
            assert [one for one in NEXT.get(kind, {}).values() if one] == theirs, (flow.code, step)
            seen.add(kind)
            if step.act is Act.AGREE:
                proposals = [one for one in flow.steps if one.target is step.source and one.act is Act.PROPOSE_AGAINST]
                assert proposals
                assert {letter_written(flow, one) for one in proposals} == {kind}
    assert seen == set(LetterKind)
    # 行政诉讼法 45 and 85: fifteen days, and neither reconsideration nor six months
    ends = {kind: {(one, matter and remedy_ends(matter, TODAY, LAW).day) for one, matter in NEXT[kind].items()}
            for kind in (LetterKind.RULED, LetterKind.JUDGED)}  # fmt: skip
    assert ends == {
        LetterKind.RULED: {(RemedyKind.LAWSUIT, date(2026, 12, 7))},
        LetterKind.JUDGED: {(RemedyKind.APPEAL, date(2026, 12, 7))},
    }


def test_every_step_that_ends_a_case_sends_the_letter_of_its_kind() -> None:
    for flow in WORKFLOWS.values():
        for step in flow.steps:
            kind = letter_kind(flow, step)
            assert (kind is None) == (Effect.SEND_LETTER not in step.effects)
            outcome = flow.closed.get(step.target)
            if outcome is Outcome.AGAINST and step.act is not Act.LAPSE:
                assert kind in AGAINST
            if Effect.READMIT in step.effects:
                assert kind is LetterKind.READMITTED
            # what an office decides for the person is told with what changed and who was told
            ends_for = outcome is Outcome.FOR and step.act not in (Act.LAPSE, Act.ACKNOWLEDGE_LAST)
            assert (kind is LetterKind.FOR) == (ends_for and kind not in (None, LetterKind.READMITTED))
            if step.act is Act.LAPSE:
                # nobody decided, so there is no reason and no evidence to give: it says what happened
                assert kind in (None, LetterKind.OUTCOME)


# ---- notices -------------------------------------------------------------------------------------------------------


def whole_notice(kind: NoticeKind) -> NoticeDraft:
    return NoticeDraft(
        kind=kind,
        decider="云川市文旅局",
        contact="0999-1234567",
        facts="未经许可设置招牌",
        document_number="云文旅罚〔2026〕8号",
        document_on=date(2026, 5, 6),
        laws=("旅游法 108",),
        act_class="general",
        ends_on=date(2027, 2, 6),
        consequences=(Consequence("限制参加评先评优", "国办发〔2020〕49号"),),
        source="云川市文旅局",
        recipients=(),
        statement_how="网上或者窗口",
        objection_how="网上、窗口、电话或者书信",
        objection_until="展示期间随时",
        remedies=REMEDIES[1:3],
        repair=RepairLine(date(2026, 8, 6), "已改正并履行完毕", TWO_PAPERS, free=True),
        person_to_talk_to="诚信服务窗口",
        limits_of_freeze="暂停使用不影响法院名单和原单位自己的措施",
        asker="某公司",
        purpose="employment_check",
        fields=("CF_WSH",),
        rests_on=(),
    )


GAPS: dict[NoticeNeed, list[dict[str, Any]]] = {
    NoticeNeed.DECIDER: [{"decider": ""}],
    NoticeNeed.CONTACT: [{"contact": " "}],
    NoticeNeed.FACTS: [{"facts": ""}],
    NoticeNeed.DOCUMENT: [{"document_number": ""}, {"document_on": None}],
    NoticeNeed.LAW: [{"laws": ()}, {"laws": ("",)}],
    NoticeNeed.ACT_CLASS: [{"act_class": ""}],
    NoticeNeed.DISPLAY_END: [{"ends_on": None}],
    NoticeNeed.CONSEQUENCES: [
        {"consequences": None},
        {"consequences": (Consequence("", "x"),)},
        {"consequences": (Consequence("x", ""),)},
    ],
    NoticeNeed.SOURCE: [{"source": ""}],
    NoticeNeed.RECIPIENTS: [{"recipients": None}],
    NoticeNeed.STATEMENT: [{"statement_how": ""}],
    NoticeNeed.OBJECTION: [{"objection_how": ""}, {"objection_until": ""}],
    NoticeNeed.RECONSIDERATION: [{"remedies": REMEDIES[2:3]}],
    NoticeNeed.LAWSUIT: [{"remedies": REMEDIES[:2]}],
    NoticeNeed.REPAIR: [
        {"repair": None},
        {"repair": RepairLine(date(2026, 8, 6), "", TWO_PAPERS, free=True)},
        {"repair": RepairLine(date(2026, 8, 6), "x", TWO_PAPERS, free=False)},
        {"repair": RepairLine(date(2026, 8, 6), "x", TWO_PAPERS | {Asked.COURSE}, free=True)},
    ],
    NoticeNeed.PERSON_TO_TALK_TO: [{"person_to_talk_to": ""}],
    NoticeNeed.LIMITS_OF_FREEZE: [{"limits_of_freeze": ""}],
    NoticeNeed.ASKER: [{"asker": ""}],
    NoticeNeed.PURPOSE: [{"purpose": ""}],
    NoticeNeed.FIELDS: [{"fields": ()}, {"fields": (" ",)}],
    NoticeNeed.RESTS_ON: [{"rests_on": None}],
}


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_tells_all_and_names_what_it_does_not(kind: NoticeKind) -> None:
    assert notice_lacks(whole_notice(kind), TODAY, LAW) == ()
    assert (
        set(GAPS) == set(NoticeNeed) - {NoticeNeed.COURT} == {need for needs in NOTICE_NEEDS.values() for need in needs}
    )
    for need in NOTICE_NEEDS[kind]:
        for gap in GAPS[need]:
            assert notice_lacks(replace(whole_notice(kind), **gap), TODAY, LAW) == (need,)
    assert notice_lacks(NoticeDraft(kind), TODAY, LAW) == NOTICE_NEEDS[kind]
    by_validity = replace(whole_notice(kind), ends_on=None, ends_with="许可证有效期满")
    assert notice_lacks(by_validity, TODAY, LAW) == ()


def test_the_notice_of_a_use_lacks_what_it_does_not_tell_of_an_entry_under_it() -> None:
    whole_one = whole_notice(NoticeKind.RESTED_ON)
    for entry, lacking in ((whole_one, ()), (replace(whole_one, facts=""), (NoticeNeed.FACTS,))):
        use = replace(whole_notice(NoticeKind.USE), rests_on=(whole_one, entry))
        assert notice_lacks(use, TODAY, LAW) == lacking
        assert notice_lacks(replace(use, asker=""), TODAY, LAW) == (NoticeNeed.ASKER, *lacking)
    # what an entry under it tells of remedies is as late as the use is served
    longer = tuple(replace(line, last_on=line.last_on and line.last_on + timedelta(days=90)) for line in REMEDIES[1:3])
    use = replace(whole_notice(NoticeKind.USE), remedies=longer, rests_on=(whole_notice(NoticeKind.ENTRY),))
    assert notice_lacks(use, TODAY, LAW) == ()
    later = TODAY + timedelta(days=60)
    assert notice_lacks(use, later, LAW) == (NoticeNeed.RECONSIDERATION, NoticeNeed.LAWSUIT)


@pytest.mark.parametrize("kind", [NoticeKind.ENTRY, NoticeKind.RESTED_ON])
def test_of_a_courts_list_it_says_how_that_court_puts_it_right(kind: NoticeKind) -> None:
    """No office reconsiders or repairs it; and what no court listed cannot be told of a court alone."""
    told = replace(whole_notice(kind), by_court=True, court_how="向该院书面申请", remedies=(), repair=None)
    assert notice_lacks(told, TODAY, LAW) == ()
    assert notice_lacks(replace(told, court_how=" "), TODAY, LAW) == (NoticeNeed.COURT,)
    assert NoticeNeed.REPAIR in notice_lacks(replace(told, by_court=False), TODAY, LAW)


def test_a_use_lacks_what_it_does_not_tell_of_an_entry_it_rests_on() -> None:
    entry = replace(whole_notice(NoticeKind.RESTED_ON), contact="", repair=None)
    use = replace(whole_notice(NoticeKind.USE), contact="", rests_on=(whole_notice(NoticeKind.RESTED_ON), entry, entry))
    assert notice_lacks(use, TODAY, LAW) == (NoticeNeed.CONTACT, NoticeNeed.REPAIR)
    assert notice_lacks(replace(use, contact="0999-1", rests_on=()), TODAY, LAW) == ()


def test_a_notice_served_later_tells_later_days() -> None:
    late = notice_lacks(whole_notice(NoticeKind.ENTRY), TODAY + timedelta(days=14), LAW)
    assert late == (NoticeNeed.RECONSIDERATION, NoticeNeed.LAWSUIT)


# ---- the last way of telling -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("announced_on", "last"),
    [(date(2026, 3, 2), date(2026, 4, 1)), (date(2026, 9, 1), date(2026, 10, 8))],  # 1 October is a holiday
)
def test_how_long_an_announcement_stands(announced_on: date, last: date) -> None:
    assert announced_until(announced_on, LAW).day == last
