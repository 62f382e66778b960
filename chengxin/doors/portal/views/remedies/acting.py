"""What the pages of cases have in common: who acts, and the names that a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from chengxin.catalogue.terms import Item
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.presenters.worked import People, WorkedPage, worked_page
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.portal.views.clerk.supplying import items_on
from chengxin.doors.request import Request
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case


def actor_of(request: Request) -> Actor:
    """The official who acts; the entrance let nobody else in."""
    actor = request.actor
    assert actor is not None
    return actor


def people_in(case: Case, request: Request) -> People:
    """Everybody who acted on a case, by name."""
    acted = {one.actor for one in case.events if one.organisation_id is not None}
    return People(
        officials=offices.official_names(acted),
        offices=all_offices(request),
        reader=actor_of(request).official_id,
    )


def all_offices(request: Request) -> dict[UUID, str]:
    """Every organisation's name in the page's language, closed ones too."""
    return office_names(offices.organisations(closed=True), request.language)


def items_of(at: datetime) -> Callable[[str], Item | None]:
    """The items of today's edition by code."""
    return items_on(shanghai_day(at))


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Officials' names; nobody's where nobody is named."""
    return offices.official_names([one for one in ids if one is not None])


def page_of(worked: remedies.WorkedCase, request: Request) -> WorkedPage:
    """The page of a case that was read."""
    around = Surroundings(at=request.at, language=request.language)
    return worked_page(
        worked.case,
        worked.entry,
        around.around_of(worked.entry),
        people_in(worked.case, request),
        items_of(request.at),
    )


def read_case(request: Request, uid: UUID) -> remedies.WorkedCase:
    """A case that is this official's to work, answer or lead. It is a look; its person sees it. Raises CaseUnknown."""
    return remedies.case_for(actor=actor_of(request), uid=uid, at=request.at)
