"""How each column of each table is classified: written beside the columns, complete by a house test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """One column: does it tell of a person, is that sensitive (个人信息保护法 28), how long is it kept, in words."""

    personal: bool
    sensitive: bool
    kept: str
