"""Charter 6, attacked where nobody looks: logs, error pages, local tables, the queue, mail, the disk."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections
from django.test import Client, override_settings

from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, Channel
from chengxin.doors import logs
from chengxin.foundation import clock, jobs, outbox, server
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import BadInput, Refusal
from chengxin.records import facade as records
from tests.charter.attempts import text_of, told_in
from tests.charter.people import Target, make_target, pages_of
from tests.doors.signing import signed_in
from tests.house.tables import our_models, person_models, privacy, table
from tests.people import NOW
from tests.rooms.collection.making import ITEM, Supplier, file_of, make_decision, make_supplier, receive, work_waiting


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[Supplier]:
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def target(supplier: Supplier) -> Target:
    return make_target(supplier, 1)


# ---- logs and error pages ------------------------------------------------------------------------------------------


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything written to the log, in the shape it is written in production."""
    logs.configure({"level": "DEBUG"})
    written = io.StringIO()
    root = logging.getLogger()
    handlers = [handler for handler in root.handlers if isinstance(handler, logging.StreamHandler)]
    streams = [handler.setStream(written) for handler in handlers]
    yield written
    for handler, stream in zip(handlers, streams, strict=True):
        if stream is not None:
            handler.setStream(stream)
    logs.configure({"level": "WARNING"})


def test_nothing_of_a_person_reaches_the_log_whatever_they_do(target: Target, lines: io.StringIO) -> None:
    list(pages_of(target))
    client = signed_in(target.account)
    client.get(f"/my/record/{target.uid}/?name={target.decision.name}&number={target.decision.document}")
    client.get(f"/nowhere/{target.decision.document}/")
    client.post("/my/contact/", {"email": target.email + " and more"})
    Client().post("/sign-in/", {"login": target.decision.document, "password": "x"})
    written = lines.getvalue()
    assert written.count("\n") > 10
    assert not told_in(written, target.secrets)
    assert str(target.uid) not in written


