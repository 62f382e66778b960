"""Every operation of the OpenAPI document, fed with what its schema allows and with what it does not: nothing breaks, and
nothing is answered that the document does not name."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from chengxin.doors.machine.api import api
from chengxin.doors.machine.handler import MachineHandler
from chengxin.doors.machine.urls import urlpatterns
from tests.doors.machine.calling import Machine, make_machine
from tests.making import make_organisation

SCHEMA = schemathesis.openapi.from_dict({**api.get_openapi_schema()})
SCHEMA.app = MachineHandler()
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
EXAMPLES = 20

quick = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def bearer(supplier: object) -> Machine:
    """A client that signs nothing and may do everything: what is sent is read to its end."""
    return make_machine(organisation=make_organisation(kind="fiscal"), may_supply=True, signs=False)


@pytest.fixture(scope="module")
def signing(supplier: object) -> Machine:
    return make_machine()


def test_every_address_of_the_document_is_among_them() -> None:
    assert len(OPERATIONS) == len(urlpatterns) - 1
    assert {operation.definition.raw["operationId"] for operation in OPERATIONS} == {
        one["operationId"] for methods in api.get_openapi_schema()["paths"].values() for one in methods.values()
    }


def fed_with() -> list[tuple[Any, GenerationMode]]:
    """Each operation with what its schema allows, and, where it reads anything at all, with what it does not."""
    both = []
    for operation in OPERATIONS:
        both.append((operation, GenerationMode.POSITIVE))
        raw = operation.definition.raw
        read = [one for one in raw.get("parameters", ()) if not one["name"].startswith("Signature")]
        if read or "requestBody" in raw:
            both.append((operation, GenerationMode.NEGATIVE))
    return both


@pytest.mark.parametrize(
    ("operation", "mode"), fed_with(), ids=[f"{operation.label} {mode.value}" for operation, mode in fed_with()]
)
def test_nothing_breaks_and_nothing_undocumented_is_answered(
    operation: Any, mode: GenerationMode, bearer: Machine
) -> None:
    # of a file only length and digest are checked before it is taken: both ways of judging data speak of its body
    streams = operation.path == "/v1/batches"
    excluded = [positive_data_acceptance, negative_data_rejection] if streams else []

    @quick
    @given(case=operation.as_strategy(generation_mode=mode))
    def fed(case: Any) -> None:
        headers = {"Authorization": f"Bearer {bearer.token}"}
        if mode is GenerationMode.POSITIVE:
            # the same key with another body would be refused, and rightly
            headers["Idempotency-Key"] = uuid4().hex
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    fed()


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.label for operation in OPERATIONS])
def test_random_signatures_break_nothing(operation: Any, signing: Machine) -> None:
    @quick
    @given(case=operation.as_strategy())
    def fed(case: Any) -> None:
        headers = {"Authorization": f"Bearer {signing.token}", "Idempotency-Key": uuid4().hex}
        answer = case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
        if "security" in operation.definition.raw:
            assert 400 <= answer.status_code < 500

    fed()
