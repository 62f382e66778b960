"""Lines as files: CSV in three encodings, JSON lines, XLSX. The same lines give the same bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from chengxin.catalogue.terms import Item
from chengxin.doors.demo.city.rows import Row
from chengxin.doors.demo.city.supply import OWN_HEADINGS, Headings, Supply

_MADE = datetime(2026, 5, 1, tzinfo=UTC).replace(tzinfo=None)
"""What a workbook says of its making; without it each would say another moment."""


def headings(item: Item, manner: Headings) -> list[str]:
    """The first line of a table, in the order of the item's fields."""
    if manner == "codes":
        return [spec.code for spec in item.fields]
    own = OWN_HEADINGS if manner == "own" else {}
    return [own.get(spec.code, spec.zh) for spec in item.fields]


def write(path: Path, item: Item, supply: Supply, rows: Iterable[Row]) -> int:
    """Write the file; gives the number of rows. Memory does not grow with them."""
    codes, names = [spec.code for spec in item.fields], headings(item, supply.headings)
    counted = _Counted(rows)
    match supply.form:
        case "csv":
            _write_csv(path, names, ([row[code] for code in codes] for row in counted), supply.encoding)
        case "jsonl":
            _write_jsonl(path, names, ([row[code] for code in codes] for row in counted))
        case "xlsx":
            _write_xlsx(path, names, ([row[code] for code in codes] for row in counted))
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _write_csv(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows(rows)


def _write_jsonl(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in rows:
            filled = {name: cell for name, cell in zip(names, row, strict=True) if cell}
            file.write(json.dumps(filled, ensure_ascii=False) + "\n")


def _write_xlsx(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet("数据")
    text = book.add_format({"num_format": "@"})
    for place, row in enumerate([names]):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell, text)
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(place, column, cell, text)
    book.close()
