"""Charter 3, attacked: a number that sums a person up, in tables, at counters, on pages, in what is carried away."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connections

from chengxin.access import facade as access
from chengxin.foundation import events, jobs
from chengxin.foundation.database import as_person
from chengxin.offices.terms import Permission
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind, Status
from tests.charter.offers import commands, modules, trees
from tests.charter.routes import routes
from tests.doors.signing import signed_in
from tests.entries import SUPPLIER, give_entry, in_catalogue
from tests.house.source import PACKAGE, ROOMS
from tests.house.tables import our_models, person_models, table
from tests.people import NOW, Someone, make_person
from tests.residents import found_city_with_catalogue, give_penalty, make_resident, make_supplier
from tests.sources import confirm_name

SCORE = re.compile(
    r"(^|[_./\s-])(scores?|scoring|rank(ing|ed|s)?|grades?|grading|ratings?|stars?|points?|credit_value|percentile"
    r"|risk|predict(s|ion|ed)?|probability|likelihood|propensity|trust_level|forecast)([_./\s-]|$)",
    re.I,
)

# Every figure of a table about persons, and what it says. None counts, sums or compares.
FIGURES = {
    "access_consent_step.act": "given, refused, withdrawn or used",
    "foundation_notice.subject_version": "which version a letter tells of",
    "remedies_case.about_version": "which version of the entry it was about",
    "remedies_event.found_version": "which version of the entry it was about",
    "remedies_event.seq": "which act of the case",
    "remedies_event.proposal": "which act of the case is agreed to",
    "remedies_paper.size": "bytes of a paper that was handed in",
    "persons_document.kind": "kind of document",
    "persons_source.kind": "supplier, register or the person",
    "records_entry.version": "which version of the entry",
    "records_entry.nature": "neutral, good, adverse",
    "records_entry.act_class": "the class that the deciding body gave this one act",
    "records_entry.row_no": "line of the supplier's file",
    "records_content.version": "which version of the entry",
    "records_tombstone.version": "which version of an entry that is gone",
    "records_mark.version": "which version of the entry",
    "records_statement.version": "which version of the entry",
    "records_mark.kind": "which mark",
}


def test_no_table_about_persons_has_a_figure_that_nobody_argued_for() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = ANY (%s)"
            " AND data_type IN ('smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'money')",
            [[table(model) for model in person_models()]],
        )
        assert {str(name) for (name,) in cursor.fetchall()} == set(FIGURES)


def test_nothing_in_the_database_sums_persons_up_behind_the_tables() -> None:
    """No view, and no function beyond the guards: an aggregate by person would have to stand in one."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND proname !~ '^procrastinate_'"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        functions = {str(name) for (name,) in cursor.fetchall()}
    assert all(re.search(r"guard|refuse|holds|path|below|erasable", name) for name in functions), functions


def _names() -> Iterator[tuple[str, str]]:
    """Every name that something offers to somebody: where it stands, and the name."""
    for model in our_models():
        for field in model._meta.concrete_fields:
            yield f"{table(model)}.{field.column}", field.column
    for route in routes():
        yield f"address {route.pattern}", route.pattern
        yield f"address {route.name}", route.name
    for room in ROOMS:
        if (PACKAGE / room / "facade.py").exists():
            for name in importlib.import_module(f"chengxin.{room}.facade").__all__:
                yield f"{room}.{name}", name
    for module in modules():
        for name, thing in vars(module).items():
            if inspect.isclass(thing) and thing.__module__ == module.__name__ and dataclasses.is_dataclass(thing):
                yield f"{module.__name__}.{name}", name
                for field in dataclasses.fields(thing):
                    yield f"{name}.{field.name}", field.name
    for command in commands():
        yield f"command {command}", command
    for permission in Permission:
        yield f"permission {permission}", permission.value
    for name in (*jobs.known_jobs(), *events.routes()):
        yield f"job or event {name}", name


def test_no_name_anywhere_is_that_of_a_score() -> None:
    names = list(_names())
    assert len(names) > 600
    assert not {where for where, name in names if SCORE.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))}


PREDICTING = re.compile(
    r"^(scikit-learn|sklearn|torch|tensorflow|keras|xgboost|lightgbm|catboost|statsmodels|prophet|transformers|jax"
    r"|onnxruntime|pandas|scipy)==",
    re.M,
)


def test_nothing_is_installed_that_learns_or_predicts() -> None:
    lock = (PACKAGE.parent / "requirements.lock").read_text(encoding="utf-8")
    assert "django==" in lock
    assert not PREDICTING.search(lock)


# ---- no count of records triggers anything -------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def _catalogue(city: None) -> None:
    found_city_with_catalogue()
    in_catalogue("TEST-01")


def with_adverse(count: int) -> tuple[Someone, list[Status]]:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    for day in range(count):
        give_entry(someone, decided_on=date(2025, 11, 1) + timedelta(days=day), served_on=date(2026, 1, 5),
                   display_until=date(2026, 10, 20))  # fmt: skip
    with as_person(someone.person_id):
        found = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
    return someone, [entry.status for entry in found]


