"""When a look may be kept from its person for a time: a named law, another organisation's yes, an end within the law's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chengxin.access.terms.seals import SealState
from chengxin.kernel.decisions import ALLOWED, Decision, Refused

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from chengxin.access.terms.seals import SealView
    from chengxin.catalogue.terms import SealSpec

_LAW: Final = "个人信息保护法 18"


def may_ask_seal(law: SealSpec | None, *, case_open: bool, ends_on: date, today: date) -> Decision:
    """Whether an order may be asked for: under a law, for an open case, from today on, with an end within the law's maximum."""
    if law is None:
        return Refused("seal_without_law", _LAW)
    if not case_open:
        return Refused("case_not_open", _LAW)
    if not today < ends_on <= today + timedelta(days=law.days):
        return Refused("seal_too_long", f"{law.basis.law} {law.basis.article}", {"days": law.days})
    return ALLOWED


def may_decide_seal(seal: SealView, official_id: UUID | None, organisation_id: UUID | None, today: date) -> Decision:
    """Whether this official may decide on an order: of another organisation, while it waits and its days have not passed."""
    if seal.state is not SealState.ASKED:
        return Refused("seal_decided", _LAW)
    if official_id is None or official_id == seal.asked_by or organisation_id == seal.organisation_id:
        return Refused("other_organisation_needed", _LAW)
    if seal.ends_on <= today:
        return Refused("seal_over", _LAW)
    return ALLOWED
