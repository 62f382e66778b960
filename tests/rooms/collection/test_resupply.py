"""What was removed does not come back by being supplied again, however it is told (F9)."""

from __future__ import annotations

from uuid import UUID

import pytest

from chengxin.collection import facade as collection
from chengxin.collection.terms import Outcome
from chengxin.kernel.errors import Refusal
from tests.records import the_ledger_alone
from tests.resupply import (
    AGAIN,
    FORMS,
    SAME_CONTENT,
    Gone,
    Way,
    come_again,
    entry_of,
    readmit,
    remove_all,
    row_of,
    shown,
)
from tests.rooms.collection.making import Decision, hand_in, make_decision, make_supplier, officer

ROWS, BY_CASES = 301, 3


@pytest.fixture(scope="module")
def gone(city: None) -> Gone:
    the_ledger_alone()
    return remove_all(ROWS, by_cases=BY_CASES)


@pytest.mark.parametrize("form", FORMS)
def test_of_the_removed_entries_none_comes_back(gone: Gone, form: str) -> None:
    each = ROWS // len(Way)
    told = come_again(gone, form)
    assert shown(gone) == 0
    assert told[Outcome.NEW] == told[Outcome.QUARANTINED] == 0
    # what silence took out may be corrected meanwhile: the new version is as silent. So is that of what was withdrawn, ended
    # early or hidden: it waits behind the removal. What was repaired was right: it is sent back, as all is that was removed
    assert told[Outcome.REFUSED] == each * (5 if form in SAME_CONTENT else 1)
    assert told[Outcome.KEPT_OUT] == each * (0 if form in SAME_CONTENT else 3)


def test_another_office_brings_none_back_either(gone: Gone) -> None:
    other = make_supplier()
    told = come_again(gone, "as it was", other)
    assert set(told) == {Outcome.REFUSED, Outcome.SOURCE}
    assert shown(gone) == 0


def held_again(gone: Gone, decision: Decision) -> UUID:
    (row,) = collection.held_of_batch(hand_in(gone.supplier, row_of(decision), at=AGAIN).id)
    assert row.reason == "identity_change"
    return row.uid


@pytest.mark.parametrize("way", [way for way in Way if way is not Way.RECALLED])
def test_one_officer_does_not_bring_it_back_by_way_of_somebody_else(gone: Gone, way: Way) -> None:
    decision = gone.by_way[way][-1]
    somebody = make_decision(gone.supplier)
    moved = decision.but(document=somebody.document, name=somebody.name)
    collection.release_row(actor=officer(), uid=held_again(gone, moved), at=AGAIN, reason="the other's, it says")
    back = held_again(gone, decision)
    with pytest.raises(Refusal) as refusal:
        collection.release_row(actor=officer(), uid=back, at=AGAIN, reason="theirs after all")
    assert refusal.value.refused.reason == "reentry_barred"
    assert shown(gone) == 0


def test_what_was_recalled_is_not_released_for_somebody_else(gone: Gone) -> None:
    somebody = make_decision(gone.supplier)
    moved = gone.by_way[Way.RECALLED][-1].but(document=somebody.document, name=somebody.name)
    with pytest.raises(Refusal) as refusal:
        collection.release_row(actor=officer(), uid=held_again(gone, moved), at=AGAIN, reason="theirs")
    assert refusal.value.refused.reason == "recalled_content"


def test_two_officials_bring_one_back_and_only_that_one(gone: Gone) -> None:
    back = [
        # the first of those that a case can remove was removed by one: nothing that it left behind keeps them out
        gone.by_way[way][0]
        for way in (Way.WITHDRAWN, Way.REPAIRED, Way.EXPIRED_EARLY, Way.HIDDEN, Way.ANSWERED_LATE)
    ]
    for one in back:
        readmit(one, AGAIN)
    assert shown(gone) == len(back)
    # nothing but the corrected row, where one waited: what was wrong is shown to nobody any more
    assert [(entry_of(one).version, entry_of(one).content["CF_NR_FK"]) for one in back[:2]] == [(3, "0.2"), (1, "0.3")]
