"""Who asks and who is asked about, for tests of questions. Each module founds its own city (`in_town`)."""

from __future__ import annotations

import pytest

from chengxin.foundation.actors import Actor
from chengxin.offices.terms import OrganisationView
from tests.asking import machine_of, make_bank, make_client
from tests.making import make_organisation
from tests.residents import FOUNDED, Resident, give_licence, give_penalty, make_resident, make_supplier


@pytest.fixture(scope="module")
def bank(in_town: None) -> Actor:
    return machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))


@pytest.fixture(scope="module")
def supplier(in_town: None) -> OrganisationView:
    return make_supplier()


@pytest.fixture(scope="module")
def court(in_town: None) -> OrganisationView:
    return make_organisation(kind="court")


@pytest.fixture(scope="module")
def finance(in_town: None) -> OrganisationView:
    return make_organisation(kind="fiscal")


@pytest.fixture
def resident(supplier: OrganisationView) -> Resident:
    """Somebody with a licence and a fine that askers may be told of."""
    resident = make_resident()
    give_licence(resident, supplier)
    give_penalty(resident, supplier)
    return resident
