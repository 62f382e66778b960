"""A city whose catalogue is in force, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.foundation import clock
from chengxin.offices.terms import OrganisationView
from tests.asking import put_on_the_courts_list
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, give_licence, make_resident, make_supplier


@pytest.fixture(scope="module", autouse=True)
def court(_a_city_of_its_own: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier("court", "云川市中级人民法院")


@pytest.fixture
def resident(court: OrganisationView) -> Resident:
    """Somebody on the court's list, with a licence."""
    made = make_resident()
    put_on_the_courts_list(made.someone, supplier=court)
    give_licence(made, court)
    return made
