"""A question of an asker: grounds gathered, decided, answered and logged in one transaction, or not answered at all (charter 5).

It fails closed. Whatever goes wrong on the way (the database, the keys, the catalogue, a fact that contradicts) rolls everything
back, and the asker is told what they are told of a person nobody holds (F13).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import structlog

from chengxin.access.actions.keeping import (
    AFTER_ALL_CHECKS,
    FAILED,
    Asking,
    CaseMoved,
    is_emergency,
    keep,
    note_cases,
    note_uses,
)
from chengxin.access.actions.opening import open_permitted
from chengxin.access.actions.reviewing import ReviewedLook, note_emergency
from chengxin.access.queries.grounds import NOTHING_SAID, OpenCase, asker_from, cases_of, purpose_in, said_by
from chengxin.access.rules.deciding import decide, outward
from chengxin.access.terms.asking import (
    Answered,
    Asked,
    Asker,
    CaseFacts,
    CaseState,
    Grounds,
    HeldEntry,
    Identified,
    Permitted,
    Question,
)
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Operation, PurposeSpec
from chengxin.foundation.database import Part, Reading, as_person, in_part, see_keys, see_persons
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import BadInput
from chengxin.offices import facade as offices
from chengxin.persons import facade as persons
from chengxin.persons.terms import KIND_CODES
from chengxin.records import facade as records
from chengxin.records.terms import ShownEntry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

log = structlog.get_logger("chengxin.access")

TRIES: Final = 5
"""So often a question is asked anew because its case was closed, sealed or filled meanwhile; each time somebody else got on."""

_63_BITS: Final = (1 << 63) - 1
_LOCK: Final = "SELECT pg_advisory_xact_lock(k) FROM unnest(%(locks)s::bigint[]) AS k"


class DocumentKindUnknown(BadInput):
    """There is no document of this kind."""

    code = "document_kind_unknown"


def ask(*, actor: Actor, question: Question, at: datetime, ends: bool = False) -> Answered | Refused:
    """Answer one question, or say why not as an outside asker may know it. The look it leaves says it to the person.

    The question's purpose stands for the reason. ``ends``: nothing follows in the caller's transaction, so that the look may
    take its commit along. Raises BadInput for a kind of document that does not exist.
    """
    check_asked(actor, [question])
    return answered_or_not(actor, [question], at, persons=1, ends=ends)[0]


def check_asked(actor: Actor, questions: Sequence[Question]) -> None:
    """Raises BadInput for a kind of document that does not exist, ValueError for somebody who asks nothing about anybody."""
    if actor.kind not in {"official", "client"}:
        raise ValueError(f"an actor of kind {actor.kind} asks nothing about anybody")
    for one in questions:
        if one.kind not in KIND_CODES:
            raise DocumentKindUnknown(kind=one.kind)


def answered_or_not(
    actor: Actor, questions: Sequence[Question], at: datetime, *, persons: int, ends: bool = False
) -> list[Answered | Refused]:
    """The answers of one transaction, or, whatever fails, the same refusal of each. ``persons``: of the whole batch."""
    try:
        for _ in range(TRIES):
            with suppress(CaseMoved):
                return _answered(actor, questions, at, persons=persons, ends=ends)
        raise RuntimeError("a case moves each time it is asked for")
    except Exception:
        log.exception("question_failed", operation=questions[0].operation.value, persons=len(questions))
        _note_failure(actor, questions, at)
        return [outward(FAILED)] * len(questions)


def _answered(
    actor: Actor, questions: Sequence[Question], at: datetime, *, persons: int, ends: bool
) -> list[Answered | Refused]:
    code, day = questions[0].purpose, shanghai_day(at)
    # after the look of an official more may follow
    with in_part(ends=ends and actor.kind == "client") as part:
        asked, held, (standing, edition) = _found(
            part, questions, offices.standing_of(actor, at), catalogue.edition_of(day)
        )
        asker = asker_from(standing)
        purpose, law_in_force = purpose_in(edition, code, day)
        sources = _gathered(asked, held, asker, code, purpose, at)
        cases = _cases(questions, held, asker, purpose)
        facts = _Facts(asker, purpose, law_in_force, cases, _shown(sources, purpose, at), _names(asked, held))
        _decide_each(asked, facts, persons, at)
        open_permitted(asked, facts.shown, at=at)
        note_cases(asked, cases, at)
        note_uses(asked, at)
        keep(actor, asked, purpose, at, _sealed(cases, at), part=part)
        _note_emergencies(actor, asked, purpose, at)
    return [_told(one, at) for one in asked]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the chunk's decisions share. `named`: keyed names of each person, read for verifications alone."""

    asker: Asker
    purpose: PurposeSpec | None
    law_in_force: bool
    cases: dict[str, OpenCase]
    shown: dict[UUID, list[ShownEntry]]
    named: dict[UUID, set[bytes]]


