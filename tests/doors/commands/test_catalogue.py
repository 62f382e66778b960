"""`chengxin catalogue`: faults with their lines, differences, templates; and an edition that two people bring in force."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import EditionState
from chengxin.doors.commands.refusals import BAD_INPUT, DONE, FAULTS, NOT_FOUND, REFUSED
from chengxin.foundation.models import Account
from chengxin.offices.terms import Role
from tests.doors.commands.calling import call
from tests.making import make_official

Capture = pytest.CaptureFixture[str]
NATIONAL = catalogue.shipped_files()["national"]


def test_the_shipped_editions_are_without_fault(capsys: Capture) -> None:
    assert call(capsys, "catalogue", "check").code == DONE


def test_every_fault_has_file_line_and_both_languages(capsys: Capture, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    text = NATIONAL.read_text(encoding="utf-8").replace("nature: good", "nature: excellent", 1)
    broken.write_text(text, encoding="utf-8")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "nature: excellent" in words)
    told = call(capsys, "catalogue", "check", str(broken))
    assert told.code == FAULTS
    named = [row for row in told.out.splitlines() if row.startswith(f"{broken}:{line}:")]
    assert len(named) == 2


def test_a_difference_is_told_and_so_is_none(capsys: Capture, tmp_path: Path) -> None:
    changed = tmp_path / "changed.yaml"
    changed.write_text(
        NATIONAL.read_text(encoding="utf-8").replace("general: {min: 3m, max: 1y", "general: {min: 3m, max: 9m")
    )
    told = call(capsys, "catalogue", "diff", str(NATIONAL), str(changed))
    assert told.code == FAULTS
    assert "narrowed" in told.out
    assert "widened" not in told.out
    assert call(capsys, "catalogue", "diff", str(NATIONAL), str(NATIONAL)).code == DONE


def test_a_city_that_only_narrows_has_differences_too(capsys: Capture, tmp_path: Path) -> None:
    city = NATIONAL.with_name("yunchuan.yaml")
    changed = tmp_path / "changed.yaml"
    changed.write_text(city.read_text("utf-8").replace("general: {min: 3m, max: 9m,", "general: {min: 3m, max: 6m,", 1))
    told = call(capsys, "catalogue", "diff", str(city), str(changed))
    assert told.code == FAULTS
    assert "narrowed  penalty.display/general: 3m–9m -> 3m–6m" in told.out
    back = call(capsys, "catalogue", "diff", str(changed), str(city))
    assert "widened   penalty.display/general: 3m–6m -> 3m–9m" in back.out
    assert call(capsys, "catalogue", "diff", str(city), str(city)).code == DONE


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_empty_table_of_an_item(capsys: Capture, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"table.{form}"
    assert call(capsys, "catalogue", "template", "penalty", "--form", form, "--out", str(out)).code == DONE
    assert out.read_bytes().startswith(b"\xef\xbb\xbfCF_XDR_MC" if form == "csv" else b"PK")
    assert call(capsys, "catalogue", "template", "no_such_item").code == NOT_FOUND


def _login(role: Role) -> str:
    actor = make_official(role=role)
    return Account.objects.get(id=actor.account_id).username


def test_one_proposes_and_another_approves(capsys: Capture) -> None:
    keeper, approver = _login(Role.CATALOGUE_KEEPER), _login(Role.CATALOGUE_APPROVER)
    why = ("--reason", "for a test")
    told = call(capsys, "catalogue", "propose", str(NATIONAL), "--as", keeper, *why)
    assert told.code == DONE
    (proposed,) = catalogue.editions()
    assert str(proposed.uid) in told.out
    source = proposed.unconfirmed[0].code
    evidence = ("--evidence", "the gazette")
    assert (
        call(capsys, "catalogue", "confirm", str(proposed.uid), source, "--as", approver, *evidence, *why).code == DONE
    )
    assert call(capsys, "catalogue", "approve", str(proposed.uid), "--as", keeper, *why).code == REFUSED
    assert call(capsys, "catalogue", "approve", str(proposed.uid), "--as", approver, *why).code == DONE
    assert catalogue.edition_view(proposed.uid).state is EditionState.APPROVED


def test_an_edition_with_faults_is_not_stored(capsys: Capture, tmp_path: Path) -> None:
    keeper = _login(Role.CATALOGUE_KEEPER)
    broken = tmp_path / "broken.yaml"
    broken.write_text("edition: {}\n")
    before = len(catalogue.editions())
    told = call(capsys, "catalogue", "propose", str(broken), "--as", keeper, "--reason", "for a test")
    assert told.code == BAD_INPUT
    assert len(catalogue.editions()) == before


def test_who_the_official_is_must_be_proven_where_people_are_real(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    approver = _login(Role.CATALOGUE_APPROVER)
    monkeypatch.setattr("django.conf.settings.CHENGXIN_PRACTICE", False)
    account = Account.objects.get(username=approver)
    account.set_password("a long and secret word")
    account.save()
    arguments = ("catalogue", "approve", str(UUID(int=1)), "--as", approver, "--reason", "for a test")
    for typed in ("", "wrong\n000000\n", "a long and secret word\n000000\n"):
        told = call(capsys, *arguments, typed=typed)
        assert told.code == REFUSED
        assert "sign_in_needed" in told.err


def test_password_and_code_prove_it(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.mfa.totp.internal import auth

    approver = _login(Role.CATALOGUE_APPROVER)
    account = Account.objects.get(username=approver)
    account.set_password("a long and secret word")
    account.save()
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(account, secret)
    monkeypatch.setattr("django.conf.settings.CHENGXIN_PRACTICE", False)
    # one half minute for whoever types and for whoever checks: the code of another does not count
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter((59_000_000,)))
    code = auth.format_hotp_value(auth.hotp_value(secret, 59_000_000))
    told = call(
        capsys,
        *("catalogue", "approve", str(UUID(int=1)), "--as", approver, "--reason", "for a test"),
        typed=f"a long and secret word\n{code}\n",
    )
    assert told.code == NOT_FOUND
