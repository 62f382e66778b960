"""A paper into a case of one's own: read as it arrives, never longer than promised."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.matters import PaperForm
from chengxin.doors.portal.presenters.matter import Matters
from chengxin.doors.portal.uploads import Incoming, Upload, UploadTooLarge, incoming
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.persons.terms import Scope
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, PaperKind

MOST_BYTES: Final = 10 * 1024 * 1024
PIECE: Final = 2**18
OWN_WISH: Final = "own_wish"
FIRST_KIND: Final = {"repair": PaperKind.PERFORMANCE}
"""What a paper of a workflow most often is."""


@csrf_exempt
def _paper(request: Request, uid: UUID) -> HttpResponse:
    """The form of a paper and the paper itself; its token is checked as soon as the fields are read (``_taken``)."""
    actor, _ = person_of(request)
    case = remedies.case_of(actor=actor, uid=uid, at=request.at)
    note_reading(request, "matters")
    if request.method != "POST":
        kind = FIRST_KIND.get(case.workflow, PaperKind.EVIDENCE)
        return _asked(request, case, PaperForm(language=request.language, initial={"kind": kind.value}))
    try:
        with incoming(request, most_bytes=MOST_BYTES) as upload:
            request.POST = upload.fields  # type: ignore[assignment]
            return csrf_protect(_taken)(request, case, upload)
    except UploadTooLarge as error:
        form = PaperForm(language=request.language, data={"kind": ""})
        form.errors.clear()
        form.say(error)
        return _asked(request, case, form)


def _taken(request: Request, case: Case, upload: Upload) -> HttpResponse:
    actor, _ = person_of(request)
    form = PaperForm(upload.fields, language=request.language)
    content = _whole(upload.file)
    if upload.file is None:
        form.say_missing_file()
    if not form.is_valid():
        return _asked(request, case, form)
    paper = attempted(
        form,
        lambda: remedies.hand_in_paper(
            actor=actor,
            uid=case.uid,
            kind=PaperKind(form.cleaned_data["kind"]),
            title=upload.file_name,
            content=content,
            at=request.at,
            reason=OWN_WISH,
        ),
        field="file",
    )
    if paper is None:
        return _asked(request, case, form)
    messages.success(request, text("resident.paper.done", request.language))
    return redirect("my_matter", case.uid)


def _whole(file: Incoming | None) -> bytes:
    pieces = []
    while file is not None and (piece := file.read(PIECE)):
        pieces.append(piece)
    return b"".join(pieces)


def _asked(request: Request, case: Case, form: PaperForm) -> HttpResponse:
    matters = Matters(surroundings_of(request), request.language)
    context = {"form": form, "case": case, "line": matters.line(case)}
    return render(request, "portal/resident/matter_paper.html", context)


my_matter_paper_add = entrance(who=Who.RESIDENT, by_mandate=Scope.REMEDIES)(_paper)
