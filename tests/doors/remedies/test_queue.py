"""The queue: the nearest last day first, in word and colour, filtered, put on desks one or many, and nobody's name in it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from chengxin.foundation import clock
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day, shipped_holidays
from chengxin.offices.models import Official
from chengxin.offices.terms import Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions import writing_down
from chengxin.remedies.models import Docket, Unnamed, UnnamedAnswer
from chengxin.remedies.terms.cases import Turn
from chengxin.remedies.terms.desks import Due, QueueAsk
from chengxin.remedies.terms.workflows import Act
from tests.doors.offering import Desk, desk, refused, said_wrong, sent, shown, words
from tests.doors.remedies.conftest import Contested, Town
from tests.doors.signing import signed_in
from tests.making import make_organisation
from tests.people import NOW
from tests.remedies import later, step

TODAY = shanghai_day(NOW)


def test_whoever_works_answers_or_leads_enters_and_nobody_else(town: Town, contested: Contested) -> None:
    for one in (town.officer, town.answerer, town.chief):
        assert contested.case.number in shown(one.client, "/remedies/")
    for role in (Role.CLERK, Role.INQUIRER, Role.AUDITOR):
        assert "您现在的职权不包括这一步" in refused(desk(role).client, "/remedies/")
    assert Client().get("/remedies/").headers["Location"].startswith("/sign-in/")


def test_a_line_says_what_its_case_says_though_no_job_wrote_down_what_ran_out(town: Town, contested: Contested) -> None:
    late = later(30)
    before = remedies.docket_line(contested.case.uid)
    assert before is not None
    with clock.set_for_tests(late):
        shown(town.officer.client, "/remedies/")
        line = remedies.docket_line(contested.case.uid)
        case = remedies.case_of(actor=contested.resident.someone.actor, uid=contested.case.uid, at=late)
    assert line is not None
    assert case.due is not None
    assert (line.state, line.turn, line.due_on) == (case.state, case.turn, case.due.due.day)
    assert line.state != before.state


def test_a_case_that_cannot_be_written_down_keeps_no_list_closed(
    town: Town, contested: Contested, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> int:
        raise IntegrityError("a guard of the database")

    monkeypatch.setattr(writing_down, "write_silence", refused)
    with clock.set_for_tests(later(30)):
        assert contested.case.number in shown(town.officer.client, "/remedies/")
        mine = signed_in(contested.resident.account).get(f"/my/matters/{contested.case.uid}/")
    assert mine.status_code == HTTPStatus.OK


def test_another_source_sees_nothing_of_it(contested: Contested) -> None:
    stranger = desk(Role.SUPERVISOR_CLERK, organisation=make_organisation())
    assert contested.case.number not in shown(stranger.client, "/remedies/")
    assert stranger.client.get(contested.address).status_code == HTTPStatus.NOT_FOUND


def test_a_line_says_what_whose_turn_and_until_when_and_not_who(town: Town, contested: Contested) -> None:
    page = shown(town.officer.client, "/remedies/")
    assert all(told in page for told in ("异议", contested.case.number, "轮到谁", "平台自查中", "一两天内", "还没有人"))
    assert town.source.name_zh in page
    assert contested.resident.someone.name not in page
    assert contested.resident.someone.number not in page


def test_who_somebody_is_is_read_once_for_a_queue_and_once_for_a_case(town: Town, contested: Contested) -> None:
    actor = town.chief.actor
    with CaptureQueriesContext(connections["default"]) as queue:
        assert remedies.queue_for(actor, QueueAsk(), NOW).lines
    with CaptureQueriesContext(connections["default"]) as acts:
        assert remedies.acts_open(actor, contested.case.uid, at=NOW) == ()
    for asked in (queue, acts):
        assert sum('FROM "offices_mandate"' in one["sql"] for one in asked) == 1
    paths = [one["sql"] for one in acts if "parent_id" in one["sql"]]
    assert len(paths) == len(set(paths)), "where an organisation stands is asked once for each"


@pytest.mark.parametrize(
    ("days", "word"), [(-1, Due.OVERDUE), (0, Due.TODAY), (1, Due.SOON), (2, Due.SOON), (3, Due.LATER), (90, Due.LATER)]
)
def test_a_day_has_its_word(days: int, word: Due) -> None:
    # Monday, 1 June 2026: two working days lie ahead before Thursday
    assert remedies.due_word(TODAY + timedelta(days=days), TODAY, shipped_holidays()) is word


def test_the_desk_is_late_where_it_lets_a_day_pass_and_not_where_the_person_does(
    town: Town, contested: Contested
) -> None:
    def late() -> int:
        return remedies.queue_for(town.officer.actor, QueueAsk(), NOW).counts[Due.OVERDUE]

    line, before = Docket.objects.filter(uid=contested.case.uid), late()
    line.update(due_on=TODAY - timedelta(days=1), turn=Turn.PERSON.value)
    assert late() == before
    assert "对方的期限已过" in shown(town.officer.client, "/remedies/")
    line.update(turn=Turn.PLATFORM.value)
    assert late() == before + 1


def test_a_weekend_between_is_no_working_day() -> None:
    friday = TODAY + timedelta(days=4)
    assert remedies.due_word(friday + timedelta(days=4), friday, shipped_holidays()) is Due.SOON
    assert remedies.due_word(friday + timedelta(days=5), friday, shipped_holidays()) is Due.LATER
    assert remedies.due_word(None, friday, shipped_holidays()) is Due.NONE


def test_what_is_late_stands_first_and_says_so(town: Town, contested: Contested) -> None:
    with clock.set_for_tests(later(3)):
        page = shown(town.officer.client, "/remedies/")
    assert "已逾期" in page
    assert "逾期未答，已移除" in page, "silence is so without anybody writing it down"
    Docket.objects.filter(uid=contested.case.uid).update(due_on=TODAY - timedelta(days=30))
    numbers = town.officer.client.get("/remedies/").content.decode()
    assert numbers.index(contested.case.number) == min(
        numbers.index(one.number) for one in remedies.open_cases(town.office.id)
    )


def test_filters_show_what_was_asked(town: Town, contested: Contested) -> None:
    step(town.officer.actor, contested.case, Act.FORWARD)
    for query, there in (
        ("turn=supplier", True),
        ("turn=platform", False),
        ("workflow=objection", True),
        ("workflow=repair", False),
        ("desk=unassigned", True),
        ("desk=mine", False),
        ("turn=nonsense&page=-3", True),
    ):
        page = shown(town.officer.client, f"/remedies/?{query}")
        assert (contested.case.number in page) is there, query


def test_one_takes_a_case_and_gives_many_to_a_colleague(town: Town, contested: Contested) -> None:
    client, uid = town.officer.client, str(contested.case.uid)
    assert sent(client, "/remedies/assign/", {"mine": uid, "query": "turn=platform"}) == "/remedies/?turn=platform"
    assert contested.case.number in shown(client, "/remedies/?desk=mine")
    sent(client, "/remedies/assign/", {"case": [uid], "to": str(town.second.actor.official_id)})
    assert contested.case.number not in shown(client, "/remedies/?desk=mine")
    assert contested.case.number in shown(town.second.client, "/remedies/?desk=mine")
    sent(client, "/remedies/assign/", {"all": "1", "listed": [uid], "to": "nobody"})
    assert Docket.objects.get(uid=uid).assigned_to is None


def test_no_choice_changes_nothing_and_the_filter_is_no_way_out(town: Town, contested: Contested) -> None:
    there = sent(town.officer.client, "/remedies/assign/", {"to": "nobody", "query": "https://elsewhere.example/"})
    assert there == "/remedies/"
    assert "没有选中任何事项" in shown(town.officer.client, "/remedies/")
    answer = town.officer.client.post("/remedies/assign/", {"mine": "not a number"})
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_only_who_works_cases_puts_them_on_desks(town: Town, contested: Contested) -> None:
    uid = str(contested.case.uid)
    assert "您现在的职权不包括这一步" in refused(town.answerer.client, "/remedies/assign/", data={"mine": uid})
    assert "分派" not in shown(town.answerer.client, "/remedies/")


def test_fifty_stand_on_a_page(town: Town, contested: Contested) -> None:
    first = Docket.objects.get(uid=contested.case.uid)
    for n in range(51):
        first.pk = first.uid = UUID(int=n)
        first.save(force_insert=True)
    page = town.officer.client.get("/remedies/").content.decode()
    assert page.count('name="case"') == 50
    assert 'href="?page=2"' in page
    second = town.officer.client.get("/remedies/?page=2").content.decode()
    assert 0 < second.count('name="case"') <= 50
    assert 'href="?page=1"' in second
    made = Docket.objects.filter(uid__in=[UUID(int=n) for n in range(51)])
    made.update(closed_at=NOW, outcome="for", due_on=None, matter="")


# ---- complaints without a name ------------------------------------------------------------------------------------


OWN_WORDS = "窗口的人说系统坏了，让我下个月再来。"


def complained(client: Client | None = None, **said: object) -> tuple[str, str, Unnamed]:
    """Somebody complains by the public page: the number and the word that it shows them, and what is kept."""
    given = {"concern": "official", "office": "", "words": OWN_WORDS, **said}
    answer = (client or Client()).post("/complain/write/", given)
    number, word = re.findall(r'<span class="code">([^<]+)</span>', answer.content.decode())
    return number, word, Unnamed.objects.get(number=number)


def followed(number: str, word: str) -> str:
    answer = Client().post("/complain/follow/", {"number": number, "word": word})
    assert answer.status_code == HTTPStatus.OK
    return words(answer.content)


def test_a_complaint_without_a_name_is_taken_in_worked_and_answered(town: Town) -> None:
    number, word, row = complained()
    assert row.due_on == date(2026, 6, 15), "ten working days from Monday, 1 June"
    assert OWN_WORDS.encode() not in bytes(row.sealed)
    assert word.encode() not in bytes(row.word_hash)
    assert "轮到我们" in followed(number.lower(), word.replace("-", " ").lower())
    assert "编号或者口令不对" in followed(number, word[:-1] + ("A" if word[-1] != "A" else "B"))
    assert number in shown(town.officer.client, "/remedies/")
    address = f"/complaints/{row.uid}/"
    assert OWN_WORDS in shown(town.officer.client, address)
    said_wrong(town.officer.client, address, {"founded": "yes", "answer": " ", "reason": "查实"})
    said = {"founded": "yes", "answer": "系统当天正常，已向该窗口指出。", "reason": "日志显示系统正常"}
    assert sent(town.officer.client, address, said) == "/remedies/"
    told = followed(number, word)
    assert "投诉成立" in told
    assert said["answer"] in told
    assert number not in shown(town.officer.client, "/remedies/")
    assert "您打开页面之后" in said_wrong(town.second.client, address, {**said, "answer": "再答一次。"})
    assert UnnamedAnswer.objects.get(complaint_id=row.uid).official_id == town.officer.actor.official_id
    assert said["answer"] in followed(number, word)


def test_nobody_is_on_record_for_it_though_they_be_signed_in(town: Town, contested: Contested) -> None:
    client = signed_in(contested.resident.account)
    _, _, row = complained(client)
    line = Journal.objects.get(thing_uid=row.uid)
    assert (line.actor_kind, line.actor_name) == ("system", "complaint_page")
    assert str(contested.resident.account.id) not in str(Journal.objects.filter(id=line.id).values().get())
    assert not Journal.objects.filter(account_id=contested.resident.account.id, at__gte=row.at, act="open_unnamed")


def test_whoever_is_complained_about_does_not_answer(town: Town, head: Desk) -> None:
    *_, own = complained(office=str(town.office.uid))
    *_, source = complained(office=str(town.source.uid))
    name = Official.objects.get(id=town.officer.actor.official_id).name
    *_, named = complained(words=f"{name}让我找熟人。")
    for one, may, may_not in (
        (own, (head,), (town.officer, town.second, town.chief, town.answerer)),
        (source, (town.officer, town.second), (head, town.chief, town.answerer)),
    ):
        address = f"/complaints/{one.uid}/"
        assert all(OWN_WORDS in shown(who.client, address) for who in may)
        assert {who.client.get(address).status_code for who in may_not} == {HTTPStatus.NOT_FOUND}
    refused(town.officer.client, f"/complaints/{named.uid}/")
    assert "熟人" in shown(town.second.client, f"/complaints/{named.uid}/")


def test_one_that_nobody_answers_is_late_for_everybody_to_see(town: Town) -> None:
    number, word, row = complained(concern="late")
    since = TODAY - timedelta(days=1)
    before = remedies.public_figures(since=since, at=NOW)["complaint"]
    late = clock.now() + timedelta(days=15)
    unanswered = remedies.public_figures(since=since, at=late)["complaint"]
    assert unanswered.overdue > before.overdue
    with clock.set_for_tests(late):
        assert "已计入公开的逾期数" in followed(number, word)
        assert "已逾期" in shown(desk(Role.CASE_OFFICER, organisation=town.office).client, "/remedies/")
    remedies.answer_unnamed(
        actor=town.officer.actor, uid=row.uid, founded=False, answer="没有查到。", at=late, reason="核查"
    )
    after = remedies.public_figures(since=since, at=late)["complaint"]
    assert (after.overdue, after.late) == (unanswered.overdue - 1, unanswered.late), "answered late is late for good"
    assert after.decided == unanswered.decided + 1


@override_settings(ACCOUNT_RATE_LIMITS={"complaint": "1/m/ip", "complaint_word": "1/m/ip"})
def test_one_address_may_not_flood_it(town: Town) -> None:
    cache.clear()
    client = Client(REMOTE_ADDR="192.0.2.7")
    for address in ("/complain/write/", "/complain/follow/"):
        answers = [client.post(address, {}).status_code for _ in range(2)]
        assert answers == [HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS], address
