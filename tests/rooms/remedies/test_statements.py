"""The person's own statement stands beside the entry and travels with it; two officials cover what it says of others."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered, AnsweredEntry
from chengxin.catalogue.terms import Operation
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import OrganisationView, Role
from chengxin.persons.terms import Scope
from chengxin.records import facade as records
from chengxin.records.models import Mark, Statement
from chengxin.records.terms import Audience, MarkKind
from chengxin.records.terms import Statement as Said
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions.effects import EFFECTS, ELSEWHERE
from chengxin.remedies.facade import WORKFLOWS
from chengxin.remedies.queries.figures import OFFICES_TURN
from chengxin.remedies.terms.cases import About, AboutKind, Case, Channel, Deed, Turn
from chengxin.remedies.terms.turns import turn_in
from chengxin.remedies.terms.wishes import StatementState
from chengxin.remedies.terms.workflows import Act, Effect
from tests.asking import consented, machine_of, make_bank, make_client, question
from tests.making import make_city, make_official
from tests.mandates import acting, help_by_code
from tests.people import NOW
from tests.remedies import AGAINST, step
from tests.residents import FOUNDED, Resident, give_penalty, make_resident

WORDS = "罚款我已经交了。\n当天看店的是邻居贺小满，她不知道要标价。"
COVERED = "罚款我已经交了。\n当天看店的是■■■，她不知道要标价。"
LATER = NOW + timedelta(days=1)
READING = frozenset({Scope.READ})


@pytest.fixture(scope="module")
def bank(in_town: None) -> Actor:
    return machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))


def write(resident: Resident, uid: UUID, words: str = WORDS, *, actor: Actor | None = None, **more: Any) -> Case:
    return remedies.open_case(
        actor=actor or resident.someone.actor, person_id=resident.person_id, workflow="statement",
        about=About(AboutKind.ENTRY, uid), act=Act.WRITE, deed=Deed(reason=words), reason="own_wish", **{"at": NOW, **more},
    )  # fmt: skip


def propose(case: Case, caseworker: Actor, *passages: str) -> Case:
    deed = Deed(reason="说到了别人。", letter=AGAINST, passages=passages)
    return step(caseworker, case, Act.PROPOSE_AGAINST, deed)


def own(resident: Resident, uid: UUID) -> Said | None:
    return access.own_entry(actor=resident.someone.actor, person_id=resident.person_id, named=uid, at=LATER)[
        0
    ].statement


def helped(resident: Resident, uid: UUID, scopes: frozenset[Scope]) -> list[Said | None]:
    """The statement as a helper with these scopes reads it, on the entry's page and in the record."""
    helper, person_id = make_resident().someone.actor, resident.person_id
    actor = acting(helper, help_by_code(resident.someone.actor, helper, scopes=scopes).uid)
    (version, *_) = access.own_entry(actor=actor, person_id=person_id, named=uid, at=NOW)
    in_record = access.own_file(actor=actor, person_id=person_id, at=NOW).entry(uid)
    assert in_record is not None
    return [version.statement, in_record.statement]


def others(resident: Resident, uid: UUID, audience: Audience = Audience.ASKER) -> Said | None:
    with as_person(resident.person_id):
        found = records.entry_for(resident.person_id, uid, audience, at=LATER)
    assert found is not None
    return found.statement


def told(bank: Actor, resident: Resident) -> tuple[AnsweredEntry, tuple[str, ...]]:
    """What a bank is told, and what the look it left names as returned."""
    answer = access.ask(actor=bank, question=question(resident), at=LATER)
    assert isinstance(answer, Answered)
    with as_person(resident.person_id):
        look = next(one for one in access.looks_of(resident.person_id, at=LATER) if one.uid == answer.look)
    return answer.entries[0], look.fields


def test_every_effect_is_carried_out_or_has_a_place_where_it_is() -> None:
    assert not set(EFFECTS) & set(ELSEWHERE)
    assert set(EFFECTS) | set(ELSEWHERE) == set(Effect)
    for effect, place in ELSEWHERE.items():
        assert pkgutil.resolve_name(f"chengxin.remedies.{place}"), effect


