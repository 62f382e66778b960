"""Consent: who asks to see what, the person's yes or no, and taking it back with one click."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.access.terms.consent import ConsentView
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import MergedEdition
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.consent import ConsentForm
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.presenters.consent import ConsentLine, consent_line, showings
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import NotFound
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records.terms import EntryView

OWN_WISH = "own_wish"


@require_safe
def _list(request: Request) -> HttpResponse:
    """What waits for an answer first, then what stands, then what is over."""
    _, person_id = person_of(request)
    around, edition = surroundings_of(request), _edition(request)
    lines = [_line(consent, around, edition, request) for consent in access.consents_of(person_id)]
    note_reading(request, "consents")
    context = {
        "open": [line for line in lines if line.open],
        "standing": [line for line in lines if line.stands],
        "over": [line for line in lines if not line.open and not line.stands],
    }
    return render(request, "portal/resident/consents.html", context)


def _one(request: Request, uid: UUID) -> HttpResponse:
    """One request: who, for what, what exactly would be shown; nothing is chosen beforehand, and no is as near as yes."""
    actor, person_id = person_of(request)
    consent, edition = access.consent_of(person_id, uid), _edition(request)
    purpose = edition.purpose(consent.purpose)
    asked = [
        (code, item_name(edition.items[code], request.language)) for code in consent.asked if code in edition.items
    ]
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        language=request.language,
        items=asked,
        longest=purpose.ground_days if purpose else 1,
    )
    if request.method == "POST" and form.is_valid():
        access.give_consent(
            actor=actor,
            person_id=person_id,
            uid=uid,
            choice=form.choice(consent, request.at),
            address=settings.CHENGXIN_ADDRESS,
            at=request.at,
            reason=OWN_WISH,
        )
        messages.success(request, text("resident.consent.given", request.language))
        return redirect("my_consents")
    line = _line(consent, surroundings_of(request), edition, request)
    if line.over:
        entries: tuple[EntryView, ...] = ()
        note_reading(request, "consents")
    else:
        entries = access.what_askers_see(actor=actor, person_id=person_id, at=request.at)
    context = {
        "line": line,
        "form": form,
        "showings": showings(consent.given or consent.asked, edition.items, entries, request.language),
    }
    return render(request, "portal/resident/consent.html", context)


@require_POST
def _refuse(request: Request, uid: UUID) -> HttpResponse:
    """No. It costs nothing, and the asker learns nothing of it."""
    actor, person_id = person_of(request)
    access.refuse_consent(actor=actor, person_id=person_id, uid=uid, at=request.at, reason=OWN_WISH)
    messages.success(request, text("resident.consent.refused", request.language, days=access.PEACE_DAYS))
    return redirect("my_consents")


@require_POST
def _take_back(request: Request, uid: UUID) -> HttpResponse:
    """Back it is, with this one click (个人信息保护法 15)."""
    actor, person_id = person_of(request)
    access.withdraw_consent(actor=actor, person_id=person_id, uid=uid, at=request.at, reason=OWN_WISH)
    messages.success(request, text("resident.consent.taken_back", request.language))
    return redirect("my_consents")


@require_safe
def _receipt(request: Request, uid: UUID) -> HttpResponse:
    """The signed receipt, to keep: it is checked without us."""
    _, person_id = person_of(request)
    consent = access.consent_of(person_id, uid)
    if not consent.receipt:
        raise NotFound(thing="receipt")
    note_reading(request, "consents")
    response = HttpResponse(consent.receipt, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="consent-{consent.uid}.json"'
    return response


def _edition(request: Request) -> MergedEdition:
    return catalogue.edition_on(shanghai_day(request.at))


def _line(consent: ConsentView, around: Surroundings, edition: MergedEdition, request: Request) -> ConsentLine:
    return consent_line(
        consent,
        purpose=edition.purpose(consent.purpose),
        items=edition.items,
        asker=around.organisation(consent.organisation_id),
        at=request.at,
        language=request.language,
        holders=_holders(consent, request),
    )


def _holders(consent: ConsentView, request: Request) -> dict[UUID, tuple[str, str]]:
    """Who holds the mandates by which this was answered or taken back: as what, and their name."""
    if consent.answered_by is None and consent.withdrawn_by is None:
        return {}
    given = persons.mandates_given(consent.person_id, at=request.at)
    return {one.mandate_id: (one.kind.value, persons.name_of_person(one.holder)) for one in given}


my_consents = entrance(who=Who.RESIDENT, by_mandate=Scope.CONSENT)(_list)
my_consent = entrance(who=Who.RESIDENT, by_mandate=Scope.CONSENT)(_one)
my_consent_refuse = entrance(who=Who.RESIDENT, by_mandate=Scope.CONSENT)(_refuse)
my_consent_take_back = entrance(who=Who.RESIDENT, by_mandate=Scope.CONSENT)(_take_back)
my_consent_receipt = entrance(who=Who.RESIDENT, by_mandate=Scope.CONSENT)(_receipt)
