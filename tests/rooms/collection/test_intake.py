"""From a supplier's file to the ledger: what enters, once, about whom, told to whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connections

from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, Channel, Outcome, TakenBack
from chengxin.foundation import clock, jobs
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices import facade as offices
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind
from chengxin.remedies.actions.taken_back import tell_of_batch
from tests.making import make_code, make_official
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
    receive,
    versions_of,
)

LATER = NOW + timedelta(days=1)
LEDGER = (
    "persons_person",
    "persons_document",
    "persons_name",
    "persons_source",
    "persons_identity_key",
    "records_entry",
    "records_content",
    "records_decision_key",
    "records_mark",
    "foundation_notice",
)


def ledger() -> dict[str, int]:
    return {table: counted(table) for table in LEDGER}


def test_a_row_becomes_person_entry_content_and_notice():
    supplier = make_supplier()
    decision = make_decision(supplier)
    batch = hand_in(supplier, decision)
    assert batch.state is BatchState.ANSWERED
    assert (batch.counts.received, batch.counts.new) == (1, 1)
    person = person_of(decision)
    with as_person(person):
        (entry,) = records.entries_for(person, Audience.SUBJECT_NOW, at=NOW)
        identity = persons.identity_of(person)
    assert entry.content["CF_WSH"] == decision.number
    assert entry.content["CF_NR_FK"] == "0.3"
    assert decision.document not in json.dumps(entry.content, ensure_ascii=False)
    assert entry.supplier == supplier.office.id
    assert identity.name == decision.name
    assert [one.number for one in identity.documents] == [decision.document]
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_new'", person) == 1
    assert counted("foundation_dispatch", "batch_id = %s", batch.id) == 1


def test_nothing_readable_of_a_person_lies_in_the_tables():
    supplier = make_supplier()
    decision = make_decision(supplier, name="慕容不可读")
    hand_in(supplier, decision, decision.but(number="x" * 200))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s OR t::text LIKE %s",
                ["%慕容不可读%", f"%{decision.document}%"],
            )
            assert cursor.fetchone()[0] == 0, table
            # sealed columns print as hexadecimal
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{'慕容不可读'.encode().hex()}%"]
            )
            assert cursor.fetchone()[0] == 0, table


def test_received_is_accepted_and_held_and_refused():
    supplier = make_supplier()
    known = make_decision(supplier)
    hand_in(supplier, known)
    batch = hand_in(
        supplier,
        known,
        make_decision(supplier),
        make_decision(supplier, document=known.document, name="另一人"),
        make_decision(supplier, decided=(NOW + timedelta(days=40)).date()),
    )
    assert outcomes(batch) == [Outcome.SAME, Outcome.NEW, Outcome.QUARANTINED, Outcome.REFUSED]
    assert batch.counts.received == batch.counts.accepted + batch.counts.quarantined + batch.counts.refused == 4


def test_the_same_file_twice_changes_nothing_and_says_so():
    supplier = make_supplier()
    rows = [make_decision(supplier) for _ in range(3)]
    first = hand_in(supplier, *rows)
    before = ledger()
    again = hand_in(supplier, *rows, at=LATER)
    assert again.same_as == first.uid
    assert again.counts.same == 3
    assert ledger() == before


def test_a_changed_row_is_a_new_version_with_who_and_why():
    supplier = make_supplier()
    decision = make_decision(supplier)
    first = hand_in(supplier, decision)
    second = hand_in(supplier, decision.but(amount="0.2"), at=LATER, reason="the amount was mistyped")
    assert second.counts.changed == 1
    old, new = versions_of(decision, at=LATER)
    assert (old.uid, old.entry_id) == (new.uid, new.entry_id)
    assert (old.batch_id, new.batch_id) == (first.id, second.id)
    assert (old.content["CF_NR_FK"], new.content["CF_NR_FK"]) == ("0.3", "0.2")
    assert (second.sent_by, second.reason) == (supplier.clerk.official_id, "the amount was mistyped")
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_changed'", person_of(decision)) == 1


def test_name_sakes_stay_apart():
    supplier = make_supplier()
    rows = [make_decision(supplier, name="李伟") for _ in range(20)]
    hand_in(supplier, *rows)
    assert len({person_of(row) for row in rows}) == 20


def test_one_person_in_many_rows_is_one_person():
    supplier = make_supplier()
    first = make_decision(supplier)
    rows = [make_decision(supplier, document=first.document, name=first.name) for _ in range(5)]
    batch = hand_in(supplier, first, *rows)
    assert batch.counts.new == 6
    assert counted("persons_document", "person_id = %s", person_of(first)) == 1
    assert counted("records_entry", "person_id = %s", person_of(first)) == 6


def test_a_second_supplier_confirms_the_person_and_owns_no_second_entry():
    deciding, other = make_supplier(), make_supplier()
    decision = make_decision(deciding)
    hand_in(deciding, decision)
    batch = hand_in(other, decision.but(source=other.office.org_code))
    assert outcomes(batch) == [Outcome.SOURCE]
    assert len(versions_of(decision)) == 1
    assert counted("persons_source", "person_id = %s", person_of(decision)) == 2


def test_of_two_suppliers_the_deciding_body_wins():
    deciding, other = make_supplier(), make_supplier()
    decision = make_decision(deciding)
    hand_in(other, decision.but(source=other.office.org_code, amount="0.9"))
    hand_in(deciding, decision)
    hand_in(other, decision.but(source=other.office.org_code, amount="0.9"))
    first, second = versions_of(decision)
    assert (first.supplier, second.supplier) == (other.office.id, deciding.office.id)
    assert second.content["CF_NR_FK"] == "0.3"


def test_what_was_withdrawn_does_not_come_back():
    supplier = make_supplier()
    decision = make_decision(supplier)
    batch = hand_in(supplier, decision)
    collection.withdraw_row(
        because=TakenBack.ENDED, actor=supplier.clerk, batch_uid=batch.uid, row_no=1, at=NOW, reason="decided anew"
    )
    again = hand_in(supplier, decision, at=LATER)
    assert outcomes(again) == [Outcome.REFUSED]
    assert [row.reason for row in collection.refusals_of(again.id)] == ["reentry_barred"]
    # the corrected row waits behind the removal, and its person is not told of what nobody is shown
    corrected = hand_in(supplier, decision.but(amount="0.1"), at=LATER)
    assert outcomes(corrected) == [Outcome.KEPT_OUT]
    assert (corrected.counts.changed, collection.refusals_of(corrected.id)) == (1, [])
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_changed'", person_of(decision)) == 0
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_withdrawn'", person_of(decision)) == 1


def test_a_correction_after_an_objection_enters_and_is_counted():
    supplier = make_supplier()
    decision = make_decision(supplier)
    hand_in(supplier, decision)
    (entry,) = versions_of(decision)
    records.object_to_entry(
        actor=_themselves(decision),
        person_id=entry.person_id,
        uid=entry.uid,
        not_mine=False,
        at=NOW,
        reason="wrong sum",
    )
    batch = hand_in(supplier, decision.but(amount="0.1"), at=LATER)
    assert (batch.counts.changed, batch.corrected) == (1, 1)


def _themselves(decision: Decision) -> Actor:
    return Actor(kind="person", account_id=new_id(), person_id=person_of(decision))


def _listing(supplier: Supplier, number: int) -> dict[str, str]:
    """A court's row about somebody new."""
    return {
        "iname": "诸葛无名", "CX_ZJLX": "01", "cardNum": make_decision(supplier).document,
        "caseCode": f"（2026）云01执{number}号",
        "courtName": "云川市人民法院", "CX_FYDM": supplier.office.org_code, "gistId": "（2025）云01民初3号",
        "regDate": "2026-01-05", "publishDate": "2026-03-02", "duty": "支付货款", "performance": "全部未履行",
        "disruptTypeName": "有履行能力而拒不履行生效法律文书确定义务", "CX_LYDW": "云川市人民法院",
        "CX_LYDWDM": supplier.office.org_code, "CX_SDRQ": "2026-03-04", "CX_SDFS": "direct", "CX_SDHZ": "云执送〔2026〕7号",
        "CX_ZZRQ": "2026-09-10",
    }  # fmt: skip


