"""Where a person wants to be told: an address is written to, and proven by its link, opened while signed in, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.doors.telling import persons_desk
from chengxin.foundation import clock, jobs
from chengxin.foundation.database import as_person
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, make_resident

ADDRESS = "a@example.com"


@pytest.fixture(scope="module", autouse=True)
def _office(city: None) -> None:
    found_city_with_catalogue()


@pytest.fixture(autouse=True)
def _day(_office: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield
    mail.outbox.clear()


def given(resident: Resident, address: str = ADDRESS) -> Client:
    client = signed_in(resident.account)
    page = client.post("/my/contact/", {"email": address}, follow=True).content.decode()
    assert "邮箱已保存" in page
    return client


def link_of(address: str = ADDRESS) -> str:
    jobs.run_waiting()
    sent = [one for one in mail.outbox if one.to == [address]]
    found = re.findall(r"http://localhost:8000(/my/contact/prove/[^\s]+/)", str(sent[-1].body))
    assert len(set(found)) == 1
    return str(found[0])


def is_proven(resident: Resident, at: datetime) -> bool:
    with as_person(resident.person_id), persons_desk(resident.person_id, at=at) as desk:
        return desk.addresses.email_proven


def test_an_address_is_proven_by_its_link_and_the_link_works_once() -> None:
    resident = make_resident()
    client = given(resident)
    assert "还没有证明是您的" in client.get("/my/contact/").content.decode()
    link = link_of()
    assert resident.someone.name not in str(mail.outbox[-1].body)
    assert "Show that this address is yours" in mail.outbox[-1].subject
    later = NOW + timedelta(hours=1)
    with clock.set_for_tests(later):
        assert "这是您的邮箱吗" in client.get(link).content.decode()
        assert not is_proven(resident, later), "to look at the link proves nothing"
        page = client.post(link, follow=True).content.decode()
        assert "已证明是您的" in page
        assert "通知的全部内容会发到这个邮箱" in page
        assert is_proven(resident, later)
        again = client.post(link)
        assert again.status_code == HTTPStatus.FORBIDDEN
        assert "这个链接已经用过" in again.content.decode()


def test_the_link_proves_nothing_to_anybody_else() -> None:
    resident = make_resident()
    given(resident)
    link = link_of()
    led = Client().get(link)
    assert led.status_code == HTTPStatus.FOUND
    assert led.headers["Location"].startswith("/sign-in/?next=%2Fmy%2Fcontact%2Fprove%2F")
    stranger = make_resident()
    other = given(stranger, "b@example.com")
    assert other.post(link).status_code == HTTPStatus.FORBIDDEN
    assert not is_proven(stranger, NOW)
    assert not is_proven(resident, NOW)


@pytest.mark.parametrize(("hours", "status"), [(23, HTTPStatus.OK), (24, HTTPStatus.FORBIDDEN)])
def test_a_link_ends_after_a_day(hours: int, status: HTTPStatus) -> None:
    resident = make_resident()
    client = given(resident)
    link = link_of()
    with clock.set_for_tests(NOW + timedelta(hours=hours)):
        assert client.get(link).status_code == status


def test_a_new_link_voids_the_earlier_one_and_removing_the_address_voids_all() -> None:
    resident = make_resident()
    client = given(resident)
    first = link_of()
    with clock.set_for_tests(NOW + timedelta(minutes=5)):
        assert "新的链接" in client.post("/my/contact/link/", follow=True).content.decode()
        second = link_of()
        assert client.get(first).status_code == HTTPStatus.FORBIDDEN
        assert client.get(second).status_code == HTTPStatus.OK
    with clock.set_for_tests(NOW + timedelta(minutes=6)):
        assert "邮箱已取消" in client.post("/my/contact/take-back/", follow=True).content.decode()
        assert client.get(second).status_code == HTTPStatus.FORBIDDEN
        assert client.post("/my/contact/link/").status_code == HTTPStatus.FORBIDDEN


def test_no_link_goes_to_an_address_that_was_replaced_before_it_was_sent() -> None:
    resident = make_resident()
    client = given(resident)
    with clock.set_for_tests(NOW + timedelta(minutes=1)):
        client.post("/my/contact/", {"email": "right@example.com"})
        jobs.run_waiting()
    assert [one.to for one in mail.outbox] == [["right@example.com"]]


def test_sending_the_link_is_a_look_the_person_sees() -> None:
    resident = make_resident()
    given(resident)
    link_of()
    with as_person(resident.person_id):
        seen = [(one.purpose, one.fields, one.own) for one in access.looks_of(resident.person_id, at=NOW)]
    assert (Purpose.SERVICE_OF_NOTICE, ("contact",), False) in seen


def test_nobody_makes_our_letters_a_nuisance() -> None:
    client = given(make_resident())
    for n in range(9):
        assert client.post("/my/contact/", {"email": f"n{n}@example.com"}).status_code == HTTPStatus.FOUND
    refused = client.post("/my/contact/", {"email": "n10@example.com"})
    assert "改得太多了" in refused.content.decode()
    with clock.set_for_tests(NOW + timedelta(days=1, minutes=1)):
        assert client.post("/my/contact/", {"email": "n11@example.com"}).status_code == HTTPStatus.FOUND
