"""A list is in one order alone: two rows of one moment or day do not change places from one reading to the next."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import is_migration, name_of, python_files, tree

MOMENT = re.compile(r"-?(at|\w+_at|\w+_on)")
ONE_OF_ITS_MOMENT = {"chengxin/access/queries/operators.py: last_looks_in_cases"}
"""The newest of each group is asked for, and nothing of it but its moment."""


def _ordered(path: Path) -> Iterator[tuple[str, str]]:
    """The function and the last key of each ordering that a file asks for."""
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "order_by":
                last = node.args[-1] if node.args else None
                while isinstance(last, ast.Call) and isinstance(last.func, ast.Attribute):
                    last = last.func.value  # F("due_on").asc()
                if isinstance(last, ast.Call) and last.args:
                    last = last.args[0]
                if isinstance(last, ast.Constant):
                    yield f"{name_of(path)}: {function.name}", str(last.value)


ORDERINGS = sorted({one for path in python_files("chengxin") if not is_migration(path) for one in _ordered(path)})


def test_they_are_seen() -> None:
    assert ("chengxin/collection/queries/batches.py: batches_for", "-id") in ORDERINGS


@pytest.mark.parametrize(("where", "last"), ORDERINGS)
def test_no_list_ends_its_order_with_a_moment(where: str, last: str) -> None:
    assert MOMENT.fullmatch(last) is None or where in ONE_OF_ITS_MOMENT, (
        f"{where} orders by {last} last: name what tells two of one moment apart"
    )
