"""Letters on paper: listed by number, noted by day, each by itself; case officers alone, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client, override_settings

from chengxin.foundation import clock, outbox
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Dispatch, Journal, Letter
from chengxin.foundation.outbox import LetterState
from chengxin.offices.terms import Role
from tests.doors.offering import Desk, desk, refused, said_wrong, sent, shown, words
from tests.people import NOW, make_person
from tests.rooms.foundation.outbox.telling import FakeDesk, desks

DAY = "2026-06-01"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, _a_city_of_its_own: None) -> Iterator[Path]:
    with override_settings(CHENGXIN_LETTERS=str(tmp_path / "letters")), clock.set_for_tests(NOW):
        yield tmp_path / "letters"
    Letter.objects.using("owner").all().delete()
    Dispatch.objects.using("owner").all().delete()


@pytest.fixture
def officer(folder: Path) -> Desk:
    return desk(Role.CASE_OFFICER)


def made(*lacking: str) -> UUID:
    """A letter that lies in the folder, unless it lacks something."""
    person_id = make_person().person_id
    with desks() as told:
        told.by_person[person_id] = FakeDesk(is_formal=True, lacking=lacking)
        with as_person(person_id):
            uid = outbox.tell(person_id=person_id, kind="entry_new", subject_kind="entry", subject_id=uuid4(), at=NOW)
        outbox.send_due()
    return uid


ACTS = ("post", "receive", "return", "hand", "miss", "announce")


@pytest.mark.parametrize("address", ["/letters/", *(f"/letters/{act}/" for act in ACTS)])
def test_case_officers_alone_enter(officer: Desk, address: str) -> None:
    assert officer.client.get(address).status_code == HTTPStatus.OK
    assert "您现在的职权不包括这一步" in refused(desk(Role.CLERK).client, address)
    assert Client().get(address).headers["Location"].startswith("/sign-in/")


def test_what_waits_is_listed_by_number_and_said_when_nothing_does(officer: Desk) -> None:
    assert "没有等待交寄的信" in shown(officer.client, "/letters/")
    made("contact:00X")
    assert "缺作出决定的机关的联系方式（机关代码 00X）：1 件。" in shown(officer.client, "/letters/")
    assert "（机关代码 00X）：1 件。" in shown(desk(Role.OPERATOR).client, "/health/")
    uid = made()
    page = officer.client.get("/letters/").content.decode()
    listed, whole = page.split("<details>", 1)
    assert f">{str(uid)[:8]}<" in listed
    assert str(uid) not in listed, "a list of short numbers and days is read; the whole ones are folded"
    assert str(uid) in whole
    assert "1 封" in page
    assert str(uid) in shown(officer.client, "/letters/post/"), "the list stands ready to be noted"
    assert str(uid) not in shown(officer.client, "/letters/receive/")


def test_letters_are_posted_and_their_receipts_prove_service(officer: Desk, folder: Path) -> None:
    first, second = made(), made()
    given = {"numbers": f"{first}\n{second}\n{first}", "day": DAY, "reason": "收寄清单 12"}
    assert sent(officer.client, "/letters/post/", given) == "/letters/"
    page = shown(officer.client, "/letters/")
    assert "已登记交寄 2 封" in page
    assert "已交寄，还没有回执" in page
    assert not list(folder.rglob("*.html")), "a posted letter's sheet is destroyed"
    assert Journal.objects.filter(act="post_letter", thing_uid__in=[first, second], reason="收寄清单 12").count() == 2
    sent(officer.client, "/letters/receive/", {"numbers": str(first), "day": DAY, "reason": "回执"})
    sent(officer.client, "/letters/return/", {"numbers": str(second), "day": DAY, "reason": "退信"})
    assert [outbox.letter(uid).state for uid in (first, second)] == [LetterState.RECEIVED, LetterState.RETURNED]
    assert "没有在路上的信" in shown(officer.client, "/letters/")


def test_what_is_refused_is_named_and_the_others_stand(officer: Desk) -> None:
    good, unknown = made(), uuid4()
    given = {"numbers": f"{good} {unknown}", "day": DAY, "reason": "清单"}
    page = officer.client.post("/letters/post/", given)
    assert f"{unknown}：" in words(page.content)
    assert "已登记交寄 1 封" in words(page.content)
    assert outbox.letter(good).state is LetterState.POSTED
    assert f">\n{unknown}</textarea>" in page.content.decode(), "what is left stays typed"


def test_a_sheet_stays_where_noting_it_failed(officer: Desk, folder: Path) -> None:
    uid = made()
    said_wrong(officer.client, "/letters/post/", {"numbers": str(uid), "day": "2026-07-01", "reason": "清单"})
    assert outbox.letter(uid).state is LetterState.MADE
    assert list(folder.rglob("*.html"))


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [("nonsense", "这些不是信的编号：nonsense"), ("\n".join(str(UUID(int=n)) for n in range(501)), "一次最多 500 封")],
)
def test_numbers_that_are_none_or_too_many_are_said(officer: Desk, numbers: str, sentence: str) -> None:
    assert sentence in said_wrong(officer.client, "/letters/post/", {"numbers": numbers, "day": DAY, "reason": "清单"})


def test_what_came_back_is_handed_over_or_announced_by_number_alone(officer: Desk) -> None:
    met, missed, announced = made(), made(), made()
    both = {"numbers": f"{met} {missed} {announced}", "day": DAY, "reason": "第 12 号"}
    for act in ("post", "return"):
        assert sent(officer.client, f"/letters/{act}/", both) == "/letters/"
    assert "先当面送" in shown(officer.client, "/letters/")
    refused_yet = said_wrong(officer.client, "/letters/announce/", {**both, "numbers": str(announced)})
    assert str(announced) in refused_yet, "nothing is announced that nobody tried to hand over"
    sent(officer.client, "/letters/hand/", {**both, "numbers": str(met)})
    sent(officer.client, "/letters/miss/", {**both, "numbers": f"{missed} {announced}"})
    sent(officer.client, "/letters/announce/", {**both, "numbers": str(announced)})
    states = [outbox.letter(uid).state for uid in (met, missed, announced)]
    assert states == [LetterState.HANDED, LetterState.MISSED, LetterState.ANNOUNCED]
    public = Client().get("/announcements/").content.decode()
    assert str(announced) in public
    assert str(missed) not in public
    assert str(met) not in public
