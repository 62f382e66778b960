import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives import hashes
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.foundation.ciphers import INTL, OVERHEAD, SM, SUITES, CipherSuite, SealBroken, key_version_of, suite_of

QUICK = settings(max_examples=60, deadline=None, database=None)
BOTH = pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES)


def unhex(*parts: str) -> bytes:
    return bytes.fromhex("".join(parts))


# ---- published vectors --------------------------------------------------------------------------------------------------

_MCGREW_KEY = unhex("feffe9928665731c6d6a8f9467308308" * 2)
_MCGREW_NONCE = unhex("cafebabefacedbaddecaf888")
_MCGREW_PLAIN = unhex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72",
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
)
_MCGREW_CIPHER = unhex(
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa",
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
)
# McGrew and Viega, The Galois/Counter Mode of Operation, appendix B: AES-256 with a nonce of 96 bits
AES_GCM = {
    13: (bytes(32), bytes(12), b"", b"", unhex("530f8afbc74536b9a963b4f1c4cb738b")),
    14: (
        bytes(32),
        bytes(12),
        bytes(16),
        b"",
        unhex("cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"),
    ),
    15: (_MCGREW_KEY, _MCGREW_NONCE, _MCGREW_PLAIN, b"", _MCGREW_CIPHER + unhex("b094dac5d93471bdec1a502270e3cc6c")),
    16: (
        _MCGREW_KEY,
        _MCGREW_NONCE,
        _MCGREW_PLAIN[:60],
        unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
        _MCGREW_CIPHER[:60] + unhex("76fc6ece0f4e1768cddf8853bb2d551b"),
    ),
}


@pytest.mark.parametrize("case", AES_GCM)
def test_aes_256_gcm_as_its_authors_published_it(case: int) -> None:
    key, nonce, plain, aad, sealed = AES_GCM[case]
    assert INTL.cipher(key).encrypt(nonce, plain, aad) == sealed
    assert INTL.cipher(key).decrypt(nonce, sealed, aad) == plain


def test_sm4_gcm_of_rfc_8998_appendix_a_1() -> None:
    key, nonce = unhex("0123456789abcdeffedcba9876543210"), unhex("00001234567800000000abcd")
    plain = unhex("".join(digit * 16 for digit in "abcdef"), "e" * 16, "a" * 16)
    aad = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = unhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735",
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
        "83de3541e4c2b58177e065a9bf7b62ec",
    )
    assert SM.cipher(key).encrypt(nonce, plain, aad) == sealed
    assert SM.cipher(key).decrypt(nonce, sealed, aad) == plain


# RFC 4231, 4.2, 4.3 and 4.7
HMAC_SHA_256 = [
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
]


@pytest.mark.parametrize(("key", "data", "expected"), HMAC_SHA_256)
def test_hmac_sha_256_of_rfc_4231(key: bytes, data: bytes, expected: str) -> None:
    assert INTL.mac(key, data).hex() == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_of_gb_t_32905_appendix_a(data: bytes, expected: str) -> None:
    assert SM.digest(data).hex() == expected


