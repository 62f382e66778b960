"""Answers remembered by number: a rule about days is asked once for each different case, over all chunks of a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

REMEMBERED: Final = 100_000
"""Cases kept; beyond, a memory starts anew."""

Cases = NDArray[np.int64]
Answers = NDArray[np.int32]


class Memory:
    """Cases are numbers, answers rows of `width` numbers."""

    def __init__(self, width: int) -> None:
        self._width = width
        self.forget()

    def forget(self) -> None:
        """Start anew."""
        self._cases: Cases = np.empty(0, dtype=np.int64)
        self._answers: Answers = np.empty((0, self._width), dtype=np.int32)

    def tell(self, cases: Cases, ask: Callable[[int], tuple[int, ...]]) -> Answers:
        """The answers, a row a case. `ask` tells a case that was never met, given the place of its first row."""
        different, firsts, back = np.unique(cases, return_index=True, return_inverse=True)
        places = np.searchsorted(self._cases, different)
        met = np.zeros(different.size, dtype=np.bool_)
        inside = places < self._cases.size
        met[inside] = self._cases[places[inside]] == different[inside]
        if not met.all():
            if self._cases.size > REMEMBERED:
                self.forget()
                met[:] = False
            self._learn(different[~met], [ask(first) for first in firsts[~met].tolist()])
            places = np.searchsorted(self._cases, different)
        told: Answers = self._answers[places][back]
        return told

    def _learn(self, cases: Cases, answers: list[tuple[int, ...]]) -> None:
        joined = np.concatenate([self._cases, cases])
        order = np.argsort(joined, kind="stable")
        told = np.array(answers, dtype=np.int32).reshape(-1, self._width)
        self._cases, self._answers = joined[order], np.concatenate([self._answers, told])[order]
