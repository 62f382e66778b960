"""Yesterday's backup of the database with today's key store does not read an erased person; every proof stays whole (F7)."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import connections

from chengxin.access import facade as access
from chengxin.access.models import Look
from chengxin.access.rules import commitment, leaf, notes, proving, tree
from chengxin.access.terms import Looker
from chengxin.foundation import actors, ciphers, keystore, prepare, server
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.server.binaries import reachable
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import Status
from chengxin.settings.databases import KEY_ALIASES
from tests import templates
from tests.entries import give_entry, in_catalogue
from tests.making import make_city, make_official
from tests.people import NOW, Someone, make_person
from tests.rooms.access.test_erasing_reaches import STAYS, naming
from tests.rooms.foundation.outbox.telling import give_notice

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "an erased person cannot be read from yesterday's backup with today's keys, and every proof stays whole"
PEOPLE = 20
SYSTEM = actors.system("prove")
FREE_TEXT = "某某路九号的招牌"


def run() -> str:
    """Dump, erase every second person, restore the dump beside today's key store, and try to read all of them."""
    with templates.copied("prove_erasure"):
        in_catalogue("TEST-01")
        people = [make_person() for _ in range(PEOPLE)]
        for someone in people:
            _, uid = give_entry(someone, free_text=FREE_TEXT)
            # nobody's lawful record any more: no law keeps it
            records.withdraw_entry(
                actor=SYSTEM, person_id=someone.person_id, uid=uid, at=NOW, reason="decision annulled"
            )
            give_notice(someone.person_id)
            access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
        erased, kept = people[::2], people[1::2]
        access.sequence_log(at=NOW)
        carried = [carry_proof(someone) for someone in erased]
        with tempfile.TemporaryDirectory() as folder:
            backup = Path(folder) / "yesterday.sql"
            dump(backup)
            officers = make_officers()
            for someone in erased:
                erase(someone, *officers)
                assert naming(someone.person_id) <= set(STAYS), "a table still names an erased person"
            proofs = check_proofs(people)
            for someone in kept:
                access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
            check_log(erased, carried)
            with restored(backup):
                for someone in kept:
                    assert read_everything(someone), "the backup must be readable for those who were not erased"
                for someone in erased:
                    assert not read_everything(someone), "an erased person was read from the backup"
                opened = try_every_key(erased)
    return (
        f"{len(erased)} of {PEOPLE} erased: 0 read from the backup, {len(kept)} of the others read;"
        f" {opened} attempts with all keys of today opened nothing; {proofs} looks verify,"
        f" {len(carried)} proofs carried away before the erasure hold, and so does the whole log"
    )


def make_officers() -> tuple[Actor, Actor]:
    """Two officials who may erase together."""
    lead = make_city()
    one, other = (make_official(role=Role.ERASURE_OFFICER, organisation=lead) for _ in range(2))
    return one, other


def erase(someone: Someone, one: Actor, other: Actor) -> None:
    """As an instance does it: asked by one, approved by the other, in every room."""
    uid = access.ask_erasure(actor=one, kind="01", number=someone.number, at=NOW, reason="asked by the person")
    access.approve_erasure(actor=other, uid=uid, at=NOW, reason="asked by the person")


def read_everything(someone: Someone) -> bool:
    """Whether a name, a number or a content of this person can be opened through the product."""
    with as_person(someone.person_id):
        identity = persons.identity_of(someone.person_id)
        entries = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
    assert entries, "the backup holds the rows themselves"
    if all(entry.status is Status.ERASED and not entry.content for entry in entries) and not identity.names:
        return False
    return identity.name == someone.name and FREE_TEXT in str(entries[0].content)


def try_every_key(erased: list[Someone]) -> int:
    """An attacker with the whole of today's key store tries each key on each sealed row. Returns the attempts."""
    with connections["keys"].cursor() as cursor:
        cursor.execute("SELECT owner_id FROM held_key WHERE owner_kind = 'person'")
        owners = [row[0] for row in cursor.fetchall()]
    keys = list(keystore.load_many("person", owners, alias="keys").values())
    attempts = 0
    for someone in erased:
        for blob, aad in sealed_rows(someone.person_id):
            for key in keys:
                attempts += 1
                try:
                    ciphers.suite_of(blob).open(key, blob, aad)
                except ciphers.SealBroken:
                    continue
                raise AssertionError("a key that is alive opened an erased person's row")
    assert attempts, "nothing was tried"
    return attempts


