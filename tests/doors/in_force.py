"""The shipped catalogue in force, for tests of pages that need one."""

from __future__ import annotations

from datetime import timedelta

from chengxin.catalogue.terms import EditionView
from chengxin.foundation import clock
from tests.rooms.catalogue.making import approve, propose, text_of


def shipped_editions() -> tuple[EditionView, EditionView]:
    """The national edition and Yunchuan's, proposed and approved a moment ago by four people."""
    at = clock.now() - timedelta(minutes=1)
    national = approve(propose(text_of("national"), at=at), at=at)
    return national, approve(propose(text_of("yunchuan"), at=at), at=at)
