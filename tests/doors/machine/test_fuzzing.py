"""Every operation of the OpenAPI document, fed with what its schema allows and with what it does not: nothing breaks, and
nothing is answered that the document does not name."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from chengxin.doors.machine.api import api
from chengxin.doors.machine.handler import MachineHandler
from chengxin.doors.machine.urls import urlpatterns
from tests.doors.machine.calling import Machine, make_machine
from tests.making import make_organisation

SCHEMA = schemathesis.openapi.from_dict({**api.get_openapi_schema()})
SCHEMA.app = MachineHandler()
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
EXAMPLES = 25

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


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.label for operation in OPERATIONS])
def test_nothing_breaks_and_nothing_undocumented_is_answered(operation: Any, mode: GenerationMode, bearer: Machine) -> None:
    @quick
    @given(case=operation.as_strategy(generation_mode=mode))
    def fed(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {bearer.token}"})

    fed()


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.label for operation in OPERATIONS])
def test_random_signatures_break_nothing(operation: Any, signing: Machine) -> None:
    @quick
    @given(case=operation.as_strategy())
    def fed(case: Any) -> None:
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {signing.token}"})
        if "security" in operation.definition.raw:
            assert 400 <= answer.status_code < 500

    fed()
