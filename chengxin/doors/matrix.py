"""Who may enter which address, about whom: from the entrances that the views declare and the one table of permissions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from chengxin.doors.entrance import Entrance, Who, entrance_of
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role


class Entrant(StrEnum):
    """Whoever may stand at a door, besides the roles of officials."""

    NOBODY = "nobody"
    ANOTHER = "another person"
    ONESELF = "the person"
    MANDATED = "who acts for them"
    ASKING = "machine that asks"
    SUPPLYING = "machine that supplies"


BAR: Final = "\\|"
COLUMNS: Final[tuple[Entrant | Role, ...]] = (*Entrant, *Role)
"""`another person`: signed in, at an address about somebody else; `the person`: about themselves; `who acts for them`: by a
mandate in force that covers it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One address and who of `COLUMNS` may enter it."""

    address: str
    entrance: Entrance
    enters: tuple[bool, ...]


def matrix() -> list[Row]:
    """Every address of the product. Raises LookupError for one that declares nothing."""
    granted = _granted()
    return [
        Row(address, declared, tuple(_may(declared, column, granted) for column in COLUMNS))
        for address, declared in sorted(_addresses(), key=lambda one: one[0])
    ]


def as_markdown() -> str:
    """The matrix as the document `docs/permissions.md`: addresses down, entrants across."""
    rows = matrix()
    head = [
        "# Who may enter which address",
        "",
        "Written by `chengxin permissions`; do not edit, a test holds it against the code. *Another person* is somebody signed",
        "in, at an address about somebody else: row-level security shows each person their own rows alone. *Who acts for them*:",
        "by a mandate in force that covers it, asked anew at every request; where there is no yes, no mandate helps. An",
        "official's permission is checked anew at every request, and reaches the own office, or those below it. What a question",
        "about a person is answered with is not decided at the door, but by the purpose (`/purposes/`).",
        "",
        f"| address | {' | '.join(str(column) for column in COLUMNS)} |",
        f"|---|{'---|' * len(COLUMNS)}",
    ]
    lines = [
        f"| `/{row.address.replace('|', BAR)}` | {' | '.join('yes' if one else '' for one in row.enters)} |"
        for row in rows
    ]
    return "\n".join([*head, *lines]) + "\n"


def _granted() -> dict[str, frozenset[Role]]:
    table = offices.permission_matrix()
    return {
        row.permission.value: frozenset(role for role, has in zip(table.roles, row.granted, strict=True) if has)
        for row in table.rows
    }


def _addresses() -> Iterator[tuple[str, Entrance]]:
    for address, pattern in _walked(get_resolver()):
        declared = entrance_of(pattern.callback)
        if declared is None:
            raise LookupError(address)
        yield address, declared


def _walked(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walked(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern


def _may(declared: Entrance, column: Entrant | Role, granted: dict[str, frozenset[Role]]) -> bool:
    if declared.who is Who.PUBLIC:
        return True
    if isinstance(column, Role):
        return _may_role(declared, column, granted)
    machines = {Entrant.ASKING, Entrant.SUPPLYING}
    return {
        Who.SIGNED_IN: column in {Entrant.ANOTHER, Entrant.ONESELF, Entrant.MANDATED},
        Who.RESIDENT: column is Entrant.ONESELF or (column is Entrant.MANDATED and declared.by_mandate is not None),
        Who.CLIENT: column in machines,
        Who.CLIENT_ASKING: column is Entrant.ASKING,
        Who.CLIENT_SUPPLYING: column is Entrant.SUPPLYING,
    }.get(declared.who, False)


def _may_role(declared: Entrance, role: Role, granted: dict[str, frozenset[Role]]) -> bool:
    if declared.who is Who.SIGNED_IN:
        return True
    if declared.who not in {Who.OFFICIAL, Who.OPERATOR}:
        return False
    if declared.who is Who.OPERATOR and role is not Role.OPERATOR:
        return False
    return declared.permission is None or role in granted[declared.permission.value]
