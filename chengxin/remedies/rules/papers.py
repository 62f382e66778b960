"""Which papers are taken in: what a phone or a scanner makes, told by its first bytes and not by its name; and which count as
the deciding body's word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.remedies.terms.cases import PaperKind, PaperView
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PAPERS: Final = 20
OURS: Final = "本平台规则"
_HEADS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def media_type_of(content: bytes) -> str:
    """PDF, JPEG or PNG by the first bytes; empty for anything else."""
    return next((kind for head, kind in _HEADS if content.startswith(head)), "")


def may_hand_in(content: bytes, held: int) -> Decision:
    """Whether this paper is taken in. ``held``: how many papers the case has."""
    if not content:
        return Refused(Reason.PAPER_EMPTY, OURS)
    if len(content) > MOST_BYTES:
        return Refused(Reason.PAPER_TOO_LARGE, OURS, {"most": MOST_BYTES})
    if not media_type_of(content):
        return Refused(Reason.PAPER_UNREADABLE, OURS)
    if held >= MOST_PAPERS:
        return Refused(Reason.PAPERS_TOO_MANY, OURS, {"most": MOST_PAPERS})
    return ALLOWED


def certificates(
    papers: Iterable[PaperView], out_since: date | None, *, newest: datetime | None = None
) -> tuple[PaperView, ...]:
    """The deciding body's certificates that count: put in by its own people, after silence took the entry out (F9).

    What anybody else calls one certifies nothing, and what lay there before did not keep the source from being silent.
    ``newest``: when the entry's newest version came, which is what would come back: no paper from before certifies that.
    """
    return tuple(
        paper
        for paper in papers
        if paper.kind is PaperKind.CERTIFICATE
        and paper.by is Who.SUPPLIER
        and (out_since is None or shanghai_day(paper.at) >= out_since)
        and (newest is None or paper.at >= newest)
    )
