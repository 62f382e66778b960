"""Office heads: who is appointed, by whom a mandate is granted and approved, and what is refused with which words."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from chengxin.foundation import clock
from chengxin.foundation.models import Account, Journal
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import MandateView, OfficialView, OrganisationView, Role, Standing
from tests.doors.offering import desk, head_desks, refused, said_wrong, shown
from tests.making import make_city, make_official, make_organisation, official_of

ADDRESSES = ["/officials/", "/officials/appoint/", "/organisations/", "/organisations/register/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_heads_alone_enter(address: str) -> None:
    first, _ = head_desks()
    assert first.client.get(address).status_code == HTTPStatus.OK
    assert "您现在的职权不包括这一步" in refused(desk(Role.CLERK).client, address)
    assert Client().get(address).headers["Location"].startswith("/sign-in/")


def appoint(login: str, office: OrganisationView | None = None) -> tuple[OfficialView, str]:
    first, _ = head_desks()
    data = {"organisation": str((office or make_city()).uid), "name": "司马新来", "login": login, "reason": "补缺"}
    answer = first.client.post("/officials/appoint/", data)
    assert answer.status_code == HTTPStatus.OK
    page = answer.content.decode()
    secret, uid = re.search(r'class="secret">([^<]+)<', page), re.search(r"/officials/([0-9a-f-]{36})/grant/", page)
    assert secret
    assert uid
    return offices.official_for(first.actor, UUID(uid[1]), clock.now()), html.unescape(secret[1])


def grant(official: OfficialView, role: Role, office: OrganisationView) -> MandateView:
    first, _ = head_desks()
    today = shanghai_day(clock.now())
    data = {
        "role": role.value,
        "organisation": str(office.uid),
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=100)).isoformat(),
        "reason": "接替",
    }
    answer = first.client.post(f"/officials/{official.uid}/grant/", data)
    assert answer.headers["Location"] == f"/officials/{official.uid}/", answer.content.decode()
    return offices.mandates_of(first.actor, official.id, clock.now())[0]


def test_an_appointment_shows_the_password_once_and_opens_no_door_yet() -> None:
    official, password = appoint("sima.one")
    account = Account.objects.get(username="sima.one")
    assert account.check_password(password)
    assert account.kind == Account.Kind.OFFICIAL
    first, _ = head_desks()
    assert f"<h1>{official.name}</h1>" in first.client.get(f"/officials/{official.uid}/").content.decode()
    page = shown(first.client, f"/officials/{official.uid}/")
    assert "没有任何职权" in page
    assert password not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"login": "x"}, "登录名要有 4 到 30 个"),
        ({"login": "张三"}, "登录名要有 4 到 30 个"),
        ({"reason": " "}, "请写明理由"),
        ({"name": ""}, "请填写“姓名”"),
        ({"organisation": "00000000-0000-4000-8000-000000000000"}, "请在“单位”给出的选项中选择一项"),
    ],
)
def test_what_is_wrong_with_an_appointment_is_said_and_nothing_typed_is_lost(
    changes: dict[str, object], sentence: str
) -> None:
    first, _ = head_desks()
    data = {
        "organisation": str(make_city().uid),
        "name": "欧阳在此",
        "login": "ouyang.here",
        "reason": "补缺",
        **changes,
    }
    assert sentence in said_wrong(first.client, "/officials/appoint/", data)
    kept = first.client.post("/officials/appoint/", data).content.decode()
    assert all(f'value="{value}"' in kept for name, value in data.items() if name in {"name", "login"} and value)
    assert not Account.objects.filter(username="ouyang.here").exists()


def test_a_login_name_is_taken_whatever_its_case() -> None:
    appoint("sima.two")
    first, _ = head_desks()
    data: dict[str, object] = {
        "organisation": str(make_city().uid),
        "name": "某",
        "login": "SIMA.two",
        "reason": "补缺",
    }
    assert "已经有人用了" in said_wrong(first.client, "/officials/appoint/", data)


def test_one_grants_and_another_approves() -> None:
    office = make_organisation(at=clock.now())
    official, _ = appoint("sima.three", office)
    granted = grant(official, Role.CLERK, office)
    first, second = head_desks()
    approve = f"/officials/{official.uid}/mandates/{granted.uid}/approve/"
    assert "司马新来：报送员" in shown(second.client, "/officials/")
    assert "另一位有权的同事" in said_wrong(first.client, approve, {"reason": "同意"})
    answer = second.client.post(approve, {"reason": "同意"})
    assert answer.headers["Location"] == f"/officials/{official.uid}/"
    now = offices.mandates_of(second.actor, official.id, clock.now())[0]
    assert now.standing is Standing.IN_FORCE
    assert Journal.objects.filter(act="approve_mandate", thing_uid=granted.uid, reason="同意").exists()


def test_a_button_stands_only_where_its_reader_may_press_it() -> None:
    office = make_organisation(at=clock.now())
    official, _ = appoint("sima.five", office)
    granted = grant(official, Role.CLERK, office)
    first, second = head_desks()
    page, button = f"/officials/{official.uid}/", f'href="mandates/{granted.uid}/approve/"'
    assert button not in first.client.get(page).content.decode()
    assert "轮到另一位负责人批准" in shown(first.client, page)
    assert button in second.client.get(page).content.decode()
    assert "轮到另一位负责人批准" not in shown(second.client, page)
    second.client.post(f"{page}mandates/{granted.uid}/approve/", {"reason": "同意"})
    second.client.post(f"{page}mandates/{granted.uid}/suspend/", {"reason": "核实"})
    assert "由另一位负责人决定恢复" in shown(second.client, page)
    assert f'href="mandates/{granted.uid}/resume/"' in first.client.get(page).content.decode()


def test_every_further_step_has_its_page_and_its_reason() -> None:
    first, second = head_desks()
    held = make_official(role=Role.CLERK, at=clock.now())
    uid = official_of(held).uid
    mandate = offices.mandates_of(first.actor, official_of(held).id, clock.now())[0]
    base = f"/officials/{uid}/mandates/{mandate.uid}"
    assert "请写明理由" in said_wrong(first.client, f"{base}/suspend/", {"reason": ""})
    for act, by, standing in (
        ("suspend", first, Standing.SUSPENDED),
        ("resume", second, Standing.IN_FORCE),
        ("reapprove", first, Standing.IN_FORCE),
        ("end", second, Standing.ENDED),
    ):
        answer = by.client.post(f"{base}/{act}/", {"reason": f"为了{act}"})
        assert answer.status_code == HTTPStatus.FOUND, act
        assert offices.mandates_of(first.actor, official_of(held).id, clock.now())[0].standing is standing
    assert "按现在的状态，不能做这一步" in said_wrong(first.client, f"{base}/suspend/", {"reason": "再一次"})


def test_who_suspended_does_not_resume() -> None:
    first, _ = head_desks()
    held = make_official(role=Role.CLERK, at=clock.now())
    mandate = offices.mandates_of(first.actor, official_of(held).id, clock.now())[0]
    base = f"/officials/{official_of(held).uid}/mandates/{mandate.uid}"
    first.client.post(f"{base}/suspend/", {"reason": "核实"})
    assert "同一个人不能做两次" in said_wrong(first.client, f"{base}/resume/", {"reason": "核实完"})


def test_a_mandate_of_another_official_is_not_under_this_one() -> None:
    first, _ = head_desks()
    one, other = make_official(at=clock.now()), make_official(at=clock.now())
    theirs = offices.mandates_of(first.actor, official_of(other).id, clock.now())[0]
    address = f"/officials/{official_of(one).uid}/mandates/{theirs.uid}/suspend/"
    assert first.client.post(address, {"reason": "x"}).status_code == HTTPStatus.NOT_FOUND


def test_a_head_of_one_supplier_does_not_see_another() -> None:
    mine = desk(Role.OFFICE_HEAD, organisation=make_organisation(at=clock.now()))
    stranger = official_of(make_official(at=clock.now()))
    assert "您的职权管不到" in refused(mine.client, f"/officials/{stranger.uid}/")
    assert stranger.name not in shown(mine.client, "/officials/")


def test_dismissing_stops_everything_at_once() -> None:
    first, _ = head_desks()
    clerk = desk(Role.CLERK)
    assert clerk.client.get("/permissions/").status_code == HTTPStatus.OK
    uid = official_of(clerk.actor).uid
    assert first.client.post(f"/officials/{uid}/dismiss/", {"reason": "调离"}).status_code == HTTPStatus.FOUND
    assert "已不在这个单位任职" in refused(clerk.client, "/permissions/")
    assert "已不在这个单位任职" in said_wrong(first.client, f"/officials/{uid}/dismiss/", {"reason": "调离"})


def test_a_chosen_mandate_that_was_suspended_gives_way_to_another_in_force() -> None:
    first, second = head_desks()
    clerk = desk(Role.CLERK)
    official = official_of(clerk.actor)
    office = make_organisation(at=clock.now())
    chosen = grant(offices.official_for(first.actor, official.uid, clock.now()), Role.SUPERVISOR_CLERK, office)
    base = f"/officials/{official.uid}/mandates/{chosen.uid}"
    second.client.post(f"{base}/approve/", {"reason": "同意"})
    clerk.client.post("/account/mandate/", {"mandate": str(chosen.uid)})
    assert clerk.client.get("/").wsgi_request.actor.role == Role.SUPERVISOR_CLERK  # type: ignore[attr-defined]
    first.client.post(f"{base}/suspend/", {"reason": "核实"})
    assert clerk.client.get("/").wsgi_request.actor.role == Role.CLERK  # type: ignore[attr-defined]
    assert clerk.client.get("/permissions/").status_code == HTTPStatus.OK