DELETED = {"CX_SCSY": "1", "CX_SCRQ": "2026-05-30"}


@pytest.mark.parametrize(("code", "sweeps"), [("1", 0), ("9", 1)])
def test_a_deletion_at_the_source_withdraws_the_entry(code: str, sweeps: int):
    """Where the court says that it should not have been listed, what came with it is looked at too."""
    supplier = make_supplier("court")
    row = _listing(supplier, 70 + int(code))
    first = hand_in(supplier, row, item="court_defaulter")
    assert outcomes(first) == [Outcome.NEW], collection.refusals_of(first.id)
    gone = hand_in(supplier, row | DELETED | {"CX_SCSY": code}, item="court_defaulter", at=LATER)
    assert outcomes(gone) == [Outcome.CHANGED], collection.refusals_of(gone.id)
    kept = f"removed_at_source:{code}"
    assert counted("records_mark", "kind = %s AND reason = %s", int(MarkKind.WITHDRAWN), kept) == 1
    assert counted("foundation_notice", "kind = 'entry_withdrawn' AND batch_id = %s", gone.id) == 1
    ((ended,), after) = collection.superseded_by_batch(gone.id, after=None, limit=2)
    assert (ended.before, ended.ended, after) == (2, True, None)
    tell_of_batch(actor=supplier.clerk, batch_id=gone.id, at=LATER, corrected="corrected", ended="taken back")
    swept = "task_name = 'remedies.sweep_batch' AND args ->> 'batch_id' = %s"
    assert counted("procrastinate_jobs", swept, str(first.id)) == sweeps


