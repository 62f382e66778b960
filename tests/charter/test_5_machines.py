"""Charter 5, by machine: every address of the API, found by reflection, tells nobody anything without a look its person reads."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chengxin.access.actions import asking
from chengxin.access.terms.asking import Answered
from chengxin.doors.entrance import Who
from chengxin.foundation import clock
from tests.asking import LOAN, ask, consented, looks, machine_of, question
from tests.charter.routes import Route, routes
from tests.doors.machine.calling import Machine, make_machine
from tests.making import make_asker
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier

FACT = "把过期的月饼改了日期再卖"
_numbers = itertools.count(1)


@pytest.fixture(scope="module", autouse=True)
def in_town(_a_city_of_its_own: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


@pytest.fixture(scope="module")
def bank(in_town: None) -> Machine:
    return make_machine(organisation=make_asker(at=NOW), may_supply=False)


@pytest.fixture
def resident(bank: Machine) -> Resident:
    """Somebody with a fact that would show, who agreed that the bank sees it."""
    resident = make_resident()
    give_penalty(resident, make_supplier(), decided_on=date(2025, 11, 3), more={"CF_WFXW": f"{FACT}{next(_numbers)}"})
    consented(resident, machine_of(bank.client))
    return resident


def for_machines() -> list[Route]:
    """Every address that a machine enters and nobody else."""
    return [one for one in routes() if one.entrance.who in {Who.CLIENT, Who.CLIENT_ASKING, Who.CLIENT_SUPPLYING}]


def about(who: Resident) -> dict[str, Any]:
    return {"purpose": LOAN, "kind": "01", "number": who.someone.number}


def lines(who: Resident) -> dict[str, Any]:
    return {"purpose": LOAN, "lines": [{"kind": "01", "number": who.someone.number}]}


Body = Callable[[Resident], dict[str, Any]]
BODIES: dict[str, Body] = {
    "v1/look-ups": about,
    "v1/checks": about,
    "v1/verifications": lambda who: {**about(who), "purpose": "account_identity", "name": who.someone.name},
    "v1/consent-requests": lambda who: {**about(who), "name": who.someone.name, "reason": "a loan"},
    "v1/look-ups/batch": lines,
    "v1/checks/batch": lines,
    "v1/cases": lambda who: {
        "ref": f"2026-{who.someone.name}",
        "purpose": "tender_review",
        "persons_most": 1,
        "reason": "x",
    },
    "v1/cases/<uuidstr:uid>/close": lambda who: {"reason": "over"},
    "v1/uses": lambda who: {
        "kind": "01",
        "number": who.someone.number,
        "look": str(uuid4()),
        "decision": "云贷〔2026〕1号",
        "decided_on": NOW.date().isoformat(),
        "reason": "refused",
    },
    "v1/recalls/<uuidstr:uid>/acknowledge": lambda who: {"reason": "put right"},
    "v1/batches": lambda who: {"item": "penalty"},
    "v1/reports": lambda who: {"item": "penalty", "reason": "nothing"},
}
"""Address -> what is sent there about somebody. An address that takes nothing is read."""

TELLS = {"v1/look-ups", "v1/look-ups/batch"}
"""Where a bank with a live consent is told something in words."""


def told_by(who: Resident, text: str) -> list[str]:
    return [one for one in (FACT, who.someone.number, who.someone.name, str(who.person_id)) if one in text]


def sent(machine: Machine, route: Route, who: Resident, **more: Any) -> Any:
    address = route.pattern.replace("<uuidstr:uid>", str(uuid4()))
    body = BODIES.get(route.pattern)
    # one address may take both
    return machine.get(f"/{address}", **more) if body is None else machine.post(f"/{address}", body(who), **more)


def test_every_address_is_tried() -> None:
    assert set(BODIES) <= {route.pattern for route in for_machines()}
    read = {route.pattern for route in for_machines()} - set(BODIES)
    assert read == {
        "v1/client",
        "v1/purposes",
        "v1/recalls",
        "v1/batches/<uuidstr:uid>",
        "v1/batches/<uuidstr:uid>/answer",
    }


@pytest.mark.parametrize("route", for_machines(), ids=str)
def test_what_tells_something_leaves_its_look(route: Route, bank: Machine, resident: Resident) -> None:
    before = len(looks(resident))
    answer = sent(bank, route, resident)
    text = answer.content.decode()
    assert bool(told_by(resident, text)) is (route.pattern in TELLS), text
    if route.pattern in TELLS:
        assert answer.status_code == 200
        assert [look.outcome for look in looks(resident)[: len(looks(resident)) - before]] == ["shown"]


@pytest.mark.parametrize("route", for_machines(), ids=str)
def test_where_the_look_cannot_be_written_nothing_is_told(
    route: Route, bank: Machine, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Any:
        raise RuntimeError("no look")

    monkeypatch.setattr(asking, "keep", broken)
    assert not told_by(resident, sent(bank, route, resident).content.decode())


@pytest.mark.parametrize("route", for_machines(), ids=str)
def test_a_machine_of_the_other_kind_and_one_without_a_token_are_told_nothing(
    route: Route, bank: Machine, resident: Resident
) -> None:
    other = make_machine(organisation=make_asker(at=NOW), may_ask=True)
    bank_again = Machine(bank.client, bank.secret, bank.seed, token="nobody")
    stranger = sent(other, route, resident)
    assert not told_by(resident, stranger.content.decode()), "another bank has no consent"
    refused = sent(bank_again, route, resident)
    assert refused.status_code == 401
    assert not told_by(resident, refused.content.decode())


def test_a_look_is_in_the_persons_log_within_the_same_second(bank: Machine, resident: Resident) -> None:
    answer = ask(machine_of(bank.client), question(resident), NOW + timedelta(seconds=1))
    assert isinstance(answer, Answered)
    assert looks(resident)[0].uid == answer.look
