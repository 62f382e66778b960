"""Cases of remedies in every state, acted out by the invented cast: taken in, worked and answered through the room's own acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chengxin.doors.demo.city import cast
from chengxin.doors.demo.founding import Staff
from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import NO_DEED, Case, Channel, Deed, LetterWords, PaperKind
from chengxin.remedies.terms.desks import Brought
from chengxin.remedies.terms.workflows import Act

FIRST, SECOND, SOURCE, CLERK = "cases", "cases_second", "supervisor_market", "clerk_emergency"
"""Who works the cases, who agrees or not, who answers for the source; and who takes one in that is none of theirs."""
WHY: Final = "demonstration"
PAPER: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n%%EOF\n"
)
"""An empty document: what it would show is invented too."""

_LETTER: Final = LetterWords(
    evidence=("处罚决定书：所载事实和金额 / the decision: facts and amount",),
    laws=("《中华人民共和国个人信息保护法》第四十六条",),
    contact="云川市公共信用办公室 000-12345",
)
AGAINST: Final = replace(
    _LETTER,
    result="经核查，不支持您的异议，记录维持不变。 / After a check, your objection is not upheld; the entry stays.",
    reason="经核对决定书原件，所载事实与记录一致。 / The original decision says the same as the entry.",
    review_where="云川市公共信用办公室",
    reconsideration_where="云川市人民政府",
    lawsuit_where="云川市人民法院",
)
FOR: Final = replace(
    _LETTER,
    result="支持您的异议。 / Your objection is upheld.",
    reason="来源单位核查后承认记录有误。 / The source checked and admits that the entry is wrong.",
    changed="记录已从所有输出中移除。 / The entry is out of every output.",
)
REPAIRED: Final = replace(
    _LETTER,
    result="准予修复。 / The repair is granted.",
    reason="您已履行决定书确定的义务，两份材料齐全。 / You have done what the decision asked; both papers are there.",
    laws=("国办发〔2025〕22号",),
    changed="展示、共享和惩戒同时停止。 / Display, sharing and restriction end together.",
)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a story: who, what, with which words, how many minutes after the one before."""

    login: str
    act: Act
    deed: Deed = NO_DEED
    minutes: int = 20


@dataclass(frozen=True, slots=True)
class Story:
    """Whose case, how long ago it was taken in and how, what they said, which papers they brought, and what was done since.

    ``hours`` and ``days`` before this morning. ``desk``: on whose desk it lies.
    """

    key: str
    workflow: str
    words: str
    days: int = 0
    hours: int = 0
    channel: Channel = Channel.COUNTER
    papers: tuple[PaperKind, ...] = ()
    moves: tuple[Move, ...] = ()
    desk: str = ""


_FORWARD = Move(FIRST, Act.FORWARD, Deed(reason="请核对决定书。 / Please compare the decision."))
_STAND_BY = Move(SOURCE, Act.STAND_BY, Deed(reason="已核对，与决定书一致。 / Compared: it agrees with the decision."))
_PROPOSE = Move(FIRST, Act.PROPOSE_AGAINST, Deed(reason=AGAINST.reason, letter=AGAINST))
_TWO_PAPERS = (PaperKind.PERFORMANCE, PaperKind.COMMITMENT)

