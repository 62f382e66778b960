"""Charter 5, attacked from inside: every page of officials, with every identifier there is, in every role that enters it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.http import HttpResponseBase

from chengxin.access.terms import Purpose
from chengxin.catalogue import facade as catalogue
from chengxin.collection import facade as collection
from chengxin.doors.entrance import Who
from chengxin.foundation import clock
from chengxin.foundation.models import Journal
from chengxin.offices import facade as offices
from chengxin.offices.terms import PERMISSIONS, Permission, Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Deed
from tests.charter.people import Target, make_target
from tests.charter.routes import Route, routes
from tests.doors.offering import Desk, desk
from tests.making import WHY, make_city, make_client, make_inquirer, make_official, mandate_of, official_of
from tests.people import NOW
from tests.remedies import paper
from tests.rooms.collection.making import Supplier, hand_in, make_decision, make_supplier

OFFICIALS = [route for route in routes() if route.entrance.who in {Who.OFFICIAL, Who.OPERATOR}]


@dataclass(frozen=True)
class Scene:
    """An office, a person it reported, and every identifier that an official might type."""

    supplier: Supplier
    target: Target
    held_name: str
    held_facts: str
    values: Mapping[str, list[object]]

    @property
    def secrets(self) -> list[str]:
        return [*self.target.secrets, self.held_name, self.held_facts]


@pytest.fixture(scope="module")
def scene(city: None) -> Iterator[Scene]:
    with clock.set_for_tests(NOW):
        supplier = make_supplier()
        target = make_target(supplier, 1)
        case = remedies.open_case(
            actor=target.actor, person_id=target.person_id, workflow="objection",
            about=About(AboutKind.IDENTITY, target.uid), deed=Deed(reason="不是我。"), at=NOW, reason="not_me",
        )  # fmt: skip
        handed_in = paper(target.actor, case)
        other_name = make_decision(
            supplier, document=target.decision.document, name="司马改名", facts="在河边出售未经检验的水桶三只。"
        )
        batch = hand_in(supplier, other_name)
        (held,) = collection.held_of_batch(batch.id)
        first = next(one for one in collection.batches_for(supplier.clerk, NOW) if one.uid != batch.uid)
        recall = collection.ask_recall(actor=supplier.clerk, batch_uid=first.uid, at=NOW, reason=WHY)
        edition = catalogue.editions()[0]
        uids: list[object] = [
            batch.uid, first.uid, held.uid, recall.uid, case.uid, edition.uid, target.uid, target.letter, target.person_id,
            target.account.id, supplier.office.uid, make_city().uid, official_of(supplier.clerk).uid, *_of_an_asker(),
        ]  # fmt: skip
        yield Scene(
            supplier, target, "司马改名", "在河边出售未经检验的水桶三只。",
            {
                "uid": uids,
                "mandate_uid": [mandate_of(supplier.clerk).uid],
                "job_id": [1, 2],
                "row_no": [1],
                "day": ["2026-05-31"],
                "item": ["penalty"],
                "code": ["penalty"],
                "source": ["o36"],
                "act": ["retry", "forward", "uphold", "agree"],
                "paper_id": [handed_in.paper_id],
                "format": ["csv", "xlsx"],
                "form": ["csv", "xlsx"],
            },
        )  # fmt: skip


MAY_TELL = {
    Permission.SEE_QUARANTINE: Purpose.IDENTITY_CHECK,
    Permission.DECIDE_QUARANTINE: Purpose.IDENTITY_CHECK,
    Permission.SEE_REMEDIES: Purpose.REMEDY_CASE,
}
"""Pages that tell something of a person -> what the look that each of them leaves is for."""


def _told_for(purpose: Purpose, scene: Scene) -> set[str]:
    """What may be told for a purpose. A case shows the decision that is contested, and not whose it is."""
    decision = scene.target.decision
    if purpose is Purpose.REMEDY_CASE:
        return {decision.number, decision.facts}
    return {decision.document, scene.held_name, scene.held_facts}


def _of_an_asker() -> list[object]:
    """An inquirer, a machine, and a suspension of its access."""
    inquirer, machine = make_inquirer(), make_client()
    stop = offices.suspend_access(
        actor=make_official(role=Role.ACCESS_SUPERVISOR), client_id=machine.id, ends_at=NOW + timedelta(days=90),
        notice="越权查询", at=NOW, reason=WHY,
    )  # fmt: skip
    return [official_of(inquirer).uid, machine.uid, stop.uid]


def roles_of(route: Route) -> list[Role]:
    """Who may enter it."""
    if route.entrance.permission is not None:
        return sorted(PERMISSIONS[route.entrance.permission])
    return [Role.OPERATOR] if route.entrance.who is Who.OPERATOR else [Role.CLERK, Role.IDENTITY_OFFICER, Role.AUDITOR]


@pytest.fixture(scope="module")
def desks(scene: Scene) -> dict[Role, list[Desk]]:
    """One official of each role; of clerks one in the office that sent the files, and one in another."""
    found = {role: [desk(role)] for role in Role}
    for role in (Role.CLERK, Role.SUPERVISOR_CLERK):
        found[role].append(desk(role, organisation=scene.supplier.office))
    return found


def addresses(route: Route, scene: Scene) -> Iterator[str]:
    choices = []
    for name in route.parameters:
        assert name in scene.values, f"/{route.pattern}: say in this test what stands for {name}"
        choices.append(scene.values[name])
    for chosen in itertools.product(*choices):
        yield route.address(dict(zip(route.parameters, chosen, strict=True)))


def text_of(answer: HttpResponseBase) -> str:
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type, attr-defined]
    return bytes(content).decode("utf-8", "ignore")


def reads_its_own_file(route: Route, one: Desk, scene: Scene) -> bool:
    """The supplier's own file goes back to its own clerks: what they sent, and no person's file (F9)."""
    return route.entrance.permission is Permission.READ_FILES and one.actor.organisation_id == scene.supplier.office.id


@pytest.mark.parametrize("route", OFFICIALS, ids=str)
def test_a_page_of_officials_shows_nothing_of_a_person_or_leaves_the_look(
    route: Route, scene: Scene, desks: dict[Role, list[Desk]]
) -> None:
    for one in (one for role in roles_of(route) for one in desks[role]):
        for address in addresses(route, scene):
            before = len(scene.target.looks())
            answer = one.client.get(address)
            told = [one for one in scene.secrets if one in text_of(answer) and one not in address]
            if not told or reads_its_own_file(route, one, scene):
                continue
            # an identity officer at a row that waits for a check (F9), and whoever works on what its person contests
            assert route.entrance.permission in MAY_TELL, (address, told)
            purpose = MAY_TELL[route.entrance.permission]
            assert set(told) <= _told_for(purpose, scene), told
            look, *_ = scene.target.looks()
            assert len(scene.target.looks()) == before + 1, address
            assert (look.actor_kind, look.organisation_id) == ("official", one.actor.organisation_id)
            assert look.purpose is purpose


def test_a_held_row_is_opened_by_a_look_its_person_sees_or_not_at_all(
    scene: Scene, desks: dict[Role, list[Desk]]
) -> None:
    """It opens by a reason that is sent, not by its address: what the pages above never do."""
    officer, address = desks[Role.IDENTITY_OFFICER][0], f"/quarantine/{scene.values['uid'][2]}/"
    before = scene.target.looks()
    for reason in ("", "  "):
        assert scene.held_name not in text_of(officer.client.post(address, {"reason": reason}))
    assert scene.target.looks() == before
    for count in (1, 2):
        assert scene.held_name in text_of(officer.client.post(address, {"reason": "核对身份"}))
        look, *_ = looks = scene.target.looks()
        assert len(looks) == len(before) + count, "each opening is a look of its own"
        assert (look.actor_kind, look.organisation_id) == ("official", officer.actor.organisation_id)
        assert look.purpose is Purpose.IDENTITY_CHECK
    journalled = Journal.objects.filter(act="open_held_row", thing_uid=scene.values["uid"][2], reason="核对身份")
    assert journalled.count() == 2


@pytest.mark.parametrize("route", OFFICIALS, ids=str)
def test_who_may_not_enter_is_told_nothing(route: Route, scene: Scene, desks: dict[Role, list[Desk]]) -> None:
    outside = [role for role in Role if role not in roles_of(route)]
    for one in (desks[role][0] for role in outside[:3]):
        for address in itertools.islice(addresses(route, scene), 3):
            answer = one.client.get(address)
            assert not [one for one in scene.secrets if one in text_of(answer) and one not in address], address
            assert answer.status_code in {403, 404, 405} or route.entrance.permission is None, (address, one.actor.role)


@pytest.mark.parametrize("route", [route for route in OFFICIALS if not route.parameters], ids=str)
def test_no_list_of_officials_can_be_asked_for_a_person(
    route: Route, scene: Scene, desks: dict[Role, list[Desk]]
) -> None:
    known = [scene.target.decision.name, scene.target.decision.document]
    asked = dict.fromkeys(("q", "search", "name", "number", "document", "person", "reason", "item"), known[1])
    for one in (one for role in roles_of(route) for one in desks[role][:1]):
        told = text_of(one.client.get(route.address({}), {**asked, "name": known[0]}))
        assert not [secret for secret in scene.secrets if secret in told and secret not in known], route.pattern


def test_no_permission_reads_a_file() -> None:
    """The table of what officials may do has no line for it; one lets a question be put, and the decision answers it."""
    assert len(Permission) > 20
    assert not [one for one in Permission if "person" in one.value or one.value in {"read_record", "see_record"}]
    assert PERMISSIONS[Permission.LOOK_UP] == {Role.INQUIRER}


def test_each_identifier_was_really_tried(scene: Scene) -> None:
    assert all(isinstance(value, UUID) for value in scene.values["uid"])
    assert len(set(scene.values["uid"])) == len(scene.values["uid"]) > 10
    assert len(OFFICIALS) > 15
