"""The tree of organisations, and the permission table as it is."""

from __future__ import annotations

import re

from django.test import Client

from chengxin.foundation import clock
from chengxin.offices import facade as offices
from chengxin.offices.terms import PERMISSIONS, Permission, Role
from tests.doors.offering import desk, head_desks, refused, said_wrong, shown
from tests.making import make_city, make_code, make_organisation


def filled(**changes: object) -> dict[str, object]:
    return {
        "parent": str(make_city().uid),
        "name_zh": "云川市水利局",
        "name_en": "Yunchuan Water Bureau",
        "org_code": make_code(),
        "tier": "supplier",
        "kind": "water",
        "contact": "000-11112222",
        "reason": "新设",
        **changes,
    }


def test_an_organisation_is_registered_corrected_and_closed() -> None:
    first, _ = head_desks()
    code = make_code()
    assert first.client.post("/organisations/register/", filled(org_code=code)).headers["Location"] == "/organisations/"
    office = offices.organisation_by_code(code)
    assert "云川市水利局" in shown(first.client, "/organisations/")
    correct = {"name_zh": "云川市水务局", "name_en": office.name_en, "contact": office.contact, "reason": "更名"}
    first.client.post(f"/organisations/{office.uid}/correct/", correct)
    assert offices.organisation_by_code(code).name_zh == "云川市水务局"
    first.client.post(f"/organisations/{office.uid}/close/", {"reason": "撤销"})
    assert not offices.organisation_by_code(code).is_active


def test_a_wrong_or_taken_code_is_said_beside_the_field() -> None:
    first, _ = head_desks()
    taken = make_organisation(at=clock.now()).org_code
    assert "统一社会信用代码不对" in said_wrong(first.client, "/organisations/register/", filled(org_code="123"))
    page = first.client.post("/organisations/register/", filled(org_code=taken)).content.decode()
    assert "已经登记过了" in page
    assert 'value="云川市水利局"' in page, "nothing typed is lost"


def test_what_is_in_use_stays_open_and_so_does_the_root() -> None:
    first, _ = head_desks()
    busy = desk(Role.CLERK).actor
    office = offices.organisation(busy.organisation_id)  # type: ignore[arg-type]
    assert "还有在任人员" in said_wrong(first.client, f"/organisations/{office.uid}/close/", {"reason": "撤销"})
    assert "牵头单位不能停用" in said_wrong(
        first.client, f"/organisations/{make_city().uid}/close/", {"reason": "撤销"}
    )


def test_a_head_keeps_to_their_own_branch() -> None:
    mine = desk(Role.OFFICE_HEAD, organisation=make_organisation(at=clock.now()))
    other = make_organisation(at=clock.now())
    assert "您的职权管不到" in refused(mine.client, f"/organisations/{other.uid}/correct/")
    assert other.name_zh not in shown(mine.client, "/organisations/")


def test_every_official_reads_the_whole_permission_table() -> None:
    page = shown(desk(Role.AUDITOR).client, "/permissions/")
    assert all(permission.value in page for permission in Permission)
    assert "/officials/appoint/" in page, "the pages stand beside what opens them"


def test_the_table_names_pages_by_their_words_and_keeps_codes_apart() -> None:
    table, codes = desk(Role.AUDITOR).client.get("/permissions/").content.decode().split("</table>")
    assert "<code" not in table
    assert "人员与职权" in table
    assert "<details" in codes
    english = desk(Role.AUDITOR, language="en").client.get("/permissions/").content.decode().split("</table>")[0]
    assert "Officials" in english
    assert "/officials/" not in english.split("<tbody")[1]


def test_the_table_can_be_read_by_role() -> None:
    client = desk(Role.CLERK).client
    clerks = {one.value for one, roles in PERMISSIONS.items() if Role.CLERK in roles}
    everything = {one.value for one in Permission}
    assert _codes(client, "/permissions/?role=clerk") == clerks
    assert "<h2>报送员</h2>" in client.get("/permissions/?role=clerk").content.decode()
    assert _codes(client, "/permissions/?role=nonsense") == everything


def _codes(client: Client, address: str) -> set[str]:
    return set(re.findall(r'<code class="soft">(\w+)</code>', client.get(address).content.decode()))
