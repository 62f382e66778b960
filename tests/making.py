"""Invented organisations and officials for tests that need a database, made by walking the real actions.

Each call makes something new; codes are of region 00. The city of a test module is founded at the first call, with two heads:
the first grants, the second approves.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.practice import practice_number, practice_org_code
from chengxin.offices import facade as offices
from chengxin.offices.models import Mandate, Official
from chengxin.offices.terms import SEATS, ClientView, FirstHead, OrganisationView, Role, Tier
from tests.people import NOW

WHY = "made for a test"
MANDATE_DAYS = 3 * 365
_rng = random.Random(uuid4().int)
_numbers: Iterator[int] = itertools.count(1)
_SURNAMES = "欧阳司徒上官诸葛东方皇甫"


def make_account(*, kind: str = "official", active: bool = True) -> Account:
    """A new account that could sign in by passkey alone."""
    account = Account.objects.create_user(f"{kind}-{uuid4().hex[:12]}", kind=kind)
    if not active:
        account.is_active = False
        account.save(update_fields=["is_active"])
    return account


def make_code() -> str:
    """A practice code that no organisation of the test has."""
    return practice_org_code(_rng)


def make_name() -> str:
    """An invented official's name."""
    return f"{_rng.choice(_SURNAMES)}{next(_numbers)}号"


def make_city(*, at: datetime = NOW) -> OrganisationView:
    """The lead office of this test's city, founded at the first call."""
    known = [one for one in offices.organisations() if one.tier is Tier.LEAD]
    if known:
        return known[0]
    heads = tuple(FirstHead(make_account().id, make_name()) for _ in range(2))
    return offices.found_city(
        actor=actors.system("found-city"),
        name_zh="云川市信用办公室",
        name_en="Yunchuan Credit Office",
        org_code=make_code(),
        kind="development_reform",
        contact="云川市长安街1号，000-12345678",
        heads=(heads[0], heads[1]),
        ends_on=shanghai_day(at) + timedelta(days=MANDATE_DAYS),
        at=at,
        reason=WHY,
    ).organisation


def heads(*, at: datetime = NOW) -> tuple[Actor, Actor]:
    """The two founding heads of the lead office, in the order of their seats."""
    office = make_city(at=at)
    rows = Mandate.objects.filter(organisation_id=office.id, founding_round=1).order_by("founding_seat")
    first, second = (
        offices.actor_for(row.official.account, second_factor=True, at=at)
        for row in rows.select_related("official__account")
    )
    return first, second


def make_organisation(
    *,
    parent: OrganisationView | None = None,
    tier: Tier = Tier.SUPPLIER,
    kind: str = "market_regulation",
    name: str = "",
    org_code: str = "",
    at: datetime = NOW,
) -> OrganisationView:
    """A new organisation, below the lead office unless the test names another parent."""
    number = next(_numbers)
    return offices.register_organisation(
        actor=heads(at=at)[0],
        parent_id=(parent or make_city(at=at)).id,
        name_zh=name or f"云川市第{number}局",
        name_en=f"Yunchuan Bureau {number}",
        org_code=org_code or make_code(),
        tier=tier,
        kind=kind,
        contact="000-87654321",
        at=at,
        reason=WHY,
    )


def make_official(
    *,
    role: Role = Role.CLERK,
    organisation: OrganisationView | None = None,
    account: Account | None = None,
    at: datetime = NOW,
) -> Actor:
    """A new official with one mandate in force from the day of `at`, signed in with a second factor.

    Without an organisation: a new supplier where the role may sit there, else the lead office.
    """
    first, second = heads(at=at)
    if organisation is None:
        organisation = make_organisation(at=at) if Tier.SUPPLIER in SEATS[role] else make_city(at=at)
    account = account or make_account()
    official = offices.appoint_official(
        actor=first, account_id=account.id, organisation_id=organisation.id, name=make_name(), at=at, reason=WHY
    )
    granted = offices.grant_mandate(
        actor=first,
        official_id=official.id,
        role=role,
        organisation_id=organisation.id,
        starts_on=shanghai_day(at),
        ends_on=shanghai_day(at) + timedelta(days=MANDATE_DAYS),
        at=at,
        reason=WHY,
    )
    offices.approve_mandate(actor=second, mandate_uid=granted.uid, at=at, reason=WHY)
    return offices.actor_for(account, second_factor=True, at=at)


def make_asker(*, kind: str = "bank", name: str = "", at: datetime = NOW) -> OrganisationView:
    """A new asking organisation below the lead office: one that supplies nothing."""
    return make_organisation(tier=Tier.ASKER, kind=kind, name=name, at=at)


def make_inquirer(
    *,
    organisation: OrganisationView | None = None,
    document: tuple[str, str] | None = None,
    trained: bool = True,
    at: datetime = NOW,
) -> Actor:
    """A new inquirer who is fit to ask: trained for a year, and their own document (kind and number) known.

    Without an organisation: a new bank. Without a document: one that is nobody's.
    """
    actor = make_official(role=Role.INQUIRER, organisation=organisation or make_asker(at=at), at=at)
    assert actor.official_id is not None
    kind, number = document or ("01", practice_number(_rng, date(1985, 5, 17)))
    head = heads(at=at)[0]
    offices.record_own_document(actor=head, official_id=actor.official_id, kind=kind, number=number, at=at, reason=WHY)
    if trained:
        day = shanghai_day(at)
        offices.record_training(
            actor=head,
            official_id=actor.official_id,
            course="查询与个人信息保护",
            passed_on=day,
            valid_until=day + timedelta(days=365),
            at=at,
            reason=WHY,
        )
    return actor


def make_client(
    *,
    organisation: OrganisationView | None = None,
    may_ask: bool = True,
    may_supply: bool = False,
    public_key: bytes | None = None,
    at: datetime = NOW,
) -> ClientView:
    """A new machine client in force for a year, proposed by one head and approved by the other; without an organisation,
    a new bank's."""
    first, second = heads(at=at)
    day = shanghai_day(at)
    proposed = offices.propose_client(
        actor=first,
        organisation_id=(organisation or make_asker(at=at)).id,
        name="业务系统",
        public_key=public_key,
        may_ask=may_ask,
        may_supply=may_supply,
        starts_on=day,
        ends_on=day + timedelta(days=365),
        at=at,
        reason=WHY,
    )
    return offices.approve_client(actor=second, client_uid=proposed.uid, at=at, reason=WHY)


def client_actor(client: ClientView) -> Actor:
    """The machine itself, as its door makes it."""
    return Actor(kind="client", organisation_id=client.organisation_id, client_id=client.id)


def official_of(actor: Actor) -> Official:
    """The official's row behind an actor."""
    assert actor.official_id is not None
    return Official.objects.select_related("account").get(id=actor.official_id)


def mandate_of(actor: Actor) -> Mandate:
    """The one mandate of an actor made by `make_official`."""
    return Mandate.objects.get(official=official_of(actor))
