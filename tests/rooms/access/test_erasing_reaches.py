"""Erasing reaches everything of a person, wherever it lies, and the day told to them is not before the last copy's end (F7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import override_settings

from chengxin.access import facade as access
from chengxin.collection import facade as collection
from chengxin.collection.models import HeldRow
from chengxin.collection.terms import BatchView, HeldState
from chengxin.foundation import jobs
from chengxin.foundation.models import Account, Dispatch, Journal, Letter
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.remedies import facade as remedies
from tests.doors.signing import session_cookie
from tests.entries import give_entry
from tests.house.tables import our_models, table
from tests.making import make_city, make_official
from tests.people import NOW
from tests.remedies import complain
from tests.residents import Resident, make_resident
from tests.rooms.collection.making import Supplier, hand_in, make_decision, make_supplier
from tests.rooms.foundation.outbox.telling import FakeDesk, desks, give_notice, work

STAYS = {
    "persons_person": "a random id and the moment it was made",
    "persons_erasure": "that two officials erased somebody, and when it is complete",
    "records_tombstone": "commitment, reason and day (F6)",
    "access_erasure_request": "what two officials decided",
    "access_look": "who looked: the proof that a look was logged (charter 5)",
    "foundation_notice": "that a notice was given; it holds no text",
    "foundation_delivery": "that they were told, how and when; no address",
}
"""Tables that may still name the random id of an erased person, each with its reason."""


@pytest.fixture(scope="module")
def supplier(city: None) -> Supplier:
    return make_supplier()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(CHENGXIN_LETTERS=str(tmp_path)):
        yield tmp_path
    Letter.objects.using("owner").all().delete()


def resident_with_traces() -> Resident:
    """Somebody whose entry no law keeps any more, who looked at it, signed in with a second factor."""
    resident = make_resident()
    over = NOW.date() - timedelta(days=1)
    give_entry(resident.someone, decided_on=date(2024, 1, 3), served_on=None, final_on=None,
               display_until=date(2025, 1, 3), retain_until=over)  # fmt: skip
    access.own_file(actor=resident.someone.actor, person_id=resident.person_id, at=NOW - timedelta(days=30))
    session_cookie(resident.account)
    session = Session.objects.get(
        session_key=next(one.session_key for one in Session.objects.all() if of(one, resident.account))
    )
    UserSession.objects.create(
        user=resident.account, session_key=session.session_key, ip="127.0.0.1", user_agent="a browser"
    )
    Authenticator.objects.create(user=resident.account, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    return resident


def of(session: Session, account: Account) -> bool:
    return bool(session.get_decoded().get("_auth_user_id") == str(account.pk))


def held_for(supplier: Supplier, resident: Resident, at: datetime = NOW) -> tuple[BatchView, HeldRow]:
    """A row that came under the resident's number and another name."""
    batch = hand_in(
        supplier,
        make_decision(supplier, document=resident.someone.number, name="司马改名"),
        make_decision(supplier),
        at=at,
    )
    return batch, HeldRow.objects.get(batch_id=batch.id)


def erase(resident: Resident, at: datetime = NOW) -> date:
    lead = make_city()
    one, other = (make_official(role=Role.ERASURE_OFFICER, organisation=lead) for _ in range(2))
    uid = access.ask_erasure(actor=one, kind="01", number=resident.someone.number, at=at, reason="本人申请")
    return access.approve_erasure(actor=other, uid=uid, at=at, reason="本人申请")


def naming(person_id: UUID) -> set[str]:
    """Tables of ours with a row that names this person's id."""
    found = set()
    with connections["owner"].cursor() as cursor:
        for model in our_models():
            if any(field.attname == "person_id" for field in model._meta.concrete_fields):
                cursor.execute(f"SELECT EXISTS (SELECT FROM {table(model)} WHERE person_id = %s)", [person_id])
                if cursor.fetchone() == (True,):
                    found.add(table(model))
    return found


def test_no_table_names_an_erased_person_beyond_the_list(supplier: Supplier, folder: Path) -> None:
    resident = resident_with_traces()
    held_for(supplier, resident)
    with desks() as told:
        told.by_person[resident.person_id] = FakeDesk(is_formal=True)
        give_notice(resident.person_id)
        work()
    give_notice(resident.person_id)
    complain(resident)
    remedies.keep_draft(resident.person_id, "objection", resident.person_id, {"words": "没有写完"}, at=NOW)
    before = naming(resident.person_id)
    assert {"foundation_letter", "foundation_dispatch", "persons_account_link", "records_entry"} <= before
    assert {one for one in before if one.startswith("remedies_")} >= {
        "remedies_case",
        "remedies_event",
        "remedies_paper_content",
        "remedies_draft",
    }
    erase(resident)
    jobs.run_waiting()
    assert naming(resident.person_id) <= set(STAYS)


