"""Each named constraint of offices, broken on purpose; and what role web cannot do at all."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models, transaction

from chengxin.kernel.days import shanghai_day
from chengxin.offices.models import Client, Mandate, Official, Organisation, Suspension, Training, TrainingTakenBack
from tests.making import make_account, make_city, make_code, make_official, make_organisation, mandate_of
from tests.people import NOW

TODAY = shanghai_day(NOW)
DUE = TODAY + timedelta(days=180)
LATER = NOW + timedelta(hours=1)
BEFORE = NOW - timedelta(hours=1)
ONE, TWO, THREE = uuid4(), uuid4(), uuid4()

Values = dict[str, object]
SILENT: Values = {"training_id": ONE, "reason": "", "taken_back_at": NOW, "taken_back_by": TWO}
APPROVED: Values = {"state": "approved", "approved_at": NOW, "approved_by": TWO, "reapproval_due_on": DUE}
SUSPENDED: Values = {
    **APPROVED,
    "state": "suspended",
    "suspended_at": NOW,
    "suspended_by": ONE,
    "suspended_reason": "x",
}
FOUNDING: Values = {
    **APPROVED,
    "role": "office_head",
    "granted_by": None,
    "approved_by": None,
    "founding_round": 7,
    "founding_seat": 1,
}


def organisation(**changes: object) -> Values:
    return {
        "name_zh": "云川市某局",
        "name_en": "A Bureau",
        "org_code": make_code(),
        "parent_id": make_city().id,
        "tier": "supplier",
        "kind": "tax",
        "contact": "000-1",
        "made_at": NOW,
        **changes,
    }


def official(**changes: object) -> Values:
    return {
        "account_id": make_account().id,
        "organisation_id": make_city().id,
        "name": "上官清",
        "appointed_at": NOW,
        **changes,
    }


def mandate(**changes: object) -> Values:
    holder = Official(**official())
    holder.save()
    return {
        "official_id": holder.id,
        "role": "clerk",
        "organisation_id": make_city().id,
        "state": "proposed",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=400),
        "granted_at": NOW,
        "granted_by": ONE,
        **changes,
    }


def training(**changes: object) -> Values:
    return {
        "official_id": _someone().id,
        "course": "查询培训",
        "passed_on": TODAY,
        "valid_until": TODAY + timedelta(days=365),
        "recorded_at": NOW,
        "recorded_by": ONE,
        **changes,
    }


def client(**changes: object) -> Values:
    return {
        "organisation_id": make_city().id,
        "name": "业务系统",
        "public_key": uuid4().bytes + uuid4().bytes,
        "may_ask": True,
        "may_supply": False,
        "state": "proposed",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=365),
        "proposed_at": NOW,
        "proposed_by": ONE,
        **changes,
    }


def suspension(**changes: object) -> Values:
    return {
        "official_id": _someone().id,
        "from_at": NOW,
        "ends_at": NOW + timedelta(days=90),
        "suspended_by": ONE,
        "reason": "x",
        "notice": "y",
        **changes,
    }


def _someone() -> Official:
    row = Official(**official())
    row.save()
    return row


def same_id(values: Values, field: str) -> Values:
    own = uuid4()
    return {**values, "id": own, field: own}


def same(values: Values, field: str, other: str) -> Values:
    """The same person in both columns."""
    return {**values, field: values[other]}


def beside(first: Values, **changes: object) -> Values:
    """A second row like one that is already there."""
    Mandate(**first).save(force_insert=True)
    return {**first, **changes}


def twice(model: type[models.Model], values: Values, **changes: object) -> Values:
    model(**values).save(force_insert=True)
    return {**values, **changes}


Break = Callable[[], Values]
ORGANISATIONS: Mapping[str, Break] = {
    "offices_organisation_code_once": lambda: twice(Organisation, organisation()),
    "offices_organisation_one_root": lambda: organisation(parent_id=None, tier="lead") | {"id": _after_city()},
    "offices_organisation_root_leads": lambda: organisation(tier="lead"),
    "offices_organisation_tier_known": lambda: organisation(tier="province"),
    "offices_organisation_not_own_parent": lambda: same_id(organisation(), "parent_id"),
    "offices_organisation_code_shape": lambda: organisation(org_code="11000000MB0000000I"),
    "offices_organisation_kind_shape": lambda: organisation(kind="Tax Office"),
    "offices_organisation_named": lambda: organisation(contact=""),
    "offices_organisation_closed_when": lambda: organisation(is_active=False),
    "offices_organisation_closed_by_someone": lambda: organisation(is_active=False, closed_at=NOW),
    "offices_organisation_closed_after_made": lambda: organisation(is_active=False, closed_at=BEFORE, closed_by=ONE),
}
OFFICIALS: Mapping[str, Break] = {
    "offices_official_one_account": lambda: twice(Official, official()),
    "offices_official_named": lambda: official(name=""),
    "offices_official_not_by_themself": lambda: same_id(official(), "appointed_by"),
    "offices_official_dismissed_when": lambda: official(is_active=False),
    "offices_official_dismissed_by_someone": lambda: official(is_active=False, dismissed_at=NOW),
    "offices_official_dismissed_after_appointed": lambda: official(
        is_active=False, dismissed_at=BEFORE, dismissed_by=ONE
    ),
    "offices_official_document_mark": lambda: official(own_document=bytes(15), own_document_by=ONE),
    "offices_official_document_by_someone": lambda: official(own_document=bytes(16)),
    "offices_official_document_not_by_themself": lambda: same_id(official(own_document=bytes(16)), "own_document_by"),
}
TRAININGS: Mapping[str, Break] = {
    "offices_training_named": lambda: training(course=""),
    "offices_training_days_in_order": lambda: training(valid_until=TODAY - timedelta(days=1)),
    "offices_training_a_year": lambda: training(valid_until=TODAY + timedelta(days=366)),
    "offices_training_not_by_themself": lambda: same(training(), "recorded_by", "official_id"),
    "offices_training_once": lambda: twice(Training, training()),
}
ACCEPTED: Values = {"state": "approved", "approved_at": NOW, "approved_by": TWO}
CLIENTS: Mapping[str, Break] = {
    "offices_client_state_known": lambda: client(state="dormant"),
    "offices_client_named": lambda: client(name=""),
    "offices_client_does_something": lambda: client(may_ask=False),
    "offices_client_key_length": lambda: client(public_key=bytes(31)),
    "offices_client_key_once": lambda: twice(Client, client()),
    "offices_client_days_in_order": lambda: client(ends_on=TODAY - timedelta(days=1)),
    "offices_client_a_year": lambda: client(ends_on=TODAY + timedelta(days=366)),
    "offices_client_proposed_unapproved": lambda: client(**{**ACCEPTED, "state": "proposed"}),
    "offices_client_approved_when": lambda: client(state="approved"),
    "offices_client_ended_when": lambda: client(**ACCEPTED, ended_at=NOW, ended_by=ONE),
    "offices_client_approved_by_someone": lambda: client(**{**ACCEPTED, "approved_by": None}),
    "offices_client_ended_by_someone": lambda: client(state="ended", ended_at=NOW),
    "offices_client_two_people": lambda: client(**{**ACCEPTED, "approved_by": ONE}),
    "offices_client_steps_in_order": lambda: client(**{**ACCEPTED, "approved_at": BEFORE}),
}
SUSPENSIONS: Mapping[str, Break] = {
    "offices_suspension_of_one": lambda: suspension(organisation_id=make_city().id),
    "offices_suspension_says_why": lambda: suspension(notice=""),
    "offices_suspension_has_an_end": lambda: suspension(ends_at=NOW + timedelta(days=91)),
    "offices_suspension_not_by_themself": lambda: same(suspension(), "suspended_by", "official_id"),
    "offices_suspension_replied_when": lambda: suspension(reply="z"),
    "offices_suspension_replied_by_someone": lambda: suspension(reply="z", replied_at=NOW),
    "offices_suspension_replied_by_another": lambda: suspension(reply="z", replied_at=NOW, replied_by=ONE),
    "offices_suspension_lifted_by_someone": lambda: suspension(lifted_at=NOW),
    "offices_suspension_lifted_by_another": lambda: suspension(lifted_at=NOW, lifted_by=ONE),
    "offices_suspension_replied_after": lambda: suspension(reply="z", replied_at=BEFORE, replied_by=TWO),
    "offices_suspension_lifted_within": lambda: suspension(lifted_at=NOW + timedelta(days=91), lifted_by=TWO),
    "offices_suspension_one_at_a_time": lambda: twice(Suspension, suspension()),
}
MANDATES: Mapping[str, Break] = {
    "offices_mandate_state_known": lambda: mandate(state="dormant"),
    "offices_mandate_role_known": lambda: mandate(role="mayor"),
    "offices_mandate_days_in_order": lambda: mandate(ends_on=TODAY - timedelta(days=1)),
    "offices_mandate_granted_by_someone": lambda: mandate(granted_by=None),
    "offices_mandate_approved_by_someone": lambda: mandate(**{**APPROVED, "approved_by": None}),
    "offices_mandate_two_people": lambda: mandate(**{**APPROVED, "approved_by": ONE}),
    "offices_mandate_resumed_by_another": lambda: mandate(
        **{**SUSPENDED, "state": "approved", "resumed_at": LATER, "resumed_by": ONE}
    ),
    "offices_mandate_not_to_oneself": lambda: to_oneself("granted_by"),
    "offices_mandate_refused_by_someone": lambda: mandate(state="refused", refused_at=NOW),
    "offices_mandate_confirmed_by_someone": lambda: mandate(**APPROVED, confirmed_at=NOW),
    "offices_mandate_suspended_by_someone": lambda: mandate(**{**SUSPENDED, "suspended_by": None}),
    "offices_mandate_resumed_by_someone": lambda: mandate(**{**SUSPENDED, "state": "approved", "resumed_at": LATER}),
    "offices_mandate_ended_by_someone": lambda: mandate(state="ended", ended_at=NOW),
    "offices_mandate_suspended_says_why": lambda: mandate(**{**SUSPENDED, "suspended_reason": ""}),
    "offices_mandate_approved_when": lambda: mandate(**{**APPROVED, "state": "proposed"}),
    "offices_mandate_refused_when": lambda: mandate(state="refused"),
    "offices_mandate_ended_when": lambda: mandate(**APPROVED, ended_at=NOW, ended_by=ONE),
    "offices_mandate_suspended_when": lambda: mandate(**{**APPROVED, "state": "suspended"}),
    "offices_mandate_resumed_what_was_suspended": lambda: mandate(**APPROVED, resumed_at=NOW, resumed_by=TWO),
    "offices_mandate_approved_until": lambda: mandate(**{**APPROVED, "reapproval_due_on": None}),
    "offices_mandate_confirmed_what_was_approved": lambda: mandate(confirmed_at=NOW, confirmed_by=TWO),
    "offices_mandate_steps_in_order": lambda: mandate(**{**APPROVED, "approved_at": BEFORE}),
    "offices_mandate_refused_after_granted": lambda: mandate(state="refused", refused_at=BEFORE, refused_by=TWO),
    "offices_mandate_confirmed_after_approved": lambda: mandate(
        **{**APPROVED, "approved_at": LATER}, confirmed_at=NOW, confirmed_by=TWO
    ),
    "offices_mandate_founding_heads": lambda: mandate(**{**FOUNDING, "role": "clerk"}),
    "offices_mandate_founding_two_seats": lambda: twice(Mandate, mandate(**FOUNDING), **mandate(**FOUNDING)),
    "offices_mandate_one_at_a_time": lambda: beside(mandate(), starts_on=TODAY + timedelta(days=400)),
    "offices_mandate_auditor_alone": lambda: beside(mandate(), role="auditor"),
}


def _after_city() -> UUID:
    make_city()
    return uuid4()


def to_oneself(field: str) -> Values:
    return {**(values := mandate(**APPROVED)), field: values["official_id"]}


CASES = [
    *((Organisation, name, values) for name, values in ORGANISATIONS.items()),
    *((Official, name, values) for name, values in OFFICIALS.items()),
    *((Mandate, name, values) for name, values in MANDATES.items()),
    *((Training, name, values) for name, values in TRAININGS.items()),
    (TrainingTakenBack, "offices_training_taken_back_says_why", lambda: SILENT),
    *((Client, name, values) for name, values in CLIENTS.items()),
    *((Suspension, name, values) for name, values in SUSPENSIONS.items()),
]


@pytest.fixture(autouse=True)
def _the_city() -> None:
    make_city()


def test_every_named_constraint_is_broken_here() -> None:
    promised = {
        constraint.name
        for model in apps.get_app_config("offices").get_models()
        for constraint in model._meta.constraints
    }
    assert {name for _, name, _ in CASES} == promised


@pytest.mark.parametrize(("model", "name", "broken"), CASES, ids=[name for _, name, _ in CASES])
def test_the_database_refuses(model: type[models.Model], name: str, broken: Break) -> None:
    values = broken()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model(**values).save(force_insert=True)
    assert refused.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


@pytest.mark.parametrize("field", ["granted_by", "approved_by", "confirmed_by", "resumed_by"])
def test_nobody_gives_power_to_themselves_in_any_column(field: str) -> None:
    values = {**mandate(**SUSPENDED), "state": "approved", "resumed_at": LATER, "resumed_by": THREE}
    values |= {"confirmed_at": LATER, "confirmed_by": THREE}
    with transaction.atomic():
        Mandate(**values).save(force_insert=True)
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError, match="offices_mandate_not_to_oneself"), transaction.atomic():
        Mandate(**{**values, field: values["official_id"]}).save(force_insert=True)


@pytest.mark.parametrize("state", ["ended", "refused"])
def test_what_is_over_leaves_its_place(state: str) -> None:
    first = mandate()
    over: Values = {f"{state}_at": NOW, f"{state}_by": TWO, "state": state}
    Mandate(**{**first, **over}).save(force_insert=True)
    Mandate(**first).save(force_insert=True)
    places = {"official_id": first["official_id"], "role": "clerk"}
    assert Mandate.objects.filter(**places).count() == 2


@pytest.mark.parametrize(
    "of", [{}, {"official_id": None}, {"official_id": None, "organisation_id": ONE, "client_id": TWO}]
)
def test_a_suspension_is_of_one_and_has_an_end_after_its_beginning(of: Values) -> None:
    broken = suspension(**of) if of else suspension(ends_at=NOW)
    name = "offices_suspension_of_one" if of else "offices_suspension_has_an_end"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Suspension(**broken).save(force_insert=True)


def test_no_suspended_official_lifts_their_own_suspension() -> None:
    values = suspension(lifted_at=NOW)
    with pytest.raises(IntegrityError, match="offices_suspension_lifted_by_another"), transaction.atomic():
        Suspension(**{**values, "lifted_by": values["official_id"]}).save(force_insert=True)


def test_a_lifted_suspension_leaves_its_place() -> None:
    values = suspension(lifted_at=LATER, lifted_by=TWO)
    Suspension(**values).save(force_insert=True)
    with pytest.raises(IntegrityError, match="offices_suspension_one_at_a_time"), transaction.atomic():
        Suspension(**{**values, "lifted_at": None, "lifted_by": None}).save(force_insert=True)
    later = {**values, "from_at": LATER, "lifted_at": None, "lifted_by": None}
    Suspension(**later).save(force_insert=True)
    assert Suspension.objects.filter(official_id=values["official_id"]).count() == 2


def test_a_lapsed_mandate_leaves_its_place_and_a_suspended_one_keeps_it() -> None:
    suspended = mandate(**SUSPENDED)
    Mandate(**suspended).save(force_insert=True)
    inside = {**mandate(), "official_id": suspended["official_id"], "starts_on": DUE}
    with pytest.raises(IntegrityError, match="offices_mandate_one_at_a_time"), transaction.atomic():
        Mandate(**inside).save(force_insert=True)
    Mandate(**{**inside, "starts_on": DUE + timedelta(days=1)}).save(force_insert=True)


def columns(table: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY 1", [table])
        yield from (row[0] for row in cursor.fetchall())


CHANGING: dict[str, set[str]] = {
    "offices_organisation": {"name_zh", "name_en", "contact", "is_active", "closed_at", "closed_by"},
    "offices_official": {"is_active", "dismissed_at", "dismissed_by", "own_document", "own_document_by"},
    "offices_training": set(),
    "offices_client": {"state", "approved_at", "approved_by", "ended_at", "ended_by"},
    "offices_suspension": {"reply", "replied_at", "replied_by", "lifted_at", "lifted_by"},
    "offices_mandate": {
        "state",
        "reapproval_due_on",
        "suspended_reason",
        *(
            f"{act}_{of}"
            for act in ("approved", "refused", "confirmed", "suspended", "resumed", "ended")
            for of in ("at", "by")
        ),
    },
}


@pytest.mark.parametrize("table", CHANGING)
def test_role_web_changes_what_an_act_sets_and_no_other_column(table: str) -> None:
    make_official()
    for column in columns(table):
        statement = f"UPDATE {table} SET {column} = {column}"
        if column in CHANGING[table]:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            continue
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("table", CHANGING)
@pytest.mark.parametrize("alias", ["default", "intake", "disposer"])
def test_no_role_deletes(table: str, alias: str) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.get_connection(alias).cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_day_is_kept_as_a_day() -> None:
    clerk = make_official(organisation=make_organisation())
    row = mandate_of(clerk)
    assert (row.starts_on, row.reapproval_due_on) == (date(2026, 6, 1), date(2026, 11, 28))
