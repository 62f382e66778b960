"""Silence that a law orders: two organisations, an end, kept from its person until then and no longer, with every job stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.access.actions import asking
from chengxin.access.actions.reviewing import ReviewedLook, raised
from chengxin.access.models import Case, LogWaiting, Look, SealOrder
from chengxin.access.terms.asking import Answered, CaseView
from chengxin.access.terms.reviews import Finding, LookUnknown, ReviewKind, WatchRule
from chengxin.access.terms.seals import SealState, SealUnknown, SealView
from chengxin.access.terms.uses import UseReport
from chengxin.foundation import clock, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices.terms import OrganisationView, Role
from tests.asking import make_case, put_on_the_courts_list, question
from tests.making import WHY, make_inquirer, make_official, make_organisation
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, make_resident, make_supplier
from tests.silence import EVIDENCE, LAW, confirm_silence, criminal_case, make_police
from tests.sources import confirm_name

ENDS = date(2026, 7, 1)
OPENS = day_starts_at(ENDS)
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module", autouse=True)
def court(city: None) -> Iterator[OrganisationView]:
    """The shipped catalogue, whose law of silence somebody confirmed."""
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        confirm_silence()
        yield make_supplier("court", "云川市中级人民法院")


@pytest.fixture(scope="module")
def inquirer(court: OrganisationView) -> Actor:
    return make_police()


@pytest.fixture(scope="module")
def supervisor(court: OrganisationView) -> Actor:
    return make_official(role=Role.ACCESS_SUPERVISOR)


@pytest.fixture
def resident(court: OrganisationView) -> Resident:
    made = make_resident()
    confirm_name(made.someone, court.id)
    put_on_the_courts_list(made.someone, supplier=court)
    return made


def asked(inquirer: Actor, case: CaseView, *, ends_on: date = ENDS, law: str = LAW.code) -> SealView:
    return access.ask_seal(actor=inquirer, case=case.uid, law=law, ends_on=ends_on, at=NOW, reason="侦查中，不能惊动。")


def decided(seal: SealView, by: Actor, *, approved: bool = True, at: datetime = NOW) -> SealView:
    return access.decide_seal(actor=by, uid=seal.uid, approved=approved, at=at, reason=WHY)


def look_in(case: CaseView, who: Resident, by: Actor, *, at: datetime = NOW) -> UUID:
    answer = access.ask(actor=by, question=question(who, purpose=EVIDENCE, case_ref=case.ref), at=at)
    assert isinstance(answer, Answered), answer
    return answer.look


def known(who: Resident, *, at: datetime) -> set[UUID]:
    """Every look that its person reads at a moment, by each way of reading them."""
    with as_person(who.person_id):
        ways = [
            {look.uid for look in access.looks_of(who.person_id, at=at)},
            {look.uid for look in access.looks_of(who.person_id, at=at, own=False)},
            {look.uid for look in access.all_looks(who.person_id, at=at)},
            {look.uid for found in access.looks_by_entry(who.person_id, at=at).values() for look in found},
        ]
    assert all(way == ways[0] for way in ways)
    return ways[0]


def reason_of(refused: Any) -> str:
    return str(refused.value.refused.reason)


def test_a_sealed_look_opens_by_itself_on_its_day_and_says_why(
    resident: Resident, inquirer: Actor, supervisor: Actor
) -> None:
    case = criminal_case(inquirer)
    decided(asked(inquirer, case), supervisor)
    look = look_in(case, resident, inquirer)
    # no job runs here: not one of the worker's, and not the log's
    assert known(resident, at=NOW) == set()
    assert known(resident, at=OPENS - SECOND) == set()
    assert known(resident, at=OPENS) == {look}
    with as_person(resident.person_id):
        (shown,) = access.looks_of(resident.person_id, at=OPENS)
        law = access.seals_of([shown])[look]
        assert outbox.notices_of(resident.person_id) == []
    assert shown.opens_at == OPENS
    assert (law.law, law.article) == (LAW.basis.law, LAW.basis.article)


def test_a_question_that_fails_in_a_sealed_case_is_sealed_with_it(
    resident: Resident, inquirer: Actor, supervisor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its denial would tell what the law orders kept."""
    case = criminal_case(inquirer)
    decided(asked(inquirer, case), supervisor)

    def broken(*_: object, **__: object) -> Any:
        raise RuntimeError("gone")

    monkeypatch.setattr(asking, "decide", broken)
    failing = question(resident, purpose=EVIDENCE, case_ref=case.ref)
    assert isinstance(access.ask(actor=inquirer, question=failing, at=NOW), Refused)
    with as_person(resident.person_id):
        assert access.looks_of(resident.person_id, at=OPENS - SECOND) == []
        (denied,) = access.looks_of(resident.person_id, at=OPENS)
    assert denied.outcome == "failed"


