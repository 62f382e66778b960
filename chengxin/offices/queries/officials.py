"""Names of those who answer for an act, for pages that say who did it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from chengxin.offices.models import Official


def official_names(official_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Official id -> name; ids of nobody are left out. The caller answers for whom the page is shown to."""
    wanted = {one for one in official_ids if one is not None}
    return dict(Official.objects.filter(id__in=wanted).values_list("id", "name"))
