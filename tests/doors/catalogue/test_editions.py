"""Keepers check and propose, approvers confirm and decide; every refusal says what, where and what to do."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import EditionState, EditionView
from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from chengxin.offices.terms import Role
from tests.doors.offering import Desk, desk, refused, said_wrong, shown, words
from tests.rooms.catalogue.making import text_of

NATIONAL = text_of("national")


@pytest.fixture(scope="module")
def keeper(_a_city_of_its_own: None) -> Desk:
    return desk(Role.CATALOGUE_KEEPER)


@pytest.fixture(scope="module")
def approver(_a_city_of_its_own: None) -> Desk:
    return desk(Role.CATALOGUE_APPROVER)


def proposed(keeper: Desk, text: str = NATIONAL) -> EditionView:
    starts = shanghai_day(clock.now()) + timedelta(days=3)
    data = {"content": text, "in_force_from": starts.isoformat(), "reason": "年度更新"}
    answer = keeper.client.post("/editions/propose/", data)
    assert answer.status_code == HTTPStatus.FOUND, words(answer.content)
    return catalogue.editions()[0]


@pytest.mark.parametrize("address", ["/editions/", "/editions/check/"])
def test_keepers_enter_and_clerks_do_not(keeper: Desk, address: str) -> None:
    assert keeper.client.get(address).status_code == HTTPStatus.OK
    assert "您现在的职权不包括这一步" in refused(desk(Role.CLERK).client, address)


def test_a_check_tells_every_fault_with_its_line_and_keeps_the_text(keeper: Desk) -> None:
    broken = NATIONAL.replace("minor: {max: 3m,", "minor: {max: 30y,", 1).replace("zh: 姓名", "zh: 指纹", 1)
    answer = keeper.client.post("/editions/check/", {"content": broken})
    page = words(answer.content)
    faults = catalogue.checked_draft("edition.yaml", broken).faults
    assert len(faults) >= 2
    assert all(f"edition.yaml:{fault.line}" in page and fault.zh in page for fault in faults)
    assert "指纹" in page, "the text is still there to be mended"
    assert not catalogue.editions(), "a check stores nothing"


def test_a_file_is_read_instead_of_the_text(keeper: Desk) -> None:
    file = SimpleUploadedFile("national.yaml", NATIONAL.encode(), "text/yaml")
    page = words(keeper.client.post("/editions/check/", {"file": file, "content": "nonsense"}).content)
    assert "没有错误" in page
    assert "提出这个版本" in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\xff\xfe\x00", "不是 UTF-8"), (b"x" * 1_000_000, "超过 900 KB"), (b"", "这个文件是空的")],
)
def test_a_file_that_cannot_be_read_says_so(keeper: Desk, content: bytes, sentence: str) -> None:
    file = SimpleUploadedFile("national.yaml", content, "text/yaml")
    assert sentence in said_wrong(keeper.client, "/editions/check/", {"file": file})


def test_nothing_to_check_is_said(keeper: Desk) -> None:
    assert "请选择文件，或粘贴内容" in said_wrong(keeper.client, "/editions/check/", {"content": " "})


def test_an_edition_goes_from_text_to_approval_through_two_people(keeper: Desk, approver: Desk) -> None:
    view = proposed(keeper)
    assert "您提出的" in shown(keeper.client, f"/editions/{view.uid}/")
    source = view.unconfirmed[0]
    confirm = f"/editions/{view.uid}/sources/{source.code}/"
    assert "请写明在哪里核对的" in said_wrong(approver.client, confirm, {"reason": "核对", "evidence": ""})
    assert approver.client.post(confirm, {"reason": "核对", "evidence": "公报"}).status_code == HTTPStatus.FOUND
    assert source.code not in {one.code for one in catalogue.edition_view(view.uid).unconfirmed}
    approve = f"/editions/{view.uid}/approve/"
    assert "您现在的职权不包括这一步" in refused(keeper.client, approve)
    assert approver.client.post(approve, {"reason": "同意"}).status_code == HTTPStatus.FOUND
    assert catalogue.edition_view(view.uid).state is EditionState.APPROVED
    assert "不能再改" in said_wrong(approver.client, approve, {"reason": "再来"})
    assert "已批准" in shown(approver.client, "/editions/")


def test_a_second_edition_shows_what_it_changes_and_can_be_refused(keeper: Desk, approver: Desk) -> None:
    next_one = NATIONAL.replace("code: national-2026-unofficial", "code: national-2027-test", 1)
    next_one = next_one.replace("general: {min: 3m, max: 1y,", "general: {min: 3m, max: 6m,", 1)
    next_one = next_one.replace("frequency: {times: 3, days: 30}", "frequency: {times: 2, days: 30}", 1)
    page = words(keeper.client.post("/editions/check/", {"content": next_one}).content)
    assert "收窄" in page
    assert "最短 3 个月，最长 1 年" in page
    assert "最短 3 个月，最长 6 个月" in page
    view = proposed(keeper, next_one)
    page = shown(approver.client, f"/editions/{view.uid}/")
    assert "收窄" in page
    assert "办理本人申请的贷款" in page, "a purpose stands under its name"
    assert "credit_on_consent" not in page
    assert approver.client.post(f"/editions/{view.uid}/refuse/", {"reason": "不必要"}).status_code == HTTPStatus.FOUND
    assert catalogue.edition_view(view.uid).state is EditionState.REFUSED


def test_a_citys_edition_shows_what_it_narrows(keeper: Desk, approver: Desk) -> None:
    """Compared with the national edition first, afterwards with the city's last one, each as merged."""
    national = next(one for one in catalogue.editions() if one.state is EditionState.APPROVED)
    assert national.code == "national-2026-unofficial"
    city = catalogue.shipped_files()["yunchuan"].read_text("utf-8")
    page = words(keeper.client.post("/editions/check/", {"content": city}).content)
    assert "与 national-2026-unofficial 相比" in page
    assert "行政处罚（普通程序）" in page
    assert "最短 3 个月，最长 9 个月" in page
    assert "新增" in page


def test_a_day_in_the_past_is_refused_beside_everything_typed(keeper: Desk) -> None:
    data: dict[str, object] = {"content": NATIONAL, "in_force_from": "2026-01-01", "reason": "更新"}
    page = said_wrong(keeper.client, "/editions/propose/", data)
    assert "生效日期已经过去" in page
    assert "更新" in page


def test_a_source_that_needs_no_confirmation_is_not_asked_about(approver: Desk) -> None:
    view = catalogue.editions()[0]
    assert "法律依据表里没有这一条" in refused(approver.client, f"/editions/{view.uid}/sources/product/")
