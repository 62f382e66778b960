"""Test vectors for whoever writes a client of their own: signatures, digests, document numbers. The key is a published one."""

from __future__ import annotations

import base64
from datetime import date
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengxin.client.signing import Moment, Signer, content_digest, signature_base
from chengxin.kernel.documents import DocumentKind, check_document

SEED: Final = bytes.fromhex("9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5")
"""`test-key-ed25519` of RFC 9421, B.1.4: everybody knows it, so it signs nothing but vectors."""
KEY_ID: Final = "00000000-0000-4000-8000-000000000001"
ORIGIN: Final = "https://credit.example"
AT: Final = Moment(1_767_225_600, 1_767_225_720, "bm9uY2Ugb2YgMTYgYnl0ZXM")
DAY: Final = date(2026, 1, 1)

_QUESTION: Final = '{"purpose":"tender_review","kind":"01","number":"000101199001010001","case_ref":"2026-17"}'
_CHINESE: Final = '{"purpose":"account_identity","kind":"01","number":"000101199001010001","name":"周建国"}'

_REQUESTS: Final = (
    ("a check", "POST", "/v1/checks", _QUESTION),
    ("a verification, with a name in Chinese", "POST", "/v1/verifications", _CHINESE),
    ("without a body", "GET", "/v1/purposes", ""),
    ("with a query", "GET", "/v1/cases?closed=true", ""),
)

_DOCUMENTS: Final = (
    ("01", "000101199001010001"),
    ("01", "00010119900101001Ｘ"),
    ("01", "00010119900101001x"),
    ("01", "000101199001010002"),
    ("01", "000101199002300000"),
    ("01", "000101199001010"),
    ("01", "0001011990010100010"),
    ("01", "00010119900101000A"),
    ("01", "000101209001010008"),
    ("01", " 000101 19900101 0001 "),
    ("02", "PRACTICE0001"),
    ("02", "E 12"),
    ("03", "H1234567899"),
    ("03", "H12345"),
    ("04", "1234567899A"),
    ("04", "00000000"),
    ("05", "900156199001010018"),
    ("05", "ABC001990010112"),
    ("05", "800156199001010018"),
)


@cache
def vectors() -> dict[str, Any]:
    """The document under `/v1/vectors.json`."""
    public = Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw()
    bodies = sorted({body for *_, body in _REQUESTS})
    return {
        "signatures": {
            "algorithm": "ed25519",
            "private_key": base64.b64encode(SEED).decode(),
            "public_key": base64.b64encode(public).decode(),
            "key_id": KEY_ID,
            "cases": [_signature(*request) for request in _REQUESTS],
        },
        "digests": [{"body": body, "content_digest": content_digest(body.encode())} for body in bodies],
        "documents": {"on": DAY.isoformat(), "cases": [_document(kind, number) for kind, number in _DOCUMENTS]},
    }


def _signature(name: str, method: str, target: str, body: str) -> dict[str, Any]:
    headers = {"authorization": "Bearer vector"}
    if body:
        headers = {"content-type": "application/json", "content-digest": content_digest(body.encode()), **headers}
    base, _ = signature_base(method, ORIGIN + target, headers, AT, KEY_ID)
    signed = Signer(KEY_ID, SEED).signed(method, ORIGIN + target, headers, AT)
    return {
        "name": name,
        "method": method,
        "url": ORIGIN + target,
        "headers": headers,
        "body": body,
        "created": AT.created,
        "expires": AT.expires,
        "nonce": AT.nonce,
        "signature_base": base,
        "signature_input": signed["Signature-Input"],
        "signature": signed["Signature"],
    }


def _document(kind: str, number: str) -> dict[str, Any]:
    found = check_document(DocumentKind(kind), number, today=DAY)
    return {
        "kind": kind,
        "number": number,
        "normalised": found.number,
        "ok": found.ok,
        "reason": found.reason.value if found.reason else None,
        "birth_date": found.birth_date.isoformat() if found.birth_date else None,
    }
