"""A case on one screen and its steps: from the source's answer to a letter by two people, with nothing typed lost."""

from __future__ import annotations

import html
import re
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.doors.portal.presenters.steps import ELSEWHERE
from chengxin.doors.portal.views.remedies import steps
from chengxin.doors.wording import has, text
from chengxin.foundation import outbox
from chengxin.foundation.database import as_person
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Deed
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.doors.offering import said_wrong, sent, shown, words
from tests.doors.remedies.conftest import Contested, Town
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.remedies import OWN_WORDS, PDF, paper, status_of, step
from tests.residents import give_penalty, make_resident

LETTER = {
    "send": "1",
    "result": "维持记录。",
    "reason": "经核对处罚决定书，所载事实与记录一致。",
    "evidence": "处罚决定书：金额相同\n送达回证：已签收",
    "laws": "《中华人民共和国价格法》第四十二条",
    "contact": "云川市信用办公室 000-12345678",
    "review_where": "云川市信用办公室",
    "reconsideration_where": "云川市人民政府",
    "lawsuit_where": "云川市人民法院",
}
WHY = Deed(reason="核实后认为无误。")


def heard(town: Town, contested: Contested) -> Contested:
    step(town.officer.actor, contested.case, Act.FORWARD)
    step(town.answerer.actor, contested.case, Act.STAND_BY, WHY)
    return contested


def acts_count(town: Town, contested: Contested) -> str:
    """How many acts the case has now, as a page that is shown now would know it."""
    case = remedies.case_for(actor=town.officer.actor, uid=contested.case.uid, at=NOW).case
    return str(len(case.events))


def seen(page: bytes) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("status", Status)
def test_every_status_is_said_to_an_official(status: Status) -> None:
    assert has(f"desk.status.{status.value}")
    assert "您" not in text(f"desk.status.{status.value}", "zh"), "an official is not the person"


@pytest.mark.parametrize("workflow", remedies.WORKFLOWS)
def test_every_act_of_an_official_has_its_button_in_words(workflow: str) -> None:
    acts = {
        one.act
        for one in remedies.WORKFLOWS[workflow].steps
        if one.who - FOR_THE_PERSON - {Who.CLOCK, Who.ANYONE, Who.RECIPIENT} and one.act not in ELSEWHERE
    }
    assert not [act for act in acts if not has(f"desk.act.{act.value}")]


def test_the_page_holds_what_is_contested_beside_the_law_the_words_and_the_clocks(
    town: Town, contested: Contested
) -> None:
    paper(contested.resident.someone.actor, contested.case)
    page = shown(town.officer.client, contested.address)
    for told in (
        OWN_WORDS,
        "《中华人民共和国价格法》第四十二条",
        "罚款",
        "照片.pdf",
        "未打开",
        "平台自查中",
        "还有 1 个工作日",
    ):
        assert told in page, told
    assert contested.resident.someone.name not in page
    assert contested.resident.someone.number not in page
    with as_person(contested.resident.person_id):
        looks = access.looks_of(contested.resident.person_id, at=NOW, own=False)
    assert [look.purpose for look in looks] == [Purpose.REMEDY_CASE]


def test_a_paper_is_opened_and_that_is_kept(town: Town, contested: Contested) -> None:
    kept = paper(contested.resident.someone.actor, contested.case)
    address = f"{contested.address}papers/{kept.paper_id}/"
    answer = town.officer.client.get(address)
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "已打开" in shown(town.officer.client, contested.address)
    assert "未打开" in shown(town.second.client, contested.address)


def test_the_source_answers_only_after_it_opened_each_paper(town: Town, contested: Contested) -> None:
    kept = paper(contested.resident.someone.actor, contested.case)
    client = town.answerer.client
    sent(town.officer.client, f"{contested.address}forward/", {"send": "1", "seen": "2"})
    data: dict[str, object] = {"send": "1", "seen": "3", "reason": "核实后认为无误。"}
    page = said_wrong(client, f"{contested.address}stand_by/", data)
    assert "还有 1 份材料没有打开看过" in page
    assert "核实后认为无误。" in page
    client.get(f"{contested.address}papers/{kept.paper_id}/")
    assert sent(client, f"{contested.address}stand_by/", data) == contested.address
    assert "核实后认为无误。" in shown(town.officer.client, contested.address)


def test_a_step_that_needs_a_reason_says_so(town: Town, contested: Contested) -> None:
    step(town.officer.actor, contested.case, Act.FORWARD)
    page = said_wrong(town.answerer.client, f"{contested.address}admit/", {"send": "1", "seen": "2", "reason": " "})
    assert "理由" in page
    assert status_of(contested.resident, contested.entry) is Status.FROZEN


def test_the_chief_gives_more_time_once_with_a_reason(town: Town, contested: Contested) -> None:
    step(town.officer.actor, contested.case, Act.FORWARD)
    assert "延长来源单位的期限" in shown(town.chief.client, contested.address)
    assert "延长来源单位的期限" not in shown(town.answerer.client, contested.address)
    address = f"{contested.address}extend/"
    assert "理由" in said_wrong(town.chief.client, address, {"send": "1", "seen": "2", "reason": ""})
    sent(town.chief.client, address, {"send": "1", "seen": "2", "reason": "需要调取档案。"})
    assert "来源单位延长核查中" in shown(town.officer.client, contested.address)


