"""Charter 7, attacked: a record nobody tells of, one its person cannot read, contest or carry away, an office's silence that
counts against them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.collection import facade as collection
from chengxin.collection.queries.held import HeldRowEnded
from chengxin.collection.terms import Outcome, TakenBack
from chengxin.doors.wording import sentences
from chengxin.foundation import actors, clock, jobs, outbox
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import ChengxinError, Refusal
from chengxin.offices.terms import Role
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind, Status
from chengxin.remedies.terms.workflows import Act
from tests.charter.attempts import answered, refusal
from tests.charter.people import Target, make_target
from tests.charter.routes import routes
from tests.doors.questions import object_by_web
from tests.doors.signing import signed_in
from tests.making import WHY, make_city, make_official
from tests.people import NOW
from tests.remedies import object_to, step
from tests.residents import Resident, give_honour, give_penalty, make_resident
from tests.rooms.collection.making import (
    Supplier,
    counted,
    hand_in,
    make_decision,
    make_supplier,
    officer,
    outcomes,
    versions_of,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[Supplier]:
    with clock.set_for_tests(NOW):
        yield make_supplier()


def letters_of(target: Target) -> list[str]:
    with as_person(target.person_id):
        return [notice.kind for notice in outbox.notices_of(target.person_id)]


# ---- told ----------------------------------------------------------------------------------------------------------


def test_each_adverse_record_is_told_of_with_all_jobs_stopped(supplier: Supplier) -> None:
    """The letter stands on the person's page from the moment the record does: both are one transaction."""
    target = make_target(supplier, 1)
    assert letters_of(target) == ["entry_new"]
    page = signed_in(target.account).get(f"/my/letters/{target.letter}/").content.decode()
    for told in (target.decision.name, target.decision.number, target.decision.facts, supplier.office.name_zh):
        assert told in page, told


def test_no_adverse_item_of_any_edition_enters_untold() -> None:
    from chengxin.collection.actions.chunks.facts import BatchFacts

    items = catalogue.edition_on(NOW.date()).items.values()
    adverse = [item for item in items if item.is_adverse]
    assert len(adverse) > 20
    for item in items:
        facts = BatchFacts(
            id=UUID(int=1), organisation_id=UUID(int=1), sent_by=UUID(int=1), sent_by_kind="official", supplier_code="",
            item=item, edition=UUID(int=1), late_before=None, quarantine_days=30,
        )  # fmt: skip
        assert facts.is_told >= item.is_adverse, item.code


def test_a_correction_a_withdrawal_and_a_recall_are_told_too(supplier: Supplier) -> None:
    target = make_target(supplier, 2)
    with clock.set_for_tests(LATER):
        batch = hand_in(supplier, target.decision.but(amount="0.2"), at=LATER)
        assert sorted(letters_of(target)) == ["entry_changed", "entry_new"]
        collection.withdraw_row(
            because=TakenBack.ENDED,
            actor=supplier.clerk,
            batch_uid=batch.uid,
            row_no=1,
            at=LATER,
            reason="decided anew",
        )
        assert sorted(letters_of(target)) == ["entry_changed", "entry_new", "entry_withdrawn"]
        again = make_target(supplier, 3, at=LATER)
        # others may have been sent at this very moment
        brought = again.entries(LATER)[0].batch_id
        sent = next(one for one in collection.batches_for(supplier.clerk, LATER) if one.id == brought)
        asked = collection.ask_recall(actor=supplier.clerk, batch_uid=sent.uid, at=LATER, reason=WHY)
        collection.approve_recall(actor=supplier.other_clerk(), uid=asked.uid, at=LATER, reason=WHY)
        jobs.run_waiting()
        assert sorted(letters_of(again)) == ["entry_new", "entry_recalled"]


def test_nobody_takes_a_letter_back(supplier: Supplier) -> None:
    for role in ("web", "intake", "disposer"):
        for statement in ("UPDATE foundation_notice SET kind = kind", "DELETE FROM foundation_notice"):
            assert refusal(role, statement) == "InsufficientPrivilege"


