"""A thin client of this platform's API for the software of banks and offices. It needs Python and `cryptography`, nothing else.

from chengxin.client import Client, Problem

with Client("https://credit.example", client_id="...", secret="...", private_key=key) as client:
    answer = client.check("tender_review", "01", number, case_ref="2026-17")
"""

from chengxin.client.answers import (
    Batch,
    Case,
    Checked,
    Entry,
    Identity,
    Line,
    LookedUp,
    Problem,
    Purpose,
    Recall,
    Unreachable,
)
from chengxin.client.calls import Client
from chengxin.client.signing import Signer, content_digest

__all__ = [
    "Batch",
    "Case",
    "Checked",
    "Client",
    "Entry",
    "Identity",
    "Line",
    "LookedUp",
    "Problem",
    "Purpose",
    "Recall",
    "Signer",
    "Unreachable",
    "content_digest",
]
