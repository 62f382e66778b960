"""Every module here has a city of its own."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def _a_city_of_its_own(city: None) -> None:
    """See tests/conftest.py."""
