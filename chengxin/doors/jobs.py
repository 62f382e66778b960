"""Later work of the doors."""

from __future__ import annotations

from uuid import UUID

from chengxin.doors.proving import LINK_JOB, send_link
from chengxin.foundation import clock, jobs


@jobs.job(LINK_JOB, retry=5)
def send_contact_link(person_id: str, contact_id: str) -> bool:
    """Send the link that proves an address."""
    return send_link(UUID(person_id), UUID(contact_id), at=clock.now())
