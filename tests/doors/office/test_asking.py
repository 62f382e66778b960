"""Heads record training and own documents, and register machines; nothing of a document is shown again."""

from __future__ import annotations

import base64
import os
import re
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.test import Client

from chengxin.doors.portal.forms.asking import read_public_key
from chengxin.foundation import clock
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import ClientStanding, OrganisationView, Role, Tier
from tests.doors.offering import Desk, desk, head_desks, refused, said_wrong, sent, shown
from tests.making import make_asker, make_client, make_code, make_inquirer, official_of
from tests.people import invented_identity

WORDS = {"course": "查询业务与个人信息保护", "reason": "看过结业证明"}


def days(start: int = 0, last: int = 300) -> tuple[str, str]:
    today = shanghai_day(clock.now())
    return (today + timedelta(days=start)).isoformat(), (today + timedelta(days=last)).isoformat()


def test_heads_alone_enter_and_auditors_see_clients() -> None:
    first, _ = head_desks()
    clerk = desk(Role.CLERK).client
    for address in ("/clients/", "/clients/propose/"):
        shown(first.client, address)
        assert "您现在的职权不包括这一步" in refused(clerk, address)
        assert Client().get(address).headers["Location"].startswith("/sign-in/")
    auditor = desk(Role.AUDITOR).client
    assert "提出登记" not in shown(auditor, "/clients/")
    assert "您现在的职权不包括这一步" in refused(auditor, "/clients/propose/")


def test_an_inquirers_page_says_what_is_missing_until_another_recorded_it() -> None:
    first, _ = head_desks()
    official = official_of(desk(Role.INQUIRER, organisation=make_asker(at=clock.now())).actor)
    page = f"/officials/{official.uid}/"
    before = shown(first.client, page)
    assert "未登记，不能查询" in before
    assert "没有登记培训，不能查询" in before
    passed, until = days()
    assert sent(first.client, f"{page}training/", {**WORDS, "passed_on": passed, "valid_until": until}) == page
    number = invented_identity()[0]
    typed = {"kind": "01", "number": number, "reason": "当面核对过原件"}
    assert sent(first.client, f"{page}document/", typed) == page
    after = shown(first.client, page)
    assert "查询业务与个人信息保护" in after
    assert "不能查询" not in after.replace("这样系统能拦住查询自己", "")
    assert number not in first.client.get(page).content.decode()
    standing = offices.asker_standing(
        offices.actor_for(official.account, second_factor=True, at=clock.now()), clock.now()
    )
    assert standing.own_document == offices.own_document_mark("01", number)
    assert standing.trained_until is not None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_until": days(last=366)[1]}, "培训的有效期最长一年"),
        ({"passed_on": days(start=1)[0]}, "通过的日期还没有到"),
        ({"reason": " "}, "请写明依据"),
        ({"course": ""}, "请填写“培训名称”"),
    ],
)
def test_what_is_wrong_with_a_training_is_said(changes: dict[str, object], sentence: str) -> None:
    first, _ = head_desks()
    official = official_of(make_inquirer(trained=False, at=clock.now()))
    passed, until = days()
    data = {**WORDS, "passed_on": passed, "valid_until": until, **changes}
    assert sentence in said_wrong(first.client, f"/officials/{official.uid}/training/", data)


def test_a_training_is_taken_back_and_its_page_says_since_when_and_why() -> None:
    first, _ = head_desks()
    official = official_of(make_inquirer(at=clock.now()))
    page = f"/officials/{official.uid}/"
    back = f"{page}training/take-back/"
    assert back in first.client.get(page).content.decode()
    (key,) = re.findall(r'name="training" value="([^"]+)"', first.client.get(back).content.decode())
    assert "通过" in shown(first.client, back)
    assert "请选择哪一次培训" in said_wrong(first.client, back, {"reason": "登记错了人"})
    assert "请写明为什么撤销" in said_wrong(first.client, back, {"training": key, "reason": ""})
    assert sent(first.client, back, {"training": key, "reason": "登记错了人"}) == page
    after = shown(first.client, page)
    assert "已撤销" in after
    assert "登记错了人" in after
    assert back not in first.client.get(page).content.decode()
    assert "没有登记培训" in shown(first.client, back)
    actor = offices.actor_for(official.account, second_factor=True, at=clock.now())
    assert offices.asker_standing(actor, clock.now()).trained_until is None


def test_nobody_records_their_own() -> None:
    first, _ = head_desks()
    own = official_of(first.actor)
    passed, until = days()
    data = {**WORDS, "passed_on": passed, "valid_until": until}
    assert "自己的培训要由别人登记" in said_wrong(first.client, f"/officials/{own.uid}/training/", data)
    typed: dict[str, object] = {"kind": "01", "number": invented_identity()[0], "reason": "核对过"}
    assert "自己的证件要由别人登记" in said_wrong(first.client, f"/officials/{own.uid}/document/", typed)
    assert f"/officials/{own.uid}/training/" not in first.client.get(f"/officials/{own.uid}/").content.decode()


def test_a_wrong_number_is_said_beside_the_field_and_a_number_in_the_reason_is_refused() -> None:
    first, _ = head_desks()
    address = f"/officials/{official_of(make_inquirer(at=clock.now())).uid}/document/"
    number = invented_identity()[0]
    wrong: dict[str, object] = {"kind": "01", "number": number[:-1], "reason": "核对过"}
    assert "证件号码的位数不对" in said_wrong(first.client, address, wrong)
    telling: dict[str, object] = {"kind": "01", "number": number, "reason": f"核对过 {number}"}
    assert "证件号码" in said_wrong(first.client, address, telling)
    assert not Journal.objects.filter(act="record_own_document", reason__contains=number).exists()