def test_a_letter_begins_with_what_is_known_and_says_what_it_lacks(town: Town, contested: Contested) -> None:
    heard(town, contested)
    content = town.officer.client.get(f"{contested.address}propose_against/").content
    page = html.unescape(content.decode())
    assert "不支持您的异议" in page
    assert "《中华人民共和国价格法》第四十二条" in page
    assert "人民政府" in page
    # the reason and what each paper showed are the official's own; the third is the button's word
    assert words(content).count("还缺") == 3
    assert "2026年7月31日" in words(content), "sixty days of reconsideration, were it served today"


def test_the_check_button_renews_the_list_and_sends_nothing(town: Town, contested: Contested) -> None:
    heard(town, contested)
    data = {**LETTER, "seen": acts_count(town, contested), "lawsuit_where": ""}
    del data["send"]
    answer = town.officer.client.post(f"{contested.address}propose_against/", {**data, "check": "1"})
    assert answer.status_code == HTTPStatus.OK
    assert words(answer.content).count("还缺") == 2
    assert LETTER["reason"] in words(answer.content)
    assert "轮到：平台" in shown(town.officer.client, contested.address)


def test_a_phrase_goes_behind_the_reason(town: Town, contested: Contested) -> None:
    heard(town, contested)
    data = {"seen": acts_count(town, contested), "reason": "第一句。", "phrase": "against.served"}
    page = html.unescape(town.officer.client.post(f"{contested.address}propose_against/", data).content.decode())
    assert "第一句。\n决定书已依法送达。" in page


def test_half_a_letter_is_not_proposed(town: Town, contested: Contested) -> None:
    heard(town, contested)
    data = {**LETTER, "seen": acts_count(town, contested), "evidence": ""}
    assert "答复书还不齐全" in said_wrong(town.officer.client, f"{contested.address}propose_against/", data)
    assert "轮到：平台" in shown(town.officer.client, contested.address)


def test_an_answer_against_the_person_is_read_whole_and_agreed_to_by_another(town: Town, contested: Contested) -> None:
    heard(town, contested)
    data = {**LETTER, "seen": acts_count(town, contested)}
    sent(town.officer.client, f"{contested.address}propose_against/", data)
    own = shown(town.officer.client, contested.address)
    assert "由另一位工作人员决定" in own
    assert "作为第二人同意" not in own
    page = town.second.client.get(f"{contested.address}agree/")
    assert all(part in words(page.content) for part in (LETTER["reason"], "送达回证：已签收", "云川市人民法院"))
    # who proposed cannot agree, whatever they post
    refused = town.officer.client.post(f"{contested.address}agree/", {"send": "1", "seen": seen(page.content)})
    assert refused.status_code == HTTPStatus.CONFLICT
    sent(town.second.client, f"{contested.address}agree/", {"send": "1", "seen": seen(page.content)})
    case = remedies.case_of(actor=contested.resident.someone.actor, uid=contested.case.uid, at=NOW)
    assert case.outcome is Outcome.AGAINST
    assert case.letters[0].draft.reason == LETTER["reason"]
    assert len(case.letters[0].draft.deciders) == 2
    assert "不支持本人的答复" in shown(town.officer.client, contested.address)


def test_the_second_disagrees_with_a_reason_and_the_case_goes_on(town: Town, contested: Contested) -> None:
    heard(town, contested)
    data = {**LETTER, "seen": acts_count(town, contested)}
    sent(town.officer.client, f"{contested.address}propose_against/", data)
    address, count = f"{contested.address}disagree/", acts_count(town, contested)
    assert "理由" in said_wrong(town.second.client, address, {"send": "1", "seen": count, "reason": ""})
    sent(town.second.client, address, {"send": "1", "seen": count, "reason": "照片没有看。"})
    assert "照片没有看。" in shown(town.officer.client, contested.address)


def test_what_came_in_meanwhile_is_shown_and_nothing_typed_is_lost(town: Town, contested: Contested) -> None:
    heard(town, contested)
    data = {**LETTER, "seen": acts_count(town, contested)}
    paper(contested.resident.someone.actor, contested.case)
    answer = town.officer.client.post(f"{contested.address}propose_against/", data)
    assert answer.status_code == HTTPStatus.OK
    page = words(answer.content)
    assert "有人先办了一步" in page
    assert "补充材料" in page
    assert LETTER["reason"] in page
    sent(town.officer.client, f"{contested.address}propose_against/", {**data, "seen": seen(answer.content)})


