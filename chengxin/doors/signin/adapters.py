"""What allauth asks us: who may have an account, what is said, what is kept."""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from chengxin.doors.request import Request
from chengxin.doors.signin.claims import ClaimFault, ClaimRefusal, VerifiedIdentity, read_claims
from chengxin.doors.signin.factors import has_second_factor
from chengxin.doors.signin.provider import CLAIMS_ATTRIBUTE
from chengxin.doors.wording import Language, text
from chengxin.foundation import actors, keyring
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.ids import new_uid
from chengxin.persons import facade as persons

RECENT_S = 300
"""Whoever signed in so many seconds ago need not prove it again before changing how they sign in."""

SENTENCES: Mapping[str, str] = {
    "account_inactive": "signin.inactive.text",
    "enter_current_password": "account.password.wrong",
    "incorrect_code": "account.second.wrong",
    "incorrect_password": "account.confirm.wrong",
    "too_many_login_attempts": "signin.password.too_many",
    "rate_limited": "signin.password.too_many",
    "username_password_mismatch": "signin.password.mismatch",
    "cannot_delete_authenticator": "account.app.stop_text",
}
"""allauth's code of an error -> our sentence."""

NEWS: Mapping[str, str] = {
    "account/messages/logged_out.txt": "signin.out.done",
    "account/messages/password_changed.txt": "account.password.done",
    "usersessions/messages/sessions_logged_out.txt": "account.sessions.ended",
}
"""allauth's news that we pass on; all its other news is left unsaid, because the page itself shows what changed."""


def _language() -> Language:
    language: Language = getattr(context.request, "language", "zh")
    return language


def _said(code: str, otherwise: ValidationError) -> ValidationError:
    return ValidationError(text(SENTENCES[code], _language()), code=code) if code in SENTENCES else otherwise


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by an office, a counter or the sign-in service, never by a form for strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        return _said(code, super().validation_error(code, *args))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        key = NEWS.get(message_template or "")
        if key:
            messages.success(request, text(key, _language()))
        elif message:
            messages.add_message(request, level, message)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - record["at"] < RECENT_S for record in records)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing_for(cast("Account", request.user))

    get_signup_redirect_url = get_login_redirect_url

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """An account has no address; a person is told through the outbox."""


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """A first sign-in through the city's service becomes an account tied to its person, or a page that says why not."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, **kwargs: Any) -> None:
        cancelled = error == AuthError.CANCELLED
        page = "socialaccount_login_cancelled" if cancelled else "socialaccount_login_error"
        raise ImmediateHttpResponse(redirect(page))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Reads the claims before anything is stored. Known accounts are tied anew, so that a legal change of name arrives."""
        door = cast("Request", request)
        read = read_claims(
            getattr(sociallogin, CLAIMS_ATTRIBUTE),
            settings.CHENGXIN_OIDC_CLAIMS,
            today=shanghai_day(door.at),
            practice=settings.CHENGXIN_PRACTICE,
        )
        if isinstance(read, ClaimRefusal):
            if read.fault is ClaimFault.PSEUDONYMOUS:
                return
            raise ImmediateHttpResponse(_refused(door, read))
        setattr(sociallogin, CLAIMS_ATTRIBUTE, read)
        if sociallogin.is_existing:
            tie(cast("Account", sociallogin.user), read, source=sociallogin.account.provider, at_door=door)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Any:
        account = cast("Account", sociallogin.user)
        account.username = f"r-{new_uid()}"
        account.kind = Account.Kind.RESIDENT
        account.set_unusable_password()
        sociallogin.save(request)
        read = getattr(sociallogin, CLAIMS_ATTRIBUTE)
        if isinstance(read, VerifiedIdentity):
            tie(account, read, source=sociallogin.account.provider, at_door=cast("Request", request))
        return account

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        return sociallogin.user


def tie(account: Account, identity: VerifiedIdentity, *, source: str, at_door: Request) -> None:
    """The person behind a proven identity, and the account tied to them. Raises ``Refusal`` for an account of another."""
    actor = actors.system("sign_in")
    person_id = persons.person_for_verified_identity(
        kind=identity.kind,
        number=identity.number,
        name=identity.name,
        assurance=identity.assurance,
        source=source,
        actor=actor,
        at=at_door.at,
    )
    if persons.person_of_account(account.id) != person_id:
        persons.link_account(
            account_id=account.id,
            person_id=person_id,
            assurance=identity.assurance,
            actor=actor,
            at=at_door.at,
            reason=f"signed in through {source}",
        )


def _refused(request: Request, refusal: ClaimRefusal) -> Any:
    language = request.language
    parts = text("signin.claims.joint", language).join(
        text(f"signin.claims.{part}", language) for part in refusal.parts
    )
    return render(
        request,
        "portal/signin/claims_refused.html",
        {
            "what": text(f"signin.claims.{refusal.fault.value}", language, missing=parts),
            "wrong_instance": refusal.fault in {ClaimFault.OF_PRACTICE, ClaimFault.NOT_OF_PRACTICE},
        },
        status=403,
    )


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Second factors: secrets are sealed under the master key, and an official keeps at least one."""

    _aad = b"account|second factor"

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        return _said(code, super().validation_error(code, *args))

    def encrypt(self, text: str) -> str:
        return b64encode(keyring.current().wrap(text.encode(), self._aad)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring.current().unwrap(b64decode(encrypted_text), self._aad).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        account = cast("Account", authenticator.user)
        if account.kind != Account.Kind.OFFICIAL:
            return True
        others = Authenticator.objects.filter(user=account).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What a device shows in its list of passkeys: the sign-in name, which is never a number or a person's name."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.username}

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        return text("account.passkeys.default_name", _language(), count=_count(user, type) + 1)


def _count(account: Account, kind: Authenticator.Type) -> int:
    return int(Authenticator.objects.filter(user=account, type=kind).count())


def landing_for(account: Account) -> str:
    """Where somebody arrives after signing in: at what is still missing (a second factor, the counter's code), else at the
    own work or the own file.
    """
    if account.kind == Account.Kind.OFFICIAL:
        return reverse("home" if has_second_factor(account) else "second_factor")
    return reverse("bind" if persons.person_of_account(account.id) is None else "my_file")
