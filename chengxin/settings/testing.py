"""Tests and type checks: an embedded server of their own, nothing that production would accept."""

import os
from pathlib import Path

# before base reads it: tests never touch the server of a demo that runs beside them
os.environ.setdefault("CHENGXIN_STATE", str(Path(__file__).resolve().parents[2] / ".state" / "testing"))

from chengxin.settings.practice import *  # noqa: F403

SECRET_KEY = "tests only, and long enough to be one"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = {"level": "WARNING"}
# each worker of the tests counts its own tries
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
