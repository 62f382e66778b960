"""`chengxin found`: two heads and no third way to be first; and the commands on databases and disposal beside it."""

from __future__ import annotations

import pytest

from chengxin.doors.commands.refusals import BAD_INPUT, DONE, REFUSED
from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role
from tests.doors.commands.calling import call
from tests.making import make_code

Capture = pytest.CaptureFixture[str]
HEADS = ("--head", "head_zhang:张三", "--head", "head_li:李四")
CITY = ("--name-zh", "示例市公共信用中心", "--name-en", "Example Credit Centre", "--contact", "示例市长安街1号")
WHY = ("--reason", "市政府文件〔2026〕1号")


@pytest.fixture(scope="module")
def code() -> str:
    return make_code()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--head", "head_zhang:张三"),
        ("--head", "head_zhang:张三", "--head", "head_li"),
        ("--head", "a:甲", "--head", "b:乙", "--head", "c:丙"),
    ],
)
def test_two_heads_each_with_login_and_name(capsys: Capture, code: str, arguments: tuple[str, ...]) -> None:
    told = call(capsys, "found", *CITY, "--code", code, *arguments, *WHY)
    assert told.code == BAD_INPUT
    assert not Account.objects.exists()


def test_what_is_missing_is_named(capsys: Capture) -> None:
    told = call(capsys, "found", *CITY, *HEADS, *WHY)
    assert told.code == BAD_INPUT
    assert "--code" in told.err


def test_the_city_is_founded_once(capsys: Capture, code: str) -> None:
    told = call(capsys, "found", *CITY, "--code", code, *HEADS, *WHY)
    assert told.code == DONE
    passwords = dict(line.split() for line in told.out.splitlines() if line.startswith("  head_"))
    at = clock.now()
    for login, password in passwords.items():
        account = Account.objects.get(username=login)
        assert account.check_password(password)
        assert offices.actor_for(account, second_factor=True, at=at).role == Role.OFFICE_HEAD
    again = call(capsys, "found", *CITY, "--code", make_code(), "--head", "x:甲", "--head", "y:乙", *WHY)
    assert again.code == REFUSED
    assert "city_already_founded" in again.err
    assert not Account.objects.filter(username__in=["x", "y"]).exists()


def test_heads_are_seated_again_only_where_they_are_missing(capsys: Capture) -> None:
    told = call(capsys, "found", "--again", "--head", "x:甲", "--head", "y:乙", *WHY)
    assert told.code == REFUSED
    assert "heads_in_office" in told.err


def test_the_schema_is_told_as_it_is(capsys: Capture) -> None:
    told = call(capsys, "database", "status")
    assert told.code == DONE
    assert "up to date" in told.out


def test_disposal_of_nothing_is_done(capsys: Capture) -> None:
    told = call(capsys, "dispose")
    assert told.code == DONE
    assert "0 records" in told.out
