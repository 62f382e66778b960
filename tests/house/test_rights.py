"""What each role of the database can and cannot do, tried on every table by reflection (F8)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections
from django.db.models import Model
from psycopg import sql

from chengxin.foundation import prepare
from tests.house.rows import add_any_row
from tests.house.tables import NOT_BY_PERSON, append_only_models, our_models, person_models, privacy, table

ROLES = ("chengxin_web", "chengxin_intake", "chengxin_disposer")
# Append-only tables whose rows role disposer deletes, and it alone; a trigger says when.
DELETED_BY_DISPOSER = {
    "access_look": "from ten years after it on, and never before five",
    "access_unheld": "from ten years after it on, and never before five",
    "access_use": "from ten years after it on, and never before five",
    "persons_document": "once the erasure of its person is on record",
    "persons_name": "once the erasure of its person is on record",
    "persons_source": "once the erasure of its person is on record",
    "persons_contact": "once the erasure of its person is on record",
    "persons_identity_key": "once the erasure of its person is on record",
    "persons_mandate": "once the erasure of its person is on record",
    "persons_mandate_act": "once the erasure of its person is on record",
    "persons_mandate_held": "once the erasure of its person is on record",
    "records_entry": "from the end of its retention, or once the erasure of its person is on record, with its tombstone",
    "records_content": "from the end of its retention, or once the erasure of its person is on record",
    "records_mark": "with its entry, or once the erasure of its person is on record",
    "records_statement": "with its entry, or once the erasure of its person is on record",
    "remedies_event": "from five years after its case was closed, or once the erasure of its person is on record",
    "remedies_letter": "from five years after its case was closed, or once the erasure of its person is on record",
    "remedies_paper": "from five years after its case was closed, or once the erasure of its person is on record",
    "remedies_paper_content": "from five years after its case was closed, or once the erasure of its person is on record",
    "remedies_opening": "from five years after its case was closed, or once the erasure of its person is on record",
    "remedies_unnamed": "from five years after it was answered",
    "remedies_unnamed_answer": "from five years after it was given",
    "records_decision_key": "from the end of its retention, or once the erasure of its person is on record",
}

# Every column that intake may read, which row-level security does not hold: keys, commitments, and what is no person's (F8).
INTAKE_READS = {
    "persons_person": {"person_id"},
    "persons_identity_key": {"blind_index", "kind", "person_id"},
    "persons_name": {"person_id", "name_key"},
    "persons_source": {"person_id", "source_id", "name_key"},
    # who handed it in and in which file: the deciding body's row wins, a recall blocks what came in its batch
    "records_entry": {"person_id", "entry_id", "uid", "version", "commitment", "supplier", "batch_id", "row_no"},
    "records_mark": {"person_id", "entry_id", "version", "kind", "mark_id"},
    "records_decision_key": {"decision_index", "person_id", "entry_id"},
    "records_recall": {"batch_id"},
    # a notice holds identifiers alone; the dispatcher of a batch finds its persons by them
    "foundation_notice": {
        "person_id", "notice_id", "uid", "kind", "subject_kind", "subject_id", "subject_version", "batch_id", "made_at",
    },
    "collection_quarantine": {"batch_id", "row_no", "uid", "commitment", "state", "ends_at"},
    # the number of the job that it queues with what it writes: none of what a job is about
    "procrastinate_jobs": {"id"},
}  # fmt: skip
# About nobody: read whole.
INTAKE_READS_WHOLE = {
    "catalogue_edition", "catalogue_approval", "catalogue_basis", "catalogue_display", "collection_batch", "collection_chunk",
}  # fmt: skip


@pytest.fixture
def administrator(city: None) -> Iterator[psycopg.Connection[Any]]:
    """A superuser inside one transaction of the module's city, rolled back at the end."""
    with prepare.admin(connections["owner"].settings_dict["NAME"]) as connection:
        connection.autocommit = False
        yield connection
        connection.rollback()


def _may(connection: psycopg.Connection[Any], role: str, name: str, right: str) -> bool:
    row = connection.execute("SELECT has_table_privilege(%s, %s, %s)", [role, name, right]).fetchone()
    assert row is not None
    return bool(row[0])


@pytest.mark.parametrize("model", append_only_models(), ids=table)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_no_role_may_change_what_is_append_only(
    administrator: psycopg.Connection[Any], model: type[Model], role: str, right: str
) -> None:
    expected = right == "DELETE" and role == "chengxin_disposer" and table(model) in DELETED_BY_DISPOSER
    assert _may(administrator, role, table(model), right) is expected


@pytest.mark.parametrize("model", append_only_models(), ids=table)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_even_the_owner_is_refused_by_the_triggers(
    administrator: psycopg.Connection[Any], model: type[Model], statement: str
) -> None:
    add_any_row(administrator, table(model))
    # the owner's foreign keys are not the question: a parent is free to be deleted here, were it not for the trigger
    column = model._meta.concrete_fields[0].column
    administrator.execute("SET LOCAL ROLE chengxin_owner")
    wanted = sql.SQL(statement).format(sql.Identifier(table(model)), sql.Identifier(column))
    # where the disposer may delete, the room's own trigger says in its own words when it may not
    words = None if statement.startswith("DELETE") and table(model) in DELETED_BY_DISPOSER else "is append-only"
    with pytest.raises(psycopg.errors.RestrictViolation, match=words):
        administrator.execute(wanted)


