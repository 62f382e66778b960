"""How the office keeps its promises, in figures that identify nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from chengxin.doors.portal.presenters.figures import figure_said, share_said
from chengxin.foundation import clock
from chengxin.remedies.models import Docket
from tests.doors.offering import shown
from tests.people import NOW
from tests.rooms.collection.making import hand_in, make_decision, make_supplier


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(_a_city_of_its_own: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


def test_small_figures_are_not_told() -> None:
    assert [figure_said(count, "zh") for count in (0, 1, 4, 5, 1234)] == ["0", "少于 5", "少于 5", "5", "1,234"]
    assert share_said(4, 1000, "en") == "fewer than 5"
    assert share_said(50, 1000, "en") == "50 (5.0%)"
    assert share_said(0, 0, "zh") == "0"


def test_a_share_does_not_give_away_the_small_rest_of_its_whole() -> None:
    """6 and 75.0 % are 8, and 2 that were held back."""
    assert [share_said(6, whole, "en") for whole in (7, 8, 10)] == ["6"] * 3
    assert [share_said(6, whole, "en") for whole in (6, 11)] == ["6 (100.0%)", "6 (54.5%)"]


def test_the_page_counts_what_came_in() -> None:
    supplier = make_supplier()
    good = [make_decision(supplier) for _ in range(7)]
    wrong = [make_decision(supplier, document="00010119900101123X") for _ in range(6)]
    few = [make_decision(supplier, law="《没有这部法》第一条")]
    hand_in(supplier, *good, *wrong, *few)
    page = shown(Client(), "/promises/")
    assert "文件里的行 14" in page
    assert "因为不合规定退回的行 6（42.9%）" in page
    assert "先不记录的行 少于 5" in page
    assert "少于 5 的不写出来" in page
    assert "正在处理的异议 0" in page


def test_the_page_counts_open_cases_of_objection_and_says_how_long_the_oldest_waits() -> None:
    """Six are open, of which one has waited ten days; a closed one and another kind of case are not among them."""
    six = [opened("objection", NOW - timedelta(days=days)) for days in (1, 1, 2, 3, 5, 10)]
    opened("objection", NOW - timedelta(days=40), closed_at=NOW, outcome="for")
    opened("repair", NOW - timedelta(days=50))
    assert "正在处理的异议 6，最早的已等 10 天" in shown(Client(), "/promises/")
    Docket.objects.filter(uid__in=six[:2]).update(closed_at=NOW, outcome="for")
    assert "正在处理的异议 少于 5" in shown(Client(), "/promises/")


def opened(workflow: str, at: datetime, **said: object) -> UUID:
    """A case in the lists."""
    office = uuid4()
    line = Docket(uid=uuid4(), workflow=workflow, about_kind="entry", state="checking", turn="platform", opened_at=at)
    line.organisation_id = line.turn_of = office
    for name, value in said.items():
        setattr(line, name, value)
    line.save(force_insert=True)
    return line.uid
