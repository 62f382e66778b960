"""Being signed in, for tests of pages that are not about signing in."""

from __future__ import annotations

import time

from django.conf import settings
from django.test import Client

from chengxin.foundation.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(account: Account, *, second_factor: bool = True, language: str = "zh") -> Client:
    """A client whose session this account has just opened, by default with a second factor proven."""
    client = Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    how = {"method": "mfa", "type": "totp"} if second_factor else {"method": "password"}
    session["account_authentication_methods"] = [{**how, "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    client.cookies["language"] = language
    return client


def session_cookie(account: Account, *, second_factor: bool = True) -> tuple[str, str]:
    """Name and value of the cookie of such a session, for a browser."""
    client = signed_in(account, second_factor=second_factor)
    return settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value
