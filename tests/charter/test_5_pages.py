"""Charter 5 at the doors: no page of a person without its look, and nobody else behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.access.terms.asking import Asker
from chengxin.access.terms.consent import Choice
from chengxin.doors.entrance import Who
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records import facade as records
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Deed, PaperKind
from tests.charter.people import NAMED, Target, make_target
from tests.charter.routes import Route, routes
from tests.doors.signing import signed_in
from tests.making import WHY, make_account, make_organisation
from tests.mandates import help_by_code
from tests.people import NOW
from tests.remedies import PDF
from tests.rooms.collection.making import Supplier, make_supplier

RESIDENTS = [route for route in routes() if route.entrance.who is Who.RESIDENT]


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[Supplier]:
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def target(supplier: Supplier) -> Target:
    return make_target(supplier, 1)


@pytest.fixture(scope="module")
def other(supplier: Supplier) -> Target:
    return make_target(supplier, 2)


# ---- through the pages ---------------------------------------------------------------------------------------------


def values(route: Route, target: Target) -> dict[str, object]:
    """What stands for the parameters of a resident's address; a link that was sent to an address is nobody's here."""
    if route.name in {"my_look_ask", "my_look_contest"}:
        return {"uid": look_of_another(target)}
    if route.pattern.startswith("my/looks/"):
        return {"uid": proved_look(target)}
    if route.pattern.startswith("my/consents/"):
        return {"uid": consent_asked(target, given=route.name == "my_consent_receipt")}
    if route.pattern.startswith("my/matters/"):
        return {**NAMED, "uid": case_with_a_paper(target)}
    if route.name == "my_entry_appeal_question":
        return {**NAMED, "uid": target.uid, "step": "filing"}
    return {**NAMED, "uid": target.letter if route.pattern.startswith("my/letters/") else target.uid}


def case_with_a_paper(target: Target) -> UUID:
    """A complaint of this person, with a paper: it marks no entry."""
    found = remedies.cases_of(actor=target.actor, at=NOW)
    if found:
        return found[0].uid
    case = remedies.open_case(
        actor=target.actor, person_id=target.person_id, workflow="complaint", about=About(AboutKind.OFFICE),
        deed=Deed(reason=target.decision.facts), at=NOW, reason=WHY,
    )  # fmt: skip
    remedies.hand_in_paper(
        actor=target.actor, uid=case.uid, kind=PaperKind.EVIDENCE, title="a.pdf", content=PDF, at=NOW, reason=WHY
    )
    return case.uid


def consent_asked(target: Target, *, given: bool) -> UUID:
    """A bank's request to this person, answered with yes where a page needs that."""
    with as_person(target.person_id):
        held = access.consents_of(target.person_id)
    if not held:
        bank = make_organisation(kind="bank", at=NOW)
        access.ask_consent(
            actor=Actor(kind="client", organisation_id=bank.id, role="asker", client_id=uuid4()),
            asker=Asker(bank.id, bank.org_code, bank.kind, True, False, False, True, None, None),
            kind="01", number=target.decision.document, name=target.decision.name, purpose="credit_on_consent",
            scope=None, at=NOW, reason=WHY,
        )  # fmt: skip
        with as_person(target.person_id):
            held = access.consents_of(target.person_id)
    (consent,) = held
    if given and consent.answered_at is None:
        choice = Choice({"licence": consent.asked["licence"]}, True, None)
        access.give_consent(
            actor=target.actor,
            person_id=target.person_id,
            uid=consent.uid,
            choice=choice,
            address="",
            at=NOW,
            reason=WHY,
        )
    return consent.uid


def look_of_another(target: Target) -> UUID:
    """A look at this person's file by somebody else: the newest there is."""
    with as_person(target.person_id):
        found = access.looks_of(target.person_id, at=NOW, own=False)
        if found:
            return found[0].uid
        return access.log_look(
            actor=Actor(kind="system", name="curious"), person_id=target.person_id, purpose=Purpose.IDENTITY_CHECK,
            fields=("name",), at=NOW,
        )  # fmt: skip


