"""Operators: what is broken, since when; stuck batches and jobs go on or are cancelled, with a reason, without a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from chengxin.collection import facade as collection
from chengxin.collection.actions import closing
from chengxin.collection.terms import BatchState
from chengxin.foundation import actors, clock, jobs, keystore
from chengxin.foundation.models import Journal
from chengxin.offices.terms import Role
from tests.doors.offering import Desk, desk, refused, said_wrong, sent, shown
from tests.doors.signing import signed_in
from tests.making import official_of
from tests.people import NOW
from tests.rooms.collection.making import Supplier, make_decision, make_supplier, receive, work_waiting


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(_a_city_of_its_own: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


@pytest.fixture(scope="module")
def operator(_clock_stands_still: None) -> Desk:
    return desk(Role.OPERATOR)


def stopped_batch(supplier: Supplier | None = None) -> tuple[str, str]:
    """Uid of a batch whose file's key is gone, and the name of the person in it."""
    supplier = supplier or make_supplier()
    decision = make_decision(supplier)
    batch = receive(supplier, [decision])
    keystore.destroy("file", batch.id)
    work_waiting()
    assert collection.batch_by_uid(batch.uid).state is BatchState.STOPPED
    return str(batch.uid), decision.name


@pytest.mark.parametrize("address", ["/health/", "/work/"])
def test_operators_alone_enter(operator: Desk, address: str) -> None:
    assert operator.client.get(address).status_code == HTTPStatus.OK
    assert "您现在的职权不包括这一步" in refused(desk(Role.CLERK).client, address)
    assert Client().get(address).headers["Location"].startswith("/sign-in/")


def test_health_names_every_part_and_what_waits(operator: Desk) -> None:
    page = shown(operator.client, "/health/")
    assert all(words in page for words in ("数据库", "密钥库", "时钟", "可用空间", "停下的批次"))


def test_a_stopped_batch_is_shown_without_content_and_goes_on_or_is_cancelled(operator: Desk) -> None:
    uid, name = stopped_batch()
    page = shown(operator.client, "/work/")
    assert "这个批次的文件不在服务器上了" in page
    assert name not in page
    assert "请写明理由" in said_wrong(operator.client, f"/work/batches/{uid}/retry/", {"reason": ""})
    assert sent(operator.client, f"/work/batches/{uid}/retry/", {"reason": "密钥已恢复"}) == "/work/"
    assert Journal.objects.filter(act="retry_batch", reason="密钥已恢复").exists()
    work_waiting()
    assert sent(operator.client, f"/work/batches/{uid}/cancel/", {"reason": "文件找不回来"}) == "/work/"
    assert operator.client.get(f"/work/batches/{uid}/cancel/").status_code == HTTPStatus.NOT_FOUND


def test_its_clerk_reads_who_cancelled_it_and_why(operator: Desk) -> None:
    supplier = make_supplier()
    cancelled, other = stopped_batch(supplier)[0], stopped_batch(supplier)[0]
    clerk = signed_in(official_of(supplier.clerk).account)
    for uid, why in ((other, "服务器换了硬盘"), (cancelled, "文件找不回来，请重新报送")):
        assert sent(operator.client, f"/work/batches/{uid}/cancel/", {"reason": why}) == "/work/"
    page = shown(clerk, f"/batches/{cancelled}/")
    assert "取消的理由：文件找不回来，请重新报送" in page
    assert official_of(operator.actor).name in page
    assert "服务器换了硬盘" not in page


def test_a_batch_that_ended_by_itself_says_so(operator: Desk) -> None:
    supplier = make_supplier()
    uid = UUID(stopped_batch(supplier)[0])
    later = collection.batch_by_uid(uid).file_destroy_at
    closing.expire_batch(
        collection.batch_by_uid(uid).id, actor=actors.system("test"), at=later, reason="its day has come"
    )
    assert "批次自动取消" in shown(signed_in(official_of(supplier.clerk).account), f"/batches/{uid}/")


def test_a_job_that_failed_runs_again_or_is_cancelled(operator: Desk) -> None:
    numbers = [jobs.defer("foundation.revive_stalled") for _ in range(2)]
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = ANY(%s)", [numbers])
    page = shown(operator.client, "/work/")
    assert "foundation.revive_stalled" in page
    assert "失败，不会自己再试" in page
    sent(operator.client, f"/work/jobs/{numbers[0]}/retry/", {"reason": "已修好"})
    sent(operator.client, f"/work/jobs/{numbers[1]}/cancel/", {"reason": "不需要"})
    assert not {job.id for job in jobs.stuck(NOW + timedelta(seconds=1))} & set(numbers)
    assert Journal.objects.filter(act="cancel_job", thing_kind="job", reason="不需要").exists()
    gone = operator.client.get(f"/work/jobs/{numbers[1]}/retry/")
    assert gone.status_code == HTTPStatus.NOT_FOUND
    assert "没有这个任务" in gone.content.decode()
