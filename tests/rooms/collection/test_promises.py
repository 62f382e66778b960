"""Every promise of the tables of collection, broken on purpose; and what each role may not do (F8, F9)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connections, transaction

from chengxin.collection import facade as collection
from chengxin.collection.models import HeldRow
from tests.people import NOW
from tests.rooms.collection.making import hand_in, make_decision, make_supplier

BROKEN = {
    "collection_batch_state_known": (
        "UPDATE collection_batch SET state = 'lost', closed_at = NULL, rows_received = NULL,"
        " rows_accepted = NULL, rows_new = NULL, rows_changed = NULL, rows_same = NULL, rows_quarantined = NULL,"
        " rows_refused = NULL"
    ),
    "collection_batch_channel_known": "UPDATE collection_batch SET channel = 'pigeon'",
    "collection_batch_says_why": "UPDATE collection_batch SET reason = ''",
    "collection_batch_stopped_says_why_not": "UPDATE collection_batch SET problem = 'fault'",
    "collection_batch_counts_all_or_none": "UPDATE collection_batch SET rows_new = NULL",
    "collection_batch_received_is_all_of_it": "UPDATE collection_batch SET rows_received = rows_received + 1",
    "collection_batch_accepted_is_all_of_it": (
        "UPDATE collection_batch SET rows_accepted = rows_accepted + 1, rows_received = rows_received + 1"
    ),
    "collection_batch_closed_is_dated": "UPDATE collection_batch SET closed_at = NULL",
    "collection_batch_closed_is_counted": (
        "UPDATE collection_batch SET rows_received = NULL, rows_accepted = NULL, rows_new = NULL, rows_changed = NULL,"
        " rows_same = NULL, rows_quarantined = NULL, rows_refused = NULL"
    ),
    "collection_batch_file_ends_after_it_came": (
        "UPDATE collection_batch SET closed_at = received_at, file_destroy_at = received_at"
    ),
    "collection_batch_file_ends_after_answer": (
        "UPDATE collection_batch SET file_destroy_at = closed_at - interval '1 second'"
    ),
    "collection_batch_open_has_its_file": (
        "INSERT INTO collection_batch SELECT (jsonb_populate_record(b, jsonb_build_object("
        "'id', gen_random_uuid(), 'uid', gen_random_uuid(), 'state', 'waiting', 'file_uid', NULL, 'closed_at', NULL,"
        " 'rows_received', NULL, 'rows_accepted', NULL, 'rows_new', NULL, 'rows_changed', NULL,"
        " 'rows_same', NULL, 'rows_quarantined', NULL, 'rows_refused', NULL))).* FROM collection_batch b LIMIT 1"
    ),
    "collection_chunk_holds_rows": "UPDATE collection_chunk SET first_row = 0",
    "collection_chunk_received_is_all_of_it": "UPDATE collection_chunk SET refused = refused + 1",
    "collection_chunk_rows_once": (
        "INSERT INTO collection_chunk SELECT (jsonb_populate_record(c, jsonb_build_object('chunk_no', 7))).*"
        " FROM collection_chunk c LIMIT 1"
    ),
    "collection_chunk_outcome_of_each_row": "UPDATE collection_chunk SET outcomes = outcomes || '\\x00'::bytea",
    "collection_chunk_of_a_batch": "UPDATE collection_chunk SET batch_id = gen_random_uuid()",
    "collection_refusal_says_why": "UPDATE collection_refusal SET reason = ''",
    "collection_mapping_names_heading": (
        "INSERT INTO collection_mapping (organisation_id, item, heading, field, kept_by, kept_at)"
        " VALUES (gen_random_uuid(), 'penalty', '', 'x', gen_random_uuid(), now())"
    ),
    "collection_quarantine_state_known": "UPDATE collection_quarantine SET state = 'lost', sealed = NULL, blind_index = NULL",
    "collection_quarantine_says_why": "UPDATE collection_quarantine SET reason = ''",
    "collection_quarantine_ends_after_made": "UPDATE collection_quarantine SET ends_at = made_at",
    "collection_quarantine_sealed_while_waiting": "UPDATE collection_quarantine SET sealed = NULL",
    "collection_quarantine_joins_another": (
        "UPDATE collection_quarantine SET state = 'joined', sealed = NULL, blind_index = NULL"
    ),
    "collection_quarantine_decision_is_dated": (
        "UPDATE collection_quarantine SET state = 'ended', sealed = NULL, blind_index = NULL"
    ),
    "collection_quarantine_decided_by_whom_and_why": (
        "UPDATE collection_quarantine SET state = 'released', sealed = NULL, blind_index = NULL, decided_at = now()"
    ),
    "collection_quarantine_waits_once": (
        "INSERT INTO collection_quarantine SELECT (jsonb_populate_record(q, jsonb_build_object("
        "'row_no', 77, 'uid', gen_random_uuid()))).* FROM collection_quarantine q LIMIT 1"
    ),
    "collection_report_due_after_period": (
        "INSERT INTO collection_report (organisation_id, item, period_from, period_to, due_on, reported_at, reported_on,"
        " reported_by, reason) VALUES (gen_random_uuid(), 'x', '2026-02-01', '2026-01-31', '2026-03-01', now(), '2026-03-01',"
        " gen_random_uuid(), 'r')"
    ),
    "collection_report_says_why": "UPDATE collection_report SET reason = ''",
    "collection_recall_state_known": (
        "UPDATE collection_recall SET state = 'lost', decided_by = gen_random_uuid(), decision_reason = 'r'"
    ),
    "collection_recall_says_why": "UPDATE collection_recall SET reason = ''",
    "collection_recall_two_people": (
        "UPDATE collection_recall SET state = 'approved', decided_by = asked_by, decided_at = now(), decision_reason = 'r'"
    ),
    "collection_recall_decision_is_dated": (
        "UPDATE collection_recall SET state = 'approved', decided_by = gen_random_uuid(), decision_reason = 'r'"
    ),
    "collection_recall_decided_by_whom_and_why": "UPDATE collection_recall SET decided_by = gen_random_uuid()",
    "collection_recall_once_at_a_time": (
        "INSERT INTO collection_recall SELECT (jsonb_populate_record(r, jsonb_build_object('uid', gen_random_uuid()))).*"
        " FROM collection_recall r LIMIT 1"
    ),
    "collection_recall_of_a_batch": "UPDATE collection_recall SET batch_id = gen_random_uuid()",
}


@pytest.fixture(scope="module", autouse=True)
def rows(city: None) -> Iterator[None]:
    """A row in every table of the room."""
    supplier = make_supplier()
    known = make_decision(supplier)
    hand_in(supplier, known)
    batch = hand_in(
        supplier,
        make_decision(supplier),
        make_decision(supplier, amount="much"),
        make_decision(supplier, document=known.document, name="司马改名"),
    )
    collection.ask_recall(actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason="wrong list")
    # the owner may lift the triggers that refuse any change: here the constraints behind them are tried
    with connections["owner"].cursor() as cursor:
        for table in ("collection_chunk", "collection_refusal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    with connections["owner"].cursor() as cursor:
        for table in ("collection_chunk", "collection_refusal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_promise_is_refused_by_its_name(name: str):
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match=f'"{name}"'):
            cursor.execute(BROKEN[name])
        transaction.set_rollback(True, using="owner")


def test_every_named_constraint_of_the_room_is_broken_here():
    named = {
        constraint.name
        for model in apps.get_app_config("collection").get_models()
        for constraint in model._meta.constraints
    }
    assert named <= set(BROKEN)


@pytest.mark.parametrize("table", ["collection_chunk", "collection_refusal"])
@pytest.mark.parametrize("act", ["UPDATE {} SET batch_id = batch_id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("alias", ["default", "intake", "disposer"])
def test_markers_and_refusals_stay(table: str, act: str, alias: str):
    with pytest.raises(DatabaseError), transaction.atomic(alias), connections[alias].cursor() as cursor:
        cursor.execute(act.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT sealed FROM records_content",
        "SELECT sealed FROM persons_name",
        "SELECT sealed FROM persons_document",
        "SELECT sealed FROM collection_quarantine",
        "SELECT reason FROM records_mark",
        "SELECT decided_on FROM records_entry",
        "UPDATE records_entry SET version = 9",
        "DELETE FROM records_mark",
        "DELETE FROM persons_identity_key",
    ],
)
def test_role_intake_reads_no_content_and_changes_nothing(statement: str):
    with pytest.raises(DatabaseError), transaction.atomic("intake"), connections["intake"].cursor() as cursor:
        cursor.execute(statement)


def test_role_web_decides_on_no_held_row_by_itself():
    uid: UUID = HeldRow.objects.values_list("uid", flat=True)[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        HeldRow.objects.filter(uid=uid).update(decision_reason="quietly")


def test_a_chunk_is_not_finished_in_a_batch_that_is_closed():
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE collection_chunk ENABLE TRIGGER collection_chunk_holds_batch")
    try:
        with (
            pytest.raises(DatabaseError, match="needs_a_batch_in_screening"),
            transaction.atomic("intake"),
            connections["intake"].cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO collection_chunk (batch_id, chunk_no, first_row, rows, accepted_new, accepted_changed,"
                " accepted_same, quarantined, refused, late, corrected, mismatches, outcomes, at)"
                " SELECT id, 99, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', now() FROM collection_batch LIMIT 1"
            )
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE collection_chunk DISABLE TRIGGER collection_chunk_holds_batch")