def test_its_leaf_is_in_the_proof_log_from_the_start_and_its_proof_opens_with_it(
    resident: Resident, inquirer: Actor, supervisor: Actor
) -> None:
    case = criminal_case(inquirer)
    decided(asked(inquirer, case), supervisor)
    look = look_in(case, resident, inquirer)
    with as_person(resident.person_id):
        row = Look.objects.get(person_id=resident.person_id, uid=look)
    assert LogWaiting.objects.filter(commitment=bytes(row.commitment)).exists()
    access.sequence_log(at=NOW)
    with as_person(resident.person_id):
        with pytest.raises(NotFound):
            access.look_proof(resident.person_id, look, at=OPENS - SECOND)
        assert access.look_proof(resident.person_id, look, at=OPENS).text
    assert list(access.verify_log()) == []


def test_a_sealed_look_cannot_be_asked_about_before_it_opens(
    resident: Resident, inquirer: Actor, supervisor: Actor
) -> None:
    """Else the question would tell that there is something."""
    case = criminal_case(inquirer)
    decided(asked(inquirer, case), supervisor)
    look = look_in(case, resident, inquirer)

    def ask_about(at: datetime) -> UUID:
        return access.ask_about_look(
            actor=resident.someone.actor,
            person_id=resident.person_id,
            uid=look,
            words="",
            at=at,
            reason="not_recognised",
        )

    with pytest.raises(LookUnknown):
        ask_about(OPENS - SECOND)
    assert ask_about(OPENS)


def test_a_use_of_a_sealed_look_is_told_from_its_day_on(resident: Resident, inquirer: Actor, supervisor: Actor) -> None:
    case = criminal_case(inquirer)
    decided(asked(inquirer, case), supervisor)
    report = UseReport(
        "01", resident.someone.number, look_in(case, resident, inquirer), "云公决〔2026〕1号", shanghai_day(NOW)
    )
    with pytest.raises(Refusal) as refused:
        access.report_use(actor=inquirer, report=report, at=OPENS - SECOND, reason=WHY)
    assert reason_of(refused) == "use_not_to_be_told_yet"
    access.report_use(actor=inquirer, report=report, at=OPENS, reason=WHY)
    with as_person(resident.person_id):
        assert [one.kind for one in outbox.notices_of(resident.person_id)] == [access.USED_AGAINST]


def test_before_the_other_organisation_has_decided_and_after_it_refused_nothing_is_sealed(
    resident: Resident, inquirer: Actor, supervisor: Actor
) -> None:
    case = criminal_case(inquirer)
    order = asked(inquirer, case)
    first = look_in(case, resident, inquirer)
    decided(order, supervisor, approved=False)
    second = look_in(case, resident, inquirer, at=NOW + SECOND)
    assert known(resident, at=NOW + SECOND) == {first, second}


