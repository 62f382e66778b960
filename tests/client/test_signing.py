"""Signatures of the client, against the vectors of the RFC and another project's verifier."""

from __future__ import annotations

import base64
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengxin.client.signing import Moment, Signer, content_digest, moment, signature_base

SEED = base64.urlsafe_b64decode("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU=")
"""RFC 9421, B.1.4: test-key-ed25519."""
BASE = "\n".join(
    [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"',
    ]
)
SIGNED = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="


def test_the_key_and_the_signature_are_those_of_the_rfc() -> None:
    """RFC 9421, B.2.6."""
    assert base64.b64encode(Ed25519PrivateKey.from_private_bytes(SEED).sign(BASE.encode())).decode() == SIGNED


def test_a_digest_is_that_of_the_rfc() -> None:
    """RFC 9530, appendix: the body of the examples of RFC 9421."""
    assert content_digest(b'{"hello": "world"}') == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"


def test_the_text_that_is_signed_is_written_as_the_rfc_says() -> None:
    at = Moment(1618884473, 1618884593, "a nonce of some length")
    headers = {"content-type": "application/json", "authorization": "Bearer x"}
    base, given = signature_base("POST", "https://credit.example/v1/checks?a=b", headers, at, "me")
    assert base.split("\n") == [
        '"@method": POST',
        '"@target-uri": https://credit.example/v1/checks?a=b',
        '"content-type": application/json',
        '"authorization": Bearer x',
        f'"@signature-params": {given}',
    ]
    assert given == (
        '("@method" "@target-uri" "content-type" "authorization");created=1618884473;expires=1618884593'
        ';nonce="a nonce of some length";keyid="me";alg="ed25519"'
    )


def test_each_moment_has_a_nonce_of_its_own() -> None:
    first, second = moment(1_000_000.9), moment(1_000_000.9)
    assert first.created == 1_000_000
    assert first.expires > first.created
    assert first.nonce != second.nonce


def test_a_key_is_not_shown() -> None:
    assert "9f83" not in repr(Signer("me", SEED))
    assert "\\x" not in repr(Signer("me", SEED))


@pytest.mark.parametrize("module", ["chengxin.client", "chengxin.client.conformance"])
def test_the_client_needs_nothing_but_python_and_cryptography(module: str) -> None:
    ours = "{'django', 'ninja', 'pydantic', 'psycopg', 'structlog'}"
    asked = f"import sys, {module}; print([name for name in sys.modules if name.split('.')[0] in {ours}])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
