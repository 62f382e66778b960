"""Who contests, who supplied, who works the case, for tests of remedies. Each module has a city of its own."""

from __future__ import annotations

from uuid import UUID

import pytest

from chengxin.foundation.actors import Actor
from chengxin.offices.terms import OrganisationView, Role
from tests.making import make_city, make_official
from tests.residents import (
    FOUNDED,
    Resident,
    found_city_with_catalogue,
    give_penalty,
    make_resident,
    make_supplier,
)


@pytest.fixture(scope="module")
def in_town(_a_city_of_its_own: None) -> None:
    found_city_with_catalogue()


@pytest.fixture(scope="module")
def supplier(in_town: None) -> OrganisationView:
    return make_supplier()


@pytest.fixture(scope="module")
def caseworker(in_town: None) -> Actor:
    return make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)


@pytest.fixture(scope="module")
def second(in_town: None) -> Actor:
    return make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)


@pytest.fixture(scope="module")
def answerer(supplier: OrganisationView) -> Actor:
    """Who answers for the source, and did not send its files."""
    return make_official(role=Role.SUPERVISOR_CLERK, organisation=supplier, at=FOUNDED)


@pytest.fixture(scope="module")
def chief(supplier: OrganisationView) -> Actor:
    return make_official(role=Role.OFFICE_HEAD, organisation=supplier, at=FOUNDED)


@pytest.fixture
def resident(supplier: OrganisationView) -> Resident:
    return make_resident()


@pytest.fixture
def entry(resident: Resident, supplier: OrganisationView) -> tuple[Resident, UUID]:
    """Somebody with a fine that askers may be told of."""
    _, uid = give_penalty(resident, supplier)
    return resident, uid
