"""The numbers of cases: what it is, its day in Shanghai, the head of its uid."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from chengxin.remedies.rules.numbering import PREFIXES, case_number
from chengxin.remedies.rules.workflows import WORKFLOWS

UID = UUID("1a2b3c4d-5e6f-4a0b-8c0d-0123456789ab")


def test_every_workflow_has_its_own_first_sounds() -> None:
    assert set(PREFIXES) == set(WORKFLOWS)
    assert len(set(PREFIXES.values())) == len(PREFIXES)


@pytest.mark.parametrize(
    ("workflow", "opened_at", "number"),
    [
        ("objection", datetime(2026, 6, 1, 15, 59, tzinfo=UTC), "YY20260601-1A2B3C4D"),
        ("repair", datetime(2026, 6, 1, 16, 0, tzinfo=UTC), "XF20260602-1A2B3C4D"),  # midnight in Shanghai
    ],
)
def test_a_number_bears_its_day_in_shanghai_and_can_be_read_aloud(
    workflow: str, opened_at: datetime, number: str
) -> None:
    assert case_number(workflow, UID, opened_at) == number
