"""One row typed in: the form is the item's own, and screening speaks beside each question."""

from __future__ import annotations

from tests.doors.clerk.conftest import Bureau
from tests.doors.offering import said_wrong, sent, shown
from tests.people import of_a_region_that_exists
from tests.rooms.collection.making import ITEM, make_decision, versions_of, work_waiting

ADDRESS = f"/send/{ITEM}/row/"


def test_every_column_is_asked_for_and_the_own_office_is_filled_in(bureau: Bureau) -> None:
    page = bureau.clerk.get(ADDRESS).content.decode()
    assert all(f'name="{code}"' in page for code in make_decision(bureau.supplier).cells())
    assert 'name="BZ"' not in page, "remarks are not accepted, so nobody is asked for one"
    assert page.count(f'value="{bureau.supplier.office.org_code}"') == 2
    assert 'type="date"' in page


def test_fields_that_fail_alike_are_told_apart_in_the_summary(bureau: Bureau) -> None:
    cells: dict[str, object] = {
        **make_decision(bureau.supplier).cells(),
        "CF_WSH": "",
        "CF_NR": "",
        "CF_CFLB": ["罚款"],
    }
    page = said_wrong(bureau.clerk, ADDRESS, cells)
    assert "行政处罚决定书文号：这一格必填" in page
    assert "处罚内容：这一格必填" in page


def test_boxes_to_tick_say_nothing_of_semicolons(bureau: Bureau) -> None:
    page = shown(bureau.clerk, ADDRESS)
    assert "可以选几项" in page
    assert "分号" not in page


def test_every_fault_is_said_beside_its_question_and_nothing_typed_is_lost(bureau: Bureau) -> None:
    cells = make_decision(bureau.supplier, document="00010119900101123X").cells() | {
        "CF_JDRQ": "2027-01-01",
        "CF_NR": "",
    }
    data: dict[str, object] = {**cells, "CF_CFLB": ["罚款"]}
    page = said_wrong(bureau.clerk, ADDRESS, data)
    for sentence in ("号码的校验位不对", "决定日期还没有到", "这一格必填"):
        assert page.count(sentence) == 2, f"{sentence}: in the summary and at the question"
    kept = bureau.clerk.post(ADDRESS, data).content.decode()
    assert cells["CF_WSH"] in kept
    assert cells["CF_SY"] in kept


def test_a_number_that_may_be_somebodys_stays_out_of_a_practice_instance(bureau: Bureau) -> None:
    decision = make_decision(bureau.supplier)
    row = decision.but(document=of_a_region_that_exists(decision.document)).cells()
    assert "这里是练习环境，只接收练习用的号码" in said_wrong(bureau.clerk, ADDRESS, {**row, "CF_CFLB": ["罚款"]})


def test_a_good_row_is_on_its_way_and_ends_in_the_ledger(bureau: Bureau) -> None:
    decision = make_decision(bureau.supplier)
    leads_to = sent(bureau.clerk, ADDRESS, {**decision.cells(), "CF_CFLB": ["罚款"]})
    work_waiting()
    assert "1 行全部处理好了" in shown(bureau.clerk, leads_to)
    assert [entry.item for entry in versions_of(decision)] == [ITEM]


def test_an_empty_form_is_said_to_be_empty(bureau: Bureau) -> None:
    assert "一格都没有填" in said_wrong(bureau.clerk, ADDRESS, {"CF_XDR_MC": " "})


def test_the_form_speaks_english_to_who_reads_english(bureau: Bureau) -> None:
    page = shown(bureau.english, ADDRESS)
    assert "Legal basis" in page
    assert "(optional)" in page
