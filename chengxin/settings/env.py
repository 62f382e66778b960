"""Typed readers of environment variables. A value that cannot be read stops the start, naming the variable."""

import json
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parents[1]

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str | None = None) -> str:
    """The variable as it stands; without it the default, and without that ImproperlyConfigured."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set")
    return default


def integer(name: str, default: int | None = None) -> int:
    """A whole number."""
    value = text(name, None if default is None else str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from None


def flag(name: str, default: bool | None = None) -> bool:
    """true/false, yes/no, on/off, 1/0; anything else is an error, never silently false."""
    value = text(name, None if default is None else str(default)).lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")


def path(name: str, default: Path | None = None) -> Path:
    """An absolute path; `~` is opened, the file need not exist."""
    return Path(text(name, None if default is None else str(default))).expanduser().absolute()


def words(name: str, default: tuple[str, ...] | None = None) -> list[str]:
    """A list separated by commas; blanks around the words are dropped."""
    value = text(name, None if default is None else ",".join(default))
    return [word.strip() for word in value.split(",") if word.strip()]


def secret(name: str, default: str | None = None) -> str:
    """A secret from the file that NAME_FILE names, else from NAME: a file does not show in a process list."""
    held_in = os.environ.get(f"{name}_FILE", "").strip()
    if not held_in:
        return text(name, default)
    try:
        value = Path(held_in).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}") from error
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE is empty")
    return value


def json_strings(file: Path) -> dict[str, str]:
    """A JSON file that holds one object of texts (the role passwords)."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{file.name} cannot be read as JSON: {error}") from error
    if not isinstance(value, dict) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        raise ImproperlyConfigured(f"{file.name} must hold one JSON object of texts")
    return value
