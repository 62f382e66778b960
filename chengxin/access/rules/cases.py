"""When a case may be opened: a look needs one, and it must be one of the asker's own, for a purpose of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from chengxin.kernel.decisions import ALLOWED, Decision, Refused

if TYPE_CHECKING:
    from chengxin.access.terms.asking import Asker
    from chengxin.catalogue.terms import PurposeSpec

MOST_PERSONS: Final = 10_000
"""As many as one batch may be about."""

_LEAST: Final = "个人信息保护法 6"
_SECURITY: Final = "个人信息保护法 51"
_REF: Final = re.compile(r"[^\s\x00-\x1f].{0,62}[^\s\x00-\x1f]|[^\s\x00-\x1f]")


def may_open_case(asker: Asker, purpose: PurposeSpec | None, *, ref: str, persons_most: int) -> Decision:
    """Whether this organisation may open a case under this number for this purpose, about so many persons at most."""
    if purpose is None or not purpose.case_needed:
        return Refused("purpose_without_case", _LEAST)
    if not asker.is_active or not purpose.is_for(asker.org_code, asker.org_kind):
        return Refused("not_for_this_organisation", _LEAST)
    if asker.is_suspended:
        return Refused("organisation_suspended", _SECURITY)
    if not asker.in_office:
        return Refused("operator_not_in_office", _SECURITY)
    if not _REF.fullmatch(ref):
        return Refused("case_number_unreadable", _LEAST, {"longest": 64})
    if not 1 <= persons_most <= max(purpose.batch_most, 1):
        return Refused("case_about_too_many", _LEAST, {"most": max(purpose.batch_most, 1)})
    return ALLOWED
