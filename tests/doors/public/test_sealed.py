"""Which laws may order silence, for everybody: by whom, for how long, and that one which nobody confirmed orders nothing."""

from __future__ import annotations

import html
from http import HTTPStatus

import pytest
from django.test import Client

from chengxin.foundation import clock
from tests.doors.in_force import shipped_editions
from tests.silence import confirm_silence

WAITS, HOLDS = "还没有人对照法律原文核对", "已对照法律原文核对"


@pytest.fixture(scope="module", autouse=True)
def _catalogue(_a_city_of_its_own: None) -> None:
    shipped_editions()


def shown(client: Client) -> str:
    answer = client.get("/promises/delays/")
    assert answer.status_code == HTTPStatus.OK
    return html.unescape(answer.content.decode())


def test_each_law_of_silence_is_told_whole_and_whether_it_was_confirmed() -> None:
    page = shown(Client())
    for words in ("《刑事诉讼法》第152条", "公安机关、人民检察院", "最长 90 天", "予以保密", WAITS):
        assert words in page, words
    assert HOLDS not in page
    confirm_silence(at=clock.now())
    page = shown(Client())
    assert HOLDS in page
    assert WAITS not in page


def test_in_english_too() -> None:
    client = Client()
    client.cookies["language"] = "en"
    page = shown(client)
    for words in ("Secrecy of a criminal inquiry", "police, procuratorate", "90 days at most"):
        assert words in page, words
