"""Acting for another at the door: a code handed on, the other's pages under a banner, every step named, over at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.doors.entrance import Who
from chengxin.foundation import clock, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.offices.terms import OrganisationView, Role
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import AboutKind, Case
from chengxin.remedies.terms.words import Who as Capacity
from tests.asking import ask, consented, machine_of, make_bank, make_client, question
from tests.charter.routes import routes
from tests.doors.questions import object_by_web, spoken
from tests.doors.signing import signed_in
from tests.making import make_account, make_official
from tests.mandates import BIRTHDAY, help_by_code, make_child, note
from tests.people import NOW
from tests.residents import FOUNDED, Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier

READING = frozenset({Scope.READ})
BANNER = "您正在以"


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture
def old() -> Resident:
    return make_resident()


@pytest.fixture
def helper() -> Resident:
    return make_resident()


def acting(helper: Resident, old: Resident, scopes: frozenset[Scope] = frozenset(Scope)) -> Client:
    """The helper's browser once they chose whom to act for."""
    given = help_by_code(actor_of(old), actor_of(helper), scopes=scopes)
    client = signed_in(helper.account)
    assert client.post(f"/my/mandates/{given.uid}/act/").headers["Location"] == "/my/record/"
    return client


def actor_of(resident: Resident) -> Actor:
    return resident.someone.actor


def cases_of(resident: Resident) -> list[Case]:
    return remedies.cases_of(actor=resident.someone.actor, at=NOW)


def test_a_code_is_made_handed_on_read_and_agreed_to(old: Resident, helper: Resident) -> None:
    mine, theirs = signed_in(old.account), signed_in(helper.account)
    last_on = (NOW.date() + timedelta(days=30)).isoformat()
    made = mine.post("/my/mandates/offer/", {"scopes": ["remedies"], "last_on": last_on}).content.decode()
    code = re.search(r'class="secret">([0-9A-F-]+)<', made)
    assert code
    assert code[1] not in mine.get("/my/mandates/").content.decode(), "it is shown once"
    wrong = theirs.post("/my/mandates/code/", {"code": "AAAAA-AAAAA-AAAAA-AAAAA"}).content.decode()
    assert "这个代办码不对，或者已经用过、过期了" in wrong
    check = theirs.post("/my/mandates/code/", {"code": code[1]}).content.decode()
    assert old.someone.name in check
    assert "提异议、申请修复" in check
    assert "撤回同意" not in check
    assert not persons.mandates_held(helper.person_id, at=NOW), "reading agrees to nothing"
    done = theirs.post("/my/mandates/code/", {"code": code[1], "agree": "yes"})
    assert done.headers["Location"] == "/my/mandates/"
    assert f"替{old.someone.name}办理" in theirs.get("/my/mandates/").content.decode()
    assert helper.someone.name in mine.get("/my/mandates/").content.decode()
    with as_person(old.person_id):
        (letter,) = outbox.notices_of(old.person_id)
    said = spoken(mine.get(f"/my/letters/{letter.uid}/"))
    assert f"{helper.someone.name}以帮手的身份替{old.someone.name}办理" in said


def test_the_others_record_stands_under_a_banner_and_each_look_is_in_their_log(
    old: Resident, helper: Resident, bureau: OrganisationView
) -> None:
    _, uid = give_penalty(old, bureau)
    client = acting(helper, old)
    page = client.get("/my/record/").content.decode()
    assert BANNER in page
    assert old.someone.name in page
    assert str(uid) in page
    with as_person(old.person_id):
        looks = access.looks_of(old.person_id, at=NOW, own=False)
    assert [(look.actor_kind, look.role, look.own) for look in looks] == [("person", "helper", False)]
    log = spoken(signed_in(old.account).get("/my/looks/"))
    assert f"{helper.someone.name}（作为帮手代办）" in log
    stopped = client.post("/my/mandates/stop/", follow=True).content.decode()
    assert BANNER not in stopped
    assert str(uid) not in client.get("/my/record/").content.decode()


