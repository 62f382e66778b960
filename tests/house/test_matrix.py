"""The matrix of addresses, roles and persons is whole, says what the doors do, and its document is the one of today."""

from __future__ import annotations

from pathlib import Path

import chengxin
from chengxin.doors.entrance import Who
from chengxin.doors.matrix import COLUMNS, Entrant, as_markdown, matrix
from chengxin.offices.terms import PERMISSIONS, Role
from tests.charter.routes import routes

DOCUMENT = Path(chengxin.__file__).resolve().parents[1] / "docs" / "permissions.md"


def test_every_address_stands_in_it_once_with_everybody() -> None:
    rows = matrix()
    assert sorted(row.address for row in rows) == sorted(route.pattern for route in routes())
    assert {len(row.enters) for row in rows} == {len(COLUMNS)}
    assert set(COLUMNS) == {*Entrant, *Role}


def test_it_says_what_the_entrances_say() -> None:
    for row in matrix():
        enters = dict(zip(COLUMNS, row.enters, strict=True))
        who, permission = row.entrance.who, row.entrance.permission
        assert enters[Entrant.NOBODY] is (who is Who.PUBLIC), row.address
        assert enters[Entrant.ANOTHER] is (who in {Who.PUBLIC, Who.SIGNED_IN}), row.address
        assert enters[Entrant.ONESELF] is (who in {Who.PUBLIC, Who.SIGNED_IN, Who.RESIDENT}), row.address
        by_mandate = row.entrance.by_mandate is not None
        assert enters[Entrant.MANDATED] is (who in {Who.PUBLIC, Who.SIGNED_IN} or by_mandate), row.address
        assert enters[Entrant.ASKING] is (who in {Who.PUBLIC, Who.CLIENT, Who.CLIENT_ASKING}), row.address
        assert enters[Entrant.SUPPLYING] is (who in {Who.PUBLIC, Who.CLIENT, Who.CLIENT_SUPPLYING}), row.address
        for role in Role:
            inside = who in {Who.PUBLIC, Who.SIGNED_IN} or (
                (who is Who.OFFICIAL or (who is Who.OPERATOR and role is Role.OPERATOR))
                and (permission is None or role in PERMISSIONS[permission])
            )
            assert enters[role] is inside, (row.address, role)


def test_no_official_enters_a_persons_own_pages_and_no_person_an_officials() -> None:
    for row in matrix():
        enters = dict(zip(COLUMNS, row.enters, strict=True))
        if row.entrance.who is Who.RESIDENT:
            assert not any(enters[role] for role in Role), row.address
        if row.entrance.who in {Who.OFFICIAL, Who.OPERATOR}:
            assert not any(enters[one] for one in Entrant), row.address


def test_the_document_is_the_one_of_today() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == as_markdown(), "run `chengxin permissions > docs/permissions.md`"
