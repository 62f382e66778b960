"""Batches: the list, one with its progress or its answer, and what may still be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from chengxin.collection import facade as collection
from chengxin.collection.terms import OPEN_STATES, BatchAct, BatchState, BatchView, RecallState, TakenBack
from chengxin.doors.answers import what_to_do
from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.sending import WithdrawForm
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.batches import batch_line, reason_line, row_lines
from chengxin.doors.portal.views.clerk.sending import draft_page
from chengxin.doors.portal.views.clerk.supplying import (
    acting,
    item_of,
    may,
    office_asked_about,
    own_batch,
)
from chengxin.doors.request import Request
from chengxin.doors.wording import date_in_words, text
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

A_PAGE = 30
ROWS_SHOWN = 50


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_BATCHES)
@require_safe
def batches(request: Request) -> HttpResponse:
    """The newest first; older ones by a link that names the last one seen."""
    actor, own = acting(request)
    office, choices = office_asked_about(request, Permission.SEE_BATCHES)
    before = _moment(request.GET.get("before", ""))
    found = collection.batches_for(actor, request.at, organisation_id=office.id, limit=A_PAGE + 1, before=before)
    context = {
        "office": name_of(office, request.language),
        "chosen": office.uid,
        "choices": [(one.uid, name_of(one, request.language)) for one in choices],
        "lines": [batch_line(one, item_of(one), request.language) for one in found[:A_PAGE]],
        "older": found[A_PAGE - 1].received_at.isoformat() if len(found) > A_PAGE else "",
        "may_withdraw": office.id == own and may(request, Permission.WITHDRAW_ROW),
        "may_send": office.id == own and may(request, Permission.SEND_FILE),
    }
    return render(request, "portal/clerk/batches.html", context)


def _moment(written: str) -> datetime | None:
    try:
        found = parse_datetime(written)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_BATCHES)
@require_safe
def batch(request: Request, uid: UUID) -> HttpResponse:
    """A draft, work under way, a stop, or the answer."""
    found = own_batch(request, uid)
    if found.state is BatchState.DRAFT:
        return draft_page(request, found)
    item = item_of(found)
    closed = found.state not in OPEN_STATES
    office = offices.organisation(found.organisation_id)
    context = {
        "line": batch_line(found, item, request.language),
        "batch": found,
        "office": name_of(office, request.language),
        "sent_by": offices.official_names([found.sent_by]).get(found.sent_by, ""),
        "ended": _ended(found),
        "working": found.state in {BatchState.WAITING, BatchState.SCREENING},
        "until": date_in_words(found.file_destroy_at, request.language),
        "percent_of": found.rows_expected or 0,
        "reasons": _reasons(found, request) if closed else [],
        "rows": row_lines(collection.refusals_of(found.id, limit=ROWS_SHOWN), item, request.language) if closed else [],
        "recalls": collection.recalls_of_batch(found.id),
        "recalled": any(one.state is RecallState.APPROVED for one in collection.recalls_of_batch(found.id)),
        "may_read": may(request, Permission.READ_FILES, found.organisation_id),
        "may_mend": may(request, Permission.SEND_FILE, found.organisation_id),
        "may_withdraw": closed and may(request, Permission.WITHDRAW_ROW, found.organisation_id),
        "may_recall": closed and may(request, Permission.ASK_RECALL, found.organisation_id),
    }
    response = render(request, "portal/clerk/batch.html", context)
    if request.headers.get("HX-Request") and not context["working"]:
        # the bar asked, and the work is done: the page as a whole has something else to say now
        response.headers["HX-Refresh"] = "true"
    return response


def _ended(found: BatchView) -> dict[str, str]:
    """Who cancelled it and why, where an official did; by itself it ends on its file's last day."""
    act = collection.why_cancelled(found)
    if act is None or act.official_id is None:
        return {}
    return {"by": offices.official_names([act.official_id]).get(act.official_id, ""), "why": act.reason}


