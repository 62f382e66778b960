"""Handing a file in: what may be sent, the upload as a stream, headings, trying it out, and sending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from chengxin.catalogue.terms import Item
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, BatchView, Channel
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.sending import HeadingsForm, SendForm
from chengxin.doors.portal.presenters.batches import batch_line, columns_of, reason_line, row_lines
from chengxin.doors.portal.presenters.catalogue import item_line, item_name
from chengxin.doors.portal.uploads import Upload, UploadTooLarge, incoming
from chengxin.doors.portal.views.clerk.supplying import acting, item_of, own_batch, own_item, own_items
from chengxin.doors.request import Request
from chengxin.doors.wording import date_in_words, reason, text
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Permission

MOST_BYTES = 10**9
"""A CSV or JSON file; what a workbook may hold is looked at once it is here."""
MOST_TRIED_ROWS = 500_000
"""So many rows of a larger file are tried out: whoever asks waits for the page. The command reads all of them."""
SHOWN = 50


@entrance(who=Who.OFFICIAL, permission=Permission.SEND_FILE)
@require_safe
def send(request: Request) -> HttpResponse:
    """Which item?"""
    lines = [item_line(item, request.language) for item in own_items(request)]
    return render(request, "portal/clerk/send.html", {"lines": lines})


@entrance(who=Who.OFFICIAL, permission=Permission.SEND_FILE)
@transaction.non_atomic_requests
@csrf_exempt
def send_file(request: Request, code: str) -> HttpResponse:
    """The form of a file, and the file itself: sealed while it arrives, a draft afterwards.

    Its token is checked as soon as the fields are read (``_taken``): Django would read the whole file for it first. Nor does
    a transaction stay open while a gigabyte travels: the action opens its own.
    """
    item = own_item(request, code)
    if request.method != "POST":
        form = SendForm(language=request.language, initial={"reason": text("send.file.usual", request.language)})
        return _asked(request, item, form)
    try:
        with incoming(request, most_bytes=MOST_BYTES) as upload:
            request.POST = upload.fields  # type: ignore[assignment]
            return csrf_protect(_taken)(request, item, upload)
    except UploadTooLarge as error:
        form = SendForm({"reason": ""}, language=request.language)
        form.errors.clear()
        form.say(error)
        return _asked(request, item, form)


def _taken(request: Request, item: Item, upload: Upload) -> HttpResponse:
    form = SendForm(upload.fields, language=request.language)
    actor, _ = acting(request)
    if upload.file is None:
        form.say_missing_file()
    if not form.is_valid():
        return _asked(request, item, form)
    source, size = upload.file, request.META.get("CONTENT_LENGTH", "")
    batch = attempted(
        form,
        lambda: collection.receive_file(
            actor=actor,
            item=item.code,
            stream=source,  # type: ignore[arg-type]
            file_name=upload.file_name,
            size=int(size) if size.isdecimal() else None,
            channel=Channel.UPLOAD,
            at=request.at,
            reason=form.why,
            hold=True,
        ),
        at_once=False,
    )
    return _asked(request, item, form) if batch is None else redirect("batch", uid=batch.uid)


def _asked(request: Request, item: Item, form: SendForm) -> HttpResponse:
    context = {"form": form, "item": item_name(item, request.language), "code": item.code}
    return render(request, "portal/clerk/send_file.html", context)


# --- a draft ----------------------------------------------------------------------------------------------------------


def draft_page(request: Request, batch: BatchView) -> HttpResponse:
    """What is known of a file that was handed in and not sent yet, and what it still needs."""
    item = item_of(batch)
    context = {
        "line": batch_line(batch, item, request.language),
        "columns": columns_of(batch, item, request.language),
        "notes": [reason(note, request.language).what for note in batch.file_facts.get("notes", ())],
        "too_long": (batch.rows_expected or 0) > MOST_TRIED_ROWS,
        "until": date_in_words(batch.file_destroy_at, request.language),
        "same": None if batch.same_as is None else collection.batch_by_uid(batch.same_as),
    }
    return render(request, "portal/clerk/draft.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.SEND_FILE)
def batch_headings(request: Request, uid: UUID) -> HttpResponse:
    """Which field does each of the file's own headings mean? The answer is kept for the next file."""
    batch = _draft(request, uid)
    item = item_of(batch)
    if item is None:
        return redirect("batch", uid=uid)
    columns = columns_of(batch, item, request.language)
    form = HeadingsForm(
        request.POST or None,
        language=request.language,
        item=item,
        headings=columns.headings,
        mapping=batch.mapping,
    )
    if request.method == "POST" and form.is_valid():
        actor, _ = acting(request)
        collection.map_headings(actor=actor, uid=uid, mapping=form.mapping(), at=request.at, reason=batch.reason)
        return redirect("batch", uid=uid)
    unknown = [form[name] for name, heading in form.headings.items() if heading in columns.unknown]
    known = [form[name] for name, heading in form.headings.items() if heading not in columns.unknown]
    context = {
        "form": form,
        "unknown": unknown,
        "known": known,
        "batch": batch,
        "missing": columns.missing,
        "item": item_name(item, request.language),
    }
    return render(request, "portal/clerk/headings.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.SEND_FILE)
@require_POST
def batch_try(request: Request, uid: UUID) -> HttpResponse:
    """What screening says of a draft; nothing is stored by it, and nothing known of anybody is looked up."""
    batch = _draft(request, uid)
    actor, _ = acting(request)
    item = item_of(batch)
    found = collection.dry_run_of(actor=actor, uid=uid, at=request.at, most_rows=MOST_TRIED_ROWS)
    context = {
        "line": batch_line(batch, item, request.language),
        "found": found,
        "left": None if found.whole else max((batch.rows_expected or 0) - found.rows, 0),
        "reasons": [
            reason_line(code, field, rows, item, request.language) for (code, field), rows in found.reasons.items()
        ],
        "rows": row_lines(found.samples[:SHOWN], item, request.language),
    }
    return render(request, "portal/clerk/tried.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.SEND_FILE)
@require_POST
def batch_send(request: Request, uid: UUID) -> HttpResponse:
    """Hand a draft in, for the reason given with its file."""
    batch = _draft(request, uid)
    actor, _ = acting(request)
    collection.send_batch(actor=actor, uid=uid, at=request.at, reason=batch.reason)
    messages.success(request, text("send.sent", request.language))
    return redirect("batch", uid=uid)


def _draft(request: Request, uid: UUID) -> BatchView:
    batch = own_batch(request, uid)
    if batch.state is not BatchState.DRAFT:
        raise Refusal(Refused("wrong_state", "workflow", {"state": batch.state.value}))
    return batch
