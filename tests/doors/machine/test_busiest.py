"""The straight way answers as the long way does, and lets nobody past who would not get in there."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import resolve
from ninja.operation import PathView

from chengxin.doors.entrance import Who, entrance_of
from chengxin.doors.machine import busiest, handler
from chengxin.doors.machine.api import STRAIGHT, api
from chengxin.doors.machine.handler import URLS, MachineHandler
from chengxin.doors.machine.operations import asking
from tests.charter.people import make_target
from tests.doors.machine.calling import Machine, code_of, make_machine, told
from tests.doors.machine.test_asking import consented, question
from tests.rooms.collection.making import Supplier


@pytest.fixture(scope="module")
def bank(supplier: Supplier) -> Machine:
    return make_machine()


def test_two_operations_go_straight_by_what_they_declare() -> None:
    assert sorted(STRAIGHT) == ["/v1/checks", "/v1/look-ups"]
    declared = {
        f"/v1{path}": view for _, router in api._routers for path, view in router.path_operations.items()
    }  # fmt: skip
    for path, straight in STRAIGHT.items():
        view: PathView = declared[path]
        (operation,) = view.operations
        assert operation.methods == ["POST"]
        assert operation.auth_callbacks == [straight.entrant], "the entrant is the one that the address declares"
        assert operation.view_func is straight.view
        assert inspect.signature(straight.view, eval_str=True).parameters["asked"].annotation is straight.shape
        who = entrance_of(resolve(path, URLS).func)
        assert who is not None
        assert who.who is straight.entrant.who is Who.CLIENT_ASKING


def _unknown_purpose(bank: Machine, body: dict[str, Any]) -> HttpResponse:
    return bank.post("/v1/checks", body | {"purpose": "none_such"})


def _signed_by_nobody(bank: Machine, body: dict[str, Any]) -> HttpResponse:
    return bank.post("/v1/checks", body, sign=False)


def _same_key_other_body(bank: Machine, body: dict[str, Any]) -> HttpResponse:
    key = uuid4().hex
    bank.post("/v1/checks", body, key=key)
    return bank.post("/v1/checks", body | {"case_ref": "other"}, key=key)


CALLS: dict[str, Callable[[Machine, dict[str, Any]], HttpResponse]] = {
    "a look-up": lambda bank, body: bank.post("/v1/look-ups", body),
    "a look-up of less": lambda bank, body: bank.post("/v1/look-ups", body | {"items": {"licence": ["XK_XKJG"]}}),
    "a check": lambda bank, body: bank.post("/v1/checks", body),
    "a purpose that is none": _unknown_purpose,
    "somebody unknown": lambda bank, body: bank.post("/v1/checks", body | {"number": "000101199001011233"}),
    "no key": lambda bank, body: bank.post("/v1/checks", body, key=None),
    "a key that came with another body": _same_key_other_body,
    "no signature": _signed_by_nobody,
    "a body changed on the way": lambda bank, body: bank.post("/v1/checks", body, sent=json.dumps(body).encode()),
    "no token": lambda bank, body: bank.post("/v1/checks", body, after={"authorization": ""}),
    "no body": lambda bank, body: bank.post("/v1/checks", b""),
    "no JSON": lambda bank, body: bank.post("/v1/checks", b"{"),
    "a list": lambda bank, body: bank.post("/v1/checks", b"[]"),
    "a kind that is none": lambda bank, body: bank.post("/v1/checks", body | {"kind": "99"}),
    "a field too many": lambda bank, body: bank.post("/v1/checks", body | {"items": {}}),
    "too much": lambda bank, body: bank.post("/v1/checks", body | {"case_ref": "x" * 70_000}),
    "a query": lambda bank, body: bank.post("/v1/checks?x=1", body),
    "another method": lambda bank, body: bank.get("/v1/checks"),
    "another path": lambda bank, body: bank.post("/v1/checks/", body),
}
_OF_ITS_OWN = re.compile(r'"(look|uid)":"[0-9a-f-]{36}"')


def _as_said(answer: HttpResponse) -> tuple[int, dict[str, str], str]:
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, headers, _OF_ITS_OWN.sub(r'"\1"', answer.content.decode())


@pytest.mark.parametrize("call", CALLS)
def test_both_ways_say_the_same(call: str, bank: Machine, supplier: Supplier, monkeypatch: pytest.MonkeyPatch) -> None:
    target = make_target(supplier, 100 + list(CALLS).index(call))
    consented(bank, target, once=False)
    straight = _as_said(CALLS[call](bank, question(target)))
    looks = [look.outcome for look in target.looks()]
    with monkeypatch.context() as long:
        long.setattr(busiest, "STRAIGHT", {})
        assert _as_said(CALLS[call](bank, question(target))) == straight
    assert [look.outcome for look in target.looks()] == looks * 2, "each asked once, by each way"


def test_a_plain_question_goes_straight_and_no_other(
    bank: Machine, supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = make_target(supplier, 200)
    consented(bank, target, once=False)

    def gone(*_: object, **__: object) -> None:
        raise AssertionError("the long way")

    with monkeypatch.context() as closed:
        closed.setattr("ninja.operation.Operation.run", gone)
        told(bank.post("/v1/checks", question(target)))
        assert bank.post("/v1/checks", b"{").status_code == 500
    monkeypatch.setattr("django.conf.settings.SECURE_SSL_REDIRECT", True)
    assert code_of(bank.post("/v1/checks", question(target))) == (403, "encryption_needed")


def test_what_breaks_on_the_straight_way_is_told_and_undone(
    bank: Machine, supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = make_target(supplier, 201)
    consented(bank, target, once=False)

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("gone")

    key = uuid4().hex
    with monkeypatch.context() as breaking:
        breaking.setattr(asking.access, "ask", broken)
        assert code_of(bank.post("/v1/checks", question(target), key=key)) == (500, "error")
    assert target.looks() == []
    other = question(target, case_ref="another body under the same key: it was undone with the rest")
    told(bank.post("/v1/checks", other, key=key))


def test_connections_are_looked_after_once_a_second_and_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    now, closed = [100.0], []
    monkeypatch.setattr(handler, "monotonic", lambda: now[0])
    monkeypatch.setattr(handler, "_answered", handler.local())
    monkeypatch.setattr(handler, "close_old_connections", lambda: closed.append(now[0]))
    web = handler.connections[handler.WEB]
    for seconds, errors in ((0.0, False), (0.5, False), (0.4, True), (0.3, False), (0.8, False)):
        now[0] += seconds
        monkeypatch.setattr(web, "errors_occurred", errors)
        handler._look_after_connections()
    assert closed == [100.0, pytest.approx(100.9), pytest.approx(102.0)]


def test_a_server_is_given_status_headers_and_body() -> None:
    said: list[Any] = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/v1/checks", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "wsgi.input": BytesIO(b"{}"), "wsgi.url_scheme": "http", "CONTENT_LENGTH": "2",
        "HTTP_HOST": "testserver",
    }  # fmt: skip
    body = b"".join(MachineHandler()(environ, lambda status, headers: said.extend((status, dict(headers)))))
    assert said[0] == "401 Unauthorized"
    assert said[1]["Content-Length"] == str(len(body))
    assert said[1]["X-Content-Type-Options"] == "nosniff"
    assert said[1]["Cache-Control"] == "no-store"
    assert json.loads(body)["code"] == "token_missing"
