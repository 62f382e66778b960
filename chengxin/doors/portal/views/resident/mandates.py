"""Who may act for a person, and for whom they may act: given, taken, ended; and the switch into another's pages and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.middleware import ACTING_KEY
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.mandates import CodeForm, OfferForm
from chengxin.doors.portal.views.resident.reading import note_reading, person_of
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.kernel.decisions import Refused
from chengxin.persons import facade as persons
from chengxin.persons.terms import OFFER_LIFE, MandateView, Scope

OWN_WISH = "own_wish"


@dataclass(frozen=True, slots=True)
class MandateLine:
    """A mandate in words. ``name``: of the other side."""

    mandate: MandateView
    name: str
    kind: str
    scopes: tuple[str, ...]
    state: str
    may_end: bool


@require_safe
def _list(request: Request) -> HttpResponse:
    """Both lists, and the codes that nobody used yet."""
    _, person_id = person_of(request)
    note_reading(request, "mandates")
    given = persons.mandates_given(person_id, at=request.at)
    held = persons.mandates_held(person_id, at=request.at)
    codes = persons.codes_open(person_id, at=request.at)
    context = {
        "given": [mandate_line(one, one.holder, request.language) for one in given],
        "held": [mandate_line(one, one.principal, request.language) for one in held],
        "codes": len(codes),
        "codes_until": max((one.expires_at for one in codes), default=None),
    }
    return render(request, "portal/resident/mandates.html", context)


def mandate_line(mandate: MandateView, other: UUID, language: Language) -> MandateLine:
    """One mandate, as the one side reads it of the other."""
    if mandate.ended_at is not None:
        state = "ended"
    elif mandate.confirmed_at is None:
        state = "waiting"
    else:
        state = "in_force" if mandate.in_force else "over"
    return MandateLine(
        mandate=mandate,
        name=persons.name_of_person(other),
        kind=text(f"mandate.kind.{mandate.kind.value}", language),
        scopes=tuple(text(f"mandate.scope.{one.value}", language) for one in Scope if one in mandate.scopes),
        state=state,
        may_end=state in {"waiting", "in_force"},
    )


@sensitive_variables("code")
def _offer(request: Request) -> HttpResponse:
    """What a helper may do and until when; then the code, shown once."""
    actor, _ = person_of(request)
    note_reading(request, "mandates")
    form = OfferForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        ends_on = form.ends_on
        assert ends_on is not None
        code = attempted(
            form,
            lambda: persons.offer_mandate(
                actor=actor, scopes=form.wanted, ends_on=ends_on, at=request.at, reason=OWN_WISH
            ),
            field="last_on",
        )
        if code is not None:
            context = {"code": code, "until": request.at + OFFER_LIFE}
            return render(request, "portal/resident/mandate_made.html", context)
    return render(request, "portal/resident/mandate_offer.html", {"form": form})


@require_POST
def _drop(request: Request) -> HttpResponse:
    """Codes that nobody used are void from now on."""
    actor, _ = person_of(request)
    persons.take_back_offers(actor=actor, at=request.at, reason=OWN_WISH)
    messages.success(request, text("mandate.given.dropped", request.language))
    return redirect("my_mandates")


@sensitive_post_parameters("code")
def _code(request: Request) -> HttpResponse:
    """A code typed: what it would give, and agreeing to it. A wrong one tells nothing, however often it is tried."""
    actor, _ = person_of(request)
    note_reading(request, "mandates")
    form = CodeForm(request.POST or None, language=request.language)
    if request.method != "POST":
        return render(request, "portal/resident/mandate_code.html", {"form": form})
    if limited := ratelimit.consume_or_429(request, action="mandate_code"):
        return cast("HttpResponse", limited)
    if not form.is_valid():
        return render(request, "portal/resident/mandate_code.html", {"form": form})
    code = form.cleaned_data["code"]
    if "agree" in request.POST:
        done = attempted(
            form, lambda: persons.accept_mandate(actor=actor, code=code, at=request.at, reason=OWN_WISH), field="code"
        )
        if done is not None:
            messages.success(request, text("mandate.code.done", request.language))
            return redirect("my_mandates")
        return render(request, "portal/resident/mandate_code.html", {"form": form})
    offered = attempted(form, lambda: persons.code_offered(code, at=request.at), field="code")
    if offered is None:
        return render(request, "portal/resident/mandate_code.html", {"form": form})
    scopes = [text(f"mandate.scope.{one.value}", request.language) for one in Scope if one in offered.scopes]
    return render(request, "portal/resident/mandate_check.html", {"offered": offered, "scopes": scopes, "code": code})


@require_POST
def _act(request: Request, uid: UUID) -> HttpResponse:
    """From now on ``/my/`` is the other's, as far as the mandate covers it."""
    _, person_id = person_of(request)
    found = persons.acting_for(person_id, uid, at=request.at)
    if isinstance(found, Refused):
        # over, or never theirs: the same answer
        raise persons.PersonMandateUnknown()
    request.session[ACTING_KEY] = str(uid)
    return redirect("my_file")


@require_POST
def _end(request: Request, uid: UUID) -> HttpResponse:
    """Either side ends it, at once, with one click."""
    actor, _ = person_of(request)
    persons.end_mandate(actor=actor, uid=uid, at=request.at, reason=OWN_WISH)
    messages.success(request, text("mandate.ended", request.language))
    return redirect("my_mandates")


@require_POST
def _stop(request: Request) -> HttpResponse:
    """Back to one's own pages."""
    request.session.pop(ACTING_KEY, None)
    messages.success(request, text("mandate.stopped", request.language))
    return redirect("my_mandates")


# nobody gives, takes or ends a mandate for another (民法典 169): none of these says what a mandate must cover
my_mandates = entrance(who=Who.RESIDENT)(_list)
my_mandate_offer = entrance(who=Who.RESIDENT)(_offer)
my_mandate_offers_drop = entrance(who=Who.RESIDENT)(_drop)
my_mandate_code = entrance(who=Who.RESIDENT)(_code)
my_mandate_act = entrance(who=Who.RESIDENT)(_act)
my_mandate_end = entrance(who=Who.RESIDENT)(_end)
# it must work the second a mandate is over, when whoever acted is nobody
my_mandate_stop = entrance(who=Who.SIGNED_IN)(_stop)
