"""The proof log as everybody reads it: C2SP tlog-tiles, cosignatures of witnesses, and a page that checks a proof offline."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from pathlib import Path
from string import Template

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.access.terms import CosignatureUnreadable
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text

FOLDER = Path(__file__).resolve().parents[2] / "verifier"
PLAIN = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=1"
WIDTH = 256
MOST_BYTES = 20_000

_TILE = re.compile(r"(?P<path>[x0-9/]+?)(?:\.p/(?P<width>[1-9]\d{0,2}))?")
_WORDS = (
    "no_file", "no_crypto", "no_ed25519", "bad_key", "bad_file", "signed", "unsigned", "inside", "outside", "key_from_file",
    "holds", "fails", "what",
)  # fmt: skip
_TEXTS = (
    "title", "lead", "proves_title", "proves_one", "proves_two", "not_title", "not_one", "not_two", "not_three", "plain_title",
    "plain", "check_title", "file", "key", "key_hint", "check", "keep_title", "keep",
)  # fmt: skip


@entrance(who=Who.PUBLIC)
@require_safe
def checkpoint(request: Request, leaves: int | None = None) -> HttpResponse:
    """The newest signed checkpoint with its cosignatures, or that of so many leaves."""
    return _answer(access.signed_checkpoint(leaves), PLAIN, A_MOMENT)


@entrance(who=Who.PUBLIC)
@require_safe
def tile(request: Request, height: int, place: str) -> HttpResponse:
    """256 hashes, or the first of them while there are fewer (``.p/W``)."""
    n, width = _place(place)
    return _answer(access.public_tile(height, n, width), BYTES, FOR_EVER)


@entrance(who=Who.PUBLIC)
@require_safe
def entries(request: Request, place: str) -> HttpResponse:
    """An entry bundle: our entries are salted commitments, which say nothing without their salt."""
    n, width = _place(place)
    return _answer(access.public_entries(n, width), BYTES, FOR_EVER)


@entrance(who=Who.PUBLIC)
@require_safe
def consistency(request: Request, old: int, new: int) -> HttpResponse:
    """The proof that the tree of ``new`` leaves begins with that of ``old``: a hash a line."""
    if not 0 < old <= new:
        raise Http404
    lines = (base64.b64encode(step).decode() + "\n" for step in access.consistency_proof(old, new))
    return _answer("".join(lines), PLAIN, FOR_EVER)


@entrance(who=Who.PUBLIC)
@require_safe
def key(request: Request) -> HttpResponse:
    """Every key that signed checkpoints here, the newest first, as ``name+id+base64``."""
    return _answer("".join(f"{one.text()}\n" for one in access.log_keys()), PLAIN, A_MOMENT)


# whoever cosigns has no session with us; the signature says who it is
@csrf_exempt
@entrance(who=Who.PUBLIC)
@require_POST
def add_cosignature(request: Request) -> HttpResponse:
    """Take a witness's cosignature: its key, an empty line, the checkpoint with the cosignature under it."""
    content = request.read(MOST_BYTES + 1)
    try:
        named, cut, note = content.decode().partition("\n\n")
    except UnicodeDecodeError as fault:
        raise CosignatureUnreadable(part="not UTF-8") from fault
    if len(content) > MOST_BYTES or not cut:
        raise CosignatureUnreadable(part="the key, an empty line, the note")
    taken = access.add_cosignature(key=named, content=note, at=request.at)
    return _answer(f"{taken.size}\n", PLAIN, "no-store")


@entrance(who=Who.PUBLIC)
@require_safe
def verifier(request: Request) -> HttpResponse:
    """One file that checks a proof in the browser: it may be saved, and needs no connection."""
    response = HttpResponse(verifier_page(request.language))
    response["Content-Security-Policy"] = f"{policy()}; frame-ancestors 'none'"
    return response


@cache
def verifier_page(language: Language) -> str:
    """The page, whole, in one language."""
    said = {name: html.escape(text(f"log.verify.{name}", language)) for name in _TEXTS}
    words = json.dumps({name: text(f"log.verify.{name}", language) for name in _WORDS}, ensure_ascii=False)
    return Template(_file("page.html")).substitute(
        said,
        lang="zh-Hans" if language == "zh" else "en",
        policy=html.escape(policy(), quote=True),
        style=_file("style.css"),
        script=_file("script.js"),
        words=words.replace("<", "\\u003c"),
    )


@cache
def policy() -> str:
    """What the page may do: run its own script, wear its own style, connect nowhere."""
    script, style = (
        base64.b64encode(hashlib.sha256(_file(name).encode()).digest()).decode() for name in ("script.js", "style.css")
    )
    return (
        f"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )


def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _place(place: str) -> tuple[int, int]:
    found = _TILE.fullmatch(place)
    n = access.tile_number(found["path"]) if found else None
    width = int(found["width"] or WIDTH) if found else 0
    if found is None or n is None or (found["width"] and width >= WIDTH):
        raise Http404
    return n, width


def _answer(content: str | bytes, kind: str, kept: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = kept
    # anybody's page may read the log: there is nothing of anybody in it
    response["Access-Control-Allow-Origin"] = "*"
    return response
