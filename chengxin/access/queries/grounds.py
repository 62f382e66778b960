"""Reading what a decision rests on: of the asker, of the case, of each person asked about. In the transaction that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chengxin.access.models import Case
from chengxin.access.queries.consents import scope_of
from chengxin.access.terms.asking import Asker, ConsentFacts, ConsentState
from chengxin.access.terms.consent import ConsentAct
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import MergedEdition, PurposeSpec
from chengxin.foundation import sqlfiles
from chengxin.foundation.database import Reading, Row, about, read, rows_of
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor
    from chengxin.offices.terms import AskerStanding

AGAIN: Final = timedelta(hours=24)
"""So long an answer lost on the way may be asked for again under the same key of the request."""

AGAIN_MOST: Final = 2
"""So often: a key that came more often asks anew, or it would get round how often an asker may look."""

_NAMED: Final = """
    SELECT person_id, case_id FROM access_case_person
     WHERE person_id = ANY (%(persons)b::uuid[]) AND case_id = ANY (%(cases)b::uuid[])
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one person and this asker: answered looks within the purpose's window, the newest answer to a consent
    request, and the row it stands in."""

    times: int
    consent: ConsentFacts | None
    consent_id: UUID | None
    again: bool


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as it stood when it was read, and who was named in it before: what is kept for it takes its places only where it
    still stands so (`actions.keeping.note_cases`)."""

    row: Case
    named: frozenset[UUID]


NOTHING_SAID: Final = Said(0, None, None, False)


def asker_of(actor: Actor, *, at: datetime) -> Asker:
    """Who asks, read anew for each question: a suspension works at once."""
    return asker_from(offices.asker_standing(actor, at))


def asker_from(standing: AskerStanding) -> Asker:
    """The asker as a decision sees one."""
    return Asker(
        organisation_id=standing.organisation_id,
        org_code=standing.org_code,
        org_kind=standing.org_kind,
        is_active=standing.is_active,
        is_suspended=standing.is_suspended,
        official=standing.official,
        in_office=standing.in_office,
        trained_until=standing.trained_until,
        own_document=standing.own_document,
    )


def purpose_on(code: str, *, at: datetime) -> tuple[PurposeSpec | None, bool]:
    """The purpose of today's edition, None where there is none, and whether the law it names is in force."""
    day = shanghai_day(at)
    return purpose_in(read(catalogue.edition_of(day)), code, day)


def purpose_in(edition: MergedEdition | None, code: str, day: date) -> tuple[PurposeSpec | None, bool]:
    """The same of an edition that was read."""
    if edition is None:
        return None, False
    purpose = edition.purpose(code)
    if purpose is None or purpose.basis is None:
        return purpose, purpose is not None
    return purpose, catalogue.basis_in_force(purpose.basis.law, purpose.basis.article, day, edition)


def said_by(
    person_ids: Sequence[UUID],
    request_keys: Sequence[bytes],
    *,
    asker: Asker,
    purpose: PurposeSpec,
    at: datetime,
) -> Reading[dict[UUID, Said]]:
    """What each person's rows say to this asker and purpose. The persons must be set on the connection."""
    return Reading(
        about(sqlfiles.load("access", "gather"), len(person_ids)),
        {
            "persons": list(person_ids),
            "keys": list(request_keys),
            "organisation": asker.organisation_id,
            "purpose": purpose.code,
            "since": at - timedelta(days=purpose.frequency.days),
            "lately": at - AGAIN,
            "again_most": AGAIN_MOST,
        },
        lambda rows: {row[0]: _said(row, asker, purpose) for row in rows},
    )


def cases_of(refs: Iterable[str], person_ids: Sequence[UUID], *, organisation_id: UUID) -> dict[str, OpenCase]:
    """The asker's own cases of these numbers. Nobody else names these persons in them meanwhile: each is locked for the asker."""
    wanted = sorted({ref for ref in refs if ref})
    if not wanted:
        return {}
    found = {row.ref: row for row in Case.objects.filter(organisation_id=organisation_id, ref__in=wanted)}
    named: dict[UUID, set[UUID]] = {row.id: set() for row in found.values()}
    for person_id, case_id in rows_of(_NAMED, {"persons": list(person_ids), "cases": list(named)}):
        named[case_id].add(person_id)
    return {ref: OpenCase(row, frozenset(named[row.id])) for ref, row in found.items()}


def _said(row: Row, asker: Asker, purpose: PurposeSpec) -> Said:
    _person, times, same, own, uid, consent_id, act, given_at, scope, ends_at, over = row
    assert isinstance(times, int)
    assert isinstance(same, int)
    assert isinstance(own, int)
    again = 0 < same <= AGAIN_MOST
    others = times - own if again else times
    if uid is None:
        return Said(others, None, None, again)
    state = ConsentState.GIVEN if act == ConsentAct.GIVEN else ConsentState.REFUSED
    if over == ConsentAct.WITHDRAWN:
        state = ConsentState.WITHDRAWN
    elif over == ConsentAct.USED and not again:
        state = ConsentState.USED
    consent = ConsentFacts(
        uid=uid,
        organisation_id=asker.organisation_id,
        purpose=purpose.code,
        items=scope_of(scope) if scope else {},
        state=state,
        given_at=given_at,
        ends_at=ends_at,
    )
    return Said(others, consent, consent_id, again)
