"""A city with a case officer, another one, who answers for the source, and a chief; and somebody who contests a fine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from chengxin.foundation import clock
from chengxin.offices.terms import OrganisationView, Role
from chengxin.remedies.terms.cases import Case
from tests.doors.offering import Desk, desk
from tests.making import make_city
from tests.people import NOW
from tests.remedies import object_to
from tests.residents import (
    FOUNDED,
    Resident,
    found_city_with_catalogue,
    give_penalty,
    make_resident,
    make_supplier,
)


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(_a_city_of_its_own: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


@dataclass(frozen=True)
class Town:
    """Everybody who works on cases, and the source."""

    office: OrganisationView
    source: OrganisationView
    officer: Desk
    second: Desk
    answerer: Desk
    chief: Desk


@pytest.fixture(scope="module")
def town(_clock_stands_still: None) -> Town:
    found_city_with_catalogue()
    office, source = make_city(at=FOUNDED), make_supplier()
    return Town(
        office,
        source,
        desk(Role.CASE_OFFICER, organisation=office),
        desk(Role.CASE_OFFICER, organisation=office),
        desk(Role.SUPERVISOR_CLERK, organisation=source),
        desk(Role.OFFICE_HEAD, organisation=source),
    )


@pytest.fixture(scope="module")
def head(town: Town) -> Desk:
    """The head of the office that works cases."""
    return desk(Role.OFFICE_HEAD, organisation=town.office)


@dataclass(frozen=True)
class Contested:
    """Somebody with a fine, and their open objection to it."""

    resident: Resident
    entry: UUID
    case: Case

    @property
    def address(self) -> str:
        return f"/remedies/{self.case.uid}/"


@pytest.fixture
def contested(town: Town) -> Contested:
    resident = make_resident()
    _, uid = give_penalty(resident, town.source)
    return Contested(resident, uid, object_to(resident, uid))
