"""The invented city on one machine: everything makes itself, and sign-in is a list of invented people."""

import secrets
from pathlib import Path

from chengxin.foundation import server as _server
from chengxin.settings.practice import *  # noqa: F403


def _secret_key(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
        file.touch(0o600, exist_ok=True)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


SECRET_KEY = _secret_key(_server.state_folder() / "session-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = _server.state_folder() / "mail"
CHENGXIN_LETTERS = str(_server.state_folder() / "letters")
CHENGXIN_SMS_GATEWAY = "chengxin.foundation.outbox.channels.FileGateway"
CHENGXIN_SMS_FOLDER = str(_server.state_folder() / "texts")
