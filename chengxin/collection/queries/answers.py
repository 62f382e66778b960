"""The answer of a batch: the supplier's own file back, row by row, with a reason code and what to do in two columns more.

It is made while it is fetched, chunk by chunk from the sealed file, and lies nowhere: memory stays flat, and no clear copy
is ever on a disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final
from uuid import UUID

import polars as pl

from chengxin.collection import reading
from chengxin.collection.models import Batch
from chengxin.collection.queries.answer_files import WRITERS
from chengxin.collection.queries.batches import outcomes_of, reasons_between
from chengxin.collection.rules.answering import ACCEPTED_CODES, Say
from chengxin.collection.terms.batches import ACCEPTED, BatchState, Outcome
from chengxin.collection.terms.views import BatchUnknown, FileDestroyed, NotAnswered, RefusedRow
from chengxin.foundation import files, keystore
from chengxin.foundation.actors import Actor
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

CODE_HEADING: Final = "结果代码 result"
DO_HEADING: Final = "如何处理 what to do"
ADDED: Final = (CODE_HEADING, DO_HEADING)
"""The two columns of ours. A file that comes back with them is read as if they were not there."""

_EXTENSIONS: Final = {"csv": ".csv", "jsonl": ".jsonl", "xlsx": ".xlsx"}


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """What a clerk fetches: a name, a content type, and the bytes as they are made."""

    name: str
    content_type: str
    parts: Iterator[bytes]


def answer_for(actor: Actor, uid: UUID, say: Say, at: datetime, *, failed_only: bool = False) -> AnswerFile:
    """The answer of a batch in the format and encoding of its file. ``failed_only``: the rows to mend and send again.

    Needs READ_FILES in its office. Raises ``BatchUnknown``, ``NotAnswered``, ``FileDestroyed``.
    """
    batch = Batch.objects.filter(uid=uid).first()
    if batch is None:
        raise BatchUnknown()
    offices.require_permission(actor, Permission.READ_FILES, at, organisation_id=batch.organisation_id)
    if batch.file_destroy_at <= at:
        # its day has come, even where the job that destroys it failed to run
        raise FileDestroyed()
    return answer_of(batch, say, failed_only=failed_only)


def answer_of(batch: Batch, say: Say, *, failed_only: bool = False) -> AnswerFile:
    """The same for a batch the caller answers for."""
    if batch.state != BatchState.ANSWERED:
        raise NotAnswered(state=batch.state)
    key = keystore.load_many("file", [batch.id], alias=keystore.WEB).get(batch.id)
    if key is None or batch.file_uid is None:
        raise FileDestroyed()
    facts = reading.FileFacts.from_dict(batch.file_facts)
    writer = WRITERS[facts.format](facts, (*facts.headings, *ADDED))
    opener = partial(files.open_file, batch.file_uid, key)
    stem = batch.file_name.rsplit(".", 1)[0] if "." in batch.file_name else batch.file_name
    name = f"{stem or 'batch'}-{'failed' if failed_only else 'answer'}{_EXTENSIONS[facts.format]}"
    return AnswerFile(name, writer.content_type, writer.write(_rows(batch.id, opener, facts, say, failed_only)))


def _rows(
    batch_id: UUID, opener: partial[BinaryIO], facts: reading.FileFacts, say: Say, failed_only: bool
) -> Iterator[list[tuple[str | None, ...]]]:
    """The rows of each finished chunk with their two cells more."""
    stretches = _Stretches(opener, facts)
    told: dict[tuple[tuple[str, str, str], ...], str] = {}
    for first_row, outcomes in outcomes_of(batch_id):
        frame = stretches.take(len(outcomes))
        reasons = reasons_between(batch_id, first_row, len(outcomes))
        rows: list[tuple[str | None, ...]] = []
        columns = [f"c{n}" for n in range(len(facts.headings))]
        for place, cells in enumerate(frame.select(columns).iter_rows()):
            outcome = Outcome(outcomes[place])
            if failed_only and outcome in ACCEPTED:
                continue
            code, faults = _told(outcome, reasons.get(first_row + place))
            if faults not in told:
                told[faults] = _sentences(faults, say)
            rows.append((*cells, code, told[faults]))
        yield rows


def _told(outcome: Outcome, why: RefusedRow | None) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    if why is not None:
        return why.reason, why.faults or ((why.reason, why.field, ""),)
    code = ACCEPTED_CODES[outcome]
    return code, ((code, "", ""),)


def _sentences(faults: tuple[tuple[str, str, str], ...], say: Say) -> str:
    """Every fault's advice in both languages, each said once."""
    said = [" / ".join(say(code, field, detail)) for code, field, detail in faults]
    return " | ".join(dict.fromkeys(said))


class _Stretches:
    """Rows as sent, handed out by the stretches in which they were screened."""

    def __init__(self, opener: partial[BinaryIO], facts: reading.FileFacts) -> None:
        self._chunks = reading.rows_as_sent(opener, facts)
        self._waiting = pl.DataFrame()

    def take(self, rows: int) -> pl.DataFrame:
        """The next rows of the file."""
        while self._waiting.height < rows:
            self._waiting = pl.concat([self._waiting, next(self._chunks).frame], how="diagonal")
        frame, self._waiting = self._waiting.slice(0, rows), self._waiting.slice(rows)
        return frame
