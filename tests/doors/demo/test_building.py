"""The demonstration's city, built through the real acts: each row comes out as the city says, each of the cast shows theirs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from chengxin.access import facade as access
from chengxin.access.terms.reviews import ReviewKind
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import EditionState
from chengxin.collection import facade as collection
from chengxin.collection.terms import Reason
from chengxin.collection.terms.batches import BatchState
from chengxin.doors.commands.refusals import FAULTS, REFUSED
from chengxin.doors.demo import bank, building, desks, machines, standing
from chengxin.doors.demo.casting import signed_in
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.making import LEAST_PEOPLE, TRIAL
from chengxin.doors.demo.city.mess import ACCEPTED, MESSES
from chengxin.doors.demo.city.offices import officials
from chengxin.doors.demo.founding import known_staff
from chengxin.doors.demo.signin import CAST_FILE, cast_list
from chengxin.doors.demo.standing import NOTE
from chengxin.doors.demo.states import act_out_every_state
from chengxin.doors.telling import AGAINST, persons_desk
from chengxin.foundation import clock, jobs, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.facade import WORKFLOWS
from chengxin.remedies.terms.cases import Turn
from chengxin.remedies.terms.desks import Due, QueueAsk
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.doors.commands.calling import call
from tests.doors.offering import shown
from tests.doors.signing import signed_in as client_of
from tests.invented import SEED, Built, Silent, building_city

TOLD_TO_SUPPLIERS: dict[str, str] = {Reason.NAME_DISAGREES: "check_number", Reason.IDENTITY_CHANGE: "check_number"}
"""Which of the two it is would be an oracle on who has which number (F9)."""


@pytest.fixture(scope="module")
def built(city: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    with building_city(tmp_path_factory.mktemp("state")) as found:
        yield found


def test_every_row_comes_out_as_the_city_says(built: Built) -> None:
    for delivery in built.city.deliveries:
        told = Counter(TOLD_TO_SUPPLIERS.get(line.verdict, str(line.verdict)) for line in built.city.lines(delivery))
        answer = built.answers[delivery.number]
        assert answer.state is BatchState.ANSWERED
        met = Counter({ACCEPTED: answer.counts.accepted})
        for reason, _, rows in collection.refused_by_reason(answer.id):
            met[reason] += rows
        for reason, rows in collection.held_by_reason(answer.id):
            met[reason] += rows
        assert +met == told, delivery.file_name


def test_the_correction_changes_what_it_corrects_and_nothing_twice(built: Built) -> None:
    (correction,) = (one for one in built.city.deliveries if one.kind == "correction")
    counts = built.answers[correction.number].counts
    assert counts.changed > 0
    assert counts.same > 0
    assert counts.new == 0


def _person(key: str) -> UUID:
    one = cast.citizen(cast.resident(key))
    person_id = persons.person_by_document(one.kind, one.number)
    assert person_id is not None
    return person_id


def _statuses(key: str) -> Counter[Status]:
    person_id, at = _person(key), clock.now()
    with as_person(person_id):
        return Counter(entry.status for entry in records.entries_with_any_status(person_id, shown_at=at, known_at=at))


SITUATIONS = {
    "final": {Status.IN_FORCE: 3},
    "not_final": {Status.IN_FORCE: 1, Status.NOT_FINAL: 1},
    "minor": {Status.IN_FORCE: 1, Status.NOT_FINAL: 1},
    "court": {Status.IN_FORCE: 2},
    "objecting": {Status.IN_FORCE: 1, Status.FROZEN: 1},
    "namesake": {Status.IN_FORCE: 2},
    "declining": {Status.DECLINED: 2},
    "nothing": {},
    "ended": {Status.IN_FORCE: 1, Status.ENDED: 1},
    "under_check": {Status.IN_FORCE: 1},
    "recalled": {Status.IN_FORCE: 1, Status.RECALLED: 1},
    "corrected": {Status.IN_FORCE: 2, Status.SUPERSEDED: 1},
    "unserved": {Status.IN_FORCE: 1, Status.UNSERVED: 1},
    "foreign": {Status.IN_FORCE: 1},
    "unanswered": {Status.SILENT: 1},
    "rejected": {Status.NOT_FINAL: 1},
    "repaired": {Status.IN_FORCE: 1, Status.REPAIRED: 1},
}


def test_every_situation_is_held_to() -> None:
    assert set(SITUATIONS) == {one.key for one in cast.RESIDENTS if one.listed}


@pytest.mark.parametrize("key", SITUATIONS)
def test_each_of_the_cast_shows_their_situation(built: Built, key: str) -> None:
    assert _statuses(key) == SITUATIONS[key]


def test_no_notice_of_the_cast_lacks_anything(built: Built) -> None:
    """What lacks something serves nobody: the invented city would stand still."""
    against = 0
    for person_id in map(_person, SITUATIONS):
        with as_person(person_id), persons_desk(person_id, at=clock.now()) as desk:
            for notice in outbox.notices_of(person_id):
                against += notice.kind in AGAINST
                assert desk.lacks(notice) == ()
    assert against > len(SITUATIONS) / 2


def test_the_row_under_check_is_told_to_the_owner_of_its_number(built: Built) -> None:
    one = cast.citizen(cast.resident("under_check"))
    assert len(collection.under_check([(one.kind, one.number)], clock.now())) == 1


def test_the_sign_in_page_finds_everybody(built: Built) -> None:
    members = cast_list()
    assert [member.group for member in members] == ["residents"] * 17 + ["officials"] * len(cast.DESKS)
    accounts = {account.id: account for account in Account.objects.all()}
    at = clock.now()
    for member in members:
        account = accounts[member.account_id]
        assert account.is_active
        assert account.kind == member.kind
        assert member.line_zh
        assert member.line_en
        if member.kind == "resident":
            assert isinstance(persons.person_of_account(account.id), UUID)
        else:
            assert offices.actor_for(account, second_factor=True, at=at).role


def test_every_official_is_in_office_today(built: Built) -> None:
    staff, at = known_staff(), clock.now()
    assert {staff.acting(official.login, at).role for official in officials()} == {
        role for official in officials() for role in official.roles
    }


def test_every_inquirer_is_fit_to_ask_today(built: Built) -> None:
    staff, at = known_staff(), clock.now()
    for official in (one for one in officials() if "inquirer" in one.roles):
        standing = offices.asker_standing(staff.acting(official.login, at), at)
        assert standing.in_office
        assert standing.trained_until is not None
        assert standing.trained_until > at
        assert standing.own_document == offices.own_document_mark("01", official.document)


def test_something_waits_on_the_desks_of_second_persons(built: Built) -> None:
    staff, at = known_staff(), clock.now()
    assert len(offices.mandates_waiting(staff.acting("head_two", at), at)) == 1
    first = staff.acting("head_one", at)
    assert first.organisation_id is not None
    machine, working = offices.clients_of(first, first.organisation_id, at, below=True)
    machine, working = (machine, working) if machine.standing == "proposed" else (working, machine)
    assert (machine.standing, machine.proposed_by) == ("proposed", staff.acting("head_bank", at).official_id)
    assert (working.standing, working.approved_by) == ("in_force", first.official_id)
    assert len(collection.recalls_waiting(staff.acting("supervisor_market", at), at)) == 1
    (proposed,) = (one for one in catalogue.editions() if one.state is EditionState.PROPOSED)
    assert proposed.proposed_by != staff.acting("approver", at).official_id


def test_an_emergency_waits_for_a_review_and_an_order_of_silence_for_another_organisation(built: Built) -> None:
    staff, at = known_staff(), clock.now()
    supervisor, police = staff.acting("supervisor_access", at), staff.acting("inquirer_police", at)
    (review,) = access.reviews_for(supervisor, at)
    assert (review.kind, review.official_id) == (
        ReviewKind.EMERGENCY,
        staff.acting("inquirer_emergency", at).official_id,
    )
    (waiting,) = access.seals_to_decide(supervisor, at)
    assert waiting.organisation_id == police.organisation_id
    assert [one.closed_at for one in access.cases_for(police, at)] == [None, None]
    assert sum(one.orders for one in access.seals_by_month()) == 1
    helper = cast.citizen(cast.resident(desks.HELPER))
    person_id = persons.person_by_document(helper.kind, helper.number)
    assert person_id is not None
    with as_person(person_id):
        (look,) = [one for one in access.looks_of(person_id, at=at, own=False) if one.emergency]
    assert (look.outcome, look.fields) == ("shown", ("licence:XK_XKZS", "licence:XK_YXQZI"))


def test_the_banks_program_works_and_has_asked_somebody(built: Built) -> None:
    practice = machines.kept(bank.bank_folder())
    assert practice is not None
    client = offices.client_for(UUID(practice.client_id), clock.now())
    assert client is not None
    assert (client.standing, len(client.public_key or b"")) == ("in_force", 32)
    asked = {}
    for one in cast.RESIDENTS:
        citizen = cast.citizen(one)
        person_id = persons.person_by_document(citizen.kind, citizen.number)
        if person_id is not None:
            with as_person(person_id):
                asked[one.key] = [consent.organisation_id for consent in access.consents_of(person_id)]
    bank_id = client.organisation_id
    assert {key: found for key, found in asked.items() if found} == {bank.CUSTOMER: [bank_id], bank.REFUSED: [bank_id]}


def test_whom_the_bank_refused_a_loan_was_told_of_the_use(built: Built) -> None:
    """The look stands in his log with what was decided on it, his letter names it, and he may object to it."""
    citizen, at = cast.citizen(cast.resident(bank.REFUSED)), clock.now()
    person_id = persons.person_by_document(citizen.kind, citizen.number)
    assert person_id is not None
    with as_person(person_id):
        (use,) = access.uses_of(person_id).values()
        (notice,) = [one for one in outbox.notices_of(person_id) if one.kind == access.USED_AGAINST]
        held = {entry.uid for entry in records.entries_with_any_status(person_id, shown_at=at, known_at=at)}
    assert (use.decision, use.organisation_id) == (
        bank.DECISION,
        known_staff().acting("inquirer_bank", at).organisation_id,
    )
    assert {uid for uid, _ in use.entries} == held, "the licence and the court's listing, none of another's"
    account = Account.objects.get(id=signed_in(bank.REFUSED, at).account_id)
    page = shown(client_of(account), f"/my/letters/{notice.uid}/")
    assert all(told in page for told in (bank.DECISION, "诚安银行", "失信被执行人"))


def test_the_files_lie_where_a_visitor_finds_them(built: Built) -> None:
    assert (standing.city_folder() / TRIAL).is_file()
    assert standing.standing() == built.standing
    assert built.standing.entries > 0


@pytest.fixture
def shell(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on this module's databases; no server of the state folder's is started for it."""
    monkeypatch.setattr("chengxin.foundation.server.ensure_unless_named", lambda: None)


