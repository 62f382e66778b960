"""The ledger by itself: marks as its own rules let them be, without the room whose cases bring them."""

from __future__ import annotations

import pytest

from tests.records import the_ledger_alone


@pytest.fixture(scope="module", autouse=True)
def _the_ledger_alone(_a_city_of_its_own: None) -> None:
    """See tests/records.py."""
    the_ledger_alone()
