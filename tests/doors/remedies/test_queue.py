"""The queue: the nearest last day first, in word and colour, filtered, put on desks one or many, and nobody's name in it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day, shipped_holidays
from chengxin.offices.terms import Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.models import Docket
from chengxin.remedies.terms.desks import Due, QueueAsk
from chengxin.remedies.terms.workflows import Act
from tests.doors.offering import desk, refused, sent, shown
from tests.doors.remedies.conftest import Contested, Town
from tests.making import make_organisation
from tests.people import NOW
from tests.remedies import later, step

TODAY = shanghai_day(NOW)


def test_whoever_works_answers_or_leads_enters_and_nobody_else(town: Town, contested: Contested) -> None:
    for one in (town.officer, town.answerer, town.chief):
        assert contested.case.number in shown(one.client, "/remedies/")
    for role in (Role.CLERK, Role.INQUIRER, Role.AUDITOR):
        assert "您现在的职权不包括这一步" in refused(desk(role).client, "/remedies/")
    assert Client().get("/remedies/").headers["Location"].startswith("/sign-in/")


def test_another_source_sees_nothing_of_it(contested: Contested) -> None:
    stranger = desk(Role.SUPERVISOR_CLERK, organisation=make_organisation())
    assert contested.case.number not in shown(stranger.client, "/remedies/")
    assert stranger.client.get(contested.address).status_code == HTTPStatus.NOT_FOUND


def test_a_line_says_what_whose_turn_and_until_when_and_not_who(town: Town, contested: Contested) -> None:
    page = shown(town.officer.client, "/remedies/")
    assert all(told in page for told in ("异议", contested.case.number, "轮到谁", "平台自查中", "一两天内", "还没有人"))
    assert town.source.name_zh in page
    assert contested.resident.someone.name not in page
    assert contested.resident.someone.number not in page


def test_who_somebody_is_is_read_once_for_a_queue_and_once_for_a_case(town: Town, contested: Contested) -> None:
    actor = town.chief.actor
    with CaptureQueriesContext(connections["default"]) as queue:
        assert remedies.queue_for(actor, QueueAsk(), NOW).lines
    with CaptureQueriesContext(connections["default"]) as acts:
        assert remedies.acts_open(actor, contested.case.uid, at=NOW) == ()
    for asked in (queue, acts):
        assert sum('FROM "offices_mandate"' in one["sql"] for one in asked) == 1
    paths = [one["sql"] for one in acts if "parent_id" in one["sql"]]
    assert len(paths) == len(set(paths)), "where an organisation stands is asked once for each"


@pytest.mark.parametrize(
    ("days", "word"), [(-1, Due.OVERDUE), (0, Due.TODAY), (1, Due.SOON), (2, Due.SOON), (3, Due.LATER), (90, Due.LATER)]
)
def test_a_day_has_its_word(days: int, word: Due) -> None:
    # Monday, 1 June 2026: two working days lie ahead before Thursday
    assert remedies.due_word(TODAY + timedelta(days=days), TODAY, shipped_holidays()) is word


def test_a_weekend_between_is_no_working_day() -> None:
    friday = TODAY + timedelta(days=4)
    assert remedies.due_word(friday + timedelta(days=4), friday, shipped_holidays()) is Due.SOON
    assert remedies.due_word(friday + timedelta(days=5), friday, shipped_holidays()) is Due.LATER
    assert remedies.due_word(None, friday, shipped_holidays()) is Due.NONE


def test_what_is_late_stands_first_and_says_so(town: Town, contested: Contested) -> None:
    with clock.set_for_tests(later(3)):
        page = shown(town.officer.client, "/remedies/")
    assert "已逾期" in page
    assert "逾期未答，已移除" in page, "silence is so without anybody writing it down"
    Docket.objects.filter(uid=contested.case.uid).update(due_on=TODAY - timedelta(days=30))
    numbers = town.officer.client.get("/remedies/").content.decode()
    assert numbers.index(contested.case.number) == min(
        numbers.index(one.number) for one in remedies.open_cases(town.office.id)
    )


def test_filters_show_what_was_asked(town: Town, contested: Contested) -> None:
    step(town.officer.actor, contested.case, Act.FORWARD)
    for query, there in (
        ("turn=supplier", True),
        ("turn=platform", False),
        ("workflow=objection", True),
        ("workflow=repair", False),
        ("desk=unassigned", True),
        ("desk=mine", False),
        ("turn=nonsense&page=-3", True),
    ):
        page = shown(town.officer.client, f"/remedies/?{query}")
        assert (contested.case.number in page) is there, query


def test_one_takes_a_case_and_gives_many_to_a_colleague(town: Town, contested: Contested) -> None:
    client, uid = town.officer.client, str(contested.case.uid)
    assert sent(client, "/remedies/assign/", {"mine": uid, "query": "turn=platform"}) == "/remedies/?turn=platform"
    assert contested.case.number in shown(client, "/remedies/?desk=mine")
    sent(client, "/remedies/assign/", {"case": [uid], "to": str(town.second.actor.official_id)})
    assert contested.case.number not in shown(client, "/remedies/?desk=mine")
    assert contested.case.number in shown(town.second.client, "/remedies/?desk=mine")
    sent(client, "/remedies/assign/", {"all": "1", "listed": [uid], "to": "nobody"})
    assert Docket.objects.get(uid=uid).assigned_to is None


def test_no_choice_changes_nothing_and_the_filter_is_no_way_out(town: Town, contested: Contested) -> None:
    there = sent(town.officer.client, "/remedies/assign/", {"to": "nobody", "query": "https://elsewhere.example/"})
    assert there == "/remedies/"
    assert "没有选中任何事项" in shown(town.officer.client, "/remedies/")
    answer = town.officer.client.post("/remedies/assign/", {"mine": "not a number"})
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_only_who_works_cases_puts_them_on_desks(town: Town, contested: Contested) -> None:
    uid = str(contested.case.uid)
    assert "您现在的职权不包括这一步" in refused(town.answerer.client, "/remedies/assign/", data={"mine": uid})
    assert "分派" not in shown(town.answerer.client, "/remedies/")


def test_fifty_stand_on_a_page(town: Town, contested: Contested) -> None:
    first = Docket.objects.get(uid=contested.case.uid)
    for n in range(51):
        first.pk = first.uid = UUID(int=n)
        first.save(force_insert=True)
    page = town.officer.client.get("/remedies/").content.decode()
    assert page.count('name="case"') == 50
    assert 'href="?page=2"' in page
    second = town.officer.client.get("/remedies/?page=2").content.decode()
    assert 0 < second.count('name="case"') <= 50
    assert 'href="?page=1"' in second
    made = Docket.objects.filter(uid__in=[UUID(int=n) for n in range(51)])
    made.update(closed_at=NOW, outcome="for", due_on=None, matter="")
