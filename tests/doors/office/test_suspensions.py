"""Access stopped for misuse: the supervisor's pages, and those of the side that is stopped."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest

from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView, Permission, Role
from tests.doors.offering import Desk, desk, head_desks, refused, said_wrong, sent, shown
from tests.doors.signing import signed_in
from tests.making import make_asker, make_client, make_organisation, official_of

TOLD = "三天内查询四十次，没有在办事项。"


def filled(thing: str, last: int = 30) -> dict[str, object]:
    day = shanghai_day(clock.now()) + timedelta(days=last)
    return {"thing": thing, "ends_on": day.isoformat(), "notice": TOLD, "reason": "核查发现"}


def suspend(by: Desk, bank: OrganisationView, thing: str) -> None:
    assert sent(by.client, f"/suspensions/of/{bank.uid}/", filled(thing)) == "/suspensions/"


def test_supervisors_alone_suspend() -> None:
    first, _ = head_desks()
    bank = make_asker(at=clock.now())
    for address in ("/suspensions/", f"/suspensions/of/{bank.uid}/"):
        shown(desk(Role.ACCESS_SUPERVISOR).client, address)
        for one in (first, desk(Role.INQUIRER, organisation=bank), desk(Role.AUDITOR)):
            assert "您现在的职权不包括这一步" in refused(one.client, address)


def test_an_inquirer_is_stopped_told_and_replies() -> None:
    bank, by, other = make_asker(at=clock.now()), desk(Role.ACCESS_SUPERVISOR), desk(Role.ACCESS_SUPERVISOR)
    stopped = desk(Role.INQUIRER, organisation=bank)
    official = official_of(stopped.actor)
    assert "没有被停止的查询" in shown(stopped.client, "/access-suspended/")
    suspend(by, bank, f"official:{official.uid}")
    assert offices.may(stopped.actor, Permission.LOOK_UP, clock.now()) != ALLOWED
    told = shown(stopped.client, "/access-suspended/")
    assert TOLD in told
    assert "核查发现" not in told, "the supervisor's own reason is not the notice"
    (found,) = offices.suspensions_for(stopped.actor, clock.now())
    reply = f"/access-suspended/{found.uid}/"
    assert "请写下您的说明" in said_wrong(stopped.client, reply, {"reason": " "})
    assert sent(stopped.client, reply, {"reason": "都是窗口来人。"}) == "/access-suspended/"
    assert "都是窗口来人。" in shown(by.client, "/suspensions/")
    assert "已经作出申辩" in said_wrong(stopped.client, reply, {"reason": "再说"})
    lift = f"/suspensions/{found.uid}/lift/"
    assert lift not in by.client.get("/suspensions/").content.decode()
    assert "另一位有权的同事" in said_wrong(by.client, lift, {"reason": "解除"})
    assert sent(other.client, lift, {"reason": "解释成立"}) == "/suspensions/"
    assert offices.may(stopped.actor, Permission.LOOK_UP, clock.now()) == ALLOWED
    assert "已提前解除" in shown(stopped.client, "/access-suspended/")


def test_an_organisation_is_stopped_and_its_head_replies() -> None:
    bank, by = make_asker(at=clock.now()), desk(Role.ACCESS_SUPERVISOR)
    head, inquirer = desk(Role.OFFICE_HEAD, organisation=bank), desk(Role.INQUIRER, organisation=bank)
    suspend(by, bank, f"organisation:{bank.uid}")
    assert TOLD in shown(inquirer.client, "/access-suspended/")
    (found,) = offices.suspensions_for(head.actor, clock.now())
    reply = f"/access-suspended/{found.uid}/"
    assert reply not in inquirer.client.get("/access-suspended/").content.decode()
    assert "管不到" in said_wrong(inquirer.client, reply, {"reason": "说明"})
    sent(head.client, reply, {"reason": "已整改"})
    assert "已整改" in shown(head.client, "/access-suspended/")


def test_a_machine_is_offered_by_its_name_and_what_has_ended_is_not() -> None:
    bank, by = make_asker(at=clock.now()), desk(Role.ACCESS_SUPERVISOR)
    runs, ended = make_client(organisation=bank, at=clock.now()), make_client(organisation=bank, at=clock.now())
    offices.end_client(actor=head_desks()[0].actor, client_uid=ended.uid, at=clock.now(), reason="x")
    page = by.client.get(f"/suspensions/of/{bank.uid}/").content.decode()
    assert f"client:{runs.uid}" in page
    assert f"client:{ended.uid}" not in page
    english = signed_in(by.account, language="en").get(f"/suspensions/of/{bank.uid}/").content.decode()
    assert 'Machine client: <span lang="zh-Hans">业务系统</span>' in english
    suspend(by, bank, f"client:{runs.uid}")
    assert "正在执行" in said_wrong(by.client, f"/suspensions/of/{bank.uid}/", filled(f"client:{runs.uid}"))


@pytest.mark.parametrize(
    ("last", "changes", "sentence"),
    [
        (91, {}, "停止查询最长 90 天"),
        (30, {"notice": ""}, "请写明告诉对方什么"),
        (30, {"reason": ""}, "请写明理由"),
        (30, {"thing": "official:00000000-0000-4000-8000-000000000000"}, "选项中选择一项"),
    ],
)
def test_what_is_wrong_with_a_suspension_is_said(last: int, changes: dict[str, object], sentence: str) -> None:
    bank, by = make_asker(at=clock.now()), desk(Role.ACCESS_SUPERVISOR)
    data = {**filled(f"organisation:{bank.uid}", last), **changes}
    assert sentence in said_wrong(by.client, f"/suspensions/of/{bank.uid}/", data)


def test_the_last_day_of_the_longest_term_counts_whole() -> None:
    bank, by = make_asker(at=clock.now()), desk(Role.ACCESS_SUPERVISOR)
    sent(by.client, f"/suspensions/of/{bank.uid}/", filled(f"organisation:{bank.uid}", last=89))
    (found,) = (one for one in offices.suspensions_for(by.actor, clock.now()) if one.organisation_id == bank.id)
    assert shanghai_day(found.ends_at - timedelta(seconds=1)) == shanghai_day(clock.now()) + timedelta(days=89)


def test_one_of_others_is_not_to_be_found() -> None:
    bank, by = make_asker(at=clock.now()), desk(Role.ACCESS_SUPERVISOR)
    suspend(by, bank, f"organisation:{bank.uid}")
    (found,) = (one for one in offices.suspensions_for(by.actor, clock.now()) if one.organisation_id == bank.id)
    stranger = desk(Role.INQUIRER, organisation=make_organisation(at=clock.now()))
    answer = stranger.client.get(f"/access-suspended/{found.uid}/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert TOLD not in answer.content.decode()
