"""How a case ends: with what became of it, in words that name nobody, and the database keeps the two together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError

from chengxin.access import facade as access
from chengxin.access.models import Case
from chengxin.foundation import clock, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.errors import Refusal
from tests.asking import SOON, make_case
from tests.making import make_inquirer, make_organisation
from tests.people import NOW, invented_identity
from tests.residents import found_city_with_catalogue


@pytest.fixture(scope="module", autouse=True)
def official(city: None) -> Iterator[Actor]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_inquirer(organisation=make_organisation(kind="fiscal"))


def test_a_case_is_closed_with_what_became_of_it_in_words_that_name_nobody(official: Actor) -> None:
    case = make_case(official)
    for words, refused in (("  ", Refusal), (f"已准予 {invented_identity()[0]}", journal.ReasonNamesSomebody)):
        with pytest.raises(refused):
            access.close_case(actor=official, uid=case.uid, at=SOON, reason=words)
    assert access.case_for(official, case.uid, SOON).closed_at is None
    closed = access.close_case(actor=official, uid=case.uid, at=SOON, reason=" 已准予 ")
    assert closed == access.case_for(official, case.uid, SOON)
    assert (closed.closed_at, closed.outcome) == (SOON, "已准予")


@pytest.mark.parametrize("change", [{"outcome": ""}, {"closed_at": None}], ids=["closed in silence", "open with one"])
def test_the_database_keeps_the_outcome_with_the_closing(official: Actor, change: dict[str, Any]) -> None:
    case = make_case(official)
    given = {"closed_at": SOON, "outcome": "已准予"} | change
    with pytest.raises(DatabaseError, match="access_case_closed_with_its_outcome"), in_transaction():
        Case.objects.filter(uid=case.uid).update(**given)
