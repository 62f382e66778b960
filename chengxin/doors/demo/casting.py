"""The cast of the sign-in page: accounts that belong to people of the city, and what those people have done themselves."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.cast import Resident
from chengxin.doors.demo.city.offices import officials
from chengxin.doors.demo.founding import WHY, Staff
from chengxin.doors.demo.signin import CAST_FILE
from chengxin.doors.wording import text
from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Account
from chengxin.foundation.server import state_folder
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from chengxin.records import facade as records
from chengxin.records.terms import Audience, EntryView, MarkKind
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Deed

_SOURCE = "demonstration"
_GOOD, _ADVERSE = 1, 2
"""As the ledger stores natures."""


def cast_city(staff: Staff, at: datetime) -> None:
    """Let everybody of the cast in, act out their situations, and write the list that the sign-in page shows."""
    members = [_resident(one, at) for one in cast.RESIDENTS if one.listed]
    members += [_official(staff, login) for login in cast.DESKS]
    path = state_folder() / CAST_FILE
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(members, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def let_in(one: Resident, at: datetime) -> tuple[Account, Actor]:
    """An account of one of the cast, bound to their person, and who they are as somebody who acts."""
    return _account_for(_person(one, at), at)


def signed_in(key: str, at: datetime) -> Actor:
    """One of the cast with an account of theirs, made where there is none yet."""
    person_id = _person(cast.resident(key), at)
    with as_person(person_id):
        known = persons.accounts_of(person_id)
    if known:
        return Actor(kind="person", account_id=known[0], person_id=person_id)
    return _account_for(person_id, at)[1]


def _person(one: Resident, at: datetime) -> UUID:
    citizen = cast.citizen(one)
    return persons.person_for_verified_identity(
        kind=citizen.kind,
        number=citizen.number,
        name=citizen.name,
        assurance=Assurance.HIGH,
        source=_SOURCE,
        actor=actors.system("demo"),
        at=at,
    )


def _account_for(person_id: UUID, at: datetime) -> tuple[Account, Actor]:
    account = Account.objects.create_user(f"resident-{secrets.token_hex(6)}", kind="resident")
    door = actors.system("demo")
    persons.link_account(
        account_id=account.id, person_id=person_id, assurance=Assurance.HIGH, actor=door, at=at, reason=WHY
    )
    return account, Actor(kind="person", account_id=account.id, person_id=person_id)


def _resident(one: Resident, at: datetime) -> dict[str, Any]:
    account, person = let_in(one, at)
    if one.key == "objecting":
        _object(person, at)
    elif one.key == "declining":
        _decline(person, at)
    return _member(account, "resident", one.zh, one.en, f"demo.resident.{one.key}", "residents")


def _object(person: Actor, at: datetime) -> None:
    """Say "this is wrong" to the one adverse entry: it is frozen at once, and the platform has one working day."""
    assert person.person_id is not None
    (entry,) = (one for one in _entries(person, at) if one.nature == _ADVERSE)
    remedies.open_case(
        actor=person,
        person_id=person.person_id,
        workflow="objection",
        about=About(AboutKind.ENTRY, entry.uid),
        deed=Deed(reason="那天我没有开店，有照片。 / I was closed that day, and have photographs."),
        at=at,
        reason="facts_wrong",
    )


def _decline(person: Actor, at: datetime) -> None:
    """Every honour and good deed is hers to hide."""
    assert person.person_id is not None
    for entry in _entries(person, at):
        if entry.nature == _GOOD:
            records.mark_entry(
                actor=person,
                person_id=person.person_id,
                uid=entry.uid,
                kinds=(MarkKind.DECLINED,),
                at=at,
                reason="declined_by_person",
            )


def _entries(person: Actor, at: datetime) -> list[EntryView]:
    assert person.person_id is not None
    with as_person(person.person_id):
        return records.entries_for(person.person_id, Audience.SUBJECT_NOW, at=at)


def _official(staff: Staff, login: str) -> dict[str, Any]:
    official = next(one for one in officials() if one.login == login)
    return _member(staff.accounts[login], "official", official.zh, official.en, f"demo.desk.{login}", "officials")


def _member(account: Account, kind: str, zh: str, en: str, line: str, group: str) -> dict[str, Any]:
    return {
        "account_id": str(account.id),
        "kind": kind,
        "name_zh": zh,
        "name_en": en,
        "line_zh": text(line, "zh"),
        "line_en": text(line, "en"),
        "group": group,
    }
