"""`make demo` from nothing: databases, keys, city, files through the intake, cast. What stands already is left as it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic
from typing import Protocol

from chengxin.catalogue import facade as catalogue
from chengxin.collection.terms.views import BatchView
from chengxin.doors.demo import standing
from chengxin.doors.demo.bank import open_bank, refuse_a_loan
from chengxin.doors.demo.cases import act_out
from chengxin.doors.demo.casting import cast_city
from chengxin.doors.demo.city.making import VERSION, invent, write_city
from chengxin.doors.demo.city.supply import Delivery, founded_on
from chengxin.doors.demo.desks import lay_out
from chengxin.doors.demo.feeding import feed
from chengxin.doors.demo.founding import found, keep_in_office, moment
from chengxin.doors.demo.mandates import let_others_act
from chengxin.doors.demo.standing import Standing
from chengxin.doors.demo.states import act_out_every_state
from chengxin.foundation import clock, keyring, prepare
from chengxin.kernel.days import shanghai_day


class Teller(Protocol):
    """Who is told how far the building has come."""

    def step(self, key: str, *, total: int = 0) -> AbstractContextManager[Callable[[], None]]:
        """A step begins, by the key of its words; the block calls what it is given once for each of `total` parts."""
        ...


def ready(*, seed: int, people: int, fresh: bool, teller: Teller) -> tuple[Standing, bool]:
    """The city that stands when this returns, and whether it was built just now.

    Any city that is whole is kept, unless `fresh` asks for another. Raises `standing.DatabaseInUse`.
    """
    standing.require_practice()
    found_standing = None if fresh else standing.standing()
    if found_standing is None:
        standing.tear_down()
    with teller.step("preparing"):
        prepare.prepare()
        keyring.current()
    if found_standing is not None and standing.holds_a_city():
        return found_standing, False
    standing.require_empty()
    return build(seed=seed, people=people, teller=teller), True


def build(*, seed: int, people: int, teller: Teller, every_state: bool = True) -> Standing:
    """Build the city in empty databases, as of this day. ``every_state``: with a case in each state of each workflow."""
    started = monotonic()
    at = clock.now()
    today = shanghai_day(at)
    city = invent(seed, people, today, catalogue.merged_files(catalogue.shipped_files().values()).items)
    folder = standing.city_folder()
    with teller.step("writing"):
        write_city(city, folder)
    with teller.step("founding"):
        staff = found(founded_on(today))
        keep_in_office(staff, founded_on(today), today)
    with teller.step("feeding", total=len(city.deliveries)) as advance:
        totals = feed(city, staff, folder, told=_each(advance))
    # their own acts are of this morning: no later than now, whatever the hour
    morning = min(at, moment(today, hours=8))
    with teller.step("casting"), clock.set_for_tests(morning):
        act_out(staff, morning)
        if every_state:
            act_out_every_state(staff, morning)
        cast_city(staff, morning)
        let_others_act(staff, morning)
        lay_out(staff, morning)
        open_bank(staff, morning)
        refuse_a_loan(staff, morning)
    built = Standing(
        version=VERSION,
        seed=seed,
        people=people,
        today=today.isoformat(),
        entries=totals.new,
        held=totals.held,
        refused=totals.refused,
        seconds=round(monotonic() - started),
    )
    standing.note_standing(built)
    return built


def _each(advance: Callable[[], None]) -> Callable[[Delivery, BatchView], None]:
    def told(delivery: Delivery, batch: BatchView) -> None:
        advance()

    return told
