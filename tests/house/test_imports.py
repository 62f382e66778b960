"""The written order of imports holds."""

import os

import pytest
from importlinter.cli import lint_imports

from tests.house.source import PROJECT


def test_imports_point_where_the_contracts_say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    kept = lint_imports(config_filename=".importlinter", no_cache=True) == os.EX_OK
    assert kept, capsys.readouterr().out
