"""The WSGI entry point: the server that DATABASE_URL does not name is started before the first request; machines and people
come in by ways of their own."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from chengxin.foundation import server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.settings.production")
server.ensure_unless_named()
_pages = get_wsgi_application()

# Django is set up now, and not before
from chengxin.doors.machine.handler import MachineHandler, is_for_machines  # noqa: E402

_machines = MachineHandler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The door for machines where the path is one of theirs, else the pages."""
    way = _machines if is_for_machines(environ.get("PATH_INFO", "")) else _pages
    return way(environ, start_response)
