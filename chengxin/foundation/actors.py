"""Who acts. Every action takes one Actor, and the journal keeps it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["official", "person", "system", "client"]


@dataclass(frozen=True)
class Actor:
    """One accountable actor.

    `organisation_id` is the office acted for and `role` the mandate used (officials and clients); `person_id` is set
    for a person acting on their own file; `client_id` names the machine's registration; `name` is the job's name for
    `system` or the machine's for `client`, never the name of a person.
    """

    kind: Kind
    account_id: UUID | None = None
    official_id: UUID | None = None
    organisation_id: UUID | None = None
    role: str | None = None
    person_id: UUID | None = None
    name: str = ""
    client_id: UUID | None = None

    def __post_init__(self) -> None:
        missing = {
            "official": self.official_id is None or self.organisation_id is None,
            "person": self.person_id is None,
            "client": self.organisation_id is None or self.client_id is None,
            "system": not self.name,
        }[self.kind]
        if missing:
            raise ValueError(f"an actor of kind {self.kind} must say who it is")


def system(name: str) -> Actor:
    """The platform itself, by the name of the job that acts."""
    return Actor(kind="system", name=name)
