"""Every module here has a city of its own."""

import pytest
from django.core.cache import cache


@pytest.fixture(scope="module", autouse=True)
def _a_city_of_its_own(city: None) -> None:
    """See tests/conftest.py."""


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    """All tests come from one address: what others tried is not counted against this one."""
    cache.clear()
