"""The book of clocks: read from its file, and whatever contradicts itself refused with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from chengxin.catalogue.terms import Mark
from chengxin.kernel.clocks import Unit
from chengxin.remedies.rules.clocks import WEAK
from chengxin.remedies.rules.tables import Faults, Row, known_tables, read, rows, sources_of
from chengxin.remedies.terms.clocks import (
    Brings,
    Clock,
    ClockBook,
    Confirmation,
    ExtensionRule,
    Matter,
    PausedBy,
    PauseRule,
    Source,
    Starts,
)
from chengxin.remedies.terms.words import OFFICIALS, Who

SAME_DAY: Final = "same day"


def parse_clocks(text: str) -> ClockBook:
    """The book in a text of the form of ``data/clocks.toml``. Raises LawDataBroken, which names every fault."""
    faults = Faults()
    tables = read(text, faults)
    known_tables(tables, frozenset({"source", "clock"}), faults)
    sources = sources_of(tables, faults)
    clocks = [_clock(row, sources, faults) for row in rows(tables, "clock", faults)]
    faults.stop("clocks.toml")
    return ClockBook({clock.code: clock for clock in clocks}, sources)


def corrected(book: ClockBook, text: str) -> ClockBook:
    """The book with an operator's corrections: clocks of places that it lacks, figures read in the law where it had none, and
    sources whose every figure somebody compared with the official text (``[[confirmed]]``).

    ``text`` in the form of ``data/clocks.toml``, with what differs alone. A clock whose text was read is not corrected but by a
    release, and what corrects another must itself have been read (mark A). Raises LawDataBroken, which names every fault.
    """
    faults = Faults()
    tables = read(text, faults)
    known_tables(tables, frozenset({"source", "clock", "confirmed"}), faults)
    sources = {**book.sources, **sources_of(tables, faults)}
    clocks = {}
    for row in rows(tables, "clock", faults):
        clock = _clock(row, sources, faults)
        before = book.clocks.get(clock.code)
        if before is not None and before.mark not in WEAK:
            faults.add(row.where, "read_in_the_law", mark=before.mark.value)
        elif before is not None and (clock.mark is not Mark.A or clock.matter is not before.matter):
            faults.add(row.where, "corrects_unread", mark=clock.mark.value)
        clocks[clock.code] = clock
    confirmed = {one.source: one for one in _confirmed(tables, sources, faults)}
    faults.stop("CHENGXIN_CLOCKS")
    return ClockBook({**book.clocks, **clocks}, sources, confirmed)


def _confirmed(tables: Mapping[str, Any], sources: Mapping[str, Source], faults: Faults) -> Iterator[Confirmation]:
    """The tables ``[[confirmed]]``: who read which source, on what day, and where."""
    for row in rows(tables, "confirmed", faults):
        code, by, read, on = row.text("code"), row.text("by"), row.text("read"), row.cell("on", date)
        row.finish()
        if code and code not in sources:
            faults.add(f"{row.where}, code", "unknown_value", value=code)
        elif code and sources[code].mark not in WEAK:
            faults.add(row.where, "nothing_to_confirm", mark=sources[code].mark.value)
        yield Confirmation(code, by, on or date.max, read)


@cache
def shipped_clocks() -> ClockBook:
    """The book that comes with this release."""
    return parse_clocks((files("chengxin.remedies") / "data" / "clocks.toml").read_text("utf-8"))


def _clock(row: Row, sources: dict[str, Source], faults: Faults) -> Clock:
    side = row.text("side")
    if side not in ("", "office", "person"):
        faults.add(f"{row.where}, side", "unknown_value", value=side)
    source, mark = row.claim(sources)
    since, until = row.term()
    clock = Clock(
        code=row.text("code"),
        matter=row.choice("matter", Matter, Matter.OBJECTION_ANSWER),
        words=row.words(),
        law=row.text("law"),
        article=row.cell("article", str) or "",
        length=row.length(SAME_DAY),
        side="person" if side == "person" else "office",
        starts=row.choice("starts", Starts, Starts.RECEIPT),
        brings=row.choice("brings", Brings, Brings.NOTHING),
        reach=row.text("reach"),
        taken=bool(row.cell("taken", bool, needed=False)),
        source=source,
        mark=mark,
        since=since,
        until=until,
        extension=_extension(row),
        pause=_pause(row),
    )
    row.finish()
    _refuse_nonsense(clock, row, faults)
    return clock


def _extension(row: Row) -> ExtensionRule | None:
    inner = row.row("extension")
    if inner is None:
        return None
    length, by, times = inner.length(None), inner.choice("by", Who, Who.CHIEF), inner.cell("times", int)
    told_before, used = bool(inner.cell("told_before", bool)), bool(inner.cell("used", bool))
    inner.finish()
    if by not in OFFICIALS:
        row.faults.add(f"{inner.where}, by", "not_an_official", value=by.value)
    if times is not None and times < 1:
        row.faults.add(f"{inner.where}, times", "out_of_bounds", n=times)
    if length is None or times is None:
        return None
    return ExtensionRule(length, by, times, told_before, used)


def _pause(row: Row) -> PauseRule | None:
    inner = row.row("pause")
    if inner is None:
        return None
    rule = PauseRule(inner.choice("by", PausedBy, PausedBy.TESTING), bool(inner.cell("used", bool)))
    inner.finish()
    return rule


def _refuse_nonsense(clock: Clock, row: Row, faults: Faults) -> None:
    """What no clock may be: F15 uses no pause of an office; a right ends by a clock of the person alone, and never sooner."""
    if clock.pause and clock.pause.used:
        if clock.side == "office":
            faults.add(f"{row.where}, pause", "office_pause_used")
        elif clock.length is None or clock.length.unit is Unit.WORKING_DAYS:
            faults.add(f"{row.where}, pause", "pause_of_working_days")
    if clock.length is None and clock.side == "person":
        faults.add(f"{row.where}, length", "person_without_time")
    if clock.brings is Brings.RIGHT_ENDS and clock.side != "person":
        faults.add(f"{row.where}, brings", "office_ends_a_right")
    if clock.side == "person" and clock.brings not in (Brings.RIGHT_ENDS, Brings.NOTHING):
        faults.add(f"{row.where}, brings", "silence_of_the_person")
