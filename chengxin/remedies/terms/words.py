"""Words that clocks and workflows share: who acts."""

from __future__ import annotations

from enum import StrEnum


class Who(StrEnum):
    """In what capacity somebody acts on a case. One act has one; the case says who may act in which."""

    PERSON = "person"
    HELPER = "helper"
    """Acts for the person under a mandate with a scope, a proof and an end."""
    ANYONE = "anyone"
    """Whoever complains, without a name if they like."""
    CASEWORKER = "caseworker"
    SECOND = "second_caseworker"
    """Another caseworker than the one who proposed."""
    CHIEF = "chief"
    SUPPLIER = "supplier"
    """The source of what is contested: who supplied the entry, decided, looked, or used it."""
    RECIPIENT = "recipient"
    """Received a version that is no longer right."""
    CLOCK = "clock"
    """Nobody: a term has run out. No job is needed for it to be so."""


FOR_THE_PERSON = frozenset({Who.PERSON, Who.HELPER})
OFFICIALS = frozenset({Who.CASEWORKER, Who.SECOND, Who.CHIEF, Who.SUPPLIER})
