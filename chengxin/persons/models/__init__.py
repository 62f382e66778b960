"""Tables of the room persons."""

from chengxin.persons.models.identities import (
    AccountLink,
    BindingCode,
    Contact,
    Document,
    Erasure,
    IdentityKey,
    Name,
    Person,
    Source,
)
from chengxin.persons.models.mandates import Mandate, MandateAct, MandateCode, MandateHeld

__all__ = [
    "AccountLink",
    "BindingCode",
    "Contact",
    "Document",
    "Erasure",
    "IdentityKey",
    "Mandate",
    "MandateAct",
    "MandateCode",
    "MandateHeld",
    "Name",
    "Person",
    "Source",
]
