"""Pages that need nobody: home, how to complain, our promises, accessibility; and the two switches of every page."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from chengxin.collection import facade as collection
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.middleware import LANGUAGE_COOKIE, TEXT_COOKIE
from chengxin.doors.portal.presenters.figures import promise_lines
from chengxin.doors.portal.views.acting import is_acted_under, mandate_in_words, mandates_in_force
from chengxin.doors.request import Request
from chengxin.doors.signin.factors import has_passkey
from chengxin.doors.wording import LANGUAGES
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.remedies import facade as remedies

FIGURES_OF = timedelta(days=90)
A_YEAR = 365 * 24 * 60 * 60


@entrance(who=Who.PUBLIC)
def home(request: Request) -> HttpResponse:
    """What this is, for whoever comes; an official in office finds their work instead."""
    offer = request.user.is_authenticated and not has_passkey(request.user)
    if request.actor is not None and request.actor.kind == "official":
        held = mandates_in_force(request)
        acting = next(one for one in held if is_acted_under(one, request.actor))
        organisation, role = mandate_in_words(acting, request.language)
        words = {"organisation": organisation, "role": role, "several": len(held) > 1, "offer_passkey": offer}
        return render(request, "portal/account/work.html", words)
    return render(request, "portal/public/home.html", {"offer_passkey": offer})


@entrance(who=Who.PUBLIC)
def complain(request: Request) -> HttpResponse:
    lead = next((office for office in offices.organisations() if office.parent_id is None), None)
    return render(request, "portal/public/complain.html", {"office": lead})


@entrance(who=Who.PUBLIC)
def promises(request: Request) -> HttpResponse:
    """What is promised, and the figures that show whether it is kept."""
    numbers = ("one", "two", "three", "four", "five", "six", "seven", "eight")
    since = shanghai_day(request.at - FIGURES_OF)
    figures = collection.promise_figures(since, request.at)
    context = {
        "keys": [f"promises.{number}" for number in numbers],
        "since": since,
        "lines": promise_lines(figures, remedies.cases_waiting("objection"), request.at, request.language),
    }
    return render(request, "portal/public/promises.html", context)


@entrance(who=Who.PUBLIC)
def accessibility(request: Request) -> HttpResponse:
    return render(request, "portal/public/accessibility.html")


@entrance(who=Who.PUBLIC)
def set_language(request: Request, language: str) -> HttpResponse:
    """Keep the language in a cookie and go back. A link, so that it works anywhere; it changes nothing but the page."""
    if language not in LANGUAGES:
        raise Http404
    return _kept(request, LANGUAGE_COOKIE, language)


@entrance(who=Who.PUBLIC)
def set_text(request: Request, size: str) -> HttpResponse:
    """Keep the text size (``usual`` or ``large``) in a cookie and go back."""
    if size not in {"usual", "large"}:
        raise Http404
    return _kept(request, TEXT_COOKIE, size)


def _kept(request: Request, cookie: str, value: str) -> HttpResponse:
    wanted = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe else "/")
    response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response
