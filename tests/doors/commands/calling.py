"""Calls of the command in this process, as a shell would make them."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest

from chengxin.doors.commands.main import main


@dataclass(frozen=True)
class Called:
    """What a call gave."""

    code: int
    out: str
    err: str


def call(capsys: pytest.CaptureFixture[str], *arguments: str, typed: str = "") -> Called:
    """Run `chengxin` with these arguments; `typed`: what stands in its input, line by line."""
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(typed))
        code = main(arguments)
    told = capsys.readouterr()
    return Called(code, told.out, told.err)
