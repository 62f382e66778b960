"""Why this room refuses, and what can be missing in it."""

from __future__ import annotations

from enum import StrEnum

from chengxin.kernel.errors import BadInput, NotFound, Unavailable


class Reason(StrEnum):
    """Reason codes, stable for ever."""

    SOURCES_UNCONFIRMED = "sources_unconfirmed"
    SECOND_APPROVER_NEEDED = "second_approver_needed"
    EDITION_DECIDED = "edition_decided"
    EDITION_FAULTY = "edition_faulty"
    EDITION_TAKEN = "edition_taken"
    STARTS_IN_PAST = "edition_starts_in_past"
    SOURCE_UNKNOWN = "source_unknown"


class EditionUnknown(NotFound):
    """There is no such edition of the catalogue."""

    code = "edition_unknown"


class EditionFaulty(BadInput):
    """The edition file has faults; `chengxin catalogue check` names each with its line."""

    code = "edition_file_faulty"


class NoEditionInForce(Unavailable):
    """No national edition of the catalogue is in force on this day, so nothing may be collected."""

    code = "no_edition_in_force"
