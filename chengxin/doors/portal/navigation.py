"""The main pages of each kind of entrant: one table; a line shows to whom its view's own entrance lets in."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, resolve, reverse

from chengxin.doors.entrance import Entrance, Who, entrance_of, may_enter
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.kernel.decisions import is_allowed

PLACES: tuple[str, ...] = (
    # residents
    "my_file",
    "my_looks",
    "my_letters",
    # officials
    "duties",
    "batches",
    "quarantine",
    "objections",
    "officials",
    "editions",
    "recalls",
    "permissions",
    "health",
    "work",
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
    found = []
    for name in PLACES:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        declared = entrance_of(resolve(address).func)
        if declared is not None and _is_for(declared, request):
            found.append(Place(address, text(f"places.{name}", request.language), request.path.startswith(address)))
    return found


def _is_for(declared: Entrance, request: Request) -> bool:
    """Public pages are in the footer; the bar is what this entrant in particular may do."""
    return declared.who not in {Who.PUBLIC, Who.SIGNED_IN} and is_allowed(may_enter(declared, request))
