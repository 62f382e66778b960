"""The keys of the house: master, index, commitment and signing keys, with their rotation.

A keyring is a small JSON document, `{"profile": "intl", "master": {"1": base64}, "index": {...}, "commit": {...},
"signing": {...}}`. Master and index keys may be alive in two versions, so that a rotation can run while people work;
the highest version makes, both read. `commit` never rotates: commitments outlive what they speak of and are compared
for ever. `signing` keeps every version, because a signature is verified long after it was made.

Where the document comes from is the business of `source`.
"""

import base64
import json
import os
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from chengxin.foundation.ciphers import SUITES, CipherSuite, SealBroken, key_version_of, suite_of
from chengxin.kernel.errors import Conflict

MAC_KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 65
_SECTIONS: Final = ("master", "index", "commit", "signing")
_LAST_VERSION: Final = 255


class RotationUnfinished(Conflict):
    """Two versions of this key are alive already: finish that rotation before the next one."""

    code = "rotation_unfinished"


class KeyringUnreadable(ValueError):
    """The text is not a keyring. Its message names the part at fault and never shows a key."""


class Keyring:
    """An unchangeable set of keys with what is done with them. Rotation gives a new one."""

    __slots__ = ("_commit", "_indexers", "_keys", "index_version", "master_version", "profile", "suite")

    profile: str
    suite: CipherSuite
    master_version: int
    index_version: int

    def __init__(self, profile: str, keys: Mapping[str, Mapping[int, bytes]]) -> None:
        """Raises `KeyringUnreadable` where a part is missing, of the wrong length, or alive in too many versions."""
        if profile not in SUITES:
            raise KeyringUnreadable(f"profile must be one of {', '.join(SUITES)}")
        if set(keys) != set(_SECTIONS):
            raise KeyringUnreadable(f"a keyring has exactly the parts {', '.join(_SECTIONS)}")
        self.profile = profile
        self.suite = SUITES[profile]
        for section in _SECTIONS:
            self._check(section, keys[section])
        self._keys = {section: dict(keys[section]) for section in _SECTIONS}
        self.master_version = max(self._keys["master"])
        self.index_version = max(self._keys["index"])
        self._commit = self.suite.macer(self._keys["commit"][max(self._keys["commit"])])
        self._indexers: dict[tuple[str, int], Callable[[bytes], bytes]] = {}

    def _check(self, section: str, versions: Mapping[int, bytes]) -> None:
        length = self.suite.key_bytes if section == "master" else MAC_KEY_BYTES
        most = {"master": 2, "index": 2, "commit": 1, "signing": _LAST_VERSION}[section]
        if not 1 <= len(versions) <= most:
            raise KeyringUnreadable(f"{section} needs between 1 and {most} versions")
        if any(not 1 <= version <= _LAST_VERSION or len(key) != length for version, key in versions.items()):
            raise KeyringUnreadable(f"{section} needs versions 1 to {_LAST_VERSION} of {length} bytes each")

    def __repr__(self) -> str:
        return f"Keyring({self.profile}, master {self.master_version}, index {self.index_version})"

    # ---- the document -------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, profile: str = "intl") -> Self:
        """A keyring of fresh random keys, each in version 1."""
        if profile not in SUITES:
            raise KeyringUnreadable(f"profile must be one of {', '.join(SUITES)}")
        lengths = dict.fromkeys(_SECTIONS, MAC_KEY_BYTES) | {"master": SUITES[profile].key_bytes}
        return cls(profile, {section: {1: os.urandom(length)} for section, length in lengths.items()})

    @classmethod
    def read(cls, content: str) -> Self:
        """The keyring that `content` gave. Raises `KeyringUnreadable`."""
        try:
            document = json.loads(content)
            profile = document.pop("profile")
            keys = {
                section: {int(version): base64.b64decode(key, validate=True) for version, key in versions.items()}
                for section, versions in document.items()
            }
        except (ValueError, TypeError, AttributeError, KeyError):
            # The cause would carry the document, keys included, into a log.
            raise KeyringUnreadable("not a keyring: a JSON object of profile and base64 keys by version") from None
        return cls(profile, keys)

    def content(self) -> str:
        """The document, keys in clear: for a file of mode 0600, a vault or an escrow, nothing else."""
        keys = {
            section: {str(version): base64.b64encode(key).decode() for version, key in sorted(versions.items())}
            for section, versions in self._keys.items()
        }
        return json.dumps({"profile": self.profile, **keys}, indent=2) + "\n"

    # ---- rotation -----------------------------------------------------------------------------------------------

    def rotate_master(self) -> Self:
        """With a next master version, which wraps from now on. `keystore.rewrap_all` moves what the old one wrapped."""
        return self._with_next("master", self.suite.key_bytes)

    def rotate_index(self) -> Self:
        """With a next index version; look-ups use `index_all` until every row is indexed anew."""
        return self._with_next("index", MAC_KEY_BYTES)

    def rotate_signing(self) -> Self:
        """With a next signing version; earlier ones go on verifying."""
        return self._with_next("signing", MAC_KEY_BYTES)

    def retire_master(self) -> Self:
        """Without the older master version: what it still wraps can never be opened again."""
        return self._with("master", {self.master_version: self._keys["master"][self.master_version]})

    def retire_index(self) -> Self:
        """Without the older index version: rows still indexed under it can no longer be found."""
        return self._with("index", {self.index_version: self._keys["index"][self.index_version]})

    def _with_next(self, section: str, length: int) -> Self:
        alive = self._keys[section]
        if section != "signing" and len(alive) > 1:
            raise RotationUnfinished(key=section)
        return self._with(section, {**alive, max(alive) + 1: os.urandom(length)})

    def _with(self, section: str, versions: Mapping[int, bytes]) -> Self:
        return type(self)(self.profile, {**self._keys, section: versions})

    # ---- wrapping keys under the master key ----------------------------------------------------------------------

    def wrap(self, key: bytes, aad: bytes) -> bytes:
        """A key sealed under the current master key, bound to `aad`."""
        return self.wrap_many((key,), (aad,))[0]

    def unwrap(self, blob: bytes, aad: bytes) -> bytes:
        """The key that `wrap` sealed, under any master version alive. Raises `SealBroken`."""
        return self.unwrap_many((blob,), (aad,))[0]

    def wrap_many(self, keys: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        """`wrap` for two sequences of one length."""
        master = self._keys["master"][self.master_version]
        return self.suite.seal_all(master, keys, aads, version=self.master_version)

    def unwrap_many(self, blobs: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        """`unwrap` for two sequences of one length, of mixed master versions. Raises `SealBroken`."""
        versions = {key_version_of(blob) for blob in blobs}
        if not versions <= self._keys["master"].keys():
            raise SealBroken(missing_master_versions=sorted(versions - self._keys["master"].keys()))
        if len(versions) < 2:
            return [key for version in versions for key in self._opened(version, blobs, aads)]
        opened: dict[int, bytes] = {}
        for version in versions:
            rows = [row for row, blob in enumerate(blobs) if blob[1] == version]
            part = self._opened(version, [blobs[row] for row in rows], [aads[row] for row in rows])
            opened.update(zip(rows, part, strict=True))
        return [opened[row] for row in range(len(blobs))]

    def _opened(self, version: int, blobs: Sequence[bytes], aads: Sequence[bytes]) -> list[bytes]:
        return self.suite.open_all(self._keys["master"][version], blobs, aads)

    def is_current(self, blob: bytes) -> bool:
        """Whether a wrapped key needs no rewrapping: made by this suite under the highest master version."""
        return suite_of(blob).code == self.suite.code and key_version_of(blob) == self.master_version

    # ---- keyed hashes -------------------------------------------------------------------------------------------

    def index(self, data: bytes, purpose: str) -> bytes:
        """The blind index of `data` under the current index version, 32 bytes; other purposes give other values."""
        return self.indexer(purpose)(data)

    def index_all(self, data: bytes, purpose: str) -> Mapping[int, bytes]:
        """The blind index under each version alive: while a rotation runs, a look-up tries both."""
        return MappingProxyType({version: self.indexer(purpose, version)(data) for version in self._keys["index"]})

    def indexer(self, purpose: str, version: int | None = None) -> Callable[[bytes], bytes]:
        """`index` bound to one purpose (and version), for bulk. Raises KeyError for a version that is not alive."""
        wanted = (purpose, self.index_version if version is None else version)
        bound = self._indexers.get(wanted)
        if bound is None:
            key = self._keys["index"][wanted[1]]
            bound = self.suite.macer(self.suite.mac(key, b"purpose\0" + purpose.encode()))
            self._indexers[wanted] = bound
        return bound

    def commit(self, data: bytes) -> bytes:
        """The keyed commitment to `data`, 32 bytes: equal data show as equal, and nobody can guess them from it."""
        return self._commit(data)

    def committer(self) -> Callable[[bytes], bytes]:
        """`commit` as a bound function, for bulk."""
        return self._commit

    # ---- signatures ---------------------------------------------------------------------------------------------

    def sign(self, data: bytes) -> bytes:
        """Version (1 byte) ‖ Ed25519 signature (64). In profile `sm` too: SM2 needs a certified module."""
        version = max(self._keys["signing"])
        return bytes((version,)) + Ed25519PrivateKey.from_private_bytes(self._keys["signing"][version]).sign(data)

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether any of our signing versions signed exactly these data."""
        public = self.verifying_keys().get(signature[0]) if len(signature) == SIGNATURE_BYTES else None
        if public is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature[1:], data)
        except InvalidSignature:
            return False
        return True

    def verifying_keys(self) -> Mapping[int, bytes]:
        """The raw Ed25519 public key (32 bytes) of each signing version, to publish."""
        seeds = self._keys["signing"].items()
        return MappingProxyType(
            {v: Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() for v, seed in seeds}
        )
