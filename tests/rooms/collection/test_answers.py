"""The answer: the supplier's own file back, in its format and encoding, with two columns more."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import timedelta

import pytest

from chengxin.collection import facade as collection
from chengxin.collection import reading
from chengxin.collection.queries.answer_files import CsvAnswer, WorkbookAnswer
from chengxin.collection.queries.answers import ADDED, CODE_HEADING, DO_HEADING
from chengxin.collection.terms import BatchView, FileDestroyed, NotAnswered, Outcome
from chengxin.foundation import actors
from chengxin.kernel.errors import Refusal
from tests.people import NOW
from tests.rooms.collection.making import (
    Decision,
    Supplier,
    file_of,
    hand_in,
    make_decision,
    make_supplier,
    outcomes,
    receive,
)

LATER = NOW + timedelta(days=1)


def say(code: str, field: str, detail: str) -> tuple[str, str]:
    return f"办法 {code}", f"do {code} {field}".strip()


def fetched(supplier: Supplier, batch: BatchView, *, failed_only: bool = False) -> bytes:
    answer = collection.answer_for(supplier.clerk, batch.uid, say, NOW, failed_only=failed_only)
    return b"".join(answer.parts)


def as_csv(encoding: str, *, mark: bytes = b"") -> Callable[[list[Decision]], bytes]:
    return lambda rows: mark + file_of(rows).decode().encode(encoding)


def as_lines(rows: list[Decision]) -> bytes:
    return "".join(json.dumps(row.cells(), ensure_ascii=False) + "\n" for row in rows).encode()


def as_workbook(rows: list[Decision]) -> bytes:
    facts = reading.FileFacts("xlsx", "utf-8", "", (), sheet="处罚")
    cells = [row.cells() for row in rows]
    writer = WorkbookAnswer(facts, tuple(cells[0]))
    return b"".join(writer.write([[tuple(row.values()) for row in cells]]))


FORMATS = {
    "utf-8": ("list.csv", as_csv("utf-8")),
    "byte order mark": ("list.csv", as_csv("utf-8", mark=b"\xef\xbb\xbf")),
    "gb18030": ("list.csv", as_csv("gb18030")),
    "json lines": ("list.jsonl", as_lines),
    "workbook": ("list.xlsx", as_workbook),
}


def mixed(supplier: Supplier) -> list[Decision]:
    """A row that is known already, a new one, a refused one, one under another name."""
    known = make_decision(supplier)
    hand_in(supplier, known)
    return [
        known,
        make_decision(supplier, facts='他说"没有", 然后\n走了'),
        make_decision(supplier, amount="three thousand"),
        make_decision(supplier, document=known.document, name="司马改名"),
    ]


def table_of(content: bytes, name: str) -> list[dict[str, str | None]]:
    facts = reading.look_at(lambda: io.BytesIO(content), name)
    (chunk,) = reading.rows_as_sent(lambda: io.BytesIO(content), facts)
    columns = {f"c{n}": heading for n, heading in enumerate(facts.headings)}
    return chunk.frame.select(*columns).rename(columns).to_dicts()


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_comes_back_in_its_own_form_with_two_columns(form: str):
    supplier = make_supplier()
    rows = mixed(supplier)
    name, made = FORMATS[form]
    content = made(rows)
    batch = hand_in(supplier, *rows, stream=io.BytesIO(content), size=len(content), file_name=name)
    assert outcomes(batch) == [Outcome.SAME, Outcome.NEW, Outcome.REFUSED, Outcome.QUARANTINED], form
    back = fetched(supplier, batch)
    assert back[:3] == content[:3]
    sent, answered = table_of(content, name), table_of(back, name)
    assert [{key: row[key] for key in sent[0]} for row in answered] == sent
    assert list(answered[0])[-2:] == list(ADDED)
    assert [row[CODE_HEADING] for row in answered] == [
        "accepted_same",
        "accepted_new",
        "figure_unreadable",
        "check_number",
    ]
    assert answered[2][DO_HEADING] == "办法 figure_unreadable / do figure_unreadable CF_NR_FK"


def test_the_name_of_the_number_is_never_told():
    supplier = make_supplier()
    batch = hand_in(supplier, *mixed(supplier))
    assert b"name_disagrees" not in fetched(supplier, batch)
    assert collection.held_by_reason(batch.id) == [("check_number", 1)]


def test_failed_rows_alone_can_be_mended_and_sent_again():
    supplier = make_supplier()
    batch = hand_in(supplier, *mixed(supplier))
    failed = fetched(supplier, batch, failed_only=True)
    rows = list(csv.reader(io.StringIO(failed.decode())))
    assert [row[-2] for row in rows[1:]] == ["figure_unreadable", "check_number"]
    mended = failed.replace(b"three thousand", b"0.3")
    again = hand_in(supplier, stream=io.BytesIO(mended), size=len(mended), at=LATER, file_name="mended.csv")
    assert outcomes(again) == [Outcome.NEW, Outcome.QUARANTINED]


def test_a_row_with_several_faults_is_told_all_of_them():
    supplier = make_supplier()
    batch = hand_in(supplier, make_decision(supplier).cells() | {"CF_NR_FK": "much", "CX_XWDJ": "awful"})
    (row,) = table_of(fetched(supplier, batch), "list.csv")
    assert {"figure_unreadable", "code_unknown"} == {one.split()[1] for one in (row[DO_HEADING] or "").split(" | ")}


def test_answers_are_the_offices_own_and_end_with_the_file():
    supplier, other = make_supplier(), make_supplier()
    batch = hand_in(supplier, make_decision(supplier))
    with pytest.raises(Refusal):
        collection.answer_for(other.clerk, batch.uid, say, NOW)
    collection.destroy_files(actor=actors.system("test"), at=NOW + timedelta(days=7), reason="its day")
    with pytest.raises(FileDestroyed):
        collection.answer_for(supplier.clerk, batch.uid, say, NOW)


def test_there_is_no_answer_before_the_end():
    supplier = make_supplier()
    batch = receive(supplier, [make_decision(supplier)])
    with pytest.raises(NotAnswered):
        collection.answer_for(supplier.clerk, batch.uid, say, NOW)


def test_a_character_that_the_encoding_lacks_spoils_no_other():
    facts = reading.FileFacts("csv", "gb18030", ",", ("a",))
    parts = b"".join(CsvAnswer(facts, ("a",)).write([[("\ud83d",), ("张",)]]))
    assert parts.decode("gb18030").splitlines() == ["a", "?", "张"]


def test_writing_keeps_nothing():
    facts = reading.FileFacts("xlsx", "utf-8", "", ("a",), sheet="s")
    rows = [[("一" * 200, str(number)) for number in range(2000)] for _ in range(2)]

    def many(count: int):
        for number in range(count):
            yield rows[number % 2]

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in WorkbookAnswer(facts, ("a", "b")).write(many(count)):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(40) < peak(4) + 2**20


def test_a_dry_run_tells_and_stores_nothing():
    supplier = make_supplier()
    content = file_of([make_decision(supplier), make_decision(supplier, amount="much")])
    found = collection.dry_run(
        actor=supplier.clerk, item="penalty", open_stream=lambda: io.BytesIO(content), file_name="l.csv", at=NOW
    )
    assert (found.rows, found.accepted, found.refused) == (2, 1, 1)
    assert found.reasons == {("figure_unreadable", "CF_NR_FK"): 1}
    assert [row.row_no for row in found.samples] == [2]
    assert not collection.batches_for(supplier.clerk, NOW)


def test_own_headings_are_mapped_once_and_kept():
    supplier = make_supplier()
    decision = make_decision(supplier)
    content = file_of([decision]).replace(b"CF_WSH", "我们的文号".encode(), 1)
    draft = receive(supplier, [], stream=io.BytesIO(content), size=len(content))
    assert draft.state.value == "draft"
    told = collection.map_headings(
        actor=supplier.clerk, uid=draft.uid, mapping={"我们的文号": "CF_WSH"}, at=NOW, reason="our own heading"
    )
    assert told.mapping["我们的文号"] == "CF_WSH"
    assert collection.dry_run_of(actor=supplier.clerk, uid=draft.uid, at=NOW).accepted == 1
    assert collection.send_batch(actor=supplier.clerk, uid=draft.uid, at=NOW, reason="now").state.value == "waiting"
    again = receive(supplier, [], stream=io.BytesIO(content), size=len(content), at=LATER)
    assert again.state.value == "waiting"
