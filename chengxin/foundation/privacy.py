"""How each column of each table is classified: written beside the columns, complete by a house test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """One column: whether it tells of a person, whether that is sensitive (PIPL 28), and how long it is kept, in words."""

    personal: bool
    sensitive: bool
    kept: str
