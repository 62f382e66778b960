"""Complaints without a name: by number and word for whoever wrote one, in lists for who works them, and counted."""

from __future__ import annotations

import hmac
import json
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from chengxin.foundation import ciphers, keyring, keystore
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import SHANGHAI, day_starts_at
from chengxin.kernel.decisions import ALLOWED, Decision, Refused, is_allowed, require
from chengxin.kernel.names import normalise_name
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.remedies.models import Unnamed
from chengxin.remedies.terms.cases import CaseUnknown
from chengxin.remedies.terms.desks import Tally
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.unnamed import Concern, UnnamedComplaint, UnnamedLine, UnnamedUnknown
from chengxin.remedies.terms.workflows import Outcome

KEY: Final = "complaint"
"""Whose keys they are in the key store."""
PAGE: Final = 100
BASIS: Final = "charter 7"
_NONE: Final = Q(pk__in=[])


def unnamed_by_word(number: str, word: str) -> UnnamedComplaint:
    """What whoever wrote it may see again: all of it. Raises UnnamedUnknown, whichever of the two is wrong."""
    row = _rows().filter(number=number.strip().upper()).first()
    given = word_hash(number, word)
    if row is None or not hmac.compare_digest(bytes(row.word_hash), given):
        raise UnnamedUnknown()
    return _whole(row)


def word_hash(number: str, word: str) -> bytes:
    """What is kept of a word: its commitment with the number, under a key that nobody rotates."""
    plain = "".join(one for one in word.upper() if one.isalnum())
    return keyring.current().commit(f"remedies_unnamed|{number.strip().upper()}|{plain}".encode())


def unnamed_open(actor: Actor, at: datetime) -> list[UnnamedLine]:
    """Those that wait and are this official's to answer, the earliest last day first. Empty for who works no cases."""
    mine = _reach(actor, at)
    return [_line(row) for row in _rows().filter(mine, answered__isnull=True).order_by("due_on", "at", "uid")[:PAGE]]


def unnamed_for(actor: Actor, uid: UUID, at: datetime) -> UnnamedComplaint:
    """One that is this official's to read and answer. Raises CaseUnknown; Refusal where it speaks of them by name."""
    row = _rows().filter(_reach(actor, at), uid=uid).first()
    if row is None:
        raise CaseUnknown()
    found = _whole(row)
    require(_not_of_oneself(actor, found.words))
    return found


def leads_the_city(actor: Actor, at: datetime) -> bool:
    """Whether this is a chief of the office that complaints without a name come to."""
    lead = _lead()
    return lead is not None and is_allowed(offices.may(actor, Permission.LEAD_CASES, at, organisation_id=lead))


def tally_of_unnamed(since: date, today: date) -> Tally:
    """They are counted like complaints with a name, the late ones too."""
    moment = day_starts_at(since)
    is_open = Q(answered__isnull=True)
    answered = Q(answered__at__gte=moment)
    found = Unnamed.objects.alias(on=TruncDate("answered__at", tzinfo=SHANGHAI)).aggregate(
        opened=Count("uid", filter=Q(at__gte=moment)),
        right=Count("uid", filter=answered & Q(answered__founded=True)),
        wrong=Count("uid", filter=answered & Q(answered__founded=False)),
        still=Count("uid", filter=is_open),
        overdue=Count("uid", filter=is_open & Q(due_on__lt=today)),
        late=Count("uid", filter=answered & Q(on__gt=F("due_on"))),
    )
    return Tally(
        opened=found["opened"],
        closed={Outcome.FOR: found["right"], Outcome.AGAINST: found["wrong"], Outcome.NEITHER: 0},
        open=found["still"],
        overdue=found["overdue"],
        silent=found["overdue"],
        late=found["late"] + found["overdue"],
    )


def _reach(actor: Actor, at: datetime) -> Q:
    """Whoever works cases answers, but for what is about their own office: that is its chief's."""
    lead = _lead()
    if lead is None or actor.kind != "official":
        return _NONE
    authority, own = offices.Authority(actor, at), Q(about_organisation_id=lead)
    if is_allowed(authority.may(Permission.WORK_CASES, organisation_id=lead)):
        return Q(about_organisation_id__isnull=True) | ~own
    return own if is_allowed(authority.may(Permission.LEAD_CASES, organisation_id=lead)) else _NONE


def _lead() -> UUID | None:
    return next((one.id for one in offices.organisations() if one.parent_id is None), None)


def _not_of_oneself(actor: Actor, words: str) -> Decision:
    assert actor.official_id is not None
    name = normalise_name(offices.official_names([actor.official_id]).get(actor.official_id, ""))
    return Refused(Reason.NOT_IMPARTIAL, BASIS) if name and name in normalise_name(words) else ALLOWED


def _rows() -> QuerySet[Unnamed]:
    return Unnamed.objects.select_related("answered")


def _line(row: Unnamed) -> UnnamedLine:
    answer = getattr(row, "answered", None)
    return UnnamedLine(
        uid=row.uid,
        number=row.number,
        concern=Concern(row.concern),
        office=row.about_organisation_id,
        received_at=row.at,
        due_on=row.due_on,
        answered_at=answer.at if answer else None,
        founded=answer.founded if answer else None,
    )


def _whole(row: Unnamed) -> UnnamedComplaint:
    answer = getattr(row, "answered", None)
    key = keystore.load_many(KEY, [row.uid], alias=keystore.WEB)[row.uid]
    said = _opened(key, bytes(row.sealed), bound_to(row.uid, "said"))
    answered = _opened(key, bytes(answer.sealed), bound_to(row.uid, "answer")) if answer else ""
    return UnnamedComplaint(_line(row), said, answered)


def bound_to(uid: UUID, place: str) -> bytes:
    """What a sealed text is bound to."""
    return b"remedies_unnamed|" + uid.bytes + b"|" + place.encode()


def _opened(key: bytes, blob: bytes, bound: bytes) -> str:
    return str(json.loads(ciphers.suite_of(blob).open(key, blob, bound)))
