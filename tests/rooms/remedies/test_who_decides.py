"""Who does not decide, because they took part; and who alone certifies what two people may let back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from chengxin.access.terms.asking import Answered
from chengxin.collection.queries.batches import batch_by_id
from chengxin.collection.terms import Outcome as RowOutcome
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models.outbox import Notice
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Role
from chengxin.records import facade as records
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.jobs import recall_withdrawn_entry
from chengxin.remedies.terms.cases import Case, Deed, PaperKind
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.asking import ask, consented, machine_of, make_bank, make_client, question
from tests.making import make_city, make_official
from tests.people import NOW
from tests.remedies import (
    AGAINST,
    FOR,
    PDF,
    asked_back,
    complain,
    later,
    let_back,
    object_to,
    paper,
    status_of,
    step,
)
from tests.residents import FOUNDED, Resident
from tests.rooms.collection.making import outcomes
from tests.rooms.remedies.supplied import Supplied, lines
from tests.rooms.remedies.test_promises import agreeing, letter, write


def refused(reason: Reason) -> AbstractContextManager[object]:
    return pytest.raises(Refusal, match=reason.value)


def heard(entry: tuple[Resident, UUID], caseworker: Actor, answerer: Actor) -> Case:
    """Forwarded to the source, which stands by its entry."""
    case = object_to(*entry)
    step(caseworker, case, Act.FORWARD)
    return step(answerer, case, Act.STAND_BY, Deed(reason="经核对，记录与决定书一致。"))


def test_who_rejected_an_objection_decides_neither_the_next_nor_a_complaint_about_it(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    first = heard(entry, caseworker, answerer)
    step(caseworker, first, Act.PROPOSE_AGAINST, Deed(reason="拟维持。", letter=AGAINST))
    step(second, first, Act.AGREE)
    others = [make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED) for _ in range(2)]
    again = heard(entry, caseworker, answerer)
    assert again.uid != first.uid
    complaint = complain(entry[0], about=first.uid)
    for case in (again, complaint):
        for one in (caseworker, second):
            with refused(Reason.NOT_IMPARTIAL):
                step(one, case, Act.PROPOSE_AGAINST, Deed(reason="拟不支持。", letter=AGAINST))
            with refused(Reason.NOT_IMPARTIAL):
                step(one, case, Act.UPHOLD, Deed(reason="支持。", letter=FOR))
        step(others[0], case, Act.PROPOSE_AGAINST, Deed(reason="拟不支持。", letter=AGAINST))
        with refused(Reason.NOT_IMPARTIAL):
            step(second, case, Act.AGREE)
    assert step(others[1], again, Act.AGREE, at=later(1)).outcome is Outcome.AGAINST


def test_what_silence_took_out_comes_back_by_two_people_who_read_what_its_source_certified(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    resident, uid = entry
    case = object_to(resident, uid)
    at = later(30)

    def certified(by: Actor, at: datetime = at) -> UUID:
        content = PDF + by.kind.encode() + str(at).encode()
        return paper(by, case, kind=PaperKind.CERTIFICATE, content=content, at=at).paper_id

    def propose() -> None:
        step(caseworker, case, Act.PROPOSE_AGAINST, Deed(reason="拟恢复。", letter=AGAINST), at=at)

    def read(by: Actor, paper_id: UUID) -> None:
        remedies.open_paper(actor=by, uid=case.uid, paper_id=paper_id, at=at, reason="read")

    # what the platform's own officer or the person calls a certificate is none
    for other in (caseworker, resident.someone.actor):
        with refused(Reason.CERTIFIED_BY_OTHERS):
            certified(other)
    early = certified(answerer, NOW)
    read(caseworker, early)
    with refused(Reason.UNCERTIFIED):
        propose()
    true = certified(answerer)
    with refused(Reason.UNCERTIFIED):
        propose()
    read(caseworker, true)
    propose()
    read(second, early)
    with refused(Reason.PAPERS_UNOPENED):
        step(second, case, Act.AGREE, at=at)
    read(second, true)
    closed = step(second, case, Act.AGREE, at=at)
    assert [one.kind for one in closed.letters] == [LetterKind.READMITTED]
    assert status_of(resident, uid, at=at) is Status.IN_FORCE
    assert [one.act for one in closed.events].count(Act.LAPSE) == 1


def test_nothing_is_let_back_but_on_what_its_source_certified_and_both_have_read(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    case, at = object_to(*entry), later(30)
    true = paper(answerer, case, kind=PaperKind.CERTIFICATE, at=at)
    remedies.open_paper(actor=caseworker, uid=case.uid, paper_id=true.paper_id, at=at, reason="read")
    case = step(caseworker, case, Act.PROPOSE_AGAINST, Deed(reason="拟恢复。", letter=AGAINST), at=at)
    back = agreeing(
        case, source="restoring", letter_kind="readmitted", actor=second.official_id, at=at,
        letter_id=letter(case, kind="readmitted", decider=caseworker.official_id, second=second.official_id),
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="its source has not certified"), transaction.atomic():
        write(back)
    remedies.open_paper(actor=second, uid=case.uid, paper_id=true.paper_id, at=at, reason="read")
    write(back)


# --- who was told that it is out --------------------------------------------------------------------------------------


def acknowledge_all(bank: Actor, at: datetime) -> None:
    for line in remedies.recalls_for(bank, at):
        remedies.acknowledge_recall(actor=bank, uid=line.uid, at=at, reason="已按现在的内容改正。")


@pytest.mark.parametrize("heard", [True, False], ids=["all had acknowledged", "one had not"])
def test_who_was_told_that_it_is_out_is_told_that_it_is_back_and_of_the_next_end(
    shown: tuple[Resident, UUID],
    banks: tuple[Actor, Actor],
    caseworker: Actor,
    second: Actor,
    answerer: Actor,
    heard: bool,
) -> None:
    resident, uid = shown
    stranger = machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))
    consented(resident, stranger, days=30)
    removed = step(
        caseworker, object_to(*shown, at=later(1)), Act.UPHOLD, Deed(reason="支持。", letter=FOR), at=later(1)
    )
    # who asks while it is out is shown nothing of it, and has nothing to hear
    ask(stranger, question(resident), later(1))
    for bank in banks[: None if heard else 1]:
        acknowledge_all(bank, later(2))
    case = let_back(asked_back(removed, answerer, at=later(2)), caseworker, second, at=later(3))
    assert (case.state, status_of(resident, uid, at=later(3))) == ("back", Status.IN_FORCE)
    assert [lines(bank, later(3)) for bank in (*banks, stranger)] == [
        [("withdrawn", True), ("back", False)],
        [("withdrawn", heard), ("back", False)],
        [],
    ]
    told = [one for one in remedies.cases_of(actor=resident.someone.actor, at=later(3)) if one.workflow == "correction"]
    assert [one.outcome for one in told if one.outcome is None] == [None]
    assert len(told) == 1 + heard
    # of its next end they are told anew, in whichever case is open, once
    official = make_official(role=Role.IDENTITY_OFFICER)
    given = {"organisation_id": str(official.organisation_id), "withdrawn_by": str(official.official_id)}
    records.withdraw_entry(actor=official, person_id=resident.person_id, uid=uid, at=later(4), reason="identity_change")
    with clock.set_for_tests(later(4)):
        again = [
            recall_withdrawn_entry(str(resident.person_id), str(uid), at=later(4).isoformat(), **given)
            for _ in range(2)
        ]
    assert again == [True, False]
    assert [lines(bank, later(4))[-2:] for bank in banks] == [[("back", False), ("withdrawn", False)]] * 2
    for bank in banks:
        acknowledge_all(bank, later(5))
    told = [one for one in remedies.cases_of(actor=resident.someone.actor, at=later(5)) if one.workflow == "correction"]
    assert [one.outcome for one in told] == [Outcome.FOR] * len(told)


# --- what comes back --------------------------------------------------------------------------------------------------


def certify(source: Actor, case: Case, readers: tuple[Actor, ...], at: datetime) -> Case:
    """Another certificate of the source's own people; these have read it, and all that lay there before."""
    given = paper(source, case, kind=PaperKind.CERTIFICATE, content=PDF + str(at).encode(), at=at)
    for one in readers:
        for paper_id in {given.paper_id, *(before.paper_id for before in case.papers)}:
            remedies.open_paper(actor=one, uid=case.uid, paper_id=paper_id, at=at, reason="read")
    return remedies.case_for(actor=readers[0], uid=case.uid, at=at).case


