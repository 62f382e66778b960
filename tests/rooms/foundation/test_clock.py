"""The one reader of the time, and who may move it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.conf import settings
from django.test import override_settings

from chengxin.foundation import clock

_MOMENT = datetime(2026, 11, 21, 16, 30, tzinfo=timezone(timedelta(hours=8)))


def test_now_is_utc_and_passes() -> None:
    first = clock.now()
    assert first.tzinfo is UTC
    assert clock.now() >= first


def test_it_can_be_stood_still_and_goes_on() -> None:
    with clock.set_for_tests(_MOMENT):
        assert clock.now() == _MOMENT
        assert clock.now().tzinfo is UTC
        with clock.set_for_tests(_MOMENT + timedelta(days=1)):
            assert clock.now() == _MOMENT + timedelta(days=1)
        assert clock.now() == _MOMENT
    assert clock.now() != _MOMENT


def test_a_practice_clock_can_be_shifted() -> None:
    before = clock.now()
    with override_settings(CHENGXIN_CLOCK_OFFSET_SECONDS=86_400):
        assert timedelta(days=1) <= clock.now() - before < timedelta(days=1, minutes=5)


def test_a_real_clock_cannot_be_set() -> None:
    with override_settings():
        del settings.CHENGXIN_CLOCK_OFFSET_SECONDS
        with pytest.raises(RuntimeError, match="cannot be set"), clock.set_for_tests(_MOMENT):
            raise AssertionError
        clock.now()


def test_a_moment_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"), clock.set_for_tests(_MOMENT.replace(tzinfo=None)):
        raise AssertionError
