"""Opening what a question may be told: the permitted fields of the permitted entries, and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from chengxin.access.actions.keeping import FAILED, Asking
from chengxin.access.terms.asking import AnsweredEntry, Permitted
from chengxin.catalogue.terms import Operation
from chengxin.foundation import keystore
from chengxin.foundation.ciphers import SealBroken
from chengxin.records import facade as records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from chengxin.records.terms import SealedStatement, ShownEntry

log = structlog.get_logger("chengxin.access")


def open_permitted(decided: Sequence[Asking], shown: Mapping[UUID, Sequence[ShownEntry]], *, at: datetime) -> None:
    """Open the permitted fields, and what the person says beside the entry. A person whose key does not open what they have is
    refused, not shown in part."""
    looked_up = [one.person_id for one in decided if isinstance(one.outcome, Permitted) and one.outcome.entries]
    wanted = [person_id for person_id in dict.fromkeys(looked_up) if person_id is not None]
    if decided[0].question.operation is not Operation.LOOK_UP or not wanted:
        return
    stated = {entry.entry_id for person_id in wanted for entry in shown[person_id] if entry.stated}
    said = records.statements_beside(stated, wanted, known_at=at)
    keys = keystore.person_keys(wanted, alias=keystore.WEB)
    for one in decided:
        _open_one(one, shown, said, keys)


def _open_one(
    one: Asking,
    shown: Mapping[UUID, Sequence[ShownEntry]],
    said: Mapping[UUID, SealedStatement],
    keys: dict[UUID, bytes],
) -> None:
    outcome, person_id = one.outcome, one.person_id
    if not isinstance(outcome, Permitted) or person_id is None:
        return
    sealed = {(entry.uid, entry.version): entry for entry in shown[person_id]}
    try:
        one.entries = tuple(
            _only(sealed[permitted.uid, permitted.version], permitted.fields, said, keys[person_id])
            for permitted in outcome.entries
        )
    except (KeyError, SealBroken):
        log.exception("answer_not_opened")
        one.outcome = FAILED


def _only(entry: ShownEntry, fields: frozenset[str], said: Mapping[UUID, SealedStatement], key: bytes) -> AnsweredEntry:
    content = records.opened_content(entry, key)
    permitted = {code: content[code] for code in sorted(fields) if code in content}
    beside = said.get(entry.entry_id)
    statement = None if beside is None else records.opened_statement(beside, key)
    return AnsweredEntry(entry.uid, entry.version, entry.item, entry.supplier, permitted, statement)
