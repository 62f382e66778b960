"""`chengxin log`: state, the whole log checked, and one proof file checked with nothing at hand but itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from chengxin.access import facade as access
from chengxin.access.models import Look
from chengxin.foundation import prepare
from chengxin.foundation.database import as_person
from tests.doors.commands.calling import call
from tests.people import NOW, make_person
from tests.rules.access.test_notes import KEY

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def proof_file(tmp_path: Path) -> Path:
    someone = make_person()
    access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
    access.sequence_log(at=NOW)
    with as_person(someone.person_id):
        proof = access.look_proof(someone.person_id, Look.objects.get().uid, at=NOW)
    file = tmp_path / "look.json"
    file.write_text(access.proof_text(proof), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGXIN_LANGUAGE", "en")


def test_status_tells_what_waits_and_fails_where_it_is_too_long(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "log", "sequence").code == 0
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_log_waiting VALUES (decode(repeat('ab', 32), 'hex'), now() - interval '31 s')"
        )
    told = call(capsys, "log", "status")
    assert told.code == 1
    assert "more than 30 seconds" in told.out
    assert "1 leaf sequenced" in call(capsys, "log", "sequence").out
    assert call(capsys, "log", "status").code == 0
    with prepare.admin(connections["owner"].settings_dict["NAME"]) as owner:
        # a leaf without a look would be a fault of the log from here on
        owner.execute("SET session_replication_role = replica")
        owner.execute("TRUNCATE access_log_tile, access_log_checkpoint, access_log_cosignature")


def test_a_fault_is_named_and_the_exit_code_tells(capsys: pytest.CaptureFixture[str], proof_file: Path) -> None:
    told = call(capsys, "log", "verify")
    assert (told.code, told.err) == (0, "")
    assert "nothing was changed" in told.out
    flip = b"UPDATE access_look SET salt = set_byte(salt, 0, get_byte(salt, 0) # 1)"
    for code, lines in ((1, "look_changed "), (0, "nothing was changed")):
        with prepare.admin(connections["owner"].settings_dict["NAME"]) as owner:
            owner.execute("SET session_replication_role = replica")
            owner.execute(flip)
        told = call(capsys, "log", "verify")
        assert told.code == code
        assert lines in told.out


def alone(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process that has no settings, no database and no state of ours."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CHENGXIN", "DJANGO"))}
    environment |= {"CHENGXIN_LANGUAGE": "en", "CHENGXIN_STATE": "/nonexistent", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "chengxin.doors.commands.main", "log", "verify", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_a_proof_file_is_checked_with_nothing_else_at_hand(proof_file: Path) -> None:
    key = access.log_keys()[0].text()
    told = alone("--from", str(proof_file), "--key", key)
    assert (told.returncode, told.stderr) == (0, "")
    assert "The proof holds" in told.stdout
    assert '"own_file"' in told.stdout
    assert "Compare it" in alone("--from", str(proof_file)).stdout


def test_a_proof_under_another_key_or_bent_does_not_hold(proof_file: Path, tmp_path: Path) -> None:
    told = alone("--from", str(proof_file), "--key", KEY.text())
    assert (told.returncode, "not signed with this key" in told.stdout) == (1, True)
    content = proof_file.read_text(encoding="utf-8")
    bent = tmp_path / "bent.json"
    bent.write_text(content.replace('"index": ', '"index": 1'), encoding="utf-8")
    assert alone("--from", str(bent)).returncode == 1
    bent.write_text(content[:-20], encoding="utf-8")
    told = alone("--from", str(bent))
    assert (told.returncode, "no whole proof file" in told.stderr) == (4, True)