def test_what_is_still_to_be_told_is_not(supplier: Supplier, folder: Path) -> None:
    resident, other = resident_with_traces(), make_resident()
    with desks() as told:
        for one in (resident, other):
            told.by_person[one.person_id] = FakeDesk(is_formal=True)
            give_notice(one.person_id)
        work()
        give_notice(resident.person_id)
    assert len(list(folder.rglob("*.html"))) == 2
    erase(resident)
    (left,) = Letter.objects.using("owner").all()
    assert [path.stem for path in folder.rglob("*.html")] == [str(left.uid)]
    assert left.person_id == other.person_id
    assert not Dispatch.objects.using("owner").filter(person_id=resident.person_id).exists()


def test_nothing_signs_in_as_an_erased_person(supplier: Supplier) -> None:
    resident, other = resident_with_traces(), resident_with_traces()
    erase(resident)
    assert not Account.objects.filter(id=resident.account.id).exists()
    assert not Authenticator.objects.filter(user_id=resident.account.id).exists()
    assert not UserSession.objects.filter(user_id=resident.account.id).exists()
    assert not [one for one in Session.objects.all() if of(one, resident.account)]
    assert Authenticator.objects.filter(user=other.account).count() == 1
    assert [one for one in Session.objects.all() if of(one, other.account)]


def test_the_account_of_an_official_is_their_offices(supplier: Supplier) -> None:
    resident = resident_with_traces()
    Account.objects.filter(id=resident.account.id).update(kind="official")
    erase(resident)
    assert Account.objects.get(id=resident.account.id).is_active
    assert persons.person_of_account(resident.account.id) is None


def test_a_row_held_for_the_number_ends_and_others_stay(supplier: Supplier) -> None:
    resident, other = resident_with_traces(), make_resident()
    _, mine = held_for(supplier, resident)
    _, theirs = held_for(supplier, other)
    erase(resident)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, mine.sealed, mine.blind_index) == (HeldState.ENDED, None, None)
    assert mine.decision_reason == "person_erased"
    assert theirs.state == HeldState.WAITING
    assert Journal.objects.filter(act="end_held_row", thing_uid=mine.uid).count() == 1
    assert collection.under_check([("01", resident.someone.number)], NOW) == []


def test_a_row_that_joined_one_of_the_number_ends_too(supplier: Supplier) -> None:
    resident = resident_with_traces()
    decision = make_decision(supplier, document=resident.someone.number, name="司马改名")
    hand_in(supplier, decision)
    hand_in(supplier, decision, at=NOW + timedelta(hours=1))
    states = HeldRow.objects.filter(organisation_id=supplier.office.id).order_by("-made_at")
    assert [row.state for row in states[:2]] == [HeldState.JOINED, HeldState.WAITING]
    erase(resident, NOW + timedelta(hours=2))
    assert [row.state for row in states[:2]] == [HeldState.ENDED, HeldState.ENDED]


def test_an_erasure_that_is_refused_ends_nothing(supplier: Supplier) -> None:
    resident = resident_with_traces()
    give_entry(resident.someone)
    _, mine = held_for(supplier, resident)
    with pytest.raises(Refusal, match="law_orders_keeping"):
        erase(resident)
    mine.refresh_from_db()
    assert mine.state == HeldState.WAITING
    assert Account.objects.filter(id=resident.account.id).exists()


def test_the_day_told_counts_from_the_end_of_the_last_sealed_copy(city: None) -> None:
    """30 days for the backups of keys, after: nothing here; a file for 7 days; a held row beside another's for 30."""
    later, months = NOW + timedelta(days=100), timedelta(days=30)
    supplier = make_supplier()

    def after_all(at: datetime) -> date:
        return erase(resident_with_traces(), at) - months  # type: ignore[return-value]

    collection.destroy_files(actor=supplier.clerk, at=later, reason="test")
    assert after_all(later) == shanghai_day(later)
    hand_in(supplier, make_decision(supplier), at=later)
    assert after_all(later) == shanghai_day(later + timedelta(days=7))
    resident = resident_with_traces()
    neighbour = make_resident()
    hand_in(
        supplier,
        make_decision(supplier, document=resident.someone.number, name="司马改名"),
        make_decision(supplier, document=neighbour.someone.number, name="司马改名"),
        at=later,
    )
    assert erase(resident, later) - months == shanghai_day(later + timedelta(days=30))
    assert after_all(later) == shanghai_day(later + timedelta(days=7))


def test_ids_of_strangers_are_no_matter(supplier: Supplier) -> None:
    assert naming(uuid4()) == set()
