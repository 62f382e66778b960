"""A supplier's file by machine ends in the same action as the page, and is answered row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from chengxin.client.signing import content_digest
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, Channel
from chengxin.foundation.actors import Actor
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from tests.doors.machine.calling import Machine, code_of, make_machine, told
from tests.making import WHY, heads
from tests.people import NOW
from tests.rooms.collection.making import (
    Supplier,
    counted,
    file_of,
    make_decision,
    make_supplier,
    work_waiting,
)


@pytest.fixture(scope="module")
def machine(supplier: Supplier) -> Machine:
    return make_machine(organisation=supplier.office, may_ask=False, may_supply=True)


@pytest.fixture(scope="module")
def content(supplier: Supplier) -> Callable[[], bytes]:
    """A file with one new decision of the machine's office."""
    return lambda: file_of([make_decision(supplier)])


def send(
    machine: Machine, content: bytes, *, key: str | None = "", item: str = "penalty", **changes: Any
) -> HttpResponse:
    query = urlencode({"item": item, "file_name": "处罚.csv", "reason": "每周报送"}, quote_via=quote)
    headers = {"content-type": "application/octet-stream", "content-digest": content_digest(content)}
    if key is not None:
        headers["idempotency-key"] = key or uuid4().hex
    return machine.call("POST", f"/v1/batches?{query}", content, headers | changes.pop("headers", {}), **changes)


def test_a_file_goes_in_and_comes_back_answered(machine: Machine, supplier: Supplier) -> None:
    content = file_of([make_decision(supplier), make_decision(supplier)])
    sent = told(send(machine, content), 202)
    assert sent["state"] == "waiting"
    batch = collection.batch_by_uid(UUID(sent["uid"]))
    assert (batch.channel, batch.organisation_id, batch.sent_by) == (Channel.API, supplier.office.id, machine.client.id)
    assert batch.reason == "每周报送"
    work_waiting()
    state = told(machine.get(f"/v1/batches/{sent['uid']}"))
    assert state["state"] == BatchState.ANSWERED.value
    assert state["counts"] == {"received": 2, "accepted": 2, "held": 0, "refused": 0}
    answer = machine.get(f"/v1/batches/{sent['uid']}/answer")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert b"".join(answer.streaming_content).count(b"\r\n") == 3  # type: ignore[attr-defined]


def test_the_same_request_is_answered_with_the_first_batch(machine: Machine, content: Callable[[], bytes]) -> None:
    file, key = content(), uuid4().hex
    first, again = told(send(machine, file, key=key), 202), told(send(machine, file, key=key), 202)
    assert first["uid"] == again["uid"]
    assert code_of(send(machine, content(), key=key)) == (422, "idempotency_key_reused")


def test_a_file_that_arrives_changed_is_not_taken(machine: Machine, content: Callable[[], bytes]) -> None:
    file = content()
    before = counted("collection_batch")
    assert code_of(send(machine, file, sent=file[:-1] + b"x")) == (400, "digest_mismatch")
    assert counted("collection_batch") == before


def test_a_file_whose_sending_failed_may_be_sent_again_under_its_key(
    machine: Machine, content: Callable[[], bytes]
) -> None:
    file, key = content(), uuid4().hex
    assert code_of(send(machine, file, key=key, sent=file + b"x")) == (400, "digest_mismatch")
    told(send(machine, file, key=key), 202)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"item": "nothing_like_it"}, (403, "item_unknown")),
        ({"item": "court_defaulter"}, (403, "not_your_item")),
        ({"item": "Not a code"}, (422, "body_not_valid")),
        ({"key": None}, (400, "idempotency_key_missing")),
        ({"headers": {"content-digest": "sha-512=:AAAA:"}}, (400, "digest_missing")),
        ({"headers": {"content-digest": "sha-256=:AAAA:"}}, (400, "digest_missing")),
    ],
)
def test_what_is_not_taken_says_why(
    changes: dict[str, Any], expected: tuple[int, str], machine: Machine, content: Callable[[], bytes]
) -> None:
    assert code_of(send(machine, content(), **changes)) == expected


def test_nothing_is_sent_without_its_length(machine: Machine) -> None:
    answer = send(machine, b"x", after={"content-length": ""})
    assert code_of(answer) == (411, "length_missing")


def test_another_offices_batch_is_not_theirs_to_see(machine: Machine, content: Callable[[], bytes]) -> None:
    other = make_supplier()
    uid = told(send(make_machine(organisation=other.office, may_ask=False, may_supply=True), content()), 202)["uid"]
    assert code_of(machine.get(f"/v1/batches/{uid}"))[0] == 403
    assert code_of(machine.get(f"/v1/batches/{uid}/answer"))[0] == 403
    assert code_of(machine.get(f"/v1/batches/{uuid4()}")) == (404, "batch_unknown")


def test_there_is_no_answer_before_the_batch_is_through(machine: Machine, content: Callable[[], bytes]) -> None:
    uid = told(send(machine, content()), 202)["uid"]
    assert code_of(machine.get(f"/v1/batches/{uid}/answer")) == (409, "batch_not_answered")
    work_waiting()


def test_an_office_says_that_there_is_nothing() -> None:
    supplier = make_supplier()
    machine = make_machine(organisation=supplier.office, may_ask=False, may_supply=True)
    report = {"item": "penalty", "day": NOW.date().isoformat(), "reason": "本期没有"}
    period = told(machine.post("/v1/reports", report), 201)
    assert period["item"] == "penalty"
    assert period["period_from"] <= report["day"] <= period["period_to"]
    assert code_of(machine.post("/v1/reports", report)) == (403, "period_reported")


def test_a_machine_does_what_supplying_takes_and_nothing_else(machine: Machine, supplier: Supplier) -> None:
    actor = Actor(kind="client", organisation_id=supplier.office.id, client_id=machine.client.id)
    allowed = {one for one in Permission if not hasattr(offices.may(actor, one, NOW), "reason")}
    assert allowed == {Permission.SEND_FILE, Permission.REPORT_NOTHING, Permission.SEE_BATCHES, Permission.READ_FILES}
    with pytest.raises(Refusal):
        offices.require_permission(actor, Permission.SEND_FILE, NOW, organisation_id=heads()[0].organisation_id)
    stranger = Actor(kind="client", organisation_id=heads()[0].organisation_id, client_id=machine.client.id)
    assert getattr(offices.may(stranger, Permission.SEND_FILE, NOW), "reason", "") == "client_not_in_force"
    offices.end_client(actor=heads()[0], client_uid=machine.client.uid, at=NOW, reason=WHY)
    assert getattr(offices.may(actor, Permission.SEND_FILE, NOW), "reason", "") == "client_not_in_force"
