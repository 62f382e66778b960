"""A city whose catalogue is in force, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.foundation import clock
from tests.people import NOW
from tests.rooms.collection.making import Supplier, make_supplier


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(_a_city_of_its_own: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


@pytest.fixture(scope="module")
def supplier(_clock_stands_still: None) -> Supplier:
    return make_supplier()
