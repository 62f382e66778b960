"""Identifiers made in the application, so that nothing depends on the database's version.

Internal ids are UUID version 7 (RFC 9562): they sort by the time they were made and tell it, so they never leave the
house. Public ids are random UUID version 4.
"""

import os
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain, repeat
from struct import pack, unpack

from chengxin.kernel.moments import as_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_TAIL_BITS = 74  # rand_a (12) and rand_b (62) of RFC 9562, read as one number
_LOW_62 = (1 << 62) - 1
_LOW_12 = (1 << 12) - 1


class _Sequence:
    """The order of one process: each value is above the one before it (RFC 9562, 6.2, method 2)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def take(self, n: int, millisecond: int, *, follow_clock: bool) -> list[int]:
        """`n` rising numbers of 122 bits. `follow_clock`: a clock set back must not break the order."""
        noise = os.urandom(10 + 4 * n)
        steps = [step + 1 for step in unpack(f">{n}I", noise[10:])]
        with self._lock:
            first = self._start(millisecond, noise[:10], follow_clock=follow_clock)
            taken = list(accumulate(steps, initial=first))[1:]
            self._last = taken[-1]
        return taken

    def block(self, n: int, millisecond: int, *, follow_clock: bool) -> int:
        """The first of `n` numbers of 122 bits that follow each other by one."""
        noise = os.urandom(14)
        with self._lock:
            start = self._start(millisecond, noise[:10], follow_clock=follow_clock)
            first = start + 1 + int.from_bytes(noise[10:], "big")
            self._last = first + n - 1
        return first

    def _start(self, millisecond: int, noise: bytes, *, follow_clock: bool) -> int:
        behind = self._last >> _TAIL_BITS
        if behind == millisecond or (follow_clock and behind > millisecond):
            return self._last
        # The top bit of the tail stays free, so that a burst counts up within its own millisecond.
        return millisecond << _TAIL_BITS | int.from_bytes(noise, "big") >> (80 - _TAIL_BITS + 1)

    def forget(self) -> None:
        """A forked child starts afresh: it must not repeat its parent's numbers, nor wait for its lock."""
        self.__init__()  # type: ignore[misc]


_by_clock = _Sequence()
_by_moment = _Sequence()
os.register_at_fork(after_in_child=_by_clock.forget)
os.register_at_fork(after_in_child=_by_moment.forget)


def _take(n: int, moment: datetime | None) -> list[int]:
    if n < 1:
        return []
    if moment is None:
        return _by_clock.take(n, time.time_ns() // 1_000_000, follow_clock=True)
    return _by_moment.take(n, (as_utc(moment) - _EPOCH) // _MILLISECOND, follow_clock=False)


def _bits(value: int) -> int:
    """The 128 bits of RFC 9562: 48 of time, version 7, rand_a, variant 2, rand_b."""
    return value >> 74 << 80 | 7 << 76 | (value >> 62 & _LOW_12) << 64 | 2 << 62 | value & _LOW_62


def _value(bits: int) -> int:
    """The number of 122 bits that ``_bits`` was made of."""
    return bits >> 80 << 74 | (bits >> 64 & _LOW_12) << 62 | bits & _LOW_62


def new_id(moment: datetime | None = None) -> uuid.UUID:
    """One UUIDv7. Without a moment, each is above all earlier ones of this process, whatever the clock does.

    With an (aware) moment the id tells that millisecond; those made one after the other for one moment rise.
    """
    return uuid.UUID(int=_bits(_take(1, moment)[0]))


def new_id_after(moment: datetime, last: uuid.UUID | None) -> uuid.UUID:
    """One UUIDv7 of a moment that is above ``last``, even where that one was made elsewhere, or tells a later moment."""
    found = new_id(moment)
    return found if last is None or found > last else uuid.UUID(int=_bits(_value(last.int) + 1))


def new_ids(n: int, moment: datetime | None = None) -> list[uuid.UUID]:
    """`n` rising UUIDv7 at once, under one lock and one reading of the clock; an empty list for n < 1."""
    return [uuid.UUID(int=_bits(value)) for value in _take(n, moment)]


def new_ids_packed(n: int, moment: datetime | None = None) -> bytes:
    """`n` rising UUIDv7 as one string of 16 n bytes, for binary COPY. They follow each other by one: eight times as fast."""
    if n < 1:
        return b""
    if moment is None:
        first = _by_clock.block(n, time.time_ns() // 1_000_000, follow_clock=True)
    else:
        first = _by_moment.block(n, (as_utc(moment) - _EPOCH) // _MILLISECOND, follow_clock=False)
    if (first & _LOW_62) + n > _LOW_62:  # they run over into the upper half
        return b"".join([_bits(value).to_bytes(16, "big") for value in range(first, first + n)])
    upper, lower = divmod(_bits(first), 1 << 64)
    return pack(f">{2 * n}Q", *chain.from_iterable(zip(repeat(upper), range(lower, lower + n), strict=False)))


def new_uid() -> uuid.UUID:
    """A random UUIDv4, for every identifier that people or other systems see."""
    return uuid.uuid4()


def moment_of(identifier: uuid.UUID) -> datetime:
    """The moment (UTC, to the millisecond) that a UUIDv7 tells; raises ValueError for another version."""
    if identifier.version != 7:
        raise ValueError("only a UUID of version 7 tells its time")
    return _EPOCH + (identifier.int >> 80) * _MILLISECOND
