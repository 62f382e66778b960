"""Second factors under a master key that rotates: sealed anew, or nobody signs in once the older key is retired."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from chengxin.foundation import keyring

SEALED = ("secret", "seed")
"""What of a factor's data is sealed: an app's secret, the seed of the spare codes. A passkey holds no secret of ours."""


def rewrap_factors() -> int:
    """Seal every factor anew that an older master key seals; how many. May be stopped and begun again."""
    moved = 0
    for pk in [factor.pk for factor, _ in _stale()]:
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().get(pk=pk)
            for part in _older(factor):
                factor.data[part] = get_adapter().encrypt(get_adapter().decrypt(factor.data[part]))
            factor.save(update_fields=["data"])
        moved += 1
    return moved


def stale_factors() -> int:
    """How many factors an older master key still seals."""
    return sum(1 for _ in _stale())


def _stale() -> Iterator[tuple[Authenticator, list[str]]]:
    for factor in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk").iterator():
        if parts := _older(factor):
            yield factor, parts


def _older(factor: Authenticator) -> list[str]:
    ring = keyring.current()
    return [part for part in SEALED if part in factor.data and not ring.is_current(b64decode(factor.data[part]))]
