"""Days, spans and sizes as people read them; amounts and moments come from the kernel."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chengxin.doors.wording.sentences import Language
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.moments import day_in_words, moment_in_words


def date_in_words(day: date | datetime, language: Language) -> str:
    """``2026年3月2日`` / ``2 March 2026``; of a moment, the city's day."""
    return day_in_words(shanghai_day(day) if isinstance(day, datetime) else day, language)


def time_in_words(moment: datetime, language: Language) -> str:
    """``2026年3月2日 14:05`` / ``2 March 2026, 14:05`` on the city's clock."""
    return moment_in_words(moment, language)


def days_between(today: date, day: date, language: Language) -> str:
    """How far a day is: ``今天`` / ``还有 3 天`` / ``3 天前``; ``today`` / ``in 3 days`` / ``3 days ago``."""
    days = (day - today).days
    if days == 0:
        return "今天" if language == "zh" else "today"
    n = abs(days)
    if language == "zh":
        return f"还有 {n} 天" if days > 0 else f"{n} 天前"
    unit = "day" if n == 1 else "days"
    return f"in {n} {unit}" if days > 0 else f"{n} {unit} ago"


def size_in_words(size: int) -> str:
    """Bytes as ``812 B``, ``3.4 KB``, ``120 MB``, ``1.2 GB`` (thousands, the same in both languages)."""
    figure, unit = float(size), "B"
    for bigger in ("KB", "MB", "GB", "TB"):
        if figure < 1000:
            break
        figure, unit = figure / 1000, bigger
    return f"{figure:.0f} {unit}" if unit == "B" or figure >= 100 else f"{figure:.1f} {unit}"


def span_in_words(span: timedelta, language: Language) -> str:
    """A length of time in its two largest units: ``2 天 3 小时`` / ``2 days 3 hours``; under a second: ``0 秒``."""
    seconds = int(span.total_seconds())
    units = ((86_400, "天", "day"), (3_600, "小时", "hour"), (60, "分钟", "minute"), (1, "秒", "second"))
    parts: list[str] = []
    for size, zh, en in units:
        n, seconds = divmod(seconds, size)
        if n and len(parts) < 2:
            parts.append(f"{n} {zh}" if language == "zh" else f"{n} {en}{'' if n == 1 else 's'}")
    return " ".join(parts) or ("0 秒" if language == "zh" else "0 seconds")