# ---- reads everything, free, at once -------------------------------------------------------------------------------

# Each status by what brings an entry into it; none of them hides it from its person.
STORIES: dict[Status, dict[str, object]] = {
    Status.IN_FORCE: {},
    Status.NOT_FINAL: {"final_on": date(2026, 12, 1)},
    Status.UNSERVED: {"served_on": None},
    Status.UNCONFIRMED: {"confirmed": False},
    Status.ENDED: {"decided_on": date(2025, 3, 3), "served_on": date(2025, 3, 4), "final_on": date(2025, 9, 5),
                   "display_until": date(2026, 3, 3)},
}  # fmt: skip
MARKED = {
    Status.WITHDRAWN: MarkKind.WITHDRAWN,
    Status.REPAIRED: MarkKind.REPAIRED,
    Status.EXPIRED_EARLY: MarkKind.EXPIRED_EARLY,
    Status.HIDDEN: MarkKind.HIDDEN,
    Status.SILENT: MarkKind.OBJECTED,
    Status.APPEALED: MarkKind.APPEALED,
    Status.FROZEN: MarkKind.FROZEN,
    Status.OBJECTED: MarkKind.OBJECTED,
}


@pytest.mark.parametrize("status", [*STORIES, *MARKED])
def test_whatever_stands_about_them_they_read_it_and_carry_it_away(status: Status, supplier: Supplier) -> None:
    resident = make_resident()
    # the confirmation of a name is of the office: each story has its own, so that one does not lend to another
    office = make_supplier().office
    _, uid = give_penalty(resident, office, **STORIES.get(status, {}))  # type: ignore[arg-type]
    if status in MARKED:
        records.mark_entry(
            actor=make_official(role=Role.CASE_OFFICER), person_id=resident.person_id, uid=uid, kinds=(MARKED[status],),
            at=NOW, reason="test",
        )  # fmt: skip
    if status is Status.SILENT:
        records.move_clock(
            actor=actors.system("test"), person_id=resident.person_id, uid=uid, clock=uid, lapses_on=NOW.date(), at=NOW,
            reason="test",
        )  # fmt: skip
    with as_person(resident.person_id):
        (entry,) = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)
    assert entry.status is status
    client = signed_in(resident.account)
    for address in ("/my/record/", "/my/record/print/"):
        assert str(entry.content["CF_WSH"]) in client.get(address).content.decode(), address
    page = client.get(f"/my/record/{uid}/").content.decode()
    assert str(entry.content["CF_SY"]) in page
    told = client.get("/my/record/download/").json()["file"]["entries"]
    assert [one["content"]["CF_WSH"] for one in told] == [entry.content["CF_WSH"]]
    assert told[0]["status"] == status.value


def test_the_two_lists_and_the_file_to_carry_away_are_all_there_is(supplier: Supplier) -> None:
    target = make_target(supplier, 4)
    hand_in(supplier, target.decision.but(amount="0.2"), at=LATER)
    with clock.set_for_tests(LATER):
        told = signed_in(target.account).get("/my/record/download/").json()
    rows = counted("records_entry", "person_id = %s", target.person_id)
    assert len(told["file"]["entries"]) == rows == 2
    assert told["identity"]["names"] == [target.decision.name]
    assert told["contacts"] == [{"kind": "email", "address": target.email}]
    assert len(told["letters"]) == counted("foundation_notice", "person_id = %s", target.person_id)
    assert len(told["looks"]) == counted("access_look", "person_id = %s", target.person_id)
    stored = {"persons_name": 1, "persons_document": 1, "persons_contact": 1}
    for table, count in stored.items():
        assert counted(table, "person_id = %s", target.person_id) == count, table


def test_it_is_there_the_moment_the_file_is_answered(supplier: Supplier) -> None:
    target = make_target(supplier, 5)
    assert target.decision.number in signed_in(target.account).get("/my/record/").content.decode()


