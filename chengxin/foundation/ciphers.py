"""Two cipher suites behind one protocol: international (`INTL`) and Chinese commercial (`SM`).

A sealed blob is `suite code (1) ‖ key version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`, so it is `OVERHEAD` = 30 bytes
longer than its plaintext and can be opened without asking anyone which suite or key version made it. The two leading
bytes are authenticated together with the caller's additional data.

Sources: NIST SP 800-38D (GCM), RFC 2104 (HMAC), FIPS 180-4 (SHA-256), GB/T 32907-2016 (SM4), GB/T 32905-2016 (SM3),
RFC 8998 (SM4-GCM).
"""

import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengxin.kernel.errors import ChengxinError

HEADER_BYTES: Final = 2
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
OVERHEAD: Final = HEADER_BYTES + NONCE_BYTES + TAG_BYTES
_BODY: Final = HEADER_BYTES + NONCE_BYTES


class SealBroken(ChengxinError):
    """The sealed content cannot be opened: it was changed, moved, cut, or belongs to another key."""

    code = "seal_broken"


class Hasher(Protocol):
    """A digest that is fed piece by piece."""

    def update(self, data: bytes, /) -> None: ...

    def finalize(self) -> bytes: ...


class Aead(Protocol):
    """Authenticated encryption; what `decrypt` refuses raises the library's InvalidTag."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...


class CipherSuite(Protocol):
    """Sealing, keyed hashing and hashing by one family of algorithms. A key of any other length is a `ValueError`."""

    @property
    def name(self) -> str: ...

    @property
    def code(self) -> int: ...

    @property
    def key_bytes(self) -> int: ...

    @property
    def cipher(self) -> Callable[[bytes], Aead]:
        """The bare algorithm beneath `seal`, of a key: where published vectors are held against it."""

    def new_key(self) -> bytes:
        """A random key of `key_bytes`."""

    def seal(self, key: bytes, plaintext: bytes, aad: bytes, *, version: int = 0) -> bytes:
        """Seal under a fresh random nonce; `version` (0 to 255) names the key for whoever opens the blob."""

    def open(self, key: bytes, blob: bytes, aad: bytes) -> bytes:
        """The plaintext. Raises `SealBroken` if one bit of key, blob or aad is not what it was."""

    def seal_many(self, keys: Sequence[bytes], plaintexts: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        """`seal`, each row under its own key; rows under one key are cheaper next to each other."""

    def open_many(self, keys: Sequence[bytes], blobs: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        """`open`, each row under its own key; one broken blob raises `SealBroken` for all."""

    def seal_all(
        self, key: bytes, plaintexts: Sequence[bytes], aads: Sequence[bytes], *, version: int = 0
    ) -> list[bytes]:
        """`seal`, all rows under one key, whose schedule is computed once."""

    def open_all(self, key: bytes, blobs: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        """`open`, all rows under one key; one broken blob raises `SealBroken` for all."""

    def mac(self, key: bytes, data: bytes) -> bytes:
        """HMAC, 32 bytes."""

    def macer(self, key: bytes) -> Callable[[bytes], bytes]:
        """`mac` bound to one key, for bulk: the padded key is absorbed once."""

    def digest(self, data: bytes) -> bytes:
        """Hash, 32 bytes."""

    def hasher(self) -> Hasher:
        """`digest`, fed piece by piece."""


class _Sm4Gcm:
    """SM4-GCM in the shape of `AESGCM`, which the library has for AES alone."""

    __slots__ = ("_algorithm",)

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return b"".join((encryptor.update(data), encryptor.finalize(), encryptor.tag))

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        if len(data) < TAG_BYTES:
            raise InvalidTag
        mode = modes.GCM(nonce, data[-TAG_BYTES:])
        decryptor = Cipher(self._algorithm, mode).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


@dataclass(frozen=True, slots=True)
class _GcmSuite:
    name: str
    code: int
    key_bytes: int
    cipher: Callable[[bytes], Aead]
    hash: hashes.HashAlgorithm

    def new_key(self) -> bytes:
        return os.urandom(self.key_bytes)

    def seal(self, key: bytes, plaintext: bytes, aad: bytes, *, version: int = 0) -> bytes:
        return self.seal_all(key, (plaintext,), (aad,), version=version)[0]

    def open(self, key: bytes, blob: bytes, aad: bytes) -> bytes:
        return self.open_all(key, (blob,), (aad,))[0]

    def seal_many(self, keys: Sequence[bytes], plaintexts: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        self._check(keys)
        header, cipher = bytes((self.code, 0)), self.cipher
        sealed: list[bytes] = []
        last: bytes | None = None
        for (nonce,), key, plaintext, aad in zip(_nonces(len(keys)), keys, plaintexts, aads, strict=True):
            # The schedule of a key costs as much as sealing a row: neighbours under one key share it.
            if key != last:
                last, encrypt = key, cipher(key).encrypt
            sealed.append(b"".join((header, nonce, encrypt(nonce, plaintext, header + aad))))
        return sealed

    def open_many(self, keys: Sequence[bytes], blobs: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        self._check(keys)
        _check_whole(blobs)
        start, body, cipher = HEADER_BYTES, _BODY, self.cipher
        try:
            return [
                cipher(key).decrypt(blob[start:body], blob[body:], blob[:start] + aad)
                for key, blob, aad in zip(keys, blobs, aads, strict=True)
            ]
        except InvalidTag as broken:
            raise SealBroken from broken

    def seal_all(
        self, key: bytes, plaintexts: Sequence[bytes], aads: Sequence[bytes], *, version: int = 0
    ) -> list[bytes]:
        self._check((key,))
        header, encrypt = bytes((self.code, version)), self.cipher(key).encrypt
        return [
            b"".join((header, nonce, encrypt(nonce, plaintext, header + aad)))
            for (nonce,), plaintext, aad in zip(_nonces(len(plaintexts)), plaintexts, aads, strict=True)
        ]

    def open_all(self, key: bytes, blobs: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        self._check((key,))
        _check_whole(blobs)
        start, body, decrypt = HEADER_BYTES, _BODY, self.cipher(key).decrypt
        try:
            return [
                decrypt(blob[start:body], blob[body:], blob[:start] + aad)
                for blob, aad in zip(blobs, aads, strict=True)
            ]
        except InvalidTag as broken:
            raise SealBroken from broken

    def mac(self, key: bytes, data: bytes) -> bytes:
        return self.macer(key)(data)

    def macer(self, key: bytes) -> Callable[[bytes], bytes]:
        start = hmac.HMAC(key, self.hash).copy

        def mac(data: bytes) -> bytes:
            state = start()
            state.update(data)
            return state.finalize()

        return mac

    def digest(self, data: bytes) -> bytes:
        hasher = self.hasher()
        hasher.update(data)
        return hasher.finalize()

    def hasher(self) -> Hasher:
        return hashes.Hash(self.hash)

    def _check(self, keys: Sequence[bytes]) -> None:
        # AES would take 16 bytes without a word and seal with half the strength.
        if any(length != self.key_bytes for length in set(map(len, keys))):
            raise ValueError(f"a key of suite {self.name} has {self.key_bytes} bytes")


def _check_whole(blobs: Sequence[bytes]) -> None:
    # The algorithm would call a cut nonce a wrong argument. All else that can be wrong it finds itself.
    if min(map(len, blobs), default=OVERHEAD) < OVERHEAD:
        raise SealBroken


def _nonces(count: int) -> Iterator[tuple[bytes]]:
    # One system call for all nonces: asked for one by one they cost more than the encryption of a short row.
    return struct.iter_unpack(f"{NONCE_BYTES}s", os.urandom(NONCE_BYTES * count))


INTL: Final[CipherSuite] = _GcmSuite("intl", 1, 32, AESGCM, hashes.SHA256())
SM: Final[CipherSuite] = _GcmSuite("sm", 2, 16, _Sm4Gcm, hashes.SM3())

SUITES: Final[Mapping[str, CipherSuite]] = MappingProxyType({suite.name: suite for suite in (INTL, SM)})
_BY_CODE: Final[Mapping[int, CipherSuite]] = MappingProxyType({suite.code: suite for suite in SUITES.values()})


def suite_of(blob: bytes) -> CipherSuite:
    """The suite that sealed the blob. Raises `SealBroken` for one of no suite."""
    try:
        return _BY_CODE[blob[0]]
    except LookupError as unknown:
        raise SealBroken from unknown


def key_version_of(blob: bytes) -> int:
    """The key version that its maker wrote into the blob; trusted only once the blob has been opened."""
    if len(blob) < OVERHEAD:
        raise SealBroken
    return blob[1]
