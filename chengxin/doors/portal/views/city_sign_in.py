"""The way to the city's sign-in service and back; where the service itself is out of reach, a calm page says so."""

from __future__ import annotations

from functools import wraps
from typing import Any

import requests
import structlog
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpResponseBase
from django.shortcuts import redirect

from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.request import Request

log = structlog.get_logger("chengxin.doors")


def _calm(view: View) -> View:
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except requests.RequestException:
            log.exception("sign_in_service_unreachable")
            return redirect("socialaccount_login_error")

    return guarded


there = entrance(who=Who.PUBLIC)(_calm(oidc.login))
back = entrance(who=Who.PUBLIC)(_calm(oidc.callback))
