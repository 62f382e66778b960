"""From a department's file to letters in the print house's folder: the real intake, one row of the queue, one letter each."""

from __future__ import annotations

from pathlib import Path

from django.test import override_settings

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation import clock, jobs, outbox
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Dispatch
from chengxin.foundation.outbox import ChannelKind, State
from tests.people import NOW
from tests.rooms.collection.making import hand_in, make_decision, make_supplier, person_of


def test_an_answered_batch_is_told_to_each_of_its_persons(tmp_path: Path) -> None:
    supplier = make_supplier()
    decisions = [make_decision(supplier) for _ in range(4)]
    with override_settings(CHENGXIN_LETTERS=str(tmp_path)), clock.set_for_tests(NOW):
        hand_in(supplier, *decisions)
        (row,) = Dispatch.objects.using("owner").all()
        assert (row.channel, row.state, row.notice_id) == ("every", Dispatch.State.WAITING, None)
        jobs.run_waiting()
        # the same file again changes nothing, and tells nobody anything
        hand_in(supplier, *decisions)
        jobs.run_waiting()
    letters = {file.stem: file.read_text() for file in tmp_path.rglob("*.html")}
    assert len(letters) == 4
    assert Dispatch.objects.using("owner").exclude(state=Dispatch.State.SENT).count() == 0
    for decision in decisions:
        person_id = person_of(decision)
        with as_person(person_id):
            (notice,) = outbox.notices_of(person_id)
            (look,) = access.looks_of(person_id, at=NOW)
        assert [step.state for step in notice.on(ChannelKind.LETTER)] == [State.SENDING, State.MADE]
        assert (look.purpose, look.entries, look.outcome) == (Purpose.SERVICE_OF_NOTICE, 1, "sent")
        page = letters[str(notice.uid)]
        for words in (decision.name, decision.number, "食品安全法", "3,000"):
            assert words in page, words
        assert decision.document not in page
        assert not any(other.number in page for other in decisions if other is not decision)
