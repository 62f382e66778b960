"""A signed call to the city's own message service: that a notice waits, by its number and kind, and nothing else.

The body is one event of CloudEvents 1.0 in JSON. It is signed as RFC 9421 says, with Ed25519 over method, address, type
and digest of the body; ``key_directory`` gives the keys to verify with. The receiver knows a repeated event by its ``id``.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from http_message_signatures import HTTPMessageSigner, algorithms

from chengxin.foundation import keyring
from chengxin.foundation.calling import Endpoint, OutOfReach
from chengxin.foundation.outbox.terms import Addresses, ChannelKind, Content, Fault, Parcel, Receipt

COVERED: Final = ("@method", "@target-uri", "content-type")
"""What is signed beside the digest of the body, which the signer adds."""
LABEL: Final = "chengxin"
TAG: Final = "chengxin-notice"
_THIS_ONE_ALONE: Final = frozenset({400, 409, 413, 415, 422})
"""Answers that speak of this event; every other refusal speaks of the address or of the service behind it."""


@dataclass
class _Request:
    """A request as the signer knows one."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class Webhook:
    """One receiver, named in the settings."""

    kind: ClassVar = ChannelKind.WEBHOOK
    repeatable: ClassVar = True

    def __init__(self, url: str, *, source: str) -> None:
        """``source``: the public address of this platform, so that a receiver of several knows whose it is."""
        self._endpoint = Endpoint(url)
        self._source = source
        self._signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)

    def content(self, addresses: Addresses) -> Content:
        return Content.NOTHING

    def send(self, parcel: Parcel) -> Receipt | Fault:
        """Any 2xx is a receipt. Redirects are not followed: a notice goes where the settings say."""
        uid = str(parcel.notice.uid)
        body = json.dumps(
            {
                "specversion": "1.0",
                "id": uid,
                "source": self._source,
                "type": "chengxin.notice",
                "datacontenttype": "application/json",
                "data": {"notice": uid, "kind": parcel.notice.kind},
            }
        ).encode()
        key_id, headers = self._signed(body, parcel)
        try:
            answer = self._endpoint.post(body, headers)
        except OutOfReach as error:
            return Fault(f"http_{error}", everywhere=True)
        if 200 <= answer.status < 300:
            return Receipt(f"http {answer.status}, {key_id}")
        own = answer.status in _THIS_ONE_ALONE
        return Fault(f"http_{answer.status}", permanent=own, everywhere=not own)

    def _signed(self, body: bytes, parcel: Parcel) -> tuple[str, dict[str, str]]:
        keys = keyring.current()
        key_id = key_name(max(keys.verifying_keys()))
        request = _Request("POST", self._endpoint.url, {"Content-Type": "application/cloudevents+json"})
        prepared = self._signer.prepare(
            request, key_id=key_id, created=parcel.at, label=LABEL, tag=TAG, covered_component_ids=COVERED, body=body
        )
        # the keyring puts its version in front; receivers learn it from the key's name
        self._signer.apply(request, prepared, keys.sign(prepared.signature_base)[1:])
        return key_id, request.headers

    def close(self) -> None:
        self._endpoint.close()


def key_name(version: int) -> str:
    """The name of a signing key: ``chengxin-1``."""
    return f"chengxin-{version}"


def key_directory() -> dict[str, Any]:
    """The public keys that verify our calls, as a JSON Web Key Set (RFC 7517, RFC 8037); earlier ones stay in it."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "kid": key_name(version),
                "use": "sig",
                "x": base64.urlsafe_b64encode(public).rstrip(b"=").decode(),
            }
            for version, public in sorted(keyring.current().verifying_keys().items())
        ]
    }