def _reasons(found: BatchView, request: Request) -> list[object]:
    item = item_of(found)
    refused = collection.refused_by_reason(found.id)
    held = [(code, "", rows) for code, rows in collection.held_by_reason(found.id)]
    return [reason_line(code, field, rows, item, request.language) for code, field, rows in (*refused, *held)]


# --- the answer, to be carried away -----------------------------------------------------------------------------------


@entrance(who=Who.OFFICIAL, permission=Permission.READ_FILES)
@require_safe
def batch_answer(request: Request, uid: UUID) -> HttpResponseBase:
    """The supplier's own file, with what became of each row in two columns more."""
    return _file(request, uid, failed_only=False)


@entrance(who=Who.OFFICIAL, permission=Permission.READ_FILES)
@require_safe
def batch_failed(request: Request, uid: UUID) -> HttpResponseBase:
    """The same with the rows alone that are to be mended."""
    return _file(request, uid, failed_only=True)


def _file(request: Request, uid: UUID, *, failed_only: bool) -> HttpResponseBase:
    actor, _ = acting(request)
    answer = collection.answer_for(actor, uid, what_to_do, request.at, failed_only=failed_only)
    response = StreamingHttpResponse(answer.parts, content_type=answer.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name)}"
    return response


# --- what may still be done -------------------------------------------------------------------------------------------


def _act_page(key: str, permission: Permission, act: Callable[[Request, UUID, str], object]) -> View:
    """A page that asks why, and then does it: ``send.<key>`` has its words."""

    def page(request: Request, uid: UUID) -> HttpResponse:
        found = own_batch(request, uid)
        form = ActForm(request.POST or None, language=request.language)
        if (
            request.method == "POST"
            and form.is_valid()
            and attempted(form, lambda: act(request, uid, form.why)) is not None
        ):
            messages.success(request, text(f"send.{key}.done", request.language))
            return redirect("batch", uid=uid)
        words = {part: text(f"send.{key}.{part}", request.language) for part in ("title", "lead", "button")}
        context = {**words, "form": form, "line": batch_line(found, item_of(found), request.language)}
        return render(request, "portal/clerk/act.html", context)

    return entrance(who=Who.OFFICIAL, permission=permission)(page)


batch_cancel = _act_page(
    "cancel",
    Permission.SEND_FILE,
    lambda request, uid, why: collection.cancel_batch(actor=acting(request)[0], uid=uid, at=request.at, reason=why),
)
batch_retry = _act_page(
    "retry",
    Permission.SEND_FILE,
    lambda request, uid, why: collection.retry_batch(actor=acting(request)[0], uid=uid, at=request.at, reason=why),
)
recall_ask = _act_page(
    "recall",
    Permission.ASK_RECALL,
    lambda request, uid, why: collection.ask_recall(actor=acting(request)[0], batch_uid=uid, at=request.at, reason=why),
)
BATCH_ACTS = {BatchAct.CANCEL: batch_cancel, BatchAct.RETRY: batch_retry}


@entrance(who=Who.OFFICIAL, permission=Permission.WITHDRAW_ROW)
def row_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take back the one entry that a row of this batch made."""
    found = own_batch(request, uid)
    actor, _ = acting(request)
    form = WithdrawForm(request.POST or None, language=request.language, initial={"row": request.GET.get("row", "")})

    def withdraw() -> bool:
        row_no = form.cleaned_data["row"]
        because = TakenBack(form.cleaned_data["because"])
        collection.withdraw_row(
            actor=actor, batch_uid=uid, row_no=row_no, because=because, at=request.at, reason=form.why
        )
        return True

    if request.method == "POST" and form.is_valid() and attempted(form, withdraw, field="row"):
        messages.success(request, text("send.withdraw.done", request.language, row=form.cleaned_data["row"]))
        return redirect("batch", uid=uid)
    context = {"form": form, "line": batch_line(found, item_of(found), request.language)}
    return render(request, "portal/clerk/withdraw.html", context)
