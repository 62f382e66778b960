"""Files: small, named by noun, in their place."""

import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, PROJECT, ROOMS, imported, is_migration, name_of, python_files

LONGEST = 400
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "managers",
    "signals",
    "misc",
    "base_models",
}
SHELVES = {"terms", "rules", "models", "queries", "actions", "jobs", "facade"}
# What rooms hold beside their shelves; each is a place in .importlinter too.
BESIDE = {"apps", "migrations", "sql", "__init__"}
BESIDE_IN = {"collection": {"reading", "screening"}}
_FILES = python_files("chengxin", "tests", "bench", "prove")


def test_no_module_is_longer_than_a_sitting() -> None:
    long = {name_of(path): lines for path in _FILES if not is_migration(path) and (lines := _lines(path)) > LONGEST}
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_nothing_is_named_like_a_drawer() -> None:
    named = {path for path in _FILES if DRAWERS & {path.stem, *path.relative_to(PROJECT).parts[:-1]}}
    assert not named


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_the_shelves_and_no_others(room: str) -> None:
    found = {
        entry.stem
        for entry in (PACKAGE / room).iterdir()
        if entry.suffix == ".py" or (entry.is_dir() and any(entry.rglob("*.py")))
    }
    assert found <= SHELVES | BESIDE | BESIDE_IN.get(room, set())
    assert {"terms", "facade"} <= found


@pytest.mark.parametrize("room", ["kernel", "foundation", *ROOMS, "doors"])
def test_a_room_says_what_it_is_for(room: str) -> None:
    page = PACKAGE / room / "README.md"
    assert page.is_file()
    assert 3 <= len(page.read_text(encoding="utf-8").splitlines()) <= 80


def test_the_kernel_needs_the_standard_library_alone() -> None:
    foreign = {
        f"{name_of(path)}: {module}"
        for path in python_files("chengxin/kernel")
        for module in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("chengxin.kernel")
    }
    assert not foreign


def test_every_module_says_what_it_is() -> None:
    silent = [
        name_of(path)
        for path in python_files("chengxin", "bench", "prove")
        if path.name != "__init__.py"
        and not is_migration(path)
        and not path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))
    ]
    assert not silent


def test_every_sql_file_begins_with_its_purpose() -> None:
    files = sorted(PACKAGE.rglob("*.sql"))
    assert files
    assert not [name_of(path) for path in files if not path.read_text(encoding="utf-8").startswith("-- ")]