@pytest.mark.parametrize("key", [b"k", b"k" * 32, b"k" * 64, b"k" * 131])
def test_hmac_sm3_is_what_rfc_2104_defines(key: bytes) -> None:
    def sm3(data: bytes) -> bytes:
        state = hashes.Hash(hashes.SM3())
        state.update(data)
        return state.finalize()

    block = (sm3(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = sm3(bytes(byte ^ 0x36 for byte in block) + b"data")
    assert SM.mac(key, b"data") == sm3(bytes(byte ^ 0x5C for byte in block) + inner)


def test_sha_256_and_its_bulk_hmac_agree_with_the_standard_library() -> None:
    assert INTL.digest(b"data") == hashlib.sha256(b"data").digest()
    bound = INTL.macer(b"k" * 32)
    for data in (b"", b"a", b"data" * 100):
        assert bound(data) == hmac.digest(b"k" * 32, data, "sha256")


@BOTH
def test_a_digest_fed_in_pieces_is_the_same(suite: CipherSuite) -> None:
    hasher = suite.hasher()
    hasher.update(b"da")
    hasher.update(b"ta")
    assert hasher.finalize() == suite.digest(b"data")


# ---- sealed blobs -------------------------------------------------------------------------------------------------------


@BOTH
def test_a_blob_says_who_can_open_it(suite: CipherSuite) -> None:
    blob = suite.seal(suite.new_key(), b"content", b"place", version=7)
    assert (suite_of(blob), key_version_of(blob), len(blob)) == (suite, 7, len(b"content") + OVERHEAD)


@BOTH
@QUICK
@given(plain=st.binary(max_size=200), aad=st.binary(max_size=40), version=st.integers(0, 255))
def test_what_is_sealed_opens(suite: CipherSuite, plain: bytes, aad: bytes, version: int) -> None:
    key = suite.new_key()
    assert suite.open(key, suite.seal(key, plain, aad, version=version), aad) == plain


@BOTH
def test_no_bit_of_a_blob_can_change(suite: CipherSuite) -> None:
    key = suite.new_key()
    blob = suite.seal(key, b"content", b"place", version=7)
    for bit in range(len(blob) * 8):
        changed = bytearray(blob)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            suite.open(key, bytes(changed), b"place")


@BOTH
def test_a_blob_opens_only_whole_in_its_place_and_with_its_key(suite: CipherSuite) -> None:
    key = suite.new_key()
    blob = suite.seal(key, b"content", b"place")
    for cut in range(len(blob)):
        with pytest.raises(SealBroken):
            suite.open(key, blob[:cut], b"place")
    with pytest.raises(SealBroken):
        suite.open(key, blob, b"elsewhere")
    with pytest.raises(SealBroken):
        suite.open(suite.new_key(), blob, b"place")


def test_a_blob_of_the_other_suite_is_not_ours() -> None:
    key = SM.new_key()
    with pytest.raises(SealBroken):
        INTL.open(key * 2, SM.seal(key, b"content", b""), b"")
    for stray in (b"", b"\0" * 40, b"\x03" * 40):
        with pytest.raises(SealBroken):
            suite_of(stray)


@BOTH
def test_two_seals_of_one_content_differ(suite: CipherSuite) -> None:
    key = suite.new_key()
    assert len({suite.seal(key, b"content", b"") for _ in range(50)}) == 50
    assert len({blob[2:14] for blob in suite.seal_all(key, [b"content"] * 1000, [b""] * 1000)}) == 1000


@BOTH
def test_a_key_of_another_length_is_refused(suite: CipherSuite) -> None:
    for length in {16, 24, 32, 33} - {suite.key_bytes}:
        with pytest.raises(ValueError, match="bytes"):
            suite.seal(b"k" * length, b"content", b"")
        with pytest.raises(ValueError, match="bytes"):
            suite.seal_many([suite.new_key(), b"k" * length], [b"a", b"b"], [b"", b""])


# ---- bulk ---------------------------------------------------------------------------------------------------------------


@BOTH
def test_bulk_and_single_open_each_other(suite: CipherSuite) -> None:
    keys = [suite.new_key() for _ in range(20)]
    plains = [b"row %d" % row for row in range(20)]
    aads = [b"place %d" % row for row in range(20)]
    blobs = suite.seal_many(keys, plains, aads)
    assert [suite.open(*row) for row in zip(keys, blobs, aads, strict=True)] == plains
    singles = [suite.seal(*row) for row in zip(keys, plains, aads, strict=True)]
    assert suite.open_many(keys, singles, aads) == plains
    one = suite.seal_all(keys[0], plains, aads, version=3)
    assert suite.open_all(keys[0], one, aads) == plains
    assert {key_version_of(blob) for blob in one} == {3}
    assert suite.seal_many([], [], []) == suite.open_many([], [], []) == []


@BOTH
def test_one_broken_blob_breaks_the_bulk(suite: CipherSuite) -> None:
    keys = [suite.new_key() for _ in range(3)]
    blobs = suite.seal_many(keys, [b"a", b"b", b"c"], [b"", b"", b""])
    swapped = [blobs[0], blobs[2], blobs[1]]
    with pytest.raises(SealBroken):
        suite.open_many(keys, swapped, [b"", b"", b""])
    with pytest.raises(SealBroken):
        suite.open_all(keys[0], blobs, [b"", b"", b""])


@BOTH
def test_columns_of_different_lengths_are_refused(suite: CipherSuite) -> None:
    key = suite.new_key()
    with pytest.raises(ValueError, match=r"shorter|longer"):
        suite.seal_many([key, key], [b"a"], [b"", b""])
    with pytest.raises(ValueError, match=r"shorter|longer"):
        suite.open_all(key, [suite.seal(key, b"a", b"")], [])
