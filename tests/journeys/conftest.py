"""Every module here has a city of its own."""

import pytest

from tests.journeys.browser import browser, city_server, open_page

__all__ = ["browser", "city_server", "open_page"]


@pytest.fixture(scope="module", autouse=True)
def _a_city_of_its_own(city: None) -> None:
    """See tests/conftest.py."""