def test_a_look_made_before_the_order_stays_open_and_one_after_its_end_is_open(
    resident: Resident, inquirer: Actor, supervisor: Actor
) -> None:
    case = criminal_case(inquirer)
    before = look_in(case, resident, inquirer)
    decided(asked(inquirer, case), supervisor)
    sealed = look_in(case, resident, inquirer, at=NOW + SECOND)
    assert known(resident, at=NOW + SECOND) == {before}
    after = look_in(case, resident, inquirer, at=OPENS)
    assert known(resident, at=OPENS) == {before, sealed, after}


def test_another_case_is_not_sealed_with_it(resident: Resident, inquirer: Actor, supervisor: Actor) -> None:
    sealed, other = criminal_case(inquirer), criminal_case(inquirer)
    decided(asked(inquirer, sealed), supervisor)
    look = look_in(other, resident, inquirer)
    assert known(resident, at=NOW) == {look}


@pytest.mark.parametrize(("days", "reason"), [(0, "seal_too_long"), (LAW.days + 1, "seal_too_long"), (LAW.days, "")])
def test_the_end_is_within_the_laws_own_maximum(inquirer: Actor, days: int, reason: str) -> None:
    case, ends_on = criminal_case(inquirer), date(2026, 6, 1) + timedelta(days=days)
    if not reason:
        assert asked(inquirer, case, ends_on=ends_on).ends_on == ends_on
        return
    with pytest.raises(Refusal) as refused:
        asked(inquirer, case, ends_on=ends_on)
    assert reason_of(refused) == reason


def test_an_office_on_which_no_law_lays_silence_asks_in_vain(court: OrganisationView) -> None:
    other = make_inquirer(organisation=make_organisation(kind="development_reform"))
    assert access.seal_laws_open(other, NOW) == ()
    with pytest.raises(Refusal) as refused:
        asked(other, make_case(other))
    assert reason_of(refused) == "seal_without_law"


def test_nobody_seals_anothers_case(inquirer: Actor) -> None:
    other = make_police()
    with pytest.raises(NotFound):
        asked(inquirer, criminal_case(other))


def test_the_asking_organisation_does_not_decide(court: OrganisationView, inquirer: Actor, supervisor: Actor) -> None:
    """The lead office's own wish is not the lead office's to grant, and a supervisor reaches only what is below."""
    lead = make_organisation(kind="fiscal", name="云川市财政局")
    order = asked(inquirer, criminal_case(inquirer))
    with pytest.raises(Refusal):
        decided(order, inquirer)
    with pytest.raises(SealUnknown):
        access.decide_seal(actor=supervisor, uid=uuid4(), approved=True, at=NOW, reason=WHY)
    own = SealOrder(**{**whole(), "organisation_id": supervisor.organisation_id, "asked_by": inquirer.official_id})
    own.save(force_insert=True)
    with pytest.raises(Refusal) as refused:
        access.decide_seal(actor=supervisor, uid=own.uid, approved=True, at=NOW, reason=WHY)
    assert reason_of(refused) == "other_organisation_needed"
    assert own.uid not in [one.uid for one in access.seals_to_decide(supervisor, NOW)]
    assert lead.id not in {one.organisation_id for one in access.seals_to_decide(supervisor, NOW)}


def test_the_public_reads_how_many_and_under_which_law(inquirer: Actor, supervisor: Actor) -> None:
    def count() -> int:
        return sum(one.orders for one in access.seals_by_month() if one.month == date(2026, 6, 1))

    before = count()
    decided(asked(inquirer, criminal_case(inquirer)), supervisor)
    decided(asked(inquirer, criminal_case(inquirer)), supervisor, approved=False)
    asked(inquirer, criminal_case(inquirer))
    assert count() == before + 1
    assert all((one.law, one.article) == (LAW.basis.law, LAW.basis.article) for one in access.seals_by_month())


# ---- what the database holds ----------------------------------------------------------------------------------------


def whole() -> dict[str, Any]:
    return {
        "id": new_id(NOW), "uid": new_uid(), "organisation_id": uuid4(), "case_id": uuid4(), "case_ref": "1",
        "law": LAW.basis.law, "article": LAW.basis.article, "most_days": 90, "starts_on": date(2026, 6, 1), "ends_on": ENDS,
        "reason": WHY, "asked_by": uuid4(), "asked_at": NOW,
    }  # fmt: skip


