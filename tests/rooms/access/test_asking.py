"""Questions on PostgreSQL: answered within consent or law alone, logged each, closed when anything fails, silent to outsiders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from chengxin.access import facade as access
from chengxin.access.models import Case, Unheld
from chengxin.access.terms.asking import Answered, NoAnswer, Question
from chengxin.catalogue.terms import Operation
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import BadInput
from chengxin.offices.terms import OrganisationView, Role
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind
from tests.asking import (
    LOAN,
    NOTHING,
    SOON,
    TENDER,
    ask,
    consented,
    looks,
    machine_of,
    make_bank,
    make_case,
    make_client,
    make_inquirer,
    put_on_the_courts_list,
    question,
)
from tests.making import WHY, make_official, make_organisation
from tests.people import NOW, invented_identity, make_person
from tests.residents import (
    Resident,
    found_city_with_catalogue,
)
from tests.sources import confirm_name


@pytest.fixture(scope="module", autouse=True)
def in_town(city: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


def test_a_bank_is_answered_what_the_person_agreed_to_and_the_person_reads_it(bank: Actor, resident: Resident) -> None:
    consented(resident, bank, scope={"licence": frozenset({"XK_XKZS", "XK_XKJG"})})
    answer = ask(bank, question(resident))
    assert isinstance(answer, Answered)
    assert [(one.item, set(one.fields)) for one in answer.entries] == [("licence", {"XK_XKZS", "XK_XKJG"})]
    assert answer.entries[0].fields["XK_XKZS"] == "食品经营许可证"
    (look,) = looks(resident)
    assert (look.uid, look.outcome, look.purpose, look.operation) == (answer.look, "shown", LOAN, "look_up")
    assert (look.organisation_id, look.actor_kind, look.consent) == (bank.organisation_id, "client", answer.consent)
    assert (look.ground.law, look.ground.article) == ("个人信息保护法", "13")
    assert look.fields == ("licence:XK_XKJG", "licence:XK_XKZS")
    assert look.entries == 1


def test_the_question_narrows_further(bank: Actor, resident: Resident) -> None:
    consented(resident, bank)
    answer = ask(bank, question(resident, items={"penalty": frozenset({"CF_WFXW", "CF_WSH"})}))
    assert isinstance(answer, Answered)
    assert [(one.item, set(one.fields)) for one in answer.entries] == [("penalty", {"CF_WFXW"})]


def test_what_is_taken_back_is_refused_at_the_next_question(bank: Actor, resident: Resident) -> None:
    consented(resident, bank)
    assert isinstance(ask(bank, question(resident)), Answered)
    with as_person(resident.person_id):
        (consent,) = access.consents_of(resident.person_id)
    access.withdraw_consent(
        actor=resident.someone.actor, person_id=resident.person_id, uid=consent.uid, at=SOON, reason=WHY
    )
    assert ask(bank, question(resident)) == NOTHING
    assert looks(resident)[0].outcome == NoAnswer.CONSENT_WITHDRAWN


def test_once_is_once(bank: Actor, resident: Resident) -> None:
    consented(resident, bank, once=True)
    assert isinstance(ask(bank, question(resident)), Answered)
    assert ask(bank, question(resident)) == NOTHING
    assert looks(resident)[0].outcome == NoAnswer.CONSENT_USED


def test_an_answer_lost_on_the_way_may_be_asked_for_again(bank: Actor, resident: Resident) -> None:
    """Under the same key: decided again, noted again, and neither the one use nor the count is taken twice."""
    consented(resident, bank, once=True)
    same = question(resident, request_key=b"k" * 16)
    first = ask(bank, same)
    again = ask(bank, same, SOON + timedelta(minutes=1))
    assert isinstance(first, Answered)
    assert isinstance(again, Answered)
    assert again.look != first.look
    assert again.entries == first.entries
    assert ask(bank, question(resident, request_key=b"other key 16byte"[:16])) == NOTHING
    assert ask(bank, same, SOON + timedelta(hours=25)) == NOTHING
    assert sorted(look.outcome for look in looks(resident)) == ["consent_used", "consent_used", "shown", "shown"]


def test_a_request_asked_again_counts_once_and_does_not_get_round_how_often(bank: Actor, resident: Resident) -> None:
    """Three in thirty days by the shipped edition. Twice more under one key is still the first of them; what is more counts."""
    consented(resident, bank)
    same = question(resident, request_key=b"k" * 16)
    for n in range(3):
        assert isinstance(ask(bank, same, SOON + timedelta(minutes=n)), Answered)
    assert isinstance(ask(bank, question(resident, request_key=b"l" * 16), SOON + timedelta(minutes=3)), Answered)
    answers = [ask(bank, same, SOON + timedelta(minutes=4 + n)) for n in range(3)]
    assert [isinstance(answer, Answered) for answer in answers] == [True, False, False]
    assert ask(bank, question(resident), SOON + timedelta(minutes=8)) == NOTHING
    assert looks(resident)[0].outcome == NoAnswer.TOO_OFTEN
    later = ask(bank, same, SOON + timedelta(hours=26))
    assert later == NOTHING, "on the next day it asks anew"


def test_a_key_of_one_use_is_not_for_ever(bank: Actor, resident: Resident) -> None:
    consented(resident, bank, once=True)
    same = question(resident, request_key=b"k" * 16)
    answers = [ask(bank, same, SOON + timedelta(minutes=n)) for n in range(5)]
    assert [isinstance(answer, Answered) for answer in answers] == [True] * 3 + [False] * 2
    assert looks(resident)[0].outcome == NoAnswer.CONSENT_USED


def test_a_key_does_not_bring_back_what_was_withdrawn(bank: Actor, resident: Resident) -> None:
    consented(resident, bank)
    same = question(resident, request_key=b"k" * 16)
    assert isinstance(ask(bank, same), Answered)
    with as_person(resident.person_id):
        (consent,) = access.consents_of(resident.person_id)
    access.withdraw_consent(
        actor=resident.someone.actor, person_id=resident.person_id, uid=consent.uid, at=SOON, reason=WHY
    )
    assert ask(bank, same) == NOTHING


def _no_consent(resident: Resident, bank: Actor, supplier: OrganisationView) -> NoAnswer:
    return NoAnswer.NO_CONSENT


def _refused(resident: Resident, bank: Actor, supplier: OrganisationView) -> NoAnswer:
    access.ask_consent(
        actor=bank, asker=access.asker_of(bank, at=NOW), kind="01", number=resident.someone.number,
        name=resident.someone.name, purpose=LOAN, scope=None, at=NOW, reason=WHY,
    )  # fmt: skip
    with as_person(resident.person_id):
        (asked,) = access.consents_of(resident.person_id)
    access.refuse_consent(actor=resident.someone.actor, person_id=resident.person_id, uid=asked.uid, at=NOW, reason=WHY)
    return NoAnswer.CONSENT_REFUSED


def _nothing_held(resident: Resident, bank: Actor, supplier: OrganisationView) -> NoAnswer:
    consented(resident, bank, scope={"court_defaulter": frozenset({"caseCode"})})
    return NoAnswer.NOTHING_TO_SHOW


def _frozen(resident: Resident, bank: Actor, supplier: OrganisationView) -> NoAnswer:
    consented(resident, bank)
    with as_person(resident.person_id):
        now, _ = records.entries_of_subject(resident.person_id, at=NOW)
        for entry in now:
            records.mark_entry(
                actor=resident.someone.actor, person_id=resident.person_id, uid=entry.uid, kinds=(MarkKind.FROZEN,), at=NOW,
                reason=WHY,
            )  # fmt: skip
    return NoAnswer.NOTHING_TO_SHOW


def _ended(resident: Resident, bank: Actor, supplier: OrganisationView) -> NoAnswer:
    consented(resident, bank, days=1, at=NOW - timedelta(hours=23, minutes=59))
    return NoAnswer.CONSENT_ENDED


CLOSED: list[Callable[[Resident, Actor, OrganisationView], NoAnswer]] = [
    _no_consent, _refused, _nothing_held, _frozen, _ended,
]  # fmt: skip


@pytest.mark.parametrize("close", CLOSED, ids=lambda one: one.__name__.strip("_"))
def test_an_outsider_cannot_tell_one_no_from_another_and_the_person_can(
    bank: Actor, resident: Resident, supplier: OrganisationView, close: Callable[..., NoAnswer]
) -> None:
    why = close(resident, bank, supplier)
    assert ask(bank, question(resident)) == NOTHING
    assert looks(resident)[0].outcome == why
    nobody = Question(LOAN, Operation.LOOK_UP, "01", invented_identity()[0])
    assert ask(bank, nobody) == NOTHING


def test_a_question_about_nobody_leaves_a_row_that_names_nobody(bank: Actor) -> None:
    number, _ = invented_identity()
    before = Unheld.objects.count()
    assert ask(bank, Question(LOAN, Operation.LOOK_UP, "01", number)) == NOTHING
    row = Unheld.objects.latest("id")
    assert Unheld.objects.count() == before + 1
    assert (row.outcome, row.client_id, row.purpose) == ("no_consent", bank.client_id, LOAN)
    assert number not in str(row.__dict__)


def test_a_case_number_that_names_somebody_is_not_kept_beside_a_question_about_nobody(bank: Actor) -> None:
    number, _ = invented_identity()
    ask(bank, Question(LOAN, Operation.LOOK_UP, "01", number, case_ref=number))
    assert number not in str(Unheld.objects.latest("id").__dict__)


def test_a_check_says_yes_or_no_and_nothing_else(bank: Actor, resident: Resident, court: OrganisationView) -> None:
    consented(resident, bank)
    clean = ask(bank, question(resident, operation=Operation.CHECK))
    assert isinstance(clean, Answered)
    assert (clean.yes, clean.entries) == (True, ())
    confirm_name(resident.someone, court.id)
    put_on_the_courts_list(resident.someone, supplier=court)
    listed = ask(bank, question(resident, operation=Operation.CHECK), SOON + timedelta(seconds=1))
    assert isinstance(listed, Answered)
    assert (listed.yes, listed.entries) == (False, ())
    assert [look.fields for look in looks(resident)] == [("answer:no",), ("answer:yes",)]
    assert [look.entries for look in looks(resident)] == [1, 0]


def test_half_an_answer_is_none(bank: Actor, resident: Resident) -> None:
    consented(resident, bank, scope={"licence": frozenset({"XK_XKZS"})})
    assert ask(bank, question(resident, operation=Operation.CHECK)) == NOTHING


def test_a_verification_compares_number_and_name(bank: Actor, resident: Resident) -> None:
    consented(resident, bank, purpose="account_identity")
    verify = {"purpose": "account_identity", "operation": Operation.VERIFY}
    right = ask(bank, question(resident, name=resident.someone.name, **verify))  # type: ignore[arg-type]
    wrong = ask(bank, question(resident, name="诸葛别人", **verify))  # type: ignore[arg-type]
    assert isinstance(right, Answered)
    assert isinstance(wrong, Answered)
    assert (right.yes, wrong.yes) == (True, False)


def test_an_official_looks_for_an_open_case_of_the_own_office(
    finance: OrganisationView, court: OrganisationView
) -> None:
    official, someone = make_inquirer(finance), make_person()
    confirm_name(someone, court.id)
    put_on_the_courts_list(someone, supplier=court)
    case = make_case(official)
    answer = ask(official, question(someone, purpose=TENDER, case_ref=case.ref))
    assert isinstance(answer, Answered)
    assert set(answer.entries[0].fields) == {"caseCode", "courtName", "publishDate", "disruptTypeName"}
    (look,) = looks(someone)
    assert (look.case_ref, look.role, look.ground.article) == (case.ref, "inquirer", "8")
    access.close_case(actor=official, uid=case.uid, at=SOON, reason=WHY)
    closed = ask(official, question(someone, purpose=TENDER, case_ref=case.ref))
    assert isinstance(closed, Refused)
    assert closed.reason == NoAnswer.CASE_NOT_OPEN
    none = ask(official, question(someone, purpose=TENDER))
    assert isinstance(none, Refused)
    assert none.reason == NoAnswer.CASE_MISSING
    assert [one.outcome for one in looks(someone)] == ["case_missing", "case_not_open", "shown"]


def test_a_case_is_about_no_more_people_than_it_was_opened_for(finance: OrganisationView) -> None:
    """Somebody nobody holds takes a place too, or the places left would tell who is held."""
    official = make_inquirer(finance)
    case = make_case(official, persons_most=2)

    def asked(number: str) -> Answered | Refused:
        return ask(official, Question(TENDER, Operation.CHECK, "01", number, case_ref=case.ref))

    known, unknown = make_person(), invented_identity()[0]
    assert isinstance(asked(known.number), Answered)
    assert isinstance(asked(unknown), Answered)
    assert isinstance(asked(known.number), Answered), "the same person again takes no second place"
    full = asked(make_person().number)
    assert isinstance(full, Refused)
    assert full.reason == NoAnswer.CASE_FULL
    assert Case.objects.get(uid=case.uid).places_taken == 2


def test_another_offices_case_opens_nothing(finance: OrganisationView) -> None:
    other = make_inquirer(make_organisation(kind="fiscal"))
    case = make_case(make_inquirer(finance))
    stolen = ask(other, question(make_person(), purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref))
    assert isinstance(stolen, Refused)
    assert stolen.reason == NoAnswer.CASE_MISSING


def test_nobody_looks_at_the_own_file_by_mandate(finance: OrganisationView) -> None:
    oneself = make_person()
    official = make_inquirer(finance, number=oneself.number)
    case = make_case(official)
    assert ask(official, question(oneself, purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref)) == NOTHING
    assert looks(oneself)[0].outcome == NoAnswer.OWN_FILE


def test_an_official_needs_training_and_a_recorded_document(finance: OrganisationView) -> None:
    fresh = make_official(role=Role.INQUIRER, organisation=finance)
    case = make_case(make_inquirer(finance))
    asked = question(make_person(), purpose=TENDER, operation=Operation.CHECK, case_ref=case.ref)
    untrained = ask(fresh, asked)
    assert isinstance(untrained, Refused)
    assert untrained.reason == NoAnswer.TRAINING_NOT_VALID
    trained = make_inquirer(finance)
    late = ask(trained, asked, NOW + timedelta(days=320))
    assert isinstance(late, Refused)
    assert late.reason in {NoAnswer.TRAINING_NOT_VALID, NoAnswer.OPERATOR_NOT_IN_OFFICE}


def test_a_suspension_works_at_the_next_question(resident: Resident, in_town: None) -> None:
    bank = machine_of(make_client(make_bank()))
    consented(resident, bank)
    assert isinstance(ask(bank, question(resident)), Answered)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE offices_client SET state = 'ended', ended_at = %s, ended_by = gen_random_uuid()"
                       " WHERE id = %s", [SOON, bank.client_id])  # fmt: skip
    ended = ask(bank, question(resident))
    assert isinstance(ended, Refused)
    assert ended.reason == NoAnswer.OPERATOR_NOT_IN_OFFICE


def test_so_often_and_no_oftener_whatever_is_asked_at_once(bank: Actor, resident: Resident) -> None:
    """Three in thirty days by the shipped edition: of eight questions at once three are answered."""
    consented(resident, bank)

    def one(_: int) -> Answered | Refused:
        try:
            return ask(bank, question(resident))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(8)))
    assert sum(isinstance(answer, Answered) for answer in answers) == 3
    outcomes = [look.outcome for look in looks(resident)]
    assert sorted(outcomes) == ["shown"] * 3 + ["too_often"] * 5


def test_what_is_asked_about_one_person_is_planned_once_a_session(bank: Actor) -> None:
    """The server plans five times by the values, and keeps a plan for any value that costs no more."""
    for _ in range(8):
        ask(bank, question(make_person()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement, custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE '%[1]%'"
            " AND custom_plans + generic_plans > 5"
        )
        planned = cursor.fetchall()
    for room in ("access_consent", "persons_source", "persons_identity_key"):
        assert any(room in statement for statement, *_ in planned), room
    assert [statement for statement, custom, generic in planned if custom > 5 or not generic] == []


def test_one_use_is_one_whatever_is_asked_at_once(bank: Actor, resident: Resident) -> None:
    consented(resident, bank, once=True)

    def one(_: int) -> Answered | Refused:
        try:
            return ask(bank, question(resident))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(6)))
    assert sum(isinstance(answer, Answered) for answer in answers) == 1


def test_nobody_else_asks(resident: Resident) -> None:
    with pytest.raises(ValueError, match="asks nothing"):
        ask(resident.someone.actor, question(resident))
    with pytest.raises(BadInput):
        ask(Actor(kind="client", organisation_id=resident.person_id, client_id=resident.person_id),
            Question(LOAN, Operation.LOOK_UP, "99", "x"))  # fmt: skip
