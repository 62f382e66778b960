"""Keeping papers: sealed under the person's key, once a content; who opened one is kept beside it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from chengxin.foundation import keyring
from chengxin.foundation.actors import Actor
from chengxin.foundation.scanning import scan
from chengxin.kernel.ids import new_id
from chengxin.remedies import models
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.cases import paper_place
from chengxin.remedies.rules.papers import media_type_of
from chengxin.remedies.terms.cases import Handed
from chengxin.remedies.terms.words import OFFICIALS, Who


def keep_paper(row: models.Case, paper: Handed, *, actor: Actor, who: Who, at: datetime) -> None:
    """Look at it for harm and keep it in a case, in the current transaction of its person. Raises FileHarmful, ScannerAway."""
    content, digest = paper.content, hashlib.sha256(paper.content).digest()
    person_id, paper_id, by_id = row.person_id, new_id(at), actor.official_id or actor.account_id
    assert by_id is not None
    scanned = scan(content)
    if not models.PaperContent.objects.filter(person_id=person_id, digest=digest).exists():
        suite = keyring.current().suite
        models.PaperContent.objects.create(
            person_id=person_id,
            digest=digest,
            sealed=suite.seal(sealed.key_of(person_id), content, bound_to(person_id, digest)),
        )
    models.Paper.objects.create(
        person_id=person_id,
        paper_id=paper_id,
        case_id=row.case_id,
        kind=paper.kind.value,
        digest=digest,
        size=len(content),
        media_type=media_type_of(content),
        scanned=scanned.value,
        sealed=sealed.seal(person_id, paper_place(paper_id), _said(paper)),
        at=at,
        who=who.value,
        actor=by_id,
    )
    if who in OFFICIALS:
        # whoever put it there has read it
        note_opening(person_id, paper_id, actor, at)


def _said(paper: Handed) -> dict[str, object]:
    said: dict[str, object] = {"name": paper.title.strip()[:200] or paper.kind.value}
    if paper.fetched_from.strip():
        said["fetched_from"] = paper.fetched_from.strip()[:200]
    return said


def note_opening(person_id: UUID, paper_id: UUID, actor: Actor, at: datetime) -> None:
    """An official opened a paper."""
    assert actor.official_id is not None
    assert actor.organisation_id is not None
    models.Opening.objects.create(
        person_id=person_id,
        paper_id=paper_id,
        official_id=actor.official_id,
        organisation_id=actor.organisation_id,
        at=at,
    )


def bound_to(person_id: UUID, digest: bytes) -> bytes:
    """What the sealed content of a paper is bound to."""
    return b"remedies_paper|" + person_id.bytes + digest
