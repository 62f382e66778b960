"""Invented people for tests that need a database: each call makes someone new, with region 00."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import connections

from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.kernel.documents import check_character
from chengxin.kernel.practice import practice_number
from chengxin.persons import facade as persons
from chengxin.persons.terms import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
_seeds: Iterator[int] = itertools.count(uuid4().int % 2**40)
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "清源安宁思远明月若水长风怀瑾知行"


@dataclass(frozen=True)
class Someone:
    """An invented person as a test knows them."""

    person_id: UUID
    number: str
    name: str

    @property
    def actor(self) -> Actor:
        """The person acting on their own file."""
        return Actor(kind="person", account_id=uuid4(), person_id=self.person_id)


def invented_identity(birth: date = date(1990, 5, 17)) -> tuple[str, str]:
    """A practice number and a name that belong to nobody."""
    rng = random.Random(next(_seeds))
    name = rng.choice(FAMILY) + "".join(rng.sample(GIVEN, 2))
    return practice_number(rng, birth), name


def of_a_region_that_exists(number: str) -> str:
    """The same number as if a real office had given it out: made while the test runs, written down nowhere."""
    first17 = f"11{number[2:17]}"
    return first17 + check_character(first17)


def make_person(
    *,
    source_kind: SourceKind = SourceKind.SELF,
    source_id: UUID = persons.SELF_SOURCE,
    identity: tuple[str, str] | None = None,
) -> Someone:
    """Someone new, confirmed by themselves unless the test says otherwise."""
    number, name = identity or invented_identity()
    person_id = persons.create_person(
        actor=actors.system("test"),
        kind="01",
        number=number,
        name=name,
        source_id=source_id,
        source_kind=source_kind,
        at=NOW,
        reason="made for a test",
    )
    return Someone(person_id, number, name)


def clock_of_the_database() -> datetime:
    """What the server's own guards take for now, whatever the tests' clock says."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT now()")
        found: datetime = cursor.fetchone()[0]
    return found
