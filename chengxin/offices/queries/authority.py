"""Who may do what now: an account becomes an actor, an actor's question gets its answer from the tables."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Decision, Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.offices import rules
from chengxin.offices.models import Client, Mandate, Official
from chengxin.offices.queries.organisations import organisation_path
from chengxin.offices.queries.running import access_suspended
from chengxin.offices.queries.views import client_facts, mandate_facts
from chengxin.offices.terms import MandateUnknown, Permission, Reason, Role, Standing


def actor_for(account: Account, *, second_factor: bool, at: datetime, mandate_uid: UUID | None = None) -> Actor:
    """The actor a signed-in official's account acts as. The door says whether a second factor was proven.

    An official with several mandates acts under one at a time: the one named, else the first granted that is in force.
    Raises `Refusal` with the reason, `MandateUnknown` for a mandate that is not this official's.
    """
    is_official = account.kind == Account.Kind.OFFICIAL
    require(rules.may_enter(rules.SessionFacts(is_official, account.is_active, second_factor)))
    official = Official.objects.filter(account_id=account.id).first()
    if official is None:
        raise Refusal(Refused(Reason.NOT_AN_OFFICIAL, rules.LEAST_POWER))
    mandates = list(
        Mandate.objects.filter(official=official).select_related("organisation").order_by("granted_at", "id")
    )
    if mandate_uid is not None:
        mandates = [mandate for mandate in mandates if mandate.uid == mandate_uid]
        if not mandates:
            raise MandateUnknown()
    chosen = _best(mandates, shanghai_day(at))
    facts = rules.OfficialFacts(
        account_active=account.is_active,
        official_active=official.is_active,
        organisation_active=chosen is None or chosen.organisation.is_active,
        mandate=None if chosen is None else mandate_facts(chosen),
        # being suspended stops asking, not signing in: who is suspended reads the notice and replies
        access_suspended=False,
    )
    if (stopped := rules.why_stopped(facts, at)) is not None:
        raise Refusal(stopped)
    assert chosen is not None
    return Actor(
        kind="official",
        account_id=account.id,
        official_id=official.id,
        organisation_id=chosen.organisation_id,
        role=chosen.role,
    )


class Authority:
    """What one actor may do at one moment: for the questions of one transaction, and kept no longer.

    Who they are is read from the tables when it is made, and where an organisation stands when it is first asked about.
    """

    def __init__(self, actor: Actor, at: datetime) -> None:
        self._actor, self._at = actor, at
        self._client = _client_of(actor) if actor.kind == "client" else None
        self._official = _official_facts(actor, at)
        self._paths: dict[UUID, tuple[UUID, ...]] = {}

    def may(self, permission: Permission, *, organisation_id: UUID | None = None) -> Decision:
        """Whether they may do a thing, and, where the thing belongs to an organisation, there."""
        if self._actor.kind == "client":
            return _client_may(self._client, permission, self._at, organisation_id)
        facts = self._official
        if facts is None:
            return Refused(Reason.NOT_AN_OFFICIAL, rules.LEAST_POWER)
        decision = rules.may(facts, permission, self._at)
        if isinstance(decision, Refused) or organisation_id is None:
            return decision
        assert facts.mandate is not None
        assert self._actor.organisation_id is not None
        if organisation_id not in self._paths:
            self._paths[organisation_id] = organisation_path(organisation_id)
        return rules.reaches(facts.mandate.role, self._actor.organisation_id, self._paths[organisation_id])


def may(actor: Actor, permission: Permission, at: datetime, *, organisation_id: UUID | None = None) -> Decision:
    """Whether an actor may do a thing now, and, where the thing belongs to an organisation, there.

    Read anew from the tables at each question, so that a suspension works at once, in the middle of a session too.
    """
    return Authority(actor, at).may(permission, organisation_id=organisation_id)


def require_permission(
    actor: Actor, permission: Permission, at: datetime, *, organisation_id: UUID | None = None
) -> None:
    """Pass where `may` allows; raise `Refusal` with the reason otherwise."""
    require(may(actor, permission, at, organisation_id=organisation_id))


def _client_of(actor: Actor) -> Client | None:
    """The registration an actor calls under, where it is still this organisation's."""
    assert actor.client_id is not None
    row = Client.objects.select_related("organisation").filter(id=actor.client_id).first()
    return row if row is not None and row.organisation_id == actor.organisation_id else None


def _client_may(row: Client | None, permission: Permission, at: datetime, organisation_id: UUID | None) -> Decision:
    if row is None:
        return Refused("client_not_in_force", rules.LEAST_POWER)
    return rules.may_as_client(
        rules.client_standing(client_facts(row), shanghai_day(at)),
        permission,
        may_supply=row.may_supply,
        own=organisation_id in (None, row.organisation_id),
    )


def _official_facts(actor: Actor, at: datetime) -> rules.OfficialFacts | None:
    if actor.kind != "official" or actor.official_id is None or actor.organisation_id is None:
        return None
    official = Official.objects.select_related("account").filter(id=actor.official_id).first()
    if official is None:
        return None
    held = Mandate.objects.filter(official=official, role=actor.role or "", organisation_id=actor.organisation_id)
    chosen = _best(list(held.select_related("organisation").order_by("granted_at", "id")), shanghai_day(at))
    return rules.OfficialFacts(
        account_active=official.account.is_active,
        official_active=official.is_active,
        organisation_active=chosen is None or chosen.organisation.is_active,
        mandate=None if chosen is None else mandate_facts(chosen),
        access_suspended=actor.role == Role.INQUIRER and access_suspended(actor.official_id, actor.organisation_id, at),
    )


def _best(mandates: list[Mandate], today: date) -> Mandate | None:
    """The first that is in force in an open organisation, else the last granted: its standing is the reason to tell."""
    for mandate in mandates:
        if rules.standing(mandate_facts(mandate), today) is Standing.IN_FORCE and mandate.organisation.is_active:
            return mandate
    return mandates[-1] if mandates else None
