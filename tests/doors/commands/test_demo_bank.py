"""`chengxin demo-bank` where it cannot ask: each time a sentence and an exit code, and nothing of its secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from chengxin.doors.commands.refusals import BAD_INPUT, CONFLICT, NOT_FOUND, UNAVAILABLE
from chengxin.doors.demo import bank, machines
from chengxin.doors.demo.machines import Practice
from tests.doors.commands.calling import call

NOWHERE = ("--url", "http://127.0.0.1:9")
KEPT = Practice("3150ce0e-bada-449b-9f7d-799b2033aa40", "a secret", "A" * 43 + "=")


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGXIN_STATE", str(tmp_path))
    monkeypatch.setenv("CHENGXIN_LANGUAGE", "en")


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        (("look-up", *NOWHERE), UNAVAILABLE, "does not answer"),
        (("check", *NOWHERE, "--customer", "Somebody Else"), BAD_INPUT, "no customer of this bank"),
        (("look-up", "--url", "http://credit.example"), BAD_INPUT, "no platform's address"),
    ],
)
def test_it_says_why_it_did_not_ask(
    typed: tuple[str, ...], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    machines.keep(KEPT, bank.bank_folder())
    told = call(capsys, "demo-bank", *typed)
    assert told.code == code
    assert sentence in told.err
    assert KEPT.secret not in told.out + told.err


def test_without_a_city_it_says_how_to_build_one(capsys: pytest.CaptureFixture[str]) -> None:
    told = call(capsys, "demo-bank", "look-up")
    assert (told.code, "make demo" in told.err) == (NOT_FOUND, True)


def test_a_citys_own_instance_has_none(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    machines.keep(KEPT, bank.bank_folder())
    monkeypatch.setattr("django.conf.settings.CHENGXIN_PRACTICE", False)
    assert call(capsys, "demo-bank", "look-up", *NOWHERE).code == CONFLICT


def test_what_is_kept_is_its_owners_to_read() -> None:
    machines.keep(KEPT, bank.bank_folder())
    assert machines.kept(bank.bank_folder()) == KEPT
    assert KEPT.seed == bytes(32)
    assert bank.bank_folder().stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in bank.bank_folder().iterdir()} == {0o600}
    (bank.bank_folder() / "key").unlink()
    assert machines.kept(bank.bank_folder()) is None
