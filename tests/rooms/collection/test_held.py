"""Quarantined rows: sealed, seen by their number's owner as under check, decided by an officer, gone after 30 days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengxin.collection import facade as collection
from chengxin.collection.models import HeldRow
from chengxin.collection.queries.held import HeldRowEnded
from chengxin.collection.terms import BatchState, HeldRowUnknown, HeldState, HeldView, Outcome, Problem, TakenBack
from chengxin.foundation import actors, keystore
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_uid
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import EntryView, MarkKind, Status
from tests.people import NOW
from tests.rooms.collection.making import (
    ITEM,
    Decision,
    Supplier,
    counted,
    hand_in,
    make_decision,
    make_supplier,
    officer,
    outcomes,
    person_of,
    versions_of,
    work_waiting,
)

LATER = NOW + timedelta(days=1)
SYSTEM = actors.system("test")


def held(supplier: Supplier, *decisions: Decision) -> list[HeldView]:
    return collection.held_of_batch(hand_in(supplier, *decisions).id)


def another_name(supplier: Supplier) -> tuple[Decision, HeldView]:
    """A known number under another name: its decision, and the row that is held for it."""
    known = make_decision(supplier)
    hand_in(supplier, known)
    told = make_decision(supplier, document=known.document, name="司马改名")
    (row,) = held(supplier, told)
    return told, row


def moved_decision(supplier: Supplier) -> tuple[Decision, Decision, HeldView]:
    """One decision under two identities: as it stands, as it came later, and the row that is held for it."""
    first = make_decision(supplier)
    hand_in(supplier, first)
    other = make_decision(supplier)
    second = first.but(document=other.document, name=other.name)
    (row,) = held(supplier, second)
    return first, second, row


def test_a_held_row_is_sealed_and_its_number_is_under_check():
    supplier = make_supplier()
    told, row = another_name(supplier)
    assert (row.state, row.reason) == (HeldState.WAITING, "name_disagrees")
    assert row.ends_at == NOW + timedelta(days=30)
    stored = HeldRow.objects.get(uid=row.uid)
    assert "司马改名".encode() not in bytes(stored.sealed)
    (seen,) = collection.under_check([("01", told.document)], NOW)
    assert seen.uid == row.uid
    assert not collection.under_check([("01", make_decision(supplier).document)], NOW)


def test_nobody_but_identity_officers_sees_the_list():
    supplier = make_supplier()
    _, row = another_name(supplier)
    assert row.uid in {one.uid for one in collection.held_waiting(officer(), NOW)}
    with pytest.raises(Refusal):
        collection.held_waiting(supplier.clerk, NOW)
    with pytest.raises(Refusal):
        collection.release_row(actor=supplier.clerk, uid=row.uid, at=NOW, reason="it is right")


def test_opened_it_shows_what_the_file_said():
    told, row = another_name(make_supplier())
    opened = collection.held_opened(row.uid, at=NOW)
    assert (opened.doc_kind, opened.number, opened.name) == ("01", told.document, told.name)
    assert opened.content["CF_WSH"] == told.number
    assert (opened.person_id, opened.other_person_id) == (person_of(told), None)
    with pytest.raises(HeldRowUnknown):
        collection.held_opened(new_uid(), at=NOW)


def test_released_it_enters_and_the_name_is_added():
    told, row = another_name(make_supplier())
    assert len(versions_of(told)) == 1
    decided = collection.release_row(actor=officer(), uid=row.uid, at=LATER, reason="name changed by deed")
    assert decided.state is HeldState.RELEASED
    person = person_of(told)
    assert len(versions_of(told, at=LATER)) == 2
    with as_person(person):
        assert persons.identity_of(person).name == "司马改名"
    assert counted("foundation_notice", "batch_id = %s AND kind = 'entry_new'", row.uid) == 1
    assert counted("foundation_dispatch", "batch_id = %s", row.uid) == 1
    assert counted("foundation_journal", "act = 'release_held_row' AND thing_uid = %s", row.uid) == 1
    with pytest.raises(HeldRowEnded):
        collection.held_opened(row.uid, at=NOW)


def test_after_the_name_was_added_the_next_file_agrees():
    supplier = make_supplier()
    told, row = another_name(supplier)
    collection.release_row(actor=officer(), uid=row.uid, at=NOW, reason="name changed by deed")
    assert outcomes(hand_in(supplier, told, at=LATER)) == [Outcome.SAME]


def test_released_as_a_change_it_reaches_who_was_told_of_what_stood():
    supplier = make_supplier()
    known = make_decision(supplier)
    hand_in(supplier, known)
    (row,) = held(supplier, known.but(name="司马改名", amount="0.2"))
    collection.release_row(actor=officer(), uid=row.uid, at=LATER, reason="name changed by deed")
    old, new = versions_of(known, at=LATER)
    told = "task_name = 'remedies.tell_corrected' AND args ->> 'entry_uid' = %s"
    assert (old.uid, new.version, counted("procrastinate_jobs", told, str(new.uid))) == (new.uid, 2, 1)


def test_an_identity_change_moves_the_entry_and_tells_both():
    first, second, row = moved_decision(make_supplier())
    assert row.reason == "identity_change"
    opened = collection.held_opened(row.uid, at=NOW)
    assert (opened.person_id, opened.other_person_id) == (None, person_of(first))
    collection.release_row(actor=officer(), uid=row.uid, at=LATER, reason="number corrected by the deciding body")
    (old,), (new,) = versions_of(first, at=LATER), versions_of(second, at=LATER)
    assert old.status is Status.WITHDRAWN
    assert new.status is not Status.WITHDRAWN
    assert new.person_id != old.person_id
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_withdrawn'", old.person_id) == 1
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_new'", new.person_id) == 1
    # whoever was shown what stood with the first is told as of an entry that its supplier took back
    told = "task_name = 'remedies.recall_entry' AND args ->> 'entry_uid' = %s"
    assert counted("procrastinate_jobs", told, str(old.uid)) == 1
    assert counted("procrastinate_jobs", "args ->> 'entry_uid' = %s", str(new.uid)) == 0


class Died(Exception):
    """The process ends here."""


def released_and_died(row: HeldView) -> None:
    """What the officer's request wrote in its own transaction is lost; what intake wrote stands."""
    with in_transaction():
        collection.release_row(actor=officer(), uid=row.uid, at=LATER, reason="number corrected by the deciding body")
        raise Died


