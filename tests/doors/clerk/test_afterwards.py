"""What a clerk can do after the answer: withdraw a row, ask for a recall that another decides, report nothing, see figures."""

from __future__ import annotations

from http import HTTPStatus

from chengxin.collection import facade as collection
from chengxin.collection.terms import RecallState
from chengxin.offices.terms import Role
from chengxin.records.terms import Status
from tests.doors.clerk.conftest import Bureau, make_bureau
from tests.doors.offering import desk, refused, said_wrong, sent, shown
from tests.making import make_city
from tests.people import NOW
from tests.rooms.collection.making import ITEM, hand_in, make_decision, versions_of


def test_one_row_is_withdrawn_with_a_reason(bureau: Bureau) -> None:
    decision, other = make_decision(bureau.supplier), make_decision(bureau.supplier)
    batch = hand_in(bureau.supplier, decision, other)
    address = f"/batches/{batch.uid}/withdraw/"
    assert "撤回其中一行" in shown(bureau.clerk, f"/batches/{batch.uid}/")
    ended = {"because": "ended", "reason": "撤销"}
    assert "请写明理由" in said_wrong(bureau.clerk, address, {**ended, "row": "1", "reason": ""})
    assert "请选择：报错了" in said_wrong(bureau.clerk, address, {"row": "1", "reason": "撤销"})
    assert "行号要是数字" in said_wrong(bureau.clerk, address, {**ended, "row": "第一"})
    assert "没有产生可以撤回的记录" in said_wrong(bureau.clerk, address, {**ended, "row": "9"})
    assert sent(bureau.clerk, address, {**ended, "row": "1"}) == f"/batches/{batch.uid}/"
    assert [entry.status for entry in versions_of(decision)] == [Status.WITHDRAWN]
    assert Status.WITHDRAWN not in [entry.status for entry in versions_of(other)]
    assert "您现在的职权不包括这一步" in refused(bureau.second, address)


def test_an_entry_is_withdrawn_by_the_number_of_its_decision(bureau: Bureau) -> None:
    decision = make_decision(bureau.supplier)
    batch = hand_in(bureau.supplier, decision)
    assert "按文号撤回" in shown(bureau.clerk, "/batches/")
    assert "行政处罚（普通程序）" in shown(bureau.clerk, "/withdraw/")
    address = f"/withdraw/{ITEM}/"
    typed = {"CF_WSH": decision.number, "CF_CFJGDM": decision.decider}
    assert f'value="{bureau.supplier.office.org_code}"' in bureau.clerk.get(address).content.decode()
    page = bureau.clerk.post(address, {**typed, "step": "look"}).content.decode()
    assert "找到了：由您的单位报送" in page
    assert f"/batches/{batch.uid}/" in page
    assert decision.name not in page
    wrong = {"step": "withdraw", "because": "wrong", "reason": "金额录错"}
    assert "没有写理由" in said_wrong(bureau.clerk, address, {**typed, **wrong, "reason": ""})
    assert "请选择：报错了" in said_wrong(bureau.clerk, address, {**typed, **wrong, "because": ""})
    none = "没有找到由您的单位报送"
    stranger = make_bureau()
    for client, number in ((stranger.clerk, decision.number), (bureau.clerk, "云市监罚〔2020〕9号")):
        asked = {**typed, **wrong, "CF_WSH": number}
        for step in ("look", "withdraw"):
            assert none in said_wrong(client, address, {**asked, "step": step})
    asked = {**typed, **wrong}
    assert sent(bureau.clerk, address, dict(asked)) == f"/batches/{batch.uid}/"
    assert [entry.status for entry in versions_of(decision)] == [Status.WITHDRAWN]
    assert none in said_wrong(bureau.clerk, address, dict(asked))
    assert "您现在的职权不包括这一步" in refused(bureau.second, address)


def test_a_recall_takes_two(bureau: Bureau) -> None:
    decision = make_decision(bureau.supplier)
    batch = hand_in(bureau.supplier, decision)
    ask = f"/batches/{batch.uid}/recall/"
    sent(bureau.clerk, ask, {"reason": "整批用错了模板"})
    assert "已经有人申请召回" in said_wrong(bureau.clerk, ask, {"reason": "再来"})
    assert "整批用错了模板" in shown(bureau.second, "/recalls/")
    recall = collection.recalls_of_batch(batch.id)[0]
    assert "您现在的职权不包括这一步" in refused(bureau.clerk, f"/recalls/{recall.uid}/approve/")
    sent(bureau.second, f"/recalls/{recall.uid}/approve/", {"reason": "情况属实"})
    assert collection.recall_by_uid(recall.uid).state is RecallState.APPROVED
    assert [entry.status for entry in versions_of(decision)] == [Status.RECALLED]
    assert "已召回" in shown(bureau.clerk, f"/batches/{batch.uid}/")
    assert "按现在的状态" in said_wrong(bureau.second, f"/recalls/{recall.uid}/refuse/", {"reason": "晚了"})


