"""Every write about offices: who does it, at which moment, why; journalled in the same transaction."""

from chengxin.offices.actions.founding import found_city, restore_heads
from chengxin.offices.actions.mandates import (
    approve_mandate,
    end_mandate,
    grant_mandate,
    reapprove_mandate,
    refuse_mandate,
    resume_mandate,
    suspend_mandate,
)
from chengxin.offices.actions.officials import appoint_official, dismiss_official
from chengxin.offices.actions.organisations import close_organisation, correct_organisation, register_organisation

__all__ = [
    "appoint_official",
    "approve_mandate",
    "close_organisation",
    "correct_organisation",
    "dismiss_official",
    "end_mandate",
    "found_city",
    "grant_mandate",
    "reapprove_mandate",
    "refuse_mandate",
    "register_organisation",
    "restore_heads",
    "resume_mandate",
    "suspend_mandate",
]
