"""One reader of the time: whoever needs the moment is given it."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, name_of, python_files, tree

READERS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
EXEMPT = {
    "chengxin/client/calls.py": "it runs in another house, by that house's clock",
    "chengxin/client/conformance.py": "the same: whether that clock is right is one of its questions",
    "chengxin/foundation/clock.py": "it is the reader",
    "chengxin/kernel/ids.py": "a UUIDv7 tells the time it was made at, which decides nothing",
    "chengxin/doors/signin/adapters.py": "allauth writes its own moments into the session, and they are compared with its clock",
}
EXEMPT_SQL = {
    "chengxin/access/sql/looks_end.sql": "a trigger is given nothing, and who deletes looks does not say how old they are",
    "chengxin/records/sql/disposal.sql": "who asks to delete is not believed about the day",
    "chengxin/records/sql/statement_promises.sql": "who asks to delete is not believed about the day",
    "chengxin/records/sql/tombstone.sql": "who asks to delete is not believed about the day",
    "chengxin/remedies/sql/disposal.sql": "who asks to delete is not believed about the day",
    "chengxin/remedies/sql/unnamed.sql": "who asks to delete is not believed about the day",
}
_IN_SQL = re.compile(
    r"\b(now\s*\(\)|current_timestamp|current_date|localtimestamp|clock_timestamp|statement_timestamp)", re.I
)


def _reads_time(path: Path) -> list[str]:
    return [
        f"{name_of(path)}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(owner := node.value, ast.Name | ast.Attribute)
        and ((owner.id if isinstance(owner, ast.Name) else owner.attr), node.attr) in READERS
    ]


def test_nobody_but_the_clock_reads_the_time() -> None:
    found = [line for path in python_files("chengxin") if name_of(path) not in EXEMPT for line in _reads_time(path)]
    assert not found


def test_no_name_of_a_reader_is_imported_past_the_clock() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("chengxin")
        if name_of(path) not in EXEMPT
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "time"
        and {a.name for a in node.names} & {"time", "time_ns"}
    ]
    assert not found


def test_sql_is_given_the_moment_too() -> None:
    found = {name_of(path) for path in sorted(PACKAGE.rglob("*.sql")) if _IN_SQL.search(_without_comments(path))}
    assert found == set(EXEMPT_SQL)


def _without_comments(path: Path) -> str:
    return re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(EXEMPT))
def test_an_exemption_is_still_needed(path: str) -> None:
    assert _reads_time(PACKAGE.parent / path)
