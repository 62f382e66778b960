"""`chengxin log verify` over a log of more than one tile: one changed byte anywhere, and it fails and names the place."""

from __future__ import annotations

import pytest

from chengxin.access import facade as access
from chengxin.foundation.database import as_person
from tests.doors.commands.calling import call
from tests.people import NOW, make_person
from tests.rooms.access.test_verifying import FLIP, cosign, tampered, write_look

LOOKS = 300
LAST_LOOK = "(SELECT uid FROM access_look ORDER BY uid DESC LIMIT 1)"
CHANGES = {
    "an entry in a whole tile": (
        f"UPDATE access_log_tile SET hashes = {FLIP.format('hashes', 8191)} WHERE height = 0 AND n = 0",
        {"leaf_without_look 255", "tile_differs tile/1/000"},
    ),
    "an entry in the last tile": (
        f"UPDATE access_log_tile SET hashes = {FLIP.format('hashes', 32)} WHERE height = 0 AND n = 1",
        {"leaf_without_look 257", f"checkpoint_of_another_tree {LOOKS}"},
    ),
    "a tile above": (
        f"UPDATE access_log_tile SET hashes = {FLIP.format('hashes', 31)} WHERE height = 1",
        {"tile_differs tile/1/000"},
    ),
    "a row of a look": (
        f"UPDATE access_look SET ground_law = ground_law || 'x' WHERE uid = {LAST_LOOK}",
        {"look_changed"},
    ),
    "the root of a checkpoint": (
        f"UPDATE access_log_checkpoint SET root = {FLIP.format('root', 0)} WHERE size = {LOOKS}",
        {f"checkpoint_of_another_tree {LOOKS}"},
    ),
    "the text of a checkpoint": (
        f"UPDATE access_log_checkpoint SET note = 'x' || note WHERE size = {LOOKS}",
        {f"checkpoint_unsigned {LOOKS}"},
    ),
    "a cosignature": (
        "UPDATE access_log_cosignature SET line = replace(line, right(line, 9), 'AAAAAAA=' || chr(10))",
        {"cosignature_wrong"},
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _a_log(city: None) -> None:
    access.sequence_log(at=NOW)
    someone = make_person()
    with as_person(someone.person_id):
        for _ in range(LOOKS):
            write_look(someone.person_id)
    access.sequence_log(at=NOW)
    cosign()


@pytest.mark.parametrize(("change", "named"), CHANGES.values(), ids=CHANGES)
def test_one_changed_byte_is_named_and_the_exit_code_tells(
    change: str, named: set[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENGXIN_LANGUAGE", "en")
    with tampered(change):
        told = call(capsys, "log", "verify")
    assert told.code == 1
    lines = told.out.splitlines()
    for name in named:
        assert any(f"{line} ".startswith(f"{name} ") for line in lines), lines
    assert "nothing was changed" not in told.out
    healed = call(capsys, "log", "verify")
    assert (healed.code, "nothing was changed" in healed.out) == (0, True)
