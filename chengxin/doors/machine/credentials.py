"""The secret of a client: made when its registration is approved, shown once, kept as a hash alone."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from allauth.idp.oidc.models import Client

from chengxin.foundation.database import in_transaction

if TYPE_CHECKING:
    from uuid import UUID

SECRET_BYTES: Final = 32
ASK: Final = "ask"
SUPPLY: Final = "supply"


def issue(uid: UUID, *, name: str, may_ask: bool, may_supply: bool) -> str:
    """Make the secret of an approved client, or a new one in place of it, and give it: nobody can read it again.

    ``uid`` is the client's public uid, by which it names itself. Tokens of an earlier secret end with it.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    scopes = [scope for scope, may in ((ASK, may_ask), (SUPPLY, may_supply)) if may]
    client = Client(
        id=str(uid),
        name=name[:100],
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
    return secret


def withdraw(uid: UUID) -> None:
    """Take secret and tokens of a client away. Its registration decides at each request all the same."""
    with in_transaction():
        Client.objects.filter(id=str(uid)).delete()
