"""What an operation may know of the request beside its own arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from chengxin.doors.request import Request


def moment_of(request: HttpRequest) -> datetime:
    """The one moment of this request, UTC."""
    return cast("Request", request).at
