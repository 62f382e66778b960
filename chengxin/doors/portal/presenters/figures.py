"""Figures for everybody: small ones are not told, because a few rows in one city can be somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chengxin.collection.facade import PromiseFigures
from chengxin.doors.wording import Language, span_in_words, text
from chengxin.remedies.terms.desks import Waiting

LEAST = 5
"""Below it a figure is only said to be small."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure and what it counts."""

    what: str
    said: str


def figure_said(count: int, language: Language) -> str:
    """``1,234``, ``0``, or that it is fewer than five."""
    return f"{count:,}" if count == 0 or count >= LEAST else text("promises.figures.few", language, least=LEAST)


def share_said(part: int, whole: int, language: Language) -> str:
    """A figure and its share; the share is left out where either is too small to be told, or what is left of the whole is: whole
    and rest are computed back from a figure and its share."""
    if part < LEAST or 0 < whole - part < LEAST:
        return figure_said(part, language)
    return text("promises.figures.share", language, count=f"{part:,}", percent=f"{part * 100 / whole:.1f}")


def promise_lines(figures: PromiseFigures, objections: Waiting, at: datetime, language: Language) -> list[FigureLine]:
    """The figures of the page of promises, in its order."""
    rows = [
        ("batches", figure_said(figures.batches, language)),
        ("rows", figure_said(figures.rows, language)),
        ("refused", share_said(figures.refused, figures.rows, language)),
        ("late", share_said(figures.late, figures.rows, language)),
        ("reports_late", share_said(figures.reports_late, figures.reports, language)),
        ("held", share_said(figures.held, figures.rows, language)),
        ("held_waiting", _since(figures.held_waiting, figures.held_since, at, language)),
        ("ended", figure_said(figures.ended, language)),
        ("recalls", figure_said(figures.recalls, language)),
        ("objections", _since(objections.cases, objections.since, at, language)),
    ]
    return [FigureLine(text(f"promises.figures.{name}", language), said) for name, said in rows]


def _since(count: int, oldest: datetime | None, at: datetime, language: Language) -> str:
    said = figure_said(count, language)
    if oldest is None or count < LEAST:
        return said
    return text("promises.figures.oldest", language, count=said, span=span_in_words(at - oldest, language))
