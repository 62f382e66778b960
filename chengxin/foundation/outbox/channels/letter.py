"""Letters as HTML files in a folder that only this service and the print house open. The file's name is the notice's number."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from chengxin.foundation.outbox.terms import Addresses, ChannelKind, Content, Fault, Parcel, Receipt, State

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600


class Letters:
    """The folder of the print house. A file is whole or absent; making one again replaces it, so nobody is told twice."""

    kind: ClassVar = ChannelKind.LETTER
    repeatable: ClassVar = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def content(self, addresses: Addresses) -> Content:
        return Content.WHOLE

    def send(self, parcel: Parcel) -> Receipt | Fault:
        """Write the letter, durable when this returns. A full or missing disk stops all letters, not this one."""
        assert parcel.message is not None
        text = parcel.message.html.encode()
        try:
            self._write(self.path(parcel.notice.uid), text)
        except OSError as error:
            return Fault(f"folder_{type(error).__name__}", everywhere=True)
        return Receipt(f"sha-256 {hashlib.sha256(text).hexdigest()}", State.MADE)

    def path(self, uid: UUID) -> Path:
        """Where the letter of a notice lies; in one of 256 folders, so that none grows too large."""
        return self.folder / uid.hex[:2] / f"{uid}.html"

    def remove(self, uid: UUID) -> bool:
        """Take the file of a posted letter away; False where it was gone."""
        path = self.path(uid)
        if not path.exists():
            return False
        path.unlink()
        return True

    def close(self) -> None:
        """Nothing stays open between two letters."""

    def _write(self, path: Path, text: bytes) -> None:
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            folder.chmod(FOLDER_MODE)
        draft = path.with_suffix(".draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        entry = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)
