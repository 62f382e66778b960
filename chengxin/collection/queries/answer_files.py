"""Answers as files: CSV in its own encoding, JSON lines, XLSX. Each writes as it goes and keeps nothing.

The workbook is written here, with its texts inside the cells: the library that makes templates would keep the rows in
clear in a temporary file, or all of them in memory.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol
from xml.sax.saxutils import escape

from chengxin.collection.reading import FileFacts

Row = tuple[str | None, ...]


class AnswerWriter(Protocol):
    """Writes rows under headings as one kind of file."""

    content_type: str

    def __init__(self, facts: FileFacts, headings: tuple[str, ...]) -> None: ...

    def write(self, chunks: Iterable[list[Row]]) -> Iterator[bytes]:
        """The file's bytes, a part a chunk."""


class CsvAnswer:
    """The supplier's own delimiter and encoding; a character the encoding lacks becomes a question mark."""

    content_type = "text/csv"

    def __init__(self, facts: FileFacts, headings: tuple[str, ...]) -> None:
        self._encoding, self._delimiter, self._headings = facts.encoding, facts.delimiter, headings

    def write(self, chunks: Iterable[list[Row]]) -> Iterator[bytes]:
        """The heading line, then the rows."""
        yield self._lines([self._headings])
        for rows in chunks:
            # a byte order mark stands at the very beginning alone
            yield self._lines(rows, self._encoding.removesuffix("-sig"))

    def _lines(self, rows: Iterable[Row], encoding: str | None = None) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._delimiter, lineterminator="\r\n").writerows(rows)
        return text.getvalue().encode(encoding or self._encoding, "replace")


class JsonLinesAnswer:
    """One object a line with the supplier's own keys; empty cells are left out."""

    content_type = "application/x-ndjson"

    def __init__(self, facts: FileFacts, headings: tuple[str, ...]) -> None:
        self._encoding, self._headings = facts.encoding.removesuffix("-sig"), headings

    def write(self, chunks: Iterable[list[Row]]) -> Iterator[bytes]:
        """The rows."""
        for rows in chunks:
            lines = [
                json.dumps(
                    {key: cell for key, cell in zip(self._headings, row, strict=True) if cell is not None},
                    ensure_ascii=False,
                )
                for row in rows
            ]
            yield "".join(f"{line}\n" for line in lines).encode(self._encoding, "replace")


class WorkbookAnswer:
    """A workbook of one sheet, every cell a text, so that no digit and no leading zero is lost."""

    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, facts: FileFacts, headings: tuple[str, ...]) -> None:
        self._sheet, self._headings = facts.sheet or "Sheet1", headings

    def write(self, chunks: Iterable[list[Row]]) -> Iterator[bytes]:
        """The zip, a piece after each chunk."""
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _PARTS.items():
                archive.writestr(name, content.replace("{sheet}", escape(self._sheet, {'"': "&quot;"})))
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                sheet.write(_SHEET_BEGINS + _line(self._headings))
                for rows in chunks:
                    for row in rows:
                        sheet.write(_line(row))
                    yield sink.taken()
                sheet.write(_SHEET_ENDS)
        yield sink.taken()


WRITERS: Final[Mapping[str, type[AnswerWriter]]] = {
    "csv": CsvAnswer,
    "jsonl": JsonLinesAnswer,
    "xlsx": WorkbookAnswer,
}
"""Format of a file -> what writes its answer."""


class _Sink(io.RawIOBase):
    """Takes what the zip writes and hands it on; it cannot go back, and the zip knows how to live with that."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._parts.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def _line(row: Row) -> bytes:
    cells = [
        "<c/>"
        if not cell
        else f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_UNFIT.sub("", cell))}</t></is></c>'
        for cell in row
    ]
    return f"<row>{''.join(cells)}</row>".encode()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_BEGINS = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
_SHEET_ENDS = b"</sheetData></worksheet>"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS: Final[Mapping[str, str]] = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
