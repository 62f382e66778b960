"""Whether an asker may report that an answer weighed against its person: their own look, that answered, before the decision."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.access.terms.looks import LookView
from chengxin.access.terms.uses import MOST_SIGNS
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused

BASIS: Final = "个人信息保护法 17"
ANSWERED: Final = "shown"
"""Outcome of a look that told the asker something, be it a yes or a no."""
_NUMBER: Final = re.compile(rf"\S(.{{0,{MOST_SIGNS - 2}}}\S)?")


def is_of(look: LookView, organisation_id: UUID | None) -> bool:
    """Whether this is an answer to this asker."""
    return look.organisation_id == organisation_id and look.outcome == ANSWERED


def may_report_use(look: LookView, decision: str, decided_on: date, at: datetime) -> Decision:
    """Whether the report is whole and possible. A look that a law keeps silent is reported when its person may know of it."""
    if look.opens_at is not None and look.opens_at > at:
        return Refused("use_not_to_be_told_yet", BASIS, {"on": shanghai_day(look.opens_at).isoformat()})
    if not _NUMBER.fullmatch(decision.strip()):
        return Refused("decision_number_missing", BASIS, {"most": MOST_SIGNS})
    earliest, latest = shanghai_day(look.at), shanghai_day(at)
    if not earliest <= decided_on <= latest:
        said = {"earliest": earliest.isoformat(), "latest": latest.isoformat()}
        return Refused("decision_day_impossible", BASIS, said)
    return ALLOWED
