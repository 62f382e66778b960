"""Many questions at once, where the purpose allows it: each line with its own ground, its own answer and its own look."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from chengxin.access import facade as access
from chengxin.access.terms.asking import Question
from chengxin.catalogue.terms import Operation
from chengxin.doors.entrance import Who
from chengxin.doors.machine import problems, shapes
from chengxin.doors.machine.api import operation
from chengxin.doors.machine.entering import MOST_BATCH_BYTES, caller_of
from chengxin.doors.machine.operations.asking import JSON, as_json, key_mark, scope_of
from chengxin.doors.machine.request import moment_of
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal

ALL_ALIKE = frozenset({"batch_too_large", "purpose_not_in_force", "operation_not_allowed", "not_for_this_organisation"})
"""Refusals of the whole batch: no line of it can have been answered."""


@operation(
    "POST", "/look-ups/batch", who=Who.CLIENT_ASKING, keyed=True, apart=True, most_bytes=MOST_BATCH_BYTES,
    answer=shapes.LookUpBatchAnswer,
)  # fmt: skip
def look_up_many(request: HttpRequest, asked: shapes.LookUpBatch) -> HttpResponse:
    """Look-ups of up to 10,000 persons for one purpose."""
    mark = key_mark(request)
    return _answered(
        request,
        [
            Question(asked.purpose, Operation.LOOK_UP, line.kind, line.number, items=scope_of(line.items),
                     case_ref=line.case_ref, request_key=_of_line(mark, n))
            for n, line in enumerate(asked.lines)
        ],
    )  # fmt: skip


@operation(
    "POST", "/checks/batch", who=Who.CLIENT_ASKING, keyed=True, apart=True, most_bytes=MOST_BATCH_BYTES,
    answer=shapes.CheckBatchAnswer,
)  # fmt: skip
def check_many(request: HttpRequest, asked: shapes.CheckBatch) -> HttpResponse:
    """Checks of up to 10,000 persons for one purpose."""
    mark = key_mark(request)
    return _answered(
        request,
        [
            Question(asked.purpose, Operation.CHECK, line.kind, line.number,
                     case_ref=line.case_ref, request_key=_of_line(mark, n))
            for n, line in enumerate(asked.lines)
        ],
    )  # fmt: skip


def _of_line(mark: bytes, n: int) -> bytes:
    """A key for each line, so that a batch sent again counts none of its lines twice."""
    return hashlib.blake2b(mark + n.to_bytes(4, "big"), digest_size=len(mark)).digest()


def _answered(request: HttpRequest, questions: Sequence[Question]) -> HttpResponse:
    answers = access.ask_many(actor=caller_of(request).actor, questions=questions, at=moment_of(request))
    first = answers[0]
    if isinstance(first, Refused) and first.reason in ALL_ALIKE:
        return problems.answer(request, Refusal(first))
    lines = [
        {"line": n, "refused": {"code": _published(one)}}
        if isinstance(one, Refused)
        else {"line": n, "answered": as_json(one)}
        for n, one in enumerate(answers)
    ]
    return HttpResponse(json.dumps({"lines": lines}, ensure_ascii=False, separators=(",", ":")), content_type=JSON)


def _published(refused: Refused) -> str:
    return problems.code_of(Refusal(refused))
