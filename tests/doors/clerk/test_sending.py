"""A file from choice to answer, as a clerk meets it: limits, upload, headings, a try, sending, progress, answer."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState
from chengxin.doors.portal import uploads
from chengxin.foundation import files
from chengxin.offices.terms import Role
from tests.doors.clerk.conftest import Bureau, make_bureau
from tests.doors.offering import desk, refused, said_wrong, sent, shown, words
from tests.making import official_of
from tests.people import NOW
from tests.rooms.collection.making import ITEM, Decision, file_of, make_decision, work_waiting


def upload(client: Client, content: bytes, *, name: str = "penalties.csv", reason: str = "例行报送") -> UUID:
    """Upload a file; gives the uid of its draft."""
    data = {"reason": reason, "file": SimpleUploadedFile(name, content, "text/csv")}
    leads_to = sent(client, f"/send/{ITEM}/", data)
    found = re.fullmatch(r"/batches/([0-9a-f-]{36})/", leads_to)
    assert found
    return UUID(found[1])


def decisions(bureau: Bureau, count: int) -> list[Decision]:
    return [make_decision(bureau.supplier) for _ in range(count)]


def test_only_clerks_send_and_only_their_own_items(bureau: Bureau) -> None:
    assert "行政处罚（普通程序）" in shown(bureau.clerk, "/send/")
    assert "您现在的职权不包括这一步" in refused(bureau.second, "/send/")
    assert "您现在的职权不包括这一步" in refused(desk(Role.OFFICE_HEAD).client, f"/send/{ITEM}/")
    answer = bureau.clerk.get("/send/volunteer_service/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "这一项不由您的单位报送" in words(answer.content)


def test_the_limits_are_said_before_the_upload_with_the_templates(bureau: Bureau) -> None:
    page = shown(bureau.clerk, f"/send/{ITEM}/")
    assert all(limit in page for limit in ("1 GB", "100 MB", "20 万行", "GB18030", "7 天后销毁"))
    assert f'href="/catalogue/{ITEM}/template.xlsx"' in bureau.clerk.get(f"/send/{ITEM}/").content.decode()


def test_a_file_goes_from_upload_to_answer(bureau: Bureau) -> None:
    good, wrong = decisions(bureau, 3), make_decision(bureau.supplier, document="00010119900101123X")
    uid = upload(bureau.clerk, file_of([*good, wrong]))
    page = shown(bureau.clerk, f"/batches/{uid}/")
    assert "一行都还没有收下" in page
    assert "约 4 行" in page
    assert "到 2026年" in page, "until when a draft waits"
    assert "还没有报送，这次上传自动取消" in page
    tried = words(bureau.clerk.post(f"/batches/{uid}/try/").content)
    assert "可以收下 3" in tried
    assert "第 4 行" in tried
    assert collection.batch_by_uid(uid).state is BatchState.DRAFT, "a try sends nothing"
    assert sent(bureau.clerk, f"/batches/{uid}/send/", {}) == f"/batches/{uid}/"
    waiting = bureau.clerk.get(f"/batches/{uid}/").content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "刷新看最新进度" in waiting, "the same by a link, without scripts"
    work_waiting()
    page = shown(bureau.clerk, f"/batches/{uid}/")
    assert "有 1 行退回" in page
    assert "收下 3" in page
    assert "号码的校验位不对" in page
    assert "第 4 行" in page
    polled = bureau.clerk.get(f"/batches/{uid}/", headers={"hx-request": "true"})
    assert polled.headers["HX-Refresh"] == "true", "the page renews itself once the work is done"
    whole = list(csv.reader(io.StringIO(_fetched(bureau.clerk, f"/batches/{uid}/answer/"))))
    assert len(whole) == 5
    assert whole[0][-2:] == ["结果代码 result", "如何处理 what to do"]
    assert [row[-2] for row in whole[1:]] == ["accepted_new"] * 3 + ["number_wrong_check_digit"]
    failed = list(csv.reader(io.StringIO(_fetched(bureau.clerk, f"/batches/{uid}/failed/"))))
    assert [row[-2] for row in failed[1:]] == ["number_wrong_check_digit"]


def _fetched(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_of_a_large_file_a_try_looks_at_the_first_rows_and_says_so(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chengxin.doors.portal.views.clerk.sending.MOST_TRIED_ROWS", 3)
    wrong = make_decision(bureau.supplier, document="00010119900101123X")
    part = upload(bureau.clerk, file_of([wrong, *decisions(bureau, 4), wrong]))
    assert "试查只看前 50 万行" in shown(bureau.clerk, f"/batches/{part}/")
    tried = words(bureau.clerk.post(f"/batches/{part}/try/").content)
    assert "只看了前 3 行，后面约 3 行没有看" in tried
    assert "可以收下 2" in tried
    assert "第 1 行" in tried
    whole = upload(bureau.clerk, file_of(decisions(bureau, 3)))
    tried = words(bureau.clerk.post(f"/batches/{whole}/try/").content)
    assert "可以收下 3" in tried
    assert "没有看" not in tried, "a file of just so many rows is read to its end"


def test_headings_of_ones_own_are_matched_once_and_known_afterwards() -> None:
    bureau = make_bureau()
    content = file_of(decisions(bureau, 2)).replace(b"CF_XDR_ZJHM", "身份证".encode(), 1)
    content = content.replace(b"CF_WSH", "我们的编号".encode(), 1)
    uid = upload(bureau.clerk, content)
    page = shown(bureau.clerk, f"/batches/{uid}/")
    assert "不认得的列：身份证、我们的编号" in page
    assert "缺少的必填内容：证件号码、行政处罚决定书文号" in page
    answer = bureau.clerk.post(f"/batches/{uid}/send/")
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "还有必填的内容没有对应的列" in words(answer.content)
    address = f"/batches/{uid}/headings/"
    form = _chosen(bureau.clerk.get(address).content.decode())
    assert form["h3"] == form["h4"] == "?"
    assert "请给“身份证”选一项" in said_wrong(bureau.clerk, address, dict(form))
    twice = {**form, "h3": "CF_WSH", "h4": "CF_WSH"}
    assert "只能有一列" in said_wrong(bureau.clerk, address, dict(twice))
    assert sent(bureau.clerk, address, {**form, "h3": "CF_XDR_ZJHM", "h4": "CF_WSH"}) == f"/batches/{uid}/"
    assert "都认得" in shown(bureau.clerk, f"/batches/{uid}/")
    again = upload(bureau.clerk, content)
    page = shown(bureau.clerk, f"/batches/{again}/")
    assert "都认得" in page, "kept for the next file"
    assert "和以前报过的文件完全一样" in page


def test_a_column_nobody_is_asked_for_is_known_and_needs_no_choice() -> None:
    bureau = make_bureau()
    first, *rest = file_of(decisions(bureau, 1)).decode().splitlines()
    content = "\n".join([f"{first},备注", *(f"{row}," for row in rest)]).encode()
    uid = upload(bureau.clerk, content)
    assert "都认得" in shown(bureau.clerk, f"/batches/{uid}/")
    address = f"/batches/{uid}/headings/"
    form = _chosen(bureau.clerk.get(address).content.decode())
    assert "?" not in form.values()
    assert sent(bureau.clerk, address, dict(form)) == f"/batches/{uid}/"


def _chosen(page: str) -> dict[str, str]:
    """Name of each select -> the value chosen on the page."""
    found = {}
    for name, options in re.findall(r'<select name="(h\d+)".*?>(.*?)</select>', page, flags=re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        assert chosen
        found[name] = chosen[1]
    return found


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "empty.csv", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "old.xls", "xlsx"),
        (b"PK\x03\x04 not a workbook", "broken.xlsx", "表格"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(
    bureau: Bureau, content: bytes, name: str, sentence: str
) -> None:
    before = {path for path in files._folder().rglob("*") if path.is_file()}
    data: dict[str, object] = {"reason": "补报三月", "file": SimpleUploadedFile(name, content or b" ", "text/csv")}
    answer = bureau.clerk.post(f"/send/{ITEM}/", data)
    page = words(answer.content)
    assert sentence in page
    assert "补报三月" in answer.content.decode(), "what was typed is kept"
    assert {path for path in files._folder().rglob("*") if path.is_file()} == before


def test_no_file_and_no_reason_are_said_together(bureau: Bureau) -> None:
    page = said_wrong(bureau.clerk, f"/send/{ITEM}/", {"reason": ""})
    assert "请选择一个文件" in page or "file" in page
    assert "请写一句报送说明" in page


def test_a_file_over_the_limit_is_refused_before_and_while_it_arrives(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chengxin.doors.portal.views.clerk.sending.MOST_BYTES", 2_000)
    small = {"reason": "例行", "file": SimpleUploadedFile("a.csv", b"x" * 3_000)}
    assert "文件超过 1 GB" in said_wrong(bureau.clerk, f"/send/{ITEM}/", dict(small))
    monkeypatch.setattr(uploads, "FIELD_BYTES", 0)
    large = {"reason": "例行", "file": SimpleUploadedFile("a.csv", b"x" * 30_000)}
    assert "文件超过 1 GB" in said_wrong(bureau.clerk, f"/send/{ITEM}/", dict(large))


def test_an_upload_without_its_token_is_refused_unread(bureau: Bureau) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = bureau.clerk.cookies
    page = client.get(f"/send/{ITEM}/").content.decode()
    file = SimpleUploadedFile("p.csv", file_of(decisions(bureau, 1)))
    before = len(collection.batches_for(bureau.supplier.clerk, NOW))
    refusal = client.post(f"/send/{ITEM}/", {"reason": "例行", "file": file})
    assert refusal.status_code == HTTPStatus.FORBIDDEN
    assert "这张表单已失效" in words(refusal.content)
    assert len(collection.batches_for(bureau.supplier.clerk, NOW)) == before
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    file.seek(0)
    data = {"csrfmiddlewaretoken": token[1], "reason": "例行", "file": file}
    assert client.post(f"/send/{ITEM}/", data).status_code == HTTPStatus.FOUND


def test_nothing_readable_of_an_upload_touches_the_disk(bureau: Bureau) -> None:
    one = make_decision(bureau.supplier)
    content = file_of([one] * 5_000)
    assert len(content) > 2**21, "larger than what Django keeps in memory"
    with _written() as written:
        upload(bureau.clerk, content)
    assert written, "the watch works"
    assert all(path.startswith(str(files._folder())) for path in written), written
    kept = b"".join(path.read_bytes() for path in files._folder().rglob("*.sealed"))
    assert one.name.encode() not in kept
    assert one.document.encode() not in kept


_watched: list[list[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _watched and isinstance(arguments[0], str | bytes | os.PathLike):
        flags = arguments[2] if isinstance(arguments[2], int) else 0
        if flags & (os.O_WRONLY | os.O_RDWR):
            _watched[-1].append(os.fsdecode(arguments[0]))


@contextmanager
def _written() -> Iterator[list[str]]:
    """Every file that this process opens to write while the block runs."""
    if not getattr(_watch, "installed", False):
        sys.addaudithook(_watch)
        _watch.installed = True  # type: ignore[attr-defined]
    _watched.append([])
    try:
        yield _watched[-1]
    finally:
        _watched.pop()


def test_a_stranger_does_not_see_the_batch_of_another_office(bureau: Bureau) -> None:
    uid = upload(bureau.clerk, file_of(decisions(bureau, 1)))
    stranger = make_bureau()
    for address in (f"/batches/{uid}/", f"/batches/{uid}/cancel/", f"/batches/{uid}/answer/"):
        assert "您的职权管不到" in refused(stranger.clerk, address)
    assert "您的职权管不到" in refused(stranger.clerk, f"/batches/{uid}/send/", data={})
    assert "您现在的职权不包括这一步" in refused(bureau.second, f"/batches/{uid}/answer/")


def test_a_draft_is_cancelled_with_a_reason_and_sent_only_once(bureau: Bureau) -> None:
    uid = upload(bureau.clerk, file_of(decisions(bureau, 1)))
    assert "请写明理由" in said_wrong(bureau.clerk, f"/batches/{uid}/cancel/", {"reason": ""})
    assert sent(bureau.clerk, f"/batches/{uid}/cancel/", {"reason": "传错文件"}) == f"/batches/{uid}/"
    page = shown(bureau.clerk, f"/batches/{uid}/")
    assert "批次已取消" in page
    assert "取消的理由：传错文件" in page
    assert "按现在的状态" in refused(bureau.clerk, f"/batches/{uid}/send/", data={})


def test_the_list_shows_the_own_batches_and_pages_back(bureau: Bureau) -> None:
    assert "批次" in shown(bureau.clerk, "/batches/")
    page = bureau.clerk.get("/batches/?before=2020-01-01T00:00:00%2B00:00").content
    assert "还没有报送过" in words(page)
    assert bureau.clerk.get("/batches/?before=nonsense").status_code == HTTPStatus.OK


def test_an_english_clerk_reads_english(bureau: Bureau) -> None:
    page = shown(bureau.english, f"/send/{ITEM}/")
    assert "up to 1 GB" in page
    assert official_of(bureau.supplier.clerk).name not in page