def _found(
    part: Part, questions: Sequence[Question], *readings: Reading[Any]
) -> tuple[list[Asking], list[UUID], list[Any]]:
    """Who each question is about, by keyed number alone, and everybody found, each once. ``readings`` go along."""
    keyed = [tuple(persons.blind_indexes(one.kind, one.number).values()) for one in questions]
    kinds = [KIND_CODES[one.kind] for one in questions]
    indexes = list(dict.fromkeys(index for one in keyed for index in one))
    *read_along, known = see_keys(indexes, *readings, persons.persons_by_index(indexes, set(kinds)), part=part)
    asked = [
        Asking(
            question=question,
            person_id=next((known[index, kind] for index in indexes if (index, kind) in known), None),
            document=offices.own_document_mark(question.kind, question.number),
            said=NOTHING_SAID,
        )
        for question, indexes, kind in zip(questions, keyed, kinds, strict=True)
    ]
    held = list(dict.fromkeys(one.person_id for one in asked if one.person_id is not None))
    return asked, held, read_along


def _gathered(
    asked: Sequence[Asking], held: Sequence[UUID], asker: Asker, code: str, purpose: PurposeSpec | None, at: datetime
) -> dict[UUID, frozenset[UUID]]:
    """What each person said to this asker, and whose name for them is confirmed. The transaction sees them from now on.

    Two questions of one asker about one person wait for each other: "so often" holds, whatever is asked at once.
    """
    pair = hashlib.sha256(asker.organisation_id.bytes + code.encode()).digest()
    mask = int.from_bytes(pair[:8], "big") >> 1
    alone: Reading[Any] = Reading(_LOCK, {"locks": sorted(one.int & _63_BITS ^ mask for one in held)})
    if purpose is None or not held:
        see_persons(held, alone)
        return {}
    keys: dict[UUID, bytes] = {}
    for one in asked:
        if one.person_id is not None:
            keys.setdefault(one.person_id, one.question.request_key)
    _, said, sources = see_persons(
        held,
        alone,
        said_by(list(keys), list(keys.values()), asker=asker, purpose=purpose, at=at),
        persons.confirmed_sources_of(held, known_at=at),
    )
    for one in asked:
        if one.person_id is not None:
            one.said = said[one.person_id]
    return sources  # type: ignore[no-any-return]


def _cases(
    questions: Sequence[Question], held: Sequence[UUID], asker: Asker, purpose: PurposeSpec | None
) -> dict[str, OpenCase]:
    if purpose is None or not purpose.case_needed:
        return {}
    return cases_of((one.case_ref for one in questions), held, organisation_id=asker.organisation_id)


def _shown(
    sources: dict[UUID, frozenset[UUID]], purpose: PurposeSpec | None, at: datetime
) -> dict[UUID, list[ShownEntry]]:
    items = () if purpose is None else {*purpose.items, *purpose.about}
    return records.shown_to_askers(sources, items=items, at=at) if items and sources else {}


def _names(asked: Sequence[Asking], held: Sequence[UUID]) -> dict[UUID, set[bytes]]:
    return persons.names_of(held) if held and asked[0].question.operation is Operation.VERIFY else {}


def _decide_each(asked: Sequence[Asking], facts: _Facts, persons: int, at: datetime) -> None:
    """Decide each question; what an earlier one of the chunk was answered counts for a later one."""
    answered: Counter[UUID] = Counter()
    used: set[UUID] = set()
    taken: dict[str, set[UUID | int]] = {}
    for nth, one in enumerate(asked):
        question, person_id = one.question, one.person_id
        grounds = _grounds(one, facts, answered, used, taken)
        outcome = one.outcome = decide(_as_asked(question, persons), facts.asker, grounds, at)
        if isinstance(outcome, Permitted) and person_id is not None:
            answered[person_id] += 1
            if outcome.uses_up and outcome.consent is not None:
                used.add(outcome.consent)
        if isinstance(outcome, Permitted) or outcome.reason in AFTER_ALL_CHECKS:
            case = facts.cases.get(question.case_ref)
            if case is not None and person_id not in case.named:
                taken.setdefault(question.case_ref, set()).add(person_id or nth)


