"""Every code that screening and reading may give has its two sentences, in both languages."""

from __future__ import annotations

from enum import StrEnum

import pytest

from chengxin.collection.reading import FileFault, FileNote
from chengxin.collection.terms import Note, Reason
from chengxin.doors.wording import reason

CODES: list[StrEnum] = [*Reason, *Note, *FileFault, *FileNote]


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_said(code: StrEnum) -> None:
    for language in ("zh", "en"):
        said = reason(code.value, language, field="甲", detail="7")  # type: ignore[arg-type]
        assert said.what
        assert said.do
        assert "!" not in said.what + said.do


def test_no_code_means_two_things() -> None:
    assert len({code.value for code in CODES}) == len(CODES)