def test_who_was_shown_what_moved_is_told_even_where_the_process_dies_right_after():
    supplier = make_supplier()
    first, _second, row = moved_decision(supplier)
    with pytest.raises(Died):
        released_and_died(row)
    (old,) = versions_of(first, at=LATER)
    assert old.status is Status.WITHDRAWN
    told = "task_name = 'remedies.recall_entry' AND args ->> 'entry_uid' = %s"
    assert counted("procrastinate_jobs", told, str(old.uid)) == 1


def test_what_its_supplier_took_back_before_is_taken_back_once():
    supplier = make_supplier()
    first, _second, row = moved_decision(supplier)
    cells = {"CF_WSH": first.number, "CF_CFJGDM": first.decider}
    collection.withdraw_decision(
        because=TakenBack.ENDED, actor=supplier.clerk, item=ITEM, cells=cells, at=NOW, reason="annulled"
    )
    collection.release_row(actor=officer(), uid=row.uid, at=LATER, reason="number corrected by the deciding body")
    (old,) = versions_of(first, at=LATER)
    told = "task_name = 'remedies.recall_entry' AND args ->> 'entry_uid' = %s"
    assert counted("procrastinate_jobs", told, str(old.uid)) == 1


def test_after_the_move_the_decision_is_the_other_persons():
    supplier = make_supplier()
    first, second, row = moved_decision(supplier)
    collection.release_row(actor=officer(), uid=row.uid, at=NOW, reason="number corrected")
    assert outcomes(hand_in(supplier, second, at=LATER)) == [Outcome.SAME]
    assert outcomes(hand_in(supplier, second.but(amount="0.1"), at=LATER)) == [Outcome.CHANGED]
    back = hand_in(supplier, first, at=LATER)
    assert [one.reason for one in collection.held_of_batch(back.id)] == ["identity_change"]


def test_a_decision_can_move_twice():
    supplier = make_supplier()
    first, _second, row = moved_decision(supplier)
    collection.release_row(actor=officer(), uid=row.uid, at=NOW, reason="number corrected")
    other = make_decision(supplier)
    third = first.but(document=other.document, name=other.name)
    (again,) = held(supplier, third)
    collection.release_row(actor=officer(), uid=again.uid, at=NOW, reason="corrected once more")
    assert outcomes(hand_in(supplier, third, at=LATER)) == [Outcome.SAME]


def test_a_law_unknown_row_enters_when_an_officer_says_so():
    supplier = make_supplier()
    decision = make_decision(supplier, law="《云川市从未有过的条例》第三条")
    (row,) = held(supplier, decision)
    assert row.reason == "law_unknown"
    assert (
        counted("persons_person", "made_by_batch = (SELECT id FROM collection_batch WHERE uid = %s)", row.batch_uid)
        == 0
    )
    collection.release_row(actor=officer(), uid=row.uid, at=NOW, reason="the regulation was shown")
    assert len(versions_of(decision)) == 1


def test_sent_back_it_is_gone_and_nothing_entered():
    told, row = another_name(make_supplier())
    before = counted("records_entry")
    decided = collection.send_back_row(actor=officer(), uid=row.uid, at=NOW, reason="not this person")
    assert decided.state is HeldState.SENT_BACK
    assert counted("records_entry") == before
    assert counted("collection_quarantine", "uid = %s AND sealed IS NULL AND blind_index IS NULL", row.uid) == 1
    assert not collection.under_check([("01", told.document)], NOW)