def test_whatever_lets_its_chief_or_everybody_know_waits_for_an_office_while_it_is_late() -> None:
    """So that it is among what ``offices_late`` lists from the first day on."""
    for flow in WORKFLOWS.values():
        for one in flow.steps:
            if {Effect.TELL_CHIEF, Effect.LIST_PUBLICLY} & set(one.effects) and one.act is Act.LAPSE:
                assert turn_in(one.source) in OFFICES_TURN | {Turn.RECIPIENT}, one


def test_it_stands_at_once_and_travels_to_whoever_asks(entry: tuple[Resident, UUID], bank: Actor) -> None:
    resident, uid = entry
    consented(resident, bank)
    before, fields = told(bank, resident)
    assert before.statement is None
    assert "penalty:own-statement" not in fields
    case = write(resident, uid)
    assert case.state == StatementState.STANDING
    assert case.words == ""  # they lie beside the entry, and nowhere else
    assert own(resident, uid) == others(resident, uid) == Said(WORDS, NOW)
    after, fields = told(bank, resident)
    assert after.statement == Said(WORDS, NOW)
    assert "penalty:own-statement" in fields
    assert before.fields == after.fields
    checked = access.ask(actor=bank, question=question(resident, operation=Operation.CHECK), at=LATER)
    assert not getattr(checked, "entries", ())


def test_a_new_version_of_the_entry_keeps_it(supplier: OrganisationView) -> None:
    resident = make_resident()
    placed = give_penalty(resident, supplier)
    write(resident, placed[1])
    give_penalty(resident, supplier, version=2, entry=placed, known_from=NOW + timedelta(hours=1))
    found = others(resident, placed[1])
    assert found == Said(WORDS, NOW)


def test_written_anew_it_takes_the_place_of_the_first_under_the_same_receipt(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    first = write(resident, uid)
    second = write(resident, uid, "钱已经交清。\r\n收据在家里。", at=NOW + timedelta(minutes=1))
    assert second.number == first.number
    assert others(resident, uid) == Said("钱已经交清。\n收据在家里。", NOW + timedelta(minutes=1))
    with as_person(resident.person_id):
        file = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)
    assert file[0].statement == Said(WORDS, NOW)


def test_empty_words_are_no_statement(entry: tuple[Resident, UUID]) -> None:
    with pytest.raises(Refusal, match="statement_empty"):
        write(*entry, "  ")
    assert remedies.cases_of(actor=entry[0].someone.actor, at=LATER) == []


def test_taken_back_it_is_gone_from_every_reader_and_may_be_written_again(
    entry: tuple[Resident, UUID], bank: Actor
) -> None:
    resident, uid = entry
    consented(resident, bank)
    done = step(resident.someone.actor, write(resident, uid), Act.TAKE_BACK)
    assert done.state == StatementState.TAKEN_BACK
    assert len(done.letters) == 1
    assert own(resident, uid) is others(resident, uid) is None
    assert told(bank, resident)[0].statement is None
    write(resident, uid, "还是想说一句。", at=NOW + timedelta(minutes=1))
    assert others(resident, uid) == Said("还是想说一句。", NOW + timedelta(minutes=1))


