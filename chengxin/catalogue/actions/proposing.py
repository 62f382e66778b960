"""Proposing an edition and confirming its sources."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from chengxin.catalogue.actions.guards import one_at_a_time, require_reason
from chengxin.catalogue.models import Confirmation, StoredEdition
from chengxin.catalogue.queries import edition_view, shipped_laws, upper_for
from chengxin.catalogue.rules.checking import check
from chengxin.catalogue.rules.codec import edition_to_json
from chengxin.catalogue.rules.confirming import sources_to_confirm
from chengxin.catalogue.rules.loading import load
from chengxin.catalogue.terms import EditionFaulty, EditionProposed, EditionUnknown, EditionView, Reason
from chengxin.foundation import events, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices.facade import require_permission
from chengxin.offices.terms import Permission


def propose_edition(
    *, actor: Actor, file_name: str, text: str, at: datetime, reason: str, in_force_from: date | None = None
) -> EditionView:
    """Store an edition as proposed. `in_force_from` is the day it is to begin: by default the file's, or today if past.

    Needs PROPOSE_EDITION. Raises `EditionFaulty` (the first faults in its data; `check_files` tells them all) and
    `Refusal` where the day lies in the past or before the file's own.
    """
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.PROPOSE_EDITION, at)
        one_at_a_time()
        loaded = load(file_name, text)
        upper = None if loaded.edition is None else upper_for(loaded.edition)
        faults = check(loaded, shipped_laws(), upper)
        if loaded.edition is None or faults:
            first = "; ".join(f"{one.line}: {one.zh} {one.en}" for one in faults[:5])
            raise EditionFaulty(file=file_name, faults=len(faults), first=first)
        today = shanghai_day(at)
        start = in_force_from or max(loaded.edition.in_force_from, today)
        if start < today or start < loaded.edition.in_force_from:
            raise Refusal(Refused(Reason.STARTS_IN_PAST, "F10", {"day": start.isoformat()}))
        edition = replace(loaded.edition, in_force_from=start)
        content = edition_to_json(edition)
        assert actor.official_id is not None
        row = StoredEdition(
            id=new_id(at),
            level=edition.level.value,
            code=edition.code,
            content=content,
            digest=hashlib.sha256(canonical_json(content)).digest(),
            in_force_from=start,
            in_force_until=edition.in_force_until,
            proposed_at=at,
            proposed_by=actor.official_id,
        )
        row.save(force_insert=True)
        journal.record(actor, "propose_edition", "edition", row.uid, at=at, reason=reason)
        events.publish(EditionProposed(row.uid), at=at)
        return edition_view(row.uid)


def confirm_source(
    *, actor: Actor, edition_uid: UUID, source: str, evidence: str, at: datetime, reason: str
) -> EditionView:
    """Say that one named source of an edition was checked against the official text, and where that text was read.

    Needs CONFIRM_SOURCE. Confirming twice changes nothing. Raises `Refusal` for a source that needs no confirmation.
    """
    require_reason(reason)
    require_reason(evidence)
    with in_transaction():
        require_permission(actor, Permission.CONFIRM_SOURCE, at)
        one_at_a_time()
        row = StoredEdition.objects.filter(uid=edition_uid).first()
        if row is None:
            raise EditionUnknown()
        view = edition_view(edition_uid)
        if source not in {one.code for one in sources_to_confirm(view.edition, shipped_laws())}:
            raise Refusal(Refused(Reason.SOURCE_UNKNOWN, "F10", {"source": source}))
        assert actor.official_id is not None
        if not Confirmation.objects.filter(edition=row, source=source).exists():
            Confirmation(
                id=new_id(at),
                edition=row,
                source=source,
                evidence=evidence.strip(),
                confirmed_at=at,
                confirmed_by=actor.official_id,
            ).save(force_insert=True)
            journal.record(actor, "confirm_source", "edition", row.uid, at=at, reason=reason)
        return edition_view(edition_uid)
