"""Signing in and one's own account: allauth's views under our addresses, each with its entrants; what is not here is off."""

from __future__ import annotations

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import URLPattern, path

from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.portal.views import account, city_sign_in


def _public(view: View) -> View:
    return entrance(who=Who.PUBLIC)(view)


def _signed_in(view: View) -> View:
    return entrance(who=Who.SIGNED_IN)(view)


urlpatterns: list[URLPattern] = [
    # signing in and out
    path("sign-in/", _public(account_views.login), name="account_login"),
    path("sign-in/second/", _public(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", _public(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/code/", account.bind, name="bind"),
    path("sign-in/closed/", _public(account_views.account_inactive), name="account_inactive"),
    path("sign-in/service/cancelled/", _public(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("sign-in/service/failed/", _public(social.login_error), name="socialaccount_login_error"),
    path("sign-in/service/<str:provider_id>/", city_sign_in.there, name="openid_connect_login"),
    path("sign-in/service/<str:provider_id>/back/", city_sign_in.back, name="openid_connect_callback"),
    path("sign-out/", _public(account_views.logout), name="account_logout"),
    # one's own account
    path("account/", account.account, name="account"),
    path("account/second-factor/", account.second_factor, name="second_factor"),
    path("account/bound/end/", account.end_bound, name="end_bound"),
    path("account/mandate/", account.mandate, name="mandate"),
    path("account/sessions/", account.sessions, name="usersessions_list"),
    path("account/sessions/end/", account.end_sessions, name="end_sessions"),
    path("account/password/", _signed_in(account_views.password_change), name="account_change_password"),
    path("account/password/set/", _signed_in(account.account), name="account_set_password"),
    path("account/confirm/", _signed_in(account_views.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", _signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", _signed_in(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/factors/", _signed_in(mfa.index), name="mfa_index"),
    path("account/app/", _signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/stop/", _signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/spare-codes/", _signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/spare-codes/new/", _signed_in(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/passkeys/", _signed_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add/", _signed_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", _signed_in(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", _signed_in(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
]
