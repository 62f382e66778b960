"""From a notice to the person: what goes out, what it says in both languages, and the look each read leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.doors.telling import AGAINST, FORMAL, persons_desk
from chengxin.foundation import actors, clock, jobs, outbox
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Dispatch, Letter
from chengxin.foundation.outbox import ChannelKind, Message, State
from chengxin.offices.terms import OrganisationView, Role
from chengxin.persons import facade as persons
from chengxin.persons.terms import ContactKind
from chengxin.records import facade as records
from chengxin.records.terms import Audience, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Deed
from chengxin.remedies.terms.workflows import Act
from tests.doors.signing import signed_in
from tests.loopback import Mailbox, mail_server
from tests.making import make_city, make_code, make_official, make_organisation
from tests.people import NOW
from tests.remedies import FOR, OWN_WORDS, object_to, step
from tests.residents import (
    FOUNDED,
    Resident,
    found_city_with_catalogue,
    give_penalty,
    make_resident,
    make_supplier,
)

ADDRESS = "lin@mail.example"
OUTSIDE = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "office@credit.example",
    "CHENGXIN_ADDRESS": "https://credit.example",
}


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Mailbox]:
    with mail_server() as found, override_settings(**OUTSIDE, EMAIL_PORT=found.port, CHENGXIN_LETTERS=str(tmp_path)):
        yield found
    Dispatch.objects.using("owner").all().delete()
    Letter.objects.using("owner").all().delete()


def told_of(resident: Resident, entry_id: UUID, *, kind: str = "entry_new", version: int = 1) -> UUID:
    with as_person(resident.person_id):
        return outbox.tell(
            person_id=resident.person_id,
            kind=kind,
            subject_kind="entry",
            subject_id=entry_id,
            subject_version=version,
            at=NOW,
        )


def with_email(resident: Resident) -> Resident:
    persons.set_contact(
        actor=resident.someone.actor,
        person_id=resident.person_id,
        kind=ContactKind.EMAIL,
        address=ADDRESS,
        at=NOW,
        reason="asked",
    )
    return resident


def work(at: datetime = NOW) -> None:
    with clock.set_for_tests(at):
        while outbox.send_due():
            pass


def states(resident: Resident, uid: UUID, channel: ChannelKind) -> list[State]:
    with as_person(resident.person_id):
        return [step.state for step in outbox.notice_of(resident.person_id, uid).on(channel)]


def looks(resident: Resident) -> list[tuple[Purpose, tuple[str, ...], int]]:
    with as_person(resident.person_id):
        return [(look.purpose, look.fields, look.entries) for look in access.looks_of(resident.person_id, at=NOW)]


def statuses(resident: Resident, at: datetime = NOW) -> list[Status]:
    with as_person(resident.person_id):
        return [entry.status for entry in records.entries_for(resident.person_id, Audience.SUBJECT_NOW, at=at)]


def test_an_email_to_an_unproven_address_says_only_that_a_notice_waits(bureau: OrganisationView, box: Mailbox) -> None:
    resident = with_email(make_resident())
    entry_id, _ = give_penalty(resident, bureau)
    uid = told_of(resident, entry_id)
    work()
    (mail,) = box.mails
    assert mail["To"] == ADDRESS
    assert mail["Subject"].strip() == "您有一份新通知 / A notice waits for you"
    said = "".join(part.get_content() for part in mail.iter_parts())
    for words in ("云川市公共信用中心有一份通知给您", "has a notice for you", str(uid), "https://credit.example"):
        assert words in said
    for secret in (resident.someone.name, resident.someone.number, "罚款", "fine", "处罚", "价格法", bureau.name_zh):
        assert secret not in said
    assert states(resident, uid, ChannelKind.EMAIL) == [State.SENDING, State.SENT]
    assert looks(resident) == [(Purpose.SERVICE_OF_NOTICE, ("contact",), 0)]


def test_an_email_that_was_sent_proves_nothing(bureau: OrganisationView, box: Mailbox) -> None:
    resident = with_email(make_resident())
    entry_id, _ = give_penalty(resident, bureau, served_on=None)
    told_of(resident, entry_id)
    work()
    jobs.run_waiting()
    assert statuses(resident) == [Status.UNSERVED]


def test_a_letter_holds_all_of_it_in_both_languages_and_is_a_look(
    bureau: OrganisationView, box: Mailbox, tmp_path: Path
) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau, decided_on=date(2026, 5, 4), served_on=date(2026, 5, 6),
                               final_on=date(2026, 11, 6), display_until=date(2027, 5, 4))  # fmt: skip
    uid = told_of(resident, entry_id)
    work()
    assert not box.mails
    (file,) = tmp_path.rglob("*.html")
    page = file.read_text()
    number = resident.someone.number
    for words in (
        f"收件人：{resident.someone.name}（证件号码 {number[0]}{'*' * 16}{number[-1]}）",
        f"通知编号：{uid}",
        "罚款 3,000 元",
        "等级：一般",
        "2027年5月4日起不再展示",
        "Class: General",
        "You have the right to be heard",
        "Notice number",
        "您本人登录打开，或者签收本信，即为送达",
    ):
        assert words in page, words
    assert number not in page
    assert page.count("<section lang=") == 2
    assert looks(resident) == [(Purpose.SERVICE_OF_NOTICE, ("*", "document", "name"), 1)]
    assert [letter.uid for letter in outbox.letters_to_post()] == [uid]


def test_the_answer_to_an_objection_goes_on_paper_whole_in_both_languages(
    bureau: OrganisationView, box: Mailbox, tmp_path: Path
) -> None:
    resident = make_resident()
    _, entry = give_penalty(resident, bureau)
    case = object_to(resident, entry)
    officer = make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)
    step(officer, case, Act.UPHOLD, Deed(reason="有错。", letter=FOR))
    work()
    assert not box.mails
    (file,) = tmp_path.rglob("*.html")
    page = file.read_text()
    for words in (case.number, FOR.result, FOR.reason, *FOR.evidence, FOR.changed, FOR.contact, "结果", "Reasons"):
        assert words in page, words
    assert page.count("<section lang=") == 2
    assert (Purpose.SERVICE_OF_NOTICE, ("document", "matters", "name"), 0) in looks(resident)


def test_a_case_that_moved_is_told_by_email_without_a_word_of_it(bureau: OrganisationView, box: Mailbox) -> None:
    resident = with_email(make_resident())
    _, entry = give_penalty(resident, bureau)
    case = object_to(resident, entry)
    work()
    (mail,) = box.mails
    said = "".join(part.get_content() for part in mail.iter_parts())
    assert "有一份通知给您" in said
    for secret in (case.number, OWN_WORDS, "异议", "objection"):
        assert secret not in said, secret


def test_reading_it_signed_in_makes_the_entry_count_as_served(bureau: OrganisationView, box: Mailbox) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau, served_on=None)
    uid = told_of(resident, entry_id)
    assert statuses(resident) == [Status.UNSERVED]
    with clock.set_for_tests(NOW):
        assert signed_in(resident.account).get(f"/my/letters/{uid}/").status_code == 200
        jobs.run_waiting()
    assert statuses(resident) == [Status.NOT_FINAL]
    with as_person(resident.person_id):
        (entry,) = records.entries_for(resident.person_id, Audience.SUBJECT_NOW, at=NOW)
    assert (entry.served_on, entry.told_on) == (None, date(2026, 6, 1))
    again = signed_in(resident.account).get(f"/my/letters/{uid}/").content.decode()
    assert "没有凭证证明决定书送到了您手里" not in again


def test_a_posted_letter_is_not_served_and_its_receipt_is(
    bureau: OrganisationView, box: Mailbox, tmp_path: Path
) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau, served_on=None)
    uid = told_of(resident, entry_id)
    work()
    printer = actors.system("test")
    with clock.set_for_tests(NOW):
        outbox.post_letter(actor=printer, uid=uid, on=date(2026, 6, 1), at=NOW, reason="清单1")
        jobs.run_waiting()
        assert statuses(resident) == [Status.UNSERVED]
        outbox.receive_letter(actor=printer, uid=uid, on=date(2026, 6, 1), at=NOW, reason="回执1")
        jobs.run_waiting()
    assert statuses(resident) == [Status.NOT_FINAL]


@pytest.mark.parametrize("kind", ["entry_new", "entry_changed"])
def test_what_was_overtaken_is_not_told_as_new(
    bureau: OrganisationView, box: Mailbox, tmp_path: Path, kind: str
) -> None:
    resident = make_resident()
    entry = give_penalty(resident, bureau)
    uid = told_of(resident, entry[0], kind=kind)
    records.withdraw_entry(
        actor=actors.system("test"), person_id=resident.person_id, uid=entry[1], at=NOW, reason="决定已撤销"
    )
    work()
    assert not list(tmp_path.rglob("*.html"))
    assert states(resident, uid, ChannelKind.LETTER) == [State.GIVEN_UP]
    assert looks(resident) == []


def test_a_correction_tells_of_its_own_version(bureau: OrganisationView, box: Mailbox, tmp_path: Path) -> None:
    resident = make_resident()
    entry = give_penalty(resident, bureau)
    give_penalty(resident, bureau, entry=entry, version=2, known_from=NOW - timedelta(days=1), more={"CF_NR_FK": "0.2"})
    first, second = told_of(resident, entry[0]), told_of(resident, entry[0], kind="entry_changed", version=2)
    work()
    (file,) = tmp_path.rglob("*.html")
    assert file.stem == str(second)
    assert "罚款 2,000 元" in file.read_text()
    assert states(resident, first, ChannelKind.LETTER) == [State.GIVEN_UP]


@pytest.mark.parametrize("kind", sorted(AGAINST - {access.USED_AGAINST}))
def test_what_lacks_something_is_read_at_once_and_serves_nobody_until_it_is_whole(
    bureau: OrganisationView, box: Mailbox, tmp_path: Path, kind: str
) -> None:
    """A body that is not registered decided: nobody can say how to reach it. Once it is registered the letter goes by itself."""
    resident, body = make_resident(), make_code()
    entry_id, _ = give_penalty(resident, bureau, served_on=None, more={"CF_CFJG": "云岭省某局", "CF_CFJGDM": body})
    uid = told_of(resident, entry_id, kind=kind)
    work()
    assert states(resident, uid, ChannelKind.LETTER) == [State.HELD]
    assert not list(tmp_path.rglob("*.html"))
    assert outbox.outbox_figures(NOW).held == {f"contact:{body}": 1}
    with clock.set_for_tests(NOW):
        page = signed_in(resident.account).get(f"/my/letters/{uid}/").content.decode()
        jobs.run_waiting()
    assert "还缺：作出决定的机关的联系方式" in page
    assert "云岭省某局" in page
    assert "您有权陈述和申辩" in page
    assert statuses(resident) == [Status.UNSERVED]
    assert [purpose for purpose, _, _ in looks(resident)] == [Purpose.OWN_FILE], (
        "what was not sent is no look of the outbox"
    )
    later = NOW + timedelta(hours=2)
    make_organisation(name="云岭省某局", org_code=body, at=FOUNDED)
    work(later)
    assert states(resident, uid, ChannelKind.LETTER) == [State.HELD, State.SENDING, State.MADE]
    assert "000-87654321" in next(tmp_path.rglob("*.html")).read_text()
    with clock.set_for_tests(later):
        whole = signed_in(resident.account).get(f"/my/letters/{uid}/").content.decode()
        jobs.run_waiting()
    assert "还缺" not in whole
    assert statuses(resident, later) == [Status.NOT_FINAL]


def test_a_formal_notice_against_its_person_passes_the_checklist_and_any_other_has_its_own_gate() -> None:
    """Whoever adds a formal kind says here which gate it passes."""
    assert {"entry_new", "entry_changed", access.USED_AGAINST} == AGAINST
    assert {
        persons.ACCOUNT_BOUND: "says what was done to an account, and how to end it",
        persons.MANDATE_BEGUN: "the same of a mandate",
        access.LOOKED_IN_EMERGENCY: "tells of a look, which has its own review",
        remedies.LETTER: "is written only where letter_lacks finds nothing",
    }.keys() == FORMAL - AGAINST


def test_good_news_costs_no_paper(bureau: OrganisationView, box: Mailbox, tmp_path: Path) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau)
    told_of(resident, entry_id, kind="entry_withdrawn")
    work()
    assert not list(tmp_path.rglob("*.html"))
    assert looks(resident) == []


def message(resident: Resident, uid: UUID, *, whole: bool) -> Message | None:
    with as_person(resident.person_id), persons_desk(resident.person_id, at=NOW) as desk:
        return desk.message(outbox.notice_of(resident.person_id, uid), whole=whole)


def test_words_of_a_row_cannot_break_out_of_the_letter(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau, more={"CF_SY": "<script>alert(1)</script>"})
    told = message(resident, told_of(resident, entry_id), whole=True)
    assert told is not None
    assert "<script>" not in told.html
    assert "&lt;script&gt;" in told.html
    Dispatch.objects.using("owner").all().delete()


def test_nobody_erased_is_told(bureau: OrganisationView, box: Mailbox, tmp_path: Path) -> None:
    from chengxin.foundation import keystore

    resident = with_email(make_resident())
    entry_id, _ = give_penalty(resident, bureau)
    uid = told_of(resident, entry_id)
    keystore.destroy_person_key(resident.person_id)
    work()
    assert not box.mails
    assert not list(tmp_path.rglob("*.html"))
    assert states(resident, uid, ChannelKind.LETTER) == [State.GIVEN_UP]
    assert looks(resident) == []
