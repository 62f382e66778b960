"""What a sign-in service says about a person, read strictly (F12): document kind, number, name and assurance, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.kernel.documents import DocumentKind, check_document
from chengxin.kernel.names import normalise_name
from chengxin.persons.terms import Assurance

_LETTER = re.compile(r"[^\W\d_]")
PARTS = ("document_kind", "document_number", "name", "assurance")
"""What must be delivered; the names of the claims that carry them are the deployment's."""

DEFAULT_NAMES: Mapping[str, str] = {
    **{part: part for part in PARTS},
    "network_number": "network_number",
}
"""Our word for a part -> the claim's name, where the deployment says nothing else."""


class ClaimFault(StrEnum):
    """Why claims open nothing."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    WEAK = "weak"
    PSEUDONYMOUS = "pseudonymous"
    OF_PRACTICE = "of_practice"
    NOT_OF_PRACTICE = "not_of_practice"


@dataclass(frozen=True)
class VerifiedIdentity:
    """A person as the service proved them; lives for one request and is stored sealed or not at all."""

    kind: DocumentKind
    number: str
    name: str
    assurance: Assurance

    def __repr__(self) -> str:
        return "VerifiedIdentity(…)"


@dataclass(frozen=True)
class ClaimRefusal:
    """Why not; ``parts`` are ours (``PARTS``), never the values."""

    fault: ClaimFault
    parts: tuple[str, ...] = ()


def read_claims(
    claims: Mapping[str, object], names: Mapping[str, str], *, today: date, practice: bool
) -> VerifiedIdentity | ClaimRefusal:
    """The identity that claims deliver, or why they deliver none.

    ``practice``: this instance takes numbers that belong to no one, and no others; a real one none of them (F12). One that gives
    a network number (网号) and no document is obeyed: the person is bound at a counter, once, and not asked here.
    """
    given = {part: str(claims.get(names.get(part, part)) or "").strip() for part in (*PARTS, "network_number")}
    missing = tuple(part for part in PARTS if not given[part])
    if given["network_number"] and not given["document_number"]:
        return ClaimRefusal(ClaimFault.PSEUDONYMOUS)
    if missing:
        return ClaimRefusal(ClaimFault.MISSING, missing)
    if given["assurance"] not in {Assurance.SUBSTANTIAL, Assurance.HIGH}:
        return ClaimRefusal(ClaimFault.WEAK)
    if given["document_kind"] not in set(DocumentKind):
        return ClaimRefusal(ClaimFault.UNREADABLE, ("document_kind",))
    checked = check_document(DocumentKind(given["document_kind"]), given["document_number"], today=today)
    if not checked.ok:
        return ClaimRefusal(ClaimFault.UNREADABLE, ("document_number",))
    if checked.practice != practice:
        return ClaimRefusal(ClaimFault.NOT_OF_PRACTICE if practice else ClaimFault.OF_PRACTICE)
    if not _LETTER.search(normalise_name(given["name"])):
        return ClaimRefusal(ClaimFault.UNREADABLE, ("name",))
    return VerifiedIdentity(checked.kind, checked.number, given["name"], Assurance(given["assurance"]))
