"""The city's beginning, acted out: two heads, offices, officials, and the catalogue that two people bring in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from chengxin.catalogue import facade as catalogue
from chengxin.doors.demo.city.offices import Official, offices, officials
from chengxin.foundation import actors, clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.foundation.models import Account
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.offices import facade
from chengxin.offices.terms import TRAINING_DAYS, FirstHead, OrganisationView, Role, Tier

WHY: Final = "演示城市 / the demonstration"
TERM: Final = timedelta(days=5 * 365)
REAPPROVED_EVERY: Final = timedelta(days=120)
"""Less than the 180 days after which a mandate lapses by itself."""
EDITIONS: Final = ("national", "yunchuan")


@dataclass(frozen=True)
class Staff:
    """The officials of the city, by login, with the account each signs in with."""

    accounts: dict[str, Account] = field(default_factory=dict)

    def acting(self, login: str, at: datetime) -> Actor:
        """One of them, signed in with a second factor."""
        return facade.actor_for(self.accounts[login], second_factor=True, at=at)


def moment(day: date, *, hours: float) -> datetime:
    """A moment of a day of the city, in hours after its midnight."""
    return day_starts_at(day) + timedelta(hours=hours)


def found(day: date) -> Staff:
    """Make the city on a day of its past, as its heads would have."""
    staff = Staff()
    at = moment(day, hours=9)
    with clock.set_for_tests(at):
        first, second, *others = officials()
        office = _found_lead(staff, (first, second), at)
        heads = (staff.acting(first.login, at), staff.acting(second.login, at))
        seats = _register(heads[0], office, at)
        for official in others:
            _appoint(staff, heads, official, seats[official.office], at)
        _train(staff, heads[0], at)
        for name in EDITIONS:
            _bring_in_force(staff, name, at)
    return staff


def keep_in_office(staff: Staff, since: date, until: date) -> None:
    """Confirm every mandate again and again, by the heads, so that none lapses before today; train who asks anew."""
    day = since + REAPPROVED_EVERY
    while day < until:
        at = moment(day, hours=9)
        with clock.set_for_tests(at):
            first, second = (staff.acting(official.login, at) for official in officials()[:2])
            _train(staff, first, at)
            for mandate in facade.mandates_due(first, at, until=day + 2 * REAPPROVED_EVERY):
                by = second if mandate.official_id == first.official_id else first
                facade.reapprove_mandate(actor=by, mandate_uid=mandate.uid, at=at, reason=WHY)
        day += REAPPROVED_EVERY


def known_staff() -> Staff:
    """The officials of a city that stands already."""
    logins = [official.login for official in officials()]
    return Staff({account.username: account for account in Account.objects.filter(username__in=logins)})


def _found_lead(staff: Staff, heads: tuple[Official, Official], at: datetime) -> OrganisationView:
    lead = offices()[0]
    with in_transaction():
        first, second = (FirstHead(_account(staff, head).id, head.zh) for head in heads)
        return facade.found_city(
            actor=actors.system("demo"),
            name_zh=lead.zh,
            name_en=lead.en,
            org_code=lead.code,
            kind=lead.kind,
            contact="云川市云龙大街1号，000-12345",
            heads=(first, second),
            ends_on=shanghai_day(at) + TERM,
            at=at,
            reason=WHY,
        ).organisation


def _account(staff: Staff, official: Official) -> Account:
    account = Account.objects.create_user(official.login, kind="official")
    staff.accounts[official.login] = account
    return account


def _register(head: Actor, lead: OrganisationView, at: datetime) -> dict[str, OrganisationView]:
    made = {offices()[0].key: lead}
    for number, office in enumerate(offices()[1:], start=10):
        made[office.key] = facade.register_organisation(
            actor=head,
            parent_id=made[office.parent or ""].id,
            name_zh=office.zh,
            name_en=office.en,
            org_code=office.code,
            tier=Tier(office.tier),
            kind=office.kind,
            contact=f"云川市云龙大街{number}号，000-123{number}",
            at=at,
            reason=WHY,
        )
    return made


def _appoint(
    staff: Staff, heads: tuple[Actor, Actor], official: Official, office: OrganisationView, at: datetime
) -> None:
    first, second = heads
    account = _account(staff, official)
    appointed = facade.appoint_official(
        actor=first, account_id=account.id, organisation_id=office.id, name=official.zh, at=at, reason=WHY
    )
    for role in official.roles:
        granted = facade.grant_mandate(
            actor=first,
            official_id=appointed.id,
            role=Role(role),
            organisation_id=office.id,
            starts_on=shanghai_day(at),
            ends_on=shanghai_day(at) + TERM,
            at=at,
            reason=WHY,
        )
        facade.approve_mandate(actor=second, mandate_uid=granted.uid, at=at, reason=WHY)


def _train(staff: Staff, head: Actor, at: datetime) -> None:
    """Record a training of every inquirer whose last one ends too soon, and with the first one their own document."""
    today = shanghai_day(at)
    for official in (one for one in officials() if "inquirer" in one.roles):
        acting = staff.acting(official.login, at)
        assert acting.official_id is not None
        passed = facade.trainings_of(head, acting.official_id, at)
        if any(one.valid_until >= today + 2 * REAPPROVED_EVERY for one in passed):
            continue
        facade.record_training(
            actor=head,
            official_id=acting.official_id,
            course="查询业务与个人信息保护",
            passed_on=today,
            valid_until=today + timedelta(days=TRAINING_DAYS[-1].days),
            at=at,
            reason=WHY,
        )
        if not passed:
            facade.record_own_document(
                actor=head, official_id=acting.official_id, kind="01", number=official.document, at=at, reason=WHY
            )


def _bring_in_force(staff: Staff, name: str, at: datetime) -> None:
    path = catalogue.shipped_files()[name]
    proposed = catalogue.propose_edition(
        actor=staff.acting("keeper", at),
        file_name=path.name,
        text=path.read_text(encoding="utf-8"),
        at=at,
        reason=WHY,
    )
    approver = staff.acting("approver", at)
    catalogue.approve_edition(actor=approver, edition_uid=proposed.uid, at=at, reason=WHY)
    # in the invented city somebody has looked the text up: unconfirmed, a law of silence seals nothing
    for source in sorted({seal.claim.source for seal in proposed.edition.seals.values()}):
        catalogue.confirm_source(
            actor=approver, edition_uid=proposed.uid, source=source, evidence="演示：虚构的核对", at=at, reason=WHY
        )
