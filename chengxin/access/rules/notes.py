"""Signed texts of the log: C2SP signed-note, tlog-checkpoint and tlog-cosignature (cosignature/v1). https://c2sp.org

A note is a text that ends with a line feed, an empty line, and one line for each signature. A key is known by its name and four
bytes of a digest over name, kind and public key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengxin.access.rules.tree import HASH_BYTES

LOG_KEY: Final = 1
"""Kind of a key that signs checkpoints: plain Ed25519 over the text."""
WITNESS_KEY: Final = 4
"""Kind of a key that cosigns: Ed25519 over the moment and the text."""
KEY_BYTES: Final = 32
MOST_SIGNATURES: Final = 100
MOST_BYTES: Final = 16_384

_NAME = re.compile(r"[^\s+]{1,200}")
_LINE = re.compile(r"— ([^\s+]{1,200}) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9]\d{0,18}")


class NoteUnreadable(ValueError):
    """The text is no signed note, no checkpoint or no key; the message says which part is at fault."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key that verifies notes: its name, its kind and the 32 bytes of the Ed25519 key."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature line names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes((self.kind,)) + self.public).digest()[:4]

    def text(self) -> str:
        """``name+id+key``, as people hand it to one another."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes((self.kind,)) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and who signed it."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def content(self) -> str:
        return self.text + "\n" + "".join(one.line() for one in self.signatures)

    def by(self, key: NoteKey) -> NoteSignature | None:
        """The signature that claims to be of this key."""
        return next((one for one in self.signatures if (one.name, one.key_id) == (key.name, key.id)), None)


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: whose log, how many leaves, which root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_of(text: str) -> NoteKey:
    """The key that `NoteKey.text` wrote. Raises NoteUnreadable."""
    name, digest, rest = ([*text.strip().split("+", 2), "", ""])[:3]
    coded = _decoded(rest)
    if not _NAME.fullmatch(name) or len(coded) != 1 + KEY_BYTES or coded[0] not in {LOG_KEY, WITNESS_KEY}:
        raise NoteUnreadable("not a key: name+id+base64")
    key = NoteKey(name, coded[0], coded[1:])
    if key.id.hex() != digest:
        raise NoteUnreadable("the key's id is not of this name and key")
    return key


def note_of(content: str) -> Note:
    """The note that `Note.content` wrote. Raises NoteUnreadable."""
    if len(content.encode()) > MOST_BYTES:
        raise NoteUnreadable("longer than a note may be")
    text, cut, below = content.rpartition("\n\n")
    lines = below.split("\n")
    if not cut or not text or lines.pop() != "" or not lines or len(lines) > MOST_SIGNATURES:
        raise NoteUnreadable("not a signed note: a text, an empty line, signature lines")
    if any(ord(sign) < 0x20 and sign != "\n" for sign in text):
        raise NoteUnreadable("a control character in the text")
    return Note(text + "\n", tuple(_signature_of(line) for line in lines))


def head_of(text: str) -> Head:
    """The checkpoint that `Head.text` wrote; further lines are allowed and not read. Raises NoteUnreadable."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NoteUnreadable("not a checkpoint: origin, size, root")
    root = _decoded(lines[2])
    if len(root) != HASH_BYTES:
        raise NoteUnreadable("the root is not 32 bytes")
    return Head(lines[0], int(lines[1]), root)


def verified(note: Note, key: NoteKey) -> bool:
    """Whether the note is signed by this key, a log's or a witness's."""
    signature = note.by(key)
    if signature is None:
        return False
    if key.kind == LOG_KEY:
        return _is_signed(key.public, signature.signature, note.text.encode())
    if len(signature.signature) != 8 + 64:
        return False
    (seconds,) = struct.unpack(">Q", signature.signature[:8])
    return _is_signed(key.public, signature.signature[8:], cosigned_text(note.text, seconds))


def cosigned_text(text: str, seconds: int) -> bytes:
    """What a witness signs: the checkpoint, and when it was found consistent (POSIX seconds)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosigned_at(signature: NoteSignature) -> int:
    """POSIX seconds of a cosignature. Raises NoteUnreadable for another signature."""
    if len(signature.signature) != 8 + 64:
        raise NoteUnreadable("not a cosignature")
    return int.from_bytes(signature.signature[:8], "big")


def _is_signed(public: bytes, signature: bytes, data: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _signature_of(line: str) -> NoteSignature:
    found = _LINE.fullmatch(line)
    coded = _decoded(found[2]) if found else b""
    if found is None or len(coded) <= 4:
        raise NoteUnreadable("not a signature line")
    return NoteSignature(found[1], coded[:4], coded[4:])


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
