"""What the tests of the writes of offices share: an official to act on, a grant, the reason of a refusal."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.models import Official
from chengxin.offices.terms import (
    MandateView,
    OrganisationView,
    Role,
)
from tests.making import (
    MANDATE_DAYS,
    WHY,
    heads,
    make_account,
)
from tests.people import NOW

TODAY = shanghai_day(NOW)
LAST = TODAY + timedelta(days=MANDATE_DAYS)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.refused.reason


def appointed(organisation: OrganisationView) -> Official:
    view = offices.appoint_official(
        actor=heads()[0],
        account_id=make_account().id,
        organisation_id=organisation.id,
        name="诸葛远",
        at=NOW,
        reason=WHY,
    )
    return Official.objects.get(id=view.id)


def granted(official: Official, *, role: Role = Role.CLERK, by: Actor | None = None, at: datetime = NOW) -> MandateView:
    return offices.grant_mandate(
        actor=by or heads()[0],
        official_id=official.id,
        role=role,
        organisation_id=official.organisation_id,
        starts_on=shanghai_day(at),
        ends_on=LAST,
        at=at,
        reason=WHY,
    )
