"""One's own account: ways to sign in, sessions, the second factor, the mandate an official acts under, the counter's code."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.middleware import MANDATE_KEY
from chengxin.doors.portal.forms.binding import BindForm, NewAccountForm
from chengxin.doors.portal.forms.mandate import MandateForm
from chengxin.doors.portal.views.acting import mandate_in_words, mandates_in_force
from chengxin.doors.portal.views.devices import device_in_words
from chengxin.doors.request import Request
from chengxin.doors.signin.adapters import landing_for
from chengxin.doors.signin.factors import has_second_factor, proved_second_factor
from chengxin.doors.wording import text
from chengxin.foundation import actors
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Account
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.persons import facade as persons


def _account(request: Request) -> Account:
    return cast("Account", request.user)


@entrance(who=Who.SIGNED_IN)
def account(request: Request) -> HttpResponse:
    """Sign-in and security: what is set up, and where one is signed in."""
    mine = _account(request)
    kinds = list(Authenticator.objects.filter(user=mine).values_list("type", flat=True))
    return render(
        request,
        "portal/account/account.html",
        {
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "app": Authenticator.Type.TOTP in kinds,
            "spare": Authenticator.Type.RECOVERY_CODES in kinds,
            "has_password": mine.has_usable_password(),
            "sessions": UserSession.objects.filter(user=mine).count(),
            "unbound": request.why_nobody is not None and request.why_nobody.reason == "person_unbound",
            "mandates": len(mandates_in_force(request)),
            "bound": _bound_accounts(request),
        },
    )


def _bound_accounts(request: Request) -> list[dict[str, object]]:
    """Every account that signs in as this person; none for officials and for who is nobody yet."""
    actor = request.actor
    if actor is None or actor.person_id is None:
        return []
    with as_person(actor.person_id):
        found = persons.bound_accounts(actor.person_id)
    return [
        {
            "id": one.account_id,
            "since": one.linked_at,
            "how": one.assurance.value,
            "here": one.account_id == actor.account_id,
        }
        for one in found
    ]


@require_POST
def _end_bound(request: Request) -> HttpResponse:
    """Ends another account that signs in as this person (``account``: its id), whoever made it."""
    actor = request.actor
    assert actor is not None
    assert actor.person_id is not None
    try:
        chosen = UUID(request.POST.get("account", ""))
    except ValueError as error:
        raise NotFound(thing="account") from error
    persons.end_account(
        actor=actor, person_id=actor.person_id, account_id=chosen, at=request.at, reason="ended by its person"
    )
    messages.success(request, text("account.bound.ended", request.language))
    return redirect("account")


end_bound = entrance(who=Who.RESIDENT)(_end_bound)


@entrance(who=Who.SIGNED_IN)
def second_factor(request: Request) -> HttpResponse:
    """Where an official without a second factor is led; one who has it, but did not use it, signs in again."""
    mine = _account(request)
    if mine.kind != Account.Kind.OFFICIAL or proved_second_factor(request, mine):
        return redirect(get_next_redirect_url(request) or "home")
    return render(request, "portal/account/second_factor.html", {"has_one": has_second_factor(mine)})


# --- sessions ---------------------------------------------------------------------------------------------------------


@entrance(who=Who.SIGNED_IN)
def sessions(request: Request) -> HttpResponse:
    """Every device this account is signed in on, the newest first, each with its button."""
    open_ones = UserSession.objects.purge_and_list(_account(request))
    rows = [
        {
            "id": row.pk,
            "device": device_in_words(row.user_agent, request.language),
            "since": row.created_at,
            "here": row.session_key == request.session.session_key,
        }
        for row in sorted(open_ones, key=lambda row: row.created_at, reverse=True)
    ]
    return render(request, "portal/account/sessions.html", {"rows": rows, "others": len(rows) > 1})


@require_POST
def _end(request: Request) -> HttpResponse:
    """Ends one session (``session``: its id), or, without it, all but this one."""
    mine = UserSession.objects.filter(user=_account(request))
    chosen = request.POST.get("session")
    if chosen is None:
        wanted = mine.exclude(session_key=request.session.session_key)
    else:
        wanted = mine.filter(pk=int(chosen)) if chosen.isdecimal() else mine.none()
    for row in wanted:
        row.end()
    return HttpResponseRedirect(reverse("usersessions_list"))


end_sessions = entrance(who=Who.SIGNED_IN)(_end)


# --- the mandate an official acts under -------------------------------------------------------------------------------


@entrance(who=Who.OFFICIAL)
def mandate(request: Request) -> HttpResponse:
    """An official with several mandates says under which one they act from now on in this session."""
    choices = []
    for held in mandates_in_force(request):
        organisation, role = mandate_in_words(held, request.language)
        words = text("account.mandate.acting", request.language, organisation=organisation, role=role)
        choices.append((str(held.uid), words))
    form = MandateForm(request.POST or None, language=request.language, choices=choices)
    if request.method == "POST" and form.is_valid():
        request.session[MANDATE_KEY] = str(UUID(form.cleaned_data["mandate"]))
        return redirect("home")
    return render(request, "portal/account/mandate.html", {"form": form})


# --- the counter's code -----------------------------------------------------------------------------------------------


@sensitive_post_parameters("code", "password", "again")
def _bind(request: Request) -> HttpResponse:
    """Ties an account to a person by the code from the counter: the account signed in, or a new one."""
    signed_in = request.user.is_authenticated
    if signed_in and (request.why_nobody is None or request.why_nobody.reason != "person_unbound"):
        return redirect("home")
    form_class = BindForm if signed_in else NewAccountForm
    form = form_class(request.POST or None, language=request.language)
    if request.method == "POST":
        if limited := ratelimit.consume_or_429(request, action="bind_code"):
            return cast("HttpResponse", limited)
        if form.is_valid() and (mine := _bound(request, form)) is not None:
            if signed_in:
                return redirect(landing_for(mine))
            record_authentication(request, mine, method="password")
            return cast("HttpResponse", perform_login(request, mine, email_verification="none"))
    return render(request, "portal/signin/bind.html", {"form": form, "signed_in": signed_in})


def _bound(request: Request, form: BindForm) -> Account | None:
    """The account, tied; None where the code is wrong: then nothing was made, and the form says so."""
    try:
        with transaction.atomic():
            mine = _account(request) if request.user.is_authenticated else form.new_account()
            persons.redeem_binding_code(
                code=form.cleaned_data["code"], account_id=mine.id, actor=actors.system("sign_in"), at=request.at
            )
    except Refusal:
        form.add_error("code", form.wrong_code())
        return None
    return mine


bind = entrance(who=Who.PUBLIC)(_bind)
