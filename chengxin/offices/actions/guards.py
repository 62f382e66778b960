"""What every write of this room begins and ends with: a reason given, a broken promise told as a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from django.db import IntegrityError
from psycopg import errors

from chengxin.foundation.database import in_transaction
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices.rules import LEAST_POWER
from chengxin.offices.terms import Reason

REFUSALS: Mapping[str, Reason] = MappingProxyType(
    {
        "offices_mandate_one_at_a_time": Reason.MANDATE_OVERLAPS,
        "offices_mandate_auditor_alone": Reason.ROLE_STANDS_ALONE,
        "offices_mandate_founding_two_seats": Reason.CITY_ALREADY_FOUNDED,
        "offices_organisation_one_root": Reason.CITY_ALREADY_FOUNDED,
        "offices_organisation_code_once": Reason.ORG_CODE_TAKEN,
        "offices_official_one_account": Reason.ACCOUNT_TAKEN,
        "offices_training_once": Reason.TRAINING_KNOWN,
        "offices_trainingtakenback_pkey": Reason.TRAINING_TAKEN_BACK,
        "offices_client_key_once": Reason.CLIENT_KEY_TAKEN,
        "offices_suspension_one_at_a_time": Reason.SUSPENSION_RUNS,
    }
)
"""Constraints that two people can break by acting at the same time -> what the later one is told."""


def require_reason(reason: str) -> None:
    """Raise `Refusal` for an act that does not say why."""
    if not reason.strip():
        raise Refusal(Refused(Reason.REASON_MISSING, LEAST_POWER))


@contextmanager
def promises_kept() -> Iterator[None]:
    """Write in a savepoint; a constraint of `REFUSALS` that breaks is raised as its `Refusal`."""
    try:
        with in_transaction():
            yield
    except IntegrityError as broken:
        cause = broken.__cause__
        name = cause.diag.constraint_name if isinstance(cause, errors.Error) else None
        told = REFUSALS.get(name or "")
        if told is None:
            raise
        raise Refusal(Refused(told, LEAST_POWER)) from broken
