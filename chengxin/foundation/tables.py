"""Builders of what every table promises: named constraints for models, and SQL for migrations (house habit 4, F8).

The SQL builders return text for `migrations.RunSQL(text, migrations.RunSQL.noop)`.
"""

import re
from collections.abc import Iterable

from django.db.models import CheckConstraint, F, Q

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
# the only form of the setting that can be pruned and pushed down; unset or empty means nobody
_THIS_PERSON = "nullif(current_setting('chengxin.person', true), '')::uuid"
_THESE_PERSONS = (
    "person_id = ANY ("
    "(SELECT string_to_array(nullif(current_setting('chengxin.persons', true), ''), ',')::uuid[])::uuid[])"
)


def in_order(name: str, *fields: str, sentence: str) -> CheckConstraint:
    """Each date is not before the one named before it; one that is not known yet (NULL) breaks no order."""
    steps = Q()
    for earlier_at, later in enumerate(fields[1:]):
        for earlier in fields[: earlier_at + 1]:
            steps &= (
                Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__lte": F(later)})
            )
    return CheckConstraint(condition=steps, name=name, violation_error_message=sentence)


def paired(name: str, *fields: str, sentence: str) -> CheckConstraint:
    """All of these are known, or none is."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    every = Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(condition=none | every, name=name, violation_error_message=sentence)


def dated(name: str, date: str, *, state: str, states: Iterable[object], sentence: str) -> CheckConstraint:
    """The date is set exactly in these states: a state without its date, or a date without its state, is refused."""
    reached = Q(**{f"{state}__in": sorted(states, key=str)})
    known = Q(**{f"{date}__isnull": False})
    return CheckConstraint(
        condition=(reached & known) | (~reached & ~known), name=name, violation_error_message=sentence
    )


def append_only(table: str, *, disposable: bool = False) -> str:
    """Rows of this table are added and never changed: rights taken from the application's roles, triggers behind them.

    `disposable`: role disposer (and it alone) may delete, where its room grants that and says which rows.
    """
    _check(table)
    delete_trigger = "foundation_refuse_delete_unless_disposer" if disposable else "foundation_refuse_change"
    return f"""
SET LOCAL citus.enable_unsafe_triggers = on;
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM chengxin_web, chengxin_intake, chengxin_disposer;
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION foundation_refuse_change();
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {delete_trigger}();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION foundation_refuse_change();
"""


def row_security(table: str) -> str:
    """Role web reads and adds rows of the transaction's person alone; without a person it sees none.

    Other roles than the owner see nothing either until a policy of the room lets them; intake is exempt by its role.
    """
    _check(table)
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {table}_person_reads ON {table} FOR SELECT TO chengxin_web USING (person_id = {_THIS_PERSON});
CREATE POLICY {table}_person_adds ON {table} FOR INSERT TO chengxin_web WITH CHECK (person_id = {_THIS_PERSON});
"""


def row_security_of_many(table: str, *, adds: bool = False) -> str:
    """Role web also reads (and with `adds` adds) rows of the persons a batch is about (`database.see_persons`).

    The list is read once a statement, so that the check of a row stays a comparison.
    """
    _check(table)
    policies = f"CREATE POLICY {table}_batch_reads ON {table} FOR SELECT TO chengxin_web USING ({_THESE_PERSONS});\n"
    if adds:
        policies += (
            f"CREATE POLICY {table}_batch_adds ON {table} FOR INSERT TO chengxin_web WITH CHECK ({_THESE_PERSONS});\n"
        )
    return policies


def worked_off(table: str, *, often_nobody: bool = False) -> str:
    """A local list with persons in it: role web sees the rows of the transaction's person, or says that it works the list
    off (`database.working_off`); else none. `often_nobody`: rows without a person are added by anyone."""
    _check(table)
    nobody = " OR person_id IS NULL" if often_nobody else ""
    mine = f"person_id = {_THIS_PERSON} OR current_setting('chengxin.queue', true) = '{table}'"
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {table}_worked_off ON {table} TO chengxin_web USING ({mine}) WITH CHECK ({mine}{nobody});
"""


def grants(table: str, *, web: str = "", intake: str = "", disposer: str = "") -> str:
    """Rights of the application's roles, e.g. `web="SELECT, INSERT"`, `intake="INSERT, SELECT (person_id)"`."""
    _check(table)
    rights = {"chengxin_web": web, "chengxin_intake": intake, "chengxin_disposer": disposer}
    return "".join(f"GRANT {right} ON {table} TO {role};\n" for role, right in rights.items() if right)


def distribute(table: str, column: str = "person_id") -> str:
    """Spread a table about persons over the workers where the extension is there; the last operation on it."""
    _check(table)
    _check(column)
    return _where_cluster(f"create_distributed_table('{table}', '{column}')")


def reference(table: str) -> str:
    """Copy a small reference table to every worker where the extension is there."""
    _check(table)
    return _where_cluster(f"create_reference_table('{table}')")


def _where_cluster(call: str) -> str:
    return f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM {call}; END IF;
END $$;
"""


def _check(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of ours")
