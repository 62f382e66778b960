"""The client against the platform, over HTTP: what an integrator's program does, and how it hears of what went wrong."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.idp.oidc.models import Token

from chengxin.access import facade as access
from chengxin.access.terms.consent import Choice
from chengxin.client import Client, Line, Problem, Unreachable
from chengxin.client.conformance import CHECKS, main, run, trial_of
from chengxin.collection import facade as collection
from chengxin.collection.terms import TakenBack
from chengxin.doors.machine import tokens
from chengxin.foundation import jobs
from chengxin.foundation.database import as_person
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from tests.asking import consented, machine_of
from tests.charter.people import make_target
from tests.doors.machine.calling import Machine, make_machine
from tests.making import WHY, make_account, make_organisation
from tests.people import NOW, Someone, invented_identity
from tests.residents import Resident
from tests.rooms.collection.making import Supplier, file_of, hand_in, make_decision, person_of, work_waiting


def client_of(machine: Machine, address: str, **changes: object) -> Client:
    asked: dict[str, object] = {
        "client_id": str(machine.client.uid),
        "secret": machine.secret,
        "private_key": machine.seed,
    }
    return Client(address, **(asked | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def office(supplier: Supplier) -> Machine:
    return make_machine(organisation=make_organisation(kind="fiscal"))


@pytest.fixture
def client(office: Machine, address: str) -> Iterator[Client]:
    with client_of(office, address) as made:
        yield made


def test_it_knows_who_it_is_and_what_it_may_ask(client: Client, office: Machine) -> None:
    found = client.identity()
    assert (found.uid, found.signs, found.may_supply) == (office.client.uid, True, False)
    (purpose,) = client.purposes()
    assert (purpose.code, purpose.case_needed, purpose.batch_most) == ("tender_review", True, 10_000)


def test_a_tender_from_case_to_close(client: Client, supplier: Supplier) -> None:
    target = make_target(supplier, 71)
    case = client.open_case("2026-71", "tender_review", persons_most=2, reason="政府采购")
    assert case in client.cases()
    number = target.decision.document
    assert client.check("tender_review", "01", number, case_ref=case.ref).answer is True
    nobody = invented_identity()[0]
    first, second = client.check_many("tender_review", [Line("01", number, case.ref), Line("01", nobody, "none")])
    assert not isinstance(first, str)
    assert second == "case_missing"
    with pytest.raises(Problem) as refused:
        client.look_up("tender_review", "01", number, case_ref=case.ref)
    assert (refused.value.status, refused.value.code) == (403, "no_answer")
    assert client.look_up_many("tender_review", [Line("01", number, case.ref)]) == ["no_answer"]
    assert client.close_case(case.uid, reason="评审结束").closed_at is not None
    assert case.uid in [one.uid for one in client.cases(closed=True)]


def test_a_loan_with_consent(supplier: Supplier, address: str) -> None:
    target, bank = make_target(supplier, 72), make_machine()
    number, name = target.decision.document, target.decision.name
    with client_of(bank, address) as client:
        client.ask_consent("credit_on_consent", "01", number, name, reason="a loan they applied for")
        with as_person(target.person_id):
            (consent,) = access.consents_of(target.person_id)
        access.give_consent(
            actor=target.actor, person_id=target.person_id, uid=consent.uid, choice=Choice(consent.asked, True, None),
            address="", at=NOW, reason=WHY,
        )  # fmt: skip
        checked = client.check("credit_on_consent", "01", number)
        assert (checked.answer, checked.consent) == (True, consent.uid)
        with pytest.raises(Problem, match="no_answer"):
            client.verify("account_identity", "01", number, name)


def test_what_its_source_took_back_is_told_and_acknowledged(supplier: Supplier, address: str) -> None:
    decision = make_decision(supplier, decided=date(2025, 10, 9), served=date(2025, 10, 10))
    final = {"CX_XWRQ": "2025-09-01", "CX_ZZRQ": "2026-04-12"}
    batch = hand_in(supplier, {**decision.cells(), **final})
    person = Resident(Someone(person_of(decision), decision.document, decision.name), make_account(kind="resident"))
    persons.person_for_verified_identity(
        kind="01", number=decision.document, name=decision.name, assurance=Assurance.COUNTER, source="counter",
        actor=supplier.clerk, at=NOW,
    )  # fmt: skip
    bank = make_machine()
    consented(person, machine_of(bank.client), once=True)
    with client_of(bank, address) as client:
        shown = client.look_up("credit_on_consent", "01", decision.document)
        assert client.recalls() == []
        collection.withdraw_row(
            because=TakenBack.ENDED, actor=supplier.clerk, batch_uid=batch.uid, row_no=1, at=NOW, reason="决定已撤销"
        )
        jobs.run_waiting()
        (line,) = client.recalls()
        assert (line.what, line.look, line.acknowledged_at) == ("withdrawn", shown.look, None)
        done = client.acknowledge_recall(line.uid, reason="贷款资料已更正")
        assert done.acknowledged_at is not None
        assert client.recalls() == [done]
        with pytest.raises(Problem, match="recall_unknown"):
            client.acknowledge_recall(uuid4(), reason="贷款资料已更正")


def test_a_file_and_its_answer(supplier: Supplier, address: str) -> None:
    machine = make_machine(organisation=supplier.office, may_ask=False, may_supply=True)
    content = file_of([make_decision(supplier)])
    with client_of(machine, address) as client:
        sent = client.send_file("penalty", io.BytesIO(content), file_name="处罚.csv", reason="每周报送", key="one")
        again = client.send_file("penalty", io.BytesIO(content), file_name="处罚.csv", reason="每周报送", key="one")
        assert sent.uid == again.uid
        work_waiting()
        assert client.batch(sent.uid).state == "answered"
        assert client.batch(sent.uid).counts["accepted"] == 1
        assert client.batch_answer(sent.uid).startswith(content.split(b"\r\n")[0][:3])


def test_a_token_that_ran_out_is_fetched_anew(client: Client) -> None:
    client.identity()
    Token.objects.all().delete()
    tokens._known.clear()
    client.identity()


def test_a_token_is_fetched_once(client: Client) -> None:
    assert client.token() == client.token()


@pytest.mark.parametrize(
    "address", ["http://credit.example", "ftp://localhost", "https://credit.example/api", "localhost"]
)
def test_an_address_that_is_not_encrypted_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="platform's address"):
        Client(address, client_id="x", secret="y")


def test_nobody_there_is_said_so() -> None:
    with pytest.raises(Unreachable):
        Client("http://127.0.0.1:9", client_id="x", secret="y").token()


def test_a_wrong_secret_is_a_problem(office: Machine, address: str) -> None:
    with client_of(office, address, secret="wrong") as client, pytest.raises(Problem) as refused:
        client.identity()
    assert (refused.value.status, refused.value.code) == (401, "invalid_client")


# --- the checklist --------------------------------------------------------------------------------------------------------


def told(machine: Machine, address: str, **changes: object) -> tuple[int, list[str]]:
    lines: list[str] = []
    asked = {"client_id": str(machine.client.uid), "secret": machine.secret, "private_key": machine.seed}
    trial = trial_of(address, **(asked | changes))  # type: ignore[arg-type]
    return run(trial, lines.append), lines


def test_everything_holds_for_a_client_that_does_it_right(office: Machine, address: str) -> None:
    failed, lines = told(office, address)
    assert (failed, [line for line in lines if line.startswith("FAIL")]) == (0, [])
    assert len([line for line in lines if line.startswith("  ok")]) == len(CHECKS)


def test_a_client_without_a_key_is_told_what_does_not_concern_it(supplier: Supplier, address: str) -> None:
    failed, lines = told(make_machine(signs=False), address)
    assert failed == 0
    assert len([line for line in lines if line.startswith("  --")]) == 3


WRONG: dict[str, tuple[Callable[[Machine], dict[str, object]], str]] = {
    "a wrong secret": (lambda machine: {"secret": "wrong"}, "A token is given"),
    "no key, where one is registered": (lambda machine: {"private_key": None}, "The platform knows the client"),
    "another key": (lambda machine: {"private_key": b"x" * 32}, "The platform knows the client"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_found_and_named(what: str, office: Machine, address: str) -> None:
    changes, line = WRONG[what]
    failed, lines = told(office, address, **changes(office))
    assert failed
    assert any(one.startswith("FAIL") and line in one for one in lines), lines


def test_one_command_runs_it(office: Machine, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "secret").write_text(office.secret)
    (tmp_path / "key").write_text(base64.b64encode(office.seed or b"").decode())
    asked = ["--url", address, "--client-id", str(office.client.uid), "--secret-file", str(tmp_path / "secret")]
    assert main([*asked, "--key-file", str(tmp_path / "key")]) == 0
    assert capsys.readouterr().out.endswith(f"{len(CHECKS)} checks, 0 failed\n")
