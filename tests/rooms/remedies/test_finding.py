"""What a case is about that came in without its number, said afterwards: once, and by the clocks of the first day."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from chengxin.foundation.actors import Actor
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.offices.terms import OrganisationView, Role
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Case, Channel, Deed
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act
from tests.making import make_official
from tests.people import NOW
from tests.remedies import later, status_of, step
from tests.residents import FOUNDED, Resident, give_penalty, make_resident
from tests.rooms.remedies.test_promises import write


def refused(reason: Reason) -> AbstractContextManager[object]:
    return pytest.raises(Refusal, match=reason.value)


def unsaid(resident: Resident, kind: AboutKind = AboutKind.ENTRY, *, words: str = "不对。") -> Case:
    """Taken in from a letter that names no number."""
    return remedies.open_case(
        actor=make_official(role=Role.CLERK, at=FOUNDED), person_id=resident.person_id, workflow="objection",
        about=About(kind), channel=Channel.PAPER, deed=Deed(reason=words), at=NOW, reason="taken_in_by_office",
    )  # fmt: skip


def named(case: Case, actor: Actor, uid: UUID, **given: Any) -> dict[str, Any]:
    """An event that says what a case is about, as any statement of the application could write it."""
    values: dict[str, Any] = {
        "person_id": case.person_id, "case_id": case.case_id, "seq": 2, "workflow": "objection", "source": "checking",
        "act": "find", "target": "checking", "letter_kind": "", "second": False, "at": NOW, "who": "caseworker",
        "actor": actor.official_id, "organisation_id": actor.organisation_id, "found": uid, "found_version": 1, "sealed": b"x",
    }  # fmt: skip
    return values | given


def test_what_a_case_is_about_is_said_once_and_is_its_persons_own(
    entry: tuple[Resident, UUID], supplier: OrganisationView, caseworker: Actor
) -> None:
    (resident, uid), other = entry, make_resident()
    _, foreign = give_penalty(other, supplier)
    case, of_a_look = unsaid(resident), unsaid(resident, AboutKind.LOOK)
    with pytest.raises(NotFound):
        remedies.open_case(
            actor=resident.someone.actor, person_id=resident.person_id, workflow="objection",
            about=About(AboutKind.ENTRY), deed=Deed(reason="不对。"), at=NOW, reason="facts_wrong",
        )  # fmt: skip
    for attack in (
        named(case, caseworker, foreign),
        named(case, caseworker, uid, found_version=9),
        named(of_a_look, caseworker, uid),
    ):
        with pytest.raises(DatabaseError, match="finds what its case does not look for"), transaction.atomic():
            write(attack)
    with pytest.raises(DatabaseError, match="remedies_event_finds_what_it_says"), transaction.atomic():
        write(named(case, caseworker, uid, act="add_paper"))
    with pytest.raises(NotFound):
        step(caseworker, case, Act.FIND, Deed(found=foreign))
    with refused(Reason.NOTHING_TO_FIND):
        step(caseworker, case, Act.FIND)
    found = step(resident.someone.actor, case, Act.FIND, Deed(found=uid))
    assert (found.about.uid, found.clocks, found.opened_at) == (uid, case.clocks, case.opened_at)
    assert status_of(resident, uid) is Status.FROZEN
    assert status_of(resident, uid, at=later(30)) is Status.SILENT
    with refused(Reason.NOTHING_TO_FIND):
        step(caseworker, case, Act.FIND, Deed(found=uid))
    with pytest.raises(DatabaseError, match="finds what its case does not look for"), transaction.atomic():
        write(named(case, caseworker, uid, seq=3))
    # another letter about the same entry is not about it a second time
    again = remedies.choice_of(actor=caseworker, uid=unsaid(resident, words="还是不对。").uid, at=NOW)
    assert again.meant == ()


def test_what_was_found_after_the_term_ran_out_is_out_as_if_it_had_been_known_from_the_first(
    entry: tuple[Resident, UUID], caseworker: Actor
) -> None:
    resident, uid = entry
    case, at = unsaid(resident), later(30)
    assert status_of(resident, uid, at=at) is Status.IN_FORCE
    found = step(caseworker, case, Act.FIND, Deed(found=uid), at=at)
    assert (found.state, found.silent) == ("removed", True)
    assert status_of(resident, uid, at=at) is Status.SILENT
