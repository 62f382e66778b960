"""Each named constraint of the catalogue, broken on purpose; and what no role can do to an edition."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction
from django.db.models import Model
from psycopg import errors

from chengxin.catalogue.models import Approval, Basis, Confirmation, Display, StoredEdition
from tests.people import NOW

DAY, NEXT = date(2026, 6, 1), date(2026, 6, 2)
WHO, OTHER = uuid4(), uuid4()


def _edition(**given: Any) -> StoredEdition:
    values = {
        "level": "national",
        "code": "x",
        "content": {},
        "digest": b"1",
        "in_force_from": DAY,
        "proposed_at": NOW,
        "proposed_by": WHO,
    }
    row = StoredEdition(**{**values, **given})
    row.save(using="owner", force_insert=True)
    return row


def _approval(**given: Any) -> None:
    values = {"edition": _edition(), "proposed_by": WHO, "is_approved": True, "approved_at": NOW, "approved_by": OTHER}
    Approval(**{**values, **given}).save(using="owner", force_insert=True)


def _display(**given: Any) -> None:
    values = {
        "edition_id": uuid4(),
        "item_code": uuid4().hex,
        "act_class": 1,
        "max_months": 3,
        "in_force_from": DAY,
        "in_force_until": None,
    }
    Display(**{**values, **given}).save(using="owner", force_insert=True)


def _basis(**given: Any) -> None:
    values = {"edition": _edition(), "law": "甲法", "article": "1", "source": "s", "mark": "A", "in_force_from": DAY}
    Basis(**{**values, **given}).save(using="owner", force_insert=True)


def _confirmation(**given: Any) -> None:
    values = {"edition": _edition(), "source": "s", "evidence": "e", "confirmed_at": NOW, "confirmed_by": WHO}
    Confirmation(**{**values, **given}).save(using="owner", force_insert=True)


def _twice_displayed() -> None:
    _display(item_code="twice", in_force_until=date(2026, 7, 1))
    _display(item_code="twice", in_force_from=date(2026, 6, 30))


def _twice_based() -> None:
    edition = _edition()
    _basis(edition=edition)
    _basis(edition=edition)


def _twice_confirmed() -> None:
    edition = _edition()
    _confirmation(edition=edition)
    _confirmation(edition=edition)


def _edition_twice() -> None:
    row = _edition()
    _edition(id=row.id)


BREACHES = {
    "catalogue_edition_level_known": lambda: _edition(level="province"),
    "catalogue_edition_dates_in_order": lambda: _edition(in_force_until=DAY),
    "catalogue_edition_has_code": lambda: _edition(code=""),
    "catalogue_approval_by_another": lambda: _approval(approved_by=WHO),
    "catalogue_approval_of_proposed": lambda: _approval(proposed_by=OTHER, approved_by=WHO),
    "catalogue_display_class_known": lambda: _display(act_class=4, max_months=None),
    "catalogue_display_months_positive": lambda: _display(max_months=0),
    "catalogue_display_under_ceiling": lambda: _display(act_class=2, max_months=13),
    "catalogue_display_dates_in_order": lambda: _display(in_force_until=DAY),
    "catalogue_display_one_at_a_time": _twice_displayed,
    "catalogue_basis_article_once": _twice_based,
    "catalogue_basis_mark_known": lambda: _basis(mark="D"),
    "catalogue_basis_dates_in_order": lambda: _basis(in_force_until=DAY),
    "catalogue_confirmation_source_once": _twice_confirmed,
    "catalogue_confirmation_says_where": lambda: _confirmation(evidence=""),
}
# the target of a foreign key over both columns: broken only together with the primary key
CARRIERS = {"catalogue_edition_with_proposer"}


@pytest.mark.parametrize("name", BREACHES)
def test_a_broken_promise_is_refused_by_name(name: str) -> None:
    with pytest.raises(IntegrityError) as stopped, transaction.atomic(using="owner"):
        BREACHES[name]()
    cause = stopped.value.__cause__
    assert isinstance(cause, errors.Error)
    assert cause.diag.constraint_name == name


def test_every_named_constraint_is_tried() -> None:
    named = {
        constraint.name
        for model in apps.get_app_config("catalogue").get_models()
        for constraint in model._meta.constraints
    }
    assert named | {"catalogue_approval_of_proposed"} == set(BREACHES) | CARRIERS


def test_the_whole_row_stands_for_its_proposer() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(using="owner"):
        _edition_twice()


@pytest.mark.parametrize("model", [StoredEdition, Approval, Basis, Confirmation], ids=lambda m: m._meta.db_table)
@pytest.mark.parametrize("alias", ["default", "intake", "disposer", "owner"])
def test_nobody_changes_an_edition(model: type[Model], alias: str) -> None:
    for act in (
        lambda: model._default_manager.using(alias).all().delete(),
        lambda: model._default_manager.using(alias).update(**{_any_column(model): uuid4()}),
    ):
        _confirmation()
        _approval()
        _basis()
        with pytest.raises(DatabaseError) as stopped, transaction.atomic(using=alias):
            act()
        assert isinstance(stopped.value, ProgrammingError | IntegrityError) or "append-only" in str(stopped.value)


def _any_column(model: type[Model]) -> str:
    return next(f.name for f in model._meta.concrete_fields if f.get_internal_type() == "UUIDField" or f.is_relation)


@pytest.mark.parametrize("alias", ["intake", "disposer"])
def test_other_roles_read_what_they_need_and_write_nothing(alias: str) -> None:
    _display(item_code=alias)
    assert Display.objects.using(alias).filter(item_code=alias).count() == 1
    assert StoredEdition.objects.using(alias).count() >= 0
    with pytest.raises(ProgrammingError), transaction.atomic(using=alias):
        Display(
            edition_id=UUID(int=1), item_code="no", act_class=1, max_months=1, in_force_from=DAY, in_force_until=NEXT
        ).save(using=alias, force_insert=True)
