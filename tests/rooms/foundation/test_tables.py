"""The builders of named constraints: every combination of known and unknown, before and after."""

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError
from django.db.models import CheckConstraint, DateField, TextField, Value

from chengxin.foundation import tables
from chengxin.foundation.database import in_transaction
from chengxin.foundation.models import Account

FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)


def _holds(constraint: CheckConstraint, **row: date | str | None) -> bool:
    typed = {name: Value(value, TextField() if isinstance(value, str) else DateField()) for name, value in row.items()}
    return constraint.condition.check(typed)  # type: ignore[union-attr]


def _kept(*days: date | None) -> bool:
    known = [day for day in days if day is not None]
    return known == sorted(known)


@pytest.mark.parametrize("days", list(product([None, FIRST, SECOND, THIRD], repeat=3)))
def test_dates_stand_in_order_and_the_unknown_breaks_none(days: tuple[date | None, ...]) -> None:
    built = tables.in_order("x_in_order", "acted_on", "decided_on", "final_on", sentence="each after the one before")
    assert _holds(built, acted_on=days[0], decided_on=days[1], final_on=days[2]) is _kept(*days)


@pytest.mark.parametrize("values", list(product([None, FIRST], repeat=3)))
def test_what_belongs_together_is_known_together(values: tuple[date | None, ...]) -> None:
    built = tables.paired("x_paired", "a", "b", "c", sentence="all or none")
    assert _holds(built, a=values[0], b=values[1], c=values[2]) is (len(set(values)) == 1)


@pytest.mark.parametrize("state", ["received", "answered", "refused"])
@pytest.mark.parametrize("day", [None, FIRST])
def test_a_state_has_its_date_and_a_date_its_state(state: str, day: date | None) -> None:
    built = tables.dated(
        "x_dated", "answered_on", state="state", states=["answered", "refused"], sentence="answered on the day it was"
    )
    assert _holds(built, state=state, answered_on=day) is ((state != "received") == (day is not None))


def test_the_sentence_is_what_people_read() -> None:
    built = tables.in_order("x", "a", "b", sentence="先作出、后送达 / decided before served")
    assert built.violation_error_message == "先作出、后送达 / decided before served"


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("foundation_account_username_is_no_number", {"username": "00010119900101001X"}),
        ("foundation_account_username_is_no_number", {"username": "c000101199001010"}),
        ("foundation_account_kind_is_known", {"username": "someone", "kind": "robot"}),
        ("foundation_account_username_key", {"username": "taken"}),
    ],
)
def test_the_database_refuses_such_an_account(constraint: str, values: dict[str, str]) -> None:
    Account.objects.get_or_create(username="taken")
    with pytest.raises(IntegrityError, match=constraint), in_transaction():
        Account(**values).save(force_insert=True)


def test_an_account_without_a_password_cannot_sign_in_by_one() -> None:
    account = Account.objects.create_user("passkey-only")
    assert not account.has_usable_password()
    assert not account.check_password("")
    assert Account.objects.create_user("clerk-7", "a long enough pass phrase", kind="official").check_password(
        "a long enough pass phrase"
    )