def test_a_wrong_figure_comes_back_corrected_and_is_never_shown_again(
    supplied: Supplied, banks: tuple[Actor, Actor], caseworker: Actor, second: Actor, answerer: Actor
) -> None:
    resident, bank, both = supplied.resident, banks[0], (caseworker, second)
    consented(resident, bank, days=30)

    def told(at: datetime) -> list[object]:
        found = ask(bank, question(resident), at)
        # who has nothing to be told is not told why
        return [one.fields["CF_NR_FK"] for one in found.entries] if isinstance(found, Answered) else []

    def supply(amount: str, at: datetime) -> list[RowOutcome]:
        return outcomes(batch_by_id(supplied.hand_in(at, amount=amount)))

    def changes() -> list[int]:
        with as_person(resident.person_id):
            found = Notice.objects.filter(person_id=resident.person_id, kind="entry_changed")
            return list(found.values_list("subject_version", flat=True))

    assert told(later(0)) == ["0.3"]
    removed = step(
        caseworker,
        object_to(resident, supplied.uid, at=later(1)),
        Act.UPHOLD,
        Deed(reason="支持。", letter=FOR),
        at=later(1),
    )
    case = asked_back(removed, answerer, at=later(2))
    assert remedies.corrected_on(answerer, case.uid, at=later(2)) is None
    certify(answerer, case, both, later(2))
    assert (supply("0.3", later(2)), supply("0.2", later(3)), supply("0.2", later(3))) == (
        [RowOutcome.REFUSED], [RowOutcome.KEPT_OUT], [RowOutcome.SAME],
    )  # fmt: skip
    assert (told(later(3)), lines(bank, later(3)), changes()) == ([], [("withdrawn", False)], [])
    # what was certified is not what would come back
    assert remedies.corrected_on(answerer, case.uid, at=later(3)) == shanghai_day(later(3))
    draft = Deed(reason="拟恢复。", letter=AGAINST)
    with refused(Reason.UNCERTIFIED):
        step(caseworker, case, Act.PROPOSE_AGAINST, draft, at=later(3))
    certify(answerer, case, both, later(4))
    step(caseworker, case, Act.PROPOSE_AGAINST, draft, at=later(4))
    # nor is it what was proposed, where another version comes before somebody agrees
    assert supply("0.1", later(5)) == [RowOutcome.KEPT_OUT]
    case = certify(answerer, case, both, later(6))
    with refused(Reason.UNCERTIFIED):
        step(second, case, Act.AGREE, at=later(6))
    signed = {"kind": "readmitted", "decider": caseworker.official_id, "second": second.official_id}
    with pytest.raises(DatabaseError, match="nobody certified and proposed"), transaction.atomic():
        write(
            agreeing(
                case, workflow="readmission", source="proposed", target="back", letter_kind="readmitted",
                actor=second.official_id, at=later(6), letter_id=letter(case, **signed),
            )
        )  # fmt: skip
    step(second, case, Act.DISAGREE, Deed(reason="又有更正。"), at=later(6))
    step(caseworker, case, Act.PROPOSE_AGAINST, draft, at=later(6))
    assert step(second, case, Act.AGREE, at=later(7)).state == "back"
    assert (told(later(7)), lines(bank, later(7)), changes()) == (["0.1"], [("withdrawn", False), ("back", False)], [3])
    # it is in force again, and what was removed does not come in as its correction
    assert (supply("0.3", later(8)), supply("0.1", later(8))) == ([RowOutcome.REFUSED], [RowOutcome.SAME])
    assert told(later(8)) == ["0.1"]
    with as_person(resident.person_id):
        found = records.entries_with_any_status(resident.person_id, shown_at=later(8), known_at=later(8))
    assert [(one.version, one.status) for one in sorted(found, key=lambda one: one.version)] == [
        (1, Status.SUPERSEDED), (2, Status.SUPERSEDED), (3, Status.IN_FORCE),
    ]  # fmt: skip
