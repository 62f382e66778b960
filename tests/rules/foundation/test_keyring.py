import base64
import json
import traceback

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengxin.foundation.ciphers import SealBroken, key_version_of
from chengxin.foundation.keyring import Keyring, KeyringUnreadable, RotationUnfinished

BOTH = pytest.mark.parametrize("profile", ["intl", "sm"])


@BOTH
def test_the_document_gives_the_same_keyring_back(profile: str) -> None:
    ring = Keyring.create(profile)
    again = Keyring.read(ring.content())
    assert again.content() == ring.content()
    assert again.unwrap(ring.wrap(b"k" * 32, b"owner"), b"owner") == b"k" * 32
    assert again.index(b"number", "identity") == ring.index(b"number", "identity")
    assert again.commit(b"row") == ring.commit(b"row")
    assert again.verifying_keys() == ring.verifying_keys()


def test_two_keyrings_have_nothing_in_common() -> None:
    one, other = Keyring.create(), Keyring.create()
    assert one.index(b"number", "identity") != other.index(b"number", "identity")
    assert one.commit(b"row") != other.commit(b"row")
    with pytest.raises(SealBroken):
        other.unwrap(one.wrap(b"k" * 32, b""), b"")


def _document(**changes: object) -> str:
    return json.dumps(json.loads(Keyring.create().content()) | changes)


_SHORT = {"1": base64.b64encode(b"k" * 31).decode()}
_KEY = base64.b64encode(b"k" * 32).decode()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "not a keyring"),
        ("[]", "not a keyring"),
        ("{}", "not a keyring"),
        (_document(profile="rot13"), "profile"),
        (_document(master=_SHORT), "master"),
        (_document(index={}), "index"),
        (_document(index={"1": "%%%"}), "not a keyring"),
        (_document(index={"one": _KEY}), "not a keyring"),
        (_document(master={"0": _KEY}), "master"),
        (_document(master={"256": _KEY}), "master"),
        (_document(master=dict.fromkeys("123", _KEY)), "master"),
        (_document(commit=dict.fromkeys("12", _KEY)), "commit"),
        (_document(more={"1": _KEY}), "exactly"),
    ],
)
def test_a_wrong_document_is_named_without_its_keys(content: str, named: str) -> None:
    with pytest.raises(KeyringUnreadable, match=named) as told:
        Keyring.read(content)
    said = "".join(traceback.format_exception(told.value))
    assert all(key not in said for part in json.loads(content or "[]") for key in (_KEY, str(part) * 9))
    assert told.value.__cause__ is None


@BOTH
def test_nothing_prints_a_key(profile: str) -> None:
    ring = Keyring.create(profile)
    parts = [part for name, part in json.loads(ring.content()).items() if name != "profile"]
    assert all(key not in f"{ring!r} {ring}" for part in parts for key in part.values())


@BOTH
def test_a_wrapped_key_is_bound_to_its_owner_and_version(profile: str) -> None:
    ring = Keyring.create(profile)
    blob = ring.wrap(b"k" * 32, b"owner")
    assert key_version_of(blob) == ring.master_version == 1
    with pytest.raises(SealBroken):
        ring.unwrap(blob, b"another")
    with pytest.raises(SealBroken):
        ring.unwrap(bytes((blob[0], 2)) + blob[2:], b"owner")


@BOTH
def test_while_the_master_key_rotates_both_versions_open_and_the_new_one_wraps(profile: str) -> None:
    old = Keyring.create(profile)
    new = old.rotate_master()
    before, after = old.wrap(b"a" * 32, b"1"), new.wrap(b"b" * 32, b"2")
    assert (key_version_of(after), new.master_version) == (2, 2)
    assert new.unwrap_many([before, after, before], [b"1", b"2", b"1"]) == [b"a" * 32, b"b" * 32, b"a" * 32]
    assert not new.is_current(before)
    assert new.is_current(after)
    with pytest.raises(RotationUnfinished):
        new.rotate_master()
    retired = new.retire_master()
    assert retired.unwrap(after, b"2") == b"b" * 32
    with pytest.raises(SealBroken, match="missing_master_versions"):
        retired.unwrap(before, b"1")
    assert retired.rotate_master().master_version == 3


@BOTH
def test_while_the_index_key_rotates_look_ups_have_both(profile: str) -> None:
    old = Keyring.create(profile)
    new = old.rotate_index()
    was, now = old.index(b"number", "identity"), new.index(b"number", "identity")
    assert was != now
    assert new.index_all(b"number", "identity") == {1: was, 2: now}
    assert new.indexer("identity", 1)(b"number") == was
    with pytest.raises(RotationUnfinished):
        new.rotate_index()
    retired = new.retire_index()
    assert retired.index_all(b"number", "identity") == {2: now}
    with pytest.raises(KeyError):
        retired.indexer("identity", 1)


def test_rotating_one_key_leaves_the_others() -> None:
    ring = Keyring.create()
    for rotated in (ring.rotate_master(), ring.rotate_index(), ring.rotate_signing()):
        assert rotated.commit(b"row") == ring.commit(b"row")
        assert rotated.index_all(b"number", "x")[1] == ring.index(b"number", "x")
        assert rotated.unwrap(ring.wrap(b"k" * 32, b""), b"") == b"k" * 32


def test_indexes_of_two_purposes_cannot_be_joined() -> None:
    ring = Keyring.create()
    values = [ring.index(b"number", "identity"), ring.index(b"number", "name"), ring.commit(b"number")]
    assert len(set(values)) == 3
    assert {len(value) for value in values} == {32}


def test_bound_functions_agree_with_the_plain_ones() -> None:
    ring = Keyring.create()
    index, commit = ring.indexer("identity"), ring.committer()
    for data in (b"", b"1", b"number" * 50):
        assert index(data) == ring.index(data, "identity")
        assert commit(data) == ring.commit(data)


def test_a_signature_holds_for_these_data_alone_and_outlives_rotation() -> None:
    ring = Keyring.create()
    signature = ring.sign(b"report")
    assert len(signature) == 65
    Ed25519PublicKey.from_public_bytes(ring.verifying_keys()[1]).verify(signature[1:], b"report")
    assert ring.verify(signature, b"report")
    assert not ring.verify(signature, b"another report")
    for bit in range(len(signature) * 8):
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert not ring.verify(bytes(changed), b"report")
    assert not ring.verify(b"", b"report")
    rotated = ring.rotate_signing().rotate_signing()
    assert rotated.verify(signature, b"report")
    assert rotated.sign(b"report")[0] == 3
    assert not ring.verify(rotated.sign(b"report"), b"report")
