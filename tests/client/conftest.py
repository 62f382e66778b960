"""The platform behind a real HTTP server on this machine, for the client as its integrators use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from chengxin.doors.machine.handler import MachineHandler, is_for_machines
from chengxin.foundation import clock
from tests.people import NOW
from tests.rooms.collection.making import Supplier, make_supplier


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture(scope="module")
def supplier(city: None) -> Iterator[Supplier]:
    """An office that hands penalties in, in a city whose clock stands."""
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def address(supplier: Supplier) -> Iterator[str]:
    """Where the platform is reached."""
    machines, pages = MachineHandler(), WSGIHandler()

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        return (machines if is_for_machines(environ["PATH_INFO"]) else pages)(environ, start_response)

    with make_server("127.0.0.1", 0, application, WSGIServer, _Quiet) as server:
        thread = threading.Thread(target=_serve, args=(server,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _serve(server: WSGIServer) -> None:
    try:
        server.serve_forever(poll_interval=0.01)
    finally:
        connections.close_all()
