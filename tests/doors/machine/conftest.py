"""A city with its catalogue in force, the clock standing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.foundation import clock
from tests.people import NOW
from tests.rooms.collection.making import Supplier, make_supplier


@pytest.fixture(scope="module", autouse=True)
def supplier(_a_city_of_its_own: None) -> Iterator[Supplier]:
    """An office that hands penalties in."""
    with clock.set_for_tests(NOW):
        yield make_supplier()
