"""What the product offers to anybody by name, by reflection: modules, functions, commands."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from chengxin.doors.commands.main import build
from tests.house.source import PACKAGE


def modules() -> Iterator[ModuleType]:
    """Every module of ours that can be imported twice; not migrations, settings and what starts a process."""
    for found in pkgutil.walk_packages([str(PACKAGE)], "chengxin."):
        if ".migrations" in found.name or ".settings" in found.name or found.name.endswith("__main__"):
            continue
        yield importlib.import_module(found.name)


@cache
def trees() -> dict[str, ast.Module]:
    """Every file of ours, as written: its place in the package, and its syntax tree."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def commands() -> list[str]:
    """The words after `chengxin`."""
    (action,) = (one for one in build()._actions if one.choices and one.metavar == "COMMAND")
    return [str(choice) for choice in action.choices or ()]
