"""Who works a person's case, for tests of their own pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chengxin.foundation.actors import Actor
from chengxin.offices.terms import OrganisationView, Role
from tests.making import make_city, make_official
from tests.residents import FOUNDED

Officials = Callable[[OrganisationView], tuple[Actor, Actor, Actor]]


@pytest.fixture(scope="module")
def officials(city: None) -> Officials:
    """For a supplier: the case officer, a second one, and who answers for the supplier."""

    def found(supplier: OrganisationView) -> tuple[Actor, Actor, Actor]:
        lead = make_city(at=FOUNDED)
        return (
            make_official(role=Role.CASE_OFFICER, organisation=lead, at=FOUNDED),
            make_official(role=Role.CASE_OFFICER, organisation=lead, at=FOUNDED),
            make_official(role=Role.SUPERVISOR_CLERK, organisation=supplier, at=FOUNDED),
        )

    return found
