"""Reviews on PostgreSQL: break-glass told and reviewed, "I do not recognise this", decided by another, misuse suspended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.access.models import OperatorLook, Review, ReviewLook
from chengxin.access.terms import LookView, Purpose
from chengxin.access.terms.asking import Answered, Question
from chengxin.access.terms.reviews import (
    Finding,
    LookUnknown,
    ReviewKind,
    ReviewOfLook,
    ReviewUnknown,
    ReviewView,
    Suspending,
    Whom,
)
from chengxin.catalogue.terms import Operation
from chengxin.foundation import clock, journal, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction, no_person
from chengxin.foundation.models import Journal
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices.terms import OrganisationView, Role, Tier
from tests.emergencies import RESCUE, RESCUERS
from tests.making import WHY, make_inquirer, make_official, make_organisation
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, give_licence, make_resident, make_supplier

FIRE = "现场有人被困，需要马上核实身份。"
TOLD = "查看的人在火场救人，理由成立。"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(scope="module", autouse=True)
def court(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier("court", "云川市中级人民法院")


@pytest.fixture(scope="module")
def rescuer(court: OrganisationView) -> Actor:
    return make_inquirer(organisation=make_organisation(kind=RESCUERS, name="云川市应急管理局"))


@pytest.fixture(scope="module")
def supervisor(court: OrganisationView) -> Actor:
    return make_official(role=Role.ACCESS_SUPERVISOR)


@pytest.fixture
def resident(court: OrganisationView) -> Resident:
    made = make_resident()
    give_licence(made, court)
    return made


def rescue(who: Resident, *, reason: str = FIRE) -> Question:
    return Question(purpose=RESCUE, operation=Operation.LOOK_UP, kind="01", number=who.someone.number, reason=reason)


def broken_glass(who: Resident, by: Actor) -> LookView:
    """The look of an emergency, as its person reads it."""
    answer = access.ask(actor=by, question=rescue(who), at=NOW)
    assert isinstance(answer, Answered), [look.outcome for look in looks(who)]
    return next(look for look in looks(who) if look.uid == answer.look)


def looks(who: Resident) -> list[LookView]:
    with as_person(who.person_id):
        return access.looks_of(who.person_id, at=NOW, own=False)


def reviews(who: Resident) -> list[ReviewOfLook]:
    with as_person(who.person_id):
        return [one for found in access.reviews_of(who.person_id, NOW).values() for one in found]


def told(who: Resident) -> list[str]:
    with as_person(who.person_id):
        return [notice.kind for notice in outbox.notices_of(who.person_id)]


def review_of(who: Resident, supervisor: Actor, *, kind: ReviewKind) -> ReviewView:
    (mine,) = (one for one in reviews(who) if one.kind is kind)
    uid = Review.objects.get(id=mine.review_id).uid
    return access.review_for(supervisor, uid, NOW)


def asked(who: Resident, look: LookView, *, words: str = "", by: Actor | None = None) -> UUID:
    return access.ask_about_look(
        actor=by or who.someone.actor,
        person_id=who.person_id,
        uid=look.uid,
        words=words,
        at=NOW,
        reason="not_recognised",
    )


def decided(
    uid: UUID,
    by: Actor,
    finding: Finding = Finding.JUSTIFIED,
    *,
    suspending: Suspending | None = None,
    words: str = TOLD,
) -> ReviewView:
    return access.decide_review(
        actor=by, uid=uid, finding=finding, told=words, suspending=suspending, at=LATER, reason=WHY
    )


def reason_of(refused: Any) -> str:
    return str(refused.value.refused.reason)


# ---- break-glass -----------------------------------------------------------------------------------------------------


def test_breaking_the_glass_tells_the_person_at_once_and_asks_for_a_review_in_two_working_days(
    resident: Resident, rescuer: Actor, supervisor: Actor
) -> None:
    look = broken_glass(resident, rescuer)
    assert (look.emergency, look.reason, look.case_ref) == (True, FIRE, "")
    assert told(resident) == ["emergency_look"]
    review = review_of(resident, supervisor, kind=ReviewKind.EMERGENCY)
    assert (review.why, review.official_id, review.organisation_id) == (
        FIRE,
        rescuer.official_id,
        rescuer.organisation_id,
    )
    # NOW is a Monday
    assert review.due_on == date(2026, 6, 3)
    assert Journal.objects.filter(act="break_glass", thing_uid=review.uid, reason=FIRE).exists()


def test_without_a_written_reason_and_under_another_purpose_the_glass_does_not_break(
    resident: Resident, rescuer: Actor
) -> None:
    for question in (rescue(resident, reason=" "), rescue(resident, reason="")):
        assert isinstance(access.ask(actor=rescuer, question=question, at=NOW), Refused)
    other = Question(
        purpose="tender_review", operation=Operation.LOOK_UP, kind="01", number=resident.someone.number, reason=FIRE
    )
    outsider = make_inquirer(organisation=make_organisation(kind="fiscal"))
    assert isinstance(access.ask(actor=outsider, question=other, at=NOW), Refused)
    assert reviews(resident) == []
    assert told(resident) == []


def test_where_the_review_cannot_be_raised_nothing_is_shown(resident: Resident, rescuer: Actor) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT ON access_review FROM chengxin_web")
        try:
            answer = access.ask(actor=rescuer, question=rescue(resident), at=NOW)
        finally:
            cursor.execute("GRANT INSERT ON access_review TO chengxin_web")
    assert isinstance(answer, Refused)
    assert told(resident) == []


def test_a_number_in_the_reason_stops_it(resident: Resident, rescuer: Actor) -> None:
    """The person reads the reason, and so does a supervisor: nobody's number stands in it."""
    words = f"{FIRE}另一人 {resident.someone.number}"
    assert isinstance(access.ask(actor=rescuer, question=rescue(resident, reason=words), at=NOW), Refused)
    assert reviews(resident) == []


