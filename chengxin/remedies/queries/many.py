"""Many cases at once, each read as its own person: for counting them again, with nothing sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chengxin.foundation.database import Reading, Row, read_as_each
from chengxin.remedies.models import Case
from chengxin.remedies.queries.cases import case_event
from chengxin.remedies.terms.workflows import CaseEvent

_COLUMNS: Final = ("case_id", "workflow", "about_kind", "about_uid", "organisation_id", "state")
_CASE: Final = """
    SELECT c.case_id, c.workflow, c.about_kind, c.about_uid, c.organisation_id, c.state,
           e.act, e.at, e.who, e.told::text, e.source, e.counts_from
      FROM remedies_case c
      JOIN remedies_event e ON e.person_id = c.person_id AND e.case_id = c.case_id
     WHERE c.person_id = %(person)s AND c.uid = %(uid)s
     ORDER BY e.seq
"""


@dataclass(frozen=True, slots=True)
class CaseActs:
    """The row of a case as far as its days rest on it, and its events, the oldest first."""

    row: Case
    acts: Sequence[CaseEvent]


def acts_of_many(persons: Mapping[UUID, UUID]) -> dict[UUID, CaseActs]:
    """The cases with these uids, each with its person; of one that is not there, nothing. In the current transaction."""
    found = read_as_each(*((person_id, _case(person_id, uid)) for uid, person_id in persons.items()))
    return {uid: one for uid, one in zip(persons, found, strict=True) if one is not None}


def _case(person_id: UUID, uid: UUID) -> Reading[CaseActs | None]:
    def made(rows: list[Row]) -> CaseActs | None:
        if not rows:
            return None
        acts = [
            case_event(act, at, who, json.loads(told), source, on)
            for act, at, who, told, source, on in (row[len(_COLUMNS) :] for row in rows)
        ]
        said = dict(zip(_COLUMNS, rows[0], strict=False))
        return CaseActs(Case(person_id=person_id, uid=uid, **said), acts)

    return Reading(_CASE, {"person": person_id, "uid": uid}, made)
