"""Later work of the door: what it need not remember any longer."""

from __future__ import annotations

from chengxin.doors.machine import replays, tokens
from chengxin.foundation import clock, jobs


@jobs.job("doors.forget_machines", every="*/10 * * * *")
def forget() -> int:
    """Take away marks of requests past their time and tokens that ran out; gives how many."""
    return replays.sweep(clock.now()) + tokens.forget()
