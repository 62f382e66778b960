"""The laws of silence of the national edition in force, and which of them hold."""

from __future__ import annotations

from datetime import date

from chengxin.catalogue.models import Confirmation
from chengxin.catalogue.queries.editions import approved_editions
from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.merging import in_force
from chengxin.catalogue.rules.sealing import holds
from chengxin.catalogue.terms import Level, SealSpec
from chengxin.foundation.database import WEB


def seals_on(day: date, *, alias: str = WEB) -> dict[str, tuple[SealSpec, bool]]:
    """Code -> a law of silence of the edition in force on a day, and whether it holds. Unconfirmed, it seals nothing."""
    national = in_force(approved_editions(alias), Level.NATIONAL, day)
    if national is None or national.uid is None:
        return {}
    # a confirmation counts from the moment it was written: it is read anew each time
    confirmed = set(
        Confirmation.objects.using(alias).filter(edition__uid=national.uid).values_list("source", flat=True)
    )
    table = shipped_laws()
    return {code: (one, holds(one, table, confirmed, day)) for code, one in national.edition.seals.items()}
