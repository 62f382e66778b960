"""The family of errors as pages and as JSON: calm, in both languages, and nothing that was half done is kept."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.errors import FAMILIES, ground_in_words, in_words
from chengxin.doors.request import Request
from chengxin.foundation.models import Account
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import BadInput, ChengxinError, Conflict, NotFound, Refusal, Unavailable
from tests.making import make_account

RAISED: dict[str, tuple[Callable[[], Exception], int, str, str]] = {
    "refused": (
        lambda: Refusal(Refused("own_mandate", "个人信息保护法 51(一)")),
        403,
        "own_mandate",
        "不能决定自己的职权",
    ),
    "own-design": (lambda: Refusal(Refused("already_marked", "F5")), 403, "already_marked", "这一步之前已经做过"),
    "no-sentence": (lambda: Refusal(Refused("never_heard_of", "F5")), 403, "never_heard_of", "规则不允许这一步"),
    "missing": (NotFound, 404, "not_found", "这里没有您要找的内容"),
    "input": (BadInput, 400, "bad_input", "有一处内容无法识别"),
    "conflict": (Conflict, 409, "conflict", "别人或系统改了它"),
    "unavailable": (Unavailable, 503, "unavailable", "系统有一部分暂时没有响应"),
    "family": (ChengxinError, 500, "error", "是我们的问题"),
    "denied": (PermissionDenied, 403, "refused", "这一页不对您开放"),
}


@entrance(who=Who.PUBLIC)
def raising(request: Request, which: str) -> HttpResponse:
    make_account()
    if which == "broken":
        raise ZeroDivisionError("身份证 00010119900101001X")
    raise RAISED[which][0]()


def test_a_day_is_told_as_people_read_it() -> None:
    error = Refusal(Refused("law_orders_keeping", "F7", {"until": "2031-10-10"}))
    assert "2031年10月10日" in in_words(error, "zh").what
    assert "10 October 2031" in in_words(error, "en").what


@pytest.mark.parametrize(
    ("basis", "zh", "en"),
    [
        ("个人信息保护法 51(四)", "《个人信息保护法》第51条第（四）项", "《个人信息保护法》 art. 51(四)"),
        ("个人信息保护法 9", "《个人信息保护法》第9条", "《个人信息保护法》 art. 9"),
        ("GB 32100-2015", "GB 32100-2015", "GB 32100-2015"),
    ],
)
def test_a_ground_is_cited_as_people_cite_it(basis: str, zh: str, en: str) -> None:
    assert ground_in_words(basis, "zh") == zh
    assert ground_in_words(basis, "en") == en


def test_a_habit_of_ours_is_no_ground() -> None:
    assert in_words(Refusal(Refused("already_marked", "house habit 3")), "zh").basis == ""


urlpatterns = [path("raise/<str:which>/", raising), path("", include("chengxin.doors.urls"))]
handler403 = "chengxin.doors.portal.errors.forbidden"
handler404 = "chengxin.doors.portal.errors.not_found"
handler500 = "chengxin.doors.portal.errors.broken"


@pytest.fixture(autouse=True)
def _doors() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize("which", RAISED)
def test_an_error_is_a_calm_page_and_rolls_back(which: str) -> None:
    _, status, _, sentence = RAISED[which]
    before = Account.objects.count()
    answer = Client().get(f"/raise/{which}/")
    assert answer.status_code == status
    page = answer.content.decode()
    assert sentence in page
    assert "发生了什么" in page
    assert "您可以" in page
    assert Account.objects.count() == before
    client = Client()
    client.cookies["language"] = "en"
    assert "What happened" in client.get(f"/raise/{which}/").content.decode()


@pytest.mark.parametrize("which", [which for which in RAISED if which != "denied"])
def test_a_machine_gets_the_same_as_json(which: str) -> None:
    _, status, code, sentence = RAISED[which]
    answer = Client(headers={"accept": "application/json"}).get(f"/raise/{which}/")
    assert answer.status_code == status
    said = answer.json()
    assert said["code"] == code
    assert sentence in said["what"]


def test_a_law_is_shown_as_ground_and_our_own_numbering_is_not() -> None:
    assert "《个人信息保护法》第51条第（一）项" in Client().get("/raise/refused/").content.decode()
    assert "F5" not in Client().get("/raise/own-design/").content.decode()


def test_what_broke_says_its_reference_and_nothing_of_the_fault() -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/raise/broken/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    page = answer.content.decode()
    assert "编号 " in page
    assert "00010119900101001X" not in page
    assert "ZeroDivision" not in page


def test_an_address_that_is_none_is_a_calm_page() -> None:
    answer = Client().get("/no/such/page/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "没有这一页" in answer.content.decode()


def test_every_family_has_its_page() -> None:
    families = {Refusal, NotFound, BadInput, Conflict, Unavailable, ChengxinError}
    assert {family for family, _, _ in FAMILIES} == families
    assert [family for family, _, _ in FAMILIES][-1] is ChengxinError, "the widest comes last"
