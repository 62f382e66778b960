"""Taking back: a batch by two people, a row by its supplier; reports and what is owed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bench.rows import RowMaker
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import FieldRole
from chengxin.collection import facade as collection
from chengxin.collection.actions.recalls import tell_recalled
from chengxin.collection.terms import DecisionNotYours, Outcome, RecallState, RowNotHere, TakenBack
from chengxin.foundation import clock, jobs
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.kernel.ids import new_uid
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import Audience, Status
from tests.making import make_official
from tests.people import NOW
from tests.rooms.collection.making import (
    ITEM,
    Decision,
    counted,
    hand_in,
    make_decision,
    make_supplier,
    outcomes,
    person_of,
    versions_of,
)

LATER = NOW + timedelta(days=1)


def refused(act, **asked: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(**asked)
    return refusal.value.refused.reason


def test_a_batch_is_taken_back_by_two_people_and_all_are_told():
    supplier = make_supplier()
    rows = [make_decision(supplier) for _ in range(3)]
    batch = hand_in(supplier, *rows)
    asked = collection.ask_recall(actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason="wrong list")
    assert versions_of(rows[0])[0].status is not Status.RECALLED
    second = supplier.other_clerk()
    approved = collection.approve_recall(actor=second, uid=asked.uid, at=NOW, reason="seen")
    assert approved.state is RecallState.APPROVED
    with clock.set_for_tests(NOW):
        jobs.run_waiting()
    assert collection.recall_by_uid(asked.uid).told == 3
    for row in rows:
        assert versions_of(row)[0].status is Status.RECALLED
        with as_person(person_of(row)):
            assert not records.entries_for(person_of(row), Audience.SUBJECT_NOW, at=NOW)
    assert counted("foundation_notice", "batch_id = %s AND kind = 'entry_recalled'", asked.uid) == 3
    assert counted("foundation_dispatch", "batch_id = %s", asked.uid) == 1


def test_telling_again_tells_nobody_twice():
    supplier = make_supplier()
    batch = hand_in(supplier, make_decision(supplier), make_decision(supplier))
    asked = collection.ask_recall(actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason="wrong list")
    collection.approve_recall(actor=supplier.other_clerk(), uid=asked.uid, at=NOW, reason="seen")
    assert tell_recalled(asked.uid, at=NOW) == 2
    assert tell_recalled(asked.uid, at=NOW) == 0
    assert collection.recall_by_uid(asked.uid).told == 2


def test_recalled_content_is_blocked_and_a_corrected_row_enters():
    supplier = make_supplier()
    first, second = make_decision(supplier), make_decision(supplier)
    batch = hand_in(supplier, first, second)
    asked = collection.ask_recall(actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason="wrong sums")
    collection.approve_recall(actor=supplier.other_clerk(), uid=asked.uid, at=NOW, reason="seen")
    again = hand_in(supplier, first, second.but(amount="0.1"), at=LATER)
    assert outcomes(again) == [Outcome.REFUSED, Outcome.CHANGED]
    assert [row.reason for row in collection.refusals_of(again.id)] == ["recalled_content"]
    assert versions_of(second, at=LATER)[-1].status is not Status.RECALLED


def test_who_asked_cannot_agree():
    officer = make_official(role=Role.RECALL_OFFICER)
    supplier = make_supplier()
    batch = hand_in(supplier, make_decision(supplier))
    asked = collection.ask_recall(actor=officer, batch_uid=batch.uid, at=NOW, reason="wrong list")
    found = refused(collection.approve_recall, actor=officer, uid=asked.uid, at=NOW, reason="I agree with myself")
    assert found == "second_person_needed"
    assert asked.uid in {one.uid for one in collection.recalls_waiting(make_official(role=Role.RECALL_OFFICER), NOW)}


def test_a_refused_recall_changes_nothing_and_may_be_asked_again():
    supplier = make_supplier()
    decision = make_decision(supplier)
    batch = hand_in(supplier, decision)
    asked = collection.ask_recall(actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason="wrong list")
    again = refused(collection.ask_recall, actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason="hurry")
    assert again == "recall_asked_already"
    collection.refuse_recall(actor=supplier.other_clerk(), uid=asked.uid, at=NOW, reason="the list is right")
    assert versions_of(decision)[0].status is not Status.RECALLED
    collection.ask_recall(actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason="it is not")
    assert [one.state for one in collection.recalls_of_batch(batch.id)].count(RecallState.REFUSED) == 1
    with pytest.raises(NotFound):
        collection.recall_by_uid(new_uid())


def test_a_batch_that_made_nothing_is_not_recalled():
    supplier = make_supplier()
    decision = make_decision(supplier)
    hand_in(supplier, decision)
    same = hand_in(supplier, decision, at=LATER)
    found = refused(collection.ask_recall, actor=supplier.clerk, batch_uid=same.uid, at=LATER, reason="why not")
    assert found == "nothing_to_recall"


def test_one_row_is_withdrawn_and_its_person_told():
    supplier = make_supplier()
    kept, gone = make_decision(supplier), make_decision(supplier)
    batch = hand_in(supplier, kept, gone)
    collection.withdraw_row(
        because=TakenBack.ENDED,
        actor=supplier.clerk,
        batch_uid=batch.uid,
        row_no=2,
        at=NOW,
        reason="annulled by a court",
    )
    assert versions_of(gone)[0].status is Status.WITHDRAWN
    assert versions_of(kept)[0].status is not Status.WITHDRAWN
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_withdrawn'", person_of(gone)) == 1
    for row_no in (3, 99):
        with pytest.raises(RowNotHere):
            collection.withdraw_row(
                because=TakenBack.ENDED,
                actor=supplier.clerk,
                batch_uid=batch.uid,
                row_no=row_no,
                at=NOW,
                reason="no such row",
            )


def known_by(decision: Decision) -> dict[str, str]:
    return {"CF_WSH": decision.number, "CF_CFJGDM": decision.decider}


def test_an_entry_is_withdrawn_by_the_number_of_its_decision():
    supplier = make_supplier()
    kept, gone = make_decision(supplier), make_decision(supplier)
    batch = hand_in(supplier, kept, gone)
    newer = hand_in(supplier, gone.but(amount="0.1"), at=LATER)
    asked = {"actor": supplier.clerk, "item": ITEM, "at": LATER}
    typed = {**known_by(gone), "CF_WSH": gone.number.replace("〔", "[").replace("〕", "]")}
    assert collection.batch_of_decision(cells=known_by(kept), **asked).uid == batch.uid
    assert collection.batch_of_decision(cells=typed, **asked).uid == newer.uid
    assert (
        refused(
            collection.withdraw_decision,
            because=TakenBack.ENDED,
            cells=typed,
            reason=" ",
            **asked,
        )
        == "reason_missing"
    )
    collection.withdraw_decision(because=TakenBack.ENDED, cells=typed, reason="annulled by a court", **asked)
    assert versions_of(gone, at=LATER)[-1].status is Status.WITHDRAWN
    assert versions_of(kept, at=LATER)[-1].status is not Status.WITHDRAWN
    assert counted("foundation_notice", "person_id = %s AND kind = 'entry_withdrawn'", person_of(gone)) == 1
    with pytest.raises(DecisionNotYours):
        collection.batch_of_decision(cells=typed, **asked)


def test_what_another_office_handed_in_is_answered_like_what_nobody_did():
    supplier, stranger = make_supplier(), make_supplier()
    decision = make_decision(supplier)
    hand_in(supplier, decision)
    asked = {"actor": stranger.clerk, "item": ITEM, "at": NOW}
    answers = []
    for cells in (known_by(decision), {**known_by(decision), "CF_WSH": "云市监罚〔2026〕0号"}, {}, {"CF_WSH": "1E+17"}):
        for act, more in (
            (collection.batch_of_decision, {}),
            (collection.withdraw_decision, {"because": TakenBack.WRONG, "reason": "mine"}),
        ):
            with pytest.raises(DecisionNotYours) as told:
                act(cells=cells, **asked, **more)
            answers.append((str(told.value), told.value.data))
    assert len(set(map(repr, answers))) == 1
    assert versions_of(decision)[0].status is not Status.WITHDRAWN


def test_a_decision_of_several_persons_is_known_by_its_person_too():
    supplier = make_supplier(kind="labour")
    item = catalogue.edition_on(NOW.date()).items["wage_arrears_list"]
    assert not item.decision_of_one
    maker = RowMaker(item, supplier.office.org_code, NOW.date(), mess=0)
    first, second = ({code: cell or "" for code, cell in row.items()} for row in maker.rows(2))
    second |= {code: first[code] for code in item.natural_key}
    batch = hand_in(supplier, first, second, item=item.code)
    assert batch.counts.new == 2
    kind, number = (item.by_role[role].code for role in (FieldRole.DOCUMENT_KIND, FieldRole.DOCUMENT_NUMBER))
    cells = {code: second[code] for code in (*item.natural_key, kind, number)}
    asked = {"actor": supplier.clerk, "item": item.code, "at": NOW}
    with pytest.raises(DecisionNotYours):
        collection.batch_of_decision(cells={**cells, number: ""}, **asked)
    collection.withdraw_decision(because=TakenBack.ENDED, cells=cells, reason="not this one", **asked)
    standing = {}
    for row in (first, second):
        person = persons.person_by_document(row[kind], row[number])
        assert person is not None
        with as_person(person):
            found = records.entries_with_any_status(person, shown_at=NOW, known_at=NOW)
        standing[row[number]] = [entry.status is Status.WITHDRAWN for entry in found]
    assert standing == {first[number]: [False], second[number]: [True]}


def test_a_row_that_another_version_followed_is_withdrawn_where_that_came():
    supplier = make_supplier()
    decision = make_decision(supplier)
    first = hand_in(supplier, decision)
    second = hand_in(supplier, decision.but(amount="0.1"), at=LATER)
    with pytest.raises(RowNotHere):
        collection.withdraw_row(
            because=TakenBack.ENDED, actor=supplier.clerk, batch_uid=first.uid, row_no=1, at=LATER, reason="old one"
        )
    collection.withdraw_row(
        because=TakenBack.ENDED, actor=supplier.clerk, batch_uid=second.uid, row_no=1, at=LATER, reason="new one"
    )
    assert versions_of(decision, at=LATER)[-1].status is Status.WITHDRAWN


def test_nothing_this_period_is_a_report():
    supplier = make_supplier()
    period = collection.report_nothing(
        actor=supplier.clerk, item=ITEM, day=date(2026, 5, 20), at=NOW, reason="no decisions in May"
    )
    assert (period.period_from, period.period_to) == (date(2026, 5, 1), date(2026, 5, 31))
    asked = {"actor": supplier.clerk, "item": ITEM, "at": NOW, "reason": "again"}
    assert refused(collection.report_nothing, day=date(2026, 5, 1), **asked) == "period_reported"
    assert refused(collection.report_nothing, day=date(2026, 7, 1), **asked) == "period_not_begun"
    assert refused(collection.report_nothing, day=date(2026, 5, 1), **asked | {"item": "no_such"}) == "item_unknown"
    owed = {
        one.period_from: one
        for one in collection.duties_of(supplier.clerk, supplier.office.id, NOW)
        if one.item == ITEM
    }
    assert owed[date(2026, 6, 1)].reported_at is None
    assert date(2026, 5, 1) not in owed or owed[date(2026, 5, 1)].nothing


def test_what_is_owed_is_late_until_it_is_reported():
    supplier = make_supplier()
    hand_in(supplier, make_decision(supplier))

    def unreported(days: int) -> list[tuple[date, bool]]:
        owed = collection.duties_of(supplier.clerk, supplier.office.id, NOW + timedelta(days=days))
        return [(one.period_from, one.is_late) for one in owed if one.item == ITEM and one.reported_at is None]

    assert unreported(0) == [(date(2026, 6, 1), False)]
    # June ended on the 30th and was due after seven working days
    assert unreported(31) == [(date(2026, 6, 1), False), (date(2026, 7, 1), False)]
    assert unreported(60) == [(date(2026, 6, 1), True), (date(2026, 7, 1), False)]
    hand_in(supplier, make_decision(supplier), at=NOW + timedelta(days=60))
    assert unreported(60) == [(date(2026, 7, 1), False)]


def test_the_figures_of_a_supplier():
    supplier = make_supplier()
    decision = make_decision(supplier, decided=date(2026, 5, 28), served=date(2026, 5, 29))
    hand_in(supplier, decision, make_decision(supplier), make_decision(supplier, amount="much"))
    hand_in(supplier, decision.but(amount="0.1"))
    collection.report_nothing(actor=supplier.clerk, item=ITEM, day=date(2026, 4, 1), at=NOW, reason="none")
    found = collection.supply_figures(supplier.clerk, supplier.office.id, date(2026, 6, 1), date(2026, 6, 30), NOW)
    assert (found.batches, found.counts.received, found.counts.new, found.counts.changed) == (2, 4, 2, 1)
    assert found.late == 1
    assert found.refused_by_reason == {"figure_unreadable": 1}
    assert found.reports_nothing == 1
    with pytest.raises(Refusal):
        collection.supply_figures(make_supplier().clerk, supplier.office.id, date(2026, 6, 1), date(2026, 6, 30), NOW)
