"""Editions in force for tests: the shipped files, proposed by one official and approved by another."""

from __future__ import annotations

import itertools
from datetime import date, datetime

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import EditionView
from chengxin.foundation.actors import Actor
from chengxin.offices.terms import Role
from tests.making import WHY, make_official
from tests.people import NOW

_numbers = itertools.count(1)


def text_of(name: str) -> str:
    """A shipped edition file."""
    return catalogue.shipped_files()[name].read_text(encoding="utf-8")


def another_national() -> str:
    """The shipped national edition under a code of its own: an approved code is taken."""
    return text_of("national").replace("code: national-2026-unofficial", f"code: national-test-{next(_numbers)}")


def keeper(*, at: datetime = NOW) -> Actor:
    """A new catalogue keeper."""
    return make_official(role=Role.CATALOGUE_KEEPER, at=at)


def approver(*, at: datetime = NOW) -> Actor:
    """A new catalogue approver."""
    return make_official(role=Role.CATALOGUE_APPROVER, at=at)


def propose(text: str, *, by: Actor | None = None, at: datetime = NOW, start: date | None = None) -> EditionView:
    """Propose an edition text."""
    return catalogue.propose_edition(
        actor=by or keeper(at=at), file_name="test.yaml", text=text, at=at, reason=WHY, in_force_from=start
    )


def approve(view: EditionView, *, by: Actor | None = None, at: datetime = NOW) -> EditionView:
    """Approve a proposed edition."""
    return catalogue.approve_edition(actor=by or approver(at=at), edition_uid=view.uid, at=at, reason=WHY)
