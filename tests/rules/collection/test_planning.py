"""What becomes of rows against what is known: each case by name, and chunks give what single rows give."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.collection.rules.planning import Known, KnownDecision, KnownPerson, PassedRows, Plan, plan_rows
from chengxin.collection.terms.batches import Outcome
from chengxin.collection.terms.rows import Reason

US, THEM = b"u" * 16, b"t" * 16
ANN, BOB = b"ann".ljust(16), b"bob".ljust(16)
LI, WANG = b"li".ljust(16), b"wang".ljust(16)
D1, D2 = b"d1".ljust(16), b"d2".ljust(16)
V1, V2 = b"v1".ljust(32), b"v2".ljust(32)
ENTRY, UID = b"entry".ljust(16), b"uid".ljust(16)


def ids():
    numbers = count(1)
    return lambda n: b"".join(next(numbers).to_bytes(16, "big") for _ in range(n))


def rows(*given: tuple) -> PassedRows:
    """Each row: (blind, name, decision, commitment[, held[, decider[, removal]]])."""
    ends = (None, False, None)
    full = [(*row, *ends[len(row) - 4 :]) for row in given]
    return PassedRows(*(map(list, zip(*full, strict=True)) if full else ([] for _ in range(7))))


def plan(given: PassedRows, known: Known | None = None, supplier: bytes = US) -> Plan:
    make = ids()
    return plan_rows(given, known if known is not None else Known(), supplier=supplier, new_ids=make, new_uids=make)


def standing(**changes: object) -> Known:
    """Ann is known as Li, and her decision D1 stands with content V1, supplied by us in an earlier batch."""
    entry = KnownDecision(ANN, ENTRY, UID, 1, V1, US, here=False)._replace(**changes)
    return Known({ANN: KnownPerson(ANN, (LI,), (LI,))}, {D1: entry})


def outcomes(found: Plan) -> list[Outcome]:
    return [Outcome(one) for one in found.outcomes]


def remember(found: Plan, given: PassedRows, known: Known) -> None:
    """What the ledger would know after the chunk."""
    for decision, place in found.decided.items():
        known.decisions.setdefault(decision, found.decision_at(place, given, US))


def test_a_new_row_makes_person_entry_source_and_decision():
    found = plan(rows((ANN, LI, D1, V1)))
    assert outcomes(found) == [Outcome.NEW]
    assert list(found.made) == [0]
    assert found.sources == found.made
    assert found.decided == {D1: 0}
    assert found.entering.version == [1]
    assert len({found.made[0], found.entering.entry[0], found.entering.uid[0]}) == 3


def test_two_rows_of_one_unknown_person_make_one_person():
    found = plan(rows((ANN, LI, D1, V1), (ANN, LI, D2, V1)))
    assert outcomes(found) == [Outcome.NEW, Outcome.NEW]
    assert list(found.made) == [0]
    assert set(found.entering.person) == {found.made[0]}


def test_an_unchanged_row_first_in_the_chunk_makes_no_second_person():
    found = plan(rows((ANN, LI, D1, V1), (ANN, LI, D2, V2)), standing())
    assert outcomes(found) == [Outcome.SAME, Outcome.NEW]
    assert not found.made
    assert found.entering.person == [ANN]


def test_the_same_row_changes_nothing():
    found = plan(rows((ANN, LI, D1, V1)), standing())
    assert outcomes(found) == [Outcome.SAME]
    assert not found.entering
    assert not found.sources


def test_a_changed_row_is_the_next_version_under_the_same_uid():
    found = plan(rows((ANN, LI, D1, V2)), standing(version=3))
    assert outcomes(found) == [Outcome.CHANGED]
    assert (found.entering.entry, found.entering.uid, found.entering.version) == ([ENTRY], [UID], [4])
    assert not found.decided


def test_a_change_of_an_entry_under_objection_is_counted_as_a_correction():
    assert plan(rows((ANN, LI, D1, V2)), standing(objected=True)).corrected == 1
    assert plan(rows((ANN, LI, D1, V1)), standing(objected=True)).corrected == 0


def test_another_name_for_a_known_number_is_held_and_counted():
    found = plan(rows((ANN, WANG, D2, V1)), standing())
    assert outcomes(found) == [Outcome.QUARANTINED]
    assert found.reasons == {0: Reason.NAME_DISAGREES}
    assert found.mismatches == 1


def test_of_two_names_for_one_unknown_number_the_first_stands():
    found = plan(rows((ANN, LI, D1, V1), (ANN, WANG, D2, V1)))
    assert outcomes(found) == [Outcome.NEW, Outcome.QUARANTINED]


@pytest.mark.parametrize("number", [BOB, b"unknown".ljust(16)], ids=["known", "unknown"])
def test_the_same_decision_under_another_identity_is_held(number: bytes):
    known = standing()
    known.persons[BOB] = KnownPerson(BOB, (LI,), (LI,))
    found = plan(rows((number, LI, D1, V1)), known)
    assert outcomes(found) == [Outcome.QUARANTINED]
    assert found.reasons == {0: Reason.IDENTITY_CHANGE}
    assert not found.made


def test_one_decision_for_two_persons_in_one_file_is_held():
    found = plan(rows((ANN, LI, D1, V1), (BOB, LI, D1, V1)))
    assert found.reasons == {1: Reason.IDENTITY_CHANGE}
    assert list(found.made) == [0]


@pytest.mark.parametrize("content", [V1, V2], ids=["identical", "changed"])
def test_what_was_removed_does_not_come_back(content: bytes):
    found = plan(rows((ANN, LI, D1, content)), standing(removed=True))
    assert outcomes(found) == [Outcome.REFUSED]
    assert found.reasons == {0: Reason.REENTRY_BARRED}


def test_a_corrected_row_waits_behind_the_removal_and_what_was_removed_does_not_come_back():
    removed = {"removed": True, "mendable": True, "barred": (V1,)}
    found = plan(rows((ANN, LI, D1, V2)), standing(**removed))
    assert outcomes(found) == [Outcome.KEPT_OUT]
    assert (found.entering.version, found.entering.entry) == ([2], [ENTRY])
    assert plan(rows((ANN, LI, D1, V1)), standing(**removed)).reasons == {0: Reason.REENTRY_BARRED}
    # what waits there may be sent again; what it corrects may not, not even once the other was let back
    for waiting in (removed, removed | {"removed": False}):
        known = {"version": 2, "commitment": V2, **waiting}
        assert outcomes(plan(rows((ANN, LI, D1, V2)), standing(**known))) == [Outcome.SAME]
        assert plan(rows((ANN, LI, D1, V1)), standing(**known)).reasons == {0: Reason.REENTRY_BARRED}
    recalled = standing(recalled=(V2,), **removed)
    assert plan(rows((ANN, LI, D1, V2)), recalled).reasons == {0: Reason.RECALLED_CONTENT}


def test_in_one_file_the_corrected_row_of_what_is_out_may_stand_twice_and_not_in_two_ways():
    known = standing(removed=True, mendable=True, barred=(V1,))
    found = plan(rows((ANN, LI, D1, V2), (ANN, LI, D1, V2), (ANN, LI, D1, b"v3".ljust(32))), known)
    assert outcomes(found) == [Outcome.KEPT_OUT, Outcome.SAME, Outcome.REFUSED]
    assert found.reasons == {2: Reason.DUPLICATE_CONFLICT}


def test_no_other_office_s_row_waits_behind_a_removal_but_the_deciding_body_s():
    removed = {"removed": True, "mendable": True, "barred": (V1,), "supplier": THEM}
    assert outcomes(plan(rows((ANN, LI, D1, V2)), standing(**removed))) == [Outcome.SOURCE]
    assert outcomes(plan(rows((ANN, LI, D1, V2, None, True)), standing(**removed))) == [Outcome.KEPT_OUT]


def test_recalled_content_is_refused_and_a_corrected_row_enters():
    found = plan(rows((ANN, LI, D1, V1)), standing(recalled=(V1,)))
    assert found.reasons == {0: Reason.RECALLED_CONTENT}
    assert outcomes(plan(rows((ANN, LI, D1, V2)), standing(recalled=(V1,)))) == [Outcome.CHANGED]


def test_content_of_an_older_recalled_version_is_refused_too():
    found = plan(rows((ANN, LI, D1, V1)), standing(version=2, commitment=V2, recalled=(V1,)))
    assert found.reasons == {0: Reason.RECALLED_CONTENT}


def test_in_one_file_a_repeated_row_is_the_same_and_a_differing_one_a_conflict():
    found = plan(rows((ANN, LI, D1, V1), (ANN, LI, D1, V1), (ANN, LI, D1, V2)))
    assert outcomes(found) == [Outcome.NEW, Outcome.SAME, Outcome.REFUSED]
    assert found.reasons == {2: Reason.DUPLICATE_CONFLICT}


def test_a_conflict_is_seen_across_chunks_by_the_batch_of_the_standing_version():
    found = plan(rows((ANN, LI, D1, V2)), standing(here=True))
    assert found.reasons == {0: Reason.DUPLICATE_CONFLICT}


@pytest.mark.parametrize("content", [V1, V2], ids=["identical", "differing"])
def test_a_second_supplier_is_a_source_and_changes_nothing(content: bytes):
    known = standing(supplier=THEM)
    known.persons[ANN] = KnownPerson(ANN, (LI,), ())
    found = plan(rows((ANN, LI, D1, content)), known)
    assert outcomes(found) == [Outcome.SOURCE]
    assert found.sources == {0: ANN}
    assert not found.entering


def test_the_deciding_body_takes_over_from_another_supplier():
    found = plan(rows((ANN, LI, D1, V1, None, True)), standing(supplier=THEM))
    assert outcomes(found) == [Outcome.CHANGED]
    again = plan(rows((ANN, LI, D1, V1, None, True)), standing(supplier=US))
    assert outcomes(again) == [Outcome.SAME]


def test_a_row_that_tells_of_a_deletion_withdraws_the_entry_once():
    gone = (ANN, LI, D1, V2, None, False, "3")
    found = plan(rows(gone, gone), standing())
    assert outcomes(found) == [Outcome.CHANGED, Outcome.SAME]
    assert [*found.withdrawn] == [0]
    assert found.withdrawn[0].entry == ENTRY
    assert not found.entering


def test_a_deletion_of_what_never_was_here_makes_nothing():
    found = plan(rows((BOB, LI, D2, V1, None, False, "3")))
    assert outcomes(found) == [Outcome.SAME]
    assert not found.made


def test_only_the_supplier_or_the_deciding_body_ends_an_entry():
    assert outcomes(plan(rows((ANN, LI, D1, V1, None, False, "3")), standing(supplier=THEM))) == [Outcome.SOURCE]
    assert outcomes(plan(rows((ANN, LI, D1, V1, None, True, "3")), standing(supplier=THEM))) == [Outcome.CHANGED]


def test_a_deletion_under_another_identity_is_held():
    found = plan(rows((BOB, LI, D1, V1, None, False, "3")), standing())
    assert found.reasons == {0: Reason.IDENTITY_CHANGE}


def test_what_screening_holds_makes_nothing_known():
    known = Known()
    found = plan(rows((ANN, LI, D1, V1, Reason.LAW_UNKNOWN), (ANN, WANG, D1, V2)), known)
    assert outcomes(found) == [Outcome.QUARANTINED, Outcome.NEW]
    assert found.reasons == {0: Reason.LAW_UNKNOWN}


def test_a_supplier_confirms_number_and_name_once():
    known = standing()
    known.persons[ANN] = KnownPerson(ANN, (LI,), ())
    found = plan(rows((ANN, LI, D1, V1), (ANN, LI, D2, V1)), known)
    assert found.sources == {0: ANN}


numbers = st.sampled_from([ANN, BOB, b"cy".ljust(16)])
any_row = st.tuples(
    numbers,
    st.sampled_from([LI, WANG]),
    st.sampled_from([D1, D2, b"d3".ljust(16)]),
    st.sampled_from([V1, V2]),
    st.sampled_from([None, None, None, Reason.LAW_UNKNOWN]),
    st.booleans(),
    st.sampled_from([None, None, None, "3"]),
)
any_standing = st.fixed_dictionaries(
    {
        "supplier": st.sampled_from([US, THEM]),
        "removed": st.booleans(),
        "recalled": st.sampled_from([(), (V1,), (V2,)]),
        "person": st.sampled_from([ANN, BOB]),
    }
)


@given(st.lists(any_row, max_size=12), any_standing, st.integers(0, 12))
def test_outcomes_do_not_depend_on_where_chunks_end(given: list, about: dict, cut: int):
    whole = plan(rows(*given), standing(**about))
    known, make = standing(**about), ids()
    parts = []
    for part in (given[:cut], given[cut:]):
        parts.append(plan_rows(rows(*part), known, supplier=US, new_ids=make, new_uids=make))
        remember(parts[-1], rows(*part), known)
    assert bytes(whole.outcomes) == b"".join(bytes(part.outcomes) for part in parts)
    assert [*whole.reasons.values()] == [reason for part in parts for reason in part.reasons.values()]
    assert whole.entering.version == [v for part in parts for v in part.entering.version]


@given(st.lists(any_row, max_size=12), any_standing)
def test_a_second_time_the_same_file_changes_nothing(given: list, about: dict):
    known = standing(**about)
    first = plan(rows(*given), known)
    remember(first, rows(*given), known)
    known.decisions = {key: entry._replace(here=False) for key, entry in known.decisions.items()}
    entered = [(row, first.entering.version[at]) for at, row in enumerate(first.entering.row)]
    last_of = {given[row][2]: row for row, _ in entered}
    again = plan(rows(*(given[row] for row in sorted(last_of.values()))), known)
    assert not again.entering
    assert not again.made
