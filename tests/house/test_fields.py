"""Every column is classified, and none could hold a score of a person (charter 3)."""

import re

import pytest
from django.db import connections
from django.db.models import Model

from chengxin.foundation.privacy import Kept
from tests.house.tables import our_models, privacy, table

SCORE = re.compile(
    r"(^|_)(score|scores|scoring|rank|ranking|grade|level|points?|rating|stars?|credit_value)(_|$)", re.I
)
NOT_A_SCORE = {
    "catalogue_edition.level": "national or city: whose edition it is",
}


@pytest.mark.parametrize("model", our_models(), ids=table)
def test_every_field_is_classified(model: type[Model]) -> None:
    declared = privacy(model)
    assert declared is not None, f"{model.__name__} has no Privacy"
    fields = {field.name for field in model._meta.concrete_fields}
    assert set(declared.fields) == fields
    assert all(isinstance(kept, Kept) and kept.kept for kept in declared.fields.values())


@pytest.mark.parametrize("model", our_models(), ids=table)
def test_what_is_sensitive_is_personal(model: type[Model]) -> None:
    assert not [name for name, kept in privacy(model).fields.items() if kept.sensitive and not kept.personal]


def test_no_column_could_hold_a_score(city: None) -> None:
    rooms = "|".join(sorted({model._meta.app_label for model in our_models()}))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0"
            " AND NOT a.attisdropped AND c.relname ~ %s",
            [f"^({rooms})_"],
        )
        columns = {str(name) for (name,) in cursor.fetchall()}
    assert "foundation_journal.reason" in columns
    found = {name for name in columns if SCORE.search(name.split(".")[1])}
    assert found <= set(NOT_A_SCORE)
