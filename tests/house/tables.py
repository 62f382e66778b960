"""The tables of the product, by reflection: what is new is covered the day it appears."""

from typing import Any

from django.apps import apps
from django.db.models import Model

ROOM_PREFIX = "chengxin."
# Tables with a person in them that are not spread by person, each with its reason.
NOT_BY_PERSON = {
    "persons_identity_key": "found by document, before the person is known (scale rule 2)",
    "records_decision_key": "found by decision, before the person is known (F4)",
    "persons_account_link": "local: joins an account of this platform to a person",
    "persons_binding_code": "local: a one-time code, found by its hash before anybody is signed in (F12)",
    "persons_mandate_code": "local: a helper's one-use code, found by its hash before its helper is known",
    "foundation_dispatch": "local: the queue of what is to be sent; it says to whom by identifier alone",
    "foundation_letter": "local: the list of the print house, found by the number on the letter",
    "access_review_look": "local: which look of whom a review is about, for who tells them what was found",
    "remedies_case_person": "local: whose case it is, for who works it and says so",
    "access_operator_look": "local: what operators asked, for ninety days, read by the rules over operators",
    "access_erasure_request": "local: what two officials decide about a person, and what outlives their rows (F7)",
}
SPREAD_BY = {"persons_identity_key": "blind_index", "records_decision_key": "decision_index"}


def our_models() -> list[type[Model]]:
    """Every model of a room of ours."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith(ROOM_PREFIX)
        for model in config.get_models(include_auto_created=True)
    ]


def table(model: type[Model]) -> str:
    return str(model._meta.db_table)


def person_models() -> list[type[Model]]:
    """Models whose rows are about one person each, first in their key."""
    found = [
        model
        for model in our_models()
        if any(field.attname == "person_id" for field in model._meta.concrete_fields)
        and table(model) not in NOT_BY_PERSON
    ]
    assert found, "no table about persons was found: the tests would prove nothing"
    return found


def append_only_models() -> list[type[Model]]:
    """Models that declare `append_only = True` beside their fields."""
    found = [model for model in our_models() if getattr(privacy(model), "append_only", False)]
    assert found, "no append-only table was found: the tests would prove nothing"
    return found


def privacy(model: type[Model]) -> Any:
    return getattr(model, "Privacy", None)
