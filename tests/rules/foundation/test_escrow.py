from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.foundation import escrow
from chengxin.foundation.ciphers import SUITES
from chengxin.foundation.escrow import SharesUnfit, join, lock, split, unlock
from chengxin.foundation.keyring import Keyring

QUICK = settings(max_examples=60, deadline=None, database=None)
SECRETS = st.binary(min_size=1, max_size=48)


@QUICK
@given(secret=SECRETS, shares=st.integers(2, 5))
def test_any_two_shares_give_the_secret(secret: bytes, shares: int) -> None:
    printed = split(secret, shares=shares)
    assert len(set(printed)) == shares
    for pair in combinations(printed, 2):
        assert join(pair) == join(pair[::-1]) == secret
    assert join(printed) == secret


def test_the_field_is_that_of_fips_197() -> None:
    # FIPS 197, 4.2: {57} x {83} = {c1} and {57} x {13} = {fe}
    assert escrow._times(0x57, 0x83) == 0xC1
    assert escrow._times(0x57, 0x13) == 0xFE
    for a in range(256):
        assert escrow._times(a, 1) == a
        for b in range(1, 256):
            assert escrow._over(escrow._times(a, b), b) == a


def test_one_share_fits_every_secret() -> None:
    # For one body byte, each of the 256 secrets is reached by exactly one slope: the byte tells nothing.
    for x in range(1, 6):
        assert len({0x42 ^ escrow._times(slope, x) for slope in range(256)}) == 256


def test_a_share_is_spread_over_all_values() -> None:
    bodies = [escrow._read(split(b"s", shares=2)[1])[2][0] for _ in range(2000)]
    assert len(set(bodies)) > 240


def test_shares_made_to_look_alike_are_noticed() -> None:
    one, other = split(b"secret", shares=2), split(b"secret", shares=2)
    mark, (_, x, body) = escrow._read(one[0])[0], escrow._read(other[1])
    with pytest.raises(SharesUnfit):
        join((one[0], escrow._print(mark, x, body)))


@QUICK
@given(secret=SECRETS, data=st.data())
def test_a_misread_share_is_noticed(secret: bytes, data: st.DataObject) -> None:
    first, second = split(secret, shares=2)
    places = [place for place, letter in enumerate(second) if letter != "-"][2:]
    place = data.draw(st.sampled_from(places[:-1]))
    letter = data.draw(st.sampled_from(sorted(set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") - {second[place]})))
    with pytest.raises(SharesUnfit):
        join((first, second[:place] + letter + second[place + 1 :]))


def test_it_may_be_typed_as_people_type() -> None:
    first, second = split(b"secret", shares=2)
    typed = second.lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("cx", "CX", 1)
    assert join((f"  {first}\n", typed)) == b"secret"


def test_shares_that_do_not_belong_together_are_refused() -> None:
    one, other = split(b"secret", shares=3), split(b"secret", shares=3)
    for wrong in (
        (),
        one[:1],
        (one[0], one[0]),
        (one[0], other[1]),
        (one[0], ""),
        (one[0], "CX-AAAA"),
        (*one, other[0]),
    ):
        with pytest.raises(SharesUnfit):
            join(wrong)


@pytest.mark.parametrize("shares", [0, 1, 6])
def test_escrow_is_between_two_and_five_people(shares: int) -> None:
    with pytest.raises(ValueError, match="between 2 and 5"):
        split(b"secret", shares=shares)


@pytest.mark.parametrize("profile", SUITES)
def test_two_people_open_the_copy_and_nothing_less_does(profile: str) -> None:
    content = Keyring.create(profile).content().encode()
    locked = lock(content, SUITES[profile], shares=3)
    assert content not in locked.sealed
    assert unlock(locked.sealed, locked.shares[1:]) == content
    elsewhere = lock(content, SUITES[profile], shares=3)
    with pytest.raises(SharesUnfit):
        unlock(locked.sealed, elsewhere.shares)
    with pytest.raises(SharesUnfit):
        unlock(locked.sealed, locked.shares[:1])
    with pytest.raises(SharesUnfit):
        unlock(locked.sealed[:-1] + bytes((locked.sealed[-1] ^ 1,)), locked.shares)
