"""The end of cases: five years after it was closed a case goes whole, with its papers, letters and line in the lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import connections, transaction

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import DISPOSER
from chengxin.kernel.clocks import add_months
from chengxin.kernel.days import day_starts_at
from chengxin.kernel.ids import new_uid

KEPT_MONTHS: Final = 60
"""What the fields of a case say of themselves (`models.cases.KEPT`): every term of a remedy is over long before."""
CHUNK: Final = 1_000
_ONE_RUN: Final = 0x6361_7365_7320_656E
"""Of two runs at once the second waits: both would take the same rows."""

_DUE: Final = "SELECT person_id, case_id, uid FROM remedies_case WHERE closed_at < %(before)s LIMIT %(limit)s"
_OF_CASES: Final = "(person_id, case_id) IN (SELECT * FROM unnest(%(persons)s::uuid[], %(cases)s::uuid[]))"
_PAPERS: Final = f"SELECT person_id, paper_id, digest FROM remedies_paper WHERE {_OF_CASES}"  # noqa: S608
_GO: Final = (
    "DELETE FROM remedies_opening WHERE (person_id, paper_id) IN"
    " (SELECT * FROM unnest(%(of_papers)s::uuid[], %(papers)s::uuid[]))",
    f"DELETE FROM remedies_paper WHERE {_OF_CASES}",  # noqa: S608
    "DELETE FROM remedies_paper_content c WHERE (person_id, digest) IN"
    " (SELECT * FROM unnest(%(of_papers)s::uuid[], %(digests)s::bytea[]))"
    " AND NOT EXISTS (SELECT FROM remedies_paper p WHERE p.person_id = c.person_id AND p.digest = c.digest)",
    f"DELETE FROM remedies_event WHERE {_OF_CASES}",  # noqa: S608
    f"DELETE FROM remedies_letter WHERE {_OF_CASES}",  # noqa: S608
    f"DELETE FROM remedies_case WHERE {_OF_CASES}",  # noqa: S608
    "DELETE FROM remedies_case_person WHERE uid = ANY (%(uids)s::uuid[])",
    "DELETE FROM remedies_docket WHERE uid = ANY (%(uids)s::uuid[])",
)


def dispose_cases(*, actor: Actor, today: date, at: datetime, reason: str, limit: int = CHUNK) -> int:
    """Delete cases that were closed more than five years ago. Returns how many; 0: none is left.

    Works in role disposer, a chunk a transaction; the database refuses what is younger.
    """
    with transaction.atomic(using=DISPOSER), connections[DISPOSER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_RUN])
        cursor.execute(_DUE, {"before": day_starts_at(add_months(today, -KEPT_MONTHS)), "limit": limit})
        due = cursor.fetchall()
        if not due:
            return 0
        of = {"persons": [one[0] for one in due], "cases": [one[1] for one in due], "uids": [one[2] for one in due]}
        cursor.execute(_PAPERS, of)
        papers = cursor.fetchall()
        of |= {
            "of_papers": [one[0] for one in papers],
            "papers": [one[1] for one in papers],
            "digests": [one[2] for one in papers],
        }
        for statement in _GO:
            cursor.execute(statement, of)
        journal.record(
            actor, "dispose_cases", "disposal", new_uid(), at=at, reason=f"{reason}: {len(due)}", alias=DISPOSER
        )
    return len(due)
