"""Ten thousand entries removed in every way, and their rows supplied again in every form, by their office and by another."""

from __future__ import annotations

from collections import Counter

from chengxin.collection.terms import Outcome
from chengxin.foundation import clock
from tests import templates
from tests.people import NOW
from tests.resupply import FORMS, Way, come_again, remove_all, shown
from tests.rooms.collection.making import make_supplier

TITLE = "what was removed does not come back by being supplied again"
ENTRIES = 10_003
"""As many each of the seven ways."""


def run() -> str:
    """Raises AssertionError with the form in which something came back."""
    told: Counter[Outcome] = Counter()
    with templates.copied("prove_resupply"), clock.set_for_tests(NOW):
        gone = remove_all(ENTRIES)
        for form in FORMS:
            told += come_again(gone, form)
            assert (back := shown(gone)) == 0, f"{back} came back: {form}"
        told += come_again(gone, "as it was", make_supplier())
        assert (back := shown(gone)) == 0, f"{back} came back through another office"
    said = ", ".join(f"{count:,} {outcome.name.lower()}" for outcome, count in sorted(told.items()))
    return (
        f"{len(gone.persons):,} entries removed in {len(Way)} ways, {told.total():,} rows again ({said}): 0 came back"
    )
