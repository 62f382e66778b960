"""A person's request by its pages: one question after the other, then the check, then it is sent."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpResponse
from django.test import Client


def answer(client: Client, base: str, **answers: str) -> str:
    """Answer the questions one after the other, as their pages lead on; gives where the last one leads."""
    address = base
    for name, value in answers.items():
        led = client.post(address, {name: value})
        assert led.status_code == 302, (address, name)
        address = led.headers["Location"]
    return address


def spoken(page: HttpResponse) -> str:
    """A page whose days are plain words, without the marks that tell them to machines."""
    return re.sub(r"</?(?:time|span)[^>]*>", "", page.content.decode())


def object_by_web(client: Client, uid: UUID, about: str, *, words: str = "") -> HttpResponse:
    """Object to an entry, as its pages lead: "not me", or what is wrong. Where one is open already, they lead to it."""
    said = {"who": "not_me"} if about == "not_me" else {"who": "mine", "what": about}
    base = f"/my/record/{uid}/wrong/"
    check = base
    for name, value in {**said, "words": words}.items():
        led = client.post(check, {name: value})
        assert led.status_code == 302, (check, name)
        check = led.headers["Location"]
        if not check.startswith(base):
            return led
    return client.post(check)
