"""Signed notes, checkpoints and cosignatures, as C2SP writes them down."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengxin.access.rules import notes
from chengxin.access.rules.tree import EMPTY_ROOT

SEED = bytes(range(32))
PRIVATE = Ed25519PrivateKey.from_private_bytes(SEED)
KEY = notes.NoteKey("city.invalid/log", notes.LOG_KEY, PRIVATE.public_key().public_bytes_raw())
WITNESS = notes.NoteKey("witness.invalid", notes.WITNESS_KEY, PRIVATE.public_key().public_bytes_raw())
HEAD = notes.Head(KEY.name, 7, EMPTY_ROOT)


def signed() -> notes.Note:
    return notes.Note(HEAD.text(), (notes.NoteSignature(KEY.name, KEY.id, PRIVATE.sign(HEAD.text().encode())),))


def cosigned(seconds: int = 1_780_000_000, claimed: int | None = None) -> notes.Note:
    signature = PRIVATE.sign(notes.cosigned_text(HEAD.text(), seconds))
    moment = (seconds if claimed is None else claimed).to_bytes(8, "big")
    line = notes.NoteSignature(WITNESS.name, WITNESS.id, moment + signature)
    return notes.Note(HEAD.text(), (*signed().signatures, line))


def test_the_published_example_verifies() -> None:
    """The example of the specification of signed notes, as the Go project publishes it with its implementation."""
    key = notes.key_of("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = (
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    note = notes.note_of(f"{text}\n{line}")
    assert note.content() == f"{text}\n{line}"
    assert notes.verified(note, key)
    assert key.text() == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert not notes.verified(notes.Note(note.text.replace("answer", "question"), note.signatures), key)


def test_a_checkpoint_is_three_lines() -> None:
    assert HEAD.text() == f"city.invalid/log\n7\n{base64.b64encode(EMPTY_ROOT).decode()}\n"
    assert notes.head_of(HEAD.text()) == HEAD
    assert notes.head_of(HEAD.text() + "an extension line\n") == HEAD


def test_a_note_is_read_as_it_was_written() -> None:
    note = signed()
    assert notes.note_of(note.content()) == note
    assert notes.verified(note, KEY)


def test_a_cosignature_is_of_a_moment() -> None:
    note = cosigned()
    assert notes.verified(note, WITNESS)
    assert notes.verified(note, KEY)
    assert notes.cosigned_at(note.signatures[1]) == 1_780_000_000
    assert not notes.verified(cosigned(claimed=1_780_000_001), WITNESS)
    with pytest.raises(notes.NoteUnreadable):
        notes.cosigned_at(note.signatures[0])


def test_the_same_bytes_under_another_name_or_kind_are_another_key() -> None:
    assert len({KEY.id, WITNESS.id, notes.NoteKey("other.invalid", notes.LOG_KEY, KEY.public).id}) == 3
    assert not notes.verified(signed(), notes.NoteKey(KEY.name, notes.WITNESS_KEY, KEY.public))
    assert not notes.verified(signed(), notes.NoteKey(KEY.name, notes.LOG_KEY, bytes(32)))


@pytest.mark.parametrize("key", [KEY, WITNESS], ids=["log", "witness"])
def test_a_key_is_read_as_it_was_written(key: notes.NoteKey) -> None:
    assert notes.key_of(key.text()) == key
    assert notes.key_of(key.text() + "\n") == key


BAD_KEYS = {
    "nothing": "",
    "no key": "city.invalid/log",
    "another id": KEY.text().replace(KEY.id.hex(), "00000000"),
    "another name": KEY.text().replace("city", "town"),
    "unknown kind": f"a+{'0' * 8}+{base64.b64encode(bytes((9,)) + bytes(32)).decode()}",
    "too short": f"a+{'0' * 8}+{base64.b64encode(bytes((1,)) + bytes(31)).decode()}",
    "not base64": f"a+{'0' * 8}+ä",
    "a blank in the name": KEY.text().replace("city", "ci ty"),
}


@pytest.mark.parametrize("text", BAD_KEYS.values(), ids=BAD_KEYS)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(notes.NoteUnreadable):
        notes.key_of(text)


GOOD = signed().content()
BAD_NOTES = {
    "empty": "",
    "no signature": HEAD.text() + "\n",
    "no empty line": GOOD.replace("\n\n", "\n"),
    "no last line feed": GOOD.rstrip("\n"),
    "another dash": GOOD.replace("—", "-"),
    "no base64": HEAD.text() + "\n— name !!!!\n",
    "a key id and nothing signed": HEAD.text() + "\n— name " + base64.b64encode(b"1234").decode() + "\n",
    "a control character": GOOD.replace("city", "ci\x00ty"),
    "too long": HEAD.text() + "x" * 20_000 + "\n" + GOOD,
    "too many": HEAD.text() + "\n" + signed().signatures[0].line() * 101,
}


@pytest.mark.parametrize("content", BAD_NOTES.values(), ids=BAD_NOTES)
def test_what_is_no_note_is_refused(content: str) -> None:
    with pytest.raises(notes.NoteUnreadable):
        notes.note_of(content)


BAD_HEADS = [
    "",
    "a\n",
    "a\n1\n",
    "a\n01\n" + HEAD.text().split("\n")[2] + "\n",
    "a\n-1\nAA==\n",
    "a\n1\nAA==\n",
    "\n1\nAA==\n",
]


@pytest.mark.parametrize("text", BAD_HEADS)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(notes.NoteUnreadable):
        notes.head_of(text)
