"""How entries end and for whom: version by version, for good, and for each audience its own part (F5, F7, F9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections

from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.records.rules.marking import BY_THEIR_PERSON
from chengxin.records.terms import Audience, EntryView, MarkKind, Status
from tests.entries import SUPPLIER, give_entry, in_catalogue
from tests.people import NOW, Someone, make_person
from tests.rooms.catalogue.making import approve, propose, text_of
from tests.sources import confirm_name

SYSTEM = actors.system("test")
TODAY = NOW.date()
OFFICER = Actor(kind="official", official_id=uuid4(), organisation_id=SUPPLIER)


@pytest.fixture(scope="module", autouse=True)
def _editions(city: None) -> None:
    approve(propose(text_of("national")))
    in_catalogue("TEST-01")


def someone_known() -> Someone:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    return someone


def versions(someone: Someone, **asked: object) -> list[EntryView]:
    moments = {"shown_at": NOW, "known_at": NOW} | asked
    with as_person(someone.person_id):
        found = records.entries_with_any_status(someone.person_id, **moments)  # type: ignore[arg-type]
    return sorted(found, key=lambda entry: entry.version)


def seen(someone: Someone, audience: Audience, **asked: UUID) -> list[UUID]:
    with as_person(someone.person_id):
        return [entry.uid for entry in records.entries_for(someone.person_id, audience, at=NOW, **asked)]


def mark(someone: Someone, uid: UUID, *kinds: MarkKind, minutes: int = 0) -> None:
    for n, kind in enumerate(kinds):
        records.mark_entry(
            actor=replace(OFFICER, official_id=uuid4()),
            person_id=someone.person_id,
            uid=uid,
            kinds=(kind,),
            at=NOW - timedelta(hours=1) + timedelta(minutes=minutes + n),
            reason="test",
            approved_by=uuid4() if kind is MarkKind.READMITTED else None,
        )


def test_what_is_no_longer_kept_is_not_shown_as_of_an_earlier_day() -> None:
    """The job that deletes did not run: asking for last year must not bring back what was to be gone (charter 8)."""
    someone = someone_known()
    give_entry(someone, decided_on=date(2024, 1, 3), served_on=None, final_on=None, display_until=date(2025, 1, 3),
               retain_until=TODAY, known_from=NOW - timedelta(days=700))  # fmt: skip
    a_year_ago = NOW - timedelta(days=365)
    (told,) = versions(someone, shown_at=a_year_ago, known_at=a_year_ago, at=NOW)
    assert (told.status, told.content) == (Status.DISPOSED, {})
    (kept,) = versions(someone, shown_at=a_year_ago, known_at=a_year_ago, at=NOW - timedelta(days=1))
    assert kept.content


def test_the_public_sees_what_the_items_law_orders_published_and_nothing_else() -> None:
    someone = someone_known()
    published = give_entry(someone, item="penalty_groundwater", act_class=2)[1]
    for item, act_class in (("penalty", 2), ("TEST-01", 2)):
        give_entry(someone, item=item, act_class=act_class)
    serious_only = give_entry(someone, item="penalty_vaccine", act_class=2)[1]
    assert seen(someone, Audience.PUBLIC) == [published]
    assert serious_only in seen(someone, Audience.ASKER)


def test_a_supplier_sees_its_own_rows_alone() -> None:
    someone, other = someone_known(), uuid4()
    mine = give_entry(someone)[1]
    theirs = give_entry(someone, supplier=other)[1]
    assert seen(someone, Audience.SUPPLIER, supplier=SUPPLIER) == [mine]
    assert seen(someone, Audience.SUPPLIER, supplier=other) == [theirs]
    for audience, asked in ((Audience.SUPPLIER, {}), (Audience.ASKER, {"supplier": SUPPLIER})):
        with pytest.raises(ValueError, match="own rows"):
            seen(someone, audience, **asked)


@pytest.mark.parametrize("kind", [kind for kind in MarkKind if kind not in BY_THEIR_PERSON])
def test_a_person_sets_no_mark_that_is_an_offices(kind: MarkKind) -> None:
    someone = someone_known()
    _, uid = give_entry(someone)
    with pytest.raises(Refusal, match="not_an_official"):
        records.mark_entry(
            actor=someone.actor, person_id=someone.person_id, uid=uid, kinds=(kind,), at=NOW, reason="test"
        )
    assert not versions(someone)[0].marks


def test_nobody_acts_on_another_persons_entry() -> None:
    someone, other = someone_known(), someone_known()
    _, uid = give_entry(someone)
    for act in (
        lambda: records.object_to_entry(
            actor=other.actor, person_id=someone.person_id, uid=uid, not_mine=True, at=NOW, reason="not_me"
        ),
        lambda: records.mark_entry(
            actor=other.actor, person_id=someone.person_id, uid=uid, kinds=(MarkKind.FROZEN,), at=NOW, reason="test"
        ),
    ):
        with pytest.raises(Refusal, match="not_your_file"):
            act()
    assert not versions(someone)[0].marks


@pytest.mark.parametrize(
    ("story", "removed"),
    [
        ((MarkKind.WITHDRAWN,), True),
        ((MarkKind.WITHDRAWN, MarkKind.READMITTED), False),
        ((MarkKind.WITHDRAWN, MarkKind.READMITTED, MarkKind.REPAIRED), True),
    ],
)
def test_intake_takes_for_removed_what_readers_take_for_removed(story: tuple[MarkKind, ...], removed: bool) -> None:
    someone = someone_known()
    entry, uid = give_entry(someone)
    decision = uuid4().bytes
    with connections["intake"].cursor() as cursor:
        cursor.execute("INSERT INTO records_decision_key VALUES (%s, %s, %s)", [decision, someone.person_id, entry])
    mark(someone, uid, *story)
    with bulk_cursor("intake") as cursor:
        found = records.find_decisions(cursor, [decision])
    assert found[0].removed is removed
    shown = versions(someone)[0].status
    assert (shown in {Status.WITHDRAWN, Status.REPAIRED}) is removed


def test_a_readmitted_entry_is_kept_by_law_again() -> None:
    someone = someone_known()
    _, uid = give_entry(someone, retain_until=date(2029, 1, 1))
    mark(someone, uid, MarkKind.WITHDRAWN)
    assert records.kept_until(someone.person_id) is None
    mark(someone, uid, MarkKind.READMITTED, minutes=10)
    assert records.kept_until(someone.person_id) == date(2029, 1, 1)
