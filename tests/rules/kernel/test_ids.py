import os
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate

import pytest

from chengxin.kernel import ids
from chengxin.kernel.days import MomentWithoutZone
from chengxin.kernel.ids import moment_of, new_id, new_id_after, new_ids, new_ids_packed, new_uid


def test_layout_of_rfc_9562() -> None:
    made = new_ids(2000)
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert abs(moment_of(made[0]) - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_vector_of_rfc_9562_is_read_right() -> None:
    """Appendix A.6: 2022-02-22T14:22:22.00-05:00."""
    moment = datetime(2022, 2, 22, 14, 22, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert moment_of(uuid.UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")) == moment
    assert new_id(moment).hex[:12] == "017f22e279b0"


def test_ids_rise_one_by_one_and_in_bulk() -> None:
    made = [new_id(), *new_ids(5000), new_id(), *new_ids(10), *(new_id() for _ in range(500))]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_packed_ids_are_the_same_thing() -> None:
    before = new_id()
    packed = new_ids_packed(100)
    made = [uuid.UUID(bytes=packed[at : at + 16]) for at in range(0, 1600, 16)]
    assert made == sorted(set(made))
    assert before < made[0]
    assert made[-1] < new_id()


def test_packed_ids_that_run_over_into_the_upper_half_rise_too(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    near_the_edge = ((1 << 10) | ids._LOW_62) - 50
    monkeypatch.setattr(
        ids._by_moment, "block", lambda *_, **__: (int(moment.timestamp() * 1000) << 74) + near_the_edge
    )
    packed = new_ids_packed(100, moment)
    made = [uuid.UUID(bytes=packed[at : at + 16]) for at in range(0, 1600, 16)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert {moment_of(one) for one in made} == {moment}


def test_a_clock_set_back_does_not_break_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr("chengxin.kernel.ids.time.time_ns", lambda: 1_000_000_000_000_000_000)
    after = [new_id() for _ in range(100)]
    assert [before, *after] == sorted({before, *after})


def test_a_given_moment_is_told_and_does_not_disturb_the_clock() -> None:
    moment = datetime(2030, 5, 1, 12, 0, 0, 123_000, tzinfo=UTC)
    made = [new_id(moment) for _ in range(200)]
    assert {moment_of(one) for one in made} == {moment}
    assert made == sorted(set(made))
    assert moment_of(new_id(moment - timedelta(days=1))) == moment - timedelta(days=1)
    assert moment_of(new_id()) < moment


def test_threads_share_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def dawdle(steps: list[int], *, initial: int) -> Iterator[int]:
        """Gives way to the other threads between reading the last number and writing the next."""
        time.sleep(0.0002)
        return accumulate(steps, initial=initial)

    monkeypatch.setattr("chengxin.kernel.ids.accumulate", dawdle)
    monkeypatch.setattr("chengxin.kernel.ids.time.time_ns", lambda: 1_000_000_000_000_000_000)
    taken: list[list[uuid.UUID]] = []
    threads = [threading.Thread(target=lambda: taken.append([new_id() for _ in range(60)])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one == sorted(one) for one in taken)
    assert len({identifier for one in taken for identifier in one}) == 240


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_repeats_nothing_and_waits_for_nobody() -> None:
    new_id()
    readable, writable = os.pipe()
    with ids._by_clock._lock:  # as if another thread of the parent were taking ids at this moment
        child = os.fork()
        if child == 0:
            signal.alarm(5)
            os.write(writable, new_ids_packed(100))
            os._exit(0)
    os.close(writable)
    os.waitpid(child, 0)
    packed = os.read(readable, 1600)
    os.close(readable)
    theirs = {uuid.UUID(bytes=packed[at : at + 16]) for at in range(0, 1600, 16)}
    assert len(theirs) == 100
    assert theirs.isdisjoint(new_ids(100))


def test_none_and_naive() -> None:
    assert new_ids(0) == []
    assert new_ids_packed(0) == b""
    with pytest.raises(MomentWithoutZone):
        new_id(datetime(2026, 1, 1))  # noqa: DTZ001 - the fault under test


def test_public_ids_tell_nothing() -> None:
    assert new_uid().version == 4
    with pytest.raises(ValueError, match="version 7"):
        moment_of(new_uid())


def test_an_id_after_another_is_above_it_whatever_was_made_between() -> None:
    moment = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
    earlier = moment - timedelta(hours=1)
    last = None
    for _ in range(200):
        # another act of this process takes an id of another moment: the next one of this moment starts anywhere in it
        new_id(earlier)
        found = new_id_after(moment, last)
        assert found.version == 7
        assert last is None or found > last
        last = found
    assert last is not None
    # an act that waited for one of a later moment stands after it
    waited = new_id_after(earlier, last)
    assert waited > last
    assert moment_of(waited) == moment
    assert moment_of(new_id_after(moment, new_id(earlier))) == moment
