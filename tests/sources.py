"""Who named an invented person, for tests of confirmation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connections

from chengxin.persons import facade as persons
from tests.people import NOW, Someone

if TYPE_CHECKING:
    from uuid import UUID


def confirm_name(someone: Someone, supplier: UUID, *, at: datetime = NOW - timedelta(days=90)) -> None:
    """The supplier wrote the name that the person has proved."""
    key = persons.name_key("01", someone.number, someone.name)
    with connections["intake"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO persons_source (person_id, source_id, name_key, kind, confirmed_at) VALUES (%s, %s, %s, 1, %s)",
            [someone.person_id, supplier, key, at],
        )