# ---- "I do not recognise this" ---------------------------------------------------------------------------------------


def test_a_person_asks_about_a_look_and_somebody_else_answers(
    resident: Resident, rescuer: Actor, supervisor: Actor
) -> None:
    look = broken_glass(resident, rescuer)
    uid = asked(resident, look, words="我当时不在那里。")
    review = access.review_for(supervisor, uid, NOW)
    assert (review.kind, review.words, review.about) == (ReviewKind.UNRECOGNISED, "我当时不在那里。", 1)
    assert review.due_on == date(2026, 6, 8), "five working days after a Monday"
    assert uid in [one.uid for one in access.reviews_for(supervisor, NOW)]
    decided(uid, supervisor, Finding.NOT_JUSTIFIED, words="没有理由看，已经纠正。")
    mine = next(one for one in reviews(resident) if one.kind is ReviewKind.UNRECOGNISED)
    assert (mine.look, mine.finding, mine.told) == (look.uid, Finding.NOT_JUSTIFIED, "没有理由看，已经纠正。")
    assert sorted(told(resident)) == ["emergency_look", "look_reviewed"]
    assert uid not in [one.uid for one in access.reviews_for(supervisor, LATER)]
    assert uid in [one.uid for one in access.reviews_for(supervisor, LATER, decided=True)]


def test_the_supervisors_side_holds_nothing_of_the_person_but_their_own_words(
    resident: Resident, rescuer: Actor, supervisor: Actor
) -> None:
    uid = asked(resident, broken_glass(resident, rescuer))
    said = repr(access.review_for(supervisor, uid, NOW))
    for secret in (resident.someone.number, resident.someone.name, str(resident.person_id), "许可证"):
        assert secret not in said


def test_a_person_asks_once_about_others_looks_at_themselves_alone(resident: Resident, rescuer: Actor) -> None:
    look, other = broken_glass(resident, rescuer), make_resident()
    asked(resident, look)
    with pytest.raises(Refusal) as again:
        asked(resident, look)
    assert reason_of(again) == "look_asked_about"
    with pytest.raises(LookUnknown):
        asked(other, look)
    with pytest.raises(Refusal) as stranger:
        asked(resident, look, by=other.someone.actor)
    assert reason_of(stranger) == "not_your_file"
    with as_person(resident.person_id):
        access.own_file(actor=resident.someone.actor, person_id=resident.person_id, at=NOW)
        (own,) = access.looks_of(resident.person_id, at=NOW, own=True)
    with pytest.raises(Refusal) as mine:
        asked(resident, own)
    assert reason_of(mine) == "own_look"


