"""Where this process gets its keyring: a file, the environment, or a provider that the operator names.

`KeyProvider` is the seam for an HSM or a KMS. It hands over the document at start, for example by having the module
unwrap a sealed one, and the keys then live in the process: a blind index takes under a microsecond here and a network
call there, and intake makes four for each row.
"""

import contextlib
import functools
import os
import secrets
import stat
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from chengxin.foundation import server
from chengxin.foundation.keyring.ring import Keyring, KeyringUnreadable

FILE_VARIABLE: Final = "CHENGXIN_KEYS_FILE"
TEXT_VARIABLE: Final = "CHENGXIN_KEYS"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeyProvider(Protocol):
    """Gives the keyring's document, see `ring`. Raises `ImproperlyConfigured` naming what is wrong and the remedy."""

    def fetch(self) -> str: ...


class FileKeys:
    """A file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fetch(self) -> str:
        try:
            with self.path.open(encoding="utf-8") as file:
                # Of the open file, not of the name: what was checked is what is read.
                if os.fstat(file.fileno()).st_mode & _OTHERS:
                    raise ImproperlyConfigured(f"{self.path}: others may read the keys. Remedy: chmod 600 {self.path}")
                return file.read()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{self.path}: the keyring cannot be read ({error.strerror}). Remedy: let {FILE_VARIABLE} name the "
                "file, make one with `chengxin keys create`, or join one from escrow with `chengxin keys join`"
            ) from error


class EnvironmentKeys:
    """A variable that holds the document itself, as container platforms hand secrets over."""

    def __init__(self, variable: str = TEXT_VARIABLE) -> None:
        self.variable = variable

    def fetch(self) -> str:
        content = os.environ.get(self.variable, "")
        if not content:
            raise ImproperlyConfigured(f"{self.variable} is empty. Remedy: put the keyring's document there")
        return content


def store(path: Path, keyring: Keyring, *, replace: bool = False) -> None:
    """Write the keyring to `path`, mode 0600, durable and never half. Raises FileExistsError without `replace`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(keyring.content())
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(path)
        else:
            # A hard link fails where the name is taken: of two processes that start at once one wins, and both read it.
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@functools.cache
def current() -> Keyring:
    """The keyring of this process, read once: after a rotation the processes are restarted.

    Raises `ImproperlyConfigured` where there is none. A practice instance (demo, tests) makes its own.
    """
    try:
        return Keyring.read(_provider().fetch())
    except KeyringUnreadable as fault:
        raise ImproperlyConfigured(f"the keyring cannot be used: {fault}") from None


def forget() -> None:
    """Let the next `current` read again: for tests and for the command that rotates."""
    current.cache_clear()


def _provider() -> KeyProvider:
    named = getattr(settings, "CHENGXIN_KEY_PROVIDER", "")
    if named:
        provider: KeyProvider = import_string(named)()
        return provider
    if os.environ.get(TEXT_VARIABLE):
        return EnvironmentKeys()
    path = key_file()
    if getattr(settings, "CHENGXIN_PRACTICE", False) and not path.exists():
        with contextlib.suppress(FileExistsError):
            store(path, Keyring.create())
    return FileKeys(path)


def key_file() -> Path:
    """The keyring's file: setting or variable CHENGXIN_KEYS_FILE; a practice instance without has one of its own."""
    named = getattr(settings, FILE_VARIABLE, None) or os.environ.get(FILE_VARIABLE)
    if named:
        return Path(named)
    if getattr(settings, "CHENGXIN_PRACTICE", False):
        return server.state_folder() / "keys.json"
    raise ImproperlyConfigured(
        f"{FILE_VARIABLE} is not set. Remedy: let it name the keyring's file (`chengxin keys create`)"
    )
