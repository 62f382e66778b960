"""Tests and type checks: an embedded server of their own, nothing that production would accept."""

import os
from pathlib import Path

# before base reads it: tests never touch the server of a demo that runs beside them
os.environ.setdefault("CHENGXIN_STATE", str(Path(__file__).resolve().parents[2] / ".state" / "testing"))

from chengxin.settings import env as _env
from chengxin.settings.base import *  # noqa: F403
from chengxin.settings.base import INSTALLED_APPS as _BASE_APPS

SECRET_KEY = "tests only, and long enough to be one"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*_BASE_APPS]
CHENGXIN_PRACTICE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CHENGXIN_CLOCK_OFFSET_SECONDS = _env.integer("CHENGXIN_CLOCK_OFFSET_SECONDS", 0)
