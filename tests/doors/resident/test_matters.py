"""My matters at the door: the list, whose turn, what silence brings, papers, the letter, taking back; nobody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils.html import strip_tags

from chengxin.access import facade as access
from chengxin.doors.portal import uploads
from chengxin.foundation import clock, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Deed
from chengxin.remedies.terms.workflows import Act
from tests.doors.questions import spoken
from tests.doors.resident.conftest import Officials
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.remedies import AGAINST, OWN_WORDS, PDF, object_to, status_of, step
from tests.residents import Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def working(bureau: OrganisationView, officials: Officials) -> tuple[Actor, Actor, Actor]:
    return officials(bureau)


def contested(bureau: OrganisationView) -> tuple[Resident, UUID, Case]:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    return resident, uid, object_to(resident, uid)


def rejected(bureau: OrganisationView, working: tuple[Actor, Actor, Actor]) -> tuple[Resident, UUID, Case]:
    """Answered against the person, by two people and with a letter."""
    resident, uid, case = contested(bureau)
    officer, second, answerer = working
    step(officer, case, Act.FORWARD)
    step(answerer, case, Act.STAND_BY, Deed(reason="决定书写得清楚。"))
    step(officer, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持。", letter=AGAINST))
    return resident, uid, step(second, case, Act.AGREE)


def page(resident: Resident, address: str, language: str = "zh") -> str:
    answer = signed_in(resident.account, language=language).get(address)
    assert answer.status_code == 200, answer.headers
    return spoken(answer)


def test_the_time_line_says_that_nobody_answered_though_no_job_ran(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    address = f"/my/matters/{case.uid}/"
    assert "没有人答复" not in page(resident, address)
    with clock.set_for_tests(NOW + timedelta(days=30)):
        told = page(resident, address)
        assert told.count("到了，没有人答复") == 1
        # the last day was 2 June; the words were written down only now
        assert re.search(r"2026年6月3日[^年]*到了，没有人答复", told), "when it came about"
        assert page(resident, address).count("到了，没有人答复") == 1, "it happened once"


def test_a_question_is_the_title_of_its_page_in_the_language_of_its_reader(bureau: OrganisationView) -> None:
    resident, entry, _ = contested(bureau)
    asked = ("object", "repair/ask", "more-time", "statement", "appeal", "commit")
    for address in (*(f"/my/record/{entry}/{one}/" for one in asked), "/my/matters/complain/", "/my/matters/commit/"):
        answer = signed_in(resident.account).get(address, follow=True)
        title = re.search(r"<title>([^·<]*)·", answer.content.decode())
        assert title is not None, address
        assert re.search(r"[\u4e00-\u9fff]", title[1]), f"{address}: {title[1]}"


def test_no_matters_are_said_to_be_none() -> None:
    assert "您没有提出过事项" in page(make_resident(), "/my/matters/")


def test_the_list_says_what_how_it_stands_whose_turn_and_until_when(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    listed = page(resident, "/my/matters/")
    for words in (
        "异议 · 行政处罚（普通程序）",
        "平台自查中",
        "轮到云川市信用办公室",
        "2026年6月2日",
        "还有 1 天",
        case.number,
        'aria-current="page"',
    ):
        assert words in listed, words
    english = page(resident, "/my/matters/", "en")
    assert "My matters" in english
    assert "It is the turn of" in english


def test_a_case_tells_its_history_and_what_silence_brings(
    bureau: OrganisationView, working: tuple[Actor, Actor, Actor]
) -> None:
    resident, _, case = contested(bureau)
    officer, _, answerer = working
    shown = page(resident, f"/my/matters/{case.uid}/")
    assert "到2026年6月2日还没有人办理，2026年6月3日零时起，这条记录自动从所有地方移除" in shown
    assert OWN_WORDS in shown
    assert "按本平台承诺，参照《深圳经济特区社会信用条例》第50条" in shown, "which binds in Shenzhen and not here"
    step(officer, case, Act.FORWARD)
    step(answerer, case, Act.STAND_BY, Deed(reason="现场照片显示没有标价。"))
    shown = page(resident, f"/my/matters/{case.uid}/")
    for words in (
        "您提出。",
        "云川市信用办公室的经办人自己查过，转给云川市市场监督管理局核查。",
        "云川市市场监督管理局看过材料，认为记录没有错。",
        "现场照片显示没有标价。",
        "要给您书面答复",
    ):
        assert words in shown, words


def test_silence_is_said_on_the_day_it_came_with_no_job(bureau: OrganisationView) -> None:
    resident, uid, case = contested(bureau)
    later = NOW + timedelta(days=2)
    assert status_of(resident, uid, at=later) is Status.SILENT
    with clock.set_for_tests(later):
        shown = page(resident, f"/my/matters/{case.uid}/")
    assert "逾期未答，已移除" in shown
    # what is still owed has a day, of this platform's own: ten working days after the term that passed
    assert "逾期以后仍须给您的书面答复" in shown
    assert "2026年6月16日" in shown
    assert "期限内没有人答复，记录已经从所有地方移除" in shown
    assert "已经逾期" not in shown, "the next term runs still"
    with clock.set_for_tests(NOW + timedelta(days=40)):
        shown, listed = page(resident, f"/my/matters/{case.uid}/"), page(resident, "/my/matters/")
    assert "应当不迟于2026年6月16日，已经逾期" in strip_tags(shown)
    assert f'href="/my/matters/{case.uid}/complain/"' in shown
    assert "应当不迟于，已逾期" in listed


def test_an_answer_against_says_where_to_go_next_and_by_when(
    bureau: OrganisationView, working: tuple[Actor, Actor, Actor]
) -> None:
    resident, uid, case = rejected(bureau, working)
    shown = page(resident, f"/my/matters/{case.uid}/")
    for words in (
        "这件事已经办完",
        "2026年7月31日以前（含当天）向云川市人民政府申请行政复议",
        "2026年12月1日以前（含当天）向云川市人民法院起诉",
        f"/my/record/{uid}/appeal/",
    ):
        assert words in shown, words
    assert "撤回" not in shown


def test_the_letter_is_whole_and_opening_it_proves_that_it_arrived(
    bureau: OrganisationView, working: tuple[Actor, Actor, Actor]
) -> None:
    resident, _, case = rejected(bureau, working)
    with as_person(resident.person_id):
        (notice,) = [one for one in outbox.notices_of(resident.person_id) if one.kind == remedies.LETTER]
    assert notice.read_at is None
    assert f"/my/letters/{notice.uid}/" in page(resident, f"/my/matters/{case.uid}/")
    assert f"答复书：异议 {case.number}" in page(resident, "/my/letters/")
    letter = page(resident, f"/my/letters/{notice.uid}/")
    for words in (
        f"{resident.someone.name}，您好",
        case.letters[0].number,
        AGAINST.result,
        AGAINST.reason,
        *AGAINST.evidence,
        *AGAINST.laws,
        AGAINST.contact,
        "由两位没有录入、报送或者认定过这条记录的经办人决定",
        "2026年7月31日以前（含当天）向云川市人民政府申请行政复议",
        "有新的理由或者材料",
        f"/my/matters/{case.uid}/",
    ):
        assert words in letter, words
    with as_person(resident.person_id):
        assert outbox.notice_of(resident.person_id, notice.uid).read_at is not None
    english = page(resident, f"/my/letters/{notice.uid}/", "en")
    assert "Two officials decided" in english
    assert "Up to and including 31 July 2026" in english


def test_a_case_that_moved_is_told_in_words(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    with as_person(resident.person_id):
        (notice,) = [one for one in outbox.notices_of(resident.person_id) if one.kind == remedies.MOVED]
    told = page(resident, f"/my/letters/{notice.uid}/")
    for words in ("您的事项有进展", case.number, "轮到云川市信用办公室", "最迟2026年6月2日"):
        assert words in told, words


def test_a_paper_is_handed_in_and_opened_again(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    client = signed_in(resident.account)
    address = f"/my/matters/{case.uid}/paper/"
    assert "10 MB" in client.get(address).content.decode()
    file = SimpleUploadedFile("价签照片.pdf", PDF, "application/pdf")
    done = client.post(address, {"kind": "evidence", "file": file}, follow=True)
    shown = done.content.decode()
    for words in ("材料收到了", "价签照片.pdf", "您交了一份材料"):
        assert words in shown, words
    opened = client.get(f"/my/matters/{case.uid}/papers/1/")
    assert opened.content == PDF
    assert opened.headers["Content-Type"] == "application/pdf"
    assert "attachment" in opened.headers["Content-Disposition"]
    assert client.get(f"/my/matters/{case.uid}/papers/2/").status_code == 404


def test_no_transaction_stays_open_while_a_paper_travels(
    bureau: OrganisationView, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, _, case = contested(bureau)
    waited, read = [], uploads.Incoming.read

    def travelling(self: uploads.Incoming, size: int) -> bytes:
        waited.append(connections["default"].in_atomic_block)
        return read(self, size)

    monkeypatch.setattr(uploads.Incoming, "read", travelling)
    file = SimpleUploadedFile("价签照片.pdf", PDF, "application/pdf")
    done = signed_in(resident.account).post(f"/my/matters/{case.uid}/paper/", {"kind": "evidence", "file": file})
    assert done.headers["Location"] == f"/my/matters/{case.uid}/"
    assert waited
    assert not any(waited)
    assert (
        Client().post(f"/my/matters/{case.uid}/paper/", {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 302
    )
    assert waited == [False] * len(waited), "whoever may not enter hands nothing in"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "请选择一个文件"), (b"MZ not a picture", "PDF"), (b"%PDF-" + b"x" * 11_000_000, "这份材料超过 10 MB")],
)
def test_a_paper_that_is_not_taken_says_why(bureau: OrganisationView, content: bytes, words: str) -> None:
    resident, _, case = contested(bureau)
    given = {"file": SimpleUploadedFile("a.pdf", content)} if content else {}
    refused = signed_in(resident.account).post(f"/my/matters/{case.uid}/paper/", {"kind": "evidence", **given})
    assert refused.status_code == 200
    told = refused.content.decode()
    assert 'id="mistakes"' in told
    assert words in told
    assert "还没有材料" in page(resident, f"/my/matters/{case.uid}/")


def test_a_paper_without_its_token_is_refused(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    client = signed_in(resident.account)
    client.handler.enforce_csrf_checks = True
    file = SimpleUploadedFile("a.pdf", PDF)
    assert client.post(f"/my/matters/{case.uid}/paper/", {"kind": "evidence", "file": file}).status_code == 403


def test_more_words_are_added_to_an_open_case(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    client = signed_in(resident.account)
    address = f"/my/matters/{case.uid}/do/join/"
    assert "请写下您要说的话" in client.post(address, {"reason": ""}).content.decode()
    shown = client.post(address, {"reason": "邻居也可以作证。"}, follow=True).content.decode()
    assert "邻居也可以作证。" in shown
    assert "您补充了说明" in shown


def test_taking_back_is_asked_before_it_is_done_and_ends_the_pause(bureau: OrganisationView) -> None:
    resident, uid, case = contested(bureau)
    client = signed_in(resident.account)
    address = f"/my/matters/{case.uid}/do/take_back/"
    assert "记录不再暂停" in client.get(address).content.decode()
    assert status_of(resident, uid) is Status.FROZEN
    assert "您撤回了" in client.post(address, follow=True).content.decode()
    assert status_of(resident, uid) is Status.IN_FORCE
    assert client.get(address).headers["Location"] == f"/my/matters/{case.uid}/"


def test_what_silence_took_out_stays_out_when_it_is_taken_back(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    with clock.set_for_tests(NOW + timedelta(days=3)):
        assert "撤回以后它仍然移除" in page(resident, f"/my/matters/{case.uid}/do/take_back/")


def test_an_act_that_is_not_the_persons_leads_back(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    client = signed_in(resident.account)
    for act in ("uphold", "lapse", "add_paper", "nothing"):
        assert client.post(f"/my/matters/{case.uid}/do/{act}/").headers["Location"] == f"/my/matters/{case.uid}/"
    assert remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=NOW).state == "checking"


def test_nobody_reads_another_persons_case(bureau: OrganisationView) -> None:
    _, _, case = contested(bureau)
    other = signed_in(make_resident().account)
    for address in ("", "receipt/", "paper/", "papers/1/", "do/take_back/", "complain/"):
        assert other.get(f"/my/matters/{case.uid}/{address}").status_code == 404, address


def test_each_page_of_a_case_leaves_a_look(bureau: OrganisationView) -> None:
    resident, _, case = contested(bureau)
    for address in ("", f"{case.uid}/", f"{case.uid}/receipt/", f"{case.uid}/paper/", f"{case.uid}/do/join/"):
        with as_person(resident.person_id):
            before = len(access.looks_of(resident.person_id, at=NOW, own=True))
        page(resident, f"/my/matters/{address}")
        with as_person(resident.person_id):
            assert len(access.looks_of(resident.person_id, at=NOW, own=True)) == before + 1, address


def test_all_of_a_case_is_carried_away(bureau: OrganisationView, working: tuple[Actor, Actor, Actor]) -> None:
    resident, uid, case = rejected(bureau, working)
    told = json.loads(signed_in(resident.account).get("/my/record/download/").content)
    (carried,) = told["cases"]
    assert (carried["number"], carried["outcome"], carried["about"]["uid"]) == (case.number, "against", str(uid))
    assert carried["acts"][0]["words"] == OWN_WORDS
    assert carried["letters"][0]["reason"] == AGAINST.reason
