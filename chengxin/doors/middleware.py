"""What is settled once for a request before any view: the moment, the language, the actor; and what follows a refusal."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import cast
from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from chengxin.doors.portal import errors
from chengxin.doors.request import Request
from chengxin.doors.signin.factors import proved_second_factor
from chengxin.doors.wording import LANGUAGES, Language
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Account
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.offices import facade as offices
from chengxin.persons import facade as persons

log = structlog.get_logger("chengxin.doors")

Next = Callable[[HttpRequest], HttpResponse]

LANGUAGE_COOKIE = "language"
TEXT_COOKIE = "text"
MANDATE_KEY = "mandate"
"""Session key: uid of the mandate an official chose to act under."""
ACTING_KEY = "acting_for"
"""Session key: uid of the mandate by which a person acts for another. It gives nothing: each request asks the mandate anew."""

_DJANGO_LANGUAGES: dict[Language, str] = {"zh": "zh-hans", "en": "en"}


def requests_logged(get_response: Next) -> Next:
    """One line a request: the address's pattern, never the address; who only by kind and role."""

    def handle(incoming: HttpRequest) -> HttpResponse:
        request = cast("Request", incoming)
        started = perf_counter()
        response = get_response(request)
        match = getattr(request, "resolver_match", None)
        acting = getattr(request, "actor", None)
        log.info(
            "request",
            route=match.route if match else "none",
            method=request.method,
            status=response.status_code,
            ms=round((perf_counter() - started) * 1000),
            actor=acting.kind if acting else "nobody",
            role=acting.role if acting else None,
        )
        return response

    return handle


def moment_and_language(get_response: Next) -> Next:
    """Reads the clock once (F1), and the two cookies of the page's switches: Chinese unless English was chosen."""

    def handle(incoming: HttpRequest) -> HttpResponse:
        request = cast("Request", incoming)
        request.at = clock.now()
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        request.language = next((language for language in LANGUAGES if language == chosen), "zh")
        request.large_text = request.COOKIES.get(TEXT_COOKIE) == "large"
        request.actor, request.why_nobody, request.mandate = None, None, None
        with translation.override(_DJANGO_LANGUAGES[request.language]):
            response = get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if request.language == "zh" else "en")
        patch_vary_headers(response, ["Cookie"])
        return response

    return handle


def actor(get_response: Next) -> Next:
    """Determines who acts, once; what a signed-in person sees is kept by no cache, of the browser neither."""

    def handle(incoming: HttpRequest) -> HttpResponse:
        request = cast("Request", incoming)
        if request.user.is_authenticated:
            request.actor, request.why_nobody = _who(request, request.user)
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return handle


def _who(request: Request, account: Account) -> tuple[Actor | None, Refused | None]:
    if account.kind == Account.Kind.OFFICIAL:
        return _official(request, account)
    person_id = persons.person_of_account(account.id)
    if person_id is None:
        return None, Refused("person_unbound", "F12")
    if ACTING_KEY in request.session:
        return _for_another(request, account, person_id)
    return Actor(kind="person", account_id=account.id, person_id=person_id), None


def _for_another(request: Request, account: Account, person_id: UUID) -> tuple[Actor | None, Refused | None]:
    """The person with whom they act for. Once that is over they are nobody until they stop: what they send meanwhile must not
    be taken for their own."""
    found = persons.acting_for(person_id, UUID(request.session[ACTING_KEY]), at=request.at)
    if isinstance(found, Refused):
        return None, found
    mandate, request.mandate = found
    role = request.mandate.kind.value
    return Actor(kind="person", account_id=account.id, person_id=person_id, role=role, mandate=mandate), None


def _official(request: Request, account: Account) -> tuple[Actor | None, Refused | None]:
    second_factor = proved_second_factor(request, account)
    why = Refused("no_mandate", "F12")
    for mandate_uid in dict.fromkeys((_chosen_mandate(request), None)):
        try:
            acting = offices.actor_for(account, second_factor=second_factor, at=request.at, mandate_uid=mandate_uid)
        except NotFound:
            # the mandate chosen earlier is no longer theirs: fall back to the first in force
            continue
        except Refusal as refusal:
            # or it was suspended, or lapsed: another one may still be in force
            why = refusal.refused
        else:
            return acting, None
    return None, why


def _chosen_mandate(request: Request) -> UUID | None:
    chosen = request.session.get(MANDATE_KEY)
    return UUID(chosen) if chosen else None


class Refusals:
    """Turns the family of errors into calm pages or JSON, wherever in a view they were raised."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.answer(cast("Request", request), exception)
