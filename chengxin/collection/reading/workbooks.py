"""XLSX as a frame of text, checked before anything is unpacked into memory.

A workbook is a zip: its directory tells how large it is unpacked, and every part is unpacked once against what it tells,
so that a small file cannot become a huge one. Spreadsheets keep figures as floating point numbers: beyond 15 digits the
last ones are gone, so such a cell is handed on in the form `1.10101E+17`, which screening sends back by name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

import fastexcel
import polars as pl

from chengxin.collection.reading.facts import BadFile, FileFault

MOST_BYTES: Final = 100_000_000
"""Unpacked, all parts together."""

MOST_ROWS: Final = 200_000
MOST_PARTS: Final = 2_000
MIDNIGHT: Final = " 00:00:00"

_BLOCK: Final = 1 << 20
_LONGEST_CELL: Final = 1 << 12
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_LONG = re.compile(rb"<(?:\w+:)?v>([0-9]{16,}(?:\.[0-9]*)?|[0-9](?:\.[0-9]+)?[eE]\+?(?:1[5-9]|[2-9][0-9]))</")
_OPENING = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
_PLACE = re.compile(rb"([A-Z]{1,3})([0-9]+)")
_TEXTS: Final = (b"s", b"str", b"inlineStr", b"b", b"e", b"d")


class Workbook:
    """A checked workbook."""

    def __init__(self, stream: BinaryIO) -> None:
        """Raises `BadFile` where it is too large, broken or no workbook."""
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise BadFile(FileFault.WORKBOOK_TOO_LARGE, MOST_BYTES // 1_000_000)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            _check_directory(self._zip)
            self._reader = fastexcel.read_excel(content)
            self.sheets: list[str] = list(self._reader.sheet_names)
        except (zipfile.BadZipFile, fastexcel.FastExcelError, NotImplementedError, RuntimeError, OSError):
            raise BadFile(FileFault.WORKBOOK_BROKEN) from None
        if not self.sheets:
            raise BadFile(FileFault.EMPTY)

    def first_rows(self, count: int) -> list[list[str]]:
        """The first rows of the first sheet."""
        rows = self._load(self.sheets[0], count).rows()
        return [[cell or "" for cell in row] for row in rows]

    def frame(self, sheet: str, skip: int, width: int) -> pl.DataFrame:
        """The rows below the headings: text columns `c0`, `c1`, … and `_extra`."""
        if sheet not in self.sheets:
            raise BadFile(FileFault.WORKBOOK_BROKEN)
        frame = self._load(sheet, None)
        if frame.height > MOST_ROWS + skip:
            raise BadFile(FileFault.WORKBOOK_TOO_MANY_ROWS, MOST_ROWS)
        frame = self._with_lost_digits(frame, sheet).slice(skip)
        frame = frame.select(pl.all().str.strip_suffix(MIDNIGHT))
        names = [f"c{n}" for n in range(width)]
        known = [pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in names]
        further = [name for name in frame.columns if name not in names]
        filled = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in further]
        extra = pl.coalesce(filled) if filled else pl.lit(None, pl.String)
        return frame.select(*known, extra.alias("_extra"))

    def _load(self, sheet: str, rows: int | None) -> pl.DataFrame:
        try:
            loaded = self._reader.load_sheet(
                sheet, header_row=None, skip_rows=0, n_rows=rows, dtypes="string", schema_sample_rows=1
            )
            frame = loaded.to_polars()
        except fastexcel.FastExcelError:
            raise BadFile(FileFault.WORKBOOK_BROKEN) from None
        return frame.rename({name: f"c{n}" for n, name in enumerate(frame.columns)}).cast(pl.String)

    def _with_lost_digits(self, frame: pl.DataFrame, sheet: str) -> pl.DataFrame:
        """Cells that hold long figures, put back as what a spreadsheet keeps of them."""
        figures = list(self._long_figures(sheet))
        if not figures:
            return frame
        left = _empty_columns(frame, *figures[0])
        found: dict[int, dict[int, str]] = {}
        for column, row, figure in figures:
            found.setdefault(column - left, {})[row] = f"{figure:.14E}"
        for column, cells in found.items():
            values = frame[:, column].to_list()
            for row, text in cells.items():
                values[row] = text
            frame = frame.with_columns(pl.Series(frame.columns[column], values, dtype=pl.String))
        return frame

    def _long_figures(self, sheet: str) -> Iterator[tuple[int, int, float]]:
        """Column, row (from 0) and figure of every cell whose figure has more than 15 digits."""
        path = _paths(self._zip).get(sheet)
        if path is None:
            raise BadFile(FileFault.WORKBOOK_BROKEN)
        with self._zip.open(path) as part:
            text = b""
            while piece := part.read(_BLOCK):
                text = text[-_LONGEST_CELL:] + piece
                begun = len(text) - len(piece)
                for found in _LONG.finditer(text):
                    if found.end() <= begun:
                        continue  # told with the block before
                    before = text[max(0, found.start() - _LONGEST_CELL) : found.start()]
                    openings = _OPENING.findall(before)
                    attributes = dict(_ATTRIBUTE.findall(openings[-1])) if openings else {}
                    if attributes.get(b"t") in _TEXTS:
                        continue
                    place = _PLACE.fullmatch(attributes.get(b"r", b""))
                    if place is None:
                        raise BadFile(FileFault.WORKBOOK_BROKEN)
                    yield _column(place[1]), int(place[2]) - 1, float(found[1])


def _empty_columns(frame: pl.DataFrame, column: int, row: int, figure: float) -> int:
    """How many empty columns at the left the parser left out, told by where one figure stands."""
    for left in range(column + 1):
        if row < frame.height and column - left < frame.width and _is_figure(frame[row, column - left], figure):
            return left
    raise BadFile(FileFault.WORKBOOK_BROKEN)


def _is_figure(cell: str | None, figure: float) -> bool:
    try:
        return cell is not None and float(cell) == figure
    except ValueError:
        return False


def _check_directory(archive: zipfile.ZipFile) -> None:
    """Sizes as the directory tells them, then as they are."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise BadFile(FileFault.WORKBOOK_TOO_LARGE, MOST_BYTES // 1_000_000)
    for part in parts:
        rows = 0
        with archive.open(part) as opened:  # never gives more than the directory tells, and checks the sum at the end
            while piece := opened.read(_BLOCK):
                rows += piece.count(b"<row ")
        if rows > MOST_ROWS + 10:
            raise BadFile(FileFault.WORKBOOK_TOO_MANY_ROWS, MOST_ROWS)


def _paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet -> its part of the zip."""
    try:
        book = archive.read("xl/workbook.xml")
        relations = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        raise BadFile(FileFault.WORKBOOK_BROKEN) from None
    targets = {}
    for tag in _RELATION.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        targets[attributes.get(b"Id", b"")] = attributes.get(b"Target", b"").decode()
    paths = {}
    for tag in _SHEET.findall(book):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = targets.get(attributes.get(b"r:id", b""), "")
        paths[_unescaped(attributes.get(b"name", b"").decode())] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return paths


def _unescaped(text: str) -> str:
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, sign)
    return text


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