def test_an_asking_organisation_is_registered_below_the_lead_office() -> None:
    first, _ = head_desks()
    code = make_code()
    data: dict[str, object] = {
        "parent": str(offices.organisation(first.actor.organisation_id).uid),  # type: ignore[arg-type]
        "name_zh": "云川诚安银行", "name_en": "Yunchuan Chengan Bank", "org_code": code, "tier": "asker",
        "kind": "bank", "contact": "000-1", "reason": "开始查询",
    }  # fmt: skip
    sent(first.client, "/organisations/register/", data)
    bank = offices.organisation_by_code(code)
    assert (bank.tier, bank.kind) == (Tier.ASKER, "bank")
    assert "查询单位 · 银行" in shown(first.client, "/organisations/")
    below = {**data, "parent": str(bank.uid), "org_code": make_code()}
    assert "查询单位下面不再设单位" in said_wrong(first.client, "/organisations/register/", below)


def pem(key: Ed25519PrivateKey | X25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def filled(bank: OrganisationView, **changes: object) -> dict[str, object]:
    first, last = days()
    return {
        "organisation": str(bank.uid),
        "name": "信贷审批系统",
        "may_ask": "on",
        "public_key": pem(Ed25519PrivateKey.generate()),
        "starts_on": first,
        "ends_on": last,
        "reason": "接入",
        **changes,
    }


def test_a_machine_is_proposed_by_one_head_and_approved_by_the_other() -> None:
    first, second = head_desks()
    bank, key = make_asker(at=clock.now()), Ed25519PrivateKey.generate()
    page = sent(first.client, "/clients/propose/", filled(bank, public_key=pem(key)))
    uid = UUID(page.strip("/").split("/")[1])
    words = shown(first.client, page)
    assert "由另一位负责人批准" in words
    assert "批准" not in re.findall(r"<a class=\"button[^>]*>([^<]*)<", first.client.get(page).content.decode())
    assert "另一位有权的同事" in said_wrong(first.client, f"{page}approve/", {"reason": "同意"})
    assert sent(second.client, f"{page}approve/", {"reason": "同意"}) == page
    found = offices.client_for(uid, clock.now())
    assert found is not None
    assert (found.standing, found.public_key) == (ClientStanding.IN_FORCE, key.public_key().public_bytes_raw())
    assert "信贷审批系统" in shown(second.client, "/clients/")
    assert sent(first.client, f"{page}end/", {"reason": "停用"}) == page
    assert "已停用" in shown(first.client, page)


def test_the_secret_of_a_machine_is_shown_once_and_ends_with_it() -> None:
    first, second = head_desks()
    page = sent(first.client, "/clients/propose/", filled(make_asker(at=clock.now())))
    uid = page.strip("/").split("/")[1]
    assert "生成密码" not in shown(first.client, page)
    assert "登记现在不生效" in said_wrong(first.client, f"{page}secret/", {"reason": "接入"})
    sent(second.client, f"{page}approve/", {"reason": "同意"})
    assert "生成密码" in shown(first.client, page)
    made = first.client.post(f"{page}secret/", {"reason": "接入"})
    assert made.headers["Cache-Control"] == "no-store, private"
    (secret,) = re.findall(r'class="secret">([^<]+)<', made.content.decode())
    assert secret not in shown(first.client, page)
    form = {"grant_type": "client_credentials", "client_id": uid, "client_secret": secret}
    assert first.client.post("/oauth/token", form).status_code == 200
    sent(first.client, f"{page}end/", {"reason": "停用"})
    assert first.client.post("/oauth/token", form).status_code == 401


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"may_ask": ""}, "没有选择这个接口做什么"),
        ({"may_supply": "on"}, "查询单位不报送记录"),
        ({"public_key": "not a key"}, "这不是 Ed25519 公钥"),
        ({"public_key": pem(X25519PrivateKey.generate())}, "这不是 Ed25519 公钥"),
        ({"ends_on": days(last=366)[1]}, "一次登记最长一年"),
        ({"reason": ""}, "请写明理由"),
    ],
)
def test_what_is_wrong_with_a_machine_is_said(changes: dict[str, object], sentence: str) -> None:
    first, _ = head_desks()
    assert sentence in said_wrong(first.client, "/clients/propose/", filled(make_asker(at=clock.now()), **changes))


def test_a_private_key_is_refused_by_name() -> None:
    private = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    first, _ = head_desks()
    data = filled(make_asker(at=clock.now()), public_key=private)
    assert "这是私钥" in said_wrong(first.client, "/clients/propose/", data)


def test_a_public_key_is_read_as_people_have_it() -> None:
    raw = os.urandom(32)
    key = Ed25519PrivateKey.generate()
    assert read_public_key(base64.b64encode(raw).decode()) == raw
    assert read_public_key(base64.urlsafe_b64encode(raw).decode().rstrip("=")) == raw
    assert read_public_key(pem(key)) == key.public_key().public_bytes_raw()
    for wrong in (base64.b64encode(raw[:31]).decode(), "-----BEGIN PUBLIC KEY-----", "公钥", raw.hex() + "zz"):
        assert read_public_key(wrong) is None


def test_a_head_of_a_bank_sees_its_own_machines_alone() -> None:
    bank = make_asker(at=clock.now())
    own, other = make_client(organisation=bank, at=clock.now()), make_client(at=clock.now())
    head: Desk = desk(Role.OFFICE_HEAD, organisation=bank)
    page = head.client.get("/clients/").content.decode()
    assert str(own.uid) in page
    assert str(other.uid) not in page
    assert "管不到" in refused(head.client, f"/clients/{other.uid}/")
    assert "管不到" in refused(head.client, f"/clients/{other.uid}/end/")
