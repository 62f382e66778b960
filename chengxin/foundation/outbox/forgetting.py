"""What the outbox still has to say to an erased person is not said: queued sending, and letters not yet posted."""

from __future__ import annotations

from uuid import UUID

from chengxin.foundation.database import as_person
from chengxin.foundation.models.outbox import Dispatch, Letter
from chengxin.foundation.outbox.letters import letter_folder


def forget_person(person_id: UUID) -> int:
    """Take the person's unsent notices off the queue and their letters out of the folder. Gives how many letters.

    A letter given to the post has left the house; its line says numbers and days alone, and goes with the receipt.
    In the current transaction of ``default``; a file goes even where that is rolled back: better unprinted than kept.
    """
    folder = letter_folder()
    with as_person(person_id):
        Dispatch.objects.filter(person_id=person_id).delete()
        letters = Letter.objects.filter(person_id=person_id, posted_on__isnull=True)
        if folder is not None:
            for uid in letters.values_list("uid", flat=True):
                folder.remove(uid)
        gone, _ = letters.delete()
    return gone
