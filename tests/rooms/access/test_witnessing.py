"""Anybody may cosign a checkpoint of ours; nothing else is taken, and strangers crowd nobody out."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from chengxin.access import facade as access
from chengxin.access.actions.witnessing import MOST_STRANGERS
from chengxin.access.models import LogCosignature
from chengxin.access.rules import notes
from chengxin.access.terms import CheckpointUnknown, CosignaturesFull, CosignatureUnreadable
from tests.people import NOW
from tests.rooms.access.test_sequencing import queue


class Witness:
    """Somebody outside with a key of their own."""

    def __init__(self, name: str = "witness.invalid") -> None:
        self.private = Ed25519PrivateKey.generate()
        self.key = notes.NoteKey(name, notes.WITNESS_KEY, self.private.public_key().public_bytes_raw())

    def cosign(self, content: str, seconds: int = 1_780_000_000) -> str:
        note = notes.note_of(content)
        signature = seconds.to_bytes(8, "big") + self.private.sign(notes.cosigned_text(note.text, seconds))
        return content + notes.NoteSignature(self.key.name, self.key.id, signature).line()


@pytest.fixture(autouse=True)
def checkpoint() -> str:
    queue(1)
    access.sequence_log(at=NOW)
    return access.signed_checkpoint()


def test_a_cosignature_is_served_with_its_checkpoint(checkpoint: str) -> None:
    witness = Witness()
    content = witness.cosign(checkpoint)
    taken = access.add_cosignature(key=witness.key.text(), content=content, at=NOW)
    assert taken.witness == witness.key.text()
    assert access.signed_checkpoint() == content
    assert notes.verified(notes.note_of(access.signed_checkpoint(taken.size)), witness.key)


def test_again_changes_nothing(checkpoint: str) -> None:
    witness = Witness()
    for seconds in (1_780_000_000, 1_780_000_009):
        access.add_cosignature(key=witness.key.text(), content=witness.cosign(checkpoint, seconds), at=NOW)
    assert access.signed_checkpoint() == witness.cosign(checkpoint)


def test_an_older_checkpoint_may_be_cosigned_too(checkpoint: str) -> None:
    queue(1)
    access.sequence_log(at=NOW)
    witness = Witness()
    taken = access.add_cosignature(key=witness.key.text(), content=witness.cosign(checkpoint), at=NOW)
    assert taken.size < access.log_state().size
    assert access.signed_checkpoint(taken.size) == witness.cosign(checkpoint)


def test_another_text_is_not_our_checkpoint(checkpoint: str) -> None:
    """A fork that carries our name and size is told apart by its text, whoever cosigned it."""
    witness = Witness()
    head = notes.head_of(notes.note_of(checkpoint).text)
    for other in (
        notes.Head(head.origin, head.size, bytes(32)),
        notes.Head(head.origin, head.size + 1, head.root),
        notes.Head("other.invalid/log", head.size, head.root),
    ):
        forked = witness.cosign(notes.Note(other.text(), notes.note_of(checkpoint).signatures).content())
        with pytest.raises(CheckpointUnknown):
            access.add_cosignature(key=witness.key.text(), content=forked, at=NOW)


def test_what_does_not_verify_is_not_taken(checkpoint: str) -> None:
    witness, other = Witness(), Witness()
    good = witness.cosign(checkpoint)
    ours = access.log_keys()[0].text()
    same_name = good.replace(notes.note_of(good).signatures[-1].line(), "")
    for key, content in (
        (other.key.text(), good),
        (ours, checkpoint),
        ("nonsense", good),
        (witness.key.text(), checkpoint),
        (witness.key.text(), same_name),
        (witness.key.text(), "nonsense"),
        (witness.key.text(), "nonsense\n\n— a AAAAAAAA\n"),
        (witness.key.text(), good[:-10] + "AAAAAAAA=\n"),
    ):
        with pytest.raises(CosignatureUnreadable):
            access.add_cosignature(key=key, content=content, at=NOW)
    assert access.signed_checkpoint() == checkpoint


def test_strangers_are_bounded_and_crowd_out_no_witness_we_know(checkpoint: str) -> None:
    for number in range(MOST_STRANGERS):
        stranger = Witness(f"stranger-{number}.invalid")
        access.add_cosignature(key=stranger.key.text(), content=stranger.cosign(checkpoint), at=NOW)
    late = Witness()
    with pytest.raises(CosignaturesFull):
        access.add_cosignature(key=late.key.text(), content=late.cosign(checkpoint), at=NOW)
    with override_settings(CHENGXIN_LOG_WITNESSES=[late.key.text()]):
        access.add_cosignature(key=late.key.text(), content=late.cosign(checkpoint), at=NOW)
    first = notes.note_of(access.signed_checkpoint()).signatures[1]
    assert first.name == late.key.name, "those we know come first"
    assert LogCosignature.objects.filter(size=access.log_state().size).count() == MOST_STRANGERS + 1
