"""Where a person wants to be told, beside these pages: an address, proven by the link sent to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.doors import proving
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.contact import ContactForm
from chengxin.doors.portal.views.resident.reading import note_reading, person_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.persons import facade as persons
from chengxin.persons.terms import Contact, ContactKind

OWN_WISH = "own_wish"
_OVER = Refused("contact_link_over", "个人信息保护法 9")


@sensitive_post_parameters("email")
def _contact(request: Request) -> HttpResponse:
    """The address as it is, and the form that sets another."""
    form = ContactForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        _set(request, form.cleaned_data["email"])
        messages.success(request, text("resident.contact.saved", request.language))
        return redirect("my_contact")
    _, person_id = person_of(request)
    note_reading(request, "contact")
    return render(request, "portal/resident/contact.html", {"form": form, "email": proving.email_of(person_id)})


@require_POST
def _link(request: Request) -> HttpResponse:
    """Another link to the same address; the earlier one is void from now on."""
    email = _unproven(request)
    _set(request, email.address)
    messages.success(request, text("resident.contact.link_sent", request.language))
    return redirect("my_contact")


def _prove(request: Request, token: str) -> HttpResponse:
    """The link, opened while signed in: one question, so that a look at the letter proves nothing by itself."""
    actor, person_id = person_of(request)
    email = _unproven(request)
    if not proving.is_good(token, person_id, email.contact_id, request.at):
        raise Refusal(_OVER)
    if request.method == "POST":
        persons.prove_contact(
            actor=actor, person_id=person_id, contact_id=email.contact_id, at=request.at, reason=OWN_WISH
        )
        messages.success(request, text("resident.contact.proven_now", request.language))
        return redirect("my_contact")
    note_reading(request, "contact")
    return render(request, "portal/resident/contact_prove.html", {"email": email})


@require_POST
def _take_back(request: Request) -> HttpResponse:
    """No e-mail any more."""
    _set(request, "")
    messages.success(request, text("resident.contact.taken_back", request.language))
    return redirect("my_contact")


def _unproven(request: Request) -> Contact:
    """The address as it stands, still to be proven."""
    email = proving.email_of(person_of(request)[1])
    if email is None or email.verified_at is not None:
        raise Refusal(_OVER)
    return email


def _set(request: Request, address: str) -> None:
    actor, person_id = person_of(request)
    contact_id = persons.set_contact(
        actor=actor, person_id=person_id, kind=ContactKind.EMAIL, address=address, at=request.at, reason=OWN_WISH
    )
    if address:
        proving.ask_link(person_id, contact_id)


my_contact = entrance(who=Who.RESIDENT)(_contact)
my_contact_link = entrance(who=Who.RESIDENT)(_link)
my_contact_prove = entrance(who=Who.RESIDENT)(_prove)
my_contact_take_back = entrance(who=Who.RESIDENT)(_take_back)
