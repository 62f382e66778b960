"""The codebase as text and trees, for tests about the codebase itself."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "chengxin"
ROOMS = ("offices", "persons", "catalogue", "records", "collection", "access", "remedies")


def python_files(*folders: str) -> list[Path]:
    """Every Python file of ours under these folders of the project that exist, migrations included."""
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def is_migration(path: Path) -> bool:
    return path.parent.name == "migrations"


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    """Absolute names of the modules that a file imports, wherever in the file it does."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            assert node.module is not None
            yield node.module
