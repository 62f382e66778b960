"""The promises that a running instance can be asked about: each is one question to its databases, asked by reflection.

What a constraint, a trigger or a right holds is held only while it is there: these questions find the day it was dropped,
disabled, left unvalidated or granted away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from psycopg import sql

from chengxin.catalogue import facade as catalogue
from chengxin.doors.health import readiness
from chengxin.foundation import clock, jobs, keystore
from chengxin.kernel.days import shanghai_day
from chengxin.remedies import facade as remedies

ROOM_PREFIX: Final = "chengxin."
PLAIN_ROLES: Final = ("chengxin_web", "chengxin_disposer", "chengxin_owner")
BULK_ROLE: Final = "chengxin_intake"


def our_models() -> Iterator[type[Model]]:
    """Every model of a room."""
    for config in apps.get_app_configs():
        if config.name.startswith(ROOM_PREFIX):
            yield from config.get_models(include_auto_created=True)


def schema_is_current() -> list[str]:
    """Steps of the schema that are missing."""
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def parts_are_ready() -> list[str]:
    """Database, key store, clocks and disk, as the health page asks them."""
    return [f"{part}: {state}" for part, state in readiness().items() if state != "ok"]


def constraints_hold() -> list[str]:
    """Named constraints of the models that the database lacks, or has never checked against the rows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE convalidated UNION"
            " SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisvalid"
        )
        there = {name for (name,) in cursor.fetchall()}
    named = {str(constraint.name) for model in our_models() for constraint in model._meta.constraints}
    return sorted(named - there)


def append_only_refuses() -> list[str]:
    """Tables declared append-only without an enabled trigger against UPDATE, DELETE and TRUNCATE each."""
    with connections["owner"].cursor() as cursor:
        # bits of pg_trigger.tgtype: 8 DELETE, 16 UPDATE, 32 TRUNCATE
        cursor.execute(
            "SELECT c.relname, bit_or(t.tgtype::int) & 56 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' GROUP BY 1"
        )
        guarded = dict(cursor.fetchall())
    return sorted(table for table in _append_only() if guarded.get(table) != 56)


def nobody_sees_everybody() -> list[str]:
    """Tables under row-level security that answer rows to the web role while no person is set, or have it switched off."""
    found = []
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname, relrowsecurity FROM pg_class WHERE relkind IN ('r', 'p')")
        secured = dict(cursor.fetchall())
    with connections["default"].cursor() as cursor:
        for table in _about_persons():
            if not secured.get(table):
                found.append(f"{table}: off")
                continue
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone() == (True,):
                cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
                found += [table] if cursor.fetchone() == (True,) else []
    return found


def roles_are_least() -> list[str]:
    """Roles with a right they must not have: superuser, past row-level security, reading sealed content in bulk."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'chengxin\\_%%'"
            " AND rolname = ANY(%s) AND (rolsuper OR rolcreaterole OR rolcreatedb OR (rolbypassrls AND rolname <> %s))",
            [[*PLAIN_ROLES, BULK_ROLE], BULK_ROLE],
        )
        found = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relkind = 'r' AND a.attname LIKE 'sealed%%' AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT')",
            [BULK_ROLE],
        )
        return found + [f"{BULK_ROLE}: {name}" for (name,) in cursor.fetchall()]


def keys_are_current() -> list[str]:
    """Keys still wrapped under an older master key: a rotation that nobody finished."""
    count = keystore.stale()
    return [str(count)] if count else []


def catalogue_is_in_force() -> list[str]:
    """Today without an edition: nothing could be collected or shown."""
    day = shanghai_day(clock.now())
    in_force = any(one.edition.in_force_from <= day for one in catalogue.approved_editions())
    return [] if in_force else [day.isoformat()]


def terms_are_counted() -> list[str]:
    """Open cases whose days were counted by a law that is no longer the one of this instance (decision 20)."""
    count = remedies.lines_to_recount()
    return [str(count)] if count else []


def no_work_is_stuck() -> list[str]:
    """Jobs that do not go on by themselves."""
    return [f"{job.id} {job.name}: {job.why}" for job in jobs.stuck(clock.now())]


PROMISES: Final[Mapping[str, Callable[[], list[str]]]] = MappingProxyType(
    {
        "schema_is_current": schema_is_current,
        "parts_are_ready": parts_are_ready,
        "constraints_hold": constraints_hold,
        "append_only_refuses": append_only_refuses,
        "nobody_sees_everybody": nobody_sees_everybody,
        "roles_are_least": roles_are_least,
        "keys_are_current": keys_are_current,
        "catalogue_is_in_force": catalogue_is_in_force,
        "terms_are_counted": terms_are_counted,
        "no_work_is_stuck": no_work_is_stuck,
    }
)
"""Promise -> the question; it gives what breaks the promise, in the order found. Sentences: `commands.promise.<name>`."""


def _append_only() -> Iterator[str]:
    for model in our_models():
        if getattr(getattr(model, "Privacy", None), "append_only", False):
            yield str(model._meta.db_table)


def _about_persons() -> Iterator[str]:
    """Tables with a person in them."""
    for model in our_models():
        if any(field.attname == "person_id" for field in model._meta.concrete_fields):
            yield str(model._meta.db_table)
