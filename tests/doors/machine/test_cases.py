"""Cases by machine, and many questions in one request: each with a ground of its own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.charter.people import Target, make_target
from tests.doors.machine.calling import Machine, code_of, make_machine, told
from tests.making import make_asker, make_organisation
from tests.people import invented_identity
from tests.rooms.collection.making import Supplier, counted

PURPOSE = "tender_review"


@pytest.fixture(scope="module")
def office(supplier: Supplier) -> Machine:
    return make_machine(organisation=make_organisation(kind="fiscal"))


@pytest.fixture(scope="module")
def targets(supplier: Supplier) -> list[Target]:
    return [make_target(supplier, number) for number in (61, 62)]


def opening(ref: str = "", **more: Any) -> dict[str, Any]:
    ref = ref or uuid4().hex[:12]
    return {"ref": ref, "purpose": PURPOSE, "persons_most": 5, "reason": "政府采购资格审查", **more}


def test_a_case_is_opened_listed_and_closed(office: Machine) -> None:
    case = told(office.post("/v1/cases", opening("2026-1")), 201)
    assert case["closed_at"] is None
    assert case["uid"] in [one["uid"] for one in told(office.get("/v1/cases"))["cases"]]
    closed = told(office.post(f"/v1/cases/{case['uid']}/close", {"reason": "评审结束"}))
    assert closed["closed_at"]
    assert case["uid"] not in [one["uid"] for one in told(office.get("/v1/cases"))["cases"]]
    assert case["uid"] in [one["uid"] for one in told(office.get("/v1/cases?closed=true"))["cases"]]


def test_a_check_on_a_law_needs_its_case_open(office: Machine, targets: list[Target]) -> None:
    case = told(office.post("/v1/cases", opening()), 201)
    asked = {"purpose": PURPOSE, "kind": "01", "number": targets[0].decision.document}
    assert code_of(office.post("/v1/checks", asked)) == (403, "case_missing")
    assert told(office.post("/v1/checks", asked | {"case_ref": case["ref"]}))["answer"] is True
    told(office.post(f"/v1/cases/{case['uid']}/close", {"reason": "评审结束"}))
    assert code_of(office.post("/v1/checks", asked | {"case_ref": case["ref"]})) == (403, "case_not_open")


def test_a_decision_against_somebody_is_reported_once(office: Machine, targets: list[Target]) -> None:
    case = told(office.post("/v1/cases", opening()), 201)
    document = {"kind": "01", "number": targets[0].decision.document}
    answer = told(office.post("/v1/checks", {"purpose": PURPOSE, "case_ref": case["ref"], **document}))
    used = {
        **document,
        "look": answer["look"],
        "decision": "云财采决〔2026〕7号",
        "decided_on": answer["at"][:10],
        "reason": "未通过",
    }
    nobody = used | {"number": targets[1].decision.document}
    assert code_of(office.post("/v1/uses", nobody)) == (404, "look_unknown")
    assert code_of(office.post("/v1/uses", used | {"decided_on": "2020-01-01"})) == (403, "decision_day_impossible")
    assert told(office.post("/v1/uses", used), 201)["uid"]
    assert code_of(office.post("/v1/uses", used)) == (409, "use_reported")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ref": "000101199001010001"}, (400, "reason_names_somebody")),
        ({"reason": "为 000101199001010001 立案"}, (400, "reason_names_somebody")),
        ({"purpose": "nothing_like_it"}, (403, "purpose_without_case")),
        ({"persons_most": 0}, (422, "body_not_valid")),
        ({"reason": "  "}, (422, "body_not_valid")),
    ],
)
def test_a_case_that_cannot_be_opened_says_why(
    changes: dict[str, Any], expected: tuple[int, str], office: Machine
) -> None:
    assert code_of(office.post("/v1/cases", opening(**changes))) == expected


def test_one_number_is_one_case(office: Machine) -> None:
    told(office.post("/v1/cases", opening("2026-2")), 201)
    assert code_of(office.post("/v1/cases", opening("2026-2"))) == (409, "case_number_taken")


def test_a_case_of_others_is_not_there(office: Machine) -> None:
    case = told(office.post("/v1/cases", opening()), 201)
    other = make_machine(organisation=make_organisation(kind="fiscal"))
    assert code_of(other.post(f"/v1/cases/{case['uid']}/close", {"reason": "x"})) == (404, "case_unknown")
    assert told(other.get("/v1/cases"))["cases"] == []


# --- many at once ---------------------------------------------------------------------------------------------------------


def test_each_line_of_a_batch_has_a_ground_and_a_look_of_its_own(office: Machine, targets: list[Target]) -> None:
    case = told(office.post("/v1/cases", opening()), 201)
    nobody = invented_identity()[0]
    lines = [
        {"kind": "01", "number": targets[0].decision.document, "case_ref": case["ref"]},
        {"kind": "01", "number": targets[1].decision.document, "case_ref": "another"},
        {"kind": "01", "number": nobody, "case_ref": case["ref"]},
    ]
    before = [len(target.looks()) for target in targets]
    found = told(office.post("/v1/checks/batch", {"purpose": PURPOSE, "lines": lines}))["lines"]
    assert [line["line"] for line in found] == [0, 1, 2]
    assert found[0]["answered"]["answer"] is True
    assert found[1]["refused"] == {"code": "case_missing"}
    assert found[2]["answered"]["answer"] is True
    assert [len(target.looks()) for target in targets] == [n + 1 for n in before]
    looked = told(office.post("/v1/look-ups/batch", {"purpose": PURPOSE, "lines": lines}))["lines"]
    assert [line["refused"]["code"] for line in looked] == ["no_answer", "case_missing", "no_answer"]


def test_a_purpose_without_batches_takes_none(supplier: Supplier) -> None:
    bank = make_machine(organisation=make_asker())
    lines = [{"kind": "01", "number": invented_identity()[0]} for _ in range(2)]
    asked = {"purpose": "credit_on_consent", "lines": lines}
    answer = bank.post("/v1/checks/batch", asked)
    assert code_of(answer) == (403, "batch_too_large")
    assert code_of(bank.post("/v1/checks/batch", asked | {"lines": []})) == (422, "body_not_valid")
    assert code_of(bank.post("/v1/checks/batch", asked | {"lines": lines * 5001})) == (422, "body_not_valid")


def test_a_batch_of_ten_thousand_is_read(office: Machine) -> None:
    """More than Django reads for a form: a line may hold what a line may hold, ten thousand times."""
    line = {"kind": "01", "number": "0" * 40, "case_ref": "案" * 64}
    answer = office.post("/v1/checks/batch", {"purpose": "nothing_like_it", "lines": [line] * 10_000})
    assert code_of(answer) == (403, "purpose_not_in_force")
    assert counted("access_unheld") >= 0
