"""Every base page, as everybody meets it: phone and desk, both languages, with and without scripts, large text, dark."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tests.journeys.browser import LOOKS, Look, OpenPage, check_page
from tests.making import make_city

PUBLIC = [
    "/",
    "/complain/",
    "/promises/",
    "/announcements/",
    "/clocks/",
    "/accessibility/",
    "/sign-in/",
    "/sign-in/code/",
]


@pytest.fixture(scope="module", autouse=True)
def _office(city: None) -> None:
    make_city()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_public_pages_stop_nobody(open_page: OpenPage, look: Look) -> None:
    page = open_page(look)
    for address in PUBLIC:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == HTTPStatus.OK
        check_page(page)
