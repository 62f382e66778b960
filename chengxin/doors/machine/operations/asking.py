"""Questions about one person: look-ups, checks, verifications; and asking the person for consent."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Status

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered, Question
from chengxin.catalogue.terms import Operation
from chengxin.doors.entrance import Who
from chengxin.doors.machine import problems, shapes
from chengxin.doors.machine.api import operation
from chengxin.doors.machine.entering import Caller, caller_of
from chengxin.doors.machine.request import moment_of
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.records.terms import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

JSON: Final = "application/json"


@operation("POST", "/look-ups", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.LookUpAnswer, straight=shapes.LookUp)
def look_up(request: HttpRequest, asked: shapes.LookUp) -> HttpResponse:
    """The fields of one person's entries that the purpose allows, on a law or the person's consent."""
    question = Question(
        purpose=asked.purpose,
        operation=Operation.LOOK_UP,
        kind=asked.kind,
        number=asked.number,
        items=scope_of(asked.items),
        case_ref=asked.case_ref,
        request_key=key_mark(request),
    )
    return _answer(request, question)


@operation("POST", "/checks", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.CheckAnswer, straight=shapes.Check)
def check(request: HttpRequest, asked: shapes.Check) -> HttpResponse:
    """Yes or no to the purpose's one question about one person."""
    question = Question(
        purpose=asked.purpose,
        operation=Operation.CHECK,
        kind=asked.kind,
        number=asked.number,
        case_ref=asked.case_ref,
        request_key=key_mark(request),
    )
    return _answer(request, question)


@operation("POST", "/verifications", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.CheckAnswer)
def verify(request: HttpRequest, asked: shapes.Verification) -> HttpResponse:
    """Whether number and name belong together. A no does not say whether anybody of that number is held."""
    question = Question(
        purpose=asked.purpose,
        operation=Operation.VERIFY,
        kind=asked.kind,
        number=asked.number,
        name=asked.name,
        case_ref=asked.case_ref,
        request_key=key_mark(request),
    )
    return _answer(request, question)


@operation("POST", "/consent-requests", who=Who.CLIENT_ASKING, keyed=True, answer=shapes.ConsentRequested, status=202)
def ask_consent(request: HttpRequest, asked: shapes.ConsentRequest) -> Status[dict[str, str]]:
    """Ask the person of this document for consent. They are told by page and message; they answer, or do not."""
    caller, at = caller_of(request), moment_of(request)
    access.ask_consent(
        actor=caller.actor,
        asker=access.asker_of(caller.actor, at=at),
        kind=asked.kind,
        number=asked.number,
        name=asked.name,
        purpose=asked.purpose,
        scope=scope_of(asked.items),
        at=at,
        reason=asked.reason,
    )
    return Status(202, {"state": "asked"})


def _answer(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask, and say the answer. A refusal is no exception here: the denial that was logged stays."""
    answered = access.ask(actor=caller_of(request).actor, question=question, at=moment_of(request), ends=True)
    if isinstance(answered, Refused):
        return problems.answer(request, Refusal(answered))
    return HttpResponse(json.dumps(as_json(answered), ensure_ascii=False, separators=(",", ":")), content_type=JSON)


def as_json(answered: Answered) -> dict[str, Any]:
    """An answer as `shapes.LookUpAnswer` or `shapes.CheckAnswer` describes it: by hand, it is said often."""
    found: dict[str, Any] = {
        "look": str(answered.look),
        "at": _moment(answered.at),
        "consent": None if answered.consent is None else str(answered.consent),
    }
    if answered.yes is not None:
        found["answer"] = answered.yes
    else:
        found["entries"] = [
            {
                "uid": str(entry.uid),
                "version": entry.version,
                "item": entry.item,
                "supplier": _code_of(entry.supplier),
                "fields": dict(entry.fields),
                "statement": _said(entry.statement),
            }
            for entry in answered.entries
        ]
    return found


def _said(statement: Statement | None) -> dict[str, Any] | None:
    if statement is None:
        return None
    return {
        "text": statement.text,
        "written_at": _moment(statement.written_at),
        "covered_at": None if statement.covered_at is None else _moment(statement.covered_at),
    }


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def _code_of(organisation_id: UUID) -> str:
    """An organisation's code, by which everybody outside knows it; it never changes."""
    return offices.organisation(organisation_id).org_code


def scope_of(items: Mapping[str, list[str]] | None) -> dict[str, frozenset[str]] | None:
    """Item -> fields as the rooms know them; None for all that the purpose allows."""
    return None if items is None else {item: frozenset(fields) for item, fields in items.items()}


def key_mark(request: HttpRequest) -> bytes:
    """The request's key as it is kept: the same question asked again under it does not count twice."""
    caller: Caller = caller_of(request)
    assert caller.key is not None
    return caller.key.mark
