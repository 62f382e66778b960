"""Objections as the ledger keeps them: marks, a receipt, and no list beside them."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from chengxin.foundation import actors
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.records.terms import EntryView, MarkKind, Status
from tests.entries import give_entry, in_catalogue
from tests.people import NOW, Someone, make_person
from tests.sources import confirm_name

SYSTEM = actors.system("test")


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


def someone_with_entry(**given: object) -> tuple[Someone, UUID]:
    someone, supplier = make_person(), uuid4()
    confirm_name(someone, supplier)
    _, uid = give_entry(someone, supplier=supplier, **given)  # type: ignore[arg-type]
    return someone, uid


def object_to(someone: Someone, uid: UUID, *, not_mine: bool = False) -> UUID:
    return records.object_to_entry(
        actor=someone.actor,
        person_id=someone.person_id,
        uid=uid,
        not_mine=not_mine,
        at=NOW,
        reason="not_me" if not_mine else "facts_wrong",
    )


def entry_of(someone: Someone) -> EntryView:
    with as_person(someone.person_id):
        (entry,) = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
    return entry


def test_saying_not_me_later_joins_the_first_objection() -> None:
    someone, uid = someone_with_entry()
    receipt = object_to(someone, uid)
    assert object_to(someone, uid, not_mine=True) == receipt
    entry = entry_of(someone)
    assert [mark.kind for mark in entry.marks] == [MarkKind.OBJECTED, MarkKind.FROZEN, MarkKind.NOT_MINE]
    assert entry.marks[0].uid == receipt
    assert entry.status is Status.FROZEN


def test_after_an_answer_a_new_objection_has_a_new_receipt() -> None:
    someone, uid = someone_with_entry()
    first = object_to(someone, uid)
    records.mark_entry(
        actor=SYSTEM,
        person_id=someone.person_id,
        uid=uid,
        kinds=(MarkKind.OBJECTION_ENDED, MarkKind.UNFROZEN),
        at=NOW,
        reason="answered",
    )
    second = object_to(someone, uid)
    assert second != first
    assert object_to(someone, uid) == second


def test_what_is_refused_leaves_no_mark() -> None:
    someone, uid = someone_with_entry(retain_until=NOW.date(), display_until=NOW.date())
    with pytest.raises(Refusal, match="entry_wrong_status"):
        object_to(someone, uid)
    assert entry_of(someone).marks == ()
