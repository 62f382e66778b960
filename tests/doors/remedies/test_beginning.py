"""What an office begins from a case, on pages, and how it goes on to its end: an interview, an entry asked back, a promise."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chengxin.foundation import outbox
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, CaseUnknown, Deed, Handed, PaperKind
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.doors.offering import said_wrong, sent, shown
from tests.doors.remedies.conftest import Contested, Town
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.remedies import AGAINST, FOR, PDF, paper, status_of, step

WHY = "想当面了解整改情况。"
INVITATION = {"reason": WHY, "place": "6月12日上午10点，政务服务中心3号窗口", "rights_told": "on"}


def newest(contested: Contested, workflow: str) -> Case:
    found = remedies.cases_of(actor=contested.resident.someone.actor, at=NOW)
    return min((one for one in found if one.workflow == workflow), key=lambda one: one.closed_at is not None)


def do(contested: Contested, case: Case, act: str) -> None:
    """The person does one act on their own page."""
    client = signed_in(contested.resident.account)
    assert sent(client, f"/my/matters/{case.uid}/do/{act}/", {}) == f"/my/matters/{case.uid}/"


def minutes_on(client: Client, address: str) -> str:
    """The minutes that a page of signing names."""
    found = re.search(r'name="minutes" value="([0-9a-f]{64})"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def newest_minutes(contested: Contested) -> str:
    minutes = newest(contested, "interview").minutes
    assert minutes is not None
    return minutes.digest.hex()


def sign(contested: Contested, case: Case, act: str = "sign") -> None:
    """The person signs on their own page the minutes that it names."""
    client, address = signed_in(contested.resident.account), f"/my/matters/{case.uid}/do/{act}/"
    assert sent(client, address, {"minutes": minutes_on(client, address)}) == f"/my/matters/{case.uid}/"


# --- an interview -----------------------------------------------------------------------------------------------------------


def invited(town: Town, contested: Contested) -> Case:
    address = f"{contested.address}invite/"
    assert "邀请本人约谈" in shown(town.officer.client, contested.address)
    page = said_wrong(town.officer.client, address, {**INVITATION, "rights_told": ""})
    assert "没有告知权利，不能邀请" in page
    assert WHY in page
    sent(town.officer.client, address, INVITATION)
    return newest(contested, "interview")


def test_an_interview_from_the_invitation_to_its_follow_up_on_pages(town: Town, contested: Contested) -> None:
    case = invited(town, contested)
    assert "邀请本人约谈" not in shown(town.officer.client, contested.address)
    person = signed_in(contested.resident.account)
    page = shown(person, f"/my/matters/{case.uid}/")
    for words in (WHY, "6月12日上午10点", "不来对您没有任何不利", "带一个人陪同", "轮到您"):
        assert words in page
    assert f"请您来谈一谈：诚信约谈 {case.number}" in shown(person, "/my/letters/")
    do(contested, case, "accept")
    assert "请您来谈一谈" not in shown(person, "/my/letters/"), "once answered it is a matter that moved"

    step_page = f"/remedies/{case.uid}/hold/"
    data = {"seen": "2", "send": "1", "rights_told": "on"}
    assert "约谈记录还没有放入" in said_wrong(town.officer.client, step_page, data)
    file = SimpleUploadedFile("记录.pdf", PDF)
    sent(town.officer.client, f"/remedies/{case.uid}/papers/add/", {"kind": "minutes", "file": file})
    sent(town.officer.client, step_page, data)
    page = shown(person, f"/my/matters/{case.uid}/")
    assert "记录.pdf" in page
    assert page.count("在记录上签字") == 1
    sign(contested, case)
    page = shown(person, f"/my/matters/{case.uid}/")
    assert "您签过字了" in page
    assert "在记录上签字" not in page, "nobody is asked to sign twice"
    # other minutes in the place of those: neither their signature nor the office's is under them
    read = minutes_on(town.officer.client, f"/remedies/{case.uid}/sign_last/")
    paper(town.officer.actor, case, kind=PaperKind.MINUTES, content=PDF + b"%% other words\n")
    signature: dict[str, object] = {"seen": "4", "send": "1", "minutes": read}
    assert "约谈记录换过了" in said_wrong(town.officer.client, f"/remedies/{case.uid}/sign/", signature)
    with pytest.raises(Refusal, match=Reason.MINUTES_UNSIGNED.value):
        step(town.officer.actor, case, Act.SIGN_LAST, Deed(minutes=newest_minutes(contested)))
    page = shown(person, f"/my/matters/{case.uid}/")
    assert "在记录上签字" in page
    sign(contested, case)
    read = minutes_on(town.officer.client, f"/remedies/{case.uid}/sign_last/")
    sent(town.officer.client, f"/remedies/{case.uid}/sign_last/", {"seen": "5", "send": "1", "minutes": read})
    letter = {"result": "已跟进。", "reason": "整改已看过，没有别的事。", "contact": "云川市信用办公室 000-12345678"}
    sent(town.officer.client, f"/remedies/{case.uid}/follow_up/", {**letter, "seen": "6", "send": "1"})
    ended = newest(contested, "interview")
    assert (ended.state, ended.outcome) == ("followed_up", Outcome.NEITHER)
    assert [one.kind for one in ended.letters] == [LetterKind.OUTCOME]


def test_a_no_ends_it_and_whoever_signs_after_the_office_signs_last(town: Town, contested: Contested) -> None:
    case = invited(town, contested)
    do(contested, case, "decline")
    assert newest(contested, "interview").state == "declined"
    again = invited(town, contested)
    assert again.uid != case.uid
    do(contested, again, "accept")
    paper(town.officer.actor, again, kind=PaperKind.MINUTES)
    step(town.officer.actor, again, Act.HOLD, Deed(rights_told=True))
    step(town.officer.actor, again, Act.SIGN, Deed(minutes=newest_minutes(contested)))
    sign(contested, again, "sign_last")
    assert newest(contested, "interview").state == "signed"


# --- letting an entry back --------------------------------------------------------------------------------------------------


@pytest.fixture
def out(town: Town, contested: Contested) -> Contested:
    """The objection was upheld, and the entry is out."""
    step(town.officer.actor, contested.case, Act.UPHOLD, Deed(reason="已撤下。", letter=FOR))
    assert status_of(contested.resident, contested.entry) is Status.WITHDRAWN
    return contested


def certificate() -> SimpleUploadedFile:
    return SimpleUploadedFile("书面证明.pdf", PDF)


def test_an_entry_is_asked_back_on_a_certificate_and_two_others_decide(town: Town, out: Contested) -> None:
    address = f"{out.address}ask-back/"
    assert "申请恢复展示这条记录" in shown(town.answerer.client, out.address)
    assert "申请恢复展示这条记录" not in shown(town.officer.client, out.address)
    assert "恢复的是移除时的内容" in shown(town.answerer.client, address)
    assert "请选择证明文件" in said_wrong(town.answerer.client, address, {"reason": "原件找到了。"})
    assert "只能收 PDF" in said_wrong(
        town.answerer.client, address, {"reason": "原件找到了。", "file": SimpleUploadedFile("x.pdf", b"MZ")}
    )
    sent(town.answerer.client, address, {"reason": "原件找到了。", "file": certificate()})
    case = newest(out, "readmission")
    assert (case.state, [one.kind for one in case.papers]) == ("asked", [PaperKind.CERTIFICATE])
    assert case.due is not None
    assert "申请恢复展示这条记录" not in shown(town.answerer.client, out.address)
    with as_person(out.resident.person_id):
        told = [one for one in outbox.notices_of(out.resident.person_id) if one.subject_id == case.case_id]
    assert [one.kind for one in told] == [remedies.MOVED]

    with pytest.raises(Refusal, match=Reason.UNCERTIFIED.value):
        step(town.officer.actor, case, Act.PROPOSE_AGAINST, Deed(reason="拟恢复。", letter=AGAINST))
    for one in (town.officer, town.second):
        shown_paper = one.client.get(f"/remedies/{case.uid}/papers/{case.papers[0].paper_id}/")
        assert shown_paper.content == PDF
    step(town.officer.actor, case, Act.PROPOSE_AGAINST, Deed(reason="拟恢复。", letter=AGAINST))
    with pytest.raises(Refusal):
        step(town.officer.actor, case, Act.AGREE)
    assert status_of(out.resident, out.entry) is Status.WITHDRAWN
    back = step(town.second.actor, case, Act.AGREE)
    assert (back.state, [one.kind for one in back.letters]) == ("back", [LetterKind.READMITTED])
    assert status_of(out.resident, out.entry) is Status.IN_FORCE


def test_what_is_not_out_is_not_asked_back_and_not_by_another_office(town: Town, contested: Contested) -> None:
    asked = Handed(PaperKind.CERTIFICATE, "书面证明.pdf", PDF)

    def ask(actor: object, uid: UUID) -> None:
        remedies.ask_back(
            actor=actor,  # type: ignore[arg-type]
            uid=uid, certificate=asked, deed=Deed(reason="原件找到了。"), at=NOW, reason="asked_back",
        )  # fmt: skip

    with pytest.raises(Refusal, match=Reason.NOT_OUT.value):
        ask(town.answerer.actor, contested.case.uid)
    with pytest.raises(CaseUnknown):
        ask(town.officer.actor, contested.case.uid)
    assert "申请恢复展示这条记录" not in shown(town.answerer.client, contested.address)
