"""What goes wrong at this door, as problem details (RFC 9457): every code is published, with its page and its status."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Final

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chengxin.access.terms.asking import ABOUT_THE_PERSON, OUTSIDE, NoAnswer
from chengxin.doors.wording import Language, has
from chengxin.doors.wording.sentences import placeholders, sentences
from chengxin.kernel.errors import BadInput, ChengxinError, Conflict, NotFound, Refusal, Unavailable

log = structlog.get_logger("chengxin.doors")

PROBLEM_JSON: Final = "application/problem+json"
_OURS: Final = re.compile(r"F[0-9]+|charter.*|house.*|workflow|duty")
"""A ground that is this product's own design, not a law."""


class Problem(ChengxinError):
    """This request cannot be taken as it was sent."""

    code = "request_not_taken"
    status: ClassVar[int] = 400


class TokenMissing(Problem):
    """The request carries no bearer token."""

    code = "token_missing"
    status = 401


class TokenNotValid(Problem):
    """This token is unknown or has run out."""

    code = "token_not_valid"
    status = 401


class ClientNotInForce(Problem):
    """This client's registration does not work today."""

    code = "client_not_in_force"
    status = 403


class ClientMayNotAsk(Problem):
    """This client is not registered for asking."""

    code = "client_may_not_ask"
    status = 403


class ClientMayNotSupply(Problem):
    """This client is not registered for handing files in."""

    code = "client_may_not_supply"
    status = 403


class SignatureMissing(Problem):
    """A client with a registered key signs each request."""

    code = "signature_missing"
    status = 401


class SignatureNotValid(Problem):
    """The signature does not belong to this request, or to this client's key."""

    code = "signature_not_valid"
    status = 401


class SignatureTooOld(Problem):
    """The signature was made too long ago, or in the future."""

    code = "signature_too_old"
    status = 401


class SignatureReplayed(Problem):
    """A request with this nonce was taken before."""

    code = "signature_replayed"
    status = 409


class DigestMissing(Problem):
    """The request does not say the digest of its body."""

    code = "digest_missing"


class DigestMismatch(Problem):
    """The body that arrived is not the one whose digest was sent."""

    code = "digest_mismatch"


class IdempotencyKeyMissing(Problem):
    """This request needs a key of its own."""

    code = "idempotency_key_missing"


class IdempotencyKeyReused(Problem):
    """The key of this request was used with another body."""

    code = "idempotency_key_reused"
    status = 422


class BodyUnreadable(Problem):
    """The body is not the JSON that this address reads."""

    code = "body_unreadable"


class BodyNotValid(Problem):
    """A part of the request is not what this address takes."""

    code = "body_not_valid"
    status = 422


class BodyTooLarge(Problem):
    """The body is larger than what is taken at once."""

    code = "body_too_large"
    status = 413


class LengthMissing(Problem):
    """The request does not say how long its body is."""

    code = "length_missing"
    status = 411


class MethodNotAllowed(Problem):
    """This address does not take that method."""

    code = "method_not_allowed"
    status = 405


class EncryptionNeeded(Problem):
    """Requests are taken over an encrypted connection alone."""

    code = "encryption_needed"
    status = 403


FAMILIES: Final[tuple[tuple[type[ChengxinError], int], ...]] = (
    (Refusal, 403),
    (NotFound, 404),
    (BadInput, 400),
    (Conflict, 409),
    (Unavailable, 503),
    (ChengxinError, 500),
)
"""Family of errors -> status; the first that fits."""

_OF_THE_DOOR: Final[tuple[type[Problem], ...]] = (Problem, *Problem.__subclasses__())
_TO_ASKERS: Final = tuple(code.value for code in NoAnswer if code not in ABOUT_THE_PERSON)
_ABOUT_CASES: Final[Mapping[int, tuple[str, ...]]] = {
    400: ("reason_names_somebody",),
    403: ("purpose_without_case", "case_number_unreadable", "case_about_too_many", "case_closed"),
    404: ("case_unknown", "recall_unknown"),
    409: ("case_number_taken",),
}
_ABOUT_USES: Final[Mapping[int, tuple[str, ...]]] = {
    403: ("use_not_to_be_told_yet", "decision_number_missing", "decision_day_impossible"),
    404: ("look_unknown",),
    409: ("use_reported",),
}
_TO_SUPPLIERS: Final[Mapping[int, tuple[str, ...]]] = {
    403: (
        "item_unknown",
        "item_closed",
        "not_your_item",
        "mismatches_capped",
        "disk_full",
        "period_not_begun",
        "period_reported",
    ),
    404: ("batch_unknown", "batch_file_destroyed"),
    409: ("batch_not_answered",),
}

