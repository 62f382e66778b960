"""How the office keeps its promises, in figures that identify nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from chengxin.doors.portal.presenters.figures import figure_said, share_said
from chengxin.foundation import clock
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
