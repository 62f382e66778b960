"""Somebody complains without a name, and one official answers: once, with words and a reason."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connections, transaction

from chengxin.foundation import journal, keyring, keystore
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import DISPOSER, in_transaction
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clocks import add_months
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.kernel.ids import new_uid
from chengxin.offices import facade as offices
from chengxin.remedies.actions.disposing import CHUNK, KEPT_MONTHS
from chengxin.remedies.models import Unnamed, UnnamedAnswer
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.queries.unnamed import KEY, bound_to, unnamed_for, word_hash
from chengxin.remedies.rules.clocks import start_clock
from chengxin.remedies.rules.numbering import case_number
from chengxin.remedies.terms.cases import CaseMoved
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.unnamed import Concern, UnnamedReceipt

THING: Final = "unnamed_complaint"
WORD_LENGTH: Final = 16
UNUSED_AFTER: Final = timedelta(days=1)
"""A key is made before its complaint is written down; what is that old came to nothing."""
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is mistaken for another when it is read aloud or copied by hand."""

_DUE: Final = "SELECT complaint_id FROM remedies_unnamed_answer WHERE at < %(before)s LIMIT %(limit)s"
_GO: Final = (
    # the complaint first: its guard asks for the answer; the constraint between the two waits for the end
    "DELETE FROM remedies_unnamed WHERE uid = ANY (%(uids)s::uuid[])",
    "DELETE FROM remedies_unnamed_answer WHERE complaint_id = ANY (%(uids)s::uuid[])",
)


def complain_unnamed(
    *, actor: Actor, concern: Concern, office: UUID | None, words: str, at: datetime, reason: str
) -> UnnamedReceipt:
    """Take in a complaint by nobody. ``office``: the uid of the organisation it is about. Raises Refusal, NotFound.

    ``actor`` is the platform: whoever happens to be signed in is not written down. Raises ValueError for anybody else.
    """
    if actor.kind != "system":
        raise ValueError("a complaint without a name is nobody's act")
    if not words.strip():
        raise Refusal(Refused(Reason.REASON_MISSING, "个人信息保护法 65"))
    about = None if office is None else _organisation(office)
    uid, today, law = new_uid(), shanghai_day(at), law_here()
    key = keystore.make_many(KEY, [uid], alias=keystore.WEB)[uid]
    clock = start_clock(law.book, Matter.COMPLAINT_ANSWER, today, law.holidays, on=today, places=law.places)
    number = case_number("complaint", uid, at)
    letters = "".join(secrets.choice(_LETTERS) for _ in range(WORD_LENGTH))
    word = "-".join(letters[n : n + 4] for n in range(0, WORD_LENGTH, 4))
    with in_transaction():
        Unnamed.objects.create(
            uid=uid,
            number=number,
            word_hash=word_hash(number, word),
            concern=concern.value,
            about_organisation_id=about,
            at=at,
            due_on=clock.due.day,
            sealed=_sealed(key, words.strip(), bound_to(uid, "said")),
        )
        journal.record(actor, "open_unnamed", THING, uid, at=at, reason=reason)
    return UnnamedReceipt(number, word, at, clock.due.day)


def answer_unnamed(*, actor: Actor, uid: UUID, founded: bool, answer: str, at: datetime, reason: str) -> None:
    """Answer one, for good: by whom it is in reach of (`unnamed_for`), and so by none of those complained about.

    Raises CaseUnknown, CaseMoved where somebody else answered it, Refusal.
    """
    if not answer.strip() or not reason.strip():
        raise Refusal(Refused(Reason.REASON_MISSING, "个人信息保护法 65"))
    unnamed_for(actor, uid, at)
    assert actor.official_id is not None
    assert actor.organisation_id is not None
    key = keystore.load_many(KEY, [uid], alias=keystore.WEB)[uid]
    with in_transaction():
        try:
            with transaction.atomic():
                UnnamedAnswer.objects.create(
                    complaint_id=uid,
                    at=at,
                    founded=founded,
                    official_id=actor.official_id,
                    organisation_id=actor.organisation_id,
                    sealed=_sealed(key, answer.strip(), bound_to(uid, "answer")),
                )
        except IntegrityError as twice:
            raise CaseMoved() from twice
        journal.record(actor, "answer_unnamed", THING, uid, at=at, reason=reason)


def dispose_unnamed(*, actor: Actor, today: date, at: datetime, reason: str, limit: int = CHUNK) -> int:
    """Delete complaints that were answered more than five years ago, and their keys. How many; 0: none is left.

    A key whose complaint never came to be, or went before it, goes with the last of them.
    """
    with transaction.atomic(using=DISPOSER), connections[DISPOSER].cursor() as cursor:
        cursor.execute(_DUE, {"before": day_starts_at(add_months(today, -KEPT_MONTHS)), "limit": limit})
        uids = [one for (one,) in cursor.fetchall()]
        if not uids:
            _destroy_keys_of_none(at - UNUSED_AFTER)
            return 0
        for statement in _GO:
            cursor.execute(statement, {"uids": uids})
        journal.record(
            actor, "dispose_unnamed", "disposal", new_uid(), at=at, reason=f"{reason}: {len(uids)}", alias=DISPOSER
        )
    for uid in uids:
        keystore.destroy(KEY, uid)
    return len(uids)


def _destroy_keys_of_none(before: datetime) -> None:
    after = None
    while owners := keystore.owners_made_before(KEY, before, after=after, limit=CHUNK):
        there = set(Unnamed.objects.filter(uid__in=owners).values_list("uid", flat=True))
        for owner in owners:
            if owner not in there:
                keystore.destroy(KEY, owner)
        after = owners[-1]


def _organisation(uid: UUID) -> UUID:
    found = next((one.id for one in offices.organisations() if one.uid == uid), None)
    if found is None:
        raise NotFound(thing="organisation")
    return found


def _sealed(key: bytes, text: str, bound: bytes) -> bytes:
    return keyring.current().suite.seal(key, canonical_json(text), bound)
