"""Chance that repeats itself: the same seed and the same place give the same throws, whatever was thrown before."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")
_PLACES = 1 << 40


class Dice:
    """Throws of one place: `Dice(seed, "people", 17)`. Rests on `random()` alone, whose numbers no Python version changes."""

    __slots__ = ("_random",)

    def __init__(self, seed: int, place: str, number: int = 0) -> None:
        self._random = random.Random((seed * _PLACES + number) * _PLACES + zlib.crc32(place.encode())).random  # noqa: S311

    def below(self, n: int) -> int:
        """A whole number from 0 to n-1."""
        return int(self._random() * n)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + self.below(most - least + 1)

    def chance(self, share: float) -> bool:
        """True in `share` of all throws."""
        return self._random() < share

    def of(self, values: Sequence[T]) -> T:
        """One of these, each as likely."""
        return values[self.below(len(values))]

    def mostly(self, values: Sequence[T]) -> T:
        """One of these, the first ones more often than the last: names and streets are spread so."""
        return values[int(self._random() ** 2 * len(values))]

    def day(self, first: date, last: date) -> date:
        """A day, both ends included; `first` where they are the wrong way round."""
        return first + timedelta(days=self.below(max((last - first).days, 0) + 1))