PUBLISHED: Final[Mapping[str, int]] = MappingProxyType(
    {
        **{kind.code: kind.status for kind in _OF_THE_DOOR},
        OUTSIDE: 403,
        **dict.fromkeys(_TO_ASKERS, 403),
        **{
            code: status
            for told in (_ABOUT_CASES, _ABOUT_USES, _TO_SUPPLIERS)
            for status, codes in told.items()
            for code in codes
        },
        **{family.code: status for family, status in FAMILIES},
    }
)
"""Every code that a machine may be answered with, and its HTTP status. Stable: a code is added, never given another meaning."""


def status_of(error: ChengxinError) -> int:
    """The HTTP status of an error of the family."""
    if isinstance(error, Problem):
        return error.status
    return next(status for family, status in FAMILIES if isinstance(error, family))


def code_of(error: ChengxinError) -> str:
    """The published code: the error's own reason, or its family's where that reason is not meant for machines."""
    code = error.refused.reason if isinstance(error, Refusal) else str(error.data.get("reason", error.code))
    if code in PUBLISHED:
        return code
    log.warning("code_unpublished", code=code)
    return next(family.code for family, _ in FAMILIES if isinstance(error, family))


def told(code: str, language: Language, data: Mapping[str, object]) -> tuple[str, str]:
    """(what happened, what to do) of a code; what its sentences name and ``data`` lacks is left open."""
    # a family's own sentences are for machines alone: pages have theirs
    place = f"reasons.{code}" if has(f"reasons.{code}.what") else f"problems.family.{code}"
    parts = [sentences()[f"{place}.{part}"] for part in ("what", "do")]
    names = {name for part in parts for form in part.forms() for name in placeholders(form)}
    what, do = (part.said(language, {name: data.get(name, "…") for name in names}) for part in parts)
    return what, do


def address_of(code: str) -> str:
    """The page of a code: what a problem's `type` names."""
    return f"{settings.CHENGXIN_ADDRESS.rstrip('/')}/v1/problems/{code}"


def members(error: ChengxinError, language: Language) -> dict[str, object]:
    """The members of a problem's JSON object."""
    code = code_of(error)
    title, detail = told(code, language, error.data)
    found: dict[str, object] = {
        "type": address_of(code),
        "title": title,
        "status": status_of(error),
        "detail": detail,
        "code": code,
    }
    if isinstance(error, Refusal) and not _OURS.fullmatch(error.refused.basis):
        found["basis"] = error.refused.basis
    return found


def answer(
    request: HttpRequest, error: ChengxinError, *, errors: Sequence[Mapping[str, str]] = (), reference: str = ""
) -> HttpResponse:
    """The response of an error. ``errors``: which parts of the request, each with ``at`` (a JSON pointer) and ``what``;
    ``reference``: what stands beside the fault in our log."""
    found = members(error, language_of(request))
    if errors:
        found["errors"] = list(errors)
    if reference:
        found["reference"] = reference
    status = status_of(error)
    response = HttpResponse(
        json.dumps(found, ensure_ascii=False, separators=(",", ":")), status=status, content_type=PROBLEM_JSON
    )
    if status == 401:
        response.headers["WWW-Authenticate"] = _challenge(error)
    elif status == 503:
        response.headers["Retry-After"] = "60"
    return response


def _challenge(error: ChengxinError) -> str:
    """RFC 6750: without a token only the scheme is named."""
    if isinstance(error, TokenMissing):
        return "Bearer"
    return 'Bearer error="invalid_token"' if isinstance(error, TokenNotValid) else "Signature"


def language_of(request: HttpRequest) -> Language:
    """The language of the sentences: English where the caller asks for it first, else Chinese. Codes are the same in both."""
    return "en" if request.headers.get("Accept-Language", "").lstrip().lower().startswith("en") else "zh"
