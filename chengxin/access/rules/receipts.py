"""The receipt of a consent: a signed record that its person can keep and check without us (ISO/IEC TS 27560:2023)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengxin.kernel.canonical import canonical_json

if TYPE_CHECKING:
    from datetime import datetime

    from chengxin.access.terms.consent import Choice, ConsentView
    from chengxin.catalogue.terms import PurposeSpec

SCHEMA: Final = "ISO/IEC TS 27560:2023"
PROFILE: Final = "chengxin.consent-receipt.v1"


class ReceiptBroken(ValueError):
    """The text is no receipt, or was not signed by this key."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who holds, who asks: name in both languages and unified code. ``principal``: the person as this asker alone knows them."""

    controller: tuple[str, str, str]
    recipient: tuple[str, str, str]
    principal: str


def receipt_content(
    consent: ConsentView, choice: Choice, purpose: PurposeSpec, parties: Parties, *, at: datetime, address: str
) -> dict[str, Any]:
    """The fields of a receipt. It names items and fields, never a value; the person only by a pairwise identifier."""
    return {
        "schema_version": SCHEMA,
        "profile": PROFILE,
        "record_id": str(consent.uid),
        "pii_principal_id": parties.principal,
        "jurisdiction": "CN",
        "lawful_basis": "consent",
        "legal_reference": "个人信息保护法 13, 14, 15",
        "privacy_notice": f"{address}/my/processing/",
        "pii_controller": _party(parties.controller),
        "recipient": _party(parties.recipient),
        "purpose": {
            "code": purpose.code,
            "zh": purpose.zh,
            "en": purpose.en,
            "told": [purpose.told.zh, purpose.told.en],
        },
        "pii_information": [{"item": item, "fields": sorted(fields)} for item, fields in sorted(choice.scope.items())],
        "collection_method": "portal",
        "consent_type": "explicit",
        "event_type": "given",
        "event_time": at.isoformat(),
        "validity": {"once": choice.once, "until": choice.ends_at.isoformat() if choice.ends_at else None},
        "withdrawal_method": f"{address}/my/consents/",
    }


def signed(content: Mapping[str, Any], *, key_version: int, signature: bytes) -> str:
    """The receipt as one JSON text: content, key version and Ed25519 signature over the canonical content."""
    return canonical_json(
        {"content": dict(content), "key": key_version, "signature": base64.b64encode(signature).decode()}
    ).decode()


def verify_receipt(receipt: Mapping[str, Any], keys: Mapping[int, bytes]) -> Mapping[str, Any]:
    """The content of a receipt, if one of these public keys (version -> 32 bytes) signed it. Needs no connection to anybody.

    Raises ReceiptBroken.
    """
    try:
        content, version = receipt["content"], int(receipt["key"])
        key = Ed25519PublicKey.from_public_bytes(keys[version])
        key.verify(base64.b64decode(receipt["signature"], validate=True), canonical_json(content))
    except (KeyError, TypeError, ValueError, InvalidSignature) as broken:
        raise ReceiptBroken("not a receipt signed by this key") from broken
    return content  # type: ignore[no-any-return]


def _party(party: tuple[str, str, str]) -> dict[str, str]:
    zh, en, code = party
    return {"zh": zh, "en": en, "code": code}