_ASKER, _OFFICE = uuid4(), uuid4()
DECIDED: dict[str, Any] = {
    "state": "approved", "decided_at": NOW, "decided_by": uuid4(), "decided_in": uuid4(), "asked_by": _ASKER,
    "organisation_id": _OFFICE,
}  # fmt: skip
BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "no law": ("access_seal_order_names_its_law", {"law": ""}),
    "no state": ("access_seal_order_state_known", {**DECIDED, "state": "wished", "decided_at": None}),
    "no date": ("access_seal_order_decided_at", {**DECIDED, "decided_at": None}),
    "decided by nobody": ("access_seal_order_by_another_organisation", {**DECIDED, "decided_by": None}),
    "decided by the asker": ("access_seal_order_by_another_organisation", {**DECIDED, "decided_by": _ASKER}),
    "decided in the same office": ("access_seal_order_by_another_organisation", {**DECIDED, "decided_in": _OFFICE}),
    "decided first": ("access_seal_order_asked_before_decided", {**DECIDED, "decided_at": NOW - SECOND}),
    "no end": ("access_seal_order_has_an_end", {"ends_on": date(2026, 6, 1)}),
    "too long": ("access_seal_order_within_its_law", {"ends_on": date(2026, 6, 1) + timedelta(days=91)}),
}


@pytest.mark.parametrize("how", BROKEN)
def test_each_promise_is_kept_by_the_database(how: str) -> None:
    name, change = BROKEN[how]
    with pytest.raises(DatabaseError, match=name), in_transaction():
        SealOrder(**{**whole(), **change}).save(force_insert=True)


def test_a_case_is_sealed_by_an_approved_order_alone(inquirer: Actor) -> None:
    case = criminal_case(inquirer)
    asked(inquirer, case)
    with pytest.raises(DatabaseError, match="approved order"), in_transaction():
        Case.objects.filter(uid=case.uid).update(opens_at=OPENS)


def test_no_look_is_sealed_for_longer_than_any_law_could_order(resident: Resident) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'access_look_sealed_for_a_time'"
        )
        assert "180 days" in cursor.fetchone()[0]


def test_what_was_asked_is_not_changed_and_not_taken_away(inquirer: Actor) -> None:
    order = asked(inquirer, criminal_case(inquirer))
    assert order.state is SealState.ASKED
    with pytest.raises(DatabaseError, match="permission denied"), in_transaction():
        SealOrder.objects.filter(uid=order.uid).update(ends_on=date(2026, 6, 2))
    with pytest.raises(DatabaseError, match="permission denied"), in_transaction():
        SealOrder.objects.filter(uid=order.uid).delete()


def test_a_review_of_a_sealed_look_tells_its_person_nothing_before_it_opens(
    resident: Resident, inquirer: Actor, supervisor: Actor
) -> None:
    case = criminal_case(inquirer)
    decided(asked(inquirer, case), supervisor)
    look = look_in(case, resident, inquirer)
    assert inquirer.organisation_id is not None
    with in_transaction():
        review = raised(
            ReviewKind.WATCH, rule=WatchRule.HOURS, about=str(look),
            operator=(inquirer.organisation_id, inquirer.official_id, None),
            looks=[ReviewedLook(resident.person_id, look, OPENS)], at=NOW,
        )  # fmt: skip
    assert review is not None
    access.decide_review(
        actor=supervisor,
        uid=review.uid,
        finding=Finding.NOT_JUSTIFIED,
        told="不该看。",
        suspending=None,
        at=NOW,
        reason=WHY,
    )
    with as_person(resident.person_id):
        assert outbox.notices_of(resident.person_id) == []
        assert access.reviews_of(resident.person_id, OPENS - SECOND) == {}
        assert [one.told for one in access.reviews_of(resident.person_id, OPENS)[look]] == ["不该看。"]
