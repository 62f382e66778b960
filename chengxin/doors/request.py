"""What every request carries once the doors have looked at it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from chengxin.doors.wording import Language
from chengxin.foundation.actors import Actor
from chengxin.kernel.decisions import Refused
from chengxin.persons.terms import MandateView


class Request(HttpRequest):
    """A request as views receive it; ``doors.middleware`` sets these once, nothing changes them later."""

    at: datetime
    """The one moment of this request, UTC."""
    language: Language
    large_text: bool
    actor: Actor | None
    """Who acts; None for somebody not signed in, or signed in but not (yet) anybody here: then ``why_nobody`` says why."""
    why_nobody: Refused | None
    mandate: MandateView | None
    """By which mandate the actor acts for another; every page says so."""
