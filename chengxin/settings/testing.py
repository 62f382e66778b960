"""Tests and type checks: an embedded server of their own, nothing that production would accept."""

import os
from pathlib import Path

# before base reads it: tests never touch the server of a demo that runs beside them
os.environ.setdefault("CHENGXIN_STATE", str(Path(__file__).resolve().parents[2] / ".state" / "testing"))

from chengxin.settings import env as _env
from chengxin.settings.base import *  # noqa: F403
from chengxin.settings.base import INSTALLED_APPS as _BASE_APPS
from chengxin.settings.base import TEMPLATES

SECRET_KEY = "tests only, and long enough to be one"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# the invented cast to sign in as; production installs no such app, and a house test looks
INSTALLED_APPS = [*_BASE_APPS, "chengxin.doors.demo"]
TEMPLATES[0]["DIRS"].insert(0, Path(__file__).resolve().parents[1] / "doors" / "demo" / "templates")
TEMPLATES[0]["OPTIONS"]["context_processors"].append("chengxin.doors.demo.signin.context")
CHENGXIN_CITY = {"zh": "云川市", "en": "Yunchuan"}
CHENGXIN_OFFICE = {"zh": "云川市公共信用中心", "en": "Yunchuan Public Credit Centre"}
CHENGXIN_PRACTICE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CHENGXIN_CLOCK_OFFSET_SECONDS = _env.integer("CHENGXIN_CLOCK_OFFSET_SECONDS", 0)
LOGGING = {"level": "WARNING"}
# style and scripts straight from the source, nothing to collect first
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_USE_FINDERS = True
