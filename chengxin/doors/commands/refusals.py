"""What went wrong, as sentences for whoever typed the command, and as an exit code for whatever called it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chengxin.doors.commands.words import lines, spoken
from chengxin.foundation.server import ServerError
from chengxin.kernel.errors import BadInput, ChengxinError, Conflict, NotFound, Refusal, Unavailable

DONE: Final = 0
FAULTS: Final = 1
"""The command did its work and found faults; argparse gives 2 for a command that cannot be read."""
REFUSED, BAD_INPUT, NOT_FOUND, CONFLICT, UNAVAILABLE, CONFIGURATION, BROKEN = 3, 4, 5, 6, 7, 8, 9
INTERRUPTED: Final = 130

CODES: Final[tuple[tuple[type[ChengxinError], int], ...]] = (
    (Refusal, REFUSED),
    (BadInput, BAD_INPUT),
    (NotFound, NOT_FOUND),
    (Conflict, CONFLICT),
    (Unavailable, UNAVAILABLE),
    (ChengxinError, BROKEN),
)
"""Family -> exit code; the first that fits."""


@dataclass(frozen=True, slots=True)
class Told:
    """What to print on the error stream, and what to exit with."""

    lines: tuple[str, ...]
    code: int


def told(error: Exception) -> Told | None:
    """The answer to an error that somebody can do something about; None for one that is a fault of ours."""
    import psycopg
    from django.core.exceptions import ImproperlyConfigured
    from django.db import InterfaceError, OperationalError

    if isinstance(error, ChengxinError):
        return Told(_of_family(error), next(code for family, code in CODES if isinstance(error, family)))
    if isinstance(error, ImproperlyConfigured):
        return Told((*lines("configuration"), str(error)), CONFIGURATION)
    if isinstance(error, OperationalError | InterfaceError | psycopg.OperationalError):
        # of a refused connection libpq says where and why; a statement's error could hold a row
        return Told((*lines("database_away"), *_first_line(error)), UNAVAILABLE)
    if isinstance(error, ServerError):
        return Told((*lines("server_refused"), str(error)), UNAVAILABLE)
    if isinstance(error, OSError) and error.filename is not None:
        return Told((*lines("file", name=error.filename), str(error.strerror)), BAD_INPUT)
    return None


def _of_family(error: ChengxinError) -> tuple[str, ...]:
    from django.conf import settings

    if not settings.configured:
        return (str(error),)
    from chengxin.doors.portal.errors import in_words

    said = [in_words(error, language) for language in spoken()]
    return (*(f"{one.what} {one.do}" for one in said), str(error))


def _first_line(error: Exception) -> tuple[str, ...]:
    text = str(error).strip()
    return (text.splitlines()[0],) if text.startswith(("connection ", "could not ")) else ()
