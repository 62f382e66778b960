"""`chengxin sandbox`: a client to try the API with, in the invented city alone."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from chengxin.doors.commands.refusals import CONFLICT, DONE
from chengxin.doors.demo import founding
from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from tests.doors.commands.calling import call
from tests.doors.machine.calling import ShortWay, token_for
from tests.people import NOW


def test_a_client_is_registered_by_two_and_its_secret_is_its_owners_to_read(
    city: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    founding.found(shanghai_day(NOW) - timedelta(days=3))
    with clock.set_for_tests(NOW):
        done = call(capsys, "sandbox", str(tmp_path / "mine"))
        assert done.code == DONE, done.err
        secret, key = ((tmp_path / "mine" / name).read_text().strip() for name in ("secret", "key"))
        uid = done.out.split("--client-id ")[1].split()[0]
        assert token_for(ShortWay(), uid, secret).status_code == 200
    assert len(base64.b64decode(key)) == 32
    assert {(tmp_path / "mine" / name).stat().st_mode & 0o777 for name in ("client-id", "secret", "key")} == {0o600}
    assert secret not in done.out + done.err


def test_a_citys_own_instance_has_none(
    capsys: pytest.CaptureFixture[str], settings_of_a_city: None, tmp_path: Path
) -> None:
    assert call(capsys, "sandbox", str(tmp_path)).code == CONFLICT
    assert not list(tmp_path.iterdir())


@pytest.fixture
def settings_of_a_city(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "CHENGXIN_PRACTICE", False)
