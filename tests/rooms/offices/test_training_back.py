"""A training that was recorded by mistake is taken back: by another, once, with a reason, and it counts no more at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.foundation.models import Journal
from chengxin.offices import facade as offices
from chengxin.offices.models import Official, Training, TrainingTakenBack
from chengxin.offices.terms import OfficialUnknown, Reason, Role, TakenBack, Tier, TrainingUnknown
from tests.making import WHY, heads, make_inquirer, make_official, make_organisation, official_of
from tests.people import NOW
from tests.rooms.offices.acting import refused

pytestmark = pytest.mark.usefixtures("city")

TODAY = NOW.date()
WRONG = "登记错了人"
LATER = NOW + timedelta(minutes=5)


def course_of(of: Official) -> str:
    return Training.objects.filter(official=of).latest("recorded_at").course


def take_back(of: Official, *, by: Actor | None = None, course: str = "", reason: str = WRONG) -> TakenBack:
    return offices.take_back_training(
        actor=by or heads()[0],
        official_id=of.id,
        course=course or course_of(of),
        passed_on=Training.objects.filter(official=of).latest("recorded_at").passed_on,
        at=LATER,
        reason=reason,
    )


def test_it_counts_no_more_at_the_next_question() -> None:
    actor = make_inquirer()
    assert offices.asker_standing(actor, LATER).trained_until is not None
    gone = take_back(official_of(actor))
    assert (gone.at, gone.by, gone.reason) == (LATER, heads()[0].official_id, WRONG)
    assert offices.asker_standing(actor, LATER).trained_until is None
    assert Journal.objects.filter(act="take_back_training", thing_uid=official_of(actor).uid, reason=WRONG).exists()


def test_another_training_that_counts_goes_on_counting() -> None:
    actor = make_inquirer()
    until = TODAY + timedelta(days=20)
    offices.record_training(
        actor=heads()[0], official_id=official_of(actor).id, course="另一课", passed_on=TODAY, valid_until=until,
        at=NOW + timedelta(seconds=1), reason=WHY,
    )  # fmt: skip
    before = offices.asker_standing(actor, LATER).trained_until
    take_back(official_of(actor), course="另一课")
    assert offices.asker_standing(actor, LATER).trained_until == before


def test_by_another_in_reach_once_and_with_a_reason() -> None:
    official = official_of(make_inquirer())
    elsewhere = make_official(
        role=Role.OFFICE_HEAD, organisation=make_organisation(tier=Tier.DISTRICT, kind="government")
    )
    assert refused(lambda: take_back(official, reason=" ")) == Reason.REASON_MISSING
    assert refused(lambda: take_back(official, by=make_inquirer())) == Reason.PERMISSION_MISSING
    assert refused(lambda: take_back(official, by=elsewhere)) == Reason.OUT_OF_REACH
    with pytest.raises(TrainingUnknown):
        take_back(official, course="没有这一课")
    assert not TrainingTakenBack.objects.filter(training__official=official).exists()
    take_back(official)
    assert refused(lambda: take_back(official, by=heads()[1])) == Reason.TRAINING_TAKEN_BACK


def test_nobody_takes_back_their_own() -> None:
    first, second = heads()
    own = official_of(first)
    offices.record_training(
        actor=second, official_id=own.id, course="负责人课", passed_on=TODAY, valid_until=TODAY, at=NOW, reason=WHY
    )
    assert refused(lambda: take_back(own, by=first)) == Reason.OWN_TRAINING_TAKEN_BACK
    assert take_back(own, by=second)


def test_they_read_it_of_themselves_and_who_sees_officials_of_others() -> None:
    actor = make_inquirer()
    official = official_of(actor)
    take_back(official)
    key = (course_of(official), Training.objects.get(official=official).passed_on)
    for reader in (actor, heads()[1]):
        assert offices.trainings_taken_back(reader, official.id, LATER)[key].reason == WRONG
    assert (
        refused(lambda: offices.trainings_taken_back(make_inquirer(), official.id, LATER)) == Reason.PERMISSION_MISSING
    )
    with pytest.raises(OfficialUnknown):
        offices.trainings_taken_back(actor, actor.account_id or official.id, LATER)


def test_what_was_taken_back_stays_so() -> None:
    official = official_of(make_inquirer())
    take_back(official)
    row = TrainingTakenBack.objects.filter(training__official=official)
    with pytest.raises(DatabaseError, match="permission denied"), in_transaction():
        row.update(reason="x")
    with pytest.raises(DatabaseError, match="permission denied"), in_transaction():
        row.delete()
    other = Training.objects.get(official=official_of(make_inquirer()))
    silent = TrainingTakenBack(training=other, reason="", taken_back_at=NOW, taken_back_by=official.id)
    with pytest.raises(DatabaseError, match="offices_training_taken_back_says_why"), in_transaction():
        silent.save(force_insert=True)