STORIES: Final[tuple[Story, ...]] = (
    Story(
        "unanswered", "objection", "罚款是隔壁店的，不是我的。 / The fine is the shop's next door, not mine.", days=20
    ),
    Story(
        "rejected",
        "objection",
        "我认为罚得太重。 / I think the fine is too high.",
        days=12,
        papers=(PaperKind.EVIDENCE,),
        moves=(_FORWARD, _STAND_BY, _PROPOSE, Move(SECOND, Act.AGREE)),
    ),
    Story(
        "rejected",
        "statement",
        "我接受这个结果。那个月孩子住院，店是我弟弟看的，他不知道要标价；现在每样东西都标了。\n"
        "I accept the answer. My child was in hospital that month and my brother kept the shop; he did not know that prices "
        "must be shown. They are by now.",
        days=10,
        channel=Channel.TELEPHONE,
    ),
    Story(
        "upheld",
        "objection",
        "那天店里没有营业，有公告为证。 / The shop was closed that day; there was a notice.",
        days=9,
        moves=(
            _FORWARD,
            Move(SOURCE, Act.ADMIT, Deed(reason="录入时写错了人。 / The wrong person was recorded.")),
            Move(FIRST, Act.UPHOLD, Deed(reason=FOR.reason, letter=FOR)),
        ),
    ),
    Story(
        "at_the_source",
        "objection",
        "决定书上的金额和这里的不一样。 / The amount on the decision is not the one shown here.",
        hours=3,
        channel=Channel.COUNTER,
        papers=(PaperKind.EVIDENCE,),
        moves=(_FORWARD,),
        desk=FIRST,
    ),
    Story(
        "against_proposed",
        "objection",
        "我已经改正了，不应该再记。 / I have put it right; it should not be recorded any more.",
        hours=5,
        moves=(_FORWARD, _STAND_BY, _PROPOSE),
        desk=FIRST,
    ),
    Story(
        "repair_filed",
        "repair",
        "罚款已经交了，收据在这里。 / I paid the fine; here is the receipt.",
        hours=2,
        papers=_TWO_PAPERS,
    ),
    Story(
        "repair_accepted",
        "repair",
        "罚款交清了，也写了承诺书。 / The fine is paid, and I signed the commitment.",
        hours=4,
        papers=_TWO_PAPERS,
        moves=(Move(SOURCE, Act.ACCEPT),),
        desk=SECOND,
    ),
    Story(
        "repaired",
        "repair",
        "罚款当月就交了，想修复。 / I paid within the month and ask for repair.",
        days=6,
        papers=_TWO_PAPERS,
        moves=(Move(SOURCE, Act.ACCEPT), Move(SOURCE, Act.REPAIR, Deed(reason=REPAIRED.reason, letter=REPAIRED))),
    ),
    Story(
        "complaining",
        "complaint",
        "打了三次电话没有人接。 / I called three times and nobody answered.",
        hours=1,
    ),
)
"""In the order of their beginnings, the oldest first."""


def act_out(staff: Staff, at: datetime) -> None:
    """Every story, each step at its own moment up to ``at``."""
    numbers = dict(_decisions(at))
    for story in STORIES:
        begun = at - timedelta(days=story.days, hours=story.hours)
        with clock.set_for_tests(begun):
            case = _taken_in(staff, story, numbers.get(story.key, ""), begun)
            _bring_papers(staff, story, case, begun)
        _work(staff, story, case, begun)


def _decisions(at: datetime) -> Iterator[tuple[str, str]]:
    """Key of the cast -> the number of the penalty that was planted for them."""
    keys = {cast.citizen(one).number: one.key for one in cast.RESIDENTS}
    for planted in cast.planted(shanghai_day(at)):
        if planted.item == "penalty":
            yield keys[planted.fact.person.number], planted.fact.number


def _taken_in(staff: Staff, story: Story, decision: str, at: datetime) -> Case:
    person = cast.citizen(cast.resident(story.key))
    brought = Brought(
        kind=person.kind,
        number=person.number,
        name=person.name,
        workflow=story.workflow,
        channel=story.channel,
        words=story.words,
        decision="" if story.workflow == "complaint" else decision,
    )
    return remedies.take_in_case(actor=staff.acting(CLERK, at), brought=brought, at=at, reason=WHY)


def _bring_papers(staff: Staff, story: Story, case: Case, at: datetime) -> None:
    for number, kind in enumerate(story.papers):
        content = PAPER + b"%% " + kind.value.encode() + b"\n"
        remedies.hand_in_paper(
            actor=staff.acting(FIRST, at),
            uid=case.uid,
            kind=kind,
            title=f"材料{number + 1} paper {number + 1}.pdf",
            content=content,
            at=at,
            reason=WHY,
        )


def _work(staff: Staff, story: Story, case: Case, begun: datetime) -> None:
    at = begun
    for move in story.moves:
        at += timedelta(minutes=move.minutes)
        with clock.set_for_tests(at):
            actor = staff.acting(move.login, at)
            for paper in case.papers if actor.official_id else ():
                remedies.open_paper(actor=actor, uid=case.uid, paper_id=paper.paper_id, at=at, reason=WHY)
            case = remedies.take_step(actor=actor, uid=case.uid, act=move.act, deed=move.deed, at=at, reason=WHY)
    if story.desk:
        on = staff.acting(story.desk, at).official_id
        remedies.assign_case(actor=staff.acting(FIRST, at), uid=case.uid, official_id=on, at=at, reason=WHY)
