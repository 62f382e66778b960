"""The file a supplier fills in, made from the item alone: CSV in UTF-8 with BOM, XLSX with lists to choose from.

In XLSX every column is formatted as text, so that leading zeros and 18-digit numbers survive; code columns have a
drop-down of the Chinese words; a second sheet explains every column.
"""

from __future__ import annotations

import csv
import io

import xlsxwriter

from chengxin.catalogue.terms import FieldSpec, FieldType, Item, RequiredKind

MOST_ROWS = 200_000
"""Rows below the heading that carry the drop-downs: as many as one workbook may hand in."""

TYPE_WORDS = {
    FieldType.TEXT: ("文字", "text"),
    FieldType.DATE: ("日期", "date"),
    FieldType.DECIMAL: ("小数", "decimal number"),
    FieldType.INTEGER: ("整数", "whole number"),
    FieldType.CODE: ("代码", "one of a list"),
}
_LIST_LIMIT = 255


def template_csv(item: Item) -> bytes:
    """Two lines: field codes, and nothing to fill in yet. The first is the heading that intake reads."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([spec.code for spec in item.fields])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def template_xlsx(item: Item) -> bytes:
    """A workbook: sheet 数据 with the headings, sheet 说明 that explains them, and the code lists on a hidden one."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    plain = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@"})
    needed = book.add_format({"bold": True, "num_format": "@", "bg_color": "#E6F2F0"})
    wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    data, helps, lists = book.add_worksheet("数据"), book.add_worksheet("说明"), book.add_worksheet("代码")
    lists.hide()
    for column, spec in enumerate(item.fields):
        data.set_column(column, column, 22, plain)
        data.write_string(0, column, spec.code, needed if spec.is_required else bold)
        data.write_comment(0, column, f"{spec.zh}\n{spec.en}\n{required_words(spec)[0]}")
        if spec.codes:
            _drop_down(data, lists, column, spec)
    data.freeze_panes(1, 0)
    _explain(helps, item, bold, wrapped)
    book.close()
    return buffer.getvalue()


def _drop_down(
    data: xlsxwriter.worksheet.Worksheet, lists: xlsxwriter.worksheet.Worksheet, column: int, spec: FieldSpec
) -> None:
    words = [code.zh for code in spec.codes if code.refused is None]
    for row, word in enumerate(words):
        lists.write_string(row, column, word)
    letter = xlsxwriter.utility.xl_col_to_name(column)
    data.data_validation(
        1,
        column,
        MOST_ROWS,
        column,
        {
            "validate": "list",
            "source": f"=代码!${letter}$1:${letter}${len(words)}",
            # several values in one cell, and the codes of older systems, are typed: warn, do not stop
            "error_type": "warning",
            "error_title": "请选择 / choose",
            "error_message": f"{spec.zh}：请从列表中选择。"[:_LIST_LIMIT],
        },
    )


def _explain(
    sheet: xlsxwriter.worksheet.Worksheet,
    item: Item,
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 2, 28, wrapped)
    sheet.set_column(3, 4, 16, wrapped)
    sheet.set_column(5, 6, 60, wrapped)
    sheet.write_string(0, 0, f"{item.zh} / {item.en}（{item.code}）", bold)
    basis = "；".join(f"《{ref.law}》第{ref.article}条" for ref in item.basis)
    sheet.write_string(1, 0, f"依据 / basis: {basis}")
    head = ("列 / column", "名称", "name", "必填 / required", "格式 / form", "说明", "help")
    for column, word in enumerate(head):
        sheet.write_string(3, column, word, bold)
    for row, spec in enumerate(item.fields, start=4):
        zh, en = required_words(spec)
        cells = (
            spec.code,
            spec.zh,
            spec.en,
            f"{zh} / {en}",
            form_words(spec),
            help_words(spec, 0),
            help_words(spec, 1),
        )
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, wrapped)


def required_words(spec: FieldSpec) -> tuple[str, str]:
    """Whether the column must be filled, in both languages."""
    if spec.required.kind is RequiredKind.ALWAYS:
        return "必填", "always"
    when = spec.required.when
    if when is not None:
        values = "、".join(when.values)
        return f"{when.field} 为{values}时必填", f"when {when.field} is {', '.join(when.values)}"
    return "选填", "if known"


def form_words(spec: FieldSpec) -> str:
    """Type and length, e.g. `文字 / text ≤ 200`."""
    zh, en = TYPE_WORDS[spec.type]
    length = "" if spec.length is None else f" ≤ {spec.length}"
    scale = "" if spec.scale is None else f", {spec.scale}"
    date = " 2026-03-02" if spec.type is FieldType.DATE else ""
    return f"{zh} / {en}{length}{scale}{date}"


def help_words(spec: FieldSpec, language: int) -> str:
    """The help of a column and its code list; `language` 0 is Chinese, 1 English."""
    parts = [(spec.help_zh, spec.help_en)[language]]
    if spec.codes:
        taken = [code for code in spec.codes if code.refused is None]
        parts.append(
            "；".join(f"{c.value} {c.zh}" if c.zh != c.value else c.zh for c in taken) if language == 0 else ""
        )
        parts.append("; ".join(f"{c.value}: {c.en}" for c in taken) if language == 1 else "")
    return "\n".join(part for part in parts if part)
