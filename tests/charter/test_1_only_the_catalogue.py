"""Charter 1, attacked: rows, columns and items that no edition in force names; editions that widen the one above."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.rules.merging import Dated, merge
from chengxin.catalogue.rules.narrow import widened
from chengxin.catalogue.terms import EditionFaulty, Item, Narrowing
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, Outcome
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.records.terms import Audience, Status
from tests.charter.attempts import answered, refusal
from tests.entries import give_entry
from tests.making import WHY
from tests.people import NOW, make_person
from tests.rooms.catalogue.making import approve, approver, keeper, propose, text_of
from tests.rooms.collection.making import (
    Row,
    counted,
    hand_in,
    make_decision,
    make_supplier,
    outcomes,
    person_of,
    receive,
    versions_of,
)
from tests.rules.catalogue.files import changed, edition, faults_of, texts
from tests.rules.catalogue.test_narrow import narrowings
from tests.sources import confirm_name

NATIONAL, CITY = edition("national"), edition("yunchuan")
AN_ITEM = dict(texts("innocent"))["students"]


# ---- through intake ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("social_score", "item_unknown"),
        *((code, "item_closed") for code, item in NATIONAL.items.items() if not item.is_open),
        ("court_defaulter", "not_your_item"),
    ],
)
def test_no_file_of_what_the_edition_does_not_take_from_this_office(item: str, why: str) -> None:
    supplier = make_supplier()
    with pytest.raises(Refusal, match=why):
        receive(supplier, [make_decision(supplier)], item=item)
    assert not counted("collection_batch", "item = %s", item)


def test_a_column_of_ones_own_reaches_no_file() -> None:
    supplier = make_supplier()
    decision = make_decision(supplier)
    row: Row = decision.cells() | {"信用评分": "六百一十二分"}
    batch = receive(supplier, [row])
    assert batch.state is BatchState.DRAFT
    with pytest.raises(Refusal, match="wrong_state"):
        collection.retry_batch(actor=supplier.clerk, uid=batch.uid, at=NOW, reason=WHY)
    left_out = hand_in(supplier, row, mapping={"信用评分": ""})
    assert outcomes(left_out) == [Outcome.NEW]
    (entry,) = versions_of(decision)
    assert set(entry.content) <= set(NATIONAL.items["penalty"].by_code)
    assert "六百一十二分" not in json.dumps(entry.content, ensure_ascii=False)


def test_a_mapping_leads_to_fields_of_the_item_alone() -> None:
    supplier = make_supplier()
    decision = make_decision(supplier)
    batch = receive(supplier, [decision.cells() | {"宗教": "某某"}], mapping={"宗教": "RELIGION"})
    assert batch.state is BatchState.DRAFT
    assert set(batch.mapping.values()) <= {*NATIONAL.items["penalty"].by_code, ""}


def test_words_beyond_the_last_heading_and_remarks_send_the_row_back() -> None:
    supplier = make_supplier()
    remark = make_decision(supplier).cells() | {"BZ": "备注：此人难缠"}
    batch = hand_in(supplier, remark)
    assert outcomes(batch) == [Outcome.REFUSED]
    (row,) = collection.refusals_of(batch.id)
    assert row.reason == "remark_not_accepted"
    assert "难缠" not in str(row)


def test_what_is_stored_of_a_row_is_the_items_fields_and_nothing_else() -> None:
    supplier = make_supplier()
    decision = make_decision(supplier)
    hand_in(supplier, decision)
    (entry,) = versions_of(decision)
    item = NATIONAL.items["penalty"]
    assert set(entry.content) <= set(item.by_code)
    assert {"CF_XDR_MC", "CF_XDR_ZJHM", "CX_CSRQ"}.isdisjoint(entry.content), "who it is stands with the person"


# ---- straight into the tables --------------------------------------------------------------------------------------

COLUMNS = (
    "person_id, entry_id, version, uid, item, supplier, edition, nature, act_class, decided_on, known_from, display_until,"
    " retain_until, batch_id, row_no, commitment"
)
ENTRY = f"INSERT INTO records_entry ({COLUMNS}) VALUES ({', '.join(['%s'] * 16)})"


def entry_of(person: UUID, **given: object) -> list[object]:
    values: dict[str, object] = {
        "person_id": person, "entry_id": uuid4(), "version": 1, "uid": uuid4(), "item": "penalty", "supplier": uuid4(),
        "edition": uuid4(), "nature": 2, "act_class": 1, "decided_on": date(2026, 5, 1), "known_from": NOW,
        "display_until": date(2026, 8, 1), "retain_until": date(2028, 8, 1), "batch_id": uuid4(), "row_no": 1,
        "commitment": b"x",
    }  # fmt: skip
    return list((values | given).values())


def test_pages_and_disposal_put_nothing_into_the_ledger() -> None:
    person = make_person().person_id
    for role in ("web", "disposer"):
        assert refusal(role, ENTRY, *entry_of(person), person=person) == "InsufficientPrivilege"


@pytest.mark.parametrize(
    ("given", "promise"),
    [
        ({"display_until": None}, "records_entry_adverse_has_an_end"),
        ({"nature": 3}, "records_entry_nature_known"),
        ({"act_class": 4}, "records_entry_class_known"),
        ({"version": 0}, "records_entry_version_counts_from_one"),
        ({"display_until": date(2026, 4, 1)}, "records_entry_ends_after_decision"),
        ({"retain_until": None}, "NotNullViolation"),
        ({"item": None}, "NotNullViolation"),
        ({"supplier": None}, "NotNullViolation"),
        ({"edition": None}, "NotNullViolation"),
        ({"commitment": None}, "NotNullViolation"),
    ],
)
def test_even_intake_puts_in_no_entry_without_what_an_item_brings(given: dict[str, object], promise: str) -> None:
    person = make_person().person_id
    found = refusal("intake", ENTRY, *entry_of(person, **given))
    assert found == promise or (promise == "NotNullViolation" and found.endswith("_not_null"))


def test_an_entry_of_no_item_is_shown_to_nobody_else() -> None:
    """Somebody with the password of role intake writes what no edition names: no reader takes it for an item."""
    make_supplier()
    someone, office = make_person(), uuid4()
    confirm_name(someone, office)
    _, uid = give_entry(someone, item="religion", supplier=office)
    with as_person(someone.person_id):
        (entry,) = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
        assert (entry.uid, entry.status) == (uid, Status.UNCATALOGUED)
        for audience in (Audience.ASKER, Audience.PUBLIC, Audience.SUBJECT_NOW):
            assert not records.entries_for(someone.person_id, audience, at=NOW)
        assert [one.uid for one in records.entries_for(someone.person_id, Audience.SUBJECT_HELD, at=NOW)] == [uid]


# ---- through the catalogue -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["basis", "suppliers", "display", "retention", "duty", "fields", "natural_key", "nature"]
)
def test_no_item_without_what_law_asks_of_it(key: str) -> None:
    lines = AN_ITEM.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"    {key}:"))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith("     ")), len(lines))
    text = "\n".join(lines[:start] + lines[end:]) + "\n"
    assert faults_of(AN_ITEM) == ()
    assert faults_of(text), f"an item without {key} loads"
    with pytest.raises(EditionFaulty):
        propose(text)


def test_the_type_of_an_item_knows_no_item_without_them() -> None:
    asked = {field.name for field in dataclasses.fields(Item) if field.default is dataclasses.MISSING}
    assert {"basis", "suppliers", "duty", "display", "retention", "natural_key", "claim", "nature"} <= asked
    for item in NATIONAL.items.values():
        assert item.basis
        assert item.suppliers
        assert item.display
        assert item.retention.period.months > 0
        assert bool(item.grants) == (item.sharing.value == "by_law")


@pytest.mark.parametrize(
    ("what", "before", "after"),
    [
        ("shown longer", "general: {min: 3m, max: 9m", "general: {min: 3m, max: 13m"),
        ("repaired later", "general: {min: 3m, max: 9m", "general: {min: 4m, max: 9m"),
        ("kept longer", "retention: {period: 1y", "retention: {period: 3y"),
        ("from more offices", "suppliers: [film]", "suppliers: [film, tax]"),
        ("about younger people", "minimum_age: 20", "minimum_age: 17"),
        ("published", "  penalty_film:\n", "  penalty:\n    publication: law_orders\n  penalty_film:\n"),
        ("opened", "  court_defaulter:\n", "  tax_compliance:\n    status: open\n  court_defaulter:\n"),
        ("without its document", "fields_drop: [CF_YXQ]", "fields_drop: [CF_WSH]"),
        ("without its law", "fields_drop: [CF_YXQ]", "fields_drop: [CF_YJ]"),
        ("without what sends detentions back", "fields_drop: [CF_YXQ]", "fields_drop: [CF_CFLB]"),
        ("without its procedure", "fields_drop: [CF_YXQ]", "fields_drop: [CX_CXLX]"),
        ("an item of its own outside every slot", "    slot: local_commitment", "    slot: local_penalty"),
        ("an item of its own over the slot", "nature: neutral", "nature: adverse"),
    ],
)
def test_a_city_cannot_widen(what: str, before: str, after: str) -> None:
    make_supplier()
    text = text_of("yunchuan")
    if what == "published":
        text = changed(
            text, "  penalty:\n    # Shorter than", "  penalty:\n    publication: law_orders\n    # Shorter than"
        )
    else:
        text = changed(text, before, after)
    with pytest.raises(EditionFaulty):
        propose(text.replace("code: yunchuan-2026", "code: yunchuan-wider"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(narrowings)
def test_whatever_a_city_says_what_holds_is_never_wider(narrowing: Narrowing) -> None:
    """An edition approved years ago, merged with any national one: the merge itself cuts back."""
    city = dataclasses.replace(CITY, narrowings={narrowing.item: narrowing})
    merged = merge(Dated(NATIONAL), Dated(city))
    for code, item in NATIONAL.items.items():
        assert widened(item, merged.items[code]) == (), code
    own = set(merged.items) - set(NATIONAL.items)
    assert own <= set(CITY.items)


def test_nobody_brings_their_own_edition_in_force() -> None:
    make_supplier()
    author = keeper()
    text = text_of("national").replace("code: national-2026-unofficial", "code: national-mine")
    view = propose(text, by=author)
    with pytest.raises(Refusal):
        catalogue.approve_edition(actor=author, edition_uid=view.uid, at=NOW, reason=WHY)
    (row,) = answered("web", "SELECT id, proposed_by FROM catalogue_edition WHERE uid = %s", view.uid)
    forged = (
        "INSERT INTO catalogue_approval (edition_id, proposed_by, is_approved, approved_at, approved_by)"
        " VALUES (%s, %s, true, %s, %s)"
    )
    assert refusal("web", forged, row[0], row[1], NOW, row[1]) == "catalogue_approval_by_another"
    assert refusal("web", forged, row[0], uuid4(), NOW, uuid4()) == "catalogue_approval_of_proposed"


@pytest.mark.parametrize("table", ["catalogue_edition", "catalogue_approval", "catalogue_basis"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("role", ["web", "intake", "disposer"])
def test_an_edition_in_force_is_never_changed(table: str, statement: str, role: str) -> None:
    column = {"catalogue_approval": "is_approved"}.get(table, "in_force_from")
    assert refusal(role, statement.format(table, column, column)) == "InsufficientPrivilege"


def test_its_scope_grows_by_a_lawful_edition_alone() -> None:
    """A second edition drops an item: from its day on no file of it is taken, and what is held reaches nobody else."""
    supplier = make_supplier()
    decision = make_decision(supplier, decided=date(2026, 3, 2))
    hand_in(supplier, decision)
    text = text_of("national").replace("code: national-2026-unofficial", "code: national-without")
    start = text.index("  - code: penalty\n")
    without = text[:start] + text[text.index("\n  - code: ", start + 5) + 1 :]
    # no purpose answers what is not collected
    without = re.sub(r"      penalty: \[.*\]\n", "", without)
    tomorrow = NOW + timedelta(days=1)
    approve(propose(without, start=tomorrow.date()), by=approver())
    with pytest.raises(Refusal, match="item_unknown"):
        receive(supplier, [make_decision(supplier)], at=tomorrow)
    (entry,) = versions_of(decision, at=tomorrow)
    assert entry.status is Status.UNCATALOGUED
    person = person_of(decision)
    with as_person(person):
        assert not records.entries_for(person, Audience.ASKER, at=tomorrow + timedelta(days=120))
        assert not records.entries_for(person, Audience.PUBLIC, at=tomorrow + timedelta(days=120))
