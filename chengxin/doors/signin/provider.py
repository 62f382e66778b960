"""The sign-in service as allauth sees it: its claims are read and let go, and never reach one of allauth's tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest

CLAIMS_ATTRIBUTE = "chengxin_claims"
"""Where the claims stand on a sign-in in flight; an attribute, so that what allauth serialises or saves holds none."""


class CityProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth is untyped
    """OpenID Connect without allauth's copies: the account keeps the service's subject and nothing else (F12)."""

    def get_default_scope(self) -> list[str]:
        scope: list[str] = self.app.settings.get("scope", ["openid", "profile"])
        return scope

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Any) -> list[EmailAddress]:
        return []

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> Any:
        login = super().sociallogin_from_response(request, response)
        setattr(login, CLAIMS_ATTRIBUTE, merged_claims(response))
        return login


def merged_claims(response: Mapping[str, Any]) -> dict[str, Any]:
    """One mapping of what the service said: the signed token's word stands above that of the userinfo answer."""
    return {**(response.get("userinfo") or {}), **(response.get("id_token") or {})}
