"""From the item alone come the files that suppliers fill in."""

from __future__ import annotations

import io

import openpyxl
import pytest

from chengxin.catalogue.rules.templates import MOST_ROWS, template_csv, template_xlsx
from chengxin.catalogue.terms import Item
from tests.rules.catalogue.files import edition

ITEMS = edition("national").items
SHAPES = list({item.fields: item for item in ITEMS.values()}.values())


@pytest.mark.parametrize(
    "item", [ITEMS[code] for code in ("penalty", "court_defaulter", "self_provided")], ids=lambda i: i.code
)
def test_csv_has_a_mark_and_the_codes(item: Item) -> None:
    raw = template_csv(item)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig") == ",".join(spec.code for spec in item.fields) + "\r\n"


@pytest.mark.parametrize("item", SHAPES, ids=lambda i: i.code)
def test_xlsx_has_text_columns_lists_and_help(item: Item) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(item)))
    assert book.sheetnames == ["数据", "说明", "代码"]
    data, helps, lists = (book[name] for name in book.sheetnames)
    assert [cell.value for cell in data[1]] == [spec.code for spec in item.fields]
    letters = [cell.column_letter for cell in data[1]]
    text = [one for one in data.column_dimensions.values() if one.number_format == "@"]
    assert {number for one in text for number in range(one.min, one.max + 1)} == set(range(1, len(item.fields) + 1))
    listed = {str(rule.sqref).split("2:")[0] for rule in data.data_validations.dataValidation}
    assert listed == {letter for letter, spec in zip(letters, item.fields, strict=True) if spec.codes}
    assert lists.sheet_state == "hidden"
    assert [row[0].value for row in helps.iter_rows(min_row=5)] == [spec.code for spec in item.fields]


def test_drop_downs_offer_what_is_accepted() -> None:
    item = ITEMS["penalty"]
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(item)))
    column = [spec.code for spec in item.fields].index("CF_CFLB") + 1
    offered = [cell.value for cell in book["代码"][openpyxl.utils.get_column_letter(column)] if cell.value]
    assert "罚款" in offered
    assert "行政拘留" not in offered
    ranges = [str(rule.sqref) for rule in book["数据"].data_validations.dataValidation]
    assert f"I2:I{MOST_ROWS + 1}" in ranges
