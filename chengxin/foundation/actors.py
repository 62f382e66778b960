"""Who acts. Every action takes one Actor, and the journal keeps it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["official", "person", "system", "client"]


@dataclass(frozen=True)
class ActingFor:
    """For whom a person acts besides themself: the mandate, and its person. What it covers is asked of `persons` each time."""

    uid: UUID
    mandate_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class Actor:
    """One accountable actor.

    `organisation_id` is the office acted for and `role` the mandate used; `person_id` is set for a person, who is themself
    whomever they act for; `mandate` for one who acts for another: then `role` says as what. `client_id` names the machine's
    registration; `name` is the job's name for `system` or the machine's for `client`, never the name of a person.
    """

    kind: Kind
    account_id: UUID | None = None
    official_id: UUID | None = None
    organisation_id: UUID | None = None
    role: str | None = None
    person_id: UUID | None = None
    name: str = ""
    client_id: UUID | None = None
    mandate: ActingFor | None = None

    def __post_init__(self) -> None:
        missing = {
            "official": self.official_id is None or self.organisation_id is None,
            "person": self.person_id is None,
            "client": self.organisation_id is None or self.client_id is None,
            "system": not self.name,
        }[self.kind]
        if missing:
            raise ValueError(f"an actor of kind {self.kind} must say who it is")
        if self.mandate is not None and (self.kind != "person" or not self.role):
            # an official who holds a mandate of somebody's gets nothing from it in office
            raise ValueError("a person alone acts for another, and says as what")

    @property
    def subject_id(self) -> UUID | None:
        """Whose file this person's pages show: their own, or that of whom they act for."""
        return self.person_id if self.mandate is None else self.mandate.person_id


def system(name: str) -> Actor:
    """The platform itself, by the name of the job that acts."""
    return Actor(kind="system", name=name)
