"""Every way in which something of an entry leaves the platform, by name: a new one registers here, and is asked like the others.

Each tells one thing of an entry at a moment: its status where it says one, else whether it is told there at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import unescape
from typing import Any, Final
from uuid import UUID

from django.template.loader import render_to_string

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Operation
from chengxin.client.answers import LookedUp
from chengxin.doors.machine import shapes
from chengxin.doors.machine.operations.asking import as_json
from chengxin.doors.portal.presenters.answer import answer_page
from chengxin.doors.wording import Language
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction, see_persons
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.records import facade as records
from chengxin.records.terms import Audience, EntryView, Statement, Status
from chengxin.remedies import facade as remedies
from tests.asking import LOAN, question
from tests.doors.signing import signed_in
from tests.residents import Resident

ZH: Final[Language] = "zh"
LABEL: Final = "本人说明"


@dataclass(frozen=True)
class Told:
    """Whose entry it is, by which words it is known on paper, who supplied it, and who asks with the person's consent."""

    resident: Resident
    uid: UUID
    number: str
    fact: str
    supplier: UUID
    bank: Actor
    caseworker: Actor


@lru_cache(maxsize=8)
def _pages(told: Told, address: str, at: datetime, language: str = ZH) -> str:
    with clock.set_for_tests(at):
        answer = signed_in(told.resident.account, language=language).get(address)
    return answer.content.decode()


@lru_cache(maxsize=1)
def _answer(told: Told, at: datetime) -> Answered | Refused:
    return access.ask(actor=told.bank, question=question(told.resident), at=at)


@lru_cache(maxsize=1)
def _answer_of_batch(told: Told, at: datetime) -> Answered | Refused:
    asked = [question(told.resident, operation=Operation.LOOK_UP)]
    return access.ask_many(actor=told.bank, questions=asked, at=at)[0]


def asked_anew() -> None:
    """What was asked before is forgotten: each page is read, and each asker answered, once for all that it tells."""
    for one in (_pages, _answer, _answer_of_batch):
        one.cache_clear()


def page(told: Told, at: datetime) -> bool:
    return told.number in _pages(told, "/my/record/", at)


def page_in_english(told: Told, at: datetime) -> bool:
    return told.number in _pages(told, "/my/record/", at, "en")


def page_of_one(told: Told, at: datetime) -> bool:
    return told.number in _pages(told, f"/my/record/{told.uid}/", at)


def page_to_print(told: Told, at: datetime) -> bool:
    return told.number in _pages(told, "/my/record/print/", at)


def file_to_carry_away(told: Told, at: datetime) -> Status | None:
    found = _newest(json.loads(_pages(told, "/my/record/download/", at))["file"]["entries"], told)
    return None if found is None else Status(found["status"])


def _newest(entries: Iterable[dict[str, Any]], told: Told) -> dict[str, Any] | None:
    """Of all versions of the entry in a file, the one that counts."""
    return max((one for one in entries if one["uid"] == str(told.uid)), key=lambda one: one["version"], default=None)


def _counting(entries: Iterable[EntryView]) -> set[UUID]:
    """The entries that a reader is told of otherwise than as what they said before."""
    return {one.uid for one in entries if one.status is not Status.SUPERSEDED}


def as_of(told: Told, at: datetime) -> bool:
    actor, person_id = told.resident.someone.actor, told.resident.person_id
    found = access.own_file_as_of(actor=actor, person_id=person_id, shown_at=at, known_at=at, at=at)
    return str(told.uid) in found.decode()


def own_now(told: Told, at: datetime) -> bool:
    own = access.own_file(actor=told.resident.someone.actor, person_id=told.resident.person_id, at=at)
    return told.uid in {one.uid for one in own.now}


def own_held(told: Told, at: datetime) -> bool:
    own = access.own_file(actor=told.resident.someone.actor, person_id=told.resident.person_id, at=at)
    return told.uid in _counting(own.held)


