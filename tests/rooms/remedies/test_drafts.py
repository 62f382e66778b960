"""What a person answered and has not sent: sealed, theirs alone, changed, thrown away, and over after thirty days."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from chengxin.foundation import clock
from chengxin.foundation.database import as_person
from chengxin.remedies import facade as remedies
from chengxin.remedies.jobs import forget_old_drafts
from chengxin.remedies.models import Draft
from tests.people import NOW
from tests.residents import Resident, make_resident

WORDS = {"who": "mine", "words": "那天我不在店里。"}
ABOUT = uuid4()


def answers(resident: Resident, *, days: int = 0) -> dict[str, str]:
    with as_person(resident.person_id):
        return remedies.draft_answers(resident.person_id, "objection", ABOUT, at=NOW + timedelta(days=days))


def test_it_is_kept_changed_and_thrown_away(resident: Resident) -> None:
    assert answers(resident) == {}
    remedies.keep_draft(resident.person_id, "objection", ABOUT, WORDS, at=NOW)
    assert answers(resident) == WORDS
    remedies.keep_draft(resident.person_id, "objection", ABOUT, {**WORDS, "what": "facts_wrong"}, at=NOW)
    assert answers(resident)["what"] == "facts_wrong"
    with as_person(resident.person_id):
        assert [one.flow for one in remedies.drafts_of(resident.person_id, at=NOW)] == ["objection"]
    remedies.drop_draft(resident.person_id, "objection", ABOUT)
    assert answers(resident) == {}


def test_it_is_over_after_thirty_days_and_goes_with_the_next_one(resident: Resident) -> None:
    remedies.keep_draft(resident.person_id, "objection", ABOUT, WORDS, at=NOW)
    assert answers(resident, days=29) == WORDS
    assert answers(resident, days=30) == {}
    remedies.keep_draft(resident.person_id, "repair", ABOUT, WORDS, at=NOW + timedelta(days=31))
    assert [row.flow for row in Draft.objects.using("owner").filter(person_id=resident.person_id)] == ["repair"]


def test_nobody_else_reads_it_and_the_table_holds_no_word_of_it(resident: Resident) -> None:
    remedies.keep_draft(resident.person_id, "objection", ABOUT, WORDS, at=NOW)
    assert answers(make_resident()) == {}
    (row,) = Draft.objects.using("owner").filter(person_id=resident.person_id)
    assert WORDS["words"].encode() not in bytes(row.sealed)


def test_what_nobody_sent_is_deleted_every_day(resident: Resident) -> None:
    remedies.keep_draft(resident.person_id, "objection", ABOUT, WORDS, at=NOW)
    remedies.keep_draft(resident.person_id, "repair", ABOUT, WORDS, at=NOW + timedelta(days=1))
    with clock.set_for_tests(NOW + timedelta(days=30)):
        assert forget_old_drafts() >= 1
    assert [row.flow for row in Draft.objects.using("owner").filter(person_id=resident.person_id)] == ["repair"]