def test_no_page_of_theirs_costs_or_waits() -> None:
    """No payment, no quota, no appointment: nothing in the product knows such a word for residents."""
    words = ("price", "pay us", "payment", "quota", "付费", "缴费", "预约", "每年两次")
    told = [one for key, one in sentences().items() if key.startswith("resident.")]
    assert len(told) > 100
    for sentence in told:
        for form in sentence.forms():
            assert not [word for word in words if word in form.lower()], form


def test_a_row_that_is_held_is_told_to_its_owner_as_under_check(supplier: Supplier) -> None:
    target = make_target(supplier, 6)
    batch = hand_in(supplier, make_decision(supplier, document=target.decision.document, name="司马改名"))
    assert outcomes(batch) == [Outcome.QUARANTINED]
    page = signed_in(target.account).get("/my/record/").content.decode()
    assert "核对" in page
    assert "司马改名" not in page


# ---- contest, decline ----------------------------------------------------------------------------------------------


def test_beside_every_entry_stands_how_to_contest_it(supplier: Supplier) -> None:
    target = make_target(supplier, 7)
    client = signed_in(target.account)
    for address in ("/my/record/", f"/my/record/{target.uid}/"):
        assert f"/my/record/{target.uid}/wrong/" in client.get(address).content.decode(), address
    receipt = client.post(f"/my/record/{target.uid}/wrong/check/", {"about": "not_me"}, follow=True).content.decode()
    assert "YY2026" in receipt


def test_what_they_say_of_it_is_changed_removed_and_read_across_by_nobody(supplier: Supplier) -> None:
    said, stranger = make_resident(), make_resident()
    _, uid = give_penalty(said, supplier.office)
    records.say_beside(
        actor=said.someone.actor, person_id=said.person_id, uid=uid, text="价格我标了。", at=NOW, reason="own_wish"
    )
    for change in (
        "UPDATE records_statement SET sealed = sealed",
        "DELETE FROM records_statement",
        "TRUNCATE records_statement",
    ):
        for role in ("web", "intake"):
            assert refusal(role, change, person=said.person_id) == "InsufficientPrivilege"
    # whoever deletes what is over does not delete what is not
    assert refusal("disposer", "DELETE FROM records_statement") == "RestrictViolation"
    assert refusal("intake", "SELECT * FROM records_statement") == "InsufficientPrivilege"
    assert answered("web", "SELECT entry_id FROM records_statement", person=stranger.person_id) == []
    moved = "INSERT INTO records_statement SELECT * FROM records_statement"
    assert answered("web", moved, person=stranger.person_id) == []
    officer = make_official(role=Role.CASE_OFFICER, organisation=make_city())
    with pytest.raises(Refusal, match="not_your_words"):
        records.take_back_statement(actor=officer, person_id=said.person_id, uid=uid, at=LATER, reason=WHY)
    for actor in (officer, stranger.someone.actor):
        with pytest.raises(Refusal):
            records.mark_entry(
                actor=actor, person_id=said.person_id, uid=uid, kinds=(MarkKind.STATEMENT_ENDED,), at=LATER, reason=WHY
            )


def test_an_honour_is_declined_at_a_press(supplier: Supplier) -> None:
    resident = make_resident()
    _, uid = give_honour(resident, supplier.office)
    assert asked(resident) == [uid]
    signed_in(resident.account).post(f"/my/record/{uid}/decline/")
    assert asked(resident) == []


def asked(resident: Resident, days: int = 0) -> list[UUID]:
    at = NOW + timedelta(days=days)
    with as_person(resident.person_id):
        return [entry.uid for entry in records.entries_for(resident.person_id, Audience.ASKER, at=at)]


