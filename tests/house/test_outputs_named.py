"""A new page or operation says by which registered output its telling of an entry is asked, or why it tells nothing."""

from __future__ import annotations

from tests.charter.routes import routes
from tests.outputs import ALWAYS_THEIRS, BY_AUDIENCE, STATUS
from tests.outputs_named import SILENT, TELLING


def test_every_address_is_an_output_or_is_named_as_telling_nothing() -> None:
    """A new page or operation is red here until somebody says by which output its telling of a status is asked."""
    silent = [name for names in SILENT.values() for name in names.split()]
    named = [*TELLING, *silent]
    assert sorted(named) == sorted(set(named)), "named twice"
    assert {route.name for route in routes()} == set(named)
    known = {*ALWAYS_THEIRS, *BY_AUDIENCE, *STATUS}
    asked = {output for outputs in TELLING.values() for output in outputs}
    assert asked <= known
    # what no address tells is what other rooms are handed, by audience
    assert known - asked <= {"supplier", "public", "archive"}