def test_who_was_quicker_by_a_moment_is_seen_too(
    town: Town, contested: Contested, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper comes in after the page has read the case, and before its step is taken."""
    heard(town, contested)
    data = {**LETTER, "seen": acts_count(town, contested)}
    whole = steps._is_whole

    def interrupted(*given: object) -> bool:
        paper(contested.resident.someone.actor, contested.case)
        monkeypatch.setattr(steps, "_is_whole", whole)
        return True

    monkeypatch.setattr(steps, "_is_whole", interrupted)
    answer = town.officer.client.post(f"{contested.address}propose_against/", data)
    assert answer.status_code == HTTPStatus.OK
    page = words(answer.content)
    assert "有人先办了一步" in page
    assert LETTER["reason"] in page
    assert "轮到：平台" in shown(town.officer.client, contested.address)


def test_a_colleague_was_first_is_said_calmly_with_what_was_typed(town: Town, contested: Contested) -> None:
    heard(town, contested)
    data = {**LETTER, "seen": acts_count(town, contested)}
    sent(town.second.client, f"{contested.address}propose_against/", data)
    answer = town.officer.client.post(f"{contested.address}propose_against/", {**data, "reason": "我写了很久。"})
    assert answer.status_code == HTTPStatus.CONFLICT
    page = words(answer.content)
    assert "这一步现在不能办" in page
    assert "我写了很久。" in page
    assert "拟不支持本人" in page


def test_a_step_that_is_not_open_is_said_and_an_unknown_one_is_nothing(town: Town, contested: Contested) -> None:
    assert "这一步现在不能办" in shown(town.officer.client, f"{contested.address}agree/")
    for act in ("submit", "join", "nothing"):
        assert town.officer.client.get(f"{contested.address}{act}/").status_code == HTTPStatus.NOT_FOUND


def test_an_answer_for_the_person_goes_out_with_its_letter(town: Town, contested: Contested) -> None:
    address = f"{contested.address}uphold/"
    data = {
        "send": "1",
        "seen": "1",
        "result": "支持您的异议。",
        "reason": "照片证明已经标价。",
        "evidence": "照片：拍摄于2025年10月",
        "laws": "个人信息保护法 46",
        "contact": "云川市信用办公室",
        "changed": "",
    }
    assert "答复书还不齐全" in said_wrong(town.officer.client, address, data)
    sent(town.officer.client, address, {**data, "changed": "记录已从所有输出中移除。"})
    assert status_of(contested.resident, contested.entry) is Status.WITHDRAWN
    assert "支持本人的答复" in shown(town.officer.client, contested.address)


def test_the_source_puts_its_certificate_in_and_nobody_else(town: Town, contested: Contested) -> None:
    address, client = f"{contested.address}papers/add/", town.answerer.client
    assert "认定单位的书面证明" not in shown(town.officer.client, address)
    said_wrong(town.officer.client, address, {"kind": "certificate", "file": SimpleUploadedFile("证明.pdf", PDF)})
    assert "请选择一个文件" in said_wrong(client, address, {"kind": "certificate"})
    for content, told in ((b"#!/bin/sh", "PDF"), (b"", "空")):
        file = SimpleUploadedFile("证明.pdf", content)
        assert told in said_wrong(client, address, {"kind": "certificate", "file": file})
    file = SimpleUploadedFile("证明.pdf", PDF)
    assert sent(client, address, {"kind": "certificate", "file": file}) == contested.address
    page = shown(town.officer.client, contested.address)
    assert "证明.pdf" in page
    assert "认定单位的书面证明" in page


def test_two_officials_cover_what_a_statement_says_of_others(town: Town) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, town.source)
    case = remedies.open_case(
        actor=resident.someone.actor, person_id=resident.person_id, workflow="statement",
        about=About(AboutKind.ENTRY, uid), act=Act.WRITE, deed=Deed(reason="钱交了。\n看店的是贺小满。"), at=NOW,
        reason="own_wish",
    )  # fmt: skip
    address = f"/remedies/{case.uid}/"
    page = shown(town.officer.client, address)
    assert page.count("看店的是贺小满。") == 1
    assert text("desk.act_of.statement.propose_against", "zh") in page
    proposal = {**LETTER, "seen": "1", "passages": "看店的是贺小兰"}
    assert "说明里没有这几个字：看店的是贺小兰" in said_wrong(
        town.officer.client, f"{address}propose_against/", proposal
    )
    sent(town.officer.client, f"{address}propose_against/", {**proposal, "passages": "贺小满"})
    assert "看店的是■■■。" in shown(town.second.client, f"{address}agree/")
    sent(town.second.client, f"{address}agree/", {"send": "1", "seen": "2"})
    for client in (town.officer.client, town.second.client):
        covered = shown(client, address)
        assert "看店的是■■■。" in covered
        assert "贺小满" not in covered
        for act in ("propose_against", "agree"):
            assert text(f"desk.act_of.statement.{act}", "zh") in covered, "its history says what it was about"
    with as_person(resident.person_id):
        letter = next(one.uid for one in outbox.notices_of(resident.person_id) if one.kind == remedies.LETTER)
    told = signed_in(resident.account).get(f"/my/letters/{letter}/").content.decode()
    assert "直到您撤回，谁也不能删掉" in told
