"""When an identity counts as confirmed, and when one may be erased (F2, F7)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from chengxin.kernel.decisions import Refused, is_allowed
from chengxin.persons.rules.identities import confirmed_sources, erasure_complete_on, may_erase
from chengxin.persons.terms import ErasureFacts, SourceFact, SourceKind

A, B, SELF = UUID(int=1), UUID(int=2), UUID(int=3)
LI, WANG = b"name of li", b"name of wang"
TODAY = date(2026, 6, 1)


def supplier(source: UUID, name: bytes) -> SourceFact:
    return SourceFact(source, SourceKind.SUPPLIER, name)


def test_one_supplier_alone_confirms_nobody() -> None:
    assert confirmed_sources([supplier(A, LI)]) == frozenset()


def test_two_suppliers_that_agree_confirm_each_other() -> None:
    assert confirmed_sources([supplier(A, LI), supplier(B, LI)]) == {A, B}


def test_the_same_supplier_twice_is_one_source() -> None:
    assert confirmed_sources([supplier(A, LI), supplier(A, LI)]) == frozenset()


def test_two_suppliers_that_disagree_confirm_nobody() -> None:
    assert confirmed_sources([supplier(A, LI), supplier(B, WANG)]) == frozenset()


def test_the_person_confirms_only_who_wrote_their_name() -> None:
    own = SourceFact(SELF, SourceKind.SELF, WANG)
    assert confirmed_sources([supplier(A, LI), supplier(B, WANG), own]) == {B, SELF}


def test_the_register_confirms_alone() -> None:
    assert confirmed_sources([SourceFact(A, SourceKind.REGISTER, LI), supplier(B, LI)]) == {A, B}


def facts(**changes: object) -> ErasureFacts:
    known: dict[str, object] = {"asked_by": A, "approved_by": B, "kept_until": None, "already": False}
    return ErasureFacts(**(known | changes))  # type: ignore[arg-type]


def test_erasing_needs_two_people_and_nothing_that_law_keeps() -> None:
    assert is_allowed(may_erase(facts(), TODAY))
    assert may_erase(facts(approved_by=A), TODAY) == Refused("second_person_needed", "F7")
    kept = may_erase(facts(kept_until=TODAY + timedelta(days=1)), TODAY)
    assert isinstance(kept, Refused)
    assert kept.reason == "law_orders_keeping"
    assert is_allowed(may_erase(facts(kept_until=TODAY), TODAY))
    assert not is_allowed(may_erase(facts(already=True), TODAY))


def test_an_erasure_is_complete_when_the_last_key_backup_has_gone() -> None:
    assert erasure_complete_on(TODAY) == date(2026, 7, 1)
