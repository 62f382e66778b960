"""Where a person wants to be told, beside these pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.contact import ContactForm
from chengxin.doors.portal.views.resident.reading import note_reading, person_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.persons import facade as persons
from chengxin.persons.terms import ContactKind

OWN_WISH = "own_wish"


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
    email = next((one.address for one in persons.contacts_of(person_id) if one.kind is ContactKind.EMAIL), "")
    return render(request, "portal/resident/contact.html", {"form": form, "email": email})


@require_POST
def _take_back(request: Request) -> HttpResponse:
    """No e-mail any more."""
    _set(request, "")
    messages.success(request, text("resident.contact.taken_back", request.language))
    return redirect("my_contact")


def _set(request: Request, address: str) -> None:
    actor, person_id = person_of(request)
    persons.set_contact(
        actor=actor, person_id=person_id, kind=ContactKind.EMAIL, address=address, at=request.at, reason=OWN_WISH
    )


my_contact = entrance(who=Who.RESIDENT)(_contact)
my_contact_take_back = entrance(who=Who.RESIDENT)(_take_back)
