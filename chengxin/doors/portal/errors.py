"""The family of errors as answers for people and machines: one table, one calm page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from chengxin.doors.request import Request
from chengxin.doors.wording import Language, date_in_words, has, reason, text
from chengxin.kernel.errors import BadInput, ChengxinError, Conflict, NotFound, Refusal, Unavailable
from chengxin.kernel.ids import new_uid

log = structlog.get_logger("chengxin.doors")

FAMILIES: tuple[tuple[type[ChengxinError], str, int], ...] = (
    (Refusal, "refused", 403),
    (NotFound, "not_found", 404),
    (BadInput, "bad_input", 400),
    (Conflict, "conflict", 409),
    (Unavailable, "unavailable", 503),
    (ChengxinError, "error", 500),
)
"""Family -> its page in ``errors.yaml`` and its HTTP status; the first that fits."""

LEADS: Mapping[str, str] = {
    "sign_in_needed": "account_login",
    "person_unbound": "bind",
    "second_factor_needed": "second_factor",
}
"""Refusals that a page of ours can mend: the entrant is led there, and back afterwards."""


_OURS = re.compile(r"F[0-9]+|charter.*|house.*")
"""A ground that is this product's own design, not a law: it says nothing to the person who is refused."""


_ARTICLE = re.compile(r"([\u4e00-\u9fff]+) (\d+)(?:\(([\u4e00-\u9fff]+)\))?")
"""A law, its article, and the item of it: how a refusal names its ground."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""A day as an error's data tells it."""


@dataclass(frozen=True)
class Said:
    """An answer in words, for one page or one JSON object."""

    status: int
    code: str
    title: str
    what: str
    do: str
    basis: str = ""
    reference: str = ""


def answer(request: Request, exception: Exception) -> HttpResponse | None:
    """The answer to one of our own errors; None for an exception that is not of the family (Django then answers)."""
    if not isinstance(exception, ChengxinError):
        return None
    if isinstance(exception, Refusal) and not wants_json(request) and exception.refused.reason in LEADS:
        return _led(request, exception.refused.reason)
    said = in_words(exception, request.language)
    log.info("refused", code=said.code, status=said.status)
    return show(request, said)


def _led(request: Request, code: str) -> HttpResponse:
    address = reverse(LEADS[code])
    return HttpResponseRedirect(f"{address}?{urlencode({'next': _back(request)})}")


def _back(request: Request) -> str:
    """Where the entrant goes on afterwards. A form that was sent is not sent again: back to its page, where the browser says
    that it stood on this very address, and what was kept of it (``views.resident.asking``) is found there."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "").partition("://")[2].partition("?")[0]
    return request.path if came_from == f"{request.get_host()}{request.path}" else "/"


def in_words(error: ChengxinError, language: Language) -> Said:
    """What an error says: its own reason's sentences where the wording has them, its family's otherwise."""
    page, status = next((page, status) for family, page, status in FAMILIES if isinstance(error, family))
    # a class of errors may name its reason more closely in its data, as a refusal does
    code = error.refused.reason if isinstance(error, Refusal) else str(error.data.get("reason", error.code))
    title = text(f"errors.{page}.title", language)
    basis = error.refused.basis if isinstance(error, Refusal) and not _OURS.fullmatch(error.refused.basis) else ""
    if has(f"reasons.{code}.what"):
        told = reason(code, language, **_spoken(error.data, language))
        return Said(status, code, title, told.what, told.do, basis)
    return Said(status, code, title, text(f"errors.{page}.what", language), text(f"errors.{page}.do", language), basis)


def _spoken(data: Mapping[str, object], language: Language) -> dict[str, object]:
    """What an error tells beside its reason, with days as people read them."""
    told = {name: value for name, value in data.items() if name != "reason"}
    days = {name: value for name, value in told.items() if isinstance(value, str) and _DAY.fullmatch(value)}
    return told | {name: date_in_words(date.fromisoformat(value), language) for name, value in days.items()}


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "") or request.path.startswith("/api/")


def show(request: HttpRequest, said: Said) -> HttpResponse:
    """The page of an answer, or its JSON for a machine; htmx gets the page, with its status."""
    if wants_json(request):
        body = {"code": said.code, "title": said.title, "what": said.what, "do": said.do, "basis": said.basis}
        return JsonResponse({**body, "reference": said.reference}, status=said.status)
    ground = ground_in_words(said.basis, getattr(request, "language", "zh"))
    return render(request, "portal/errors/said.html", {"said": said, "ground": ground}, status=said.status)


def ground_in_words(basis: str, language: Language) -> str:
    """``个人信息保护法 51(四)`` as a page cites it; what has no article stands as it is."""
    found = _ARTICLE.fullmatch(basis)
    if found is None:
        return basis
    law, article, item = found.groups()
    if language == "zh":
        return f"《{law}》第{article}条" + (f"第（{item}）项" if item else "")
    return f"《{law}》 art. {article}" + (f"({item})" if item else "")


def _page(request: HttpRequest, page: str, status: int, *, title: str = "", reference: str = "") -> HttpResponse:
    language: Language = getattr(request, "language", "zh")
    said = Said(
        status,
        page,
        text(title or f"errors.{page}.title", language),
        text(f"errors.{page}.what", language),
        text(f"errors.{page}.do", language),
        reference=reference,
    )
    return show(request, said)


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    return _page(request, "not_found", 404)


def forbidden(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    return _page(request, "refused", 403, title="errors.forbidden.title")


def bad_request(request: HttpRequest, exception: SuspiciousOperation | None = None) -> HttpResponse:
    return _page(request, "too_large" if isinstance(exception, RequestDataTooBig) else "bad_input", 400)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a form without its token."""
    return _page(request, "form_expired", 403)


def too_many(request: HttpRequest) -> HttpResponse:
    """allauth's answer to too many tries."""
    return _page(request, "too_many", 429)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed. The reference on the page stands in the log beside the fault, and says nothing else."""
    reference = str(new_uid())[:8]
    log.error("request_failed", reference=reference, exc_info=True)
    try:
        return _page(request, "error", 500, reference=reference)
    except Exception:
        # the page's own parts (session, office's name) may be what failed: then plain words, in both languages
        log.exception("error_page_failed", reference=reference)
        words = "\n\n".join(text("errors.error.what", language) for language in ("zh", "en"))
        return HttpResponse(f"{words}\n\n{reference}\n", status=500, content_type="text/plain; charset=utf-8")
