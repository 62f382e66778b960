"""Figures for a chief and for everybody, and recipients who acknowledge."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from chengxin.doors.telling_offices import tell_heads, tell_recipient
from chengxin.foundation import actors, clock
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.offices.models import Organisation
from chengxin.offices.terms import OrganisationView, Role, Tier
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions.silence import write_silence
from chengxin.remedies.models import Docket, Recipient
from chengxin.remedies.queries.cases import person_of_case
from chengxin.remedies.rules.workflows import OURS
from chengxin.remedies.terms.cases import About, AboutKind, Case, Channel, Deed, Turn
from chengxin.remedies.terms.desks import Overturned, RecallUnknown, Tally
from chengxin.remedies.terms.unnamed import Concern
from chengxin.remedies.terms.workflows import Act
from tests.doors.offering import Desk, desk, refused, said_wrong, sent, shown
from tests.doors.remedies.conftest import Contested, Town
from tests.making import make_organisation
from tests.people import NOW
from tests.remedies import FOR, later, step

TODAY = shanghai_day(NOW)


def test_a_chief_sees_ages_lateness_overturned_and_desks_and_nobody_is_ranked(
    town: Town, head: Desk, contested: Contested
) -> None:
    step(town.officer.actor, contested.case, Act.FORWARD)
    step(town.answerer.actor, contested.case, Act.ADMIT, Deed(reason="录入有误。"))
    step(town.officer.actor, contested.case, Act.UPHOLD, Deed(reason="已撤下。", letter=FOR))
    page = shown(head.client, "/remedies-figures/")
    assert town.source.name_zh in page
    assert "100%" in page
    assert "行政处罚" in page
    assert "还没有人办的" in page or "还没有数据" in page
    assert contested.case.number not in page


def test_who_leads_the_city_counts_complaints_without_a_name_too(town: Town, head: Desk) -> None:
    def received(desk: Desk) -> int:
        return remedies.desk_figures(desk.actor, since=TODAY, at=NOW).by_workflow.get("complaint", Tally()).opened

    before, elsewhere = received(head), received(town.chief)
    remedies.complain_unnamed(
        actor=actors.system("made_for_a_test"),
        concern=Concern.LATE,
        office=None,
        words="一直没有答复。",
        at=NOW,
        reason="x",
    )
    assert received(head) == before + 1
    assert received(town.chief) == elsewhere, "it came to the city's office"


def test_a_chief_of_the_source_sees_what_is_about_their_own_entries(town: Town, contested: Contested) -> None:
    figures = remedies.desk_figures(town.chief.actor, since=TODAY, at=NOW)
    assert figures.by_workflow["objection"].open >= 1
    stranger = desk(Role.OFFICE_HEAD, organisation=make_organisation())
    assert remedies.desk_figures(stranger.actor, since=TODAY, at=NOW).by_workflow == {}
    assert "您现在的职权不包括这一步" in refused(town.officer.client, "/remedies-figures/")


def test_what_nobody_recorded_counts_as_late_all_the_same(town: Town, head: Desk, contested: Contested) -> None:
    with clock.set_for_tests(later(30)):
        tally = remedies.public_figures(since=TODAY, at=later(30))["objection"]
        assert tally.overdue >= 1
        assert tally.overdue <= tally.open


def test_an_entry_that_silence_took_out_counts_as_unanswered_before_anybody_wrote_it_down(
    head: Desk, contested: Contested
) -> None:
    def silent(days: int) -> tuple[int, int]:
        desk = remedies.desk_figures(head.actor, since=TODAY, at=later(days)).by_workflow["objection"]
        return remedies.public_figures(since=TODAY, at=later(days))["objection"].silent, desk.silent

    Docket.objects.exclude(uid=contested.case.uid).update(closed_at=NOW, outcome="for", due_on=None, matter="")
    assert (silent(0), silent(60)) == ((0, 0), (1, 1))
    write_silence(person_of_case(contested.case.uid), contested.case.uid, at=later(60))
    assert silent(60) == (1, 1)
    # it would count as late in every figure that follows here
    Docket.objects.filter(uid=contested.case.uid).update(closed_at=NOW, outcome="for", due_on=None, matter="")


def test_a_source_was_wrong_where_a_case_about_an_entry_found_so_and_by_no_other_case(
    town: Town, head: Desk, contested: Contested
) -> None:
    source, line = uuid4(), Docket.objects.get(uid=contested.case.uid)
    for workflow, about, outcome in (
        ("objection", "identity", "for"),
        ("objection", "period", "against"),
        ("objection", "look", "for"),
        ("objection", "use", "for"),
        ("repair", "entry", "for"),
        ("sibling", "entry", "for"),
        ("appeal", "entry", "against"),
        ("objection", "entry", "neither"),
    ):
        line.pk = line.uid = uuid4()
        line.workflow, line.about_kind, line.outcome = workflow, about, outcome
        line.supplier, line.item, line.closed_at, line.due_on, line.matter = source, f"item-{source}", NOW, None, ""
        line.save(force_insert=True)
    figures = remedies.desk_figures(head.actor, since=TODAY, at=NOW)
    assert figures.by_supplier[source] == figures.by_item[f"item-{source}"] == Overturned(4, 2)
    assert figures.by_reason[AboutKind.IDENTITY] == Overturned(1, 1)
    assert figures.by_reason[AboutKind.PERIOD] == Overturned(1, 0)
    assert set(figures.by_reason) <= {AboutKind.ENTRY, AboutKind.IDENTITY, AboutKind.PERIOD}
    assert "不是本人的" in shown(head.client, "/remedies-figures/")


@pytest.mark.parametrize(("turn", "ours"), [(turn, turn in OURS) for turn in Turn])
def test_overdue_is_what_an_office_lets_pass_and_not_what_a_person_or_a_court_takes_its_time_with(
    head: Desk, contested: Contested, turn: Turn, ours: bool
) -> None:
    def overdue() -> tuple[int, int]:
        figures = remedies.desk_figures(head.actor, since=TODAY, at=NOW)
        everybody = remedies.public_figures(since=TODAY, at=NOW)["objection"].overdue
        assert figures.by_workflow["objection"].overdue == everybody
        return everybody, sum(one.overdue for one in figures.loads)

    before = overdue()
    Docket.objects.filter(uid=contested.case.uid).update(due_on=TODAY - timedelta(days=1), turn=turn.value)
    assert overdue() == (before[0] + ours, before[1] + ours)


def test_what_an_office_acted_on_late_is_kept_when_it_is_closed(town: Town, head: Desk, contested: Contested) -> None:
    assert contested.case.due is not None
    last = contested.case.due.due.day
    before = remedies.public_figures(since=TODAY, at=NOW)["objection"].late
    for act, day, late in ((Act.FORWARD, last, before), (Act.UPHOLD, later(60).date(), before + 1)):
        at = later((day - TODAY).days)
        deed = Deed(reason="已撤下。", letter=FOR) if act is Act.UPHOLD else Deed()
        step(town.officer.actor, contested.case, act, deed, at=at)
        assert remedies.public_figures(since=TODAY, at=at)["objection"].late == late
    line = Docket.objects.get(uid=contested.case.uid)
    assert (line.outcome, line.late) == ("for", True)
    assert "逾期才办" in shown(head.client, "/remedies-figures/")
    public = shown(town.officer.client, "/matters/")
    assert public.index("逾期才办") < public.index("支持本人")
    # of another time: neither open nor closed in it
    assert remedies.public_figures(since=later(90).date(), at=later(90))["objection"].late == 0


def test_small_figures_are_not_told_to_everybody(town: Town, contested: Contested) -> None:
    Docket.objects.exclude(uid=contested.case.uid).update(closed_at=NOW, outcome="for", due_on=None, matter="")
    page = shown(town.officer.client, "/matters/")
    assert "少于 5" in page
    assert "平台和提供单位要核查并书面答复" in page, "no term stands there without a sentence"
    first = Docket.objects.get(uid=contested.case.uid)
    for due_on in [TODAY - timedelta(days=1)] * 5 + [first.due_on] * 4:
        first.pk = first.uid = uuid4()
        first.due_on = due_on
        first.save(force_insert=True)
    page = shown(town.officer.client, "/matters/")
    assert "5（50.0%）" in page or "5 (50.0%)" in page
    assert contested.case.number not in page


def test_an_office_that_is_late_is_listed_by_name_and_its_head_reminded_until_it_answers(
    town: Town, contested: Contested, monkeypatch: pytest.MonkeyPatch
) -> None:
    Docket.objects.exclude(uid=contested.case.uid).update(closed_at=NOW, outcome="for", due_on=None, matter="")
    sent: list[EmailMessage] = []
    monkeypatch.setattr(EmailMessage, "send", lambda mail: sent.append(mail))
    Organisation.objects.filter(id=town.source.id).update(contact="综合科 000-12345678，office@source.example")
    step(town.officer.actor, contested.case, Act.FORWARD)
    assert remedies.offices_late(NOW) == []
    assert tell_heads(at=NOW) == 0
    with clock.set_for_tests(later(30)):
        (late,) = remedies.offices_late(later(30))
        assert (late.organisation_id, late.count) == (town.source.id, 1)
        page = shown(Client(), "/matters/")
        assert (
            page.index("逾期没有办理的单位")
            < page.index(town.source.name_zh)
            < page.index("少于 5", page.index(town.source.name_zh))
        )
        assert tell_heads(at=later(30)) == 1
    (mail,) = sent
    assert mail.to == ["office@source.example"]
    assert "有 1 件已经过了期限" in mail.body
    assert contested.case.number not in mail.body
    assert contested.resident.someone.name not in mail.body
    step(town.answerer.actor, contested.case, Act.ADMIT, Deed(reason="录入有误。"), at=later(30))
    assert town.source.id not in {one.organisation_id for one in remedies.offices_late(later(30))}


@pytest.fixture
def told(town: Town, contested: Contested) -> tuple[Desk, Recipient, OrganisationView]:
    return told_until(town, contested, TODAY + timedelta(days=2))


def told_until(town: Town, contested: Contested, day: date) -> tuple[Desk, Recipient, OrganisationView]:
    """A bank that was shown the entry, and was told that it is no longer right."""
    bank = make_organisation(tier=Tier.ASKER, kind="bank", name=f"云川银行{uuid4().hex[:4]}")
    correction = correction_of(town, contested)
    row = Recipient.objects.create(
        id=uuid4(),
        case_uid=correction.uid,
        organisation_id=bank.id,
        entry_uid=contested.entry,
        look_uid=uuid4(),
        what="withdrawn",
        version=1,
        told_at=NOW,
        due_on=day,
    )
    return desk(Role.INQUIRER, organisation=bank), row, bank


def correction_of(town: Town, contested: Contested) -> Case:
    """The case in which those who were shown the entry acknowledge."""
    for one in remedies.cases_of(actor=contested.resident.someone.actor, at=NOW):
        if one.workflow == "correction":
            return one
    return remedies.open_case(
        actor=town.officer.actor,
        person_id=contested.resident.person_id,
        workflow="correction",
        about=About(AboutKind.ENTRY, contested.entry),
        act=Act.RECALL,
        channel=Channel.OFFICE,
        deed=Deed(reason="录入有误。"),
        at=NOW,
        reason="made_for_a_test",
    )


def test_a_recipient_is_listed_publicly_by_name_until_it_acknowledges(
    told: tuple[Desk, Recipient, OrganisationView],
) -> None:
    inquirer, row, bank = told
    assert bank.name_zh in shown(inquirer.client, "/matters/")
    page = shown(inquirer.client, "/corrections/")
    assert "记录已撤回，不能再用" in page
    assert str(row.look_uid) in page
    address = f"/corrections/{row.id}/"
    assert "请写明做了什么" in said_wrong(inquirer.client, address, {"reason": " "})
    assert sent(inquirer.client, address, {"reason": "已从贷款资料中删除。"}) == "/corrections/"
    row.refresh_from_db()
    assert (row.acknowledged_at, row.acknowledged_by) == (NOW, inquirer.actor.official_id)
    assert bank.name_zh not in shown(inquirer.client, "/matters/")
    assert (
        Journal.objects.filter(act="acknowledge_recall", thing_uid=row.id, reason="已从贷款资料中删除。").count() == 1
    )
    sent(inquirer.client, address, {"reason": "再说一次。"})
    assert Journal.objects.filter(act="acknowledge_recall", thing_uid=row.id).count() == 1


def test_nobody_acknowledges_for_another(told: tuple[Desk, Recipient, OrganisationView], town: Town) -> None:
    _, row, _ = told
    other = desk(Role.INQUIRER)
    assert other.client.get(f"/corrections/{row.id}/").status_code == HTTPStatus.NOT_FOUND
    assert "您现在的职权不包括这一步" in refused(town.officer.client, "/corrections/")
    with pytest.raises(RecallUnknown):
        remedies.acknowledge_recall(actor=other.actor, uid=row.id, at=NOW, reason="不是我们的。")
    row.refresh_from_db()
    assert row.acknowledged_at is None


def test_the_longest_overdue_stands_first(town: Town, contested: Contested) -> None:
    told_until(town, contested, TODAY)
    _, _, bank = told_until(town, contested, TODAY - timedelta(days=400))
    first = remedies.recalls_open(NOW)[0]
    assert (first.organisation_id, first.overdue) == (bank.id, 1)


def test_an_organisation_is_told_at_its_address_and_the_message_names_nobody(
    told: tuple[Desk, Recipient, OrganisationView], contested: Contested, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, row, bank = told
    sent: list[EmailMessage] = []
    monkeypatch.setattr(EmailMessage, "send", lambda mail: sent.append(mail))
    assert tell_recipient(row.id, bank.id, at=NOW) is False
    Organisation.objects.filter(id=bank.id).update(contact="风险部 000-12345678，risk@bank.example")
    assert tell_recipient(row.id, bank.id, at=NOW) is True
    (mail,) = sent
    assert mail.to == ["risk@bank.example"]
    assert f"/corrections/{row.id}/" in mail.body
    someone = contested.resident.someone
    for secret in (someone.name, someone.number, str(someone.person_id), str(contested.entry), contested.case.number):
        assert secret not in f"{mail.subject}{mail.body}"