@pytest.mark.parametrize("model", person_models(), ids=table)
def test_web_sees_its_person_and_nobody_else(administrator: psycopg.Connection[Any], model: type[Model]) -> None:
    name, this, other = table(model), uuid4(), uuid4()
    if not _may(administrator, "chengxin_web", name, "SELECT"):
        return
    for person in (this, other):
        add_any_row(administrator, name, person_id=person)
    administrator.execute("SET LOCAL ROLE chengxin_web")
    count = sql.SQL("SELECT count(*), count(*) FILTER (WHERE person_id = {}) FROM {}").format(
        sql.Literal(this), sql.Identifier(name)
    )
    assert administrator.execute(count).fetchone() == (0, 0)
    administrator.execute(sql.SQL("SET LOCAL chengxin.person = {}").format(sql.Literal(str(this))))
    assert administrator.execute(count).fetchone() == (1, 1)
    administrator.execute("SET LOCAL chengxin.person = ''")
    assert administrator.execute(count).fetchone() == (0, 0)


@pytest.mark.parametrize("model", person_models(), ids=table)
def test_row_level_security_is_on(administrator: psycopg.Connection[Any], model: type[Model]) -> None:
    row = administrator.execute(
        "SELECT relrowsecurity, pg_get_userbyid(relowner) FROM pg_class WHERE oid = %s::regclass", [table(model)]
    ).fetchone()
    assert row == (True, "chengxin_owner")


@pytest.mark.parametrize("name", sorted(NOT_BY_PERSON))
def test_a_list_with_persons_in_it_opens_to_nobody_who_names_none(
    administrator: psycopg.Connection[Any], name: str
) -> None:
    this = uuid4()
    for person in (this, uuid4()):
        add_any_row(administrator, name, person_id=person, **_unlike(name, person))
    administrator.execute("SET LOCAL ROLE chengxin_web")
    count = sql.SQL("SELECT count(*), count(*) FILTER (WHERE person_id = {}) FROM {}").format(
        sql.Literal(this), sql.Identifier(name)
    )
    assert administrator.execute(count).fetchone() == (0, 0)
    administrator.execute(sql.SQL("SET LOCAL chengxin.person = {}").format(sql.Literal(str(this))))
    assert administrator.execute(count).fetchone() == (1, 1)


def _unlike(name: str, person: UUID) -> dict[str, Any]:
    """Keyed rows need a key of their own each."""
    (model,) = (model for model in our_models() if table(model) == name)
    keyed = [field.attname for field in model._meta.pk_fields if field.get_internal_type() == "BinaryField"]
    return dict.fromkeys(keyed, person.bytes)


@pytest.mark.parametrize("model", our_models(), ids=table)
def test_intake_reads_no_content(administrator: psycopg.Connection[Any], model: type[Model]) -> None:
    """Content is what is sealed: no column of that name is readable by the role that skips row-level security."""
    row = administrator.execute(
        "SELECT count(*) FILTER (WHERE has_column_privilege('chengxin_intake', attrelid, attnum, 'SELECT')), count(*)"
        " FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attname ~ '^sealed'",
        [table(model)],
    ).fetchone()
    assert row is not None
    assert row[0] == 0


def test_intake_reads_what_is_listed_and_nothing_else(administrator: psycopg.Connection[Any]) -> None:
    rows = administrator.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0"
        " AND NOT a.attisdropped AND has_column_privilege('chengxin_intake', c.oid, a.attnum, 'SELECT')"
    ).fetchall()
    found: dict[str, set[str]] = {}
    for name, column in rows:
        found.setdefault(name, set()).add(column)
    assert {name: columns for name, columns in found.items() if name not in INTAKE_READS_WHOLE} == INTAKE_READS


@pytest.mark.parametrize("name", sorted(INTAKE_READS_WHOLE))
def test_what_intake_reads_whole_is_about_nobody(name: str) -> None:
    (model,) = (model for model in our_models() if table(model) == name)
    assert "person_id" not in {field.attname for field in model._meta.concrete_fields}
    assert not [field for field, kept in privacy(model).fields.items() if kept.sensitive]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_owns_or_makes_anything(administrator: psycopg.Connection[Any], role: str) -> None:
    row = administrator.execute(
        "SELECT has_schema_privilege(%(role)s, 'public', 'CREATE'), rolsuper, rolcreatedb, rolcreaterole, rolbypassrls,"
        " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid) FROM pg_roles WHERE rolname = %(role)s",
        {"role": role},
    ).fetchone()
    assert row == (False, False, False, False, role == "chengxin_intake", 0)


def test_the_public_may_nothing(administrator: psycopg.Connection[Any]) -> None:
    row = administrator.execute(
        "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0"
    ).fetchone()
    assert row == (0,)
