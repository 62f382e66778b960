"""Facts and events of invented cases."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import day_starts_at, shipped_holidays
from chengxin.kernel.decisions import ALLOWED
from chengxin.remedies.rules.clock_book import shipped_clocks
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, ActFacts, Asked, CaseEvent

RECORDER, FIRST, OTHER = (UUID(int=n) for n in (1, 2, 3))
LAW = Law(shipped_clocks(), shipped_holidays())


def all_shown(who: Who) -> ActFacts:
    """Facts that pass every guard."""
    return ActFacts(
        who=who,
        actor=OTHER,
        mandated=True,
        took_part=frozenset({RECORDER}),
        proposed_by=FIRST,
        reason="the receipt shows another amount",
        papers=2,
        papers_opened=2,
        lacking=(),
        nobody_to_ask=True,
        to_find=True,
        may_extend=ALLOWED,
        certified=True,
        open_recipients=0,
        may_repair=ALLOWED,
        asked=frozenset({Asked.PERFORMANCE}),
        rights_told=True,
        minutes=True,
        minutes_read=True,
        both_signed=True,
        ruling=True,
        may_cover=ALLOWED,
        filing="云行复〔2026〕7号",
        may_count=ALLOWED,
        over=True,
    )


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=4)


def last_second(day: str) -> datetime:
    """23:59:59 in Shanghai."""
    return noon(day).replace(hour=15, minute=59, second=59)


def midnight_after(day: str) -> datetime:
    """The first moment of the next Shanghai day."""
    return day_starts_at(date.fromisoformat(day) + timedelta(days=1))


def event(
    act: Act, day: str, who: Who, told: dict[Matter, Deadline] | None = None, *, on: str | None = None
) -> CaseEvent:
    return CaseEvent(act, noon(day), who, told or {}, on=date.fromisoformat(on) if on else None)


def toml_says(text: str) -> str:
    """What the reader of TOML says of a text; empty where it reads it."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return str(error)
    return ""
