"""XLSX: leading zeros, lost digits, dates, limits, bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
import xlsxwriter

from chengxin.collection.reading import BadFile, FileFault, FileNote, look_at, rows_as_sent, workbooks
from chengxin.collection.rules.cells import LOST_DIGITS


def book(
    fill: Callable[[xlsxwriter.worksheet.Worksheet, xlsxwriter.Workbook], None], sheets: tuple[str, ...] = ("数据",)
) -> bytes:
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name in sheets:
        sheet = made.add_worksheet(name)
        if name == sheets[0]:
            fill(sheet, made)
    made.close()
    return buffer.getvalue()


def rows(content: bytes) -> list[tuple[object, ...]]:
    open_stream = partial(io.BytesIO, content)
    facts = look_at(open_stream, "a.xlsx")
    return [row for chunk in rows_as_sent(open_stream, facts) for row in chunk.frame.rows()]


def refused(content: bytes) -> object:
    with pytest.raises(BadFile) as caught:
        rows(content)
    return caught.value.data["reason"]


def test_text_survives_and_dates_are_days() -> None:
    def fill(sheet: xlsxwriter.worksheet.Worksheet, made: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, ["a", "b", "c", "d", "e"])
        sheet.write_string(1, 0, "000101199001011234")
        sheet.write_string(1, 1, "007")
        sheet.write_datetime(1, 2, date(2026, 3, 2), made.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_number(1, 3, 0.2)
        sheet.write_number(1, 4, 46083)

    assert rows(book(fill)) == [(1, "000101199001011234", "007", "2026-03-02", "0.2", "46083", None)]


@pytest.mark.parametrize("place", [(0, 0), (2, 0), (2, 3)])
def test_a_long_figure_shows_that_its_digits_are_gone(place: tuple[int, int]) -> None:
    row, column = place

    def fill(sheet: xlsxwriter.worksheet.Worksheet, made: xlsxwriter.Workbook) -> None:
        sheet.write_row(row, column, ["甲", "乙"])
        sheet.write_string(row + 1, column, "110101194912310020")
        sheet.write_number(row + 1, column + 1, 7)
        sheet.write_number(row + 2, column, 110101194912310020)
        sheet.write_number(row + 2, column + 1, 123456789012345)
        sheet.write_number(row + 3, column, 1234567890123456)
        sheet.write_formula(row + 3, column + 1, "=A1&B1", None, "110101194912310020")

    found = rows(book(fill))
    assert found[0] == (1, "110101194912310020", "7", None)
    assert LOST_DIGITS.fullmatch(str(found[1][1]))
    assert found[1][2] == "123456789012345"
    assert LOST_DIGITS.fullmatch(str(found[2][1]))
    assert found[2][2] == "110101194912310020"


def test_long_figures_are_found_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(sheet: xlsxwriter.worksheet.Worksheet, made: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, ["甲", "乙"])
        for row in range(1, 60):
            sheet.write_row(row, 0, [110101194912310000 + row * 1000, "x"])

    content = book(fill)
    for size in (64, 333, 1 << 20):
        monkeypatch.setattr(workbooks, "_BLOCK", size)
        found = rows(content)
        assert len(found) == 59
        assert all(LOST_DIGITS.fullmatch(str(row[1])) for row in found)


def test_blank_rows_and_cells_beyond_the_headings() -> None:
    def fill(sheet: xlsxwriter.worksheet.Worksheet, made: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(2, 0, ["1", "2"])
        sheet.write_row(3, 0, ["", " "])
        sheet.write_row(4, 0, ["3", "4", "", "5"])

    assert rows(book(fill)) == [(1, "1", "2", None), (2, "3", "4", "5")]


def test_further_sheets_are_told() -> None:
    content = book(lambda sheet, made: sheet.write_row(0, 0, ["a", "b"]), ("第一张", "第二张 & <x>"))
    facts = look_at(partial(io.BytesIO, content), "a.xlsx")
    assert facts.sheet == "第一张"
    assert FileNote.FURTHER_SHEETS in facts.notes


def test_an_empty_workbook() -> None:
    assert refused(book(lambda sheet, made: None)) == FileFault.NO_HEADINGS


def test_too_large_by_its_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    content = book(lambda sheet, made: sheet.write_row(0, 0, ["a", "b"]))
    monkeypatch.setattr(workbooks, "MOST_BYTES", len(content) + 10)
    assert refused(content) == FileFault.WORKBOOK_TOO_LARGE


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(sheet: xlsxwriter.worksheet.Worksheet, made: xlsxwriter.Workbook) -> None:
        for row in range(40):
            sheet.write_row(row, 0, ["a", "b"] if not row else ["1", "2"])

    monkeypatch.setattr(workbooks, "MOST_ROWS", 20)
    assert refused(book(fill)) == FileFault.WORKBOOK_TOO_MANY_ROWS


def test_a_directory_that_lies_about_sizes() -> None:
    """A part that unpacks to more than its directory tells is caught before the parser sees it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row " * 100_000)
    content = bytearray(buffer.getvalue())
    size = (500_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(content)) == FileFault.WORKBOOK_BROKEN


def test_a_zip_that_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refused(buffer.getvalue()) == FileFault.WORKBOOK_BROKEN
