"""The journal for auditors: by day, office and act; nobody's data in it; each look journalled; nobody else enters."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from chengxin.doors.portal.presenters.journal import why
from chengxin.foundation import actors, clock, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.foundation.models import Journal
from chengxin.kernel.ids import new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role
from tests.doors.offering import Desk, desk, refused, shown, words
from tests.making import make_account
from tests.people import NOW

DAY = "2026-06-01"


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(_a_city_of_its_own: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


@pytest.fixture(scope="module")
def auditor(_clock_stands_still: None) -> Desk:
    return desk(Role.AUDITOR)


def noted(actor: Actor, act: str, reason: str, *, days: int = 0) -> None:
    with in_transaction():
        journal.record(actor, act, "batch", new_uid(), at=NOW - timedelta(days=days), reason=reason)


def table(auditor: Desk, query: str = "") -> list[list[str]]:
    answer = auditor.client.get(f"/journal/download/?day={DAY}{query}")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_auditors_alone_enter(auditor: Desk) -> None:
    assert auditor.client.get("/journal/").status_code == HTTPStatus.OK
    for address in ("/journal/", f"/journal/download/?day={DAY}"):
        assert "您现在的职权不包括这一步" in refused(desk(Role.OFFICE_HEAD).client, address)
        assert Client().get(address).headers["Location"].startswith("/sign-in/")


def test_a_day_tells_who_did_what_for_whom_and_why(auditor: Desk) -> None:
    clerk = desk(Role.CLERK)
    noted(clerk.actor, "receive_file", "六月的处罚")
    noted(clerk.actor, "receive_file", "五月的处罚", days=1)
    today, before = shown(auditor.client, f"/journal/?day={DAY}"), shown(auditor.client, "/journal/?day=2026-05-31")
    assert "六月的处罚" in today
    assert "五月的处罚" not in today
    assert "五月的处罚" in before
    assert "报送文件" in today
    assert "报送员" in today
    assert "六月的处罚" in shown(auditor.client, "/journal/"), "today where no day is asked for"


def test_acts_are_told_apart_by_office_and_by_name(auditor: Desk) -> None:
    first, second = desk(Role.CLERK), desk(Role.CLERK)
    noted(first.actor, "ask_recall", "第一家的事")
    noted(second.actor, "cancel_batch", "第二家的事")
    by_act = shown(auditor.client, f"/journal/?day={DAY}&act=ask_recall")
    assert "第一家的事" in by_act
    assert "第二家的事" not in by_act
    assert second.actor.organisation_id is not None
    office = offices.organisation(second.actor.organisation_id).uid
    told = {row[-1] for row in table(auditor, f"&office={office}&act=cancel_batch")[1:]}
    assert told == {"第二家的事"}


def test_no_act_of_a_resident_and_no_word_of_theirs_is_there(auditor: Desk) -> None:
    resident = Actor(kind="person", account_id=make_account().id, person_id=new_uid())
    noted(resident, "object_to_entry", "我没有开过那家店")
    assert "我没有开过那家店" not in shown(auditor.client, f"/journal/?day={DAY}")
    assert all("我没有开过那家店" not in row for row in table(auditor))


def test_the_table_holds_the_whole_day_and_no_formula(auditor: Desk) -> None:
    noted(desk(Role.CLERK).actor, "retry_batch", "=HYPERLINK(1)")
    rows = table(auditor)
    assert rows[0] == ["时间", "做了什么", "谁", "职权", "单位", "涉及单位", "对什么", "编号", "为什么"]
    assert "'=HYPERLINK(1)" in [row[-1] for row in rows]
    listed = Journal.objects.exclude(actor_kind="person").filter(at=NOW).count()
    assert len(rows) - 1 == listed


def test_each_look_is_itself_journalled(auditor: Desk) -> None:
    def looks() -> Counter[tuple[str, str]]:
        mine = Journal.objects.filter(official_id=auditor.actor.official_id)
        return Counter(mine.values_list("act", "reason"))

    before = looks()
    shown(auditor.client, "/journal/?day=2026-03-02&act=send_batch")
    table(auditor)
    assert looks() - before == Counter(
        [("read_journal", "day=2026-03-02 act=send_batch"), ("download_journal", f"day={DAY}")]
    )


def test_a_day_that_is_none_is_said_and_nothing_is_shown(auditor: Desk) -> None:
    said = auditor.client.get("/journal/?day=soon")
    assert "这不是一个日期" in words(said.content)
    assert "<tbody" not in said.content.decode()
    assert auditor.client.get("/journal/download/?day=soon").status_code == HTTPStatus.BAD_REQUEST


def test_a_long_day_comes_in_pages(auditor: Desk) -> None:
    clerk = desk(Role.CLERK)
    for n in range(101):
        noted(clerk.actor, "map_batch", f"第 {n} 次", days=40)
    first = shown(auditor.client, "/journal/?day=2026-04-22")
    assert "共 101 项" in first
    assert "第 0 次" not in first
    assert "第 0 次" in shown(auditor.client, "/journal/?day=2026-04-22&page=2")


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        ("its day has come (F9)", "期限到了", "its day has come"),
        ("30 days without a decision (F9): 12", "30 天没有决定，共 12 行", "30 days without a decision, rows: 12"),
        ("1 of its notices", "其中 1 封通知", "1 of its letters"),
        (
            "day=2026-06-01 act=send_batch",
            "哪一天：2026-06-01；做了什么：正式报送批次",
            "Day: 2026-06-01; What: send a batch",
        ),
        ("所写原样", "所写原样", "所写原样"),
    ],
)
def test_a_reason_the_platform_wrote_is_told_in_words(reason: str, zh: str, en: str) -> None:
    assert why(reason, "zh") == zh
    assert why(reason, "en") == en


def test_the_page_names_no_program_and_the_table_does(auditor: Desk) -> None:
    noted(actors.system("collection.destroy_files"), "destroy_file", "its day has come (F9)", days=3)
    page = shown(auditor.client, "/journal/?day=2026-05-29")
    assert "期限到了" in page
    assert "collection.destroy_files" not in page
    whole = auditor.client.get("/journal/download/?day=2026-05-29").content.decode("utf-8-sig")
    assert "本平台 (collection.destroy_files)" in whole


def test_an_english_auditor_reads_english() -> None:
    page = shown(desk(Role.AUDITOR, language="en").client, f"/journal/?day={DAY}")
    assert "What officials, machines and the platform itself did" in page
    assert "read the journal" in page