def test_whatever_they_ever_wrote_they_carry_away_and_nobody_else_reads(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    case = write(resident, uid)
    write(resident, uid, "钱已经交清。", at=NOW + timedelta(minutes=1))
    step(resident.someone.actor, case, Act.TAKE_BACK, at=NOW + timedelta(minutes=2))
    (told,) = json.loads(
        access.own_file_as_of(
            actor=resident.someone.actor, person_id=resident.person_id, shown_at=LATER, known_at=LATER, at=LATER
        )
    )["entries"]
    assert told["statement"] is None
    assert [one["text"] for one in told["written"]] == [WORDS, "钱已经交清。"]
    assert all(others(resident, uid, audience) is None for audience in (Audience.ASKER, Audience.ARCHIVE))


def test_two_officials_cover_what_it_says_of_others_and_its_person_reads_their_own(
    entry: tuple[Resident, UUID], bank: Actor, caseworker: Actor, second: Actor
) -> None:
    resident, uid = entry
    consented(resident, bank)
    case = write(resident, uid)
    proposed = propose(case, caseworker, "邻居贺小满")
    assert others(resident, uid) == Said(WORDS, NOW)  # as it was written, until it is decided
    assert proposed.events[-1].passages == ("邻居贺小满",)
    with pytest.raises(Refusal, match="not_your_act"):
        step(caseworker, case, Act.AGREE)
    agreed = step(second, case, Act.AGREE)
    assert agreed.state == StatementState.MASKED
    assert agreed.letters[0].draft.statement_offered
    assert others(resident, uid) == Said(COVERED, NOW, covered_at=NOW)
    assert own(resident, uid) == Said(COVERED, NOW, covered_at=NOW, own=WORDS)
    assert told(bank, resident)[0].statement == Said(COVERED, NOW, covered_at=NOW)
    for scopes, words in ((READING, None), (READING | {Scope.REMEDIES}, WORDS)):
        # who may write it for them reads what they wrote; who may only read, what everybody reads
        assert helped(resident, uid, scopes) == [Said(COVERED, NOW, covered_at=NOW, own=words)] * 2
    worked = remedies.case_for(actor=caseworker, uid=case.uid, at=LATER)
    assert "贺小满" not in str(replace(worked.case, events=worked.case.events[:1]))
    assert worked.entry is not None
    assert worked.entry.statement == others(resident, uid)
    assert b"own" in access.own_file_as_of(
        actor=resident.someone.actor, person_id=resident.person_id, shown_at=LATER, known_at=LATER, at=LATER
    )
    # written anew it stands as written
    write(resident, uid, "钱已经交清。", at=NOW + timedelta(minutes=1))
    assert others(resident, uid) == Said("钱已经交清。", NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("passages", "reason"),
    [
        ((), "cover_nothing_named"),
        (("邻居王小满",), "cover_not_word_for_word"),
        ((WORDS,), "cover_leaves_nothing"),
    ],
)
def test_nothing_else_is_covered(
    entry: tuple[Resident, UUID], caseworker: Actor, passages: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        propose(write(*entry), caseworker, *passages)


def test_nobody_takes_it_back_for_them_and_silence_covers_nothing(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor
) -> None:
    resident, uid = entry
    case = propose(write(resident, uid), caseworker, "邻居贺小满")
    for official in (caseworker, second):
        with pytest.raises(Refusal, match="not_your_act"):
            step(official, case, Act.TAKE_BACK)
        with pytest.raises(Refusal, match="not_your_words"):
            records.take_back_statement(
                actor=official, person_id=resident.person_id, uid=uid, at=NOW, reason="office_wish"
            )
        with pytest.raises(Refusal, match="not_your_words"):
            records.mark_entry(
                actor=official, person_id=resident.person_id, uid=uid, kinds=(MarkKind.STATEMENT_ENDED,), at=NOW,
                reason="office_wish",
            )  # fmt: skip
    late = NOW + timedelta(days=30)
    assert remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=late).state == StatementState.STANDING
    with pytest.raises(Refusal, match="wrong_state"):
        step(second, case, Act.AGREE, at=late)
    assert others(resident, uid) == Said(WORDS, NOW)


def test_any_office_takes_it_in_and_no_other_person_does(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    clerk = make_official(role=Role.IDENTITY_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)
    case = write(resident, uid, actor=clerk, channel=Channel.TELEPHONE)
    assert others(resident, uid) == Said(WORDS, NOW)
    again = write(resident, uid, "再说一遍。", actor=clerk, channel=Channel.COUNTER, at=NOW + timedelta(minutes=1))
    assert again.number == case.number
    with pytest.raises(Refusal, match="not_your_file"):
        write(resident, uid, actor=make_resident().someone.actor)
    with pytest.raises(Refusal, match="not_your_file"):
        records.say_beside(
            actor=make_resident().someone.actor, person_id=resident.person_id, uid=uid, text="x", at=NOW, reason="x"
        )


def _row(resident: Resident, uid: UUID, **more: object) -> Statement:
    with as_person(resident.person_id):
        first = Statement.objects.get(person_id=resident.person_id)
    given: dict[str, Any] = {
        "statement_id": uuid4(), "version": 1, "at": NOW, "by_kind": "official", "by_id": uuid4(),
        "approved_by": uuid4(), "covers": first.statement_id, "sealed": b"x",
    }  # fmt: skip
    return Statement(person_id=resident.person_id, entry_id=first.entry_id, **{**given, **more})


ALONE = uuid4()
BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "by one": ({"by_id": ALONE, "approved_by": ALONE}, "records_statement_covered_by_two"),
    "by nobody else": ({"approved_by": None}, "records_statement_covered_by_two"),
    "by its person": ({"by_kind": "person"}, "records_statement_covered_by_two"),
    "of nothing": ({"covers": None}, "records_statement_covered_by_two"),
    "of another": ({"covers": uuid4()}, "records_statement_covers_one"),
    "beside nothing": ({"version": 9}, "records_statement_beside_an_entry"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_database_holds_each_promise(entry: tuple[Resident, UUID], broken: str) -> None:
    resident, uid = entry
    write(resident, uid)
    more, constraint = BROKEN[broken]
    with pytest.raises(DatabaseError, match=constraint), as_person(resident.person_id):
        _row(resident, uid, **more).save(force_insert=True)


def test_a_statement_is_ended_by_its_person_alone(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    write(resident, uid)
    with as_person(resident.person_id):
        mark = Mark.objects.get(person_id=resident.person_id, kind=int(MarkKind.STATED))
    mark.mark_id, mark.kind, mark.by_kind = uuid4(), int(MarkKind.STATEMENT_ENDED), "official"
    with (
        pytest.raises(DatabaseError, match="records_mark_statement_ended_by_its_person"),
        as_person(resident.person_id),
    ):
        mark.save(force_insert=True)


CHANGES: dict[str, Callable[[str], str]] = {
    "update": lambda table: f"UPDATE {table} SET sealed = 'x'",
    "delete": lambda table: f"DELETE FROM {table}",
    "truncate": lambda table: f"TRUNCATE {table}",
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("alias", ["default", "intake", "disposer", "owner"])
def test_no_role_changes_what_was_said(entry: tuple[Resident, UUID], alias: str, change: str) -> None:
    write(*entry)
    with (
        as_person(entry[0].person_id),
        pytest.raises(DatabaseError, match=r"permission denied|append-only|records_statement_stays_with_its_entry"),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(CHANGES[change]("records_statement"))


def test_row_security_shows_it_to_nobody_else_and_no_place_takes_another_s(entry: tuple[Resident, UUID]) -> None:
    resident, uid = entry
    write(resident, uid)
    stranger = make_resident()
    with as_person(stranger.person_id):
        assert not Statement.objects.exists()
    with pytest.raises(DatabaseError, match="row-level security"), as_person(stranger.person_id):
        _row(resident, uid, by_kind="person", approved_by=None, covers=None).save(force_insert=True)


def test_one_that_stands_is_no_work_that_waits(entry: tuple[Resident, UUID], caseworker: Actor) -> None:
    head = make_official(role=Role.OFFICE_HEAD, organisation=make_city(at=FOUNDED), at=FOUNDED)

    def waiting() -> int:
        return sum(count for _, count in remedies.desk_figures(head, since=NOW.date(), at=LATER).ages)

    before = waiting()
    case = write(*entry)
    assert waiting() == before
    propose(case, caseworker, "邻居贺小满")
    assert waiting() == before + 1
