"""What a sign-in service must say before anybody's record opens (F12)."""

from __future__ import annotations

import random
from datetime import date

import pytest

from chengxin.doors.signin.claims import (
    DEFAULT_NAMES,
    PARTS,
    ClaimFault,
    ClaimRefusal,
    VerifiedIdentity,
    read_claims,
)
from chengxin.kernel.documents import check_character
from chengxin.kernel.practice import practice_number

TODAY = date(2026, 6, 1)
NUMBER = practice_number(random.Random(7), date(1980, 2, 29))
GOOD = {"sub": "s-1", "document_kind": "01", "document_number": NUMBER, "name": "沈清源", "assurance": "high"}


def read(claims: dict[str, object], *, practice: bool = True) -> VerifiedIdentity | ClaimRefusal:
    return read_claims(claims, DEFAULT_NAMES, today=TODAY, practice=practice)


def test_all_four_together_are_an_identity() -> None:
    found = read(GOOD)
    assert isinstance(found, VerifiedIdentity)
    assert (found.kind, found.number, found.name, found.assurance) == ("01", NUMBER, "沈清源", "high")


def test_an_identity_does_not_print_itself() -> None:
    """It passes through frames that a fault might write down."""
    assert NUMBER not in repr(read(GOOD))
    assert "沈清源" not in str(read(GOOD))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_each_missing_part_is_named(part: str, blank: object) -> None:
    assert read({**GOOD, part: blank}) == ClaimRefusal(ClaimFault.MISSING, (part,))


def test_a_network_number_alone_is_pseudonymous_and_is_asked_nothing_more() -> None:
    assert read({"sub": "s-1", "network_number": "N-9"}) == ClaimRefusal(ClaimFault.PSEUDONYMOUS)
    assert isinstance(read({**GOOD, "network_number": "N-9"}), VerifiedIdentity)


@pytest.mark.parametrize("assurance", ["low", "counter", "HIGH", "1"])
def test_only_a_strong_sign_in_opens_a_record(assurance: str) -> None:
    """`counter` is ours to give, by an official who saw the document, and no service can claim it."""
    assert read({**GOOD, "assurance": assurance}) == ClaimRefusal(ClaimFault.WEAK)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"document_kind": "居民身份证"}, "document_kind"),
        ({"document_kind": "99"}, "document_kind"),
        ({"document_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, "document_number"),
        ({"document_number": "12345"}, "document_number"),
        ({"name": "·"}, "name"),
    ],
)
def test_what_cannot_be_checked_opens_nothing(change: dict[str, str], part: str) -> None:
    assert read({**GOOD, **change}) == ClaimRefusal(ClaimFault.UNREADABLE, (part,))


def test_a_real_instance_takes_no_number_of_practice() -> None:
    assert read(GOOD, practice=False) == ClaimRefusal(ClaimFault.OF_PRACTICE)


def test_a_practice_instance_takes_no_number_of_a_region_that_exists() -> None:
    first17 = f"11{NUMBER[2:17]}"
    real = {**GOOD, "document_number": first17 + check_character(first17)}
    assert read(real) == ClaimRefusal(ClaimFault.NOT_OF_PRACTICE)
    assert isinstance(read(real, practice=False), VerifiedIdentity)


def test_the_deployment_names_the_claims() -> None:
    names = {**DEFAULT_NAMES, "document_number": "https://id.example/number"}
    claims = {**GOOD, "https://id.example/number": NUMBER}
    del claims["document_number"]
    assert isinstance(read_claims(claims, names, today=TODAY, practice=True), VerifiedIdentity)
