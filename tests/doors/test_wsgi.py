"""The server's process: what it loaded stays, and no collection goes over it while somebody waits."""

from __future__ import annotations

import os
import subprocess
import sys

SAYS = "import gc; from chengxin.doors import wsgi;print(gc.get_freeze_count(), gc.get_threshold()[0], gc.isenabled());"


def test_what_is_loaded_before_the_first_request_is_collected_no_more() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "chengxin.settings.testing"}
    said = subprocess.run(
        [sys.executable, "-c", SAYS], env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    frozen, between, enabled = int(said[0]), int(said[1]), said[2]
    assert frozen > 100_000, "views and models alone are that many objects"
    assert between == 20_000
    assert enabled == "True", "cycles of requests are still collected"
