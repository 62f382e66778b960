"""Cases for tests: somebody contests an entry, and the house works it by its real actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.records import facade as records
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import (
    NO_DEED,
    About,
    AboutKind,
    Case,
    Deed,
    Handed,
    LetterWords,
    PaperKind,
    PaperView,
)
from chengxin.remedies.terms.workflows import Act
from tests.people import NOW
from tests.residents import Resident

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OWN_WORDS = "我在2025年10月已经按要求标明了价格，照片可以证明。"
AGAINST = LetterWords(
    result="维持记录。",
    reason="经核对处罚决定书和送达回证，所载事实与记录一致。",
    evidence=("处罚决定书：所载金额与记录相同",),
    laws=("《中华人民共和国价格法》第四十二条",),
    contact="云川市信用办公室 000-12345678",
    review_where="云川市信用办公室",
    reconsideration_where="云川市人民政府",
    lawsuit_where="云川市人民法院",
)
FOR = LetterWords(
    result="撤下记录。",
    reason="报送单位核实后承认记录有误。",
    evidence=("照片：拍摄于2025年10月",),
    laws=("个人信息保护法 46",),
    contact="云川市信用办公室 000-12345678",
    changed="记录已从所有输出中撤下。",
)


def object_to(
    resident: Resident, uid: UUID, *, kind: AboutKind = AboutKind.ENTRY, words: str = OWN_WORDS, at: datetime = NOW
) -> Case:
    """The person objects by web."""
    return remedies.open_case(
        actor=resident.someone.actor,
        person_id=resident.person_id,
        workflow="objection",
        about=About(kind, uid),
        deed=Deed(reason=words),
        at=at,
        reason="not_me" if kind is AboutKind.IDENTITY else "facts_wrong",
    )


def appeal(resident: Resident, uid: UUID, act: Act = Act.TELL_RECONSIDERATION, *, on: date, at: datetime = NOW) -> Case:
    """The person tells of what they filed outside, and of the day on which it was taken in."""
    return remedies.open_case(
        actor=resident.someone.actor,
        person_id=resident.person_id,
        workflow="appeal",
        about=About(AboutKind.ENTRY, uid),
        act=act,
        deed=Deed(filing="云府复〔2026〕12号", on=on),
        at=at,
        reason=act.value,
    )


def confirmed(case: Case, first: Actor, second: Actor, *, on: date, at: datetime = NOW) -> Case:
    """The ruling went against the person, who was served on ``on``; two officials take it up."""
    paper(first, case, kind=PaperKind.RULING, at=at)
    step(first, case, Act.PROPOSE_AGAINST, Deed(reason="复议维持原决定。", letter=AGAINST, on=on), at=at)
    return step(second, case, Act.AGREE, at=at)


def step(actor: Actor, case: Case, act: Act, deed: Deed = NO_DEED, *, at: datetime = NOW) -> Case:
    """One act, as somebody takes it on a page."""
    return remedies.take_step(actor=actor, uid=case.uid, act=act, deed=deed, at=at, reason="made_for_a_test")


def paper(
    actor: Actor, case: Case, *, kind: PaperKind = PaperKind.EVIDENCE, content: bytes = PDF, at: datetime = NOW
) -> PaperView:
    """A paper handed in by somebody."""
    return remedies.hand_in_paper(
        actor=actor, uid=case.uid, kind=kind, title="照片.pdf", content=content, at=at, reason="made_for_a_test"
    )


def asked_back(removed: Case, source: Actor, *, content: bytes = PDF, at: datetime) -> Case:
    """Its source asks, on its certificate, that the entry of a case comes back."""
    certificate = Handed(PaperKind.CERTIFICATE, "证明.pdf", content)
    return remedies.ask_back(
        actor=source, uid=removed.uid, certificate=certificate, deed=Deed(reason="复核属实。"), at=at, reason="asked"
    )


def let_back(case: Case, first: Actor, second: Actor, *, at: datetime) -> Case:
    """Two officials who have read every paper of the case let its entry back."""
    for one in (first, second):
        for paper_id in {found.paper_id for found in case.papers}:
            remedies.open_paper(actor=one, uid=case.uid, paper_id=paper_id, at=at, reason="read")
    step(first, case, Act.PROPOSE_AGAINST, Deed(reason="拟恢复。", letter=AGAINST), at=at)
    return step(second, case, Act.AGREE, at=at)


def status_of(resident: Resident, uid: UUID, *, at: datetime = NOW) -> Status:
    """What the newest version of an entry is at a moment."""
    with as_person(resident.person_id):
        found = records.entries_with_any_status(resident.person_id, shown_at=at, known_at=at)
    return max((one for one in found if one.uid == uid), key=lambda one: one.version).status


def later(days: int) -> datetime:
    """So many days after ``NOW``."""
    return NOW + timedelta(days=days)


def complain(resident: Resident, *, about: UUID | None = None, at: datetime = NOW) -> Case:
    """The person complains about an office, or about how it handled a case, and hands in a paper."""
    case = remedies.open_case(
        actor=resident.someone.actor,
        person_id=resident.person_id,
        workflow="complaint",
        about=About(AboutKind.OFFICE, about),
        deed=Deed(reason="答复晚了三天。"),
        at=at,
        reason="late_answer",
    )
    paper(resident.someone.actor, case, at=at)
    return case
