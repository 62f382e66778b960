"""Consent at the door: what exactly would be shown, nothing ticked beforehand, no as near as yes, back with one click."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.rules.receipts import verify_receipt
from chengxin.access.terms.asking import Asker
from chengxin.access.terms.consent import ConsentStanding, ConsentView
from chengxin.foundation import clock, keyring
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView
from tests.doors.signing import signed_in
from tests.making import WHY, make_organisation
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture
def resident(bureau: OrganisationView) -> Resident:
    """Somebody with a general penalty in force."""
    made = make_resident()
    give_penalty(made, bureau)
    return made


@pytest.fixture
def client(resident: Resident) -> Client:
    return signed_in(resident.account)


def asked(resident: Resident, purpose: str = "credit_on_consent") -> ConsentView:
    """A bank's request to this resident."""
    bank = make_organisation(kind="bank", name="云川市商业银行", at=NOW)
    access.ask_consent(
        actor=Actor(kind="client", organisation_id=bank.id, role="asker", client_id=uuid4()),
        asker=Asker(bank.id, bank.org_code, bank.kind, True, False, False, True, None, None),
        kind="01",
        number=resident.someone.number,
        name=resident.someone.name,
        purpose=purpose,
        scope=None,
        at=NOW,
        reason=WHY,
    )
    return newest(resident)


def newest(resident: Resident) -> ConsentView:
    with as_person(resident.person_id):
        return access.consents_of(resident.person_id)[0]


def standing(resident: Resident) -> ConsentStanding:
    return access.consent_standing(newest(resident), NOW)


def test_the_request_shows_exactly_what_would_be_shown_and_ticks_nothing(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    page = client.get(f"/my/consents/{consent.uid}/").content.decode()
    assert "云川市商业银行" in page
    assert "3,000 元" in page
    assert "销售商品时没有标明价格" not in page
    assert "checked" not in page
    assert "不同意不要理由" in page
    assert "今天没有可以给看的" in page


def test_the_own_file_says_that_somebody_waits_until_it_is_answered(resident: Resident, client: Client) -> None:
    nobody = make_resident()
    for someone, at_home in ((resident, client), (nobody, signed_in(nobody.account))):
        waits = "有单位请您同意查看您的记录，等您答复"
        assert waits not in at_home.get("/my/record/").content.decode()
        consent = asked(someone)
        assert waits in at_home.get("/my/record/").content.decode()
        at_home.post(f"/my/consents/{consent.uid}/no/")
        assert waits not in at_home.get("/my/record/").content.decode()


def test_nothing_chosen_is_no_consent(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    for given in ({}, {"chosen": "penalty"}, {"how_long": "once"}, {"chosen": "court", "how_long": "once"}):
        page = client.post(f"/my/consents/{consent.uid}/", given)
        assert page.status_code == 200
        assert 'class="error"' in page.content.decode()
    assert standing(resident) is ConsentStanding.ASKED


def test_for_longer_than_the_purpose_is_not_offered_and_not_taken(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    client.post(f"/my/consents/{consent.uid}/", {"chosen": "penalty", "how_long": "365"})
    assert standing(resident) is ConsentStanding.ASKED


def test_yes_stands_with_a_receipt_and_is_taken_back_with_one_click(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    answered = client.post(f"/my/consents/{consent.uid}/", {"chosen": "penalty", "how_long": "7"}, follow=True)
    assert "已经同意" in answered.content.decode()
    assert set(newest(resident).given) == {"penalty"}
    receipt = client.get(f"/my/consents/{consent.uid}/receipt/")
    content = verify_receipt(json.loads(receipt.content), keyring.current().verifying_keys())
    assert [one["item"] for one in content["pii_information"]] == ["penalty"]
    back = client.post(f"/my/consents/{consent.uid}/take-back/", follow=True)
    assert "已经撤回" in back.content.decode()
    assert standing(resident) is ConsentStanding.WITHDRAWN


def test_what_is_over_says_that_nothing_is_seen_and_shows_nothing_of_today(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    address = f"/my/consents/{consent.uid}/"
    assert "会给对方看的内容" in client.get(address).content.decode()
    client.post(address, {"chosen": "penalty", "how_long": "7"})
    given = client.get(address).content.decode()
    assert "现在给对方看的内容" in given
    assert "3,000 元" in given
    client.post(f"{address}take-back/")
    over = client.get(address).content.decode()
    assert "现在对方凭它什么也看不到" in over
    assert "给对方看的内容" not in over
    assert "3,000 元" not in over


def test_fields_are_listed_as_the_language_lists_them(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    client.cookies["language"] = "en"
    assert "、" not in client.get(f"/my/consents/{consent.uid}/").content.decode()


def test_no_is_one_click_too(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    answered = client.post(f"/my/consents/{consent.uid}/no/", follow=True).content.decode()
    assert "已经不同意" in answered
    assert "30 天内" in answered
    assert standing(resident) is ConsentStanding.REFUSED
    assert client.get(f"/my/consents/{consent.uid}/receipt/").status_code == 404


def test_a_question_about_the_name_alone_asks_for_no_items(resident: Resident, client: Client) -> None:
    consent = asked(resident, "account_identity")
    page = client.get(f"/my/consents/{consent.uid}/").content.decode()
    assert "只答复姓名和证件号码是不是一致" in page
    client.post(f"/my/consents/{consent.uid}/", {"how_long": "once"})
    assert standing(resident) is ConsentStanding.GIVEN


def test_the_letter_says_who_asks_and_where_to_answer(resident: Resident, client: Client) -> None:
    asked(resident)
    letters = client.get("/my/letters/").content.decode()
    assert "有单位请您同意查看您的记录" in letters
    found = re.search(r"/my/letters/[0-9a-f-]{36}/", letters)
    assert found
    letter = client.get(found[0]).content.decode()
    assert "云川市商业银行" in letter
    assert "不答复就是不同意" in letter


def test_the_request_of_another_is_not_found(resident: Resident) -> None:
    consent = asked(resident)
    stranger = signed_in(make_resident().account)
    for path in ("", "receipt/"):
        assert stranger.get(f"/my/consents/{consent.uid}/{path}").status_code == 404
    for path in ("", "no/", "take-back/"):
        given = {"chosen": "penalty", "how_long": "once"}
        assert stranger.post(f"/my/consents/{consent.uid}/{path}", given).status_code == 404
    assert standing(resident) is ConsentStanding.ASKED


def test_the_list_speaks_english_too(resident: Resident, client: Client) -> None:
    asked(resident)
    client.cookies["language"] = "en"
    page = client.get("/my/consents/").content.decode()
    assert "Waiting for your answer" in page
    assert "A loan that the person applied for" in page


def test_the_download_holds_the_consents_and_their_receipts(resident: Resident, client: Client) -> None:
    consent = asked(resident)
    client.post(f"/my/consents/{consent.uid}/", {"chosen": "penalty", "how_long": "once"})
    (told,) = json.loads(client.get("/my/record/download/").content)["consents"]
    assert told["organisation"] == "云川市商业银行"
    assert set(told["given"]) == {"penalty"}
    assert told["once"]
    assert verify_receipt(told["receipt"], keyring.current().verifying_keys())
