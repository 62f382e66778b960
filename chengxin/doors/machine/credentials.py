"""The secret of a client: made once its registration is approved, shown once, kept as a hash alone."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from allauth.idp.oidc.models import Client

from chengxin.foundation import journal
from chengxin.foundation.database import in_transaction
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import ClientState, Permission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

SECRET_BYTES: Final = 32
ASK: Final = "ask"
SUPPLY: Final = "supply"


def issue_secret(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> str:
    """Make the secret of an approved client, or a new one in place of it, and give it: nobody can read it again.

    ``uid`` is the client's public uid, by which it names itself. An earlier secret and its tokens end with it. Needs
    KEEP_CLIENTS in reach. Raises Refusal, ClientUnknown.
    """
    found = offices.client_seen(actor, uid, at)
    offices.require_permission(actor, Permission.KEEP_CLIENTS, at, organisation_id=found.organisation_id)
    if found.state is not ClientState.APPROVED:
        raise Refusal(Refused("client_not_in_force", "个人信息保护法 51(四)"))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    scopes = [scope for scope, may in ((ASK, found.may_ask), (SUPPLY, found.may_supply)) if may]
    client = Client(
        id=str(uid),
        name=found.name[:100],
        type=Client.Type.CONFIDENTIAL,
        grant_types=Client.GrantType.CLIENT_CREDENTIALS,
        response_types="",
    )
    client.set_secret(secret)
    client.set_scopes(scopes)
    client.set_default_scopes(scopes)
    with in_transaction():
        Client.objects.filter(id=client.id).delete()
        client.save(force_insert=True)
        journal.record(
            actor, "issue_secret", "client", uid, at=at, reason=reason, organisation_id=found.organisation_id
        )
    return secret


def withdraw_secret(uid: UUID) -> None:
    """Take secret and tokens of a client away that has ended: its registration refuses it at each request all the same."""
    Client.objects.filter(id=str(uid)).delete()