def proved_look(target: Target) -> UUID:
    """The oldest look at this person's file, in the proof log."""
    if not target.looks():
        signed_in(target.account).get("/my/record/")
    access.sequence_log(at=NOW)
    return target.looks()[-1].uid


def refused(route: Route) -> set[int]:
    """How a link that is nobody's is answered, whoever opens it; a receipt of what was never sent; a statement never made."""
    if route.name in {"my_entry_receipt", "my_entry_statement_matter"}:
        return {404}
    return {403} if "token" in route.parameters else set()


@pytest.mark.parametrize("route", RESIDENTS, ids=str)
def test_nobody_else_enters_a_residents_page(route: Route, target: Target, other: Target) -> None:
    address = route.address(values(route, target))
    for client, expected in (
        (Client(), {302}),
        (signed_in(make_account(kind="resident")), {302}),
        (signed_in(make_account()), {403}),
    ):
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code in expected, (address, answer.status_code)
            assert not target.told_by(answer.content.decode())
    before = len(target.looks())
    stranger = signed_in(other.account)
    for method in (stranger.get, stranger.post):
        answer = method(address, headers={"Accept": "application/json"})
        assert not target.told_by(answer.content.decode()), address
        if route.parameters:
            assert answer.status_code in {404, 405, *refused(route)}, (address, answer.status_code)
    assert len(target.looks()) == before
    with as_person(target.person_id):
        assert not records.marks_of(target.person_id, known_at=NOW)


def test_a_mandate_opens_what_it_covers_and_nothing_once_it_is_over(target: Target, other: Target) -> None:
    """Every page of the person's, tried by who may read alone, by who may do all there is, and by both once it has ended."""
    named = {route: route.address(values(route, target)) for route in RESIDENTS}
    for scopes in (frozenset({Scope.READ}), frozenset(Scope)):
        given = help_by_code(target.actor, other.actor, scopes=scopes)
        holder = signed_in(other.account)
        holder.post(f"/my/mandates/{given.uid}/act/")
        for route, address in named.items():
            if route.entrance.by_mandate not in scopes:
                answer = holder.get(address)
                assert answer.status_code == HTTPStatus.FORBIDDEN, (address, scopes)
                # for whom they act stands in the banner of every page of theirs
                assert set(target.told_by(answer.content.decode())) <= {target.decision.name}, address
        persons.end_mandate(actor=target.actor, uid=given.uid, at=NOW, reason=WHY)
        looks = len(target.looks())
        for address in named.values():
            for method in (holder.get, holder.post):
                answer = method(address)
                assert answer.status_code == HTTPStatus.FORBIDDEN, address
                assert not target.told_by(answer.content.decode()), address
        assert len(target.looks()) == looks


@pytest.mark.parametrize("route", [route for route in RESIDENTS if route.parameters], ids=str)
def test_guessing_tells_nobody_whether_there_is_such_an_entry(route: Route, target: Target, other: Target) -> None:
    """Another's entry and one that never was are answered alike."""
    stranger = signed_in(other.account)
    theirs = stranger.get(route.address(values(route, target)))
    nobodys = stranger.get(route.address({**values(route, target), "uid": uuid4()}))
    assert theirs.status_code == nobodys.status_code
    asked = [str(values(route, target)["uid"]), nobodys.request["PATH_INFO"].split("/")[3]]
    assert _without(theirs.content, asked) == _without(nobodys.content, asked)


def _without(content: bytes, parts: list[str]) -> str:
    text = content.decode()
    for part in parts:
        text = text.replace(part, "")
    return "\n".join(line for line in text.splitlines() if "csrf" not in line.lower())


@pytest.mark.parametrize("route", RESIDENTS, ids=str)
def test_a_page_that_shows_something_leaves_one_look(route: Route, supplier: Supplier) -> None:
    mine = make_target(supplier, 3)
    client = signed_in(mine.account)
    address = route.address(values(route, mine))
    if route.name == "my_entry_receipt":
        client.post(f"/my/record/{mine.uid}/wrong/check/", {"about": "not_me"})
    before = len(mine.looks())
    answer = client.get(address)
    gained = len(mine.looks()) - before
    if answer.status_code == 200:
        assert gained == 1, address
        (look, *_) = mine.looks()
        assert look.own
        assert look.ground.law
    else:
        assert answer.status_code in {302, 405, *refused(route)}, address
        assert not mine.told_by(answer.content.decode())


