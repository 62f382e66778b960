"""The invented city on one machine: everything makes itself, and sign-in is a list of invented people."""

import secrets
from pathlib import Path

from chengxin.foundation import server as _server
from chengxin.settings import env as _env
from chengxin.settings.base import *  # noqa: F403
from chengxin.settings.base import INSTALLED_APPS as _BASE_APPS
from chengxin.settings.base import TEMPLATES


def _secret_key(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
        file.touch(0o600, exist_ok=True)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


SECRET_KEY = _secret_key(_server.state_folder() / "session-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# the invented cast to sign in as; production installs no such app, and a house test looks
INSTALLED_APPS = [*_BASE_APPS, "chengxin.doors.demo"]
TEMPLATES[0]["DIRS"].insert(0, Path(__file__).resolve().parents[1] / "doors" / "demo" / "templates")
TEMPLATES[0]["OPTIONS"]["context_processors"].append("chengxin.doors.demo.signin.context")
CHENGXIN_CITY = {"zh": "云川市", "en": "Yunchuan"}
CHENGXIN_OFFICE = {"zh": "云川市公共信用中心", "en": "Yunchuan Public Credit Centre"}
# region 00 of identity numbers, the one no person can have, is accepted here and nowhere else
CHENGXIN_PRACTICE = True
# a passkey over plain http works on localhost alone
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = _server.state_folder() / "letters"
CHENGXIN_CLOCK_OFFSET_SECONDS = _env.integer("CHENGXIN_CLOCK_OFFSET_SECONDS", 0)
# style and scripts straight from the source, nothing to collect first
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_USE_FINDERS = True