def _as_asked(question: Question, persons: int) -> Asked:
    return Asked(
        purpose=question.purpose,
        operation=question.operation,
        identified=Identified.DOCUMENT if question.number.strip() else Identified.NAME,
        items=question.items,
        case_ref=question.case_ref,
        reason=question.reason,
        persons=persons,
    )


def _grounds(
    one: Asking,
    facts: _Facts,
    answered: Counter[UUID],
    used: set[UUID],
    taken: dict[str, set[UUID | int]],
) -> Grounds:
    question, person_id = one.question, one.person_id
    consent = one.said.consent
    if consent is not None and consent.uid in used:
        consent = None
    return Grounds(
        purpose=facts.purpose,
        law_in_force=facts.law_in_force,
        case=_case_facts(facts.cases.get(question.case_ref), person_id, taken.get(question.case_ref, set())),
        consent=consent,
        answered_before=one.said.times + (0 if person_id is None else answered[person_id]),
        person_id=person_id,
        document=one.document,
        name_agrees=_agrees(question, facts.named.get(person_id, set())) if person_id is not None else None,
        entries=[HeldEntry(entry.uid, entry.version, entry.item) for entry in facts.shown.get(person_id, ())]
        if person_id is not None
        else (),
    )


def _case_facts(case: OpenCase | None, person_id: UUID | None, taken: set[UUID | int]) -> CaseFacts | None:
    if case is None:
        return None
    row = case.row
    return CaseFacts(
        organisation_id=row.organisation_id,
        purpose=row.purpose,
        state=CaseState.OPEN if row.closed_at is None else CaseState.CLOSED,
        opened_at=row.opened_at,
        named=person_id is not None and (person_id in case.named or person_id in taken),
        has_room=row.places_taken + len(taken) < row.places,
    )


def _agrees(question: Question, names: set[bytes]) -> bool | None:
    if question.operation is not Operation.VERIFY:
        return None
    return not names.isdisjoint(persons.name_keys(question.kind, question.number, question.name))


def _sealed(cases: dict[str, OpenCase], at: datetime) -> dict[str, datetime]:
    """Case -> until when an approved order keeps its looks from their persons."""
    opens = {ref: case.row.opens_at for ref, case in cases.items()}
    return {ref: opens_at for ref, opens_at in opens.items() if opens_at is not None and opens_at > at}


def _note_emergencies(actor: Actor, kept: Sequence[Asking], purpose: PurposeSpec | None, at: datetime) -> None:
    """Whoever was looked at without a case is told at once, and another official reviews it."""
    if purpose is None or not purpose.emergency:
        return
    for one in kept:
        if one.person_id is None or isinstance(one.outcome, Refused) or not is_emergency(one.question, actor):
            continue
        assert one.look is not None
        with as_person(one.person_id):
            note_emergency(
                actor=actor,
                look=ReviewedLook(one.person_id, one.look),
                purpose=purpose.code,
                at=at,
                reason=one.question.reason,
            )


def _told(one: Asking, at: datetime) -> Answered | Refused:
    outcome = one.outcome
    if isinstance(outcome, Refused):
        return outward(outcome)
    assert one.look is not None
    return Answered(look=one.look, at=at, entries=one.entries, yes=outcome.answer, consent=outcome.consent)


def _note_failure(actor: Actor, questions: Sequence[Question], at: datetime) -> None:
    """The denial of a question that failed, as far as anything can still be written."""
    try:
        with in_part() as part:
            asked, held, _ = _found(part, questions)
            see_persons(held)
            assert actor.organisation_id is not None
            # a case that a law orders silent is silent about its failures too
            cases = cases_of((one.case_ref for one in questions), held, organisation_id=actor.organisation_id)
            keep(actor, asked, None, at, _sealed(cases, at), part=part)
    except Exception:
        log.exception("denial_not_logged", persons=len(questions))
