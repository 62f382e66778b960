"""What is held about a person and why: the processing notice (个人信息保护法 17)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.masks import mask_number
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
def my_processing(request: Request) -> HttpResponse:
    """Handler, identity kept, purposes, periods, rights. The document's number is masked: a shared screen shows it to others."""
    _, person_id = person_of(request)
    identity = persons.identity_of(person_id)
    note_reading(request, "identity")
    documents = [
        text(
            "resident.processing.document",
            request.language,
            kind=text(f"resident.processing.kinds.kind_{document.kind}", request.language),
            number=mask_number(document.number),
        )
        for document in identity.documents
    ]
    context = {
        "office": surroundings_of(request).office,
        "identity": identity,
        "documents": documents,
        "contacts": persons.contacts_of(person_id),
        "look_years": access.years_kept(access.shipped_retention(), shanghai_day(request.at)),
    }
    return render(request, "portal/resident/processing.html", context)
