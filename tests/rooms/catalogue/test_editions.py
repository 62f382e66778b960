"""An edition from proposal to force: two people, one date, never changed; the ledger's tables follow it."""

from __future__ import annotations

import hashlib
import threading
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import override_settings

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.models import Approval, Basis, Display, StoredEdition
from chengxin.catalogue.terms import (
    EditionFaulty,
    EditionState,
    EditionUnknown,
    Level,
    Reason,
)
from chengxin.foundation.models import Journal
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_uid
from chengxin.offices.terms import Reason as OfficeReason
from chengxin.offices.terms import Role
from tests.making import WHY, make_official
from tests.people import NOW
from tests.rooms.catalogue.making import another_national, approve, approver, keeper, propose, text_of

TODAY = date(2026, 6, 1)
LATER = NOW + timedelta(hours=1)


def test_what_is_stored_is_what_was_proposed() -> None:
    view = propose(another_national())
    row = StoredEdition.objects.get(uid=view.uid)
    assert view.digest == hashlib.sha256(canonical_json(row.content)).hexdigest()
    assert catalogue.edition_view(view.uid).edition == view.edition
    assert (row.level, row.proposed_at) == (Level.NATIONAL, NOW)
    assert Journal.objects.filter(thing_uid=view.uid, act="propose_edition", reason=WHY).count() == 1


def test_the_bases_of_an_approved_edition_are_written_down() -> None:
    view = approve(propose(another_national()), at=LATER)
    rows = {(row.law, row.article): row for row in Basis.objects.filter(edition__uid=view.uid)}
    assert rows["会计法", "47"].in_force_from == date(2024, 7, 1)
    assert rows["环境影响评价法", "20"].in_force_until == date(2026, 8, 15)
    assert rows["网络安全法", "71"].in_force_until == date(2026, 1, 1)


def test_who_proposes_does_not_approve() -> None:
    both = make_official(role=Role.CATALOGUE_KEEPER)
    view = propose(another_national(), by=both)
    with pytest.raises(Refusal) as stopped:
        approve(view, by=both)
    assert stopped.value.refused.reason == OfficeReason.PERMISSION_MISSING
    # nor does a person who proposed it under another mandate
    second = approver()
    row = StoredEdition.objects.get(uid=view.uid)
    twin = StoredEdition(
        level=row.level,
        code=row.code,
        content=row.content,
        digest=row.digest,
        in_force_from=row.in_force_from,
        proposed_at=row.proposed_at,
        proposed_by=second.official_id,
    )
    twin.save(force_insert=True)
    for act in (catalogue.approve_edition, catalogue.refuse_edition):
        with pytest.raises(Refusal) as stopped:
            act(actor=second, edition_uid=twin.uid, at=NOW, reason=WHY)
        assert stopped.value.refused.reason == Reason.SECOND_APPROVER_NEEDED


def test_decided_once() -> None:
    view = propose(another_national())
    approve(view)
    for again in (catalogue.approve_edition, catalogue.refuse_edition):
        with pytest.raises(Refusal) as stopped:
            again(actor=approver(), edition_uid=view.uid, at=LATER, reason=WHY)
        assert stopped.value.refused.reason == Reason.EDITION_DECIDED


def test_an_approved_code_is_taken() -> None:
    text = another_national()
    first, second = propose(text), propose(text)
    approve(first)
    with pytest.raises(Refusal) as stopped:
        approve(second)
    assert stopped.value.refused.reason == Reason.EDITION_TAKEN


def test_refused_for_good() -> None:
    view = propose(another_national())
    told = catalogue.refuse_edition(actor=approver(), edition_uid=view.uid, at=NOW, reason=WHY)
    assert told.state is EditionState.REFUSED
    before = Display.objects.count()
    with pytest.raises(Refusal) as stopped:
        approve(view)
    assert stopped.value.refused.reason == Reason.EDITION_DECIDED
    assert Display.objects.count() == before


def test_days_that_have_passed() -> None:
    with pytest.raises(Refusal) as stopped:
        propose(another_national(), start=TODAY - timedelta(days=1))
    assert stopped.value.refused.reason == Reason.STARTS_IN_PAST
    view = propose(another_national(), start=TODAY)
    with pytest.raises(Refusal) as stopped:
        approve(view, at=NOW + timedelta(days=1))
    assert stopped.value.refused.reason == Reason.STARTS_IN_PAST


