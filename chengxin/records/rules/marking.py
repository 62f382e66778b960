"""Which mark may be set on an entry, by whom, in which status. A workflow as a table (house habit 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.records.terms import ENDS, MarkKind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

LIVE = frozenset(
    {
        Status.IN_FORCE,
        Status.OBJECTED,
        Status.FROZEN,
        Status.APPEALED,
        Status.NOT_FINAL,
        Status.UNSERVED,
        Status.UNCONFIRMED,
    }
)
OUT = frozenset({Status.SILENT, Status.HIDDEN})
"""Out of every output while what is contested about it is open still: it can yet be withdrawn, repaired, frozen or appealed."""
REMOVED = frozenset({Status.WITHDRAWN, Status.REPAIRED, Status.EXPIRED_EARLY}) | OUT
"""What comes back by READMITTED alone."""
KEPT = LIVE | REMOVED | {Status.ENDED, Status.UNCATALOGUED, Status.DECLINED, Status.RECALLED}

MAY_BE_SET: Mapping[MarkKind, frozenset[Status]] = {
    MarkKind.WITHDRAWN: LIVE | OUT | {Status.DECLINED, Status.UNCATALOGUED, Status.ENDED},
    MarkKind.OBJECTED: KEPT,
    MarkKind.OBJECTION_ENDED: KEPT,
    MarkKind.NOT_MINE: KEPT,
    MarkKind.FROZEN: LIVE | OUT,
    MarkKind.UNFROZEN: KEPT,
    MarkKind.REPAIRED: LIVE | OUT,
    MarkKind.EXPIRED_EARLY: LIVE | OUT,
    MarkKind.DISPOSED: frozenset(Status) - {Status.ERASED},
    MarkKind.DECLINED: LIVE,
    MarkKind.UNDECLINED: frozenset({Status.DECLINED}),
    MarkKind.APPEALED: LIVE | OUT,
    MarkKind.APPEAL_ENDED: KEPT,
    MarkKind.READMITTED: REMOVED,
    MarkKind.SERVED: LIVE,
    MarkKind.CLOCK_MOVED: KEPT,
    MarkKind.HIDDEN: LIVE | {Status.SILENT, Status.DECLINED, Status.UNCATALOGUED, Status.ENDED},
    MarkKind.STATED: KEPT,
    MarkKind.STATEMENT_ENDED: KEPT,
}
"""Every kind of mark and the statuses in which it makes sense. Complete by test."""


BY_THEIR_PERSON = frozenset(
    {
        MarkKind.OBJECTED,
        MarkKind.NOT_MINE,
        MarkKind.FROZEN,
        MarkKind.DECLINED,
        MarkKind.UNDECLINED,
        MarkKind.STATED,
        MarkKind.STATEMENT_ENDED,
    }
)
"""What a person sets on entries of their own by a wish alone; all else takes an office, or the platform's own proof."""
BY_NOBODY_ELSE = frozenset({MarkKind.STATEMENT_ENDED})
"""What its person alone sets: no official takes a statement back."""


def may_set(kind: MarkKind, *, by_person: bool, own: bool) -> Decision:
    """Whether an actor of this kind may set this mark: a person on entries of their own alone, and by a wish alone."""
    if not by_person:
        return Refused("not_your_words", "征信业管理条例 16") if kind in BY_NOBODY_ELSE else ALLOWED
    if not own:
        return Refused("not_your_file", "个人信息保护法 45")
    return ALLOWED if kind in BY_THEIR_PERSON else Refused("not_an_official", "F5")


def may_mark(kind: MarkKind, status: Status, working: frozenset[MarkKind], *, good: bool) -> Decision:
    """Whether this mark may be set now. Setting what already works, or ending what does not, is refused as repeated."""
    if status not in MAY_BE_SET[kind]:
        return Refused("entry_wrong_status", "F5", {"status": status.value})
    if kind in ENDS and ENDS[kind] not in working:
        return Refused("nothing_to_end", "F5")
    if kind not in ENDS and kind in working:
        return Refused("already_marked", "F5")
    if kind in (MarkKind.DECLINED, MarkKind.UNDECLINED) and not good:
        return Refused("only_honours_can_be_declined", "本平台规则")
    return ALLOWED
