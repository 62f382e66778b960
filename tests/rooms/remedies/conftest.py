"""Who contests, who supplied, who works the case, for tests of remedies. Each module has a city of its own."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from chengxin.access.terms.asking import Answered
from chengxin.foundation.actors import Actor
from chengxin.offices.terms import OrganisationView, Role
from tests.asking import ask, consented, machine_of, make_bank, make_client, question
from tests.making import make_city, make_official
from tests.people import NOW
from tests.residents import (
    FOUNDED,
    Resident,
    found_city_with_catalogue,
    give_penalty,
    make_resident,
    make_supplier,
)
from tests.rooms.collection.making import Decision, Supplier
from tests.rooms.remedies.supplied import Supplied


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


@pytest.fixture
def banks(in_town: None) -> tuple[Actor, Actor]:
    first, other = (machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED)) for _ in range(2))
    return first, other


@pytest.fixture
def shown(entry: tuple[Resident, UUID], banks: tuple[Actor, Actor]) -> tuple[Resident, UUID]:
    """Somebody with a fine that two banks were told of, as they had agreed."""
    resident, _ = entry
    for bank in banks:
        consented(resident, bank, days=30)
        assert isinstance(ask(bank, question(resident)), Answered)
    return entry


@pytest.fixture
def supplied(resident: Resident, supplier: OrganisationView, in_town: None) -> Supplied:
    source = Supplier(supplier, make_official(role=Role.CLERK, organisation=supplier, at=FOUNDED))
    someone, code = resident.someone, supplier.org_code
    number = f"云市监罚〔2025〕{uuid4().hex[:6]}号"
    made = Decision(
        number, someone.name, someone.number, code, code, decided=date(2025, 11, 3), served=date(2025, 11, 5)
    )
    told = Supplied(resident, source, made)
    told.hand_in(NOW, amount="0.3")
    return told
