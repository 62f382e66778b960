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
from chengxin.catalogue.terms import BasisRef, MergedEdition
from chengxin.doors.portal.presenters.purpose import purposes_in_words
from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from tests.doors.in_force import shipped_editions
from tests.making import make_organisation


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
