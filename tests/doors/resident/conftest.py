"""Who works a person's case, for tests of their own pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

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


def answer(client: Client, base: str, **answers: str) -> str:
    """Answer the questions one after the other, as their pages lead on; gives where the last one leads."""
    address = base
    for name, value in answers.items():
        led = client.post(address, {name: value})
        assert led.status_code == 302, (address, name)
        address = led.headers["Location"]
    return address


def spoken(page: HttpResponse) -> str:
    """A page whose days are plain words, without the marks that tell them to machines."""
    return re.sub(r"</?(?:time|span)[^>]*>", "", page.content.decode())
