"""Reviews and orders of silence at the doors: the person's question, the supervisor's finding, the answer beside the look."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.models import Review
from chengxin.access.terms.asking import Answered, Question
from chengxin.catalogue.terms import Operation
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import day_starts_at
from chengxin.offices.terms import OrganisationView, Role
from tests.asking import make_case, question
from tests.doors.offering import Desk, desk, refused, said_wrong, sent, shown
from tests.doors.signing import signed_in
from tests.emergencies import RESCUE
from tests.making import make_inquirer, make_organisation, official_of
from tests.people import NOW
from tests.residents import Resident, make_resident
from tests.silence import EVIDENCE, LAW, confirm_silence, criminal_case, make_police

FIRE = "现场有人被困，需要马上核实身份。"
FINDING = {"finding": "justified", "told": "查看的人在火场救人，理由成立。", "reason": "核对了出警记录"}


@pytest.fixture(scope="module")
def rescuer(court: OrganisationView) -> Actor:
    return make_inquirer(organisation=make_organisation(kind="emergency", name="云川市应急管理局"))


@pytest.fixture(scope="module")
def supervisor(court: OrganisationView) -> Desk:
    return desk(Role.ACCESS_SUPERVISOR)


def broken_glass(who: Resident, by: Actor) -> str:
    """The uid of an emergency's look."""
    asked = Question(purpose=RESCUE, operation=Operation.LOOK_UP, kind="01", number=who.someone.number, reason=FIRE)
    answer = access.ask(actor=by, question=asked, at=NOW)
    assert isinstance(answer, Answered)
    return str(answer.look)


def about(look: str, supervisor: Desk) -> str:
    """The address of a review of this look: of the person's question where there is one, else of the emergency."""
    uids = Review.objects.filter(about=look).order_by("-kind").values_list("uid", flat=True)
    assert uids[0] in [one.uid for one in access.reviews_for(supervisor.actor, NOW)]
    return f"/reviews/{uids[0]}/"


def test_a_person_asks_and_reads_the_answer_beside_the_look(
    resident: Resident, rescuer: Actor, supervisor: Desk
) -> None:
    look = broken_glass(resident, rescuer)
    client = signed_in(resident.account)
    assert "我不认得这次查看" in shown(client, "/my/looks/")
    page = shown(client, f"/my/looks/{look}/ask/")
    assert "5 个工作日内答复您" in page
    assert sent(client, f"/my/looks/{look}/ask/", {"words": "我当时不在那里。"}) == "/my/looks/"
    address = about(look, supervisor)
    page = shown(supervisor.client, address)
    assert "我当时不在那里。" in page
    assert "云川市应急管理局" in page
    for secret in (resident.someone.name, resident.someone.number, "云01执"):
        assert secret not in page
    assert sent(supervisor.client, address, FINDING) == "/reviews/"
    mine = shown(client, "/my/looks/")
    assert "查看的人在火场救人，理由成立。" in mine
    assert "查得有理" in mine
    letters = shown(client, "/my/letters/")
    assert "一次查看的复核结果" in letters
    assert "有单位紧急查看了您的记录" in letters


def test_nothing_need_be_said_and_it_is_asked_once(resident: Resident, rescuer: Actor) -> None:
    look = broken_glass(resident, rescuer)
    client = signed_in(resident.account)
    assert sent(client, f"/my/looks/{look}/ask/", {}) == "/my/looks/"
    assert "您已经请人复核这次查看" in shown(client, f"/my/looks/{look}/ask/")
    assert client.post(f"/my/looks/{look}/ask/", {}).status_code == HTTPStatus.OK


def test_a_number_in_the_words_is_said_in_the_form(resident: Resident, rescuer: Actor) -> None:
    look = broken_glass(resident, rescuer)
    given = {"words": f"我是 {resident.someone.number}"}
    assert "证件号码" in said_wrong(signed_in(resident.account), f"/my/looks/{look}/ask/", dict(given))


def test_anothers_look_is_not_there(resident: Resident, rescuer: Actor) -> None:
    look = broken_glass(resident, rescuer)
    other = signed_in(make_resident().account)
    for method in (other.get, other.post):
        assert method(f"/my/looks/{look}/ask/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"finding": ""}, "请选择一个结论"),
        ({"told": ""}, "请写告诉本人的话"),
        ({"reason": ""}, "请写明怎样查实的"),
        ({"finding": "misuse"}, "请选择停谁的查询"),
        ({"finding": "misuse", "whom": "operator", "days": "30"}, "请写告知的话"),
    ],
)
def test_a_finding_is_whole(
    resident: Resident, rescuer: Actor, supervisor: Desk, changes: dict[str, object], sentence: str
) -> None:
    look = broken_glass(resident, rescuer)
    assert sentence in said_wrong(supervisor.client, about(look, supervisor), {**FINDING, **changes})


