"""The permission table as it is: what each permission allows, which roles have it, which pages ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chengxin.doors.entrance import Who, entrance, entrance_of
from chengxin.doors.portal.navigation import PLACES
from chengxin.doors.portal.presenters.offices import role_duty, role_name, said
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission, Role

_ANY = re.compile("<[^>]+>")
"""The part of an address that names one thing or another."""

_UNDER = {"send": "duties", "withdraw": "batches"}
"""Pages that stand in no bar -> the page of the bar that leads to them."""


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_PERMISSIONS)
def permissions(request: Request) -> HttpResponse:
    """Read from the table that decides and from the entrances themselves: nothing here is typed twice."""
    matrix, language = offices.permission_matrix(), request.language
    wanted = request.GET.get("role", "")
    role = next((one for one in matrix.roles if one.value == wanted), None)
    rows = [
        {
            "code": row.permission.value,
            "sentence": said(row.words, language),
            "roles": [role_name(one, language) for one, has in zip(matrix.roles, row.granted, strict=True) if has],
            "everybody": all(row.granted),
            "pages": page_names(pages_by_permission().get(row.permission, ()), language),
            "addresses": pages_by_permission().get(row.permission, ()),
        }
        for row in matrix.rows
        if role is None or row.granted[matrix.roles.index(role)]
    ]
    roles = [(one.value, role_name(one, language), role_duty(one, language)) for one in matrix.roles]
    context = {
        "rows": rows,
        "roles": roles,
        "chosen": role,
        "chosen_name": role_name(role, language) if role else "",
        "mine": request.actor and Role(request.actor.role or ""),
    }
    return render(request, "portal/office/permissions.html", context)


def page_names(addresses: Iterable[str], language: Language) -> list[str]:
    """The pages of the bar that the addresses belong to, by their words there; of each the longest address that fits."""
    places = {reverse(name): name for name in PLACES}
    names = []
    for address in addresses:
        place = max((one for one in places if address.startswith(one)), key=len, default=None)
        name = _UNDER.get(address.split("/")[1], "") if place is None else places[place]
        word = text(f"places.{name}", language) if name else address
        if word not in names:
            names.append(word)
    return names


@cache
def pages_by_permission() -> dict[Permission, tuple[str, ...]]:
    """Permission -> the addresses whose entrance asks for it."""
    found: dict[Permission, list[str]] = {}
    for address, pattern in _patterns(get_resolver(), "/"):
        declared = entrance_of(pattern.callback)
        if declared is not None and declared.permission is not None:
            found.setdefault(declared.permission, []).append(_ANY.sub("…", address))
    return {permission: tuple(addresses) for permission, addresses in found.items()}


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, address)
        else:
            yield address, pattern