def test_what_is_done_for_another_says_who_did_it(old: Resident, helper: Resident, bureau: OrganisationView) -> None:
    _, uid = give_penalty(old, bureau)
    client = acting(helper, old)
    assert object_by_web(client, uid, "figures_wrong", words="金额写错了。").status_code == HTTPStatus.FOUND
    (case,) = cases_of(old)
    assert not cases_of(helper)
    (event,) = case.events
    assert (event.who, event.actor, event.acted_as) == (Capacity.HELPER, helper.account.id, "helper")
    line = Journal.objects.filter(thing_uid=case.uid, act="remedy_submit").get()
    assert (line.account_id, line.role) == (helper.account.id, "helper")
    said = spoken(signed_in(old.account).get(f"/my/matters/{case.uid}/"))
    assert f"{helper.someone.name}（作为帮手代办）提出" in said
    receipt = spoken(client.get(f"/my/matters/{case.uid}/receipt/"))
    assert f"{helper.someone.name}（作为帮手代办）" in receipt


def test_a_helper_contests_a_look_and_a_demand_and_nobody_does_who_may_only_read(
    old: Resident, helper: Resident, bureau: OrganisationView
) -> None:
    bank = make_bank(at=FOUNDED)
    machine = machine_of(make_client(bank, at=FOUNDED))
    give_penalty(old, bureau)
    consented(old, machine, days=30)
    ask(machine, question(old), NOW)
    with as_person(old.person_id):
        (look,) = access.looks_of(old.person_id, at=NOW, own=False)
    client, words = acting(helper, old), {"what": "use", "by": "房东", "words": "不该要这个。"}
    for address in (f"/my/looks/{look.uid}/contest/", "/my/matters/demand/"):
        assert client.post(address, words).status_code == HTTPStatus.FOUND
        assert acting(make_resident(), old, READING).get(address).status_code == HTTPStatus.FORBIDDEN
    found = cases_of(old)
    assert {case.about.kind for case in found} == {AboutKind.USE, AboutKind.DEMAND}
    assert [case.events[0].acted_by for case in found] == [helper.someone.name] * 2


def test_a_consent_that_another_refused_or_took_back_says_so_on_its_line(old: Resident, helper: Resident) -> None:
    client, name = acting(helper, old), f"{helper.someone.name}（作为帮手代办）"
    for answers, said in (
        ([("no", {})], [f"答复：{name}"]),
        ([("", {"how_long": "once"}), ("take-back", {})], [f"答复：{name}", f"撤回：{name}"]),
    ):
        uid = asked_of(old)
        for step, sent in answers:
            address = f"/my/consents/{uid}/{step}/" if step else f"/my/consents/{uid}/"
            answer = client.post(address, sent)
            assert answer.headers.get("Location") == "/my/consents/", step
        for page in ("/my/consents/", f"/my/consents/{uid}/"):
            told = spoken(signed_in(old.account).get(page))
            assert all(told.count(one) == 1 for one in said[-1:]), (page, told)
            assert all(one in told for one in said)


def asked_of(who: Resident) -> UUID:
    """A bank asks whether name and number belong together."""
    machine = machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))
    access.ask_consent(
        actor=machine, asker=access.asker_of(machine, at=NOW), kind="01", number=who.someone.number,
        name=who.someone.name, purpose="account_identity", scope=None, at=NOW, reason="开户",
    )  # fmt: skip
    with as_person(who.person_id):
        return next(one.uid for one in access.consents_of(who.person_id) if one.answered_at is None)


