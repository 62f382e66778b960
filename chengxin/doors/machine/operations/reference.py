"""What a client looks up before it asks: itself, its purposes; and what anybody may: keys, vectors, this API's document."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from chengxin.catalogue import facade as catalogue
from chengxin.doors.entrance import Who
from chengxin.doors.machine import shapes, vectors
from chengxin.doors.machine.api import api, operation
from chengxin.doors.machine.entering import caller_of
from chengxin.doors.machine.request import moment_of
from chengxin.foundation import keyring
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices

if TYPE_CHECKING:
    from chengxin.catalogue.terms import PurposeSpec


@operation("GET", "/client", who=Who.CLIENT, answer=shapes.Client)
def client(request: HttpRequest) -> dict[str, Any]:
    """Who calls: the first thing to try with a new token."""
    found = caller_of(request).client
    organisation = offices.organisation(found.organisation_id)
    return {
        "uid": found.uid,
        "name": found.name,
        "organisation": organisation.name_zh,
        "org_code": organisation.org_code,
        "may_ask": found.may_ask,
        "may_supply": found.may_supply,
        "signs": found.public_key is not None,
        "ends_on": found.ends_on,
    }


@operation("GET", "/purposes", who=Who.CLIENT_ASKING, answer=shapes.Purposes)
def purposes(request: HttpRequest) -> dict[str, Any]:
    """The purposes that this organisation has today, and what each allows."""
    organisation = offices.organisation(caller_of(request).client.organisation_id)
    edition = catalogue.edition_on(shanghai_day(moment_of(request)))
    return {
        "purposes": [
            _told(purpose)
            for purpose in edition.purposes.values()
            if purpose.is_for(organisation.org_code, organisation.kind)
        ]
    }


def _told(purpose: PurposeSpec) -> dict[str, Any]:
    basis, question = purpose.basis, purpose.question
    return {
        "code": purpose.code,
        "name_zh": purpose.zh,
        "name_en": purpose.en,
        "basis": "consent" if basis is None else f"{basis.law} {basis.article}",
        "operations": sorted(operation.value for operation in purpose.operations),
        "items": {item: sorted(fields) for item, fields in sorted(purpose.items.items())},
        "question_zh": question.zh if question else None,
        "question_en": question.en if question else None,
        "case_needed": purpose.case_needed,
        "ground_days": purpose.ground_days,
        "times": purpose.frequency.times,
        "days": purpose.frequency.days,
        "batch_most": purpose.batch_most,
    }


@operation("GET", "/keys", who=Who.PUBLIC, answer=shapes.PublicKeys)
def public_keys(request: HttpRequest) -> dict[str, Any]:
    """The keys by which our receipts and our own calls are verified."""
    keys = keyring.current().verifying_keys()
    return {
        "algorithm": "ed25519",
        "keys": [{"version": n, "key": base64.b64encode(key).decode()} for n, key in sorted(keys.items())],
    }


@operation("GET", "/vectors.json", who=Who.PUBLIC, answer=dict)
def test_vectors(request: HttpRequest) -> HttpResponse:
    """Test vectors: signatures of requests, digests of bodies, checks of document numbers."""
    return JsonResponse(vectors.vectors(), json_dumps_params={"ensure_ascii": False})


@operation("GET", "/openapi.json", who=Who.PUBLIC, answer=dict)
def openapi(request: HttpRequest) -> HttpResponse:
    """This API as an OpenAPI 3.1 document."""
    return JsonResponse(_document(), json_dumps_params={"ensure_ascii": False})


@cache
def _document() -> dict[str, Any]:
    return dict(api.get_openapi_schema())