def test_a_fault_tells_neither_page_nor_log_what_it_failed_on(
    target: Target, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot show {target.decision.name} {target.decision.document} {target.decision.facts}")

    monkeypatch.setattr("chengxin.doors.portal.views.resident.file.summary_of", fails)
    client = signed_in(target.account)
    client.raise_request_exception = False
    page = client.get("/my/record/")
    assert page.status_code == 500
    assert not target.told_by(page.content.decode())
    written = lines.getvalue()
    assert "RuntimeError" in written
    assert not told_in(written, target.secrets)


def test_an_error_of_ours_carries_no_person_to_the_page(target: Target) -> None:
    client = signed_in(target.account)
    for address in (f"/my/record/{uuid.uuid4()}/", f"/my/letters/{uuid.uuid4()}/", "/my/record/x/"):
        for accept in ("text/html", "application/json"):
            page = client.get(address, headers={"Accept": accept})
            assert page.status_code == 404
            assert not target.told_by(page.content.decode())


# ---- local tables, the queue, the mail, the disk -------------------------------------------------------------------


def local_tables() -> list[str]:
    """Every table of the database that is not spread by person, the libraries' own included."""
    spread = {table(model) for model in person_models()}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
        return sorted({str(name) for (name,) in cursor.fetchall()} - spread)


def everything_in(names: list[str]) -> str:
    found = []
    with connections["owner"].cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT * FROM {name}")
            found += [f"{name}: {text_of(value)}" for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def test_no_local_table_holds_anything_readable_of_a_person(target: Target, supplier: Supplier) -> None:
    """After everything a person and an office can do: a file with every kind of row, objections, letters, sign-ins."""
    client = signed_in(target.account)
    client.post(f"/my/record/{target.uid}/wrong/check/", {"about": "not_me"})
    client.get(f"/my/letters/{target.letter}/")
    for wrong in (
        {"CF_WSH": ""},
        {"CX_XWRQ": "2031-01-01"},
        {"CF_XDR_MC": "司马改名"},
        {"CF_YJ": "《云川市公约》第三条"},
    ):
        row = make_decision(supplier, document=target.decision.document, name=target.decision.name).cells() | wrong
        receive(supplier, [row])
    work_waiting()
    jobs.run_waiting()
    names = local_tables()
    assert {"foundation_journal", "collection_batch", "procrastinate_jobs", "django_session"} <= set(names)
    secrets = [secret for secret in target.secrets if secret != str(target.person_id)] + ["司马改名"]
    assert not told_in(everything_in(names), secrets)


@pytest.mark.parametrize("cells", [{}, {"CF_CFJG": "云川市卫生健康委员会", "CF_SJLYDM": "11005678MB0123456X"}])
def test_a_file_whose_first_line_is_a_row_leaves_no_row_in_clear(supplier: Supplier, cells: dict[str, str]) -> None:
    """Its "headings" are somebody's name and number: they must not be kept as headings are."""
    decision = make_decision(supplier, name="上官无名", facts="把招牌挂反了。")
    content = file_of([decision.cells() | cells]).split(b"\r\n", 1)[1]
    with contextlib.suppress(BadInput, Refusal):
        collection.receive_file(
            actor=supplier.clerk, item=ITEM, stream=io.BytesIO(content), file_name="a.csv", size=len(content),
            channel=Channel.UPLOAD, at=NOW, reason="weekly",
        )  # fmt: skip
    assert not told_in(everything_in(local_tables()), [decision.name, decision.document, decision.number])


def test_a_reason_that_names_somebody_is_not_kept_for_ever(target: Target, supplier: Supplier) -> None:
    """Reasons of acts are kept in the journal as long as the platform: a document's number has no place in one."""
    number = target.decision.document
    parted = f"{number[:6]} {number[6:14]}-{number[14:]}"
    for reason in (f"更正{number}", f"see {number.lower()} again", parted):
        with pytest.raises(BadInput, match="reason_names_somebody"):
            receive(supplier, [make_decision(supplier)], reason=reason)
        with pytest.raises(BadInput, match="reason_names_somebody"):
            records.object_to_entry(
                actor=target.actor, person_id=target.person_id, uid=target.uid, not_mine=False, at=NOW, reason=reason
            )
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT reason FROM foundation_journal")
        kept = "\n".join(str(reason) for (reason,) in cursor.fetchall())
    assert number not in kept
    assert parted not in kept
    assert not told_in(everything_in(local_tables()), [number, parted])


def test_what_goes_out_says_that_something_waits_and_no_more(target: Target, tmp_path: Path) -> None:
    with as_person(target.person_id):
        entry = target.entries()[0]
        outbox.tell(
            person_id=target.person_id, kind="entry_changed", subject_kind="entry", subject_id=entry.entry_id,
            subject_version=1, at=NOW,
        )  # fmt: skip
    with override_settings(CHENGXIN_LETTERS=""):
        while outbox.send_due():
            pass
    sent = [message for message in mail.outbox if target.email in message.to]
    assert sent
    for message in sent:
        whole = message.subject + str(message.message())
        assert not target.told_by(whole, but=[target.email]), message.subject
        assert "行政处罚" not in message.subject + message.body


def test_no_unsealed_file_lies_on_the_disk(target: Target, supplier: Supplier) -> None:
    decision = make_decision(supplier)
    batch = receive(supplier, [decision])
    assert batch.state in {BatchState.WAITING, BatchState.DRAFT}
    folder = server.state_folder() / "files"
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        content = path.read_bytes()
        assert not [one for one in (decision.name, decision.document, decision.number) if one.encode() in content], (
            path.name
        )


def test_every_column_that_tells_of_a_person_says_how_long(target: Target) -> None:
    for model in our_models():
        for name, kept in privacy(model).fields.items():
            assert kept.kept.strip(), f"{table(model)}.{name}"
            if kept.sensitive:
                assert name in {"sealed", "blind_index", "name_key", "own_document", "password"}, (
                    f"{table(model)}.{name} is not sealed"
                )


def test_the_journal_names_nobody(target: Target) -> None:
    told = json.dumps([str(row) for row in _journal()], ensure_ascii=False)
    assert len(told) > 100
    assert not told_in(told, target.secrets)


def _journal() -> list[tuple[object, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT * FROM foundation_journal")
        return list(cursor.fetchall())