def test_words_with_somebodys_number_are_not_taken(resident: Resident, rescuer: Actor, supervisor: Actor) -> None:
    look = broken_glass(resident, rescuer)
    with pytest.raises(journal.ReasonNamesSomebody):
        asked(resident, look, words=f"我是 {resident.someone.number}")
    uid = asked(resident, look)
    with pytest.raises(journal.ReasonNamesSomebody):
        decided(uid, supervisor, words=f"不是 {resident.someone.number}")


def test_another_persons_list_stays_closed(resident: Resident, rescuer: Actor) -> None:
    asked(resident, broken_glass(resident, rescuer), words="只给复核人看")
    other = make_resident()
    with as_person(other.person_id):
        assert ReviewLook.objects.count() == 0
        assert access.reviews_of(resident.person_id, NOW) == {}
    with no_person():
        assert ReviewLook.objects.count() == 0


# ---- who decides, and what follows ----------------------------------------------------------------------------------


def test_the_looker_does_not_review_their_own_look(resident: Resident, rescuer: Actor) -> None:
    """Not even as a supervisor: the action refuses, and behind it the database."""
    uid = asked(resident, broken_glass(resident, rescuer))
    with pytest.raises(Refusal) as stopped:
        decided(uid, rescuer)
    assert reason_of(stopped) == "permission_missing"
    with pytest.raises(DatabaseError, match="access_review_by_another"), in_transaction():
        Review.objects.filter(uid=uid).update(
            finding="justified", told=TOLD, decided_at=LATER, decided_by=rescuer.official_id
        )


def test_a_review_is_decided_once(resident: Resident, rescuer: Actor, supervisor: Actor) -> None:
    uid = asked(resident, broken_glass(resident, rescuer))
    decided(uid, supervisor)
    with pytest.raises(Refusal) as again:
        decided(uid, make_official(role=Role.ACCESS_SUPERVISOR), Finding.NOT_JUSTIFIED)
    assert reason_of(again) == "review_closed"


def test_a_supervisor_reaches_what_is_below_and_nothing_else(
    resident: Resident, rescuer: Actor, supervisor: Actor
) -> None:
    uid = asked(resident, broken_glass(resident, rescuer))
    district = make_organisation(tier=Tier.DISTRICT, kind="government", name="云川市河东区信用办")
    elsewhere = make_official(role=Role.ACCESS_SUPERVISOR, organisation=district)
    assert uid not in [one.uid for one in access.reviews_for(elsewhere, NOW)]
    for act in (lambda: access.review_for(elsewhere, uid, NOW), lambda: decided(uid, elsewhere)):
        with pytest.raises(Refusal) as refused:
            act()
        assert reason_of(refused) == "out_of_reach"
    for outsider in (rescuer, make_official(role=Role.AUDITOR)):
        with pytest.raises(Refusal):
            access.reviews_for(outsider, NOW)
    with pytest.raises(ReviewUnknown):
        access.review_for(supervisor, uuid4(), NOW)


def test_misuse_suspends_in_the_same_act_everywhere(resident: Resident, supervisor: Actor) -> None:
    curious = make_inquirer(organisation=make_organisation(kind=RESCUERS))
    uid = asked(resident, broken_glass(resident, curious))
    until = LATER + timedelta(days=30)
    decided(uid, supervisor, Finding.MISUSE, suspending=Suspending(Whom.OPERATOR, until, "请在十日内书面申辩。"))
    refused = access.ask(actor=curious, question=rescue(resident), at=LATER)
    assert isinstance(refused, Refused)
    assert refused.reason == "operator_not_in_office"
    colleague = make_inquirer(organisation=make_organisation(kind=RESCUERS))
    assert isinstance(access.ask(actor=colleague, question=rescue(resident), at=LATER), Answered)
    after = access.ask(actor=curious, question=rescue(make_resident()), at=until)
    assert not isinstance(after, Refused) or after.reason != "operator_not_in_office", "it ends by itself"


