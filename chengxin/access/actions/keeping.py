"""Writing what questions leave: looks and their leaves, bare rows of those that met nobody, places in cases, used consents.

All in the transaction that answers.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from chengxin.access import rules
from chengxin.access.actions.reading import SALT_BYTES, looker_of
from chengxin.access.models import ConsentStep, Unheld
from chengxin.access.terms.asking import STATEMENT, AnsweredEntry, NoAnswer, Permitted, Question
from chengxin.access.terms.consent import ConsentAct
from chengxin.foundation import journal, sqlfiles
from chengxin.foundation.database import Part, Reading, read_all, rows_of
from chengxin.kernel.decisions import Refused
from chengxin.kernel.ids import new_id, new_ids, new_uid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from chengxin.access.queries.grounds import OpenCase, Said
    from chengxin.access.terms import Looker
    from chengxin.catalogue.terms import PurposeSpec
    from chengxin.foundation.actors import Actor

SHOWN: Final = "shown"
FAILED: Final = Refused(NoAnswer.FAILED, "charter 5")
AFTER_ALL_CHECKS: Final = frozenset({NoAnswer.PERSON_UNKNOWN, NoAnswer.NOTHING_TO_SHOW})
"""Refusals of a question that nothing speaks against: the person is not held, or has nothing of the kind."""

_AT_ONCE: Final[Mapping[str, datetime]] = MappingProxyType({})
_QUEUE: Final = """
    INSERT INTO access_log_waiting (commitment)
    SELECT decode(l.commitment, 'hex') FROM jsonb_to_recordset(%(looks)s::jsonb) AS l (commitment text)
"""
_NAME: Final = """
    INSERT INTO access_case_person (person_id, case_id, at)
    SELECT unnest(%(persons)b::uuid[]), %(case)s::uuid, %(at)s::timestamptz
"""
_TAKE: Final = """
    UPDATE access_case SET places_taken = places_taken + %(taken)s::int
     WHERE id = %(case)s::uuid AND closed_at IS NOT DISTINCT FROM %(closed_at)s::timestamptz
       AND opens_at IS NOT DISTINCT FROM %(opens_at)s::timestamptz
       AND places_taken + %(taken)s::int <= places
    RETURNING 1
"""
_STANDS: Final = """
    SELECT %(taken)s::int FROM access_case
     WHERE id = %(case)s::uuid AND closed_at IS NOT DISTINCT FROM %(closed_at)s::timestamptz
       AND opens_at IS NOT DISTINCT FROM %(opens_at)s::timestamptz
       FOR SHARE
