"""Silence under the shipped law: its source confirmed by name, a police office, a criminal case of theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from chengxin.access.terms.asking import CaseView
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import EditionState, Level, SealSpec
from chengxin.foundation.actors import Actor
from tests.asking import make_case
from tests.making import WHY, make_inquirer, make_organisation
from tests.people import NOW
from tests.rooms.catalogue.making import approver
from tests.rules.catalogue.files import edition

LAW: Final[SealSpec] = edition("national").seals["criminal_inquiry"]
EVIDENCE: Final = "criminal_evidence"


def confirm_silence(*, at: datetime = NOW) -> None:
    """Somebody checks the law of silence of the national edition that was approved last."""
    newest = next(
        one for one in catalogue.editions() if one.state is EditionState.APPROVED and one.level is Level.NATIONAL
    )
    catalogue.confirm_source(
        actor=approver(at=at), edition_uid=newest.uid, source=LAW.claim.source, evidence="刑事诉讼法", at=at, reason=WHY
    )


def make_police(*, name: str = "云川市公安局") -> Actor:
    """An inquirer of a police office."""
    return make_inquirer(organisation=make_organisation(kind="public_security", name=name))


def criminal_case(inquirer: Actor) -> CaseView:
    """An open criminal case, about one person."""
    return make_case(inquirer, purpose=EVIDENCE, persons_most=1)
