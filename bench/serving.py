"""Settings of the server under measurement: production's behaviour on the bench's own databases."""

import os

from chengxin.settings.testing import *  # noqa: F403
from chengxin.settings.testing import DATABASES

_main, _keys = os.environ["BENCH_DATABASES"].split(",")
for _alias, _database in DATABASES.items():
    _database["NAME"] = _keys if _alias.startswith("keys") else _main
if "BENCH_MAIL" in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = os.environ["BENCH_MAIL"]
