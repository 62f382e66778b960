"""Another person approves or refuses an edition; approval fills the displays and bases that other rooms read as SQL."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from chengxin.catalogue.actions.guards import one_at_a_time, require_reason
from chengxin.catalogue.models import Approval, Basis, Display, StoredEdition
from chengxin.catalogue.queries import approved_editions, edition_view, shipped_laws, upper_for
from chengxin.catalogue.queries.editions import confirmed_sources
from chengxin.catalogue.rules.bases import LawTable
from chengxin.catalogue.rules.checking import check
from chengxin.catalogue.rules.checking_periods import classes_of
from chengxin.catalogue.rules.citations import law_name
from chengxin.catalogue.rules.codec import edition_from_json
from chengxin.catalogue.rules.confirming import may_approve, may_come_in_force
from chengxin.catalogue.rules.loading import Loaded
from chengxin.catalogue.rules.merging import segments
from chengxin.catalogue.terms import Edition, EditionApproved, EditionState, EditionUnknown, EditionView, Reason
from chengxin.foundation import events, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices.facade import require_permission
from chengxin.offices.terms import Permission


def approve_edition(*, actor: Actor, edition_uid: UUID, at: datetime, reason: str) -> EditionView:
    """Bring a proposed edition in force from its day on. From now on it cannot be changed, only followed by another.

    Needs APPROVE_EDITION and another person than the proposer. Raises `Refusal`: decided already, own proposal, faults
    against today's laws and national edition, day past, or (outside practice) weak sources not confirmed by name.
    """
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.APPROVE_EDITION, at)
        one_at_a_time()
        row, edition = _proposed(edition_uid)
        table = shipped_laws()
        require(
            may_approve(
                proposed_by=row.proposed_by,
                approved_by=actor.official_id,
                faults=len(check(Loaded(edition.code, edition, (), {}), table, upper_for(edition))),
                is_decided=hasattr(row, "approval"),
                code_taken=any(one.edition.code == edition.code for one in approved_editions()),
                starts_in_past=row.in_force_from < shanghai_day(at),
            )
        )
        require(may_come_in_force(edition, table, confirmed_sources(row.id), practice=settings.CHENGXIN_PRACTICE))
        _decide(row, actor, at, is_approved=True)
        _fill_bases(row, edition, table)
        fill_displays(row.in_force_from)
        journal.record(actor, "approve_edition", "edition", row.uid, at=at, reason=reason)
        events.publish(EditionApproved(row.uid, row.in_force_from), at=at)
        return edition_view(edition_uid)


def refuse_edition(*, actor: Actor, edition_uid: UUID, at: datetime, reason: str) -> EditionView:
    """Refuse a proposed edition for good. Needs APPROVE_EDITION; its proposer cannot decide on it either way."""
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.APPROVE_EDITION, at)
        one_at_a_time()
        row, _ = _proposed(edition_uid)
        if edition_view(edition_uid).state is not EditionState.PROPOSED:
            raise Refusal(Refused(Reason.EDITION_DECIDED, "F10"))
        if row.proposed_by == actor.official_id:
            raise Refusal(Refused(Reason.SECOND_APPROVER_NEEDED, "F10"))
        _decide(row, actor, at, is_approved=False)
        journal.record(actor, "refuse_edition", "edition", row.uid, at=at, reason=reason)
        return edition_view(edition_uid)


def _proposed(uid: UUID) -> tuple[StoredEdition, Edition]:
    row = StoredEdition.objects.select_related("approval").filter(uid=uid).first()
    if row is None:
        raise EditionUnknown()
    return row, edition_from_json(row.content)


def _decide(row: StoredEdition, actor: Actor, at: datetime, *, is_approved: bool) -> None:
    assert actor.official_id is not None
    Approval(
        edition=row,
        proposed_by=row.proposed_by,
        is_approved=is_approved,
        approved_at=at,
        approved_by=actor.official_id,
    ).save(force_insert=True)


def _fill_bases(row: StoredEdition, edition: Edition, table: LawTable) -> None:
    known = table.with_regulations(edition.regulations.values())
    refs = {
        (law_name(ref.law), ref.article)
        for item in edition.items.values()
        for ref in (*item.basis, *(grant.basis for grant in item.grants))
    }
    found = [known.articles[ref] for ref in sorted(refs)]
    Basis.objects.bulk_create(
        Basis(
            id=new_id(row.proposed_at),
            edition=row,
            law=basis.law,
            article=basis.article,
            in_force_from=basis.in_force_from,
            in_force_until=basis.in_force_until,
            source=basis.source,
            mark=basis.mark.value,
        )
        for basis in found
    )


def fill_displays(start: date) -> None:
    """Compute anew, from `start` on, how long each item and class is shown at most; days before stay as they were."""
    Display.objects.filter(in_force_from__gte=start).delete()
    Display.objects.filter(Q(in_force_until__isnull=True) | Q(in_force_until__gt=start)).update(in_force_until=start)
    rows = []
    for segment in segments(approved_editions()):
        begin, end = max(segment.in_force_from, start), segment.in_force_until
        if end is not None and end <= begin:
            continue
        merged = segment.merged
        assert merged.uid is not None
        for item in merged.open_items.values():
            for cls in classes_of(item):
                maximum = item.display[cls].maximum
                rows.append(
                    Display(
                        edition_id=merged.uid,
                        item_code=item.code,
                        act_class=int(cls),
                        max_months=None if maximum is None else maximum.months,
                        in_force_from=begin,
                        in_force_until=end,
                    )
                )
    Display.objects.bulk_create(rows)
