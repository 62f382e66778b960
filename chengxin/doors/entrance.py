"""Who may enter each page: declared on every view, checked in one place, read by a house test over all addresses."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, cast

from django.http import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from chengxin.doors.request import Request
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.decisions import ALLOWED, Decision, Refused, require
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission, Role
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope

View = Callable[..., HttpResponseBase]

SIGN_IN_BASIS = "F12"


class Who(StrEnum):
    """Entrants of a page."""

    PUBLIC = "public"
    """Everybody, signed in or not."""
    SIGNED_IN = "signed_in"
    """Any account, also one that is not (yet) anybody here: sign-in and security pages."""
    RESIDENT = "resident"
    """A person, for their own file; the database then shows this person's rows alone."""
    OFFICIAL = "official"
    """An official in office with a second factor, and with the permission where one is named."""
    OPERATOR = "operator"
    """An official acting as operator."""
    CLIENT = "client"
    """A machine with a token, whatever it is registered for (``doors.machine``)."""
    CLIENT_ASKING = "client_asking"
    """A machine that is registered for asking."""
    CLIENT_SUPPLYING = "client_supplying"
    """A machine that is registered for handing files in."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a view declares."""

    who: Who
    permission: Permission | None = None
    by_mandate: Scope | None = None


def entrance(
    *, who: Who, permission: Permission | None = None, by_mandate: Scope | None = None
) -> Callable[[View], View]:
    """Declare who may enter a view, and let nobody else in. ``permission`` goes with OFFICIAL and OPERATOR alone.

    ``by_mandate``: what a mandate must cover for another to come here for the person; without it nobody does.

    A refusal is raised as ``Refusal`` (``doors.portal.errors`` turns it into a page, or leads to the sign-in). A resident's
    view runs, and its template renders, while row-level security shows the person's own rows.
    """
    if permission is not None and who not in {Who.OFFICIAL, Who.OPERATOR}:
        raise ValueError(f"a permission belongs to officials, not to {who}")
    if by_mandate is not None and who is not Who.RESIDENT:
        raise ValueError(f"a mandate opens a person's own pages, not those of {who}")
    declared = Entrance(who, permission, by_mandate)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(may_enter(declared, request))
            with _sight(declared, request):
                response = view(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                    response.render()
            return response

        guarded.entrance = declared  # type: ignore[attr-defined]
        return cast("View", guarded)

    return declare


def entrance_of(view: object) -> Entrance | None:
    """What a view declares; None for one that declares nothing."""
    return getattr(view, "entrance", None)


def may_enter(declared: Entrance, request: Request) -> Decision:
    """Whether this request may enter: the reason otherwise, the nearest to what the entrant can change first."""
    if declared.who is Who.PUBLIC:
        return ALLOWED
    if not request.user.is_authenticated:
        return Refused("sign_in_needed", SIGN_IN_BASIS)
    if declared.who is Who.SIGNED_IN:
        return ALLOWED
    if request.actor is None:
        return request.why_nobody or Refused("sign_in_needed", SIGN_IN_BASIS)
    if declared.who is Who.RESIDENT:
        return _may_person_enter(declared, request.actor, request)
    return _may_official_enter(declared, request.actor, request)


def _may_person_enter(declared: Entrance, actor: Actor, request: Request) -> Decision:
    if actor.kind != "person":
        return Refused("residents_only", SIGN_IN_BASIS)
    if actor.mandate is None:
        return ALLOWED
    if declared.by_mandate is None:
        return Refused("mandate_never_covers", "民法典 161")
    return persons.may_act_for(actor, actor.mandate.person_id, declared.by_mandate, at=request.at)


def _may_official_enter(declared: Entrance, actor: Actor, request: Request) -> Decision:
    if actor.kind != "official":
        return Refused("not_an_official", SIGN_IN_BASIS)
    if declared.who is Who.OPERATOR and actor.role != Role.OPERATOR:
        return Refused("permission_missing", SIGN_IN_BASIS)
    return ALLOWED if declared.permission is None else offices.may(actor, declared.permission, request.at)


def _sight(declared: Entrance, request: Request) -> AbstractContextManager[None]:
    if declared.who is Who.RESIDENT and request.actor is not None and request.actor.subject_id is not None:
        return as_person(request.actor.subject_id)
    return nullcontext()
