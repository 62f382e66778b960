"""The operations of this door and how they are declared: each with its entrant, its answers and its problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import structlog
from django.db import DatabaseError, OperationalError, connections, transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from pydantic import BaseModel

from chengxin.doors.entrance import Who
from chengxin.doors.machine import problems
from chengxin.doors.machine.entering import MOST_BYTES, Entrant
from chengxin.doors.machine.problems import PROBLEM_JSON, BodyNotValid, BodyUnreadable
from chengxin.doors.machine.shapes import Problem
from chengxin.foundation.database import WEB
from chengxin.kernel.errors import ChengxinError, NotFound, Unavailable
from chengxin.kernel.ids import new_uid

log = structlog.get_logger("chengxin.doors")

View = Callable[..., Any]

PREFIX: Final = "v1/"
VERSION: Final = "1.0.0"
SECURITY: Final = "oauth2"

_SIGNED: Final = {"Signature-Input": "RFC 9421: what the signature covers.", "Signature": "RFC 9421: the signature."}
_KEY: Final = "Idempotency-Key"


class Door(NinjaAPI):
    """The API, whose document names problems by their own media type."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=PREFIX if path_prefix is None else path_prefix)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response:
                        response["content"] = {PROBLEM_JSON: response["content"].popitem()[1]}
                if "security" in operation:
                    operation["security"] = [{SECURITY: []}]
        schemes = schema["components"].get("securitySchemes", {})
        schema["components"]["securitySchemes"] = dict(zip((SECURITY,), schemes.values(), strict=False))
        return schema


api = Door(
    title="chengxin",
    version=VERSION,
    description="Look-ups, checks and verifications on a ground that the person sees; suppliers' files. See docs/api.md.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="machine",
    servers=[{"url": "/"}],
)


@dataclass(frozen=True, slots=True)
class Straight:
    """An operation as `busiest` calls it: who may enter, what its body is, and the view."""

    entrant: Entrant
    shape: type[BaseModel]
    view: View


ENTRANTS: Final[dict[str, Who]] = {}
"""Name of an address -> who may enter it, as its operations declare."""
STRAIGHT: Final[dict[str, Straight]] = {}
"""Paths of the operations that a plain request reaches by the straight way (`busiest`)."""
APART: Final[set[str]] = set()
"""Names of addresses whose actions open their own transactions: a file is taken while it arrives, a batch in parts."""


def operation(
    method: str,
    path: str,
    *,
    who: Who,
    answer: Any,
    status: int = 200,
    refuses: tuple[int, ...] = (),
    keyed: bool = False,
    streamed: bool = False,
    apart: bool = False,
    most_bytes: int = MOST_BYTES,
    straight: type[BaseModel] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Callable[[View], View]:
    """Declare an operation: its `operationId` is its view's name, the name of its address begins with `api_`.

    ``refuses``: statuses it answers with besides those of its entrant. ``keyed``, ``streamed``: see ``Entrant``.
    ``apart``: the action opens its own transactions. ``straight``: its body, where plain requests skip the long way.
    """
    statuses = {*refuses, 405, 500, 503}
    parameters: list[dict[str, Any]] = []
    if who is not Who.PUBLIC:
        statuses |= {400, 401, 403, 409, 413, 422}
        parameters += [_header(name, told, required=False) for name, told in _SIGNED.items()]
    if keyed:
        parameters.append(_header(_KEY, "A key of this request alone, kept 24 hours.", required=True, length=255))
    if streamed:
        statuses.add(411)
        parameters.append(_header("Content-Digest", "RFC 9530: sha-256 of the file.", required=True))

    def declare(view: View) -> View:
        name = view.__name__
        address = f"api_{name}"
        ENTRANTS[address] = who
        if streamed or apart:
            APART.add(address)
        auth = None if who is Who.PUBLIC else Entrant(who, keyed=keyed, streamed=streamed, most_bytes=most_bytes)
        if straight is not None and auth is not None:
            STRAIGHT[f"/{PREFIX}{path.lstrip('/')}"] = Straight(auth, straight, view)
        declared = api.api_operation(
            [method],
            path,
            auth=auth,
            response={status: answer, **dict.fromkeys(sorted(statuses), Problem)},
            operation_id=name,
            url_name=address,
            summary=(view.__doc__ or "").split("\n")[0],
            description="",
            openapi_extra={"parameters": parameters, **(extra or {})},
        )
        return declared(view)

    return declare


def _header(name: str, told: str, *, required: bool, length: int | None = None) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "string"}
    if length is not None:
        shape |= {"minLength": 1, "maxLength": length, "pattern": "^[!-~]+$"}
    return {"in": "header", "name": name, "required": required, "description": told, "schema": shape}


# --- what follows when something goes wrong ------------------------------------------------------------------------------


def refused(request: HttpRequest, error: ChengxinError, *, errors: Any = (), reference: str = "") -> HttpResponse:
    """The answer to an error, with nothing of its transaction left."""
    if connections[WEB].in_atomic_block:
        transaction.set_rollback(True, using=WEB)
    return problems.answer(request, error, errors=errors, reference=reference)


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Something of ours failed: nothing is returned but that, and where it stands in our log."""
    reference = str(new_uid())[:8]
    log.error("request_failed", reference=reference, exc_info=error)
    lost = isinstance(error, OperationalError)
    return refused(request, Unavailable() if lost else ChengxinError(), reference=reference)


@api.exception_handler(ChengxinError)
def _of_the_family(request: HttpRequest, error: Any) -> HttpResponse:
    return refused(request, error)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    return refused(request, BodyNotValid(), errors=[_part(one) for one in error.errors])


@api.exception_handler(HttpError)
def _not_readable(request: HttpRequest, error: Any) -> HttpResponse:
    return refused(request, BodyUnreadable())


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Any) -> HttpResponse:
    return refused(request, NotFound())


@api.exception_handler(DatabaseError)
@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    return broken(request, error)


def _part(error: Mapping[str, Any]) -> dict[str, str]:
    """Where in the request, and what is wrong there; never what stood there."""
    source, *path = error["loc"]
    # ninja names the argument that takes the body first
    parts = path[1:] if source == "body" else path
    at = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
    return {"part": str(source), "at": at, "what": str(error["type"])}
