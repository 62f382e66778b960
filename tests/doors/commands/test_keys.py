"""`chengxin keys`: made once, opened by two of three, rotated without losing what was wrapped."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import connections

from chengxin.doors.commands.refusals import BAD_INPUT, CONFLICT, DONE
from chengxin.foundation import keyring, keystore
from chengxin.foundation.keyring import Keyring
from chengxin.persons import facade as persons
from tests.doors.commands.calling import call
from tests.making import make_account
from tests.people import make_person

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path, capsys: Capture) -> Path:
    path = tmp_path / "keys.json"
    assert call(capsys, "keys", "create", "--file", str(path)).code == DONE
    return path


def test_a_keyring_is_made_for_its_owner_alone(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Keyring.read(file.read_text()).profile == "intl"


def test_a_keyring_is_never_written_over(file: Path, capsys: Capture) -> None:
    before = file.read_bytes()
    again = call(capsys, "keys", "create", "--file", str(file))
    assert again.code == CONFLICT
    assert "was not touched" in again.err
    assert file.read_bytes() == before


def test_the_chinese_algorithms_can_be_chosen(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "sm.json"
    assert call(capsys, "keys", "create", "--profile", "sm", "--file", str(path)).code == DONE
    assert Keyring.read(path.read_text()).profile == "sm"


def test_without_a_name_nothing_is_written(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHENGXIN_KEYS_FILE", raising=False)
    told = call(capsys, "keys", "create")
    assert told.code == BAD_INPUT
    assert "CHENGXIN_KEYS_FILE" in told.err


def _split(file: Path, capsys: Capture) -> tuple[Path, list[str]]:
    sealed = file.with_name("sealed")
    told = call(capsys, "keys", "split", "--file", str(file), "--sealed", str(sealed))
    assert told.code == DONE
    return sealed, [line.split()[1] for line in told.out.splitlines()]


@pytest.mark.parametrize("two", [(0, 1), (0, 2), (2, 1)])
def test_any_two_people_bring_the_keyring_back(file: Path, capsys: Capture, two: tuple[int, int]) -> None:
    sealed, shares = _split(file, capsys)
    assert len(shares) == 3
    back = file.with_name("back.json")
    typed = "".join(f"{shares[number]}\n" for number in two)
    assert call(capsys, "keys", "join", "--file", str(back), "--sealed", str(sealed), typed=typed).code == DONE
    assert back.read_text() == file.read_text()
    assert stat.S_IMODE(back.stat().st_mode) == 0o600


def test_one_person_alone_does_not(file: Path, capsys: Capture) -> None:
    sealed, shares = _split(file, capsys)
    back = file.with_name("back.json")
    told = call(
        capsys, "keys", "join", "--file", str(back), "--sealed", str(sealed), typed=f"{shares[0]}\n{shares[0]}\n"
    )
    assert told.code == BAD_INPUT
    assert not back.exists()
    assert "shares_unfit" in told.err


@pytest.mark.parametrize("count", ["1", "6"])
def test_shares_have_a_number(file: Path, capsys: Capture, count: str) -> None:
    sealed = file.with_name("sealed")
    told = call(capsys, "keys", "split", "--file", str(file), "--sealed", str(sealed), "--shares", count)
    assert told.code == BAD_INPUT
    assert not sealed.exists()


def test_a_master_key_is_rotated_in_three_steps(file: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGXIN_KEYS_FILE", str(file))
    keyring.forget()
    try:
        owner = uuid4()
        key = keystore.make_many("person", [owner], alias="keys")[owner]
        assert call(capsys, "keys", "rotate", "master").code == DONE
        early = call(capsys, "keys", "retire")
        assert early.code == CONFLICT
        assert "rewrap" in early.err
        assert call(capsys, "keys", "rewrap").code == DONE
        assert call(capsys, "keys", "retire").code == DONE
        assert keyring.current().master_version == 2
        assert keystore.load_many("person", [owner], alias="keys") == {owner: key}
    finally:
        monkeypatch.undo()
        keyring.forget()


def test_second_factors_outlive_the_master_key_that_sealed_them(
    file: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENGXIN_KEYS_FILE", str(file))
    keyring.forget()
    Authenticator.objects.all().delete()
    try:
        seal = get_adapter().encrypt
        for kind, part in ((Authenticator.Type.TOTP, "secret"), (Authenticator.Type.RECOVERY_CODES, "seed")):
            Authenticator.objects.create(user=make_account(), type=kind, data={part: seal("a secret"), "used_mask": 0})
        Authenticator.objects.create(user=make_account(), type=Authenticator.Type.WEBAUTHN, data={"name": "a phone"})
        assert call(capsys, "keys", "rotate", "master").code == DONE
        assert call(capsys, "keys", "retire").code == CONFLICT
        assert call(capsys, "keys", "rewrap").code == DONE
        assert call(capsys, "keys", "retire").code == DONE
        sealed = [
            part for one in Authenticator.objects.all() for part in (one.data.get("secret"), one.data.get("seed"))
        ]
        assert [get_adapter().decrypt(part) for part in sealed if part] == ["a secret", "a secret"]
    finally:
        Authenticator.objects.all().delete()
        monkeypatch.undo()
        keyring.forget()


def test_an_index_key_is_rotated_in_three_steps(file: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGXIN_KEYS_FILE", str(file))
    keyring.forget()
    try:
        someone = make_person()
        assert call(capsys, "keys", "rotate", "index").code == DONE
        assert call(capsys, "keys", "reindex").code == DONE
        # a process that was not restarted writes under the key it knows
        late = make_person()
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE persons_identity_key DISABLE TRIGGER USER")
            cursor.execute("UPDATE persons_identity_key SET blind_index = %s, key_version = 1 WHERE person_id = %s AND"
                           " key_version = 2", [uuid4().bytes, late.person_id])  # fmt: skip
        early = call(capsys, "keys", "retire", "index")
        assert early.code == CONFLICT
        assert "reindex" in early.err
        assert len(persons.blind_indexes("01", someone.number)) == 2
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM persons_identity_key WHERE person_id = %s", [late.person_id])
            cursor.execute("ALTER TABLE persons_identity_key ENABLE TRIGGER USER")
        assert call(capsys, "keys", "retire", "index").code == DONE
        assert keyring.current().index_version == 2
        assert len(persons.blind_indexes("01", someone.number)) == 1
        assert persons.person_by_document("01", someone.number) == someone.person_id
    finally:
        monkeypatch.undo()
        keyring.forget()
