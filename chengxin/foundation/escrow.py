"""Two-person escrow of the keyring: a sealed copy of it, and n shares of which any two open that copy.

One share alone tells nothing, not even with the sealed copy: it is a point of a random line over GF(256) whose value
at zero is the secret (Shamir 1979, threshold 2; field polynomial of FIPS 197). The sealed copy may lie with the
backups; the shares are printed and kept by different people.
"""

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chengxin.foundation.ciphers import CipherSuite, SealBroken, suite_of
from chengxin.kernel.errors import BadInput

MOST_SHARES: Final = 5
_PREFIX: Final = "CX"
_CHECK_BYTES: Final = 4
_SET_BYTES: Final = 3
_GROUP: Final = 5
_AAD: Final = b"chengxin keyring in escrow"


class SharesUnfit(BadInput):
    """These shares do not open the copy: two different, unspoilt shares of one split are needed."""

    code = "shares_unfit"


@dataclass(frozen=True, slots=True)
class Locked:
    """A sealed keyring and the printable shares of its key."""

    sealed: bytes
    shares: tuple[str, ...]


def lock(content: bytes, suite: CipherSuite, *, shares: int) -> Locked:
    """Seal a keyring's content under a key that exists only as `shares` (2 to 5) shares."""
    key = suite.new_key()
    return Locked(suite.seal(key, content, _AAD), split(key, shares=shares))


def unlock(sealed: bytes, shares: Sequence[str]) -> bytes:
    """The content that `lock` sealed. Raises `SharesUnfit` where two shares do not fit it or each other."""
    suite = suite_of(sealed)
    key = join(shares)
    try:
        return suite.open(key, sealed, _AAD)
    except (SealBroken, ValueError) as broken:
        raise SharesUnfit from broken


def split(secret: bytes, *, shares: int) -> tuple[str, ...]:
    """Shares of which any two give the secret back, as text to print: `CX` and groups of base32."""
    if not 2 <= shares <= MOST_SHARES:
        raise ValueError(f"between 2 and {MOST_SHARES} shares")
    values = secret + _check_of(secret)
    slopes = os.urandom(len(values))
    mark = os.urandom(_SET_BYTES)
    return tuple(
        _print(mark, x, bytes(value ^ _times(slope, x) for value, slope in zip(values, slopes, strict=True)))
        for x in range(1, shares + 1)
    )


def join(shares: Sequence[str]) -> bytes:
    """The secret from two shares (more are checked against them). Raises `SharesUnfit`."""
    points = {_read(share) for share in shares}
    if len({mark for mark, _, _ in points}) != 1 or len({x for _, x, _ in points}) != len(points) or len(points) < 2:
        raise SharesUnfit
    (_, x0, first), (_, x1, second), *others = sorted(points)
    if any(len(body) != len(first) for _, _, body in points):
        raise SharesUnfit
    slopes = [_over(a ^ b, x0 ^ x1) for a, b in zip(first, second, strict=True)]
    values = bytes(a ^ _times(slope, x0) for a, slope in zip(first, slopes, strict=True))
    for _, x, body in others:
        if body != bytes(value ^ _times(slope, x) for value, slope in zip(values, slopes, strict=True)):
            raise SharesUnfit
    secret, check = values[:-_CHECK_BYTES], values[-_CHECK_BYTES:]
    if check != _check_of(secret):
        raise SharesUnfit
    return secret


def _print(mark: bytes, x: int, body: bytes) -> str:
    line = mark + bytes((x,)) + body
    text = base64.b32encode(line + _check_of(line)).decode().rstrip("=")
    return "-".join((_PREFIX, *(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))))


def _read(share: str) -> tuple[bytes, int, bytes]:
    # A person types this from paper: blanks, case and the digits that base32 leaves out (0, 1, 8) are forgiven.
    text = "".join(share.upper().split()).replace("-", "").removeprefix(_PREFIX)
    text = text.translate(str.maketrans("018", "OIB"))
    try:
        line = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as garbled:
        raise SharesUnfit from garbled
    line, check = line[:-_CHECK_BYTES], line[-_CHECK_BYTES:]
    if check != _check_of(line) or len(line) <= _SET_BYTES + 1 + _CHECK_BYTES:
        raise SharesUnfit
    return line[:_SET_BYTES], line[_SET_BYTES], line[_SET_BYTES + 1 :]


def _check_of(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_CHECK_BYTES]


def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    exponents, logarithms, value = [0] * 255, [0] * 256, 1
    for power in range(255):
        exponents[power], logarithms[value] = value, power
        value ^= (value << 1) ^ (0x11B if value & 0x80 else 0)
    return tuple(exponents), tuple(logarithms)


_EXP, _LOG = _tables()


def _times(a: int, b: int) -> int:
    return _EXP[(_LOG[a] + _LOG[b]) % 255] if a and b else 0


def _over(a: int, b: int) -> int:
    return _EXP[(_LOG[a] - _LOG[b]) % 255] if a else 0
