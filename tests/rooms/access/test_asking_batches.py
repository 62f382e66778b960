"""Batches of questions, each person with a ground and a look of their own; and the cases they are for."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.access.actions import asking, batches
from chengxin.access.models import Case, Look
from chengxin.access.terms.asking import Answered, CaseNumberTaken, CaseUnknown, NoAnswer
from chengxin.catalogue.terms import Operation
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction, see_persons
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import BadInput, Refusal
from chengxin.offices.terms import OrganisationView
from tests.asking import (
    LOAN,
    SOON,
    TENDER,
    ask,
    looks,
    make_case,
    make_inquirer,
    put_on_the_courts_list,
    question,
)
from tests.making import WHY, make_organisation
from tests.people import NOW, invented_identity, make_person
from tests.residents import (
    found_city_with_catalogue,
)
from tests.sources import confirm_name


@pytest.fixture(scope="module", autouse=True)
def in_town(city: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


# --- batches -----------------------------------------------------------------------------------------------------------


def test_a_batch_gives_each_person_a_ground_and_a_look_of_their_own(
    finance: OrganisationView, court: OrganisationView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 3)
    official = make_inquirer(finance)
    case, full = make_case(official, persons_most=10), make_case(official, persons_most=1)
    people = [make_person() for _ in range(7)]
    confirm_name(people[0], court.id)
    put_on_the_courts_list(people[0], supplier=court)
    refs = [case.ref] * 3 + [full.ref, full.ref] + [case.ref] * 2
    questions = [
        question(one, purpose=TENDER, operation=Operation.CHECK, case_ref=ref)
        for one, ref in zip(people, refs, strict=True)
    ]
    questions.append(question(make_person(), purpose=TENDER, operation=Operation.CHECK))
    answers = access.ask_many(actor=official, questions=questions, at=SOON)
    told = [answer.yes if isinstance(answer, Answered) else answer.reason for answer in answers]
    assert told == [False, True, True, True, NoAnswer.CASE_FULL, True, True, NoAnswer.CASE_MISSING]
    for one, answer in zip(people, answers, strict=False):
        (look,) = looks(one)
        assert look.outcome == ("shown" if isinstance(answer, Answered) else answer.reason)


def test_one_person_twice_in_a_batch_counts_twice(bank: Actor, finance: OrganisationView) -> None:
    official, someone = make_inquirer(finance), make_person()
    case = make_case(official)
    asked = question(someone, purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref)
    answers = access.ask_many(actor=official, questions=[asked] * 7, at=SOON)
    assert [isinstance(answer, Answered) for answer in answers] == [True] * 5 + [False] * 2
    assert Case.objects.get(uid=case.uid).places_taken == 1


def test_a_purpose_without_batches_takes_one_person(bank: Actor) -> None:
    people = [make_person(), make_person()]
    answers = access.ask_many(actor=bank, questions=[question(one) for one in people], at=SOON)
    assert [answer.reason for answer in answers if isinstance(answer, Refused)] == [NoAnswer.BATCH_TOO_LARGE] * 2


def test_a_chunk_that_fails_leaves_the_others_answered(
    finance: OrganisationView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 2)
    official = make_inquirer(finance)
    case = make_case(official, persons_most=6)
    people = [make_person() for _ in range(6)]
    keep = asking.keep

    def sometimes(*given: Any, **named: Any) -> Any:
        if given[2] is not None and people[2].person_id in [one.person_id for one in given[1]]:
            raise DatabaseError("gone")
        return keep(*given, **named)

    monkeypatch.setattr(asking, "keep", sometimes)
    questions = [question(one, purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref) for one in people]
    answers = access.ask_many(actor=official, questions=questions, at=SOON)
    assert [isinstance(answer, Answered) for answer in answers] == [True, True, False, False, True, True]
    assert looks(people[2])[0].outcome == NoAnswer.FAILED
    with pytest.raises(ValueError, match="one thing"):
        access.ask_many(actor=official, questions=[questions[0], question(people[0])], at=SOON)


def test_a_case_holds_no_more_than_its_places_whatever_is_asked_at_once(
    finance: OrganisationView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 2)
    monkeypatch.setattr(batches, "AT_ONCE", 6)
    official = make_inquirer(finance)
    case = make_case(official, persons_most=5)
    people = [make_person() for _ in range(12)]
    waits = Barrier(6)
    decide = asking._decide_each

    def together(*given: Any) -> Any:
        with suppress(BrokenBarrierError):
            # each has read the case before any of them takes a place in it
            waits.wait(timeout=5)
        return decide(*given)

    monkeypatch.setattr(asking, "_decide_each", together)
    questions = [question(one, purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref) for one in people]
    answers = access.ask_many(actor=official, questions=questions, at=SOON)
    assert sum(isinstance(answer, Answered) for answer in answers) == 5
    assert {one.reason for one in answers if isinstance(one, Refused)} == {NoAnswer.CASE_FULL}
    assert Case.objects.get(uid=case.uid).places_taken == 5
    assert [len(looks(one)) for one in people] == [1] * 12


@pytest.mark.parametrize("before", [0, 1, 5], ids=["somebody new", "somebody named before", "asked too often"])
def test_a_case_closed_while_it_is_asked_for_answers_nothing(
    finance: OrganisationView, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    """A question that would be refused is asked anew as well: its look could belong to a case that was sealed meanwhile."""
    official, someone = make_inquirer(finance), make_person()
    case = make_case(official)
    asked = question(someone, purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref)
    for _ in range(before):
        assert isinstance(ask(official, asked), Answered)
    decide = asking._decide_each

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(asking, "_decide_each", decide)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_close, official, case.uid).result()
        return decide(*given)

    monkeypatch.setattr(asking, "_decide_each", meanwhile)
    answer = ask(official, asked)
    assert isinstance(answer, Refused)
    assert answer.reason == NoAnswer.CASE_NOT_OPEN
    assert [look.outcome for look in looks(someone)] == ["case_not_open"] + ["shown"] * before


def _close(actor: Actor, uid: UUID) -> None:
    try:
        access.close_case(actor=actor, uid=uid, at=SOON, reason=WHY)
    finally:
        connections.close_all()


# --- cases -------------------------------------------------------------------------------------------------------------


def test_a_case_is_opened_by_whom_the_purpose_is_for_and_no_other(finance: OrganisationView, bank: Actor) -> None:
    official = make_inquirer(finance)
    for more, why in (
        ({"purpose": LOAN}, "purpose_without_case"),
        ({"purpose": "licence_review"}, "not_for_this_organisation"),
        ({"ref": " "}, "case_number_unreadable"),
        ({"persons_most": 0}, "case_about_too_many"),
        ({"persons_most": 10_001}, "case_about_too_many"),
    ):
        given: dict[str, Any] = {"ref": "2026-1", "purpose": TENDER, "persons_most": 1} | more
        with pytest.raises(Refusal) as refusal:
            access.open_case(actor=official, at=NOW, reason=WHY, **given)
        assert refusal.value.refused.reason == why
    with pytest.raises(BadInput):
        access.open_case(actor=official, ref=invented_identity()[0], purpose=TENDER, persons_most=1, at=NOW, reason=WHY)
    case = make_case(official)
    assert [one.uid for one in access.cases_for(official, NOW)].count(case.uid) == 1
    with pytest.raises(CaseNumberTaken):
        access.open_case(actor=official, ref=case.ref, purpose=TENDER, persons_most=1, at=NOW, reason=WHY)
    with pytest.raises(CaseUnknown):
        access.case_for(make_inquirer(make_organisation(kind="fiscal")), case.uid, NOW)


def test_looks_of_a_batch_stay_apart(bank: Actor) -> None:
    """The list of persons opens no door that the one person did not: rows of others stay unseen, and the setting ends."""
    one, two = make_person(), make_person()
    for someone in (one, two):
        ask(bank, question(someone))
    for seen in ([one], [one, two], []):
        with in_transaction():
            see_persons([someone.person_id for someone in seen])
            assert set(Look.objects.values_list("person_id", flat=True)) == {someone.person_id for someone in seen}
    assert not Look.objects.exists()
    with pytest.raises(RuntimeError):
        see_persons([one.person_id])
    with in_transaction():
        assert isinstance(ask(bank, question(one)), Refused)
        assert not Look.objects.exists(), "a question within another's transaction leaves nothing open behind it"
