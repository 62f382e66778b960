"""Signatures of requests by RFC 9421: what must be covered, how old one may be, and whose key it is."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature
from http_message_signatures.algorithms import ED25519

from chengxin.doors.machine.problems import DigestMismatch, SignatureMissing, SignatureNotValid, SignatureTooOld

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

MOST_AGE: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=30)
LEAST_NONCE: Final = 16
MOST_NONCE: Final = 128

COVERED: Final = ("@method", "@target-uri", "authorization")
"""What every signature covers; `@authority`, `@path` and `@query` together may stand for `@target-uri`."""
COVERED_WITH_BODY: Final = ("content-type", "content-digest")
_PARTS: Final = frozenset(('"@authority"', '"@path"', '"@query"'))


class _Message:
    """A request as the library reads one."""

    __slots__ = ("headers", "method", "url")

    def __init__(self, method: str, url: str, headers: Mapping[str, str]) -> None:
        self.method, self.url, self.headers = method, url, headers


class _OneKey(HTTPSignatureKeyResolver):
    """The one key that the client of the token has registered."""

    def __init__(self, key_id: str, key: Ed25519PublicKey) -> None:
        self._key_id, self._key = key_id, key

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        return self._key if key_id == self._key_id else None


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = SKEW


@lru_cache(maxsize=512)
def _verifier(key_id: str, public_key: bytes) -> _Verifier:
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return _Verifier(signature_algorithm=ED25519, key_resolver=_OneKey(key_id, key))


def verified_nonce(request: HttpRequest, *, key_id: str, public_key: bytes, body: bytes | None, has_body: bool) -> str:
    """The nonce of a good signature of this request. ``body`` None: the caller compares the digest as the body arrives.

    Raises SignatureMissing, SignatureTooOld, SignatureNotValid, DigestMismatch.
    """
    headers = request.headers
    if "Signature" not in headers or "Signature-Input" not in headers:
        raise SignatureMissing()
    message = _Message(request.method or "", request.build_absolute_uri(), headers)
    verifier = _verifier(key_id, public_key)
    try:
        (found,) = verifier.verify(message, max_age=MOST_AGE)
    except InvalidSignature as error:
        raise _why(error) from error
    except Exception as error:
        # whatever the library stumbles over was not signed as we ask for it
        raise SignatureNotValid() from error
    _check_coverage(set(found.covered_components), has_body=has_body, keyed="Idempotency-Key" in headers)
    if "expires" not in found.parameters or not LEAST_NONCE <= len(found.nonce or "") <= MOST_NONCE:
        raise SignatureNotValid()
    if has_body and body is not None:
        try:
            verifier.content_digest_class.verify(headers["Content-Digest"], body)
        except InvalidSignature as error:
            raise DigestMismatch() from error
    assert found.nonce is not None
    return found.nonce


def _check_coverage(covered: set[str], *, has_body: bool, keyed: bool) -> None:
    needed = {f'"{name}"' for name in COVERED + (COVERED_WITH_BODY if has_body else ())}
    if keyed:
        # else whoever passes a request on could make it another one, or an old one
        needed.add('"idempotency-key"')
    if covered >= _PARTS:
        needed.discard('"@target-uri"')
    if not needed <= covered:
        raise SignatureNotValid()


def _why(error: InvalidSignature) -> SignatureTooOld | SignatureNotValid:
    """The library says why in words alone; only a caller's clock is worth telling apart."""
    words = str(error)
    stale = (
        '"created" parameter is set' in words
        or '"expires" parameter is set' in words
        or "maximum allowable age" in words
    )
    return SignatureTooOld(minutes=MOST_AGE.seconds // 60) if stale else SignatureNotValid()
