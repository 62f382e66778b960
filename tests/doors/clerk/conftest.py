"""A supplier in a city whose catalogue is in force, its clerk and supervisor signed in, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from chengxin.foundation import clock
from chengxin.offices.terms import Role
from tests.doors.signing import signed_in
from tests.making import official_of
from tests.people import NOW
from tests.rooms.collection.making import Supplier, make_supplier


@dataclass(frozen=True)
class Bureau:
    """A supplier and the clients of two of its people."""

    supplier: Supplier
    clerk: Client
    second: Client

    @property
    def english(self) -> Client:
        """The clerk, reading English."""
        return signed_in(official_of(self.supplier.clerk).account, language="en")


def make_bureau() -> Bureau:
    """A new supplier."""
    supplier = make_supplier()
    second = supplier.other_clerk(Role.SUPERVISOR_CLERK)
    return Bureau(supplier, signed_in(official_of(supplier.clerk).account), signed_in(official_of(second).account))


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(_a_city_of_its_own: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


@pytest.fixture(scope="module")
def bureau(_clock_stands_still: None) -> Bureau:
    return make_bureau()
