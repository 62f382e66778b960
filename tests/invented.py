"""The demonstration's city in a test's own databases, as small as it goes: built once a module, by the real acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.collection.terms.views import BatchView
from chengxin.doors.demo import building, feeding
from chengxin.doors.demo.city.lines import City
from chengxin.doors.demo.city.making import LEAST_PEOPLE, invent
from chengxin.doors.demo.city.supply import Delivery
from chengxin.doors.demo.founding import Staff
from chengxin.doors.demo.standing import Standing
from chengxin.foundation import clock, keyring
from chengxin.kernel.days import shanghai_day

SEED = 11


class Silent:
    """Tells nobody how far the building has come."""

    @contextmanager
    def step(self, key: str, *, total: int = 0) -> Iterator[Callable[[], None]]:
        """See `building.Teller`."""
        yield lambda: None


@dataclass
class Built:
    """A city that stands. ``answers``: number of a delivery -> the answer to its file."""

    standing: Standing
    city: City
    answers: dict[int, BatchView] = field(default_factory=dict)


@contextmanager
def building_city(state: Path) -> Iterator[Built]:
    """The city, with ``state`` as state folder within the block; without its case in every state, which takes long."""
    answers: dict[int, BatchView] = {}
    send = feeding.send

    def noted(there: City, staff: Staff, delivery: Delivery, folder: Path) -> BatchView:
        answers[delivery.number] = send(there, staff, delivery, folder)
        return answers[delivery.number]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHENGXIN_STATE", str(state))
        patch.setattr(feeding, "send", noted)
        keyring.forget()
        stands = building.build(seed=SEED, people=LEAST_PEOPLE, teller=Silent(), every_state=False)
        items = catalogue.merged_files(catalogue.shipped_files().values()).items
        yield Built(stands, invent(SEED, LEAST_PEOPLE, shanghai_day(clock.now()), items), answers)
    keyring.forget()
