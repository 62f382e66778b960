"""Every write about offices: who does it, at which moment, why; journalled in the same transaction."""

from chengxin.offices.actions.clients import approve_client, end_client, propose_client
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
from chengxin.offices.actions.suspensions import lift_suspension, reply_to_suspension, suspend_access
from chengxin.offices.actions.training import record_own_document, record_training, take_back_training

__all__ = [
    "appoint_official",
    "approve_client",
    "approve_mandate",
    "close_organisation",
    "correct_organisation",
    "dismiss_official",
    "end_client",
    "end_mandate",
    "found_city",
    "grant_mandate",
    "lift_suspension",
    "propose_client",
    "reapprove_mandate",
    "record_own_document",
    "record_training",
    "refuse_mandate",
    "register_organisation",
    "reply_to_suspension",
    "restore_heads",
    "resume_mandate",
    "suspend_access",
    "suspend_mandate",
    "take_back_training",
]
