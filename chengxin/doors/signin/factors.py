"""Second factors: whether one was proven in this session, and where the official must go who has none."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from chengxin.foundation.models import Account

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def proved_second_factor(request: HttpRequest, account: Account) -> bool:
    """True once this session proved an app's code, a passkey or a spare code (a passkey alone is two factors in one)."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, account))


def has_second_factor(account: Account) -> bool:
    """True if the account could prove one: an authenticator app or a passkey is set up."""
    return bool(is_mfa_enabled(account, types=SECOND_FACTORS))


def has_passkey(account: Account) -> bool:
    """True if the account has one; then none is offered."""
    return bool(is_mfa_enabled(account, types=[Authenticator.Type.WEBAUTHN]))


def note_set_up(sender: object, request: HttpRequest, user: Account, authenticator: Authenticator, **_: object) -> None:
    """Setting one up proves it in the same session: the code was right, the key answered. Called by allauth's signal."""
    if authenticator.type in SECOND_FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)
