"""Every test here has its own desks, an empty queue at its end, and no channel but those it opens."""

from collections.abc import Iterator

import pytest

from chengxin.foundation import events
from chengxin.foundation.models import Dispatch
from chengxin.foundation.outbox import NoticeServed
from tests.rooms.foundation.outbox.telling import Desks, desks


@pytest.fixture
def told() -> Iterator[Desks]:
    with desks() as found:
        yield found
    Dispatch.objects.using("owner").all().delete()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[NoticeServed]:
    """The events of service published by the test, instead of the jobs that follow them."""
    found: list[NoticeServed] = []
    monkeypatch.setattr(events, "publish", lambda event, *, at: found.append(event))
    return found
