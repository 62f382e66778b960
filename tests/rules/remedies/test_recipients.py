"""Which recipients of an entry are told again: nobody twice of the same, nobody left with what is no longer so."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from chengxin.access.terms import Received
from chengxin.remedies.rules.recipients import told_of_end, told_of_newer, told_of_return
from chengxin.remedies.terms.corrections import ToldOf, What
from tests.people import NOW

BANK, OTHER, LOOK = UUID(int=1), UUID(int=2), UUID(int=3)


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def answered(*versions: int, on: int = 0) -> Received:
    return Received(LOOK, day(on), frozenset(versions))


def line(
    version: int, on: int, *, what: What = What.CORRECTED, done: int | None = None, awaited: bool = True
) -> ToldOf:
    return ToldOf(BANK, what, version, day(on), None if done is None else day(done), awaited)


NEWER: dict[str, tuple[Received, tuple[ToldOf, ...], bool]] = {
    "was answered on an older one": (answered(1), (), True),
    "was answered on the one between": (answered(2, on=3), (), True),
    "was answered on the new one alone": (answered(3, on=6), (), False),
    "was told of this one": (answered(1), (line(3, 5),), False),
    "was told of this one and has done it": (answered(1), (line(3, 5, done=6),), False),
    "has done the one before": (answered(1), (line(2, 2, done=3),), True),
    "has done the one before in the moment of this one": (answered(1), (line(2, 2, done=5),), False),
    "waits with the one before": (answered(1), (line(2, 2),), False),
    "waits with the one before, and asked since": (answered(1, 2, on=3), (line(2, 2),), True),
    "waits with the one before, and asked at that moment": (answered(1, 2, on=2), (line(2, 2),), True),
    "waits with the one before, and has this one": (answered(1, 3, on=6), (line(2, 2),), False),
    "waits with the one before, and asked as this one came": (answered(1, 3, on=5), (line(2, 2),), False),
    "has done the one before after this one came": (answered(1), (line(2, 2, done=7),), False),
    "waits with its return": (answered(1), (line(2, 2, what=What.BACK),), False),
    "waits with its return, and asked since": (answered(1, 2, on=3), (line(2, 2, what=What.BACK),), True),
    "has done its return": (answered(1), (line(2, 2, what=What.BACK, done=3),), True),
    "was told that this one is back": (answered(1), (line(3, 6, what=What.BACK),), False),
    "knows of its end alone, before it came back": (answered(1), (line(1, 2, what=What.WITHDRAWN),), True),
    "knows that this one ended": (answered(1), (line(3, 6, what=What.WITHDRAWN),), False),
}
"""What one recipient has, and whether it is told of version 3, which came on day 5 and says nothing that was said before."""


@pytest.mark.parametrize(("received", "told", "again"), NEWER.values(), ids=NEWER)
def test_who_is_told_of_a_newer_version(received: Received, told: tuple[ToldOf, ...], again: bool) -> None:
    found = told_of_newer({BANK: received}, told, version=3, since=day(5), same=())
    assert found == ({BANK: received} if again else {})


def test_what_says_the_same_is_no_correction() -> None:
    assert told_of_newer({BANK: answered(1)}, (), version=3, since=day(5), same={1}) == {}
    # who was told that it became otherwise is told that it became what it was
    told = (line(2, 2, done=3),)
    assert told_of_newer({BANK: answered(1)}, told, version=3, since=day(5), same={1}) == {BANK: answered(1)}


def test_what_one_was_told_is_not_what_the_other_knows() -> None:
    found = told_of_newer({BANK: answered(1), OTHER: answered(1)}, (line(3, 5),), version=3, since=day(5), same=())
    assert set(found) == {OTHER}


ENDED: dict[str, tuple[tuple[ToldOf, ...], bool]] = {
    "nothing": ((), True),
    "another version, awaited": ((line(2, 2),), True),
    "the end, awaited": ((line(2, 2, what=What.WITHDRAWN),), False),
    "a repair, awaited": ((line(2, 2, what=What.REPAIRED),), False),
    "an end before, closed": ((line(2, 2, what=What.WITHDRAWN, done=3, awaited=False),), True),
    "this end, closed": ((line(2, 5, what=What.WITHDRAWN, done=6, awaited=False),), False),
    "this version, closed": ((line(2, 5, done=6, awaited=False),), True),
    "the end, corrected since, awaited": ((line(2, 2, what=What.WITHDRAWN), line(3, 3)), False),
    "an end, and that it is back, awaited": ((line(2, 2, what=What.WITHDRAWN), line(2, 3, what=What.BACK)), True),
    "that it is back in the moment of this end": ((line(2, 2, what=What.ENDED), line(2, 5, what=What.BACK)), True),
    "back, and this end": ((line(2, 3, what=What.BACK), line(2, 5, what=What.WITHDRAWN)), False),
}
"""What it was told, and whether it is told of the end on day 5."""


RETURNED: dict[str, tuple[tuple[ToldOf, ...], bool]] = {
    "nothing: it was out by silence alone": ((), False),
    "another version": ((line(2, 2),), False),
    "that it was withdrawn, awaited": ((line(1, 2, what=What.WITHDRAWN),), True),
    "that it ended, and has done it": ((line(1, 2, what=What.ENDED, done=3, awaited=False),), True),
    "a repair, and another version since": ((line(1, 2, what=What.REPAIRED), line(2, 3)), True),
    "an end, and that it is back": ((line(1, 2, what=What.WITHDRAWN), line(1, 3, what=What.BACK)), False),
    "an end, back, and another end": (
        (line(1, 2, what=What.WITHDRAWN), line(1, 3, what=What.BACK), line(1, 4, what=What.REPAIRED)),
        True,
    ),
}
"""What it was told, the first thing first, and whether it is told that the entry is back."""


@pytest.mark.parametrize(("told", "again"), RETURNED.values(), ids=RETURNED)
def test_who_is_told_that_it_is_back(told: tuple[ToldOf, ...], again: bool) -> None:
    assert set(told_of_return({BANK: answered(1)}, told)) == ({BANK} if again else set())
    # what the one was told the other does not know; who never received it is told nothing
    assert told_of_return({OTHER: answered(1)}, told) == {}


@pytest.mark.parametrize(("told", "again"), ENDED.values(), ids=ENDED)
def test_who_is_told_of_an_end(told: tuple[ToldOf, ...], again: bool) -> None:
    found = told_of_end({BANK: answered(1)}, told, since=day(5))
    assert set(found) == ({BANK} if again else set())
    closed = [one for one in told if not one.awaited]
    assert not closed or set(told_of_end({BANK: answered(1)}, told)) == {BANK}
