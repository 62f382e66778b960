"""The writes of offices: founding, the tree and who is appointed in it."""

from datetime import datetime, timedelta

import pytest

from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED
from chengxin.kernel.ids import new_id
from chengxin.offices import facade as offices
from chengxin.offices.models import Mandate
from chengxin.offices.queries.organisations import organisation_path, organisations_below
from chengxin.offices.terms import (
    FirstHead,
    OrganisationUnknown,
    OrganisationView,
    Permission,
    Reason,
    Tier,
)
from tests.making import (
    WHY,
    heads,
    make_account,
    make_city,
    make_code,
    make_official,
    make_organisation,
)
from tests.people import NOW
from tests.rooms.offices.acting import LAST, appointed, refused

COMMAND = actors.system("restore-heads")


def test_a_city_is_founded_once_by_the_command_with_two_heads() -> None:
    office = make_city()
    first, second = heads()
    assert first.official_id != second.official_id
    assert offices.may(first, Permission.GRANT_MANDATE, NOW) == offices.may(second, Permission.APPROVE_MANDATE, NOW)
    assert offices.organisation(office.id).tier is Tier.LEAD

    def again(by: Actor) -> object:
        return offices.found_city(
            actor=by,
            name_zh="另一座城",
            name_en="Another City",
            org_code=make_code(),
            kind="government",
            contact="000-2",
            heads=(FirstHead(make_account().id, "甲"), FirstHead(make_account().id, "乙")),
            ends_on=LAST,
            at=NOW,
            reason=WHY,
        )

    assert refused(lambda: again(actors.system("found-city"))) == Reason.CITY_ALREADY_FOUNDED
    acts = Journal.objects.filter(actor_name="found-city").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["found_city", *["appoint_official", "seat_head"] * 2]


def test_heads_are_restored_by_the_command_alone_and_only_where_fewer_than_two_are_left() -> None:
    make_city()
    newcomers = (FirstHead(make_account().id, "东方明"), FirstHead(make_account().id, "东方亮"))

    def restore(at: datetime, *, by: Actor = COMMAND, people: tuple[FirstHead, FirstHead] = newcomers) -> object:
        return offices.restore_heads(
            actor=by, heads=people, ends_on=shanghai_day(at) + timedelta(days=400), at=at, reason=WHY
        )

    lapsed = NOW + timedelta(days=5000)
    assert refused(lambda: restore(NOW)) == Reason.HEADS_IN_OFFICE
    assert refused(lambda: restore(lapsed, by=heads()[0])) == Reason.ONLY_BY_COMMAND
    assert refused(lambda: restore(lapsed, people=(newcomers[0], newcomers[0]))) == Reason.FOUNDING_NEEDS_TWO
    assert refused(lambda: offices.require_permission(heads()[0], Permission.GRANT_MANDATE, lapsed)) in {
        Reason.MANDATE_LAPSED,
        Reason.MANDATE_EXPIRED,
    }
    restore(lapsed)
    new_heads = Mandate.objects.filter(founding_round=2).order_by("founding_seat")
    assert [row.official.name for row in new_heads] == ["东方明", "东方亮"]
    account = new_heads[0].official.account
    actor = offices.actor_for(account, second_factor=True, at=lapsed)
    assert offices.may(actor, Permission.GRANT_MANDATE, lapsed) == ALLOWED
    assert refused(lambda: restore(lapsed)) == Reason.HEADS_IN_OFFICE


def test_the_tree_is_walked_up_and_down() -> None:
    root = make_city()
    district = make_organisation(tier=Tier.DISTRICT)
    bureau = make_organisation(parent=district)
    assert organisation_path(bureau.id) == (bureau.id, district.id, root.id)
    assert set(organisations_below(district.id)) == {district.id, bureau.id}
    assert set(organisations_below(root.id)) >= {root.id, district.id, bureau.id}
    assert organisation_path(new_id()) == organisations_below(new_id()) == ()
    assert offices.organisation_by_code(bureau.org_code) == offices.organisation_by_uid(bureau.uid) == bureau
    with pytest.raises(OrganisationUnknown):
        offices.organisation(new_id())
    with pytest.raises(OrganisationUnknown):
        offices.organisation_by_code("0" * 18)


def test_a_code_is_checked_and_taken_once() -> None:
    bureau = make_organisation()
    assert refused(lambda: make_organisation(org_code=bureau.org_code)) == Reason.ORG_CODE_TAKEN
    wrong = bureau.org_code[:17] + ("0" if bureau.org_code[17] != "0" else "1")
    assert refused(lambda: make_organisation(org_code=wrong)) == Reason.ORG_CODE_INVALID


def test_a_practice_code_is_refused_where_people_are_real(settings_without_practice: None) -> None:
    assert refused(lambda: make_organisation()) == Reason.ORG_CODE_INVALID


@pytest.fixture
def settings_without_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    heads()
    monkeypatch.setattr(settings, "CHENGXIN_PRACTICE", False)


def test_there_is_one_lead_office() -> None:
    assert refused(lambda: make_organisation(tier=Tier.LEAD)) == Reason.CITY_ALREADY_FOUNDED


def test_an_organisation_is_corrected_and_closed() -> None:
    head, _ = heads()
    district = make_organisation(tier=Tier.DISTRICT)
    bureau = make_organisation(parent=district)
    corrected = offices.correct_organisation(
        actor=head, organisation_id=bureau.id, name_zh="新名", name_en="New Name", contact="000-3", at=NOW, reason=WHY
    )
    assert (corrected.name_zh, corrected.org_code) == ("新名", bureau.org_code)

    def close(one: OrganisationView) -> OrganisationView:
        return offices.close_organisation(actor=head, organisation_id=one.id, at=NOW, reason=WHY)

    clerk = make_official(organisation=bureau)
    assert clerk.official_id is not None
    assert refused(lambda: close(make_city())) == Reason.ROOT_STAYS
    assert refused(lambda: close(district)) == Reason.ORGANISATION_IN_USE
    assert refused(lambda: close(bureau)) == Reason.ORGANISATION_IN_USE
    offices.dismiss_official(actor=head, official_id=clerk.official_id, at=NOW, reason=WHY)
    assert not close(bureau).is_active
    assert not close(district).is_active
    assert refused(lambda: close(bureau)) == Reason.ORGANISATION_CLOSED
    assert bureau.id not in {one.id for one in offices.organisations()}
    assert bureau.id in {one.id for one in offices.organisations(closed=True)}
    assert refused(lambda: make_organisation(parent=district)) == Reason.ORGANISATION_CLOSED
    assert refused(lambda: appointed(bureau)) == Reason.ORGANISATION_CLOSED


def test_appointing_needs_an_officials_open_account_that_is_free() -> None:
    bureau = make_organisation()
    head, _ = heads()

    def appoint(account_id: object) -> object:
        return offices.appoint_official(
            actor=head,
            account_id=account_id,  # type: ignore[arg-type]
            organisation_id=bureau.id,
            name="皇甫安",
            at=NOW,
            reason=WHY,
        )

    account = make_account()
    appoint(account.id)
    assert refused(lambda: appoint(account.id)) == Reason.ACCOUNT_TAKEN
    assert refused(lambda: appoint(make_account(kind="resident").id)) == Reason.NOT_AN_OFFICIAL
    assert refused(lambda: appoint(make_account(active=False).id)) == Reason.ACCOUNT_INACTIVE
