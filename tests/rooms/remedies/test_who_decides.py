"""Who does not decide, because they took part; and who alone certifies what two people may let back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from chengxin.foundation.actors import Actor
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Role
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Deed, PaperKind
from chengxin.remedies.terms.letters import LetterKind
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.making import make_city, make_official
from tests.people import NOW
from tests.remedies import AGAINST, FOR, PDF, complain, later, object_to, paper, status_of, step
from tests.residents import FOUNDED, Resident
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
        return paper(by, case, kind=PaperKind.CERTIFICATE, content=content, at=at).paper_id  # type: ignore[no-any-return]

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