def sealed_rows(person_id: UUID) -> Iterator[tuple[bytes, bytes]]:
    with as_person(person_id), connections["default"].cursor() as cursor:
        cursor.execute("SELECT sealed FROM persons_name WHERE person_id = %s", [person_id])
        names = [(bytes(row[0]), persons.sealed_name_aad(person_id)) for row in cursor.fetchall()]
        cursor.execute("SELECT entry_id, version, sealed FROM records_content WHERE person_id = %s", [person_id])
        contents = [(bytes(row[2]), records.content_aad(person_id, row[0], row[1])) for row in cursor.fetchall()]
    yield from (*names, *contents)


def check_proofs(people: list[Someone]) -> int:
    """Recompute the commitment of every look, those of erased people too."""
    checked = 0
    for someone in people:
        with as_person(someone.person_id):
            for row in Look.objects.filter(person_id=someone.person_id):
                text = leaf(
                    uid=row.uid,
                    at=row.at,
                    looker=Looker(row.actor_kind, None, row.official_id, row.organisation_id, row.role),
                    purpose=row.purpose,
                    ground=(row.ground_law, row.ground_article),
                    case_ref=row.case_ref,
                    entries=row.entries,
                    fields=row.fields,
                    outcome=row.outcome,
                )
                assert commitment(bytes(row.salt), text) == bytes(row.commitment), "a look no longer verifies"
                checked += 1
    assert checked >= len(people)
    return checked


def carry_proof(someone: Someone) -> str:
    """The file a person took along before they were erased: that the look at their file is in the log."""
    with as_person(someone.person_id):
        look = Look.objects.filter(person_id=someone.person_id).latest("at", "uid")
        return access.proof_text(access.look_proof(someone.person_id, look.uid, at=NOW))


def check_log(erased: list[Someone], carried: list[str]) -> None:
    """Every proof made before the erasure holds, leads into the log as it is now, and the log finds no fault in itself."""
    access.sequence_log(at=NOW)
    now = access.log_state().size
    keys = [key.text() for key in access.log_keys()]
    for someone, text in zip(erased, carried, strict=True):
        proof = proving.proof_of(text)
        assert proving.proof_fault(proof, keys) is None, "a proof carried away before the erasure no longer holds"
        assert proof.size < now, "the log must have grown since"
        was = notes.head_of(notes.note_of(proof.checkpoint).text).root
        became = notes.head_of(notes.note_of(access.signed_checkpoint(now)).text).root
        steps = access.consistency_proof(proof.size, now)
        assert tree.verify_consistency(proof.size, now, was, became, steps), "the log is not the log of before"
        assert proving.proof_fault(proving.proof_of(carry_proof(someone)), keys) is None, (
            "the look can be proved no more"
        )
    assert not list(access.verify_log()), "the log finds a fault after the erasures"


def dump(target: Path) -> None:
    """A backup of the main database, without the key store."""
    place = server.places()
    environment = {"PGPASSFILE": str(place.passfile), "PATH": "/usr/bin:/bin"}
    command = [str(reachable(place) / "pg_dump"), "-h", str(place.sockets), "-U", server.ADMIN]
    command += ["-f", str(target), str(connections["default"].settings_dict["NAME"])]
    subprocess.run(command, check=True, env=environment)


@contextmanager
def restored(backup: Path) -> Iterator[None]:
    """Point the aliases of the main database at a restored backup; the key store stays today's."""
    name = f"yesterday_{uuid4().hex[:8]}"
    with prepare.admin() as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER {prepare.OWNER} TEMPLATE template0")
    place = server.places()
    environment = {"PGPASSFILE": str(place.passfile), "PATH": "/usr/bin:/bin"}
    command = [str(reachable(place) / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-h", str(place.sockets)]
    command += ["-U", server.ADMIN, "-d", name, "-f", str(backup), "-o", "/dev/null"]
    subprocess.run(command, check=True, env=environment)
    today = {alias: connections[alias].settings_dict["NAME"] for alias in connections if alias not in KEY_ALIASES}
    try:
        for alias in today:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        yield
    finally:
        for alias, database in today.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = database
        with prepare.admin() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
