"""`chengxin letters` and `chengxin outbox`: what the print house and the operator type, and what is said to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from chengxin.doors.commands.main import main
from chengxin.foundation import clock, outbox
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Dispatch, Journal, Letter
from chengxin.foundation.outbox import LetterState
from chengxin.offices.terms import Role
from tests.making import make_official, official_of
from tests.people import NOW, make_person
from tests.rooms.foundation.outbox.telling import FakeDesk, desks

DAY = "2026-06-01"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CHENGXIN_LANGUAGE", "en")
    with override_settings(CHENGXIN_LETTERS=str(tmp_path / "letters")), clock.set_for_tests(NOW):
        yield tmp_path / "letters"
    Letter.objects.using("owner").all().delete()
    Dispatch.objects.using("owner").all().delete()


def login(role: Role = Role.CASE_OFFICER) -> str:
    return official_of(make_official(role=role)).account.username


def made() -> UUID:
    """A letter that lies in the folder."""
    person_id = make_person().person_id
    with desks() as told:
        told.by_person[person_id] = FakeDesk(is_formal=True)
        with as_person(person_id):
            uid = outbox.tell(person_id=person_id, kind="entry_new", subject_kind="entry", subject_id=uuid4(), at=NOW)
        outbox.send_due()
    return uid


def test_the_list_names_numbers_and_files(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert main(["letters", "list"]) == 0
    assert "No letter is to be posted." in capsys.readouterr().out
    uid = made()
    assert main(["letters", "list"]) == 0
    said = capsys.readouterr().out
    assert str(folder / uid.hex[:2] / f"{uid}.html") in said
    assert "1 letter to post, made 1 June 2026, 12:00." in said


def test_a_days_posting_is_noted_from_a_list(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    uids = [made(), made()]
    listed = tmp_path / "posted.txt"
    listed.write_text("\n".join(map(str, uids)))
    who = login()
    command = ["letters", "posted", "--from", str(listed), "--on", DAY, "--as", who, "--reason", "清单1"]
    assert main(command) == 0
    assert "2 letters noted." in capsys.readouterr().out
    assert {outbox.letter(uid).state for uid in uids} == {LetterState.POSTED}
    assert not list(folder.rglob("*.html"))
    assert Journal.objects.filter(act="post_letter", thing_uid__in=uids, reason="清单1").count() == 2
    assert main(["letters", "received", str(uids[0]), "--on", DAY, "--as", who, "--reason", "回执"]) == 0
    assert main(["letters", "returned", str(uids[1]), "--on", DAY, "--as", who, "--reason", "退信"]) == 0
    assert [outbox.letter(uid).state for uid in uids] == [LetterState.RECEIVED, LetterState.RETURNED]


def test_what_is_refused_is_named_and_the_others_stand(capsys: pytest.CaptureFixture[str]) -> None:
    uid, unknown = made(), uuid4()
    who = login()
    command = ["letters", "posted", str(unknown), "12", str(uid), "--on", DAY, "--as", who, "--reason", "清单1"]
    assert main(command) == 1
    said = capsys.readouterr()
    assert "1 letter noted." in said.out
    assert "There is no letter with this number." in said.err
    assert "12 is no notice number." in said.err
    assert outbox.letter(uid).state is LetterState.POSTED
    assert main(["letters", "posted", str(uid), "--on", "2026-05-01", "--as", who, "--reason", "清单1"]) == 1


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CLERK, Role.OFFICE_HEAD])
def test_nobody_else_notes_a_posting(capsys: pytest.CaptureFixture[str], role: Role) -> None:
    uid = made()
    assert main(["letters", "posted", str(uid), "--on", DAY, "--as", login(role), "--reason", "清单1"]) == 3
    assert "Your mandate does not include this step." in capsys.readouterr().err
    assert outbox.letter(uid).state is LetterState.MADE


def test_without_a_number_nothing_is_noted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letters", "posted", "--on", DAY, "--as", login(), "--reason", "清单1"]) == 4
    assert "Give the numbers" in capsys.readouterr().err


def test_the_operator_reads_how_telling_stands(capsys: pytest.CaptureFixture[str]) -> None:
    Dispatch.objects.using("owner").create(
        id=uuid4(),
        batch_id=uuid4(),
        channel="email",
        attempts=2,
        last_error="smtp_421",
        due_at=NOW,
        made_at=NOW,
    )
    assert main(["outbox", "status"]) == 1
    said = capsys.readouterr().out
    assert "Waiting: 1, of them 1 whole batches; 1 after a failed attempt." in said
    assert "The oldest was made 1 June 2026, 12:00." in said
    assert "Channel email is down: smtp_421." in said
    Dispatch.objects.using("owner").all().delete()
    Dispatch.objects.using("owner").create(
        id=uuid4(), person_id=uuid4(), notice_id=uuid4(), channel="letter", last_error="lacks contact:00X law",
        due_at=NOW, made_at=NOW,
    )  # fmt: skip
    assert main(["outbox", "status"]) == 0
    said = capsys.readouterr().out
    assert "How to reach the deciding body (code 00X) is missing in 1. Register that body under Organisations" in said
    assert "The law is missing in 1. Add it to the catalogue" in said
    Dispatch.objects.using("owner").all().delete()


def test_receivers_get_our_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", "keys"]) == 0
    (key,) = json.loads(capsys.readouterr().out)["keys"]
    assert (key["kty"], key["crv"], key["kid"]) == ("OKP", "Ed25519", "chengxin-1")