def test_a_suspension_that_is_refused_leaves_the_review_open(resident: Resident, supervisor: Actor) -> None:
    curious = make_inquirer(organisation=make_organisation(kind=RESCUERS))
    uid = asked(resident, broken_glass(resident, curious))
    too_long = Suspending(Whom.ORGANISATION, LATER + timedelta(days=91), "请申辩。")
    with pytest.raises(Refusal) as stopped:
        decided(uid, supervisor, Finding.MISUSE, suspending=too_long)
    assert reason_of(stopped) == "suspension_too_long"
    assert access.review_for(supervisor, uid, LATER).finding is None
    assert "look_reviewed" not in told(resident)


def test_what_was_raised_is_not_changed(resident: Resident, rescuer: Actor) -> None:
    uid = asked(resident, broken_glass(resident, rescuer))
    with pytest.raises(DatabaseError, match="permission denied"), in_transaction():
        Review.objects.filter(uid=uid).update(due_on=date(2027, 1, 1))
    with pytest.raises(DatabaseError, match="permission denied"), in_transaction():
        Review.objects.filter(uid=uid).delete()


def test_an_erased_person_leaves_the_finding_and_no_trace_of_themselves(supervisor: Actor) -> None:
    """Somebody of whom no law keeps an entry, seen at a counter, who asks about that look and is erased."""
    gone, officer = make_resident(), make_official(role=Role.IDENTITY_OFFICER)
    with as_person(gone.person_id):
        access.log_look(
            actor=officer, person_id=gone.person_id, purpose=Purpose.COUNTER_BINDING, fields=("name",), at=NOW
        )
    uid = asked(gone, looks(gone)[0], words="我的话")
    kept = [table.objects.using("owner").filter(person_id=gone.person_id) for table in (ReviewLook, OperatorLook)]
    assert [rows.count() for rows in kept] == [1, 1]
    one, other = (make_official(role=Role.ERASURE_OFFICER) for _ in range(2))
    wish = access.ask_erasure(actor=one, kind="01", number=gone.someone.number, at=NOW, reason=WHY)
    access.approve_erasure(actor=other, uid=wish, at=NOW, reason=WHY)
    assert [rows.count() for rows in kept] == [0, 0]
    assert decided(uid, supervisor).finding is Finding.JUSTIFIED


# ---- each promise of the table, broken ------------------------------------------------------------------------------

WHOLE: dict[str, Any] = {
    "kind": "unrecognised", "rule": "", "why": "", "raised_at": NOW, "due_on": date(2026, 6, 8), "figures": {},
}  # fmt: skip

BROKEN: dict[str, dict[str, Any]] = {
    "access_review_kind_known": {"kind": "curious"},
    "access_review_emergency_says_why": {"kind": "emergency"},
    "access_review_decided_whole": {"finding": "justified"},
    "access_review_raised_before_decided": {
        "finding": "justified", "told": TOLD, "decided_by": uuid4(), "decided_at": NOW - timedelta(days=1),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_each_promise_is_kept_by_the_database(name: str) -> None:
    row = Review(
        id=new_id(NOW), uid=new_uid(), about=str(uuid4()), organisation_id=uuid4(), **{**WHOLE, **BROKEN[name]}
    )
    with pytest.raises(DatabaseError, match=name), in_transaction():
        row.save(force_insert=True)


def test_the_same_is_not_raised_twice() -> None:
    about = str(uuid4())
    for expected in (True, False):
        row = Review(id=new_id(NOW), uid=new_uid(), about=about, organisation_id=uuid4(), **WHOLE)
        if expected:
            row.save(force_insert=True)
        else:
            with pytest.raises(DatabaseError, match="access_review_once"), in_transaction():
                row.save(force_insert=True)
