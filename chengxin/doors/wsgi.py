"""The WSGI entry point: the server that DATABASE_URL does not name is started before the first request; machines and people
come in by ways of their own."""

import gc
import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from chengxin.foundation import server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.settings.production")
server.ensure_unless_named()
_pages = get_wsgi_application()

# Django is set up now, and not before
from django.urls import get_resolver  # noqa: E402

from chengxin.doors.machine.handler import URLS, MachineHandler, is_for_machines  # noqa: E402

_machines = MachineHandler()

OBJECTS_BETWEEN_COLLECTIONS = 20_000


def _settle() -> None:
    """Load every address, and take what is there by now for good: it stays as long as the process, and a full collection that
    went over it would answer nobody for a quarter of a second, several times in one batch."""
    for urls in (None, URLS):
        assert get_resolver(urls).url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])


_settle()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The door for machines where the path is one of theirs, else the pages."""
    way = _machines if is_for_machines(environ.get("PATH_INFO", "")) else _pages
    return way(environ, start_response)
