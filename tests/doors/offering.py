"""Clients of officials, and what a page says, for tests of their pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from http import HTTPStatus

from django.test import Client

from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Account
from chengxin.offices.terms import OrganisationView, Role
from tests.doors.signing import signed_in
from tests.making import heads, make_official, official_of


@dataclass(frozen=True)
class Desk:
    """An official at work: who they are, and a client signed in as them."""

    actor: Actor
    account: Account
    client: Client


def desk(role: Role, *, organisation: OrganisationView | None = None, language: str = "zh") -> Desk:
    """A new official of this role, signed in now."""
    actor = make_official(role=role, organisation=organisation, at=clock.now())
    account = official_of(actor).account
    return Desk(actor, account, signed_in(account, language=language))


def head_desks() -> tuple[Desk, Desk]:
    """The two founding heads, signed in."""
    first, second = heads(at=clock.now())
    return tuple(  # type: ignore[return-value]
        Desk(one, official_of(one).account, signed_in(official_of(one).account)) for one in (first, second)
    )


def words(content: bytes) -> str:
    """The words of a page, without its tags, blanks closed up."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", "", content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def refused(client: Client, address: str, *, data: dict[str, object] | None = None) -> str:
    """What the page says that does not let this client in."""
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code == HTTPStatus.FORBIDDEN, (address, answer.status_code)
    return words(answer.content)


def shown(client: Client, address: str) -> str:
    """The words of a page that this client may open."""
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    return words(answer.content)


def sent(client: Client, address: str, data: dict[str, object]) -> str:
    """Send a form that is taken; gives where it leads."""
    answer = client.post(address, data)
    assert answer.status_code == HTTPStatus.FOUND, (address, answer.status_code, words(answer.content)[:2000])
    return answer.headers["Location"]


def said_wrong(client: Client, address: str, data: dict[str, object]) -> str:
    """The page that comes back where something has to be mended: its words."""
    answer = client.post(address, data)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    assert 'id="mistakes"' in answer.content.decode()
    return words(answer.content)
