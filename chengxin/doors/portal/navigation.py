"""The main pages of each kind of entrant: one table; a line shows to whom its view's own entrance lets in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_urlconf, resolve, reverse

from chengxin.doors.entrance import Entrance, Who, entrance_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.offices.terms import PERMISSIONS, Role

PLACES: tuple[str, ...] = (
    # residents
    "my_file",
    "my_matters",
    "my_looks",
    "my_consents",
    "my_letters",
    "my_mandates",
    # officials
    "duties",
    "batches",
    "recalls",
    "supply",
    "quarantine",
    "counter",
    "counter_mandate",
    "remedies_queue",
    "remedy_intake",
    "remedies_figures",
    "remedy_recalls",
    "cases",
    "inquiry_desk",
    "reviews",
    "seals",
    "letters_to_post",
    "officials",
    "organisations",
    "clients",
    "suspensions",
    "access_suspended",
    "erasures",
    "editions",
    "health",
    "work",
    "journal",
    "permissions",
)
"""Names of addresses in the order of the bar; each has its word in ``places.yaml``. One that no room serves yet is left out."""


@dataclass(frozen=True)
class Place:
    """One line of the bar."""

    address: str
    word: str
    here: bool


def places_for(request: Request) -> list[Place]:
    """The bar of this entrant: nothing for the public and for accounts that are nobody here."""
    if request.actor is None:
        return []
    served = _served(get_urlconf())
    # of two places of which one lies under the other, the nearer is where they are
    here = max((address for _, address, _ in served if request.path.startswith(address)), key=len, default="")
    return [
        Place(address, text(f"places.{name}", request.language), address == here)
        for name, address, declared in served
        if _is_for(declared, request)
    ]


@cache
def _served(urlconf: str | None) -> tuple[tuple[str, str, Entrance], ...]:
    """The places that some room serves: name, address, entrance. Addresses stand while the process runs."""
    found = []
    for name in PLACES:
        try:
            address = reverse(name, urlconf)
        except NoReverseMatch:
            continue
        declared = entrance_of(resolve(address, urlconf).func)
        if declared is not None:
            found.append((name, address, declared))
    return tuple(found)


def _is_for(declared: Entrance, request: Request) -> bool:
    """By role, from the one table of permissions: the bar only offers, the entrance itself asks the database."""
    acting = request.actor
    if acting is None or declared.who in {Who.PUBLIC, Who.SIGNED_IN}:
        return False
    if declared.who is Who.RESIDENT or acting.kind != "official":
        covered = request.mandate is None or declared.by_mandate in request.mandate.scopes
        return declared.who is Who.RESIDENT and acting.kind == "person" and covered
    if declared.who is Who.OPERATOR and acting.role != Role.OPERATOR:
        return False
    return declared.permission is None or acting.role in PERMISSIONS[declared.permission]
