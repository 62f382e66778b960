"""The permission table: complete, in words, and free of what the charter forbids."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from chengxin.offices.rules import permission_matrix
from chengxin.offices.terms import (
    ACT_PERMISSIONS,
    PERMISSION_WORDS,
    PERMISSIONS,
    ROLE_WORDS,
    SCOPES,
    SEATS,
    STANDING_WORDS,
    TIER_WORDS,
    MandateAct,
    Permission,
    Role,
    Scope,
    Standing,
    Tier,
    Words,
)


def test_every_permission_belongs_to_a_role_and_every_role_has_more_than_seeing_the_table() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert all(PERMISSIONS.values())
    for role in Role:
        own = {permission for permission, roles in PERMISSIONS.items() if role in roles}
        assert own > {Permission.SEE_PERMISSIONS}


def test_every_word_exists_in_both_languages() -> None:
    tables: list[tuple[Mapping[Any, Words], type[Enum]]] = [
        (PERMISSION_WORDS, Permission),
        (ROLE_WORDS, Role),
        (STANDING_WORDS, Standing),
        (TIER_WORDS, Tier),
    ]
    for words, vocabulary in tables:
        assert set(words) == set(vocabulary)
        for pair in words.values():
            assert isinstance(pair, Words)
            assert any("一" <= sign <= "鿿" for sign in pair.zh)
            assert pair.en.isascii()
            assert pair.en.strip()


def test_no_two_sentences_are_the_same() -> None:
    for words in (PERMISSION_WORDS, ROLE_WORDS):
        assert len({pair.zh for pair in words.values()}) == len(words)
        assert len({pair.en for pair in words.values()}) == len(words)


def test_every_role_has_a_seat_and_a_reach_and_who_supplies_or_asks_reaches_the_own_office_alone() -> None:
    assert set(SEATS) == set(SCOPES) == set(Role)
    assert all(SEATS.values())
    own = {role for role, scope in SCOPES.items() if scope is Scope.OWN}
    assert own == {Role.CLERK, Role.SUPERVISOR_CLERK, Role.INQUIRER}


def test_an_asking_organisation_supplies_nothing_and_supervises_nobody() -> None:
    assert {role for role, tiers in SEATS.items() if Tier.ASKER in tiers} == {Role.OFFICE_HEAD, Role.INQUIRER}


def test_who_asks_and_who_reviews_it_are_not_one_role() -> None:
    asking = {Permission.OPEN_CASE, Permission.SEE_CASES, Permission.LOOK_UP, Permission.ASK_SEAL}
    reviewing = {
        Permission.REVIEW_LOOKS, Permission.APPROVE_SEAL, Permission.SUSPEND_ACCESS, Permission.LIFT_SUSPENSION,
    }  # fmt: skip
    assert all(PERMISSIONS[one] == {Role.INQUIRER} for one in asking)
    assert all(PERMISSIONS[one] == {Role.ACCESS_SUPERVISOR} for one in reviewing)


def test_the_operator_and_the_auditor_touch_no_personal_data() -> None:
    personal = {
        Permission.SEND_FILE,
        Permission.READ_FILES,
        Permission.WITHDRAW_ROW,
        Permission.SEE_QUARANTINE,
        Permission.DECIDE_QUARANTINE,
        Permission.BIND_ACCOUNT,
        Permission.TAKE_IN_CASE,
        Permission.WORK_CASES,
        Permission.ANSWER_CASES,
        Permission.LOOK_UP,
        Permission.REVIEW_LOOKS,
    }
    for permission in personal:
        assert PERMISSIONS[permission].isdisjoint({Role.OPERATOR, Role.AUDITOR, Role.OFFICE_HEAD})


def test_only_the_identity_officer_opens_a_quarantined_row_and_only_clerks_read_files() -> None:
    assert PERMISSIONS[Permission.SEE_QUARANTINE] == {Role.IDENTITY_OFFICER}
    assert PERMISSIONS[Permission.READ_FILES] == {Role.CLERK}


def test_power_over_mandates_is_the_office_heads_alone() -> None:
    assert set(ACT_PERMISSIONS) == set(MandateAct)
    for permission in {*ACT_PERMISSIONS.values(), Permission.GRANT_MANDATE, Permission.APPOINT_OFFICIAL}:
        assert PERMISSIONS[permission] == {Role.OFFICE_HEAD}


def test_the_matrix_is_the_table_cell_by_cell() -> None:
    matrix = permission_matrix()
    assert matrix.roles == tuple(Role)
    assert matrix.role_words == tuple(ROLE_WORDS[role] for role in Role)
    assert [row.permission for row in matrix.rows] == list(Permission)
    for row in matrix.rows:
        assert row.words == PERMISSION_WORDS[row.permission]
        shown = {role for role, granted in zip(matrix.roles, row.granted, strict=True) if granted}
        assert shown == PERMISSIONS[row.permission]