def what_consent_would_show(told: Told, at: datetime) -> bool:
    found = access.what_askers_see(actor=told.resident.someone.actor, person_id=told.resident.person_id, at=at)
    return told.uid in {one.uid for one in found}


def look_up(told: Told, at: datetime) -> bool:
    answer = _answer(told, at)
    # an asker to whom nothing can be told is not told why (F13)
    return isinstance(answer, Answered) and any(told.fact in one.fields.values() for one in answer.entries)


def batch(told: Told, at: datetime) -> bool:
    answer = _answer_of_batch(told, at)
    # an asker to whom nothing can be told is not told why (F13)
    return isinstance(answer, Answered) and any(told.fact in one.fields.values() for one in answer.entries)


def sealed_for_askers(told: Told, at: datetime) -> bool:
    person = told.resident.person_id
    with in_transaction():
        see_persons([person])
        found = records.shown_to_askers({person: [told.supplier]}, items=["penalty"], at=at)
    return told.uid in {one.uid for one in found.get(person, [])}


# --- what its person says beside it -----------------------------------------------------------------------------------


def _beside(shown: str) -> str | None:
    """The words that a page shows beside an entry, as a browser reads them; None where it shows none."""
    if LABEL not in shown:
        return None
    found = re.search(
        r'<blockquote class="own"[^>]*>(?:<span lang="zh-Hans">)?(.*?)(?:</span>)?</blockquote>', shown, re.S
    )
    assert found is not None, "the label stands without its words"
    return unescape(found[1])


def _said(statement: Statement | None) -> str | None:
    return None if statement is None else statement.text


def _said_in(entries: Iterable[EntryView], told: Told) -> str | None:
    versions = [one for one in entries if one.uid == told.uid]
    return _said(max(versions, key=lambda one: one.version).statement) if versions else None


def _said_to(audience: Audience) -> Callable[[Told, datetime], str | None]:
    def said(told: Told, at: datetime) -> str | None:
        named = {"supplier": told.supplier} if audience is Audience.SUPPLIER else {}
        with as_person(told.resident.person_id):
            return _said_in(records.entries_for(told.resident.person_id, audience, at=at, **named), told)

    return said


def _said_to_asker(answers: Callable[[Told, datetime], object]) -> Callable[[Told, datetime], str | None]:
    def said(told: Told, at: datetime) -> str | None:
        answer = answers(told, at)
        entries = answer.entries if isinstance(answer, Answered) else ()
        return next((_said(one.statement) for one in entries if one.uid == told.uid), None)

    return said


def _in_machine_s_words(told: Told, at: datetime) -> str | None:
    answer = _answer(told, at)
    if not isinstance(answer, Answered):
        return None
    said = shapes.LookUpAnswer.model_validate(as_json(answer)).model_dump(mode="json")
    read = LookedUp.read(said).entries
    return next((None if one.statement is None else one.statement.text for one in read if one.uid == told.uid), None)


def _on_inquirer_s_page(told: Told, at: datetime) -> str | None:
    answer = _answer(told, at)
    if not isinstance(answer, Answered):
        return None
    edition = catalogue.edition_on(shanghai_day(at))
    purpose = edition.purpose(LOAN)
    assert purpose is not None
    page = answer_page(answer, purpose, items=edition.items, suppliers={}, case_ref="", language=ZH)
    shown = render_to_string("portal/inquiry/answer.html", {"page": page, "language": ZH, "back": "/"})
    return _beside(shown)


def _carried_away(told: Told, at: datetime) -> str | None:
    found = _newest(json.loads(_pages(told, "/my/record/download/", at))["file"]["entries"], told)
    return found["statement"]["text"] if found and found["statement"] else None


def _as_of(told: Told, at: datetime) -> str | None:
    actor, person_id = told.resident.someone.actor, told.resident.person_id
    found = access.own_file_as_of(actor=actor, person_id=person_id, shown_at=at, known_at=at, at=at)
    newest = _newest(json.loads(found)["entries"], told)
    return newest["statement"]["text"] if newest and newest["statement"] else None