def test_faults_stop_a_proposal() -> None:
    text = another_national().replace("nature: adverse", "nature: advers")
    with pytest.raises(EditionFaulty) as stopped:
        propose(text)
    assert stopped.value.data["faults"] == 3
    assert "advers" in str(stopped.value.data["first"])


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_act_without_a_reason(reason: str) -> None:
    view = propose(another_national())
    acts = [
        lambda: catalogue.propose_edition(actor=keeper(), file_name="f", text="", at=NOW, reason=reason),
        lambda: catalogue.approve_edition(actor=approver(), edition_uid=view.uid, at=NOW, reason=reason),
        lambda: catalogue.refuse_edition(actor=approver(), edition_uid=view.uid, at=NOW, reason=reason),
        lambda: catalogue.confirm_source(
            actor=approver(), edition_uid=view.uid, source="o36", evidence="x", at=NOW, reason=reason
        ),
    ]
    for act in acts:
        with pytest.raises(Refusal) as stopped:
            act()
        assert stopped.value.refused.reason == OfficeReason.REASON_MISSING


def test_permissions() -> None:
    view = propose(another_national())
    clerk = make_official(role=Role.CLERK)
    for act in (
        lambda: propose(another_national(), by=clerk),
        lambda: approve(view, by=clerk),
        lambda: catalogue.refuse_edition(actor=clerk, edition_uid=view.uid, at=NOW, reason=WHY),
        lambda: catalogue.confirm_source(
            actor=clerk, edition_uid=view.uid, source="o36", evidence="x", at=NOW, reason=WHY
        ),
    ):
        with pytest.raises(Refusal) as stopped:
            act()
        assert stopped.value.refused.reason == OfficeReason.PERMISSION_MISSING


def test_unknown_editions() -> None:
    for act in (catalogue.approve_edition, catalogue.refuse_edition):
        with pytest.raises(EditionUnknown):
            act(actor=approver(), edition_uid=new_uid(), at=NOW, reason=WHY)
    with pytest.raises(EditionUnknown):
        catalogue.edition_view(new_uid())


def test_production_refuses_until_each_weak_source_is_confirmed_by_name() -> None:
    view = propose(another_national())
    second = approver()
    with override_settings(CHENGXIN_PRACTICE=False):
        for source in view.unconfirmed:
            with pytest.raises(Refusal) as stopped:
                approve(view, by=second)
            assert stopped.value.refused.reason == Reason.SOURCES_UNCONFIRMED
            assert source.code in str(stopped.value.refused.data["sources"])
            for _ in range(2):
                told = catalogue.confirm_source(
                    actor=second, edition_uid=view.uid, source=source.code, evidence="公报第1号", at=NOW, reason=WHY
                )
            assert source.code not in {one.code for one in told.unconfirmed}
        assert told.unconfirmed == ()
        assert approve(view, by=second).state is EditionState.APPROVED
    with pytest.raises(Refusal) as stopped:
        catalogue.confirm_source(
            actor=second, edition_uid=view.uid, source="statutes", evidence="x", at=NOW, reason=WHY
        )
    assert stopped.value.refused.reason == Reason.SOURCE_UNKNOWN


def test_two_approvers_at_once() -> None:
    view = propose(another_national())
    told: list[str] = []
    gate = threading.Barrier(2)
    people = [approver(), approver()]

    def act(number: int) -> None:
        gate.wait()
        try:
            told.append(approve(view, by=people[number]).state.value)
        except Refusal as stopped:
            told.append(stopped.refused.reason)
        finally:
            connections.close_all()

    both = [threading.Thread(target=act, args=(number,)) for number in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["approved", Reason.EDITION_DECIDED]
    assert Approval.objects.filter(edition__uid=view.uid).count() == 1


def test_the_law_of_the_edition_in_force() -> None:
    text = another_national()
    code = approve(propose(text)).code
    city = text_of("yunchuan").replace("yunchuan-2026", "yunchuan-test").replace("national-2026-unofficial", code)
    approve(propose(city), at=LATER)
    merged = catalogue.edition_on(TODAY)
    local = "《云川市社会信用条例》第十八条"
    assert catalogue.citations_standing_on(local, [TODAY], merged).value == "in_force"
    assert catalogue.citations_standing_on(local, [TODAY]).value == "unknown_law"
    assert catalogue.basis_in_force("云川市社会信用条例", "18", TODAY, merged)
    assert not catalogue.basis_in_force("云川市社会信用条例", "18", date(2025, 12, 31), merged)
    assert catalogue.item_basis_standing(merged.items["city_moral_model"], TODAY, merged).value == "in_force"
    assert {date(2026, 8, 15), date(2026, 1, 1)} <= set(catalogue.law_turns(merged))
