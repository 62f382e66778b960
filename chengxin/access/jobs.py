"""Later: the rules over operators' own looks, each night, and the end of what they read."""

from __future__ import annotations

from chengxin.access.actions.watching import sweep_operator_looks, watch_operators, yesterday
from chengxin.foundation import actors, clock, jobs

WATCH_OPERATORS = "access.watch_operators"
SWEEP_OPERATOR_LOOKS = "access.sweep_operator_looks"


@jobs.job(WATCH_OPERATORS, retry=3, every="10 2 * * *")
def watch_operators_of_yesterday() -> int:
    """Run the rules over the day that is over."""
    at = clock.now()
    return watch_operators(actor=actors.system(WATCH_OPERATORS), day=yesterday(at), at=at, reason="nightly")


@jobs.job(SWEEP_OPERATOR_LOOKS, retry=3, every="40 2 * * *")
def sweep_old_operator_looks() -> int:
    """Forget what operators asked ninety days ago."""
    at = clock.now()
    return sweep_operator_looks(actor=actors.system(SWEEP_OPERATOR_LOOKS), at=at, reason="ninety_days_over")
