"""The file a person carries away to prove that a look is in the log: written, read, and checked without asking anybody.

A JSON object: ``proof`` names the form; ``text``, ``salt`` the look's leaf and its salt (base64); ``index`` and ``path`` lead to
the root in ``checkpoint``, a signed note; ``keys`` are the log's keys as it publishes them.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING

from chengxin.access.rules import looks, notes, tree
from chengxin.access.terms import LookProof

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM = "chengxin.look-proof.v1"
MOST_STEPS = 64


class ProofUnreadable(ValueError):
    """The text is no proof file."""


def proof_text(proof: LookProof) -> str:
    """The file, as text."""
    told = {
        "proof": FORM,
        "text": _coded(proof.text),
        "salt": _coded(proof.salt),
        "index": proof.index,
        "path": [_coded(step) for step in proof.path],
        "checkpoint": proof.checkpoint,
        "keys": list(proof.keys),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def proof_of(text: str) -> LookProof:
    """The proof that `proof_text` wrote. Raises ProofUnreadable."""
    try:
        told = json.loads(text)
        if told["proof"] != FORM or not isinstance(told["index"], int) or len(told["path"]) > MOST_STEPS:
            raise ProofUnreadable("another form")
        return LookProof(
            text=_decoded(told["text"]),
            salt=_decoded(told["salt"]),
            index=told["index"],
            size=notes.head_of(notes.note_of(told["checkpoint"]).text).size,
            path=tuple(_decoded(step) for step in told["path"]),
            checkpoint=told["checkpoint"],
            keys=tuple(str(key) for key in told["keys"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError, binascii.Error, RecursionError) as fault:
        raise ProofUnreadable("not a proof file") from fault


def proof_fault(proof: LookProof, trusted: Sequence[str]) -> str | None:
    """Why the proof does not hold under any of these keys: ``key_unknown``, ``checkpoint_unsigned`` or ``not_in_the_tree``.

    None where it holds. What a key is worth, whoever asks must know: one that only the file names proves little.
    """
    note = notes.note_of(proof.checkpoint)
    head = notes.head_of(note.text)
    keys = [key for text in trusted if (key := notes.key_of(text)).name == head.origin and key.kind == notes.LOG_KEY]
    if not any(note.by(key) for key in keys):
        return "key_unknown"
    if not any(notes.verified(note, key) for key in keys):
        return "checkpoint_unsigned"
    leaf = tree.leaf_hash(looks.commitment(proof.salt, proof.text))
    if not tree.verify_inclusion(leaf, proof.index, head.size, proof.path, head.root):
        return "not_in_the_tree"
    return None


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
