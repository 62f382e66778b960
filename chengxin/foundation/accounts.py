"""Accounts and what signs them in."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.sessions.models import Session

from chengxin.foundation.models import Account


def delete_resident_accounts(account_ids: Iterable[UUID]) -> int:
    """Delete accounts of residents with all that hangs on them: sessions, second factors, links to sign-in services.

    An official's account is their office's and stays. In the current transaction of ``default``. Gives how many.
    """
    gone = 0
    for account in Account.objects.filter(id__in=list(account_ids), kind=Account.Kind.RESIDENT):
        # the library's rows refer to the account and go with it; a session itself knows its account by its content alone
        Session.objects.filter(session_key__in=_session_keys(account)).delete()
        account.delete()
        gone += 1
    return gone


def _session_keys(account: Account) -> list[str]:
    return list(account.usersession_set.values_list("session_key", flat=True))  # type: ignore[attr-defined]
