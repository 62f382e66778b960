"""No wrong door: any office that is asked takes a case in, at its counter, by telephone or on paper. It shows no file."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import FieldRole
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.names import normalise_name
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from chengxin.records import facade as records
from chengxin.records.terms import EntryView
from chengxin.remedies.actions.facts import GONE
from chengxin.remedies.actions.opening import open_case
from chengxin.remedies.terms.cases import About, AboutKind, Case, Channel, Deed
from chengxin.remedies.terms.desks import Brought
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act

FIELDS: Final = ("document_kind", "document_number", "name")
COMPLAINT: Final = "complaint"
OBJECTION: Final = "objection"
_OPENS: Final = {"statement": Act.WRITE}
TAKEN_IN: Final = "taken_in_by_office"
"""The code that mark and journal keep: what was said stands sealed in the case."""


def take_in_case(*, actor: Actor, brought: Brought, at: datetime, reason: str) -> Case:
    """A case for a person who is named by document and name, and the look it is. Needs TAKE_IN_CASE.

    What is contested is found by the number of its decision. An objection without a number is about the one adverse entry of its
    person, where there is one and no more: old people and letters seldom give it. Where nothing is found the case is a complaint
    in the person's words, and is sorted out by whoever works it. Somebody who is not known here is let in at a
    counter alone, where the document was seen. Raises Refusal.
    """
    if not brought.words.strip() or not reason.strip():
        raise Refusal(Refused(Reason.REASON_MISSING, "个人信息保护法 50"))
    offices.require_permission(actor, Permission.TAKE_IN_CASE, at)
    own = "" if actor.official_id is None else offices.official_names([actor.official_id]).get(actor.official_id, "")
    if normalise_name(own) == normalise_name(brought.name):
        raise Refusal(Refused(Reason.OWN_CASE, "charter 7"))
    with in_transaction():
        person_id = _person(actor, brought, at)
        with as_person(person_id):
            access.log_look(actor=actor, person_id=person_id, purpose=Purpose.REMEDY_CASE, fields=FIELDS, at=at)
            entry = _entry(person_id, brought, at)
        return open_case(
            actor=actor,
            person_id=person_id,
            workflow=COMPLAINT if entry is None else brought.workflow,
            about=_about(brought, entry),
            act=Act.SUBMIT if entry is None else _OPENS.get(brought.workflow, brought.act),
            channel=brought.channel,
            deed=Deed(reason=_words(brought, entry), filing=brought.filing if entry else "", on=brought.on),
            at=at,
            reason=TAKEN_IN,
        )


def _person(actor: Actor, brought: Brought, at: datetime) -> UUID:
    if brought.channel is Channel.COUNTER:
        return persons.person_for_verified_identity(
            kind=brought.kind,
            number=brought.number,
            name=brought.name,
            assurance=Assurance.COUNTER,
            source="counter",
            actor=actor,
            at=at,
        )
    found = persons.person_of_document_and_name(brought.kind, brought.number, brought.name)
    if found is None:
        raise Refusal(Refused(Reason.DOCUMENT_UNSEEN, "F12"))
    return found


def _entry(person_id: UUID, brought: Brought, at: datetime) -> EntryView | None:
    """What is contested: the newest version of the entry that rests on the decision, or of the only adverse one.

    A number that finds nothing may be another office's: nothing is taken for it.
    """
    wanted = _plain(brought.decision)
    held = [
        one for one in records.entries_with_any_status(person_id, shown_at=at, known_at=at) if one.status not in GONE
    ]
    if wanted:
        return max((one for one in held if _number_of(one, at) == wanted), key=_version, default=None)
    if brought.workflow != OBJECTION:
        return None
    adverse = [one for one in held if _is_adverse(one, at)]
    return max(adverse, key=_version) if len({one.uid for one in adverse}) == 1 else None


def _version(entry: EntryView) -> int:
    return entry.version


def _is_adverse(entry: EntryView, at: datetime) -> bool:
    item = catalogue.item(entry.item, shanghai_day(at))
    return item is not None and item.is_adverse


def _number_of(entry: EntryView, at: datetime) -> str:
    item = catalogue.item(entry.item, shanghai_day(at))
    spec = item.field_of(FieldRole.DECISION_NUMBER) if item else None
    return _plain(str(entry.content.get(spec.code, ""))) if spec else ""


def _plain(number: str) -> str:
    """A number as it is compared: brackets of any kind alike, no blanks."""
    return "".join(number.translate(_ALIKE).split()).casefold()


_ALIKE: Final = str.maketrans("（）〔〕【】[]", "()()()()")


def _about(brought: Brought, entry: EntryView | None) -> About:
    if entry is None:
        return About(AboutKind.OFFICE)
    return About(AboutKind.IDENTITY if brought.not_theirs else AboutKind.ENTRY, entry.uid)


def _words(brought: Brought, entry: EntryView | None) -> str:
    """What was said; with the number where it found nothing, so that it is not lost."""
    day = brought.on.isoformat() if brought.on else ""
    lost = () if entry is not None else (brought.decision.strip(), brought.filing.strip(), day)
    return "\n".join(one for one in (brought.words.strip(), *lost) if one)
