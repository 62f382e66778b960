"""One schema for one server and for a cluster: the rules that keep it so, held on plain PostgreSQL."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.models import Model

from tests.house.tables import SPREAD_BY, our_models, person_models, privacy, table

pytestmark = pytest.mark.usefixtures("city")

# What each row of the answer means is its first column; %(names)s and %(columns)s are the tables spread over workers.
_KEYS = """
WITH spread AS (
  SELECT c.oid, c.relname, a.attnum, cfg.col FROM unnest(%(names)s::text[], %(columns)s::text[]) AS cfg(t, col)
  JOIN pg_class c ON c.relname = cfg.t AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = cfg.col
)
"""
RULES = {
    "the column is there and never empty": """
        SELECT cfg.t, cfg.col FROM unnest(%(names)s::text[], %(columns)s::text[]) AS cfg(t, col)
        WHERE NOT EXISTS (SELECT FROM spread s JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum = s.attnum
                          WHERE s.relname = cfg.t AND a.attnotnull)""",
    "the primary key begins with it": """
        SELECT s.relname, '' FROM spread s
        WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = s.oid AND i.indisprimary AND i.indkey[0] = s.attnum)""",
    "every unique index has it": """
        SELECT s.relname, i.indexrelid::regclass::text FROM spread s JOIN pg_index i ON i.indrelid = s.oid AND i.indisunique
        WHERE NOT s.attnum = ANY (i.indkey::int2[])""",
    "every exclusion has it": """
        SELECT s.relname, k.conname FROM spread s JOIN pg_constraint k ON k.conrelid = s.oid AND k.contype = 'x'
        WHERE NOT s.attnum = ANY (k.conkey)""",
    "a foreign key goes through it": """
        SELECT s.relname, k.conname FROM spread s JOIN pg_constraint k ON k.conrelid = s.oid AND k.contype = 'f'
        LEFT JOIN spread o ON o.oid = k.confrelid
        WHERE k.confrelid::regclass::text <> ALL (%(copied)s::text[]) AND (o.oid IS NULL OR o.col <> s.col
           OR NOT EXISTS (SELECT FROM unnest(k.conkey, k.confkey) z(a, b) WHERE a = s.attnum AND b = o.attnum))""",
    "no other table points at it": """
        SELECT k.conrelid::regclass::text, k.conname FROM pg_constraint k JOIN spread s ON s.oid = k.confrelid
        WHERE k.contype = 'f' AND k.conrelid NOT IN (SELECT oid FROM spread)""",
    "no foreign key empties a column": """
        SELECT k.conrelid::regclass::text, k.conname FROM pg_constraint k
        WHERE k.contype = 'f' AND (k.confdeltype IN ('n', 'd') OR k.confupdtype IN ('n', 'd'))
          AND k.conrelid::regclass::text = ANY (%(ours)s::text[])""",
    "no small serial key": """
        SELECT a.attrelid::regclass::text, a.attname::text FROM pg_attribute a
        WHERE a.attrelid::regclass::text = ANY (%(ours)s::text[]) AND a.attnum > 0
          AND a.atttypid IN ('int4'::regtype, 'int2'::regtype)
          AND (a.attidentity <> '' OR pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) IS NOT NULL)""",
    "no default that a worker would compute": """
        SELECT d.adrelid::regclass::text, a.attname::text FROM pg_attrdef d
        JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum JOIN spread s ON s.oid = d.adrelid
        WHERE pg_get_expr(d.adbin, d.adrelid) ~ '\\('""",
    "only our own triggers": """
        SELECT s.relname, t.tgname::text FROM spread s JOIN pg_trigger t ON t.tgrelid = s.oid AND NOT t.tgisinternal
        WHERE t.tgname !~ ('^' || s.relname || '_')""",
}


@pytest.mark.parametrize("rule", RULES)
def test_tables_about_persons_can_be_spread(rule: str) -> None:
    assert _broken(rule) == []


BREACHES = {
    "the primary key begins with it": "CREATE TABLE house_bad (id uuid PRIMARY KEY, person_id uuid NOT NULL)",
    "the column is there and never empty": "CREATE TABLE house_bad (person_id uuid)",
    "every unique index has it": "CREATE TABLE house_bad (person_id uuid PRIMARY KEY, code text UNIQUE)",
    "every exclusion has it": """CREATE TABLE house_bad (person_id uuid PRIMARY KEY, p daterange,
        EXCLUDE USING gist (p WITH &&))""",
    "a foreign key goes through it": """CREATE TABLE house_bad (person_id uuid PRIMARY KEY,
        account_id uuid REFERENCES foundation_account)""",
    "no other table points at it": """CREATE TABLE house_bad (person_id uuid PRIMARY KEY);
        CREATE TABLE house_local (id uuid PRIMARY KEY, person_id uuid REFERENCES house_bad)""",
    "no foreign key empties a column": """CREATE TABLE house_bad (person_id uuid PRIMARY KEY,
        account_id uuid REFERENCES foundation_account ON DELETE SET NULL)""",
    "no small serial key": "CREATE TABLE house_bad (person_id uuid, id serial, PRIMARY KEY (person_id, id))",
    "no default that a worker would compute": "CREATE TABLE house_bad (person_id uuid PRIMARY KEY DEFAULT gen_random_uuid())",
    "only our own triggers": """CREATE TABLE house_bad (person_id uuid PRIMARY KEY);
        CREATE TRIGGER stray BEFORE UPDATE ON house_bad FOR EACH ROW EXECUTE FUNCTION foundation_refuse_change()""",
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_its_breach(rule: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            cursor.execute(BREACHES[rule])
            assert "house_bad" in str(_broken(rule, "house_bad")) or "house_local" in str(_broken(rule, "house_bad"))
        finally:
            cursor.execute("ROLLBACK")


def _broken(rule: str, *more: str) -> list[tuple[str, str]]:
    spread = {table(model): "person_id" for model in person_models()} | SPREAD_BY | dict.fromkeys(more, "person_id")
    known = {table(model) for model in our_models()} | set(more)
    spread = {name: column for name, column in spread.items() if name in known}
    values: dict[str, Any] = {"names": list(spread), "columns": list(spread.values()), "ours": sorted(known)}
    # a reference table is copied to every worker, so that any table may point at it
    values["copied"] = [table(model) for model in our_models() if getattr(privacy(model), "reference", False)]
    with connections["owner"].cursor() as cursor:
        cursor.execute(_KEYS + RULES[rule], values)
        return [(str(name), str(thing)) for name, thing in cursor.fetchall()]


@pytest.mark.parametrize("model", our_models(), ids=table)
def test_identifiers_come_from_the_application(model: type[Model]) -> None:
    assert not [
        f.name for f in model._meta.concrete_fields if f.get_internal_type().endswith(("AutoField", "SerialField"))
    ]


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_constraints_are_named_after_their_room() -> None:
    rooms = "|".join(sorted({model._meta.app_label for model in our_models()}))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'x')"
            " AND conrelid::regclass::text = ANY (%s) AND conname !~ %s",
            [[table(model) for model in our_models()], f"^({rooms})_"],
        )
        assert cursor.fetchall() == []