def test_a_deletion_under_another_name_ends_it_once_an_officer_let_it_in():
    supplier = make_supplier("court")
    row = _listing(supplier, 78)
    hand_in(supplier, row, item="court_defaulter")
    batch = hand_in(supplier, row | DELETED | {"iname": "诸葛有名"}, item="court_defaulter", at=LATER)
    (held,) = collection.held_of_batch(batch.id)
    collection.release_row(actor=officer(), uid=held.uid, at=LATER, reason="name changed by deed")
    (entry,) = versions_of(make_decision(supplier, document=row["cardNum"]), at=LATER)
    told = "task_name = 'remedies.recall_entry' AND args ->> 'entry_uid' = %s"
    assert counted("procrastinate_jobs", told, str(entry.uid)) == 1


def test_whoever_was_told_of_what_a_batch_changed_hears_of_it_by_one_job():
    supplier = make_supplier()
    changed, same, by_machine = (make_decision(supplier) for _ in range(3))
    hand_in(supplier, changed, same, by_machine)
    told = "task_name = 'remedies.tell_of_batch' AND args ->> 'batch_id' = %s AND args ->> 'sent_by_kind' = %s"
    new = hand_in(supplier, make_decision(supplier), same, at=LATER)
    assert counted("procrastinate_jobs", told, str(new.id), "official") == 0
    batch = hand_in(supplier, changed.but(amount="0.2"), same, make_decision(supplier), at=LATER)
    assert counted("procrastinate_jobs", told, str(batch.id), "official") == 1
    ((one,), after) = collection.superseded_by_batch(batch.id, after=None, limit=1)
    entry = versions_of(changed, at=LATER)[-1]
    assert one == (entry.person_id, entry.entry_id, entry.uid, 2, False)
    assert collection.superseded_by_batch(batch.id, after=after, limit=1) == ([], None)
    sent = hand_in(supplier, by_machine.but(amount="0.2"), at=LATER, channel=Channel.API)
    assert counted("procrastinate_jobs", told, str(sent.id), "client") == 1


def test_a_refused_row_leaves_number_reason_and_commitment():
    supplier = make_supplier()
    decision = make_decision(supplier)
    batch = hand_in(supplier, make_decision(supplier), decision.but(amount="not a sum"))
    (row,) = collection.refusals_of(batch.id)
    assert row.row_no == 2
    assert (row.reason, row.field) == ("figure_unreadable", "CF_NR_FK")
    assert row.faults[0][:2] == (row.reason, row.field)
    assert counted("collection_refusal", "batch_id = %s AND octet_length(commitment) = 32", batch.id) == 1
    assert counted("persons_person", "made_by_batch = %s", batch.id) == 1


def test_one_row_from_the_form_goes_the_same_way():
    supplier = make_supplier()
    decision = make_decision(supplier)
    batch = collection.send_row(actor=supplier.clerk, item=ITEM, cells=decision.cells(), at=NOW, reason="single")
    with clock.set_for_tests(NOW):
        jobs.run_waiting(queues=["intake"])
    found = collection.batch_by_uid(batch.uid)
    assert (found.channel, found.counts.new) == (Channel.FORM, 1)
    assert len(versions_of(decision)) == 1


def test_a_missing_cell_of_the_form_is_answered_by_its_name():
    supplier = make_supplier()
    cells = {**make_decision(supplier).cells(), "CF_NR": "", "CF_WSH": " "}
    batch = collection.send_row(actor=supplier.clerk, item=ITEM, cells=cells, at=NOW, reason="single")
    with clock.set_for_tests(NOW):
        jobs.run_waiting(queues=["intake"])
    assert collection.batch_by_uid(batch.uid).state is BatchState.ANSWERED
    (row,) = collection.refusals_of(batch.id)
    assert [fault[:2] for fault in row.faults] == [("cell_missing", "CF_WSH"), ("cell_missing", "CF_NR")]


@pytest.mark.parametrize(
    ("item", "reason"),
    [("no_such_item", "item_unknown"), ("marriage_false_papers", "item_closed"), ("court_defaulter", "not_your_item")],
)
def test_a_file_that_is_not_this_offices_to_send(item: str, reason: str):
    supplier = make_supplier()
    with pytest.raises(Refusal) as refusal:
        receive(supplier, [make_decision(supplier)], item=item)
    assert refusal.value.refused.reason == reason


def test_only_a_clerk_of_an_office_sends_for_it():
    supplier = make_supplier()
    head = make_official()
    assert isinstance(offices.may(head, "send_file", NOW, organisation_id=supplier.office.id), Refused)  # type: ignore[arg-type]
    with pytest.raises(Refusal):
        collection.withdraw_row(
            because=TakenBack.ENDED,
            actor=head,
            batch_uid=hand_in(supplier, make_decision(supplier)).uid,
            row_no=1,
            at=NOW,
            reason="not mine",
        )


def test_another_offices_rows_are_refused():
    supplier = make_supplier()
    batch = hand_in(supplier, make_decision(supplier, source=make_code()))
    assert [row.reason for row in collection.refusals_of(batch.id)] == ["not_your_code"]
