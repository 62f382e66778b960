"""The files of this folder, and an edition text to change in tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from chengxin.catalogue.queries.files import DATA
from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.checking import check
from chengxin.catalogue.rules.loading import Loaded, load
from chengxin.catalogue.terms import Edition, Fault

HERE = Path(__file__).parent


def texts(folder: str) -> list[tuple[str, str]]:
    """Name and text of each edition file in a folder here."""
    return [(path.stem, path.read_text(encoding="utf-8")) for path in sorted((HERE / folder).glob("*.yaml"))]


def faults_of(text: str, upper: Edition | None = None) -> tuple[Fault, ...]:
    """All faults of an edition text."""
    return check(load("test.yaml", text), shipped_laws(), upper)


def shipped_text(name: str) -> str:
    """A shipped edition file."""
    return (DATA / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def shipped(name: str) -> Loaded:
    """A shipped edition, loaded."""
    return load(f"{name}.yaml", shipped_text(name))


def edition(name: str) -> Edition:
    """A shipped edition."""
    found = shipped(name).edition
    assert found is not None
    return found


def changed(text: str, before: str, after: str) -> str:
    """The text with one part replaced; the part has to be there exactly once."""
    assert text.count(before) == 1, (before, text.count(before))
    return text.replace(before, after)
