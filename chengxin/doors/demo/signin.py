"""The demonstration's sign-in: a short cast of invented people, each a click away, no password (F12)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.models import Account
from chengxin.foundation.server import state_folder

CAST_FILE = "demo-cast.json"
"""In the state folder; the generator of the city writes it."""


@dataclass(frozen=True)
class Member:
    """One of the cast: an account of the invented city and a line on the situation it shows."""

    account_id: UUID
    kind: str
    name_zh: str
    name_en: str
    line_zh: str
    line_en: str
    group: str


def cast_list() -> list[Member]:
    """The cast in the order of its file; empty before the city is made."""
    path = state_folder() / CAST_FILE
    if not path.exists():
        return []
    rows: list[Mapping[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return [
        Member(
            UUID(row["account_id"]),
            row["kind"],
            row["name_zh"],
            row["name_en"],
            row["line_zh"],
            row["line_en"],
            row["group"],
        )
        for row in rows
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """The cast for the sign-in page, read only where a template asks for it."""
    return {"demo_cast": cast_list}


def _sign_in(request: Request) -> HttpResponse:
    """Signs in as a member of the cast. Nobody outside the list, and nothing where numbers are real."""
    chosen = request.POST.get("account_id", "")
    member = next((member for member in cast_list() if str(member.account_id) == chosen), None)
    account = Account.objects.filter(id=member.account_id, is_active=True).first() if member else None
    if member is None or account is None or not settings.CHENGXIN_PRACTICE:
        messages.warning(request, text("signin.demo.unknown", request.language))
        return redirect("account_login")
    request.session.flush()
    # the cast has no phones: the click stands for password and second factor
    record_authentication(request, account, method="mfa", type="demonstration")
    name = member.name_zh if request.language == "zh" else member.name_en
    messages.success(request, text("signin.demo.signed_in_as", request.language, name=name))
    response: HttpResponse = perform_login(
        request, account, email_verification="none", redirect_url=get_next_redirect_url(request)
    )
    return response


sign_in = entrance(who=Who.PUBLIC)(require_POST(_sign_in))