def _trial(*more: str) -> tuple[str, ...]:
    file = str(standing.city_folder() / TRIAL)
    return ("intake", "penalty", file, "--as", "clerk_market_regulation", "--reason", "a test", *more)


def test_a_dry_run_by_command_stores_nothing(built: Built, shell: None, capsys: pytest.CaptureFixture[str]) -> None:
    clerk = known_staff().acting("clerk_market_regulation", clock.now())
    before = len(collection.batches_for(clerk, clock.now(), limit=500))
    told = call(capsys, *_trial("--dry-run"))
    assert told.code == FAULTS
    assert f"{2 * len(MESSES)} rows" in told.out
    assert len(collection.batches_for(clerk, clock.now(), limit=500)) == before


def test_the_trial_file_by_command_comes_back_with_each_reason(
    built: Built, shell: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answer = tmp_path / "answer.csv"
    told = call(capsys, *_trial("--answer", str(answer)))
    assert told.code == FAULTS
    with answer.open(encoding="gb18030", newline="") as file:
        codes = [row[-2] for row in csv.reader(file)][1:]
    wanted = [line.verdict for line in built.city.trial()]
    assert [code if wanted[n] != ACCEPTED else code[: len(ACCEPTED)] for n, code in enumerate(codes)] == wanted
    assert all(code in told.out for code in codes if not code.startswith(ACCEPTED))
    again = call(capsys, *_trial())
    assert "31 accepted (31 of them known before)" in again.out


def test_nobody_hands_in_what_is_not_theirs(built: Built, shell: None, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(standing.city_folder() / TRIAL)
    told = call(capsys, "intake", "penalty", file, "--as", "clerk_court", "--reason", "a test")
    assert told.code == REFUSED
    assert "not_your_item" in told.err
    told = call(capsys, "intake", "penalty", file, "--as", "nobody", "--reason", "a test")
    assert told.code == REFUSED


def test_the_built_city_keeps_its_promises(built: Built, shell: None, capsys: pytest.CaptureFixture[str]) -> None:
    # no worker runs here: on a slow machine the looks of the morning would wait longer than is in time
    access.sequence_log(at=clock.now())
    told = call(capsys, "check-promises")
    broken = [line for line in told.out.splitlines() if "broken" in line and "[" in line]
    # the worker of this test sends no letters: what is stuck is only that nobody works
    assert all("stuck" in line for line in broken), told.out


def test_what_stands_is_neither_built_twice_nor_mixed(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengxin.foundation.prepare.prepare", lambda: None)
    monkeypatch.setattr(standing, "tear_down", lambda: None)
    again, new = building.ready(seed=SEED + 1, people=LEAST_PEOPLE, fresh=False, teller=Silent())
    assert (again, new) == (built.standing, False)
    with pytest.raises(standing.DatabaseInUse):
        building.ready(seed=SEED, people=LEAST_PEOPLE, fresh=True, teller=Silent())


def test_no_city_is_taken_down_where_people_are_real(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.CHENGXIN_PRACTICE", False)
    with pytest.raises(Refusal):
        standing.tear_down()
    with pytest.raises(Refusal):
        building.ready(seed=SEED, people=LEAST_PEOPLE, fresh=True, teller=Silent())
    assert machines.kept(bank.bank_folder()) is not None
    assert (standing.city_folder().parent / NOTE).exists()
    assert (standing.city_folder().parent / CAST_FILE).exists()


def test_cases_stand_in_every_state_of_their_stories(built: Built) -> None:
    staff, at = known_staff(), clock.now()
    queue = remedies.queue_for(staff.acting("cases", at), QueueAsk(), at)
    open_now = Counter((line.workflow, line.state) for line in queue.lines)
    assert open_now == {
        ("objection", "checking"): 2,  # one of them ran out unanswered: nobody wrote it down, and it is so
        ("objection", "forwarded"): 1,
        ("objection", "proposed"): 1,
        ("repair", "filed"): 1,
        ("repair", "accepted"): 1,
        ("complaint", "received"): 1,
        ("statement", "standing"): 1,
    }
    assert queue.counts[Due.OVERDUE] == 1
    silent = next(line for line in queue.lines if line.due_on and line.due_on < shanghai_day(at))
    assert remedies.case_for(actor=staff.acting("cases", at), uid=silent.uid, at=at).case.silent
    closed = remedies.public_figures(since=shanghai_day(at) - timedelta(days=30), at=at)
    assert closed["objection"].closed == {Outcome.FOR: 1, Outcome.AGAINST: 1, Outcome.NEITHER: 0}
    assert closed["repair"].found_right == 1
    assert {line.assigned_to for line in queue.lines} >= {
        staff.acting(one, at).official_id for one in ("cases", "cases_second")
    }


def test_a_neighbour_and_a_father_may_act_for_others(built: Built) -> None:
    for key, principal, kind in (("not_final", "钱玉珍", "helper"), ("repaired", "许小满", "parent")):
        one = cast.citizen(cast.resident(key))
        person_id = persons.person_by_document(one.kind, one.number)
        assert person_id is not None
        held = persons.mandates_held(person_id, at=clock.now())
        assert [(one.kind, one.in_force, persons.name_of_person(one.principal)) for one in held] == [
            (kind, True, principal)
        ]


def test_the_second_officer_finds_a_letter_to_decide_on(built: Built) -> None:
    staff, at = known_staff(), clock.now()
    queue = remedies.queue_for(staff.acting("cases_second", at), QueueAsk(turn=Turn.SECOND), at)
    (line,) = queue.lines
    assert Act.AGREE in remedies.acts_open(staff.acting("cases_second", at), line.uid, at=at)
    assert Act.AGREE not in remedies.acts_open(staff.acting("cases", at), line.uid, at=at)


def test_a_case_stands_in_every_state_of_every_workflow(built: Built) -> None:
    """None is set: each is reached by its own steps, or by a term that ran out. Last in this module: it fills the queues."""
    swept = jobs.waiting(remedies.SWEEP_SIBLINGS)
    act_out_every_state(known_staff(), clock.now())
    assert jobs.waiting(remedies.SWEEP_SIBLINGS) == swept, "what an example proves wrong pauses nobody else's entry"
    for flow in WORKFLOWS.values():
        for state in flow.states:
            if state is flow.first:
                continue
            one = cast.citizen(cast.resident(cast.example_key(flow.code, state.value)))
            person = Actor(kind="person", person_id=persons.person_by_document(one.kind, one.number))
            found = remedies.cases_of(actor=person, at=clock.now())
            (case,) = (one for one in found if one.workflow == flow.code)
            assert case.state == state.value, flow.code
            assert all(event.at <= clock.now() for event in case.events)