SAID: Final[Mapping[str, Callable[[Told, datetime], str | None]]] = {
    "page": lambda told, at: _beside(_pages(told, "/my/record/", at)),
    "page of one": lambda told, at: _beside(_pages(told, f"/my/record/{told.uid}/", at)),
    "page to print": lambda told, at: _beside(_pages(told, "/my/record/print/", at)),
    "file to carry away": _carried_away,
    "as of": _as_of,
    "what a consent would show": lambda told, at: _said_in(
        access.what_askers_see(actor=told.resident.someone.actor, person_id=told.resident.person_id, at=at), told
    ),
    "look-up": _said_to_asker(_answer),
    "batch": _said_to_asker(_answer_of_batch),
    "answer to a machine, as its client reads it": _in_machine_s_words,
    "answer on an inquirer's page": _on_inquirer_s_page,
    **{audience.value: _said_to(audience) for audience in Audience},
}
"""Every output that shows an entry's content, and what it shows of its person's own words beside it."""
SAID_TO: Final[Mapping[str, Audience]] = {
    "what a consent would show": Audience.ASKER,
    "look-up": Audience.ASKER,
    "batch": Audience.ASKER,
    "answer to a machine, as its client reads it": Audience.ASKER,
    "answer on an inquirer's page": Audience.ASKER,
    **{audience.value: audience for audience in Audience},
}
"""Those of them that have a column of the matrix; the others are the person's own, and always tell."""


def _for(audience: Audience) -> Callable[[Told, datetime], bool]:
    def told_to(told: Told, at: datetime) -> bool:
        named = {"supplier": told.supplier} if audience is Audience.SUPPLIER else {}
        with as_person(told.resident.person_id):
            found = records.entries_for(told.resident.person_id, audience, at=at, **named)
        return told.uid in _counting(found)

    return told_to


_WORKED: Final = ("objection", "repair", "sibling")
WHERE_OPEN: Final = "beside a case, on a desk"


def _on_a_desk(told: Told, at: datetime) -> Status | None:
    """Beside a case of it that is open, to an official who works it; None where there is none."""
    open_now = [one for one in remedies.cases_of(actor=told.resident.someone.actor, at=at) if one.closed_at is None]
    of_it = next(
        (one for one in open_now if one.about.uid == told.uid and one.workflow in ("objection", "repair")), None
    )
    entry = None if of_it is None else remedies.case_for(actor=told.caseworker, uid=of_it.uid, at=at).entry
    return None if entry is None else entry.status


STATUS: Final[Mapping[str, Callable[[Told, datetime], Status | None]]] = {
    "file to carry away": file_to_carry_away,
    WHERE_OPEN: _on_a_desk,
}
"""Outputs that say the status itself, where they say anything."""
ALWAYS_THEIRS: Final[Mapping[str, Callable[[Told, datetime], bool]]] = {
    "page": page,
    "page in English": page_in_english,
    "page of one": page_of_one,
    "page to print": page_to_print,
    "as of": as_of,
}
"""The person's own, now or held: whatever is still kept is told there."""

BY_AUDIENCE: Final[Mapping[str, tuple[Audience, Callable[[Told, datetime], bool]]]] = {
    "own file, now": (Audience.SUBJECT_NOW, own_now),
    "own file, held": (Audience.SUBJECT_HELD, own_held),
    "what a consent would show": (Audience.ASKER, what_consent_would_show),
    "look-up": (Audience.ASKER, look_up),
    "batch": (Audience.ASKER, batch),
    "entries to be opened for askers": (Audience.ASKER, sealed_for_askers),
    "asker": (Audience.ASKER, _for(Audience.ASKER)),
    "supplier": (Audience.SUPPLIER, _for(Audience.SUPPLIER)),
    "public": (Audience.PUBLIC, _for(Audience.PUBLIC)),
    "archive": (Audience.ARCHIVE, _for(Audience.ARCHIVE)),
}
"""Outputs with the audience whose column of the matrix says what they tell."""