def test_misuse_stops_the_operator_in_the_middle_of_their_work(resident: Resident, supervisor: Desk) -> None:
    curious = make_inquirer(organisation=make_organisation(kind="emergency"))
    theirs = signed_in(official_of(curious).account)
    look = broken_glass(resident, curious)
    assert theirs.get("/desk/").status_code == HTTPStatus.OK
    given = {**FINDING, "finding": "misuse", "whom": "operator", "days": "30", "notice": "请在十日内申辩。"}
    assert sent(supervisor.client, about(look, supervisor), given) == "/reviews/"
    assert theirs.get("/desk/").status_code == HTTPStatus.FORBIDDEN


def test_only_supervisors_review(resident: Resident, rescuer: Actor, supervisor: Desk) -> None:
    address = about(broken_glass(resident, rescuer), supervisor)
    for role in (Role.CLERK, Role.OFFICE_HEAD, Role.IDENTITY_OFFICER, Role.AUDITOR):
        client = desk(role).client
        for page in ("/reviews/", address, "/delays/"):
            refused(client, page)
    theirs = signed_in(official_of(rescuer).account)
    refused(theirs, address)


def test_the_list_has_what_is_due_first_and_no_ranking(resident: Resident, rescuer: Actor, supervisor: Desk) -> None:
    broken_glass(resident, rescuer)
    page = shown(supervisor.client, "/reviews/")
    assert "下一件" in page
    due = [one.due_on for one in access.reviews_for(supervisor.actor, NOW)]
    assert due == sorted(due)


# ---- silence ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def finance(court: OrganisationView) -> Actor:
    return make_inquirer(organisation=make_organisation(kind="fiscal", name="云川市财政局"))


@pytest.fixture(scope="module")
def police(court: OrganisationView) -> Actor:
    """Where the law of silence was confirmed."""
    confirm_silence()
    return make_police()


def test_silence_is_asked_for_decided_elsewhere_counted_and_ends(
    resident: Resident, police: Actor, supervisor: Desk
) -> None:
    inquirer = signed_in(official_of(police).account)
    case = criminal_case(police)
    assert "依法申请暂缓告知" in shown(inquirer, f"/cases/{case.uid}/")
    given = {"law": LAW.code, "ends_on": "2026-07-01", "reason": "侦查中，不能惊动。"}
    assert sent(inquirer, f"/cases/{case.uid}/delay/", given) == "/cases/delays/"
    assert "等待另一单位决定" in shown(inquirer, "/cases/delays/")
    (order,) = (one for one in access.seals_to_decide(supervisor.actor, NOW) if one.case_ref == case.ref)
    assert "《刑事诉讼法》第152条" in shown(supervisor.client, f"/delays/{order.uid}/")
    assert "请写明理由" in said_wrong(supervisor.client, f"/delays/{order.uid}/", {"approve": "1"})
    assert sent(supervisor.client, f"/delays/{order.uid}/", {"approve": "1", "reason": "符合规定"}) == "/delays/"
    answer = access.ask(actor=police, question=question(resident, purpose=EVIDENCE, case_ref=case.ref), at=NOW)
    assert isinstance(answer, Answered)
    silent = shown(signed_in(resident.account), "/my/looks/")
    assert "云川市公安局" not in silent
    assert case.ref not in signed_in(resident.account).get("/my/record/download/").content.decode()
    public = shown(Client(), "/promises/delays/")
    assert "2026-06" in public
    assert "《刑事诉讼法》第152条" in public
    with clock.set_for_tests(day_starts_at(date(2026, 7, 1))):
        told = shown(signed_in(resident.account), "/my/looks/")
    assert "云川市公安局" in told
    assert "依《刑事诉讼法》第152条，推迟到2026年7月1日才告诉您" in told


def test_where_no_law_orders_silence_none_is_offered(finance: Actor) -> None:
    inquirer = signed_in(official_of(finance).account)
    case = make_case(finance)
    assert "暂缓告知" not in shown(inquirer, f"/cases/{case.uid}/")
    assert "没有法律让您单位申请暂缓告知" in shown(inquirer, f"/cases/{case.uid}/delay/")


def test_a_sealed_look_is_told_nowhere_before_its_day(resident: Resident, police: Actor, supervisor: Desk) -> None:
    case = criminal_case(police)
    order = access.ask_seal(
        actor=police, case=case.uid, law=LAW.code, ends_on=date(2026, 7, 1), at=NOW, reason="侦查中"
    )
    access.decide_seal(actor=supervisor.actor, uid=order.uid, approved=True, at=NOW, reason="符合规定")
    access.ask(actor=police, question=question(resident, purpose=EVIDENCE, case_ref=case.ref), at=NOW)
    access.sequence_log(at=NOW)
    client = signed_in(resident.account)
    with as_person(resident.person_id):
        (sealed,) = access.looks_of(resident.person_id, at=NOW + timedelta(days=60), own=False)
    for address in (
        "/my/record/", "/my/record/print/", "/my/record/download/", "/my/looks/", "/my/letters/", "/my/processing/",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert case.ref not in page, address
        assert str(sealed.uid) not in page, address
        assert "云川市公安局" not in page, address
    for tail in ("ask/", "proof/", "proof.json"):
        assert client.get(f"/my/looks/{sealed.uid}/{tail}").status_code == HTTPStatus.NOT_FOUND
