"""A batch of questions: of one purpose and operation, a chunk to a transaction, each person with a ground of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from django.db import connections

from chengxin.access.actions.asking import answered_or_not, check_asked
from chengxin.foundation.database import WEB

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from chengxin.access.terms.asking import Answered, Question
    from chengxin.foundation.actors import Actor
    from chengxin.kernel.decisions import Refused

CHUNK: Final = 500
"""Persons that one transaction answers for; a batch is many of them."""

AT_ONCE: Final = 3
"""Transactions of a batch at a time, each on a connection of its own: while the database works for two, the third is decided."""


def ask_many(*, actor: Actor, questions: Sequence[Question], at: datetime) -> list[Answered | Refused]:
    """Answer a batch, each person with a ground and a look of their own, in the order of the questions.

    All of one purpose and operation: ValueError otherwise. What fails is refused, a chunk at a time; the others stand.
    """
    if any((one.purpose, one.operation) != (questions[0].purpose, questions[0].operation) for one in questions):
        raise ValueError("a batch asks one thing for one purpose")
    check_asked(actor, questions)
    chunks = [questions[first : first + CHUNK] for first in range(0, len(questions), CHUNK)]
    if not chunks[1:] or connections[WEB].in_atomic_block:
        return [answer for chunk in chunks for answer in answered_or_not(actor, chunk, at, persons=len(questions))]

    def in_turn(nth: int) -> list[list[Answered | Refused]]:
        try:
            return [answered_or_not(actor, one, at, persons=len(questions)) for one in chunks[nth::AT_ONCE]]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        turns = list(pool.map(in_turn, range(AT_ONCE)))
    return [answer for n in range(len(chunks)) for answer in turns[n % AT_ONCE][n // AT_ONCE]]