def test_thirty_adverse_entries_stand_no_worse_than_one_each() -> None:
    _, one = with_adverse(1)
    someone, many = with_adverse(28)
    assert set(one) == set(many) == {Status.IN_FORCE}
    with as_person(someone.person_id):
        assert not records.marks_of(someone.person_id, known_at=NOW)
        assert len(records.entries_for(someone.person_id, Audience.ASKER, at=NOW)) == 28


AGGREGATES = {"Count", "Sum", "Avg", "Rank", "count", "aggregate", "annotate"}
# The proof log counts hashes and digests: no entry of the ledger and no person stands there.
OF_THE_PROOF_LOG = (
    "access/rules/tree.py", "access/rules/tiles.py", "access/rules/notes.py", "access/rules/proving.py", "access/queries/log.py",
    "access/queries/verifying.py", "access/actions/sequencing.py",
)  # fmt: skip
# Rules over operators' own looks count these, per operator; nobody looked at is counted or compared.
OF_OPERATORS = ("access/rules/watching.py",)
LENGTHS_COMPARED = {
    "len(rows) == limit": "whether a page of a batch is full, in recalls and corrections",
    "row.places_taken + len(taken) < row.places": "how many people a case may ask about, which limits the asker",
}


COUNTED = {
    ("visible.sql", "count("): "whether today's edition names the item at all",
    ("gather.sql", "count("): "how often one asker looked, which limits the asker",
    ("gather.sql", "sum("): "the same, a request asked again counted once",
    ("hours.sql", "count("): "how often one operator asked, for who reviews the operator",
    (
        "again.sql",
        "count(",
    ): "whether one operator looked at the same person several times, for who reviews the operator",
}


def test_no_file_in_the_house_counts_a_persons_entries() -> None:
    """A threshold would need a number first: SQL that counts rows of the ledger, or a comparison of how many there are."""
    for path in PACKAGE.rglob("*.sql"):
        text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        for count in re.finditer(r"\b(count|sum|avg|rank|dense_rank|ntile|percent_rank)\s*\(", text, re.I):
            assert (path.name, count[0]) in COUNTED, (path.name, count[0])
    compared = set()
    for place, tree in trees().items():
        if place in (*OF_THE_PROOF_LOG, *OF_OPERATORS) or not place.startswith(("records/", "access/")):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func).rpartition(".")[2] not in AGGREGATES, f"{place}:{node.lineno}"
            if isinstance(node, ast.Compare) and "len(" in ast.unparse(node):
                compared.add(ast.unparse(node))
    assert compared <= set(LENGTHS_COMPARED), compared


# ---- what is shown and carried away --------------------------------------------------------------------------------

# Every figure of the file that its person carries away, by the name it stands under.
FIGURES_CARRIED = {
    "version": "which version of an entry",
    "nature": "neutral, good, adverse",
    "act_class": "class of this one act",
    "entries": "how many entries one look returned: part of the log of looks, F13",
}


def _figures(value: object, under: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _figures(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _figures(inner, under)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield under


def test_the_file_that_is_carried_away_has_no_sum_in_it() -> None:
    resident, bureau = make_resident(), make_supplier()
    for day in (3, 4, 5, 6):
        give_penalty(resident, bureau, decided_on=date(2025, 11, day), served_on=date(2025, 11, day))
    client = signed_in(resident.account)
    client.get("/my/record/")
    told = json.loads(client.get("/my/record/download/").content)
    assert len(told["file"]["entries"]) == 4
    assert set(_figures(told)) <= set(FIGURES_CARRIED)
    assert {"version", "act_class"} <= set(_figures(told))


@pytest.mark.parametrize("count", [0, 1, 7])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_says_how_many_there_are(count: int, language: str) -> None:
    resident, bureau = make_resident(), make_supplier(name="云川市价格监督局")
    for day in range(1, count + 1):
        give_penalty(resident, bureau, decided_on=date(2025, 11, day), served_on=date(2025, 11, day))
    client = signed_in(resident.account, language=language)
    for address in ("/my/record/", "/my/record/print/"):
        page = client.get(address).content.decode().split("<main")[1].split("</main")[0]
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<article")[0]))
        assert not re.search(rf"(?<![0-9]){count}\s*(条|项|entries|records|penalties)", words), words
        assert not re.search(r"[0-9]+\s*(分|points?|%)", words), words


def test_marks_are_of_one_entry_and_carry_no_figure() -> None:
    assert not [kind for kind in MarkKind if re.search(r"point|score|grade|level", kind.name, re.I)]
    signature = inspect.signature(records.mark_entry)
    assert not {"points", "weight", "amount", "score"} & set(signature.parameters)
    assert not {"weight", "score"} & set(inspect.signature(access.log_look).parameters)
