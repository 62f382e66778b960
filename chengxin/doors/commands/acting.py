"""Whose act a command is: an official in office, who proves it with password and second factor as on a page."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from chengxin.doors.commands.words import one_line
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from chengxin.foundation.actors import Actor
    from chengxin.foundation.models import Account

BASIS = "F12"


def add_official(parser: argparse.ArgumentParser) -> None:
    """The options of a command that acts for an official: who, and why."""
    parser.add_argument("--as", dest="login", metavar="LOGIN", required=True, help=one_line("help.as_official"))
    parser.add_argument("--reason", required=True, help=one_line("help.reason"))


def acting_as(login: str, at: datetime) -> Actor:
    """The official's actor. Raises `Refusal` for one who does not prove it, and for one who is not in office.

    An instance for practice asks for no proof: its officials do not exist.
    """
    from django.conf import settings

    from chengxin.foundation.models import Account
    from chengxin.offices import facade as offices

    account = Account.objects.filter(username=login.lower()).first()
    if not settings.CHENGXIN_PRACTICE and not _proved(account):
        raise Refusal(Refused("sign_in_needed", BASIS))
    if account is None:
        raise Refusal(Refused("not_an_official", BASIS))
    return offices.actor_for(account, second_factor=True, at=at)


def _proved(account: Account | None) -> bool:
    """Password, then a code. An unknown login is asked for both all the same, so that nobody learns which logins exist."""
    from allauth.mfa.models import Authenticator

    password, code = _asked("acting.password"), _asked("acting.code")
    if account is None or not account.is_active or not account.check_password(password):
        return False
    found = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    return found is not None and bool(found.wrap().validate_code(code))


def _asked(key: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{one_line(key)}: ")
    return sys.stdin.readline().strip()