@pytest.mark.parametrize("route", RESIDENTS, ids=str)
def test_where_the_look_cannot_be_written_nothing_is_shown(route: Route, supplier: Supplier) -> None:
    """The right to add looks is taken away: every page must fail rather than show."""
    mine = make_target(supplier, 4)
    client = signed_in(mine.account)
    client.raise_request_exception = False
    address = route.address(values(route, mine))
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT ON access_look FROM chengxin_web")
        try:
            answer = client.get(address)
        finally:
            cursor.execute("GRANT INSERT ON access_look TO chengxin_web")
    assert answer.status_code in {500, 405, 302, *refused(route)}, (address, answer.status_code)
    assert not mine.told_by(answer.content.decode()), address


@pytest.mark.parametrize("route", [route for route in routes() if not route.parameters], ids=str)
def test_no_page_searches(route: Route, target: Target) -> None:
    """Whatever is put into the question, nobody is found by it."""
    asked = {
        word: value
        for value, words in (
            (target.decision.name, ("q", "query", "search", "name", "filter", "s", "keyword")),
            (target.decision.document, ("number", "document", "id", "person", "document_number", "uid")),
        )
        for word in words
    }
    known = [target.decision.name, target.decision.document]
    for client in (Client(), signed_in(make_account())):
        answer = client.get(f"/{route.pattern}", asked)
        assert not target.told_by(answer.content.decode(), but=known), route.pattern


def test_the_log_leaves_nobody_out_however_many_looked(supplier: Supplier) -> None:
    mine = make_target(supplier, 6)
    with as_person(mine.person_id):
        for minute in range(230):
            access.log_look(
                actor=Actor(kind="system", name="curious"), person_id=mine.person_id, purpose=Purpose.IDENTITY_CHECK,
                fields=("name",), at=NOW - timedelta(minutes=minute),
            )  # fmt: skip
    client = signed_in(mine.account)
    shown = "".join(client.get(f"/my/looks/?page={page}").content.decode() for page in range(1, 6))
    assert shown.count("核对身份") == 230
    assert (
        sum(look["purpose"] == "identity_check" for look in client.get("/my/record/download/").json()["looks"]) == 230
    )


def test_the_log_says_of_an_officials_look_who_for_whom_and_on_which_law(target: Target, supplier: Supplier) -> None:
    officer = Actor(
        kind="official",
        account_id=uuid4(),
        official_id=uuid4(),
        organisation_id=supplier.office.id,
        role="identity_officer",
    )
    with as_person(target.person_id):
        access.log_look(
            actor=officer, person_id=target.person_id, purpose=Purpose.IDENTITY_CHECK, fields=("name",),
            at=NOW - timedelta(hours=1),
        )  # fmt: skip
    page = signed_in(target.account).get("/my/looks/").content.decode()
    assert supplier.office.name_zh in page
    assert "《个人信息保护法》第8条" in page
    told = signed_in(target.account).get("/my/record/download/").json()
    assert {look["organisation"] for look in told["looks"]} >= {supplier.office.name_zh}
    assert all(look["law"] and look["article"] and look["purpose"] for look in told["looks"])


def test_a_letter_of_something_gone_leaves_a_look_too(supplier: Supplier) -> None:
    """It still names its person."""
    mine = make_target(supplier, 5)
    letter, client = mine.letter, signed_in(mine.account)
    long_after = NOW + timedelta(days=20 * 365)
    before = len(mine.looks())
    with clock.set_for_tests(long_after):
        page = client.get(f"/my/letters/{letter}/")
        if page.status_code == 302:  # the session is older than its life: signed in anew
            page = signed_in(mine.account).get(f"/my/letters/{letter}/")
    assert page.status_code == 200
    assert mine.decision.name in page.content.decode()
    assert mine.decision.number not in page.content.decode()
    assert len(mine.looks()) == before + 1
