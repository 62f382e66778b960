"""A city whose catalogue is in force, with a purpose for emergencies, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.foundation import clock
from chengxin.offices.terms import OrganisationView
from tests.asking import put_on_the_courts_list
from tests.emergencies import with_rescue
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, make_resident, make_supplier
from tests.sources import confirm_name


@pytest.fixture(scope="module", autouse=True)
def court(_a_city_of_its_own: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW), with_rescue():
        yield make_supplier("court", "云川市中级人民法院")


@pytest.fixture
def resident(court: OrganisationView) -> Resident:
    """Somebody on the court's list."""
    made = make_resident()
    confirm_name(made.someone, court.id)
    put_on_the_courts_list(made.someone, supplier=court)
    return made
