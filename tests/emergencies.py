"""A purpose under an emergency law, which the shipped catalogue does not have: put beside its purposes while a test runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import MergedEdition

RESCUE = "rescue_on_site"
RESCUERS = "emergency"
"""The kind of organisation that may ask for it."""


@contextmanager
def with_rescue() -> Iterator[None]:
    """The edition in force has the purpose: what the tender's review has, in an emergency, without a case."""
    in_force = catalogue.edition_on

    def with_it(day: date) -> MergedEdition:
        edition = in_force(day)
        usual = edition.purposes["tender_review"]
        rescue = replace(
            usual, code=RESCUE, zh="现场救援", en="Rescue on site", askers=(RESCUERS,), emergency=True, batch_most=0
        )
        return replace(edition, purposes={**edition.purposes, RESCUE: rescue})

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "edition_on", with_it)
        yield
