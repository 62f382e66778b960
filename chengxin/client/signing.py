"""Signing requests by RFC 9421 with Ed25519, and digests of bodies by RFC 9530."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LABEL: Final = "sig1"
LIVES_S: Final = 120
"""So long a signature may travel; the platform takes none that is older than five minutes."""
NONCE_BYTES: Final = 16


def content_digest(body: bytes) -> str:
    """The value of `Content-Digest` for a body."""
    return digest_header(hashlib.sha256(body).digest())


def digest_header(sha256: bytes) -> str:
    """The same from a digest that was computed piece by piece."""
    return f"sha-256=:{base64.b64encode(sha256).decode()}:"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a signature is made, until when it is good, and the nonce that makes it one of its kind. Seconds since 1970."""

    created: int
    expires: int
    nonce: str


def moment(now: float) -> Moment:
    """A moment for a request that is sent now."""
    created = int(now)
    return Moment(created, created + LIVES_S, secrets.token_urlsafe(NONCE_BYTES))


@dataclass(frozen=True, slots=True)
class Signer:
    """A client's key. ``key_id`` is the client's id; ``private_key`` the 32 bytes of an Ed25519 seed."""

    key_id: str
    private_key: bytes = field(repr=False)

    def signed(self, method: str, url: str, headers: Mapping[str, str], at: Moment) -> dict[str, str]:
        """The two headers of a signature. ``headers``: lower-case names of those that it covers, in this order."""
        base, given = signature_base(method, url, headers, at, self.key_id)
        signature = Ed25519PrivateKey.from_private_bytes(self.private_key).sign(base.encode("ascii"))
        return {
            "Signature-Input": f"{LABEL}={given}",
            "Signature": f"{LABEL}=:{base64.b64encode(signature).decode()}:",
        }


def signature_base(method: str, url: str, headers: Mapping[str, str], at: Moment, key_id: str) -> tuple[str, str]:
    """(the text that is signed, the signature's parameters): RFC 9421, 2.5 and 2.3."""
    parts = {"@method": method, "@target-uri": url, **headers}
    covered = " ".join(f'"{name}"' for name in parts)
    given = f'({covered});created={at.created};expires={at.expires};nonce="{at.nonce}";keyid="{key_id}";alg="ed25519"'
    lines = [f'"{name}": {value.strip()}' for name, value in parts.items()]
    return "\n".join([*lines, f'"@signature-params": {given}']), given
