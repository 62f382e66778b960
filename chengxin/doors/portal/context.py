"""What every page's frame needs."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from chengxin.doors.portal.navigation import places_for
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.persons import facade as persons


def frame(incoming: HttpRequest) -> dict[str, Any]:
    """Language, switches, bar and name of the service; safe for a request that failed before the doors saw it."""
    request = cast("Request", incoming)
    language: Language = getattr(request, "language", "zh")
    user = getattr(request, "user", None)
    city = settings.CHENGXIN_CITY[language]
    return {
        "language": language,
        "language_tag": "zh-Hans" if language == "zh" else "en",
        "large_text": getattr(request, "large_text", False),
        "service_name": text("frame.service_of", language, city=city) if city else text("frame.service", language),
        "office_name": settings.CHENGXIN_OFFICE[language],
        "practice": settings.CHENGXIN_PRACTICE,
        "signed_in": user is not None and user.is_authenticated,
        "actor": getattr(request, "actor", None),
        "acting": _acting(request, language),
        "places": places_for(request) if getattr(request, "actor", None) else [],
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }


def _acting(request: Request, language: Language) -> dict[str, Any] | None:
    """The banner of whoever acts for another: whom, as what, until when; or that it is over. None for everybody else."""
    mandate, why = getattr(request, "mandate", None), getattr(request, "why_nobody", None)
    if mandate is not None:
        kind = text(f"mandate.kind.{mandate.kind.value}", language)
        return {
            "over": False,
            "name": persons.name_of_person(mandate.principal),
            "kind": kind,
            "last_on": mandate.last_on,
        }
    return {"over": True} if why is not None and why.reason == "mandate_over" else None
