"""An inquirer's pages: a case before any look, one person at a time, permitted fields alone, nothing that an address leads to."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.terms import LookView
from chengxin.foundation import outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView, Role
from tests.asking import TENDER, make_case
from tests.doors.offering import desk as desk_of
from tests.doors.offering import refused, said_wrong, sent, shown, words
from tests.doors.signing import signed_in
from tests.making import make_asker, make_inquirer, make_organisation, official_of
from tests.people import NOW, invented_identity
from tests.residents import Resident, make_resident


@dataclass(frozen=True)
class Seat:
    """An inquirer at work."""

    actor: Actor
    client: Client


def seat(organisation: OrganisationView, *, language: str = "zh") -> Seat:
    actor = make_inquirer(organisation=organisation)
    return Seat(actor, signed_in(official_of(actor).account, language=language))


@pytest.fixture(scope="module")
def finance(court: OrganisationView) -> Seat:
    return seat(make_organisation(kind="fiscal", name="云川市财政局"))


def looks(who: Resident) -> list[LookView]:
    with as_person(who.person_id):
        return access.looks_of(who.person_id, at=NOW, own=False)


def asked(who: Resident, **more: object) -> dict[str, object]:
    return {"operation": "look_up", "kind": "01", "number": who.someone.number, **more}


def test_a_case_is_opened_asked_in_and_closed(finance: Seat, resident: Resident) -> None:
    given = {"ref": "云财采〔2026〕7号", "purpose": TENDER, "persons_most": "2", "reason": "供应商资格审查"}
    address = sent(finance.client, "/cases/open/", given)
    page = shown(finance.client, address)
    assert "云财采〔2026〕7号" in page
    assert "招标投标、政府采购资格审查" in page
    assert "《关于公布失信被执行人名单信息的若干规定》第8条" in page
    answer = finance.client.post(address, asked(resident))
    told = words(answer.content)
    assert "（2026）云01执1号" in told
    assert "云川市人民法院" in told
    assert "本人现在就看得到这次查询" in told
    (look,) = looks(resident)
    assert (look.purpose, look.case_ref, look.role) == (TENDER, "云财采〔2026〕7号", "inquirer")
    assert sent(finance.client, f"{address}close/", {"reason": "已完成审查"}) == "/cases/"
    assert "案件已办结，不能再查" in shown(finance.client, address)
    again = words(finance.client.post(address, asked(resident)).content)
    assert "（2026）云01执1号" not in again
    assert len(looks(resident)) == 1


def test_the_answer_is_what_the_purpose_allows_and_names_nobody(finance: Seat, resident: Resident) -> None:
    case = make_case(finance.actor)
    answer = finance.client.post(f"/cases/{case.uid}/", asked(resident))
    page = words(answer.content)
    assert "还款" not in page, "a field of the entry that the purpose does not name"
    assert resident.someone.name not in page
    assert resident.someone.number not in page
    assert answer.headers["Cache-Control"] == "no-store, private"
    for word in ("download", 'href="/my/', "<form"):
        assert word not in answer.content.decode().split("<main")[1].split("</main")[0]


def test_the_answer_is_reached_by_no_address(finance: Seat, resident: Resident) -> None:
    case = make_case(finance.actor)
    finance.client.post(f"/cases/{case.uid}/", asked(resident))
    assert "（2026）云01执1号" not in shown(finance.client, f"/cases/{case.uid}/")
    query = f"/cases/{case.uid}/?kind=01&number={resident.someone.number}&operation=look_up"
    page = finance.client.get(query)
    assert f'value="{resident.someone.number}"' not in page.content.decode(), "nothing is filled in from an address"
    assert len(looks(resident)) == 1


def test_yes_or_no_is_answered_in_one_sentence(finance: Seat, resident: Resident) -> None:
    case = make_case(finance.actor)
    page = words(finance.client.post(f"/cases/{case.uid}/", asked(resident, operation="check")).content)
    assert "不是：目前没有列入失信被执行人名单" in page
    assert "（2026）云01执1号" not in page
    clean = words(finance.client.post(f"/cases/{case.uid}/", asked(make_resident(), operation="check")).content)
    assert "是：目前没有列入失信被执行人名单" in clean


def test_unknown_and_empty_read_alike(finance: Seat) -> None:
    """An outsider cannot tell whether anybody of that number is held (F13)."""
    pages = []
    for number in (make_resident().someone.number, invented_identity()[0]):
        case = make_case(finance.actor)
        given = {"operation": "look_up", "kind": "01", "number": number}
        pages.append(said_wrong(finance.client, f"/cases/{case.uid}/", given).replace(case.ref, ""))
    assert pages[0] == pages[1]
    assert "没有可以答复的内容" in pages[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "请填写证件号码"),
        ({"number": "00010119900101123X"}, "号码的校验位不对"),
        ({"kind": ""}, "请在“证件类型”中选择一项"),
        ({"operation": ""}, "请在“问什么”中选择一项"),
        ({"operation": "verify"}, "请在“问什么”给出的选项中选择一项"),
    ],
)
def test_what_is_wrong_is_said_beside_the_question(
    finance: Seat, resident: Resident, changes: dict[str, object], sentence: str
) -> None:
    case = make_case(finance.actor)
    page = said_wrong(finance.client, f"/cases/{case.uid}/", {**asked(resident), **changes})
    assert page.count(sentence) == 2
    assert looks(resident) == []


def test_a_closed_case_says_what_became_of_it(finance: Seat) -> None:
    case = make_case(finance.actor)
    assert "请写明案件的结果" in said_wrong(finance.client, f"/cases/{case.uid}/close/", {"reason": ""})
    assert sent(finance.client, f"/cases/{case.uid}/close/", {"reason": "资格审查通过"}) == "/cases/"
    for address in (f"/cases/{case.uid}/", "/cases/"):
        assert "资格审查通过" in shown(finance.client, address)


def test_a_name_is_never_asked_for_nor_taken(finance: Seat, resident: Resident) -> None:
    case = make_case(finance.actor)
    page = finance.client.get(f"/cases/{case.uid}/").content.decode()
    assert 'name="name"' not in page
    given = {**asked(resident), "number": "", "name": resident.someone.name}
    assert "请填写证件号码" in said_wrong(finance.client, f"/cases/{case.uid}/", given)


def test_anothers_case_is_not_there(finance: Seat, resident: Resident) -> None:
    other = seat(make_organisation(kind="fiscal"))
    case = make_case(other.actor)
    for method in (finance.client.get, finance.client.post):
        assert method(f"/cases/{case.uid}/", asked(resident)).status_code == HTTPStatus.NOT_FOUND
    assert case.ref not in shown(finance.client, "/cases/")
    assert looks(resident) == []


def test_an_employer_has_no_purpose(court: OrganisationView, resident: Resident) -> None:
    """Nothing is offered, and what is sent all the same opens nothing."""
    employer = seat(make_organisation(kind="labour", name="云川市某用人单位"))
    assert "目录没有给您单位任何用途" in shown(employer.client, "/desk/")
    assert "目录没有给您单位需要立案的用途" in shown(employer.client, "/cases/")
    given = {"ref": "1", "purpose": TENDER, "persons_most": "1", "reason": "录用前查一查"}
    page = employer.client.post("/cases/open/", given)
    assert page.status_code == HTTPStatus.OK
    assert access.cases_for(employer.actor, NOW) == []
    for address in ("/desk/consent/", "/desk/look/", "/desk/emergency/"):
        told = words(employer.client.post(address, asked(resident, purpose=TENDER)).content)
        assert "没有给您单位" in told, address
    assert looks(resident) == []


def test_others_do_not_enter(court: OrganisationView) -> None:
    for role in (Role.CLERK, Role.OFFICE_HEAD, Role.ACCESS_SUPERVISOR, Role.AUDITOR):
        client = desk_of(role).client
        for address in ("/cases/", "/cases/open/", "/desk/", "/desk/look/", "/desk/consent/", "/desk/emergency/"):
            assert "您现在的职权不包括这一步" in refused(client, address), (role, address)


# ---- the desk --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bank(court: OrganisationView) -> Seat:
    return seat(make_asker(name="云川市商业银行"))


def test_a_person_at_the_desk_is_asked_and_agrees_and_is_then_looked_up(bank: Seat, resident: Resident) -> None:
    given = {
        "purpose": "credit_on_consent", "kind": "01", "number": resident.someone.number, "name": resident.someone.name,
        "reason": "本人到窗口申请贷款",
    }  # fmt: skip
    page = words(bank.client.post("/desk/consent/", given).content)
    assert "请求已经办理" in page
    look = {"purpose": "credit_on_consent", "operation": "look_up", "kind": "01", "number": resident.someone.number}
    assert "没有可以答复的内容" in said_wrong(bank.client, "/desk/look/", look)
    with as_person(resident.person_id):
        (consent,) = access.consents_of(resident.person_id)
    answer = signed_in(resident.account).post(
        f"/my/consents/{consent.uid}/", {"chosen": "court_defaulter", "how_long": "once"}
    )
    assert answer.status_code == HTTPStatus.FOUND
    told = words(bank.client.post("/desk/look/", look).content)
    assert "（2026）云01执1号" in told
    assert "本人同意" in told
    assert "没有可以答复的内容" in said_wrong(bank.client, "/desk/look/", look), "it was for one look"


def test_asking_for_consent_tells_nothing_of_the_person(bank: Seat, resident: Resident) -> None:
    pages = []
    for number, name in ((resident.someone.number, resident.someone.name), invented_identity()):
        given = {"purpose": "credit_on_consent", "kind": "01", "number": number, "name": name, "reason": "申请贷款"}
        pages.append(words(bank.client.post("/desk/consent/", given).content))
    assert pages[0] == pages[1]


# ---- an emergency ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rescuers(court: OrganisationView) -> Seat:
    return seat(make_organisation(kind="emergency", name="云川市应急管理局"))


FIRE = "现场有人被困，需要马上核实身份。"


def test_an_emergency_is_warned_of_written_down_and_told(rescuers: Seat, resident: Resident) -> None:
    page = shown(rescuers.client, "/desk/emergency/")
    assert "两个工作日内由另一人复核" in page
    assert "现场救援" in page
    given = asked(resident, reason=FIRE)
    told = words(rescuers.client.post("/desk/emergency/", given).content)
    assert "食品经营许可证" in told
    assert "已经通知本人" in told
    mine = words(signed_in(resident.account).get("/my/looks/").content)
    assert FIRE in mine
    assert "云川市应急管理局" in mine
    assert "最迟 2026年6月3日" in mine.replace("最迟2026", "最迟 2026")


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("", "请写明出了什么事"), ("急", "请把理由写完整"), ("现场有人被困：{number}，马上核实", "不写他人的证件号码")],
)
def test_an_emergency_without_a_written_reason_is_none(
    rescuers: Seat, resident: Resident, reason: str, sentence: str
) -> None:
    given = asked(resident, reason=reason.format(number=resident.someone.number))
    page = said_wrong(rescuers.client, "/desk/emergency/", given)
    assert looks(resident) == []
    assert sentence in page or "证件号码" in page


def test_a_case_page_breaks_no_glass(finance: Seat, resident: Resident) -> None:
    """A reason sent to a page that does not ask for one is no reason, and no purpose of this office knows an emergency."""
    case = make_case(finance.actor)
    finance.client.post(f"/cases/{case.uid}/", asked(resident, reason=FIRE))
    assert not any(look.emergency for look in looks(resident))
    told = words(finance.client.post("/desk/emergency/", asked(resident, reason=FIRE, purpose=TENDER)).content)
    assert "不能紧急查询" in told


def test_pages_speak_english_too(court: OrganisationView, resident: Resident) -> None:
    english = seat(make_organisation(kind="fiscal"), language="en")
    case = make_case(english.actor)
    page = words(english.client.post(f"/cases/{case.uid}/", asked(resident)).content)
    assert "The person sees this look now" in page


def test_a_decision_against_somebody_is_reported_and_told_them_whole(finance: Seat, resident: Resident) -> None:
    case = make_case(finance.actor)
    page = finance.client.post(f"/cases/{case.uid}/", asked(resident)).content.decode()
    (look,) = looks(resident)
    assert f">{look.uid}<" in page
    assert f"/desk/use/?look={look.uid}" in page
    assert str(look.uid) in finance.client.get(f"/desk/use/?look={look.uid}").content.decode()
    given = {"look": str(look.uid), "kind": "01", "number": resident.someone.number, "decision": "云财采决〔2026〕7号",
             "decided_on": NOW.date().isoformat(), "reason": "资格审查未通过"}  # fmt: skip
    wrong = said_wrong(finance.client, "/desk/use/", given | {"number": make_resident().someone.number})
    assert "没有这次查看" in wrong, "whoever names another person learns nothing of them"
    assert sent(finance.client, "/desk/use/", given) == "/desk/"
    theirs = signed_in(resident.account)
    assert "云川市财政局依据您的记录，作出了对您不利的决定" in shown(theirs, "/my/letters/")
    with as_person(resident.person_id):
        notice = next(one for one in outbox.notices_of(resident.person_id) if one.kind == access.USED_AGAINST)
    letter = shown(theirs, f"/my/letters/{notice.uid}/")
    for said in (
        "云财采决〔2026〕7号", "招标投标、政府采购资格审查", "（2026）云01执1号", "陈述、申辩", "提出异议", "行政复议", "起诉",
        "能修复", "不收费", "可以找谁谈", "暂停使用",
    ):  # fmt: skip
        assert said in letter, said
    assert "还没有写全" not in letter
    assert notice.proven_at is None
    with as_person(resident.person_id):
        assert outbox.notice_of(resident.person_id, notice.uid).proven_at is not None
    assert "对这样使用提出异议" in letter, "the next step is one tap away"
    assert "它依据这次查询" in shown(theirs, "/my/looks/")
    assert "decided against you" in shown(signed_in(resident.account, language="en"), f"/my/letters/{notice.uid}/")
