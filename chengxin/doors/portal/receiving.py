"""What arrives in a request before anything begins: a paper, while which no transaction waits; and words of any length."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from chengxin.doors.entrance import entrance_of, may_enter
from chengxin.doors.portal.uploads import UploadTooLarge, incoming
from chengxin.doors.request import Request
from chengxin.foundation.database import in_transaction
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.remedies.terms.reasons import Reason

MOST_BYTES: Final = 10 * 1024 * 1024
PIECE: Final = 2**18
MOST_WORDS: Final = 16 * 1024 * 1024
"""Nearly two million Chinese characters: a novel of three volumes. Longer words come as a file."""


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Received:
    """What was posted: the fields, the file's name without folders, its bytes (None: none was chosen); or why it was not read."""

    fields: QueryDict
    file_name: str = ""
    content: bytes | None = None
    refused: Refusal | None = None


def with_paper(view: View) -> View:
    """Around a declared entrance: what whoever may enter posts is read whole, then the view runs in one transaction with it.

    The view takes ``received``, None where nothing was posted, and has the form's token checked by ``csrf_protect``.
    """
    declared = entrance_of(view)
    assert declared is not None

    @wraps(view)
    def receiving(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        received = None
        if request.method == "POST":
            require(may_enter(declared, request))
            received = _read(request)
            request.POST = received.fields  # type: ignore[assignment]
        with in_transaction():
            return view(request, *args, received=received, **kwargs)

    return cast("View", transaction.non_atomic_requests(csrf_exempt(receiving)))


def token_checked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The part of such a view that acts, with its form's token checked."""
    return csrf_protect(view)


def takes_long_words(view: View) -> View:
    """A form in which people tell: what they typed is taken far beyond what other forms hold."""
    view.most_words = MOST_WORDS  # type: ignore[attr-defined]
    return view


class LongWords:
    """Reads the body of such a form before anybody asks for it. What other forms may hold stays as small as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> None:
        most = getattr(view, "most_words", 0)
        told = str(request.META.get("CONTENT_LENGTH") or "")
        length = int(told) if told.isdecimal() else 0
        if (
            request.content_type == "application/x-www-form-urlencoded"
            and settings.DATA_UPLOAD_MAX_MEMORY_SIZE < length <= most
        ):
            # where a body lies once it was read
            request._body = request.read(length)


def _read(request: Request) -> Received:
    try:
        with incoming(request, most_bytes=MOST_BYTES) as upload:
            if upload.file is None:
                return Received(upload.fields)
            content = b"".join(iter(lambda: upload.file.read(PIECE), b""))  # type: ignore[union-attr]
            return Received(upload.fields, upload.file_name, content)
    except UploadTooLarge:
        # what a supplier's file of rows is told does not help whoever took a picture
        too_large = Refused(Reason.PAPER_TOO_LARGE, "", {"most": MOST_BYTES})
        return Received(QueryDict(), refused=Refusal(too_large))
