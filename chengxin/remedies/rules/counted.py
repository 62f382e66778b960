"""By which law days were counted: a mark that is another as soon as any day could be."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import Clock

_LENGTH: Final = 16


def law_mark(law: Law) -> str:
    """Sixteen characters that stand for everything which days are counted by: terms, holidays, places, what was confirmed."""
    said = [
        *sorted(_of(clock) for clock in law.book.clocks.values()),
        *(
            repr((one.year, one.noticed, sorted(one.off), sorted(one.work), one.statutory))
            for _, one in sorted(law.holidays.years.items())
        ),
        repr(sorted(law.places)),
        repr(sorted(law.confirmed)),
    ]
    return sha256("\n".join(said).encode()).hexdigest()[:_LENGTH]


def _of(clock: Clock) -> str:
    """What of a clock decides on days; its words and its source's do not."""
    return repr(
        (
            clock.code, clock.matter, clock.length, clock.side, clock.reach, clock.taken, clock.source, clock.mark,
            clock.since, clock.until, clock.extension, clock.pause,
        )
    )  # fmt: skip
