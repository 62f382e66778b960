"""One row typed in: a form made from the item alone, screened before it is sent."""

from __future__ import annotations

import io
import json
from functools import partial
from typing import BinaryIO

from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.catalogue.terms import FieldRole, Item
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchView
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.sending import RowForm
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.views.clerk.supplying import acting, own_item
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.kernel.errors import ChengxinError
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView, Permission

FILE_NAME = "form.jsonl"
OWN_NAME = (FieldRole.DECIDER_NAME, FieldRole.SOURCE_NAME)
OWN_CODE = (FieldRole.DECIDER_CODE, FieldRole.SOURCE_CODE)


@entrance(who=Who.OFFICIAL, permission=Permission.SEND_FILE)
def send_row(request: Request, code: str) -> HttpResponse:
    """The form; every fault of the row beside its question; and, without a fault, the row on its way."""
    item = own_item(request, code)
    _, own = acting(request)
    form = RowForm(
        request.POST or None,
        language=request.language,
        item=item,
        given=_given(item, offices.organisation(own)),
    )
    if request.method == "POST" and form.is_valid() and (batch := _sent(request, item, form)) is not None:
        return redirect("batch", uid=batch.uid)
    context = {"form": form, "item": item_name(item, request.language), "code": code}
    return render(request, "portal/clerk/row.html", context)


def _sent(request: Request, item: Item, form: RowForm) -> BatchView | None:
    actor, _ = acting(request)
    cells = form.cells()
    if not any(cell.strip() for cell in cells.values()):
        form.fault("row_empty", "", "")
        return None
    # empty cells too: a column that is missing would be told of as a column, not as a question
    line = json.dumps(cells, ensure_ascii=False)
    found = collection.dry_run(
        actor=actor,
        item=item.code,
        open_stream=partial(_stream, line),
        file_name=FILE_NAME,
        at=request.at,
    )
    for row in found.samples:
        for code, field, detail in row.faults or ((row.reason, row.field, ""),):
            form.fault(code, field, detail)
    if found.refused:
        return None
    form.errors.clear()
    why = text("send.row.reason", request.language)
    try:
        return collection.send_row(actor=actor, item=item.code, cells=cells, at=request.at, reason=why)
    except ChengxinError as error:
        form.say(error)
        return None


def _stream(line: str) -> BinaryIO:
    return io.BytesIO(f"{line}\n".encode())


def _given(item: Item, office: OrganisationView) -> dict[str, str]:
    """What the office would type every time: its own name and code."""
    found: dict[str, str] = {}
    for roles, value in ((OWN_NAME, office.name_zh), (OWN_CODE, office.org_code)):
        found |= {spec.code: value for role in roles if (spec := item.field_of(role)) is not None}
    return found
