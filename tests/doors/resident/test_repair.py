"""Repair at the door: from when, two papers, free; the questions; the receipt; and why not yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.foundation import clock
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import OrganisationView
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Deed
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act, Asked
from tests.doors.questions import answer, spoken
from tests.doors.resident.conftest import Officials
from tests.doors.signing import signed_in
from tests.making import official_of
from tests.people import NOW
from tests.remedies import AGAINST, PDF, step
from tests.residents import found_city_with_catalogue, give_court_entry, give_penalty, make_resident, make_supplier


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


def test_its_page_says_from_when_with_what_and_that_it_is_free(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    shown = client.get(f"/my/record/{uid}/repair/").content.decode()
    for words in ("今天就可以申请，免费", "2026年2月3日", "履行证明", "信用承诺书", "不要您捐款", "3 个工作日内"):
        assert words in shown, words
    assert f"/my/record/{uid}/repair/" in client.get(f"/my/record/{uid}/").content.decode()
    assert f"/my/record/{uid}/repair/" in client.get("/my/record/").content.decode()


def test_too_early_says_the_day_and_leads_no_further(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(
        resident, bureau, decided_on=date(2026, 4, 7), served_on=date(2026, 4, 9), final_on=date(2026, 10, 9),
        display_until=date(2027, 4, 7),
    )  # fmt: skip
    client = signed_in(resident.account)
    shown = client.get(f"/my/record/{uid}/repair/").content.decode()
    assert "最短公示期还没有满，最早 2026年7月7日 可以申请" in shown
    assert "repair/ask/" not in shown
    back = client.post(f"/my/record/{uid}/repair/ask/", {"words": "已缴清。"})
    assert back.headers["Location"] == f"/my/record/{uid}/repair/"


def test_a_courts_entry_is_not_repaired_here(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_court_entry(resident, make_supplier("court", "云川市中级人民法院"))
    shown = signed_in(resident.account).get(f"/my/record/{uid}/repair/").content.decode()
    assert "只有法院可以删除" in shown
    assert "repair/ask/" not in shown


def test_the_questions_lead_to_a_receipt_with_both_terms(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/repair/"
    assert "请写一句您是怎么做完的" in client.post(f"{base}ask/", {"words": ""}).content.decode()
    after = answer(client, f"{base}ask/", words="2025年12月1日缴清罚款。")
    assert after == f"{base}performance/"
    after = client.post(after, {"performance": "office"}).headers["Location"]
    assert after == f"{base}holder/"
    assert "请写是哪个机关" in client.post(after, {"holder": ""}).content.decode()
    after = client.post(after, {"holder": "云川市财政局"}).headers["Location"]
    assert after == f"{base}commitment/"
    after = client.post(after, {"commitment": "typed"}).headers["Location"]
    assert "决定要求的事我已经全部做完" in client.get(after).content.decode()
    check = client.post(after, {"promise": "今后明码标价。"}).headers["Location"]
    shown = client.get(check).content.decode()
    for words in ("2025年12月1日缴清罚款。", "云川市财政局", "今后明码标价。", "不收费"):
        assert words in shown, words
    assert "您从回执上传材料" not in shown
    receipt = spoken(client.post(check, follow=True))
    promise, case = sorted(remedies.cases_of(actor=resident.someone.actor, at=NOW), key=lambda one: one.workflow)
    assert (promise.workflow, promise.words, promise.state) == ("commitment", "今后明码标价。", "made")
    assert "信用承诺（2026年6月1日）：今后明码标价。" in case.words
    for words in ("修复申请回执", case.number, "最迟2026年6月4日", "最迟2026年6月15日", "还没有人答复，就算受理了"):
        assert words in receipt, words
    assert client.get(f"{base}ask/").headers["Location"] == f"/my/matters/{case.uid}/"


def test_a_promise_on_paper_is_not_asked_in_words(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/repair/"
    answer(client, f"{base}ask/", words="已改正。")
    client.post(f"{base}performance/", {"performance": "paper"})
    assert client.post(f"{base}commitment/", {"commitment": "paper"}).headers["Location"] == f"{base}check/"
    assert "您从回执上传材料" in client.get(f"{base}check/").content.decode()


def test_nothing_beyond_the_two_papers_has_a_place(bureau: OrganisationView) -> None:
    """Never asked: money, volunteering, a donation, a course."""
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    for page in ("ask/", "performance/", "holder/", "commitment/", "promise/"):
        asked = client.get(f"/my/record/{uid}/repair/{page}").content.decode()
        form = asked[asked.index('<form method="post" novalidate>') :]
        assert not any(words in form for words in ("捐", "志愿", "培训", "听课", "费用")), page


def test_what_is_missing_is_named_once_and_handed_in_when_they_can(
    bureau: OrganisationView, officials: Officials
) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    case = remedies.open_case(
        actor=resident.someone.actor,
        person_id=resident.person_id,
        workflow="repair",
        about=About(AboutKind.ENTRY, uid),
        deed=Deed(reason="罚款已缴。"),
        at=NOW,
        reason="done_as_decided",
    )
    officer, _, answerer = officials(bureau)
    asking = Deed(reason="还缺缴款收据。", asked=frozenset({Asked.PERFORMANCE}))
    with pytest.raises(Refusal, match="not_your_act"):
        step(officer, case, Act.ASK_PAPERS, asking)
    step(answerer, case, Act.ASK_PAPERS, asking)
    client = signed_in(resident.account)
    shown = spoken(client.get(f"/my/matters/{case.uid}/"))
    for words in ("轮到您", "还缺缴款收据。", "履行证明：决定要求的事已经做完的凭证", "材料没有期限"):
        assert words in shown, words
    assert "轮到您" in client.get("/my/matters/").content.decode()
    file = SimpleUploadedFile("收据.pdf", PDF, "application/pdf")
    client.post(f"/my/matters/{case.uid}/paper/", {"kind": "performance", "file": file})
    shown = spoken(client.get(f"/my/matters/{case.uid}/"))
    assert f"轮到{bureau.name_zh}" in shown
    assert "到2026年6月4日还没有人答复，就算受理了" in shown


def test_what_an_office_holds_is_fetched_there_and_not_asked_of_the_person(
    bureau: OrganisationView, officials: Officials
) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client, base = signed_in(resident.account), f"/my/record/{uid}/repair/"
    answer(client, f"{base}ask/", words="2025年12月1日缴清罚款。")
    client.post(f"{base}performance/", {"performance": "office"})
    client.post(f"{base}holder/", {"holder": "云川市财政局"})
    client.post(f"{base}commitment/", {"commitment": "paper"})
    client.post(f"{base}check/")
    (case,) = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    assert case.to_fetch == "云川市财政局"
    officer, second, answerer = officials(bureau)
    with pytest.raises(Refusal, match=Reason.FETCH_IT.value):
        step(answerer, case, Act.ASK_PAPERS, Deed(reason="还缺收据。", asked=frozenset({Asked.PERFORMANCE})))
    desk = signed_in(official_of(answerer).account)
    assert "请去取来放进这件事，不要向本人要。机关：云川市财政局" in spoken(desk.get(f"/remedies/{case.uid}/"))
    file = SimpleUploadedFile("缴款书.pdf", PDF)
    given = {"kind": "performance", "fetched_from": "云川市财政局", "file": file}
    assert desk.post(f"/remedies/{case.uid}/papers/add/", given).status_code == HTTPStatus.FOUND
    assert "待调取" not in spoken(desk.get(f"/remedies/{case.uid}/"))
    assert "从云川市财政局取来" in spoken(client.get(f"/my/matters/{case.uid}/"))
    # the platform alone refuses nothing; whoever refuses has opened what was handed in
    case = step(answerer, case, Act.ACCEPT)
    with pytest.raises(Refusal, match="not_your_act"):
        step(officer, case, Act.PROPOSE_AGAINST, Deed(reason="拟不同意。", letter=AGAINST))
    step(answerer, case, Act.PROPOSE_AGAINST, Deed(reason="拟不同意。", letter=AGAINST))
    with pytest.raises(Refusal, match=Reason.PAPERS_UNOPENED.value):
        step(second, case, Act.AGREE)
    remedies.open_paper(actor=second, uid=case.uid, paper_id=case.papers[0].paper_id, at=NOW, reason="read")
    assert step(second, case, Act.AGREE).state == "refused"
