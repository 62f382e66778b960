"""Figures of remedies from the lists of cases: codes, days and counts, nobody's name. What is small is kept back by the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet

from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.remedies.models import Docket
from chengxin.remedies.queries.docket import ended_by_clock, in_silence, is_open, late_by_us, still_open
from chengxin.remedies.queries.queue import reach_of
from chengxin.remedies.queries.unnamed import leads_the_city, tally_of_unnamed
from chengxin.remedies.rules.workflows import OURS
from chengxin.remedies.terms.appeals import APPEAL
from chengxin.remedies.terms.cases import OF_AN_ENTRY, AboutKind, Turn
from chengxin.remedies.terms.corrections import SIBLING
from chengxin.remedies.terms.desks import DeskFigures, Load, OfficeLate, Overturned, Tally, Waiting
from chengxin.remedies.terms.objections import OBJECTION
from chengxin.remedies.terms.workflows import Outcome

AGES: Final = (7, 30, 90)
"""Upper ends, in days, of the groups in which the ages of open cases are told."""
COMPLAINT: Final = "complaint"
OFFICES_TURN: Final = OURS - {Turn.RECIPIENT}
_DECIDED: Final = (Outcome.FOR.value, Outcome.AGAINST.value)
_JUDGING: Final = (OBJECTION.code, SIBLING.code, APPEAL.code)
"""The workflows that decide whether an entry was right: what was repaired was right, and who looked supplied nothing."""


def desk_figures(actor: Actor, *, since: date, at: datetime) -> DeskFigures:
    """Figures of the cases in a chief's reach; what was opened or closed is counted from a day on. Needs LEAD_CASES."""
    offices.require_permission(actor, Permission.LEAD_CASES, at)
    rows = Docket.objects.filter(reach_of(actor, at))
    today = shanghai_day(at)
    judged = _judged(rows, since)
    reasons = judged.filter(workflow=OBJECTION.code)
    return DeskFigures(
        by_workflow=_with_unnamed(_tallies(rows, since, today), since, today)
        if leads_the_city(actor, at)
        else _tallies(rows, since, today),
        ages=tuple(_ages(rows, at, today)),
        by_supplier=dict(_overturned(judged.exclude(supplier__isnull=True), "supplier")),
        by_item=dict(_overturned(judged.exclude(item=""), "item")),
        by_reason={AboutKind(kind): rate for kind, rate in _overturned(reasons, "about_kind")},
        loads=tuple(_loads(rows, today)),
    )


def public_figures(*, since: date, at: datetime) -> dict[str, Tally]:
    """The same of the whole city by workflow, for everybody: whoever shows them keeps small ones back."""
    today = shanghai_day(at)
    return _with_unnamed(_tallies(Docket.objects.all(), since, today), since, today)


def _with_unnamed(found: dict[str, Tally], since: date, today: date) -> dict[str, Tally]:
    """Complaints without a name count beside those with one."""
    without_name = tally_of_unnamed(since, today)
    return found | {COMPLAINT: found.get(COMPLAINT, Tally()) + without_name} if without_name != Tally() else found


def offices_late(at: datetime) -> list[OfficeLate]:
    """Each office whose turn it is in open cases of which a term has run out, the most first: for everybody, and for its head.

    It is so without anybody recording it. What waits for the person, for a recipient or for a court is no office's failure.
    """
    today = shanghai_day(at)
    late = late_by_us(today) | in_silence(today)
    rows = still_open(today).filter(late, turn__in=[turn.value for turn in OFFICES_TURN], turn_of__isnull=False)
    found = rows.values("turn_of").annotate(count=Count("uid"), since=Min("due_on")).order_by("-count", "turn_of")
    return [OfficeLate(row["turn_of"], row["count"], row["since"]) for row in found]


def cases_waiting(workflow: str) -> Waiting:
    """How many cases of a workflow are open, and since when the oldest is: of the whole city, for everybody."""
    found = (
        still_open(shanghai_day(clock.now()))
        .filter(workflow=workflow)
        .aggregate(cases=Count("uid"), since=Min("opened_at"))
    )
    return Waiting(found["cases"], found["since"])


def _tallies(rows: QuerySet[Docket], since: date, today: date) -> dict[str, Tally]:
    moment = day_starts_at(since)
    still = is_open(today)
    # silence needs nobody to record it: an open case past its last day counts as unanswered the moment it is
    overdue = still & late_by_us(today)
    counted = still | Q(closed_at__gte=moment)
    right, wrong, neither = (
        Q(closed_at__gte=moment, outcome=how.value) | ended_by_clock(today, how)
        for how in (Outcome.FOR, Outcome.AGAINST, Outcome.NEITHER)
    )
    found = rows.values("workflow").annotate(
        opened=Count("uid", filter=Q(opened_at__gte=moment)),
        right=Count("uid", filter=right),
        wrong=Count("uid", filter=wrong),
        neither=Count("uid", filter=neither),
        still=Count("uid", filter=still),
        overdue=Count("uid", filter=overdue),
        late=Count("uid", filter=counted & Q(late=True)),
        silent=Count("uid", filter=still & in_silence(today)),
    )
    return {
        row["workflow"]: Tally(
            opened=row["opened"],
            closed={Outcome.FOR: row["right"], Outcome.AGAINST: row["wrong"], Outcome.NEITHER: row["neither"]},
            open=row["still"],
            overdue=row["overdue"],
            silent=row["silent"],
            late=row["late"],
        )
        for row in found
    }


def _ages(rows: QuerySet[Docket], at: datetime, today: date) -> Iterator[tuple[int | None, int]]:
    still, younger = _waiting(rows, today), at
    for most in AGES:
        older = at - timedelta(days=most)
        yield most, still.filter(opened_at__gt=older, opened_at__lte=younger).count()
        younger = older
    yield None, still.filter(opened_at__lte=younger).count()


def _waiting(rows: QuerySet[Docket], today: date) -> QuerySet[Docket]:
    """The open cases in which it is somebody's turn: a statement that stands waits for nobody, however old it is."""
    return rows.filter(is_open(today)).exclude(turn=Turn.NOBODY.value)


def _judged(rows: QuerySet[Docket], since: date) -> QuerySet[Docket]:
    """The cases closed since a day that decided whether an entry was right."""
    about = [kind.value for kind in OF_AN_ENTRY]
    closed = rows.filter(closed_at__gte=day_starts_at(since), outcome__in=_DECIDED)
    # one that was never found says nothing of any
    return closed.filter(workflow__in=_JUDGING, about_kind__in=about).exclude(item="")


def _overturned(judged: QuerySet[Docket], key: str) -> Iterator[tuple[Any, Overturned]]:
    """By source, by item or by reason, the most decided first."""
    found = judged.values(key).annotate(decided=Count("uid"), right=Count("uid", filter=Q(outcome=Outcome.FOR.value)))
    for row in found.order_by("-decided", key):
        yield row[key], Overturned(row["decided"], row["right"])


def _loads(rows: QuerySet[Docket], today: date) -> Iterator[Load]:
    still = _waiting(rows, today).values("assigned_to")
    for row in still.annotate(still=Count("uid"), overdue=Count("uid", filter=late_by_us(today))):
        yield Load(row["assigned_to"], row["still"], row["overdue"])
