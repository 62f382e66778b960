"""Files as frames: encodings, odd tables, JSON lines; always the same rows under the same numbers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import BinaryIO

import polars as pl
import pytest

from chengxin.catalogue.rules.templates import template_csv, template_xlsx
from chengxin.collection.reading import (
    BadFile,
    FileFacts,
    FileFault,
    FileNote,
    chunks,
    look_at,
    map_headings,
    rows_as_sent,
    tables,
)
from chengxin.collection.rules.fields import EXTRA, UNREADABLE
from tests.rules.collection.screened import items

PENALTY = items()["penalty"]
Opener = Callable[[], BinaryIO]


def opener(content: bytes) -> Opener:
    return partial(io.BytesIO, content)


def rows(content: bytes, name: str = "a.csv", per_chunk: int = 20_000, skip: int = 0) -> list[tuple[object, ...]]:
    open_stream = opener(content)
    facts = look_at(open_stream, name)
    found = rows_as_sent(open_stream, facts, rows_per_chunk=per_chunk, skip_rows=skip)
    return [row for chunk in found for row in chunk.frame.rows()]


def refused(content: bytes, name: str = "a.csv") -> tuple[object, object]:
    with pytest.raises(BadFile) as caught:
        rows(content, name)
    return caught.value.data["reason"], caught.value.data["detail"]


TEXT = "姓名,文号\n张三,甲〔2026〕1号\n李四,乙\n"


@pytest.mark.parametrize(
    ("encoding", "told", "notes"),
    [
        ("utf-8", "utf-8", ()),
        ("utf-8-sig", "utf-8-sig", (FileNote.BYTE_ORDER_MARK,)),
        ("gb18030", "gb18030", (FileNote.READ_AS_GB18030,)),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, told: str, notes: tuple[FileNote, ...], line_end: str) -> None:
    content = TEXT.replace("\n", line_end).encode(encoding)
    facts = look_at(opener(content), "a.csv")
    assert (facts.format, facts.encoding, facts.headings, facts.notes) == ("csv", told, ("姓名", "文号"), notes)
    assert rows(content) == [(1, "张三", "甲〔2026〕1号", None), (2, "李四", "乙", None)]


def test_characters_of_four_bytes_in_gb18030_survive_the_edges_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", 7)
    content = ("名,号\n" + "𠮷田㐂,一\n" * 50).encode("gb18030")
    assert rows(content) == [(n + 1, "𠮷田㐂", "一", None) for n in range(50)]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_delimiters(sign: str) -> None:
    assert rows(f"a{sign}b{sign}c\n1{sign}2{sign}3\n".encode()) == [(1, "1", "2", "3", None)]


def test_blank_rows_are_left_out_and_the_others_numbered_without_a_gap() -> None:
    assert rows(b"a,b\n\n1,2\n,,\n , \n3,4\n\n") == [(1, "1", "2", None), (2, "3", "4", None)]


def test_short_and_long_rows() -> None:
    assert rows(b"a,b,c\n1\n1,2,3,4\n1,2,3,,,5\n1,2,3,,\n") == [
        (1, "1", None, None, None),
        (2, "1", "2", "3", "4"),
        (3, "1", "2", "3", "5"),
        (4, "1", "2", "3", None),
    ]


def test_quoted_cells() -> None:
    assert rows(b'a,b\n"x\ny","say ""hi"", you"\n"","z"\n') == [
        (1, "x\ny", 'say "hi", you', None),
        (2, "", "z", None),
    ]


def test_quotes_in_the_middle_are_characters() -> None:
    assert rows(b'a,b\n5" pipe,x\n1,2\n3,"q"r\n') == [
        (1, '5" pipe', "x", None),
        (2, "1", "2", None),
        (3, "3", "qr", None),
    ]


def test_a_quote_left_open_names_the_row() -> None:
    assert refused(b'a,b\n1,2\n"3,4\n5,6\n') == (FileFault.QUOTE_NOT_CLOSED, "2")


def test_a_quote_left_open_in_a_large_file_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", 1000)
    monkeypatch.setattr(tables, "LONGEST_RECORD", 5000)
    assert refused(b'a,b\n"3,4\n' + b"1,2\n" * 100_000)[0] == FileFault.QUOTE_NOT_CLOSED


def test_broken_bytes_spoil_their_rows_alone() -> None:
    found = rows(b"a,b\n" + "好,坏\n".encode() * 400 + b"\xe4\xff,x\n" + "好,坏\n".encode())
    assert "\ufffd" in str(found[400][1])
    assert found[401] == (402, "好", "坏", None)


def test_broken_bytes_in_gb18030_too() -> None:
    found = rows("名,号\n".encode("gb18030") + "好,坏\n".encode("gb18030") * 400 + b"\xff\xff,x\n")
    assert "\ufffd" in str(found[400][1])
    assert found[0] == (1, "好", "坏", None)


def test_chunks_are_the_same_whatever_was_read_before() -> None:
    content = b"a,b\n" + b"".join(b"%d,x\n" % n for n in range(25))
    open_stream = opener(content)
    facts = look_at(open_stream, "a.csv")
    whole = list(rows_as_sent(open_stream, facts, rows_per_chunk=10))
    assert [(c.number, c.first_row, c.frame.height) for c in whole] == [(0, 1, 10), (1, 11, 10), (2, 21, 5)]
    resumed = list(rows_as_sent(open_stream, facts, rows_per_chunk=10, skip_rows=10))
    assert [(c.number, c.first_row) for c in resumed] == [(1, 11), (2, 21)]
    assert [c.frame.rows() for c in resumed] == [c.frame.rows() for c in whole[1:]]


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    content = ("甲,乙\n" + "".join(f'"{n}\n行","{"字" * (n % 40)}"\n' for n in range(300))).encode()
    expected = rows(content, per_chunk=70)
    for size in (1, 5, 64, 1000):
        monkeypatch.setattr(tables, "BLOCK", size)
        assert rows(content, per_chunk=70) == expected
    assert len(expected) == 300


def test_memory_stays_flat() -> None:
    """A long file is never held as a whole: reading goes on only as chunks are taken."""

    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            head = b"a,b\n" if not self.given else b""
            self.given += size
            return head + b"1,2\n" * (size // 4)

    stream = Endless()
    facts = FileFacts("csv", "utf-8", ",", ("a", "b"))
    found = rows_as_sent(lambda: stream, facts, rows_per_chunk=1000)  # type: ignore[arg-type,return-value]
    for _ in range(3):
        assert next(found).frame.height == 1000
    assert stream.given <= 3 * tables.BLOCK


def test_titles_above_the_headings_are_passed_over() -> None:
    content = "行政处罚信息表,,\n\n姓名,文号,机关\n张三,1,甲\n".encode()
    facts = look_at(opener(content), "a.csv")
    assert facts.headings == ("姓名", "文号", "机关")
    assert FileNote.LINES_ABOVE_HEADINGS in facts.notes
    assert rows(content) == [(1, "张三", "1", "甲", None)]


def test_columns_without_heading_count_as_beyond() -> None:
    content = "姓名,,文号,\n张三,x,1,\n李四,,2,\n".encode()
    facts = look_at(opener(content), "a.csv")
    assert FileNote.COLUMNS_WITHOUT_HEADING in facts.notes
    found = next(chunks(opener(content), facts, {"姓名": "A", "文号": "B"})).frame
    assert found.rows() == [(1, "张三", "1", "x"), (2, "李四", "2", None)]
    assert found.columns == ["row_no", "A", "B", EXTRA]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", FileFault.EMPTY),
        (b" \n\n", FileFault.EMPTY),
        (b",,\n,,\n", FileFault.NO_HEADINGS),
        # the first row is somebody's: it must not be kept as headings are
        ("司马无名,00010119900101123X\n".encode(), FileFault.NO_HEADINGS),
        ("司马无名,Ｅ１２３４５６７８\n".encode(), FileFault.NO_HEADINGS),
        ("司马无名,0001 0119 9001 01123X\n".encode(), FileFault.NO_HEADINGS),
        ('{"司马无名": 1, "00010119900101123X": 2}\n'.encode(), FileFault.NO_HEADINGS),
        (b"a,b\0c\n", FileFault.BINARY),
        ("a,b\n1,2\n".encode("utf-16"), FileFault.UTF_16),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, FileFault.OLD_WORKBOOK),
        (bytes(range(128, 256)) * 20, FileFault.ENCODING_UNKNOWN),
        (b"PK\x03\x04 no zip", FileFault.WORKBOOK_BROKEN),
        (b'[{"a": 1}]', FileFault.JSON_NOT_LINES),
        (b"{nothing\n", FileFault.JSON_NOT_LINES),
    ],
)
def test_files_that_cannot_be_read(content: bytes, reason: FileFault) -> None:
    assert refused(content)[0] == reason


def test_a_heading_twice() -> None:
    assert refused("姓名,文号,姓名\n".encode()) == (FileFault.HEADING_TWICE, "姓名")


def test_json_lines() -> None:
    lines = [
        {"姓名": "张三", "金额": "@0.20", "空": None, "类": ["罚款", "警告"]},
        {"姓名": "李四", "文号": 123456789012345678, "真": True},
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).replace('"@0.20"', "0.20")
    content = f"{text}\nnot json\n\n[1]\n".encode()
    facts = look_at(opener(content), "x")
    assert facts.format == "jsonl"
    assert facts.headings == ("姓名", "金额", "空", "类", "文号", "真")
    assert rows(content) == [
        (1, "张三", "0.20", None, "罚款;警告", None, None, None),
        (2, "李四", None, None, None, "123456789012345678", "true", None),
        (3, None, None, None, None, None, None, UNREADABLE),
        (4, None, None, None, None, None, None, UNREADABLE),
    ]


def test_a_key_met_late_counts_as_beyond() -> None:
    facts = FileFacts("jsonl", "utf-8", "", ("a",))
    content = b'{"a": "1", "b": "2"}\n{"a": "1", "b": null}\n'
    assert next(rows_as_sent(opener(content), facts)).frame.rows() == [(1, "1", "b"), (2, "1", None)]


def test_facts_survive_being_stored() -> None:
    facts = look_at(opener(TEXT.encode("gb18030")), "a.csv")
    assert FileFacts.from_dict(json.loads(json.dumps(facts.to_dict()))) == facts


# --- headings


def test_the_template_is_read_by_itself() -> None:
    for content, name in ((template_csv(PENALTY), "a.csv"), (template_xlsx(PENALTY), "a.xlsx")):
        facts = look_at(opener(content), name)
        found = map_headings(PENALTY, facts.headings, {})
        assert found.is_complete
        assert dict(found.fields) == {spec.code: spec.code for spec in PENALTY.fields}


def test_headings_by_code_and_name() -> None:
    headings = (
        "cf_xdr_mc",
        "证件类型",
        "CF_ZJHM 不对",
        "CF_WSH 行政处罚决定书文号",
        "行政处罚决定书文号（CF_WSH）",
        "date of the decision",
        "罚款金额(万元)",
    )
    found = map_headings(PENALTY, headings, {})
    assert found.fields == {
        "cf_xdr_mc": "CF_XDR_MC",
        "证件类型": "CF_XDR_ZJLX",
        "CF_WSH 行政处罚决定书文号": "CF_WSH",
        "date of the decision": "CF_JDRQ",
        "罚款金额(万元)": "CF_NR_FK",
    }
    assert found.unknown == ("CF_ZJHM 不对",)
    assert found.doubled == ("CF_WSH",)
    assert "CF_XDR_ZJHM" in found.missing
    assert not found.is_complete


def test_a_name_that_two_columns_share_means_neither() -> None:
    fields = tuple(replace(spec, zh="机关") if spec.code in ("CF_CFJG", "CF_SJLY") else spec for spec in PENALTY.fields)
    found = map_headings(replace(PENALTY, fields=fields), ("机关", "CF_SJLY 机关"), {})
    assert found.fields == {"CF_SJLY 机关": "CF_SJLY"}
    assert found.unknown == ("机关",)


def test_what_the_clerk_kept_comes_first_and_may_leave_a_column_out() -> None:
    found = map_headings(
        PENALTY, ("当事人", "序号", "处罚机关", "旧列"), {"当事人": "CF_XDR_MC", "序号": "", "旧列": "GONE"}
    )
    assert found.fields == {"当事人": "CF_XDR_MC", "序号": "", "处罚机关": "CF_CFJG"}
    assert found.unknown == ("旧列",)
    assert map_headings(PENALTY, tuple(found.fields), found.fields).fields == found.fields


def test_a_column_left_out_is_not_read() -> None:
    content = "当事人,序号\n张三,1\n".encode()
    facts = look_at(opener(content), "a.csv")
    frame = next(chunks(opener(content), facts, {"当事人": "CF_XDR_MC", "序号": ""})).frame
    assert frame.columns == ["row_no", "CF_XDR_MC", EXTRA]
    assert frame.schema["CF_XDR_MC"] == pl.String
