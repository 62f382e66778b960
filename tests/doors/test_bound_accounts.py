"""One officer alone can hand out a code: so its person is told of each account bound to them, and ends it (F12)."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from chengxin.access import facade as access
from chengxin.doors.wording import LANGUAGES
from chengxin.foundation import clock, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Account, Letter
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.persons import terms
from tests.doors.signing import signed_in
from tests.making import make_account, make_official, official_of
from tests.people import NOW, invented_identity
from tests.residents import Resident, make_resident


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    cache.clear()
    with clock.set_for_tests(NOW):
        yield


def officer() -> Actor:
    return make_official(role=Role.IDENTITY_OFFICER)


def hand(resident: Resident, *, by: Actor | None = None) -> str:
    someone = resident.someone
    return access.hand_binding_code(
        actor=by or officer(), kind="01", number=someone.number, name=someone.name, at=NOW, reason="document seen"
    )


def bind(resident: Resident) -> Account:
    """An account that somebody bound with a code for this person."""
    account = make_account(kind="resident")
    answer = signed_in(account).post("/sign-in/code/", {"code": hand(resident)})
    assert answer.status_code == HTTPStatus.FOUND
    return account


def letters(resident: Resident) -> list[str]:
    with as_person(resident.person_id):
        return [notice.kind for notice in outbox.notices_of(resident.person_id)]


# ---- told ----------------------------------------------------------------------------------------------------------


def test_a_person_is_told_of_an_account_bound_to_them_by_whose_counter_and_what_to_do() -> None:
    resident = make_resident()
    bind(resident)
    assert letters(resident) == ["account_bound"]
    with as_person(resident.person_id):
        (notice,) = outbox.notices_of(resident.person_id)
        (look,) = access.looks_of(resident.person_id, at=NOW, own=False)
    for language in LANGUAGES:
        client = signed_in(resident.account, language=language)
        listed = client.get("/my/letters/").content.decode()
        assert ("绑定到您名下" if language == "zh" else "bound to you") in listed
        page = client.get(f"/my/letters/{notice.uid}/").content.decode()
        office = persons_office(look.organisation_id)
        assert (office.name_zh if language == "zh" else office.name_en or office.name_zh) in page
        assert ("登录与安全" if language == "zh" else "Sign-in and security") in page
        assert "没有内容可以告诉您" not in page


def persons_office(organisation_id: UUID | None):  # type: ignore[no-untyped-def]
    from chengxin.offices import facade as offices

    assert organisation_id is not None
    return offices.organisation(organisation_id)


def test_where_nothing_else_reaches_them_a_letter_goes_out(tmp_path: Path) -> None:
    resident = make_resident()
    bind(resident)
    with override_settings(CHENGXIN_LETTERS=str(tmp_path)):
        while outbox.send_due():
            pass
    with as_person(resident.person_id):
        (notice,) = outbox.notices_of(resident.person_id)
    (file,) = tmp_path.rglob(f"{notice.uid}.html")
    assert "绑定到您名下" in file.read_text()
    assert resident.someone.name in file.read_text()
    assert resident.someone.number not in file.read_text()
    Letter.objects.using("owner").all().delete()


def test_signing_in_through_the_service_is_no_news() -> None:
    assert letters(make_resident()) == []


# ---- ended ---------------------------------------------------------------------------------------------------------


def test_its_person_ends_an_account_that_somebody_else_bound() -> None:
    resident = make_resident()
    theirs = bind(resident)
    intruder = signed_in(theirs)
    assert intruder.get("/my/record/").status_code == HTTPStatus.OK
    mine = signed_in(resident.account)
    assert str(theirs.id) in mine.get("/account/").content.decode()
    answer = mine.post("/account/bound/end/", {"account": str(theirs.id)}, follow=True)
    assert "已经终止" in answer.content.decode()
    assert str(theirs.id) not in answer.content.decode()
    assert intruder.get("/my/record/").status_code == HTTPStatus.FOUND
    assert not Account.objects.filter(id=theirs.id).exists()
    assert mine.get("/my/record/").status_code == HTTPStatus.OK


def test_nobody_ends_the_account_of_another_or_the_one_in_use() -> None:
    resident, other = make_resident(), make_resident()
    bind(resident)

    def end(account_id: UUID, person_id: UUID = resident.person_id) -> None:
        actor = Actor(kind="person", account_id=resident.account.id, person_id=resident.person_id)
        persons.end_account(actor=actor, person_id=person_id, account_id=account_id, at=NOW, reason="test")

    with pytest.raises(NotFound):
        end(other.account.id)
    with pytest.raises(Refusal, match="not_your_file"):
        end(other.account.id, other.person_id)
    with pytest.raises(Refusal, match="account_in_use"):
        end(resident.account.id)
    assert persons.person_of_account(other.account.id) == other.person_id
    assert persons.person_of_account(resident.account.id) == resident.person_id


@pytest.mark.parametrize("account", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_account_that_is_not_there_is_not_found(account: str) -> None:
    client: Client = signed_in(make_resident().account)
    assert client.post("/account/bound/end/", {"account": account}).status_code == HTTPStatus.NOT_FOUND
    assert client.get("/account/bound/end/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


# ---- the officer ---------------------------------------------------------------------------------------------------


def test_no_officer_binds_an_account_to_themselves() -> None:
    by = officer()
    number, _ = invented_identity()
    with pytest.raises(Refusal, match="own_identity"):
        access.hand_binding_code(
            actor=by, kind="01", number=number, name=f" {official_of(by).name} ", at=NOW, reason="document seen"
        )
    assert persons.person_by_document("01", number) is None


def test_an_officer_hands_out_so_many_codes_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    few = (terms.DayFigure(2, NOW.date().replace(year=2000), "a test"),)
    monkeypatch.setattr(terms, "CODES_A_DAY", few)
    by, resident = officer(), make_resident()
    for _ in range(2):
        hand(resident, by=by)
    with pytest.raises(Refusal, match="codes_of_the_day_used"):
        hand(resident, by=by)
    hand(resident, by=officer())
    tomorrow = NOW.replace(day=NOW.day + 1)
    someone = resident.someone
    with clock.set_for_tests(tomorrow):
        access.hand_binding_code(
            actor=by, kind="01", number=someone.number, name=someone.name, at=tomorrow, reason="document seen"
        )


def test_the_figure_of_the_day_is_the_newest_that_started() -> None:
    assert terms.codes_a_day(NOW.date()) == 60