def test_no_mandate_opens_what_is_the_persons_alone(old: Resident, helper: Resident) -> None:
    client = acting(helper, old)
    closed = [route for route in routes() if route.entrance.who is Who.RESIDENT and route.entrance.by_mandate is None]
    assert {"my_download", "my_contact", "my_mandate_offer", "end_bound", "my_entry_decline"} <= {
        route.name for route in closed
    }
    for name in ("/my/record/download/", "/my/contact/", "/my/mandates/offer/", "/my/mandates/"):
        refused = client.get(name)
        assert refused.status_code == HTTPStatus.FORBIDDEN, name
        assert "这件事只能由本人办" in refused.content.decode()
    assert client.post("/my/contact/take-back/").status_code == HTTPStatus.FORBIDDEN
    assert old.account.username not in client.get("/account/").content.decode()


def test_what_the_mandate_does_not_cover_is_refused_with_why(
    old: Resident, helper: Resident, bureau: OrganisationView
) -> None:
    _, uid = give_penalty(old, bureau)
    client = acting(helper, old, READING)
    assert client.get(f"/my/record/{uid}/").status_code == HTTPStatus.OK
    for address in (f"/my/record/{uid}/wrong/", "/my/matters/", "/my/consents/"):
        refused = client.get(address)
        assert refused.status_code == HTTPStatus.FORBIDDEN, address
        assert "给您的代办范围不包括这件事" in refused.content.decode()
    assert "/my/matters/" not in re.findall(r'href="([^"]+)"', client.get("/my/record/").content.decode())


def test_the_second_it_ends_the_helper_is_nobody_and_sends_nothing_as_their_own(
    old: Resident, helper: Resident
) -> None:
    client = acting(helper, old)
    (given,) = persons.mandates_held(helper.person_id, at=NOW)
    signed_in(old.account).post(f"/my/mandates/{given.uid}/end/")
    refused = client.post("/my/matters/complain/check/", {"words": "对方的投诉"})
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "您替别人办理的权限已经结束" in refused.content.decode()
    assert "停止代办" in refused.content.decode()
    assert client.get("/my/record/").status_code == HTTPStatus.FORBIDDEN
    assert not cases_of(old)
    assert not cases_of(helper)
    client.post("/my/mandates/stop/")
    assert client.get("/my/record/").status_code == HTTPStatus.OK


def test_a_letter_read_for_another_is_not_served_on_them(
    old: Resident, helper: Resident, bureau: OrganisationView
) -> None:
    client = acting(helper, old)
    with as_person(old.person_id):
        letter = outbox.notices_of(old.person_id)[0]
    assert client.get(f"/my/letters/{letter.uid}/").status_code == HTTPStatus.OK
    with as_person(old.person_id):
        assert outbox.notice_of(old.person_id, letter.uid).read_at is None


def test_another_s_mandate_switches_nobody(old: Resident, helper: Resident) -> None:
    acting(helper, old)
    (given,) = persons.mandates_held(helper.person_id, at=NOW)
    third = signed_in(make_resident().account)
    assert third.post(f"/my/mandates/{given.uid}/act/").status_code == HTTPStatus.NOT_FOUND
    session = third.session
    session["acting_for"] = str(given.uid)
    session.save()
    assert third.get("/my/record/").status_code == HTTPStatus.FORBIDDEN


def test_a_parent_acts_until_midnight_before_the_birthday(bureau: OrganisationView) -> None:
    child = Resident(make_child(), make_account(kind="resident"))
    parent = make_resident()
    noted = [note(child.someone, parent.someone, by=official) for official in _counter()]
    client = signed_in(parent.account)
    client.post(f"/my/mandates/{noted[0].uid}/act/")
    day = BIRTHDAY - timedelta(days=1)
    with clock.set_for_tests(NOW.replace(month=day.month, day=day.day, hour=15, minute=59, second=59)):
        assert "您正在以父母的身份替" in spoken(client.get("/my/record/"))
    with clock.set_for_tests(NOW.replace(month=day.month, day=day.day, hour=16, minute=0)):
        assert client.get("/my/record/").status_code == HTTPStatus.FORBIDDEN


def _counter() -> list[Actor]:
    return [make_official(role=Role.IDENTITY_OFFICER, at=FOUNDED) for _ in range(2)]