def test_nobody_may_ask_them_to_show_it_and_the_product_says_so() -> None:
    resident = make_resident()
    client = signed_in(resident.account)
    for language, words in (("zh", "要求"), ("en", "require")):
        client.cookies["language"] = language
        pages = "".join(
            client.get(route.address({})).content.decode()
            for route in routes()
            if route.name in {"my_file", "my_file_printed", "my_processing", "home", "promises"}
        )
        assert words in pages, language


# ---- an office's silence -------------------------------------------------------------------------------------------


def test_an_objection_nobody_answers_in_its_time_takes_the_entry_out_whoever_wakes_up_later(supplier: Supplier) -> None:
    """No job runs, and an office that comes too late brings nothing back by itself."""
    resident, late = make_resident(), NOW + timedelta(days=20)
    _, uid = give_penalty(resident, supplier.office)
    officer = make_official(role=Role.CASE_OFFICER, organisation=make_city())
    case = object_to(resident, uid)
    assert case.due is not None
    gone = (case.due.due.day - NOW.date()).days + 1
    with pytest.raises(Refusal, match="wrong_state"):
        step(officer, case, Act.FORWARD, at=late)
    assert [asked(resident, days) for days in (0, gone - 1, gone, 20, 21, 60)] == [[]] * 6
    with clock.set_for_tests(late):
        page = signed_in(resident.account).get(f"/my/record/{uid}/").content.decode()
    day = case.due.due.day + timedelta(days=1)
    assert f"{day.year}年{day.month}月{day.day}日起任何别人都看不到这条记录" in page


def test_an_objection_nobody_answers_stays_in_force_for_them(supplier: Supplier) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, supplier.office)
    object_by_web(signed_in(resident.account), uid, "facts_wrong")
    for days in (15, 30, 60, 120, 365, 3650):
        with clock.set_for_tests(NOW + timedelta(days=days)):
            jobs.run_waiting()
        assert asked(resident, days) == [], days


@pytest.mark.parametrize("missing", [{"served_on": None}, {"confirmed": False}, {"final_on": None}])
def test_what_an_office_never_proved_never_counts(missing: dict[str, object], supplier: Supplier) -> None:
    resident = make_resident()
    give_penalty(resident, make_supplier().office, display_until=date(2028, 11, 3), act_class=3, **missing)  # type: ignore[arg-type]
    for days in (0, 90, 400, 800):
        assert asked(resident, days) == [], days


@pytest.mark.parametrize("jobs_run", [False, True], ids=["jobs stopped", "jobs running"])
def test_a_held_row_nobody_decides_on_ends_and_never_enters(supplier: Supplier, jobs_run: bool) -> None:
    target = make_target(supplier, 8 + jobs_run)
    batch = hand_in(supplier, make_decision(supplier, document=target.decision.document, name="司马改名"))
    (row,) = collection.held_of_batch(batch.id)
    before = counted("records_entry")
    over = NOW + timedelta(days=31)
    with clock.set_for_tests(over):
        if jobs_run:
            collection.end_held_rows(actor=officer(), at=over, reason="over")
        assert collection.under_check([("01", target.decision.document)], over) == []
        assert row.uid not in {one.uid for one in collection.held_waiting(officer(), over)}
        with pytest.raises(HeldRowEnded):
            collection.held_opened(row.uid, at=over)
        with pytest.raises(ChengxinError):
            collection.release_row(actor=officer(), uid=row.uid, at=over, reason="late")
    assert counted("records_entry") == before


def test_a_recall_that_waits_for_a_second_person_shows_nothing_more_than_before(supplier: Supplier) -> None:
    target = make_target(supplier, 10)
    (entry,) = versions_of(target.decision)
    sent = next(one for one in collection.batches_for(supplier.clerk, NOW) if one.id == entry.batch_id)
    collection.ask_recall(actor=supplier.clerk, batch_uid=sent.uid, at=NOW, reason=WHY)
    (entry,) = versions_of(target.decision)
    assert entry.status is not Status.RECALLED
    told = json.dumps(signed_in(target.account).get("/my/record/download/").json(), ensure_ascii=False)
    assert target.decision.number in told
