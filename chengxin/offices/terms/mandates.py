"""The life of a mandate: its states and acts, the one table that joins them, and why an act is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from chengxin.offices.terms.permissions import Permission
from chengxin.offices.terms.roles import Words


class MandateState(StrEnum):
    """What people decided about a mandate; whether it works today also depends on the day (`Standing`)."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    ENDED = "ended"


class MandateAct(StrEnum):
    """What may be done to a mandate that was granted."""

    APPROVE = "approve"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESUME = "resume"
    REAPPROVE = "reapprove"
    END = "end"


WORKFLOW: Mapping[tuple[MandateState, MandateAct], MandateState] = MappingProxyType(
    {
        (MandateState.PROPOSED, MandateAct.APPROVE): MandateState.APPROVED,
        (MandateState.PROPOSED, MandateAct.REFUSE): MandateState.REFUSED,
        (MandateState.PROPOSED, MandateAct.END): MandateState.ENDED,
        (MandateState.APPROVED, MandateAct.SUSPEND): MandateState.SUSPENDED,
        (MandateState.APPROVED, MandateAct.REAPPROVE): MandateState.APPROVED,
        (MandateState.APPROVED, MandateAct.END): MandateState.ENDED,
        (MandateState.SUSPENDED, MandateAct.RESUME): MandateState.APPROVED,
        (MandateState.SUSPENDED, MandateAct.END): MandateState.ENDED,
    }
)
"""(state, act) -> the state that follows. A pair that is not here is refused."""

LIVE_STATES: frozenset[MandateState] = frozenset({MandateState.PROPOSED, MandateState.APPROVED, MandateState.SUSPENDED})
"""States that keep the place taken: a suspended mandate cannot be got round by granting a second one."""

ACT_PERMISSIONS: Mapping[MandateAct, Permission] = MappingProxyType(
    {
        MandateAct.APPROVE: Permission.APPROVE_MANDATE,
        MandateAct.REFUSE: Permission.APPROVE_MANDATE,
        MandateAct.SUSPEND: Permission.SUSPEND_MANDATE,
        MandateAct.RESUME: Permission.RESUME_MANDATE,
        MandateAct.REAPPROVE: Permission.REAPPROVE_MANDATE,
        MandateAct.END: Permission.END_MANDATE,
    }
)
"""Act -> the permission it needs, in reach of the mandate's organisation."""


class Standing(StrEnum):
    """What a mandate is worth on a day: its state, and the calendar."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    ENDED = "ended"
    NOT_STARTED = "not_started"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    IN_FORCE = "in_force"


STANDING_WORDS: Mapping[Standing, Words] = MappingProxyType(
    {
        Standing.PROPOSED: Words("待另一人批准", "waiting for another person's approval"),
        Standing.REFUSED: Words("未获批准", "refused"),
        Standing.SUSPENDED: Words("已暂停", "suspended"),
        Standing.ENDED: Words("已终止", "ended"),
        Standing.NOT_STARTED: Words("尚未开始", "not started yet"),
        Standing.EXPIRED: Words("已期满", "expired"),
        Standing.LAPSED: Words("未经复核，已失效", "lapsed, because nobody confirmed it"),
        Standing.IN_FORCE: Words("有效", "in force"),
    }
)


class Reason(StrEnum):
    """Reason codes of this room, stable for ever."""

    ACCOUNT_INACTIVE = "account_inactive"
    NOT_AN_OFFICIAL = "not_an_official"
    SECOND_FACTOR_NEEDED = "second_factor_needed"
    OFFICIAL_DISMISSED = "official_dismissed"
    ORGANISATION_CLOSED = "organisation_closed"
    NO_MANDATE = "no_mandate"
    MANDATE_PROPOSED = "mandate_proposed"
    MANDATE_REFUSED = "mandate_refused"
    MANDATE_SUSPENDED = "mandate_suspended"
    MANDATE_ENDED = "mandate_ended"
    MANDATE_NOT_STARTED = "mandate_not_started"
    MANDATE_EXPIRED = "mandate_expired"
    MANDATE_LAPSED = "mandate_lapsed"
    PERMISSION_MISSING = "permission_missing"
    OUT_OF_REACH = "out_of_reach"
    WRONG_STATE = "wrong_state"
    OWN_MANDATE = "own_mandate"
    SECOND_PERSON_NEEDED = "second_person_needed"
    ROLE_NOT_SEATED_HERE = "role_not_seated_here"
    ROLE_STANDS_ALONE = "role_stands_alone"
    MANDATE_OVERLAPS = "mandate_overlaps"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    STARTS_IN_THE_PAST = "starts_in_the_past"
    REASON_MISSING = "reason_missing"
    ACCOUNT_TAKEN = "account_taken"
    CITY_ALREADY_FOUNDED = "city_already_founded"
    FOUNDING_NEEDS_TWO = "founding_needs_two"
    ONLY_BY_COMMAND = "only_by_command"
    HEADS_IN_OFFICE = "heads_in_office"
    ORG_CODE_INVALID = "org_code_invalid"
    ORG_CODE_TAKEN = "org_code_taken"
    ROOT_STAYS = "root_stays"
    ORGANISATION_IN_USE = "organisation_in_use"
    ORGANISATION_MISPLACED = "organisation_misplaced"
    ACCESS_SUSPENDED = "access_suspended"
    NOT_AN_ASKER = "not_an_asker"
    OWN_TRAINING = "own_training"
    OWN_DOCUMENT_BY_ANOTHER = "own_document_by_another"
    TRAINING_NOT_PASSED_YET = "training_not_passed_yet"
    TRAINING_KNOWN = "training_known"
    TRAINING_TOO_LONG = "training_too_long"
    TRAINING_TAKEN_BACK = "training_taken_back"
    OWN_TRAINING_TAKEN_BACK = "own_training_taken_back"
    CLIENT_DOES_NOTHING = "client_does_nothing"
    CLIENT_KEY_INVALID = "client_key_invalid"
    CLIENT_KEY_TAKEN = "client_key_taken"
    CLIENT_TOO_LONG = "client_too_long"
    CLIENT_OVER = "client_over"
    ASKER_SUPPLIES_NOTHING = "asker_supplies_nothing"
    SUSPENSION_TOO_LONG = "suspension_too_long"
    SUSPENSION_RUNS = "suspension_runs"
    SUSPENSION_OVER = "suspension_over"
    SUSPENSION_REPLIED = "suspension_replied"
    OWN_SUSPENSION = "own_suspension"
    NOTICE_MISSING = "notice_missing"