def test_a_recall_can_be_refused_and_the_batch_stays(bureau: Bureau) -> None:
    decision = make_decision(bureau.supplier)
    batch = hand_in(bureau.supplier, decision)
    sent(bureau.clerk, f"/batches/{batch.uid}/recall/", {"reason": "好像错了"})
    recall = collection.recalls_of_batch(batch.id)[0]
    sent(bureau.second, f"/recalls/{recall.uid}/refuse/", {"reason": "没有错"})
    assert Status.RECALLED not in [entry.status for entry in versions_of(decision)]
    assert "没有同意" in shown(bureau.clerk, f"/batches/{batch.uid}/")


def test_the_recall_officer_reaches_every_supplier(bureau: Bureau) -> None:
    batch = hand_in(bureau.supplier, make_decision(bureau.supplier))
    officer = desk(Role.RECALL_OFFICER, organisation=make_city())
    assert bureau.supplier.office.name_zh in shown(officer.client, f"/batches/?office={bureau.supplier.office.uid}")
    sent(officer.client, f"/batches/{batch.uid}/recall/", {"reason": "网信部门通报"})
    recall = collection.recalls_of_batch(batch.id)[0]
    page = shown(officer.client, "/recalls/")
    assert "要由另一个人决定" in page
    assert "另一位有权的同事" in said_wrong(officer.client, f"/recalls/{recall.uid}/approve/", {"reason": "自己"})


def test_what_is_due_is_shown_and_nothing_can_be_reported() -> None:
    bureau = make_bureau()
    page = shown(bureau.clerk, "/duties/")
    assert "行政处罚（普通程序）" in page
    assert "本期没有" in page
    period = next(
        one for one in collection.duties_of(bureau.supplier.clerk, bureau.supplier.office.id, NOW) if one.item == ITEM
    )
    address = f"/duties/{ITEM}/{period.period_from.isoformat()}/nothing/"
    assert "请写明理由" in said_wrong(bureau.clerk, address, {"reason": ""})
    assert sent(bureau.clerk, address, {"reason": "本月无处罚"}) == "/duties/"
    assert "已报“无”" in shown(bureau.clerk, "/duties/")
    assert "已经报告过了" in said_wrong(bureau.clerk, address, {"reason": "再报"})
    later = f"/duties/{ITEM}/2027-03-01/nothing/"
    assert "还没有开始" in said_wrong(bureau.clerk, later, {"reason": "提前"})
    assert bureau.clerk.get(f"/duties/{ITEM}/not-a-day/nothing/").status_code == HTTPStatus.NOT_FOUND


def test_who_supplies_nothing_begins_with_an_office_that_does() -> None:
    make_bureau()
    auditor = desk(Role.AUDITOR, organisation=make_city()).client
    for address in ("/duties/", "/supply/"):
        page = auditor.get(address).content.decode()
        assert f'value="{make_city().uid}" selected' not in page
        assert "目录里没有由这个单位报送的事项" not in page
    assert "目录里没有由这个单位报送的事项" in shown(auditor, f"/duties/?office={make_city().uid}")


def test_figures_are_the_offices_own_and_in_reach_of_those_above(bureau: Bureau) -> None:
    hand_in(bureau.supplier, make_decision(bureau.supplier), make_decision(bureau.supplier, document="1"))
    page = shown(bureau.clerk, "/supply/?span=month")
    assert bureau.supplier.office.name_zh in page
    assert "证件号码的位数不对" in page or "证件号码" in page
    auditor = desk(Role.AUDITOR, organisation=make_city()).client
    uid = bureau.supplier.office.uid
    assert bureau.supplier.office.name_zh in shown(auditor, f"/supply/?office={uid}")
    assert bureau.supplier.office.name_zh in shown(auditor, f"/duties/?office={uid}")
    stranger = make_bureau()
    assert "您的职权管不到" in refused(stranger.clerk, f"/supply/?office={uid}")
    assert stranger.clerk.get("/supply/?office=nonsense").status_code == HTTPStatus.NOT_FOUND
