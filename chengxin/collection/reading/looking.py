"""The first look at a file: what it is, how it is encoded, and which headings it has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import BinaryIO, Final

from chengxin.collection.reading.facts import BadFile, Encoding, FileFacts, FileFault, FileNote
from chengxin.collection.reading.json_lines import read_line
from chengxin.collection.reading.tables import first_records
from chengxin.collection.reading.workbooks import Workbook
from chengxin.collection.rules.cells import EDGE

HEAD: Final = 1 << 20
"""Bytes looked at: enough of the rows to tell the encoding."""

LOOKED_THROUGH: Final = 10
"""Rows among which the headings are sought: a title may stand above them."""

_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARK: Final = b"\xef\xbb\xbf"
_ENCODINGS: Final[tuple[Encoding, ...]] = ("utf-8", "gb18030")
_DELIMITERS: Final = ",\t;|"
_A_VALUE: Final = re.compile(r"[0-9](?:[ -]?[0-9]){5}")
"""Every kind of document's number holds so many digits in a row, and so does a date without signs."""


def look_at(open_stream: Callable[[], BinaryIO], file_name: str) -> FileFacts:
    """Tell how to read a file, by its bytes; its name is only asked where these leave it open. Raises `BadFile`."""
    with open_stream() as stream:
        head = stream.read(HEAD)
    if head.startswith(_ZIP):
        with open_stream() as stream:
            return _look_at_workbook(Workbook(stream))
    if head.startswith(_OLD_WORKBOOK):
        raise BadFile(FileFault.OLD_WORKBOOK)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile(FileFault.UTF_16)
    if b"\0" in head:
        raise BadFile(FileFault.BINARY)
    encoding, text = _decoded(head)
    text = text.lstrip(EDGE + "\ufeff")
    if not text:
        raise BadFile(FileFault.EMPTY)
    notes = {"gb18030": (FileNote.READ_AS_GB18030,), "utf-8-sig": (FileNote.BYTE_ORDER_MARK,)}.get(encoding, ())
    if text[0] in "{[" or file_name.lower().endswith((".jsonl", ".ndjson", ".json")):
        return _look_at_lines(text, encoding, notes)
    return _look_at_table(head, encoding, notes)


def _decoded(head: bytes) -> tuple[Encoding, str]:
    if head.startswith(_MARK):
        return "utf-8-sig", head.decode("utf-8-sig", "replace")
    for encoding in _ENCODINGS:
        text = _strictly(head, encoding)
        if text is not None:
            return encoding, text
    # A few broken bytes: the encoding that breaks fewest; the rows that hold them are sent back by name.
    broken = {encoding: head.decode(encoding, "replace").count("\ufffd") for encoding in _ENCODINGS}
    best = min(broken, key=lambda encoding: broken[encoding])
    if broken[best] > len(head) // 1000 + 5:
        raise BadFile(FileFault.ENCODING_UNKNOWN)
    return best, head.decode(best, "replace")


def _strictly(head: bytes, encoding: str) -> str | None:
    """The text, None where a byte does not fit; the last few may be half a character where the head was cut."""
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as wrong:
        if len(head) < HEAD or wrong.start < len(head) - 4:
            return None
        return head[: wrong.start].decode(encoding)


def _look_at_table(head: bytes, encoding: Encoding, notes: tuple[FileNote, ...]) -> FileFacts:
    text = head.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _delimiter_of(text)
    place, headings, found = _headings_in(first_records(text, delimiter, LOOKED_THROUGH))
    return FileFacts("csv", encoding, delimiter, headings, (*notes, *found), place)


def _delimiter_of(text: str) -> str:
    lines = text.split("\n")[:LOOKED_THROUGH]
    widest = {sign: max(line.count(sign) for line in lines) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: widest[sign])


def _look_at_lines(text: str, encoding: Encoding, notes: tuple[FileNote, ...]) -> FileFacts:
    if text[0] == "[":
        raise BadFile(FileFault.JSON_NOT_LINES)
    lines = text.split("\n")
    whole = lines if len(lines) == 1 or len(text) < HEAD // 4 else lines[:-1]
    headings: dict[str, None] = {}
    for line in whole:
        headings.update(dict.fromkeys(read_line(line) or ()))
    if not headings:
        raise BadFile(FileFault.JSON_NOT_LINES)
    _refuse_values(headings)
    return FileFacts("jsonl", encoding, "", tuple(headings), notes)


def _look_at_workbook(book: Workbook) -> FileFacts:
    place, headings, notes = _headings_in(book.first_rows(LOOKED_THROUGH))
    if len(book.sheets) > 1:
        notes = (*notes, FileNote.FURTHER_SHEETS)
    return FileFacts("xlsx", "utf-8", "", headings, notes, place, book.sheets[0])


def _refuse_values(headings: Iterable[str]) -> None:
    """A number of six digits or more is a value: the first row is somebody's, and headings are kept in clear."""
    if any(_A_VALUE.search(unicodedata.normalize("NFKC", heading)) for heading in headings):
        raise BadFile(FileFault.NO_HEADINGS)


def _headings_in(rows: list[list[str]]) -> tuple[int, tuple[str, ...], tuple[FileNote, ...]]:
    """Place and cells of the first row with two filled cells (else of the first with one), and what is worth telling."""
    tidy = [[cell.strip(EDGE + "\ufeff") for cell in row] for row in rows]
    place = next((n for n, row in enumerate(tidy) if sum(map(bool, row)) > 1), None)
    if place is None:
        place = next((n for n, row in enumerate(tidy) if any(row)), None)
    if place is None:
        raise BadFile(FileFault.NO_HEADINGS)
    headings = tidy[place]
    while headings and not headings[-1]:
        headings.pop()
    named = [heading for heading in headings if heading]
    _refuse_values(named)
    twice = next((heading for heading in named if named.count(heading) > 1), None)
    if twice is not None:
        raise BadFile(FileFault.HEADING_TWICE, twice)
    notes = []
    if any(any(row) for row in tidy[:place]):
        notes.append(FileNote.LINES_ABOVE_HEADINGS)
    if len(named) < len(headings):
        notes.append(FileNote.COLUMNS_WITHOUT_HEADING)
    return place, tuple(headings), tuple(notes)
