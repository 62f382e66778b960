"""No write without who, when and why: every action takes them, by name."""

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from chengxin.foundation.actors import Actor
from tests.house.source import PACKAGE, ROOMS

# Writes at a counter that take less than the three, each with its reason.
EXEMPT = {
    "access.ask": "the question says its purpose",
    "access.ask_many": "the questions say their purpose",
    "access.add_cosignature": "a witness outside, nobody here: the key and its signature say who",
    "access.own_entry": "a person reading their own file: the purpose is in the name",
    "access.own_file_as_of": "a person reading their own file: the purpose is in the name",
    "collection.batch_of_decision": "writes nothing",
    "access.sequence_log": "the log's own tick decides nothing; the checkpoint it signs is its row",
    "collection.dry_run": "writes nothing",
    "collection.dry_run_of": "writes nothing",
    "persons.person_for_verified_identity": "signing in is its own reason",
    "persons.redeem_binding_code": "the code carries the reason it was issued for",
    "persons.source_id_of": "a name for a source; writes nothing",
    "persons.persons_after": "a read of ids, beside the write it is walked for",
    "persons.stale_numbers": "a read of one count, beside the write it is asked about",
    "persons.reindex_person": "a step of collection.reindex_page, which says who, when and why",
    "records.lock_free_persons": "keeps two acts on one file apart; writes nothing",
    "records.lock_person": "keeps two acts on one file apart; writes nothing",
    "remedies.acts_open": "writes nothing",
    "remedies.begins_open": "writes nothing",
    "remedies.corrected_on": "a day of the asker's own row; writes nothing",
    "remedies.case_of": "a person reading their own case: the purpose is in the name",
    "remedies.cases_of": "a person reading their own cases: the purpose is in the name",
    "remedies.letter_lacks_now": "writes nothing",
    "remedies.lines_to_recount": "a read of one count, beside the write it is asked about",
    "remedies.keep_draft": "what a person answered and has not sent: nothing is done by it yet",
    "remedies.drop_draft": "what a person answered and has not sent: nothing is done by it yet",
    "records.reindex_decision": "a step of collection.reindex_page, which says who, when and why",
    "records.chain_of": "a read of one decision's places, beside the write that moves them",
    "records.erase_entries": "a step of persons.erase_person, which has said who, when and why",
    "records.kept_until": "a step of persons.erase_person that reads; writes nothing",
}
# The seams of bulk intake make rows and write none: the chunk's one transaction says who and why (F14).
ROWS_ONLY = {"chengxin.persons.actions.intake", "chengxin.records.actions.append"}
# What may stand for the reason: a look names its purpose.
WHY = {"reason", "purpose"}


def _actions() -> dict[str, Callable[..., Any]]:
    """Functions of a room's actions that it offers at its counter."""
    found = {}
    for room in ROOMS:
        if not (PACKAGE / room / "facade.py").exists():
            continue
        facade = importlib.import_module(f"chengxin.{room}.facade")
        for name in facade.__all__:
            thing = getattr(facade, name)
            if _is_action(thing, room):
                found[f"{room}.{name}"] = thing
    return found


def _is_action(thing: object, room: str) -> bool:
    return (
        inspect.isfunction(thing)
        and thing.__module__.startswith(f"chengxin.{room}.actions")
        and thing.__module__ not in ROWS_ONLY
    )


@pytest.mark.parametrize("name", sorted(_actions()))
def test_an_action_takes_who_when_and_why(name: str) -> None:
    if name in EXEMPT:
        return
    parameters = inspect.signature(_actions()[name]).parameters
    assert {"actor", "at"} <= set(parameters)
    assert WHY & set(parameters)
    for word in {"actor", "at", *WHY} & set(parameters):
        assert parameters[word].kind is inspect.Parameter.KEYWORD_ONLY, f"{word} is given by name"
    for word in ("actor", "at", "reason"):
        if word in parameters:
            assert parameters[word].default is inspect.Parameter.empty, f"{word} has no default"
    assert parameters["actor"].annotation in {"Actor", Actor}


def test_exemptions_are_still_there() -> None:
    assert set(EXEMPT) <= set(_actions())