"""
_CLAIMED: Final = ("个人信息保护法", "6")
_BY_CONSENT: Final = ("个人信息保护法", "13")


class CaseMoved(Exception):
    """A case is no longer what it was when it was read: the question is asked anew."""


@dataclass(slots=True)
class Asking:
    """One question on its way: who it is about where anybody is held; then what is known, what was decided, the look it left."""

    question: Question
    person_id: UUID | None
    document: bytes
    said: Said
    outcome: Permitted | Refused = FAILED
    entries: tuple[AnsweredEntry, ...] = ()
    look: UUID | None = None


def keep(
    actor: Actor,
    asked: Sequence[Asking],
    purpose: PurposeSpec | None,
    at: datetime,
    opens: Mapping[str, datetime] = _AT_ONCE,
    *,
    part: Part,
) -> None:
    """Write the look of every question that met a person, and a bare row for every other. Refusals too; each is told its look.

    ``opens``: case -> until when an order of silence keeps its looks from their persons. With this ``part`` ends.
    """
    question = asked[0].question
    for one in asked:
        one.look = new_uid()
    known = [one for one in asked if one.person_id is not None]
    unheld = [one for one in asked if one.person_id is None]
    if unheld:
        _note_unheld(actor, unheld, at)
    if known:
        ground, looker = _ground(purpose), looker_of(actor)
        rows = [
            _row(one, look_id, looker, ground, at, opens.get(one.question.case_ref))
            for one, look_id in zip(known, new_ids(len(known), at), strict=True)
        ]
        # one text for the three: an array of each column costs more to send than all that is in it
        packed = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        said = {
            "looks": packed,
            "at": at,
            "kind": actor.kind,
            "official": actor.official_id,
            "client": actor.client_id,
            "organisation": actor.organisation_id,
            "role": actor.role or "",
            "purpose": question.purpose,
            "operation": question.operation.value,
            "law": ground[0],
            "article": ground[1],
        }
        read_all(
            Reading(sqlfiles.load("access", "keep"), said),
            Reading(sqlfiles.load("access", "keep_operator"), said),
            Reading(_QUEUE, {"looks": packed}),
            *part.closing(),
        )


def _row(
    one: Asking, look_id: UUID, looker: Looker, ground: tuple[str, str], at: datetime, opens_at: datetime | None
) -> dict[str, Any]:
    question, outcome = one.question, one.outcome
    permitted = outcome if isinstance(outcome, Permitted) else None
    seen: list[dict[str, str | int]] = []
    fields: list[str] = []
    if permitted is not None:
        seen = [{"uid": str(entry.uid), "version": entry.version} for entry in permitted.entries]
        fields = _fields(permitted, one.entries)
    said = SHOWN if isinstance(outcome, Permitted) else outcome.reason
    emergency = is_emergency(question, looker)
    reason = question.reason.strip() if emergency else ""
    consent = permitted.consent if permitted is not None else None
    salt = secrets.token_bytes(SALT_BYTES)
    assert one.look is not None
    text = rules.leaf(
        uid=one.look,
        at=at,
        looker=looker,
        purpose=question.purpose,
        ground=ground,
        case_ref=question.case_ref,
        entries=seen,
        fields=fields,
        outcome=said,
        operation=question.operation.value,
        consent=consent,
        emergency=emergency,
        reason=reason,
        request_key=question.request_key,
        opens_at=opens_at,
    )
    return {
        "person_id": str(one.person_id),
        "look_id": str(look_id),
        "uid": str(one.look),
        "case_ref": question.case_ref,
        "entries": seen,
        "fields": fields,
        "outcome": said,
        "consent": None if consent is None else str(consent),
        "emergency": emergency,
        "reason": reason,
        "opens_at": None if opens_at is None else opens_at.isoformat(),
        "request_key": question.request_key.hex(),
        "salt": salt.hex(),
        "commitment": rules.commitment(salt, text).hex(),
    }


def is_emergency(question: Question, looker: Actor | Looker) -> bool:
    """Whether an official asks with a written reason in the place of a case."""
    return bool(question.reason.strip()) and not question.case_ref and looker.kind == "official"


def _fields(permitted: Permitted, answered: Sequence[AnsweredEntry]) -> list[str]:
    if permitted.answer is not None:
        return ["answer:yes" if permitted.answer else "answer:no"]
    told = {f"{entry.item}:{code}" for entry in permitted.entries for code in entry.fields}
    return sorted(told | {f"{entry.item}:{STATEMENT}" for entry in answered if entry.statement is not None})


def _ground(purpose: PurposeSpec | None) -> tuple[str, str]:
    """The law that opens it; of a purpose nobody knows, the law that it was measured by."""
    if purpose is None:
        return _CLAIMED
    return _BY_CONSENT if purpose.basis is None else (purpose.basis.law, purpose.basis.article)


def _note_unheld(actor: Actor, asked: Sequence[Asking], at: datetime) -> None:
    Unheld.objects.bulk_create(
        Unheld(
            id=new_id(at),
            at=at,
            organisation_id=actor.organisation_id,
            official_id=actor.official_id,
            client_id=actor.client_id,
            purpose=one.question.purpose,
            operation=one.question.operation.value,
            # what an asker wrote as a case number may be somebody's number, and nobody's row may hold it
            case_ref="" if journal.names_somebody(one.question.case_ref, at=at) else one.question.case_ref,
            outcome=SHOWN if isinstance(one.outcome, Permitted) else one.outcome.reason,
        )
        for one in asked
    )


def note_cases(asked: Sequence[Asking], cases: dict[str, OpenCase], at: datetime) -> None:
    """Who was named in which case, and how many: somebody nobody holds takes a place as well, or the count would tell.

    Raises CaseMoved where a case was closed, sealed or filled since it was read: of a refusal too, whose look an order of silence
    seals. Its row is locked from here to the commit alone,
    in the order of the numbers, so that a batch's transactions work beside each other.
    """
    fresh: dict[str, set[UUID]] = {}
    unheld: Counter[str] = Counter()
    for one in asked:
        case = cases.get(one.question.case_ref)
        if case is None or not (isinstance(one.outcome, Permitted) or one.outcome.reason in AFTER_ALL_CHECKS):
            continue
        if one.person_id is None:
            unheld[one.question.case_ref] += 1
        elif one.person_id not in case.named:
            fresh.setdefault(one.question.case_ref, set()).add(one.person_id)
    for ref in sorted(cases):
        row, named = cases[ref].row, fresh.get(ref, set())
        taken = len(named) + unheld[ref]
        as_read = {"case": row.id, "closed_at": row.closed_at, "opens_at": row.opens_at, "taken": taken}
        if not rows_of(_TAKE if taken else _STANDS, as_read):
            raise CaseMoved(ref)
        if named:
            rows_of(_NAME, {"persons": sorted(named), "case": row.id, "at": at})


def note_uses(asked: Sequence[Asking], at: datetime) -> None:
    """A consent for one use is used up with the answer; asked for again under the same key, it was so before."""
    used = [
        ConsentStep(person_id=one.person_id, consent_id=one.said.consent_id, act=int(ConsentAct.USED), at=at)
        for one in asked
        if isinstance(one.outcome, Permitted)
        and one.outcome.uses_up
        and not one.said.again
        and one.person_id is not None
        and one.said.consent_id is not None
    ]
    if used:
        ConsentStep.objects.bulk_create(used)