@pytest.mark.parametrize("act", [collection.release_row, collection.send_back_row])
def test_a_row_is_decided_once(act):
    _, row = another_name(make_supplier())
    collection.send_back_row(actor=officer(), uid=row.uid, at=NOW, reason="not this person")
    with pytest.raises(Refusal) as refusal:
        act(actor=officer(), uid=row.uid, at=NOW, reason="again")
    assert refusal.value.refused.reason == "wrong_state"


@pytest.mark.parametrize("gone", [MarkKind.REPAIRED, MarkKind.WITHDRAWN])
def test_a_release_that_the_ledger_bars_is_refused_and_waits_on(gone: MarkKind):
    supplier = make_supplier()
    decision = make_decision(supplier, law="《云川市从未有过的条例》第三条")
    (row,) = held(supplier, decision)
    hand_in(supplier, decision.but(law="《中华人民共和国食品安全法》第一百二十四条"))
    person = person_of(decision)

    def newest() -> EntryView:
        with as_person(person):
            found = records.entries_with_any_status(person, shown_at=LATER, known_at=LATER)
        return max(found, key=lambda one: one.version)

    named = {"person_id": person, "uid": newest().uid, "at": NOW, "reason": "test"}
    records.mark_entry(actor=officer(), kinds=(gone,), **named)
    if gone is MarkKind.WITHDRAWN:
        # what corrects an entry that is out waits behind the removal
        collection.release_row(actor=officer(), uid=row.uid, at=LATER, reason="looks right")
        assert (newest().version, newest().status) == (2, Status.WITHDRAWN)
        return
    with pytest.raises(Refusal) as refusal:
        collection.release_row(actor=officer(), uid=row.uid, at=LATER, reason="looks right")
    assert refusal.value.refused.reason == "reentry_barred"
    assert collection.held_row(row.uid).state is HeldState.WAITING


def test_the_same_row_held_again_joins_the_one_that_waits():
    supplier = make_supplier()
    told, row = another_name(supplier)
    (again,) = held(supplier, told)
    assert again.state is HeldState.JOINED
    assert HeldRow.objects.get(uid=again.uid).joins == row.uid
    assert len([one for one in collection.held_waiting(officer(), NOW) if one.uid in {row.uid, again.uid}]) == 1


def test_after_thirty_days_a_held_row_ends_and_its_key_goes():
    supplier = make_supplier()
    _, row = another_name(supplier)
    batch_id = HeldRow.objects.get(uid=row.uid).batch_id
    almost, over = NOW + timedelta(days=30, seconds=-1), NOW + timedelta(days=30)
    collection.end_held_rows(actor=SYSTEM, at=almost, reason="its day")
    assert collection.held_row(row.uid).state is HeldState.WAITING
    assert collection.end_held_rows(actor=SYSTEM, at=over, reason="its day") >= 1
    assert collection.held_row(row.uid).state is HeldState.ENDED
    assert collection.destroy_quarantine_keys(actor=SYSTEM, at=over, reason="its day") >= 1
    assert not keystore.load_many("quarantine", [batch_id], alias=keystore.WEB)


def test_mismatches_are_counted_and_capped():
    supplier = make_supplier()
    known = make_decision(supplier)
    hand_in(supplier, known)
    rows = [make_decision(supplier, document=known.document, name=f"欧阳{chr(0x5B50 + n)}") for n in range(60)]
    batch = hand_in(supplier, *rows)
    assert (batch.state, batch.problem) == (BatchState.STOPPED, Problem.MISMATCHES_CAPPED)
    with pytest.raises(Refusal) as refusal:
        hand_in(supplier, make_decision(supplier))
    assert refusal.value.refused.reason == "mismatches_capped"
    assert hand_in(supplier, make_decision(supplier), at=LATER).counts.new == 1


def test_past_the_cap_another_clerk_lets_the_batch_go_on():
    supplier = make_supplier()
    known = make_decision(supplier)
    hand_in(supplier, known)
    rows = [make_decision(supplier, document=known.document, name=f"欧阳{chr(0x5B50 + n)}") for n in range(60)]
    batch = hand_in(supplier, *rows)
    with pytest.raises(Refusal) as refusal:
        collection.retry_batch(actor=supplier.clerk, uid=batch.uid, at=NOW, reason="they are right")
    assert refusal.value.refused.reason == "second_person_needed"
    collection.retry_batch(actor=supplier.other_clerk(Role.CLERK), uid=batch.uid, at=NOW, reason="looked at together")
    work_waiting(NOW)
    assert collection.batch_by_uid(batch.uid).state is BatchState.ANSWERED
