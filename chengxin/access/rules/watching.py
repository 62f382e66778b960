"""Rules over operators' own looks: what makes a supervisor see one. Facts in, findings out; no clock, no table, no rank.

Each compares an operator with what they themselves usually do, or with what no work needs. None knows who the persons looked at
are, whom they know, where they live or how famous they are. Figures are our own, each beside its sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chengxin.access.terms.asking import NoAnswer
from chengxin.access.terms.reviews import WatchRule
from chengxin.access.terms.watching import CaseEnd, OperatorFacts, OperatorLook, Raised
from chengxin.kernel.days import SHANGHAI, shanghai_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.kernel.days import Holidays

MANY_A_DAY: Final = 30
"""Fewer looks in a day are never many."""
TIMES_USUAL: Final = 3
"""So many times the operator's own usual day is many."""
USUAL_DAYS: Final = 5
"""Days of work from which a usual day is taken; before that, many is `MANY_A_DAY`."""

DAY_BEGINS, DAY_ENDS = 7, 20
"""Hours of an office, in Shanghai."""
ODD_HOURS: Final = 3
"""So many looks outside an office's hours in one day are seen, where the operator hardly ever works then."""
USUALLY_ODD: Final = 5
"""An operator of whose looks more than one in so many fell outside the hours before is on such a duty."""

WEEK, MONTH = 7, 30
WITHOUT_CASE: Final = 3
"""So many questions in a week that named no open case of the own office."""
SAME_PERSON: Final = 5
"""So many looks at one person in thirty days."""
WAITING_DAYS: Final = 60
"""A case that was looked for and has not come to an end so long after the last look."""

KEPT_DAYS: Final = 90
"""So long an operator's looks are known to these rules."""

_REFUSED: Final = frozenset(NoAnswer)
NO_CASE: Final = frozenset(
    {NoAnswer.CASE_MISSING, NoAnswer.CASE_OF_OTHERS, NoAnswer.CASE_NOT_OPEN, NoAnswer.CASE_TOO_OLD}
)


def watched(
    facts: OperatorFacts,
    cases: Iterable[CaseEnd],
    *,
    day: date,
    official: bool,
    at: datetime,
    holidays: Holidays,
) -> list[Raised]:
    """What one operator's questions raise on a day. A machine has no hours; all else holds for it too."""
    return [
        *volume(facts, day),
        *(hours(facts, day, holidays) if official else ()),
        *own_document(facts, day),
        *no_case(facts, day),
        *same_person(facts, day),
        *no_decision(cases, at),
    ]


def volume(facts: OperatorFacts, day: date) -> Iterator[Raised]:
    """Many looks in a day, beside the operator's own usual day: the middle one of the days before on which they looked."""
    days: Counter[date] = Counter()
    for (on, _), looks in facts.hours.items():
        days[on] += looks
    before = sorted(looks for on, looks in days.items() if on < day)
    usual = before[len(before) // 2] if len(before) >= USUAL_DAYS else 0
    if days[day] > max(MANY_A_DAY, TIMES_USUAL * usual):
        yield Raised(WatchRule.VOLUME, day.isoformat(), {"looks": days[day], "usual": usual}, tuple(facts.today))


def hours(facts: OperatorFacts, day: date, holidays: Holidays) -> Iterator[Raised]:
    """Looks at hours at which this operator hardly ever works: at night, at weekends, on holidays."""
    earlier = odd_earlier = odd_today = 0
    for (on, hour), looks in facts.hours.items():
        odd = _odd(on, hour, holidays)
        earlier += looks if on < day else 0
        odd_earlier += looks if on < day and odd else 0
        odd_today += looks if on == day and odd else 0
    if odd_today >= ODD_HOURS and odd_earlier * USUALLY_ODD <= earlier:
        there = [(one, one.at.astimezone(SHANGHAI)) for one in facts.today]
        seen = tuple(one for one, local in there if _odd(local.date(), local.hour, holidays))
        yield Raised(WatchRule.HOURS, day.isoformat(), {"looks": odd_today, "before": odd_earlier, "of": earlier}, seen)


def own_document(facts: OperatorFacts, day: date) -> Iterator[Raised]:
    """The operator's own document was tried: once is enough."""
    today = [one for one in facts.stopped if shanghai_day(one.at) == day and one.outcome == NoAnswer.OWN_FILE]
    if today:
        yield Raised(WatchRule.OWN_DOCUMENT, day.isoformat(), {"tries": len(today)}, tuple(today))


def no_case(facts: OperatorFacts, day: date) -> Iterator[Raised]:
    """Questions without an open case of the own office, again and again within a week: who asks so is trying numbers."""
    since = day - timedelta(days=WEEK - 1)
    week = [one for one in facts.stopped if since <= shanghai_day(one.at) <= day and one.outcome in NO_CASE]
    if len(week) >= WITHOUT_CASE and shanghai_day(max(one.at for one in week)) == day:
        year, number, _ = day.isocalendar()
        yield Raised(WatchRule.NO_CASE, f"{year}-W{number:02}", {"tries": len(week), "days": WEEK}, tuple(week))


def same_person(facts: OperatorFacts, day: date) -> Iterator[Raised]:
    """The same person looked at again and again, and today once more."""
    since = day - timedelta(days=MONTH - 1)
    by_person: dict[UUID, list[OperatorLook]] = defaultdict(list)
    for one in facts.again:
        if one.person is not None and one.outcome not in _REFUSED and since <= shanghai_day(one.at) <= day:
            by_person[one.person].append(one)
    for seen in by_person.values():
        # the first look of those names the finding: the next day it is the same one
        first = min(seen, key=lambda one: one.at)
        if len(seen) >= SAME_PERSON and shanghai_day(max(one.at for one in seen)) == day:
            cases = len({one.case_ref for one in seen})
            figures: dict[str, int | str] = {"looks": len(seen), "days": MONTH, "cases": cases}
            yield Raised(WatchRule.SAME_PERSON, str(first.look), figures, tuple(seen))


def no_decision(cases: Iterable[CaseEnd], at: datetime) -> Iterator[Raised]:
    """A case that was looked for and never came to an end: what was the look for."""
    for case in cases:
        waited = (at - case.last_look_at).days
        if case.closed_at is None and waited >= WAITING_DAYS:
            yield Raised(WatchRule.NO_DECISION, case.ref, {"days": waited}, ())


def _odd(day: date, hour: int, holidays: Holidays) -> bool:
    return not DAY_BEGINS <= hour < DAY_ENDS or not holidays.is_working(day)
