"""Who may ask about a person, and for what: every purpose in words, for everybody, and who has none."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import BasisRef, Mark, MergedEdition
from chengxin.doors.portal.presenters.purpose import purposes_in_words
from chengxin.doors.wording import text
from chengxin.foundation import clock
from chengxin.kernel.clocks import Unit
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.remedies import LAWSUIT, RECONSIDERATION
from chengxin.remedies.rules.clock_book import shipped_clocks
from tests.doors.in_force import shipped_editions
from tests.making import make_organisation
from tests.rules.kernel.test_days import NOTICE_2027
from tests.rules.remedies.test_corrected_law import CONFIRMED


@pytest.fixture(scope="module", autouse=True)
def _catalogue(_a_city_of_its_own: None) -> None:
    shipped_editions()
    make_organisation(name="云川市行政审批局", kind="approval", at=clock.now())


def edition() -> MergedEdition:
    return catalogue.edition_on(shanghai_day(clock.now()))


def english() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    return html.unescape(answer.content.decode())


def part(page: str, code: str) -> str:
    """What the page says of one purpose."""
    return page.split(f'<h2 id="{code}">', 1)[1].split("<h2", 1)[0]


def read(page: str) -> str:
    """What is read of a page: no addresses, no marks."""
    return re.sub(r"<[^>]*>", " ", page.split("<main", 1)[1].split("</main>", 1)[0])


@pytest.mark.parametrize("client", [Client, english])
def test_every_purpose_is_told_whole_and_without_codes(client: type[Client]) -> None:
    page, zh = shown(client(), "/purposes/"), client is Client
    purposes = edition().purposes
    assert len(purposes) >= 5
    for code, purpose in purposes.items():
        told = part(page, code)
        names = [purpose.zh if zh else purpose.en, purpose.told.zh if zh else purpose.told.en]
        names += (
            [purpose.basis.law] if purpose.basis else ["您本人同意" if zh else "Your own consent", "个人信息保护法"]
        )
        names += [str(purpose.ground_days), str(purpose.frequency.times), str(purpose.frequency.days)]
        for item_code, fields in purpose.items.items():
            item = edition().items[item_code]
            names.append(item.zh if zh else item.en[1:])
            names += [spec.zh if zh else spec.en[1:] for spec in item.fields if spec.code in fields]
        if purpose.question:
            names.append(purpose.question.zh if zh else purpose.question.en)
        missing = [name for name in names if name not in told]
        assert not missing, (code, missing)
    codes = {code for one in purposes.values() for code in (one.code, *one.items, *one.askers)}
    codes |= {field for one in purposes.values() for fields in one.items.values() for field in fields}
    seen = set(re.findall(r"[A-Za-z_]+", read(page)))
    assert not {code for code in codes if "_" in code or zh or code != code.lower()} & seen


def test_what_only_some_purposes_have_is_told_of_those_alone() -> None:
    page = shown(Client(), "/purposes/")
    assert "一次最多查 10,000 人" in part(page, "tender_review")
    assert "只能一个人一个人地查" in part(page, "licence_review")
    assert "必须有在办的案件" in part(page, "licence_review")
    assert "必须有您的同意" in part(page, "credit_on_consent")
    assert "一致或不一致" in part(page, "account_identity")
    assert "一致或不一致" not in part(page, "credit_on_consent")
    assert "云川市行政审批局" in part(page, "licence_review")
    assert "云川市行政审批局" not in part(page, "credit_on_consent")
    assert ["紧急情况" in part(page, code) for code in ("rescue_on_site", "criminal_evidence")] == [True, False]


def test_who_has_none_is_said_with_the_law() -> None:
    page = shown(Client(), "/purposes/")
    for words in ("用人单位", "人事部门", "学校", "房东", "《个人信息保护法》第6条"):
        assert words in part(page, "nobody"), words
    other = part(shown(english(), "/purposes/"), "nobody")
    for words in (
        "Employers",
        "personnel offices",
        "schools",
        "landlords",
        "Personal Information Protection Law, art. 6",
    ):
        assert words in other, words


def test_an_asker_by_code_and_once_in_one_day_are_told_too() -> None:
    """What an edition may name, though the shipped ones do not."""
    held = edition()
    one = held.purposes["licence_review"]
    office = make_organisation(name="云川市应急指挥部", kind="emergency", at=clock.now())
    emergency = replace(
        one,
        askers=(office.org_code, "91000000000000000X"),
        basis=BasisRef("突发事件应对法", "83"),
        case_needed=False,
        emergency=True,
        frequency=replace(one.frequency, times=1, days=1),
    )
    changed = replace(held, purposes={"emergency_help": emergency})
    (zh,) = purposes_in_words(changed, [office], "zh")
    assert (zh.askers, zh.here) == ("云川市应急指挥部、91000000000000000X", ("云川市应急指挥部",))
    assert zh.conditions[0] == "不用立案，也不用您同意。"
    assert (len(zh.conditions), zh.emergency) == (3, True)
    (en,) = purposes_in_words(changed, [office], "en")
    assert en.conditions[1] == "One organisation may ask about one person once in one day."
    assert en.ground == "《突发事件应对法》 art. 83"


def test_an_item_names_the_purposes_that_answer_it_and_leads_there() -> None:
    page = shown(Client(), "/catalogue/court_defaulter/")
    assert 'href="/purposes/#tender_review"' in page
    assert "银行，用于办理本人申请的贷款" in page
    assert "没有任何用途" in shown(Client(), "/catalogue/volunteer_service/")


@pytest.mark.parametrize("address", ["/", "/catalogue/"])
def test_the_page_is_found(address: str) -> None:
    assert 'href="/purposes/"' in shown(Client(), address)


def test_the_periods_of_repair_stand_with_their_sources_and_an_operator_corrects_what_nobody_had_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = dict(
        re.findall(r'<th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', shown(english(), "/clocks/"), re.S)
    )
    assert "read in excerpts alone" in rows["A penalty of the class “Serious”, from the day of the decision"]
    assert "Judicial interpretation 7 of 2017" in next(told for what, told in rows.items() if "the court alone" in what)
    assert "from memory" in rows["After false papers, from the day on which they were found"]
    file = tmp_path / "repair.toml"
    file.write_text(CORRECTED, encoding="utf-8")
    monkeypatch.setattr("django.conf.settings.CHENGXIN_REPAIR", str(file))
    rows = dict(
        re.findall(r'<th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', shown(english(), "/clocks/"), re.S)
    )
    told = rows["A penalty of the class “Serious”, from the day of the decision"]
    assert all(one in told for one in ("6 months", "the text was read", "Order 36, whole"))


def test_what_the_operator_loaded_and_confirmed_is_shown_as_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(english(), "/clocks/")
    assert "up to and including 28 December 2026" in before
    assert "the notice is not loaded yet" in before
    for name, said in (("HOLIDAYS", NOTICE_2027), ("CLOCKS", CONFIRMED)):
        file = tmp_path / f"{name}.toml"
        file.write_text(said, encoding="utf-8")
        monkeypatch.setattr(f"django.conf.settings.CHENGXIN_{name}", str(file))
    page = shown(english(), "/clocks/")
    assert "up to and including 28 December 2027" in page
    assert "loaded by whoever runs the platform; notice of 12 November 2026" in page
    assert "李法务" in page
    assert "最高人民法院公报" in page
    assert before.count("Judicial interpretation 7 of 2017") == page.count("Judicial interpretation 7 of 2017") + 1


def test_a_law_of_another_place_stands_as_our_promise_and_one_that_binds_here_as_law(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def laws() -> set[str]:
        told = re.findall(r'data-label="Law"><span>(.*?)</span></td>', shown(english(), "/clocks/"), re.S)
        return {re.sub("<[^>]+>", "", one) for one in told}

    of_shenzhen, promise = "《深圳经济特区社会信用条例》 art. 50", "this platform's own promise, after "
    everywhere, unread = "《行政复议法》 art. 20", "《信用修复管理办法》"
    here = laws()
    assert {of_shenzhen, promise + of_shenzhen} & here == {promise + of_shenzhen}
    assert {everywhere, promise + everywhere} & here == {everywhere}
    assert any(one.startswith(promise + unread) or one == promise + "信用修复管理办法" for one in here)
    monkeypatch.setattr("django.conf.settings.CHENGXIN_PLACES", ["深圳"])
    assert of_shenzhen in laws()
    assert promise + of_shenzhen not in laws()


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("resident.repair.answer_when", ("repair_acceptance_o36", "repair_result_o36")),
        ("resident.repair.happens_answer", ("repair_acceptance_o36", "repair_result_o36")),
        ("resident.way.repair.more", ("repair_acceptance_o36", "repair_result_o36")),
        ("resident.commitment.happens_report", ("commitment_check",)),
        ("resident.more_time.happens_turn", ("more_time_answer",)),
        ("resident.way.more_time.more", ("more_time_answer",)),
        ("resident.complaint.happens_answer", ("complaint_answer",)),
        ("desk.invite.lead", ("interview_answer",)),
        ("resident.not_recognised.lead", ("complaint_look",)),
        ("resident.way.reconsideration.now", ("reconsideration",)),
        ("resident.way.reconsideration.more", ("reconsideration",)),
        ("resident.way.lawsuit.now", ("lawsuit",)),
        ("resident.way.lawsuit.more", ("lawsuit",)),
    ],
)
def test_a_term_that_stands_in_a_sentence_is_the_one_that_is_counted(key: str, codes: tuple[str, ...]) -> None:
    book = shipped_clocks()
    counted = [length for code in codes if (length := book.clocks[code].length) is not None]
    assert len(counted) == len(codes)
    said = text(key, "zh", supplier="").replace("六个月", "6个月").replace("60日", "60天")
    found = re.findall(r"(\d+) ?(个工作日|天|个月)", said)
    units = {Unit.WORKING_DAYS: "个工作日", Unit.DAYS: "天", Unit.MONTHS: "个月"}
    assert set(found) == {(str(one.n), units[one.unit]) for one in counted}


def test_what_a_decision_is_final_by_is_what_the_book_of_clocks_says() -> None:
    clocks = shipped_clocks().clocks
    assert (clocks["reconsideration"].length, clocks["lawsuit"].length) == (RECONSIDERATION, LAWSUIT)
    # the law was read: no operator corrects them, so that the page and the clock cannot part
    assert clocks["reconsideration"].mark is clocks["lawsuit"].mark is Mark.A


CORRECTED = """
[[source]]
code = "read"
zh = "信用修复管理办法全文"
en = "Order 36, whole"
mark = "A"

[[class]]
code = "serious"
law = "信用修复管理办法"
article = "12"
counts_from = "decision"
length = {n = 6, unit = "months"}
source = "read"
mark = "A"
since = 2026-04-01
"""
