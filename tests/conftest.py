"""Ground of all tests: settings, no way out of the machine, and a city of its own for every test module.

One pair of databases is migrated once and kept as a template, named after what it was made from; each module gets a
copy, with real roles and real commits, and nothing is rolled back. Workers of one run share server and template.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "chengxin.settings.testing"
for _foreign in (
    "DATABASE_URL",
    "KEYS_URL",
    "CHENGXIN_ROLE_PASSWORDS",
    "CHENGXIN_ADMIN_URL",
    "CHENGXIN_CLOCK_OFFSET_SECONDS",
):
    # what the caller's shell names is a real database: tests use their own
    os.environ.pop(_foreign, None)
# invented people alone live here, made anew by every run: nothing waits for the disk
os.environ["CHENGXIN_SERVER_FSYNC"] = "off"

import django

django.setup()

from tests import templates


def _stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    """No test leaves the machine: a socket to anything but loopback is refused, and so is asking for a name."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise ConnectionRefusedError(f"tests stay on this machine; refused: {address[0]}")
    elif event == "socket.getaddrinfo" and arguments[0] and not _is_loopback(_as_text(arguments[0])):
        raise ConnectionRefusedError(f"tests stay on this machine; refused: {arguments[0]}")


def _as_text(host: object) -> str:
    return host.decode() if isinstance(host, bytes) else str(host)


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1", "0.0.0.0", "::"} or host.startswith("127.")


sys.addaudithook(_stay_here)


@pytest.fixture(scope="module")
def city(request: pytest.FixtureRequest) -> Iterator[None]:
    """An empty city: a copy of the migrated databases for this module, under all aliases, dropped at its end."""
    with templates.copied(request.module.__name__):
        yield
