"""The one reader of the time. A door reads it once per transaction and passes it on as `at` (F1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings

_fixed: datetime | None = None


def now() -> datetime:
    """This moment, in UTC. Practice instances may shift it by CHENGXIN_CLOCK_OFFSET_SECONDS."""
    if _fixed is not None:
        return _fixed
    offset = getattr(settings, "CHENGXIN_CLOCK_OFFSET_SECONDS", 0)
    return datetime.now(UTC) + timedelta(seconds=offset)


@contextmanager
def set_for_tests(moment: datetime) -> Iterator[None]:
    """Stand the clock still at a moment, for every thread. Refused where settings do not allow a shifted clock."""
    # not a context variable: the server thread of a test must see the same clock
    global _fixed
    if not hasattr(settings, "CHENGXIN_CLOCK_OFFSET_SECONDS"):
        raise RuntimeError("this instance's clock cannot be set")
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone is no moment")
    before, _fixed = _fixed, moment.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
