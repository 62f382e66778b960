"""A law of silence is data of the edition in force: unconfirmed it seals nothing, and the next one corrects it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.kernel.errors import Refusal
from tests.making import make_inquirer, make_organisation
from tests.people import NOW
from tests.residents import found_city_with_catalogue
from tests.rooms.catalogue.making import another_national, approve, propose
from tests.silence import LAW, confirm_silence, criminal_case, make_police

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module", autouse=True)
def police(city: None) -> Iterator[Actor]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_police()


def asked(by: Actor, *, days: int) -> str:
    """Reason of the refusal, "" where it was asked for."""
    try:
        access.ask_seal(
            actor=by,
            case=criminal_case(by).uid,
            law=LAW.code,
            ends_on=TODAY + timedelta(days=days),
            at=NOW,
            reason="侦查中",
        )
    except Refusal as refused:
        return str(refused.refused.reason)
    return ""


def test_unconfirmed_it_seals_nothing_and_confirmed_it_does_until_an_edition_corrects_it(police: Actor) -> None:
    assert catalogue.seals_on(TODAY) == {LAW.code: (LAW, False)}
    assert access.seal_laws_open(police, NOW) == ()
    assert asked(police, days=30) == "seal_without_law"
    confirm_silence()
    assert access.seal_laws_open(police, NOW) == (LAW,)
    assert asked(police, days=90) == ""
    # the next edition is a text of its own: what was confirmed of the last one says nothing of it
    approve(propose(another_national().replace("    days: 90\n    says", "    days: 60\n    says")))
    assert asked(police, days=30) == "seal_without_law"
    confirm_silence()
    assert [asked(police, days=days) for days in (60, 61)] == ["", "seal_too_long"]


def test_before_any_edition_there_is_no_silence() -> None:
    assert catalogue.seals_on(date(2020, 1, 1)) == {}


def test_it_is_for_the_organs_it_names(police: Actor) -> None:
    prosecutor, finance = (
        make_inquirer(organisation=make_organisation(kind=kind)) for kind in ("procuratorate", "fiscal")
    )
    assert [bool(access.seal_laws_open(one, NOW)) for one in (prosecutor, finance)] == [
        bool(access.seal_laws_open(police, NOW)),
        False,
    ]
