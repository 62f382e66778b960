"""What is known of a file before its rows are read, and why a file cannot be read at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal, cast

from chengxin.kernel.errors import BadInput

Format = Literal["csv", "jsonl", "xlsx"]
Encoding = Literal["utf-8", "utf-8-sig", "gb18030"]


class FileFault(StrEnum):
    """Why a file cannot be read. Stable for ever; what to do about each is said by the doors."""

    EMPTY = "file_empty"
    BINARY = "file_binary"
    UTF_16 = "file_utf_16"
    ENCODING_UNKNOWN = "file_encoding_unknown"
    OLD_WORKBOOK = "file_old_workbook"
    WORKBOOK_BROKEN = "file_workbook_broken"
    WORKBOOK_TOO_LARGE = "file_workbook_too_large"
    WORKBOOK_TOO_MANY_ROWS = "file_workbook_too_many_rows"
    JSON_NOT_LINES = "file_json_not_lines"
    NO_HEADINGS = "file_no_headings"
    HEADING_TWICE = "file_heading_twice"
    QUOTE_NOT_CLOSED = "file_quote_not_closed"


class FileNote(StrEnum):
    """What is worth telling of a file that can be read."""

    READ_AS_GB18030 = "file_read_as_gb18030"
    BYTE_ORDER_MARK = "file_byte_order_mark"
    LINES_ABOVE_HEADINGS = "file_lines_above_headings"
    COLUMNS_WITHOUT_HEADING = "file_columns_without_heading"
    FURTHER_SHEETS = "file_further_sheets"


class BadFile(BadInput):
    """This file cannot be read.

    `data["reason"]` is a `FileFault`; `data["detail"]` a heading, a row or a limit where there is one, else "".
    """

    code = "bad_file"

    def __init__(self, reason: str, detail: object = "") -> None:
        super().__init__(reason=str(reason), detail=str(detail))


@dataclass(frozen=True, slots=True)
class FileFacts:
    """How to read a file. `headings` as written, in order, "" for a column without one; `lines_above` records stand
    above them; `sheet` names the sheet of a workbook."""

    format: Format
    encoding: Encoding
    delimiter: str
    headings: tuple[str, ...]
    notes: tuple[FileNote, ...] = ()
    lines_above: int = 0
    sheet: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a JSON column."""
        return asdict(self) | {"headings": list(self.headings), "notes": [note.value for note in self.notes]}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FileFacts:
        """What `to_dict` gave."""
        return cls(
            format=cast(Format, values["format"]),
            encoding=cast(Encoding, values["encoding"]),
            delimiter=values["delimiter"],
            headings=tuple(values["headings"]),
            notes=tuple(FileNote(note) for note in values["notes"]),
            lines_above=values["lines_above"],
            sheet=values["sheet"],
        )
