"""Legal clocks that run: which holds (F15), when it ends, what is left. Functions of events and holidays; no job is needed.

Arithmetic: 民法典 200 to 204, in ``kernel.clocks``. Of several that hold for an office the earliest end counts, of several for
the person the latest; which that is depends on the calendar, so ends are compared and not lengths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from chengxin.catalogue.terms import Mark
from chengxin.kernel.clocks import Deadline, Length, Unit, ends_on, kept, period_end
from chengxin.kernel.days import ONE_DAY, Holidays
from chengxin.kernel.decisions import ALLOWED, Decision, Refused, is_allowed
from chengxin.remedies.terms.clocks import (
    Brings,
    Clock,
    ClockBook,
    Extension,
    Left,
    LeftWord,
    Matter,
    NoClockHolds,
    Pause,
    RunningClock,
    Source,
)

WEAK: Final = frozenset({Mark.B, Mark.C, Mark.M})
NOWHERE: Final[frozenset[str]] = frozenset()


def clocks_holding(
    book: ClockBook,
    matter: Matter,
    day: date,
    places: frozenset[str] = NOWHERE,
    confirmed: frozenset[str] = NOWHERE,
) -> tuple[Clock, ...]:
    """Every clock of a matter that holds on a day, in the order of the book.

    A person's term counts where its text was read, or the operator confirmed its source: one told longer than the law
    gives it would cost the right.
    """
    return tuple(
        clock
        for clock in book.clocks.values()
        if clock.matter is matter
        and clock.holds(day, places)
        and (clock.side == "office" or clock.mark not in WEAK or clock.source in confirmed)
    )


def sources_to_confirm(book: ClockBook) -> tuple[Source, ...]:
    """The sources of clocks marked B, C or M that the operator has not confirmed yet, against the official text."""
    weak = {clock.source for clock in book.clocks.values() if clock.mark in WEAK} - set(book.confirmations)
    return tuple(source for code, source in book.sources.items() if code in weak)


def start_clock(
    book: ClockBook,
    matter: Matter,
    started_on: date,
    holidays: Holidays,
    *,
    on: date,
    places: frozenset[str] = NOWHERE,
    confirmed: frozenset[str] = NOWHERE,
    extensions: Sequence[Extension] = (),
    pauses: Sequence[Pause] = (),
    told: Deadline | None = None,
) -> RunningClock:
    """The clock of a matter that something on ``started_on`` set going, as it runs on the day ``on``, by F15.

    ``told``: the end that people were told; the office keeps the earlier of it and the one counted now, the person the
    later. A recorded extension that the law does not allow lengthens nothing. Raises NoClockHolds.
    """
    holding = clocks_holding(book, matter, started_on, places, confirmed)
    if not holding:
        raise NoClockHolds(matter=matter.value, day=started_on.isoformat())
    ran = [run_clock(clock, started_on, holidays, on=on, extensions=extensions, pauses=pauses) for clock in holding]
    # sorted is stable: of two that end on one day the first of the book counts
    first, *others = sorted(ran, key=lambda one: one.due.day, reverse=holding[0].side == "person")
    due = first.due if told is None else _kept(first, told)
    return RunningClock(
        first.clock,
        first.started_on,
        due,
        first.extended,
        first.paused_days,
        tuple(other.clock.code for other in others),
        _safe(first, holidays, on, extensions, pauses),
    )


def _safe(
    running: RunningClock, holidays: Holidays, on: date, extensions: Sequence[Extension], pauses: Sequence[Pause]
) -> Deadline | None:
    """Of a right before another organ or a court the earliest day that a notice yet to come can lead to.

    F15 holds us to the latest, for what we close ourselves; who counts this term is not bound by what we told, and a day
    too many costs the right (行政复议法 20, 行政诉讼法 45, 46, 85).
    """
    if running.clock.brings is not Brings.RIGHT_ENDS:
        return None
    counted = replace(running.clock, side="office")
    return run_clock(counted, running.started_on, holidays, on=on, extensions=extensions, pauses=pauses).due


def _kept(running: RunningClock, told: Deadline) -> Deadline:
    """What was told stands against the office, unless it was extended as the law allows."""
    if running.extended and running.clock.side == "office":
        return running.due
    return kept(told, running.due, running.clock.side)


def run_clock(
    clock: Clock,
    started_on: date,
    holidays: Holidays,
    *,
    on: date,
    extensions: Sequence[Extension] = (),
    pauses: Sequence[Pause] = (),
) -> RunningClock:
    """One clock from the day that set it going, with what extended and paused it up to the day ``on``."""
    if clock.length is None:
        return RunningClock(clock, started_on, Deadline(started_on, provisional=False))
    paused = 0
    if clock.pause is not None and clock.pause.used and clock.length.unit is not Unit.WORKING_DAYS:
        due, paused = _with_pauses(clock, clock.length, started_on, holidays, pauses, on)
    else:
        due = ends_on(started_on, clock.length, holidays, clock.side)
    granted = 0
    for extension in sorted(extensions, key=lambda one: one.granted_on):
        if extension.granted_on <= on and is_allowed(may_extend(clock, extension, due, granted)):
            assert clock.extension is not None
            further = ends_on(due.day, clock.extension.length, holidays, clock.side)
            due = Deadline(further.day, due.provisional or further.provisional)
            granted += 1
    return RunningClock(clock, started_on, due, granted, paused)


def _with_pauses(
    clock: Clock, length: Length, started_on: date, holidays: Holidays, pauses: Iterable[Pause], on: date
) -> tuple[Deadline, int]:
    """The end with the days in the way not counted (行政诉讼法 48, 行政复议法 20), and how many they are."""
    assert clock.pause is not None
    stood = {
        day
        for pause in pauses
        if pause.by is clock.pause.by
        for day in _days(max(pause.first, started_on + ONE_DAY), on if pause.last is None else pause.last)
    }
    bare = period_end(started_on, length)
    paused = 0
    while (found := sum(day <= bare + ONE_DAY * paused for day in stood)) > paused:
        paused = found
    counted = Length((bare - started_on).days + paused, Unit.DAYS)
    return ends_on(started_on, counted, holidays, clock.side), paused


def _days(first: date, last: date) -> Iterable[date]:
    return (first + ONE_DAY * n for n in range((last - first).days + 1))


def may_extend(clock: Clock, extension: Extension, due: Deadline, granted: int) -> Decision:
    """Whether a clock may be extended so: by whom the law names, in time, not oftener than it says, its person told."""
    basis = f"{clock.law} {clock.article}".strip()
    rule = clock.extension
    if rule is None or not rule.used:
        return Refused("extension_unknown", basis)
    if extension.by is not rule.by:
        return Refused("extension_not_by_chief", basis)
    if granted >= rule.times:
        return Refused("extended_before", basis, {"times": rule.times})
    if extension.granted_on > due.day:
        return Refused("extension_too_late", basis, {"due": due.day.isoformat()})
    if rule.told_before and not extension.told:
        return Refused("extension_untold", basis)
    return ALLOWED


def time_left(running: RunningClock, today: date, holidays: Holidays) -> Left:
    """What is left on a day, for people: working days where the clock counts them, else days; today is not counted."""
    due = running.said
    if today > due.day:
        return Left(LeftWord.OVERDUE, (today - due.day).days, due.provisional)
    if today == due.day:
        return Left(LeftWord.TODAY, 0, due.provisional)
    length = running.clock.length
    if length is not None and length.unit is Unit.WORKING_DAYS:
        worked = sum(holidays.is_working(day) for day in _days(today + ONE_DAY, due.day))
        if worked:
            return Left(LeftWord.WORKING_DAYS, worked, due.provisional)
    return Left(LeftWord.DAYS, (due.day - today).days, due.provisional)
